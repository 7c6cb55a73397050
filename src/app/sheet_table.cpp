#include "app/sheet_table.h"

#include <cstdio>

namespace horisont {
namespace {

struct ValueOf {
  Language language;

  Table::Value operator()(std::monostate) const { return std::string(); }
  Table::Value operator()(const std::string& text) const { return text; }
  Table::Value operator()(std::int64_t number) const { return number; }
  Table::Value operator()(Minutes minutes) const { return minutes.count(); }
  Table::Value operator()(Money money) const { return money.ore(); }
  Table::Value operator()(Date day) const { return day.iso(); }
  Table::Value operator()(Month month) const { return month.iso(); }
  Table::Value operator()(Clock clock) const {
    char text[16];
    std::snprintf(text, sizeof text, "%02d:%02d", clock.minute / 60, clock.minute % 60);
    return std::string(text);
  }
  Table::Value operator()(Ratio ratio) const {
    return std::to_string(ratio.numerator) + "/" + std::to_string(ratio.denominator);
  }
  Table::Value operator()(const Reference& reference) const { return reference.text; }
  Table::Value operator()(const Identity& identity) const { return identity.digits; }
  Table::Value operator()(const Choice& choice) const { return choice.word; }
  Table::Value operator()(const Hash& hash) const { return hash.hex; }
  Table::Value operator()(YesNo answer) const {
    return std::string(answer == YesNo::Yes ? "yes" : answer == YesNo::No ? "no" : "unknown");
  }
  Table::Value operator()(Verdict verdict) const { return std::string(name_of(verdict)); }
  Table::Value operator()(const Message& message) const { return words(message, language); }
  Table::Value operator()(const Bilingual& text) const { return text.in(language); }
};

const char* name_of_role(Role role) {
  static constexpr const char* names[] = {"title",    "subtitle", "label", "heading", "body",
                                          "subtotal", "total",    "note",  "control"};
  return names[static_cast<std::size_t>(role)];
}

}  // namespace

Table sheet_table(const Sheet& sheet, Language language) {
  Table table{.schema = sheet.id};
  table.columns.push_back({"role", {"Slag", "Role"}});
  for (const std::string& field : sheet.fields) table.columns.push_back({field, {field, field}});
  const auto add = [&](Role role, const std::vector<Cell>& cells) {
    std::vector<Table::Value> row{std::string(name_of_role(role))};
    for (std::size_t i = 0; i < sheet.fields.size(); ++i)
      row.push_back(i < cells.size() ? std::visit(
                                           [&](const auto& value) -> Table::Value {
                                             if constexpr (requires { *value; })
                                               return ValueOf{language}(*value);
                                             else
                                               return ValueOf{language}(value);
                                           },
                                           cells[i].value)
                                     : Table::Value{std::string()});
    table.rows.push_back(std::move(row));
  };
  std::size_t at = 0;
  each_row(sheet, [&](const std::vector<Cell>& row) { add(role_of(sheet, at++), row); });
  if (!sheet.totals.empty()) add(Role::Total, sheet.totals);
  return table;
}

std::string preview_as_json(const Report& report, const std::string& only_sheet, Language language) {
  Table head{.schema = "preview"};
  head.facts = {{"report", report.kind},
                {"project", report.project},
                {"period", report.period},
                {"today", report.today.iso()},
                {"draft", report.draft ? "yes" : "no"}};
  head.columns = {{"sheet", {"Blad", "Sheet"}}, {"rows", {"Rader", "Rows"}, Table::Column::Kind::Count}};
  std::vector<Table> parts;
  for (const Sheet& sheet : report.sheets) {
    if (!only_sheet.empty() && sheet.id != only_sheet) continue;
    head.rows.push_back({sheet.id, static_cast<std::int64_t>(row_count(sheet))});
    parts.push_back(sheet_table(sheet, language));
    // The document has rows and checks of its own.
    if (sheet.id == "rows" || sheet.id == "checks") parts.back().schema = "sheet_" + sheet.id;
  }
  Table checks{.schema = "checks"};
  checks.columns = {{"what", {"Vad", "What"}},
                    {"in_report", {"I rapporten", "In the report"}, Table::Column::Kind::Count},
                    {"in_register", {"I registret", "In the register"}, Table::Column::Kind::Count},
                    {"agrees", {"Stämmer", "Agrees"}}};
  for (const Report::Check& check : report.checks)
    checks.rows.push_back(
        {words(check.what, language), check.in_report, check.in_register, std::string(check.agrees() ? "yes" : "no")});
  parts.push_back(std::move(checks));
  return as_json(head, {}, parts);
}

}  // namespace horisont
