#include <algorithm>

#include "app/answers.h"
#include "app/report.h"
#include "app/sheet_table.h"
#include "edge/xlsx/render.h"
#include "edge/xlsx/template.h"

namespace horisont {
namespace {

Message in_both_languages(const std::string& sv, const std::string& en) { return {"table.text", {in_both(sv, en)}}; }

}  // namespace

Message share_words(Ratio ratio) {
  const std::int64_t tenths = (ratio.numerator * 2000 + ratio.denominator) / (ratio.denominator * 2);
  const std::string whole = std::to_string(tenths / 10), rest = std::to_string(tenths % 10);
  return in_both_languages(whole + "," + rest + "\u00A0%", whole + "." + rest + "%");
}

namespace {

using Kind = Table::Column::Kind;

Message amount_words(Money money) {
  return in_both_languages(kronor_words(money.ore(), Language::Swedish), kronor_words(money.ore(), Language::English));
}

// "3,841"
Table::Value thousandths_words(std::int64_t value) {
  const std::string whole = std::to_string(value / 1000), rest = std::to_string(1000 + value % 1000).substr(1);
  return in_both_languages(whole + "," + rest, whole + "." + rest);
}

struct Words {
  Identities identities;
  Table::Value operator()(std::monostate) const { return std::string(); }
  Table::Value operator()(const std::string& text) const { return text; }
  Table::Value operator()(std::int64_t number) const { return number; }
  Table::Value operator()(Minutes minutes) const { return std::int64_t{minutes.count()}; }
  Table::Value operator()(Money money) const { return amount_words(money); }
  Table::Value operator()(Date date) const { return date.iso(); }
  Table::Value operator()(Month month) const { return month.iso(); }
  Table::Value operator()(Clock clock) const {
    const std::string minute = std::to_string(clock.minute % 60);
    return std::to_string(clock.minute / 60) + (minute.size() == 1 ? ":0" : ":") + minute;
  }
  Table::Value operator()(Ratio ratio) const { return ratio.denominator ? Table::Value{share_words(ratio)} : std::string(); }
  Table::Value operator()(const Reference& reference) const { return reference.text; }
  // A page is not the file that the funder gets.
  Table::Value operator()(const Identity& identity) const {
    if (identity.digits.size() < 8) return identity.digits;
    return identity.digits.substr(0, 8) + "-" + (identities == Identities::Shown ? identity.digits.substr(8) : "****");
  }
  Table::Value operator()(const Kept<Choice>& choice) const { return Message{choice->list + "." + choice->word, {}}; }
  Table::Value operator()(const Hash& hash) const { return hash.hex.substr(0, 16); }
  Table::Value operator()(YesNo answer) const {
    static constexpr const char* ids[] = {"yesno.yes", "yesno.no", "yesno.unknown"};
    return Message{ids[static_cast<std::size_t>(answer)], {}};
  }
  Table::Value operator()(Verdict verdict) const { return Message{"verdict." + std::string(name_of(verdict)), {}}; }
  Table::Value operator()(const Kept<Message>& message) const { return *message; }
  Table::Value operator()(const Kept<Bilingual>& text) const { return in_both_languages(text->sv, text->en); }
};

// Hours where every number of the column is minutes, money where it is an amount, a count where it is a number of something.
std::vector<Kind> kinds_of(const Sheet& sheet) {
  struct Seen {
    bool minutes = false, money = false, count = false, other = false;
  };
  std::vector<Seen> seen(sheet.fields.size());
  each_row(sheet, [&](const std::vector<Cell>& row) {
    for (std::size_t i = 0; i < std::min(row.size(), seen.size()); ++i) {
      const Cell::Value& value = row[i].value;
      if (std::holds_alternative<std::monostate>(value)) continue;
      const bool minutes = std::holds_alternative<Minutes>(value), money = std::holds_alternative<Money>(value),
                 count = std::holds_alternative<std::int64_t>(value);
      seen[i].minutes |= minutes, seen[i].money |= money, seen[i].count |= count, seen[i].other |= !minutes && !money && !count;
    }
  });
  std::vector<Kind> kinds;
  for (const Seen& one : seen)
    kinds.push_back(one.other || one.minutes + one.money + one.count != 1 ? Kind::Text
                    : one.minutes                                        ? Kind::Hours
                    : one.money                                          ? Kind::Money
                                                                         : Kind::Count);
  return kinds;
}

Table::Value value_of(const Cell& cell, const std::string& field, Kind kind, Identities identities) {
  // What the funder's file must hold is not for a page.
  if (const auto* text = std::get_if<std::string>(&cell.value))
    return identities == Identities::Shown ? *text : printable(field, *text);
  if (const auto* minutes = std::get_if<Minutes>(&cell.value); minutes && kind != Kind::Hours)
    return in_both_languages(hours_words(minutes->count(), Language::Swedish),
                             hours_words(minutes->count(), Language::English));
  if (const auto* money = std::get_if<Money>(&cell.value); money && kind == Kind::Money) return money->ore();
  return std::visit(Words{identities}, cell.value);
}

Bilingual filled(const Bilingual& heading, const std::string& field, std::string_view pattern, const Report& report) {
  const std::string part = field.size() >= pattern.size() ? field.substr(pattern.size() - 1) : "";
  Bilingual name{part, part};
  for (const auto& [key, words_of_key] : report.names)
    if (key == part) name = words_of_key;
  const auto with = [](std::string text, const std::string& word) {
    if (const std::size_t at = text.find("{{*}}"); at != text.npos) text.replace(at, 5, word);
    return text;
  };
  return {with(heading.sv, name.sv), with(heading.en, name.en)};
}

const TemplateSheet* layout_of(const ReportTemplate& layout, const std::string& sheet) {
  for (const TemplateFile& file : layout.files)
    for (const TemplateSheet& one : file.sheets)
      if (stands_for(one.id, sheet)) return &one;
  return nullptr;
}

// "accepted_minutes" is not one of the months that "accepted_*" stands for.
bool has_column_of_its_own(const TemplateSheet& layout, const std::string& field) {
  return std::any_of(layout.columns.begin(), layout.columns.end(), [&](const TemplateColumn& column) { return column.field == field; });
}

}  // namespace

Table::Value shown_cell(const Cell& cell, const std::string& field) {
  if (const auto* minutes = std::get_if<Minutes>(&cell.value))
    return Table::Number{minutes->count(), {hours_words(minutes->count(), Language::Swedish), hours_words(minutes->count(), Language::English)}};
  if (const auto* money = std::get_if<Money>(&cell.value))
    return Table::Number{money->ore(), {kronor_words(money->ore(), Language::Swedish), kronor_words(money->ore(), Language::English)}};
  return value_of(cell, field, Kind::Text, Identities::Masked);
}

std::vector<SheetTable> sheet_tables(const Workspace& workspace, const Report& report, Identities identities) {
  const auto layout = load_report_template(template_file(workspace, report.kind));
  std::vector<SheetTable> tables;
  for (const Sheet& sheet : report.sheets) {
    const TemplateSheet* known = layout ? layout_of(**layout, sheet.id) : nullptr;
    SheetTable made{known ? filled(known->name, sheet.id, known->id, report) : Bilingual{sheet.id, sheet.id}, {.schema = sheet.id}, {}};
    std::vector<std::size_t>& places = made.fields;
    const std::vector<Kind> kinds = kinds_of(sheet);
    std::vector<bool> thousandths;
    const auto add = [&](std::size_t place, Bilingual heading, As as = As::Any) {
      places.push_back(place);
      thousandths.push_back(as == As::Thousandths);
      made.table.columns.push_back({sheet.fields[place], std::move(heading), kinds[place]});
    };
    if (known)
      for (const TemplateColumn& column : known->columns)
        for (std::size_t i = 0; i < sheet.fields.size(); ++i)
          if (column.field == sheet.fields[i] ||
              (stands_for(column.field, sheet.fields[i]) && !has_column_of_its_own(*known, sheet.fields[i])))
            add(i, filled(column.heading, sheet.fields[i], column.field, report), column.as);
    if (places.empty())
      for (std::size_t i = 0; i < sheet.fields.size(); ++i) add(i, {sheet.fields[i], sheet.fields[i]});
    made.table.when_empty = known && !known->empty.sv.empty() ? known->empty : Bilingual{"Inga rader", "No rows"};
    const auto row_of_cells = [&](const std::vector<Cell>& cells) {
      std::vector<Table::Value> row;
      for (std::size_t i = 0; i < places.size(); ++i) {
        row.push_back(places[i] < cells.size() ? value_of(cells[places[i]], sheet.fields[places[i]], made.table.columns[i].kind, identities)
                                               : Table::Value{std::string()});
        if (const auto* number = std::get_if<std::int64_t>(&row.back()); number && thousandths[i]) row.back() = thousandths_words(*number);
      }
      return row;
    };
    each_row(sheet, [&](const std::vector<Cell>& cells) { made.table.rows.push_back(row_of_cells(cells)); });
    if (!sheet.totals.empty()) {
      auto total = row_of_cells(sheet.totals);
      if (const auto* text = std::get_if<std::string>(&total.front()); text && text->empty())
        total.front() = Message{"table.total", {}};
      made.table.rows.push_back(std::move(total));
    }
    tables.push_back(std::move(made));
  }
  return tables;
}

}  // namespace horisont
