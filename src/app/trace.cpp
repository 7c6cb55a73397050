#include "app/trace.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "app/report.h"
#include "app/sheet_table.h"
#include "core/reports/cells.h"
#include "core/reports/control_trace.h"
#include "core/reports/staff_cells.h"
#include "core/values/column_letters.h"
#include "edge/files/files.h"
#include "edge/text/text.h"
#include "edge/xlsx/render.h"

namespace horisont {
namespace {

std::string letters_of(unsigned column) { return column_letters(column + 1); }  // from 0

struct Address {
  std::string sheet;
  unsigned row = 0, column = 0;  // from 0
};

// "Rader!C14", "'Mina rader'!$C$14"
std::optional<Address> address_in(std::string_view text) {
  const std::size_t mark = text.rfind('!');
  if (mark == std::string_view::npos || mark == 0) return std::nullopt;
  Address address{.sheet = std::string(text.substr(0, mark))};
  std::string& sheet = address.sheet;
  if (sheet.size() >= 2 && sheet.front() == '\'' && sheet.back() == '\'') sheet = sheet.substr(1, sheet.size() - 2);
  std::string cell;
  for (const char c : text.substr(mark + 1))
    if (c != '$') cell += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  std::size_t letters = 0;
  unsigned column = 0;
  while (letters < cell.size() && cell[letters] >= 'A' && cell[letters] <= 'Z')
    column = column * 26 + static_cast<unsigned>(cell[letters++] - 'A' + 1);
  unsigned row = 0;
  const char* end = cell.data() + cell.size();
  const auto [stop, error] = std::from_chars(cell.data() + letters, end, row);
  if (letters == 0 || letters > 3 || error != std::errc{} || stop != end || row == 0) return std::nullopt;
  address.row = row - 1, address.column = column - 1;
  return address;
}

// The cell that the column shows in a row of the body.
CellPlace body_place(const KeptReport& kept, const PlacedSheet& sheet, const PlacedSheet::Column& column, std::size_t row) {
  CellPlace place{.sheet = sheet.sheet, .row = row, .field = column.field};
  const auto& cells = kept.frozen.report.sheets[sheet.sheet].rows[row];
  if (column.instead != std::string::npos && std::holds_alternative<std::monostate>(cells[column.field].value))
    place.field = column.instead;
  return place;
}

CellPlace total_place(const PlacedSheet& sheet, const PlacedSheet::Column& column) {
  return {.sheet = sheet.sheet, .field = column.field, .total = true, .filled_cells = column.total == Total::Count};
}

const Cell& cell_at(const KeptReport& kept, const CellPlace& place) {
  const Sheet& sheet = kept.frozen.report.sheets[place.sheet];
  return place.total ? sheet.totals[place.field] : sheet.rows[place.row][place.field];
}

std::string names_of(const std::vector<PlacedSheet>& places) {
  std::string names;
  for (const PlacedSheet& place : places) names += (names.empty() ? "" : ", ") + place.name;
  return names;
}

// In either language: a workbook in English is often asked about in Swedish.
bool is_control(const std::string& sheet) {
  const std::string name = lower_case(sheet);
  for (const Language language : {Language::Swedish, Language::English})
    if (name == lower_case(words({"xlsx.control.sheet", {}}, language))) return true;
  return false;
}

std::string person_words(const Behind& behind, const Behind::Person* person) {
  if (!person) return {};
  const std::string reference = participant_reference(person->number);
  return behind.projects.size() > 1 && person->project < behind.projects.size()
             ? behind.projects[person->project] + " " + reference
             : reference;
}

std::string activity_words(const Behind& behind, std::uint16_t activity, Language language) {
  return activity < behind.activities.size() ? behind.activities[activity].in(language) : std::string();
}

// The numbers of the control sheet with where they stand, row and column from 0.
struct ControlCell {
  CellPlace place;
  unsigned row = 0, column = 0;
};
std::vector<ControlCell> control_cells(const KeptReport& kept) {
  std::vector<ControlCell> all;
  if (!kept.control) return all;
  const Report& report = kept.frozen.report;
  const auto add = [&](CellPlace place, std::size_t row, unsigned right = 0) {
    all.push_back({place, static_cast<unsigned>(row), PlacedControl::first_number + right});
  };
  for (std::size_t i = 0; i < report.checks.size(); ++i)
    for (unsigned field = 0; field < 3; ++field)
      add({.row = i, .field = field, .control = Control::Check}, kept.control->checks + i, field);
  for (std::size_t i = 0; i < std::min(kept.control->texts.size(), PlacedControl::most_cut); ++i) {
    const auto& [sheet, row, field] = kept.control->texts[i];
    add({.sheet = sheet, .row = row, .field = field, .control = Control::Cut}, kept.control->cut + i);
  }
  for (std::size_t i = 0; i < report.remaining.size(); ++i)
    add({.row = i, .control = Control::Remaining}, kept.control->remaining + i);
  return all;
}

// What a number of the control sheet tells of, in the words that stand beside it.
Message told_of(const KeptReport& kept, const CellPlace& place) {
  const Report& report = kept.frozen.report;
  if (place.control == Control::Check) return report.checks[place.row].what;
  if (place.control == Control::Remaining) return report.remaining[place.row].what;
  return {"control.cut.units", {}};
}

// Keys of a number for programs: sheet and field.
std::pair<std::string, std::string> keys_of(const KeptReport& kept, const CellPlace& place) {
  constexpr std::string_view sides[] = {"in_report", "in_register", "difference"};
  if (place.control == Control::None) {
    const Sheet& sheet = kept.frozen.report.sheets[place.sheet];
    return {sheet.id, sheet.fields[place.field]};
  }
  const std::string what = told_of(kept, place).id;
  return {"control", place.control == Control::Check ? what + "." + std::string(sides[place.field]) : what};
}

// Numbers for programs are whole: persons, minutes, öre.
std::int64_t whole_number(const Cell::Value& value) {
  if (const auto* minutes = std::get_if<Minutes>(&value)) return minutes->count();
  if (const auto* money = std::get_if<Money>(&value)) return money->ore();
  if (const auto* ratio = std::get_if<Ratio>(&value)) return ratio->numerator;
  const auto* number = std::get_if<std::int64_t>(&value);
  return number ? *number : 0;
}

std::string_view kind_of_number(const Cell::Value& value) {
  return std::holds_alternative<Minutes>(value) ? "hours" : std::holds_alternative<Money>(value) ? "amount" : "number";
}

// Where the rate of an amount is from, as the cell's own row says it.
std::string source_of(const KeptReport& kept, const CellPlace& place, Language language) {
  if (place.control != Control::None) return {};
  const Sheet& sheet = kept.frozen.report.sheets[place.sheet];
  const auto field = std::find(sheet.fields.begin(), sheet.fields.end(), "source");
  if (place.total || field == sheet.fields.end()) return {};
  const Cell::Value& value = sheet.rows[place.row][static_cast<std::size_t>(field - sheet.fields.begin())].value;
  if (const auto* both = std::get_if<Kept<Bilingual>>(&value)) return "(" + (*both)->in(language) + ")";
  const auto* text = std::get_if<std::string>(&value);
  return text ? "(" + *text + ")" : std::string();
}

std::string_view unit_of(const Trace& trace) {
  if (std::holds_alternative<Minutes>(trace.value)) return "minutes";
  if (std::holds_alternative<Money>(trace.value)) return "ore";
  if (trace.derivation == Derivation::WholeHours) return "hours";
  if (trace.derivation == Derivation::PerCent) return "percent";
  return "number";
}

Result<CellPlace> control_number_at(const KeptReport& kept, const Address& address) {
  for (const ControlCell& one : control_cells(kept))
    if (one.row == address.row && one.column == address.column) return one.place;
  return problem("trace.no-number", kept.control->name, letters_of(address.column) + std::to_string(address.row + 1));
}

}  // namespace

Result<KeptReport> kept_report(const Workspace& workspace, const std::string& project, const std::string& report) {
  auto known = workspace.store.reports(project);
  const auto found = std::find_if(known.begin(), known.end(), [&](const StoredReport& one) { return one.id == report; });
  if (found == known.end()) return problem("trace.no-report", report, project);
  const auto behind = workspace.store.behind(project, report);
  if (!behind) return problem("trace.nothing-kept", report, found->program_version);
  if (sha256_of(found->sheets_text) != found->fingerprint) return problem("trace.damaged", report);
  auto frozen = thaw(found->sheets_text, *behind);
  if (!frozen) return problem("trace.damaged", report);
  const auto bytes = workspace.store.kept(found->template_sha256);
  if (!bytes) return problem("trace.damaged", report);
  const TemporaryFolder folder;
  write_file(folder.path() / "template.toml", *bytes);
  const auto layout = load_report_template(
      folder.path() / "template.toml", [&](const std::string& sha256) { return workspace.store.kept(sha256); });
  if (!layout) return problem("remake.template", report, found->template_sha256.substr(0, 16), found->program_version);
  KeptReport kept{.stored = std::move(*found), .frozen = std::move(*frozen)};
  kept.language = kept.stored.language == "en" ? Language::English : Language::Swedish;
  kept.places = placed_sheets(kept.frozen.report, **layout, kept.language);
  kept.control = placed_control(kept.frozen.report, **layout, kept.language);
  return kept;
}

std::vector<CellPlace> number_cells(const KeptReport& kept) {
  std::vector<CellPlace> found;
  for (const PlacedSheet& placed : kept.places) {
    const std::size_t rows = kept.frozen.report.sheets[placed.sheet].rows.size();
    for (std::size_t row = 0; row < rows; ++row)
      for (const auto& column : placed.columns)
        if (const CellPlace place = body_place(kept, placed, column, row); is_number(cell_at(kept, place).value))
          found.push_back(place);
    if (placed.total_row)
      for (const auto& column : placed.columns)
        if (column.total != Total::None) found.push_back(total_place(placed, column));
  }
  for (const ControlCell& one : control_cells(kept)) found.push_back(one.place);
  return found;
}

Result<CellPlace> number_at(const KeptReport& kept, const std::string& text) {
  for (const PlacedSheet& placed : kept.places)
    for (const auto& column : placed.columns)
      if (column.total != Total::None && !column.name.empty() && column.name == text) return total_place(placed, column);
  const auto address = address_in(text);
  if (!address) return problem("trace.no-address", text);
  const auto placed = std::find_if(kept.places.begin(), kept.places.end(), [&](const PlacedSheet& one) {
    return lower_case(one.name) == lower_case(address->sheet) || kept.frozen.report.sheets[one.sheet].id == address->sheet;
  });
  if (placed == kept.places.end() && kept.control && is_control(address->sheet)) return control_number_at(kept, *address);
  if (placed == kept.places.end())
    return problem("trace.no-sheet", address->sheet, names_of(kept.places) + (kept.control ? ", " + kept.control->name : ""));
  const auto column = std::find_if(placed->columns.begin(), placed->columns.end(),
                                   [&](const auto& one) { return one.at == address->column; });
  const std::size_t rows = kept.frozen.report.sheets[placed->sheet].rows.size();
  const std::string cell = letters_of(address->column) + std::to_string(address->row + 1);
  if (column == placed->columns.end()) return problem("trace.no-cell", placed->name, cell);
  if (placed->total_row && address->row == *placed->total_row) {
    if (column->total == Total::None) return problem("trace.no-number", placed->name, cell);
    return total_place(*placed, *column);
  }
  if (address->row < placed->first_row || address->row - placed->first_row >= rows)
    return problem("trace.no-cell", placed->name, cell);
  const CellPlace place = body_place(kept, *placed, *column, address->row - placed->first_row);
  const Cell& found = cell_at(kept, place);
  if (std::holds_alternative<std::monostate>(found.value)) return problem("trace.empty", placed->name, cell);
  if (!is_number(found.value)) return problem("trace.no-number", placed->name, cell);
  return place;
}

std::string address_of(const KeptReport& kept, const CellPlace& place) {
  if (place.control != Control::None) {
    for (const ControlCell& one : control_cells(kept))
      if (one.place == place) return kept.control->name + "!" + letters_of(one.column) + std::to_string(one.row + 1);
    return {};
  }
  for (const PlacedSheet& placed : kept.places) {
    if (placed.sheet != place.sheet) continue;
    for (const auto& column : placed.columns) {
      if (column.field != place.field && column.instead != place.field) continue;
      const bool total = place.total || place.filled_cells;
      if (total && !placed.total_row) continue;
      const std::size_t row = total ? *placed.total_row : placed.first_row + place.row;
      return placed.name + "!" + letters_of(column.at) + std::to_string(row + 1);
    }
  }
  return {};
}

Table trace_table(const KeptReport& kept, const Trace& trace, Language language) {
  const Behind& behind = kept.frozen.behind;
  const auto [of_sheet, of_field] = keys_of(kept, trace.place);
  Table table{.schema = "trace"};
  table.facts = {{"report", kept.stored.id},
                 {"cell", address_of(kept, trace.place)},
                 {"sheet", of_sheet},
                 {"field", of_field},
                 {"kind", std::string(name_of(trace.derivation))},
                 {"unit", std::string(unit_of(trace))},
                 {"value", static_cast<std::int64_t>(trace.number)},
                 {"sum", static_cast<std::int64_t>(trace.made_of)},
                 {"difference", static_cast<std::int64_t>(trace.difference)},
                 {"rule_set", behind.rule_set}};
  if (const auto* ratio = std::get_if<Ratio>(&trace.value))
    table.facts.insert(table.facts.begin() + 7, {"of", static_cast<std::int64_t>(ratio->denominator)});
  using Kind = Table::Column::Kind;
  table.columns = {{"part", {"Del", "Part"}},
                   {"who", {"Vem eller vad", "Who or what"}},
                   {"day", {"Dag", "Day"}},
                   {"activity", {"Aktivitet", "Activity"}},
                   {"reported", {"Rapporterat", "Reported"}, Kind::Hours},
                   {"accepted", {"Godkänt", "Accepted"}, Kind::Hours},
                   {"refused", {"Nekat", "Refused"}, Kind::Hours},
                   {"reason", {"Skäl", "Reason"}},
                   {"number", {"Antal", "Number"}, Kind::Count},
                   {"hours", {"Tid", "Time"}, Kind::Hours},
                   {"amount", {"Belopp", "Amount"}, Kind::Money},
                   {"verdict", {"Bedömning", "Verdict"}},
                   {"rules", {"Regler", "Rules"}},
                   {"file", {"Fil", "File"}},
                   {"import", {"Inläsning", "Import"}},
                   {"source_sheet", {"Blad", "Sheet"}},
                   {"source_cell", {"Cell", "Cell"}},
                   {"correction", {"Rättelse", "Correction"}}};
  const auto source = [&](std::vector<Table::Value>& row, const Origin& origin) {
    const auto file = std::find_if(behind.files.begin(), behind.files.end(),
                                   [&](const SourceFile& one) { return one.import == origin.import; });
    row.emplace_back(origin.row == 0 || file == behind.files.end() ? std::string() : file->name);
    for (const Cell& cell : source_cells(origin, behind.files)) {
      if (const auto* reference = std::get_if<Reference>(&cell.value))
        row.emplace_back(reference->text);
      else if (const auto* text = std::get_if<std::string>(&cell.value))
        row.emplace_back(*text);
      else
        row.emplace_back(std::string());
    }
    row.emplace_back(origin.correction == 0 ? std::string() : std::to_string(origin.correction));
  };
  const std::string none;
  const auto verdict = [&](const Behind::Person* person) -> Table::Value {
    if (!person || !person->registered) return none;
    return Message{"verdict." + std::string(name_of(person->verdict)), {}};
  };
  const auto reason = [&](std::int64_t refused, Reason of) -> Table::Value {
    return refused > 0 ? Table::Value(Message{"reason." + std::string(name_of(of)), {}}) : Table::Value(none);
  };
  // Of staff time in the words of all that tells of it; the code is the same.
  const auto of_staff = [&](std::int64_t refused, Reason of) -> Table::Value {
    if (refused == 0) return none;
    return Table::Word{std::string(name_of(of)), words_of(StaffReasons{of})};
  };
  // A row by the keys of its columns; what a part does not have stays empty.
  const auto add = [&](std::vector<std::pair<std::string_view, Table::Value>> values, const Origin& origin = {}) {
    std::vector<Table::Value> row(table.columns.size() - 5, none);
    for (auto& [key, value] : values)
      for (std::size_t i = 0; i < row.size(); ++i)
        if (table.columns[i].key == key) row[i] = std::move(value);
    source(row, origin);
    table.rows.push_back(std::move(row));
  };
  const bool percentage = trace.derivation == Derivation::Percent || trace.derivation == Derivation::StaffPercent;
  if (percentage)
    add({{"part", Message{"trace.rate", {}}}, {"who", std::to_string(trace.percent) + "\u00A0% " + source_of(kept, trace.place, language)}});
  for (const CellPlace& place : trace.cells) {
    const std::string address = address_of(kept, place);
    if (place.control != Control::None) {
      const auto side = horisont::trace(kept.frozen, place);
      if (side) add({{"part", Message{"trace.cell", {}}}, {"who", address}, {kind_of_number(side->value), side->number}});
      continue;
    }
    const Cell::Value& value = cell_at(kept, place).value;
    // A row is counted, whatever stands in it.
    if (trace.derivation == Derivation::Rows || trace.derivation == Derivation::Different || !is_number(value)) {
      const auto* text = std::get_if<Reference>(&value);
      add({{"part", Message{"trace.row", {}}}, {"who", address.empty() ? keys_of(kept, place).second : address},
           {"activity", text ? text->text : none}, {"number", std::int64_t{1}}});
      continue;
    }
    // What no column shows has words of its own.
    const std::string& field = kept.frozen.report.sheets[place.sheet].fields[place.field];
    const Message shown{"trace.field." + field, {}};
    add({{"part", Message{"trace.cell", {}}},
         {"who", !address.empty() ? Table::Value(address) : text_of(shown.id) ? Table::Value(shown) : Table::Value(field)},
         {kind_of_number(value), whole_number(value)}});
  }
  for (const auto& [place, report, cell] : kept.elsewhere)
    if (place == trace.place) add({{"part", Message{"trace.report", {}}}, {"who", report + " " + cell}, {kind_of_number(trace.value), trace.number}});
  for (const std::uint32_t one : trace.persons) {
    const Behind::Person* person = one < behind.persons.size() ? &behind.persons[one] : nullptr;
    add({{"part", Message{"trace.person", {}}},
         {"who", person_words(behind, person)},
         {"number", std::int64_t{1}},
         {"verdict", verdict(person)},
         {"rules", person ? person->codes : none}},
        person ? person->origin : Origin{});
  }
  const auto day_words = [](Date day, bool monthly) { return monthly ? Month::containing(day).iso() : day.iso(); };
  for (const std::uint32_t one : trace.times) {
    if (one >= behind.times.size()) continue;
    const Behind::Time& time = behind.times[one];
    const Behind::Person* person = behind.of(time.person);
    add({{"part", Message{"trace.time", {}}},
         {"who", person_words(behind, person)},
         {"day", day_words(Date::of_days(time.day), time.monthly)},
         {"activity", activity_words(behind, time.activity, language)},
         {"reported", time.reported},
         {"accepted", time.accepted},
         {"refused", time.refused},
         {"reason", reason(time.refused, time.reason)},
         {"verdict", verdict(person)},
         {"rules", person ? person->codes : none}},
        time.origin);
  }
  for (const std::uint32_t one : trace.staff) {
    if (one >= behind.staff.size()) continue;
    const Behind::Staff& time = behind.staff[one];
    add({{"part", Message{"trace.staff", {}}},
         {"who", time.staff_id},
         {"day", day_words(Date::of_days(time.day), time.monthly)},
         {"reported", time.reported},
         {"accepted", time.accepted},
         {"refused", time.refused},
         {"reason", of_staff(time.refused, time.reason)}},
        time.origin);
  }
  if (trace.derivation == Derivation::Stated)
    table.when_empty = {"Talet räknar varken personer eller tid: det är ett ordningsnummer, en uppgift om en fil eller ett värde.",
                        "The number counts neither persons nor time: it is a number of an order, of a file, or a value."};
  else if (trace.derivation == Derivation::Register)
    table.when_empty = {"Talet räknades i registret när rapporten skapades. Raderna bakom det ingår inte i rapporten.",
                        "The number was counted in the register when the report was made. The rows behind it are not part of the report."};
  else if (trace.derivation == Derivation::Setting)
    table.when_empty = {"Värdet står i projektets eller programmets fil.", "The value stands in the file of the project or programme."};
  else if (trace.derivation == Derivation::Persons || trace.derivation == Derivation::Share)
    table.when_empty = {"Ingen: av deltagarna hör ingen till talet.", "Nobody: none of the participants belongs to the number."};
  else
    table.when_empty = {"Inget: ingen uppgift hör till talet.", "Nothing: no record belongs to the number."};
  return table;
}

Table traces_table(const KeptReport& kept) {
  Table table{.schema = "traces"};
  using Kind = Table::Column::Kind;
  table.columns = {{"cell", {"Cell", "Cell"}},
                   {"sheet", {"Blad", "Sheet"}},
                   {"field", {"Fält", "Field"}},
                   {"kind", {"Sort", "Kind"}},
                   {"unit", {"Enhet", "Unit"}},
                   {"value", {"Värde", "Value"}, Kind::Count},
                   {"sum", {"Delarna ger", "The parts give"}, Kind::Count},
                   {"difference", {"Skillnad", "Difference"}, Kind::Count},
                   {"persons", {"Personer", "Persons"}, Kind::Count},
                   {"records", {"Poster", "Records"}, Kind::Count}};
  std::int64_t differences = 0;
  for (const CellPlace& place : number_cells(kept)) {
    const auto found = trace(kept.frozen, place);
    if (!found) throw std::logic_error("a cell with a number that cannot be traced");
    differences += found->difference != 0;
    const auto [sheet, field] = keys_of(kept, place);
    table.rows.push_back({address_of(kept, place), sheet, field, std::string(name_of(found->derivation)),
                          std::string(unit_of(*found)), found->number, found->made_of, found->difference,
                          std::ssize(found->persons), std::ssize(found->times) + std::ssize(found->staff)});
  }
  table.facts = {{"report", kept.stored.id},
                 {"numbers", static_cast<std::int64_t>(table.rows.size())},
                 {"differences", static_cast<std::int64_t>(differences)}};
  table.when_empty = {"Rapporten har inga tal.", "The report has no numbers."};
  return table;
}

std::string shown_value(const Trace& trace, Language language) {
  const auto* ratio = std::get_if<Ratio>(&trace.value);
  if (!ratio) return shown_number(trace, trace.number, language);
  return words(share_words(*ratio), language) + " (" + words({"trace.of", {count_words(ratio->numerator, language), count_words(ratio->denominator, language)}}, language) + ")";
}

std::string shown_number(const Trace& trace, std::int64_t number, Language language) {
  const std::string_view unit = unit_of(trace);
  if (unit == "percent") return count_words(number, language) + (language == Language::Swedish ? "\u00A0%" : "%");
  if (unit == "minutes") return hours_words(number, language) + " h";
  if (unit == "hours") return count_words(number, language) + " h";
  if (unit == "number") return count_words(number, language);
  return kronor_words(number, language) + " kr";
}

}  // namespace horisont
