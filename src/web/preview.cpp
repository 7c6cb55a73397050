#include "web/preview.h"

#include "web/html.h"

namespace horisont::web {
namespace {

constexpr const char* style =
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem;color:#1b1b1b;background:#fff}"
    "table{border-collapse:collapse;margin:.5rem 0 2rem}caption{text-align:left;font-weight:600;padding:.3rem 0}"
    "th,td{border:1px solid #767676;padding:.2rem .6rem;text-align:left;vertical-align:top}th{background:#eef2f6}"
    "td.number,td.short{white-space:nowrap}td.number{text-align:right;font-variant-numeric:tabular-nums}thead{display:table-header-group}"
    "@media print{@page{size:A4 landscape}body{margin:0;font-size:9pt}tr{break-inside:avoid}}";

Html cell(const Table::Column& column, const Table::Value& value, Language language) {
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return el("td", {{"class", "number"}},
              column.kind == Table::Column::Kind::Hours   ? hours_words(*number, language)
              : column.kind == Table::Column::Kind::Money ? kronor_words(*number, language)
                                                          : count_words(*number, language));
  if (const auto* message = std::get_if<Message>(&value)) return el("td", words(*message, language));
  if (const auto* word = std::get_if<Table::Word>(&value)) return el("td", word->shown.in(language));
  if (const auto* number = std::get_if<Table::Number>(&value)) return el("td", {{"class", "number"}}, number->shown.in(language));
  const std::string& text = std::get<std::string>(value);
  // Amounts come as words; a date is never broken.
  const bool short_word = text.size() <= 12 && text.find(' ') == text.npos;
  return el("td", {{"class", "number", column.kind != Table::Column::Kind::Text}, {"class", "short", column.kind == Table::Column::Kind::Text && short_word}}, text);
}

Html table_of(const SheetTable& sheet, Language language) {
  const Table& table = sheet.table;
  Html headings, rows;
  for (const Table::Column& column : table.columns) headings.add(el("th", {{"scope", "col"}}, column.heading.in(language)));
  for (const auto& row : table.rows) {
    Html cells;
    for (std::size_t i = 0; i < row.size(); ++i) cells.add(cell(table.columns[i], row[i], language));
    rows.add(el("tr", cells));
  }
  if (table.rows.empty())
    rows.add(el("tr", el("td", {{"colspan", std::to_string(table.columns.size())}}, table.when_empty.in(language))));
  return el("table", el("caption", sheet.name.in(language)), el("thead", el("tr", headings)), el("tbody", rows));
}

}  // namespace

std::string preview_as_html(const Report& report, const std::vector<SheetTable>& sheets, Language language) {
  std::string title = words({"report." + report.kind, {}}, language) + " – " + report.project_name.in(language);
  if (report.draft) title = words({"xlsx.draft", {}}, language) + " – " + title;
  Html body = el("h1", title) + el("p", report.record_number + " · " + report.period_words.in(language));
  for (const Message& note : report.notes) body.add(el("p", words(note, language)));
  for (const SheetTable& sheet : sheets) body.add(table_of(sheet, language));
  const Html page = el("html", {{"lang", language == Language::Swedish ? "sv" : "en"}},
                       el("head", element("meta", {{"charset", "utf-8"}}, {}),
                          element("meta", {{"name", "viewport"}, {"content", "width=device-width"}}, {}), el("title", title),
                          el("style", style)),
                       el("body", body));
  return "<!DOCTYPE html>\n" + page.markup() + "\n";
}

}  // namespace horisont::web
