#include "core/reports/cells.h"

#include <algorithm>
#include <cassert>

#include "core/reports/open_months.h"
#include "core/values/column_letters.h"

namespace horisont {
namespace {

std::optional<std::int64_t> number_in(const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell.value)) return *number;
  if (const auto* minutes = std::get_if<Minutes>(&cell.value)) return minutes->count();
  if (const auto* money = std::get_if<Money>(&cell.value)) return money->ore();
  return std::nullopt;
}

std::optional<std::size_t> column_of(const Sheet& sheet, std::string_view field) {
  const auto found = std::find(sheet.fields.begin(), sheet.fields.end(), field);
  if (found == sheet.fields.end()) return std::nullopt;
  return static_cast<std::size_t>(found - sheet.fields.begin());
}

// The sums of columns over the body, in one pass. A sum has the type of what is summed. Nothing known is no sum of 0: a column
// of nothing but empty cells has none. Without rows the sum is 0, minutes where the key says so.
std::vector<Cell::Value> sums_of(const Sheet& sheet, const std::vector<std::size_t>& columns) {
  enum class Kind : std::uint8_t { None, Minutes, Money, Number };
  std::vector<Kind> kinds(columns.size(), Kind::None);
  std::vector<std::int64_t> sums(columns.size());
  std::size_t at = 0;
  each_row(sheet, [&](const std::vector<Cell>& row) {
    const bool body = role_of(sheet, at++) == Role::Body;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const Cell& cell = row[columns[i]];
      if (kinds[i] == Kind::None)
        kinds[i] = std::holds_alternative<Minutes>(cell.value)        ? Kind::Minutes
                   : std::holds_alternative<Money>(cell.value)        ? Kind::Money
                   : std::holds_alternative<std::int64_t>(cell.value) ? Kind::Number
                                                                      : Kind::None;
      if (body) sums[i] += number_in(cell).value_or(0);
    }
  });
  std::vector<Cell::Value> values;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string& key = sheet.fields[columns[i]];
    if (kinds[i] == Kind::None && at > 0) {
      values.emplace_back(std::monostate{});
      continue;
    }
    const bool minutes = kinds[i] == Kind::Minutes ||
                         (kinds[i] == Kind::None && (key.find("minutes") != std::string::npos || key.starts_with("accepted_")));
    if (minutes)
      values.emplace_back(Minutes{sums[i]});
    else if (kinds[i] == Kind::Money)
      values.emplace_back(Money::of_ore(sums[i]));
    else
      values.emplace_back(sums[i]);
  }
  return values;
}

std::string files_in_words(std::span<const SourceFile> files) {
  constexpr std::size_t most = 40;
  std::string text = std::to_string(files.size());
  for (std::size_t i = 0; i < files.size() && i < most; ++i) text += (i == 0 ? ": " : ", ") + files[i].reference;
  return files.size() > most ? text + ", …" : text;
}

constexpr std::string_view swedish_months[] = {"januari", "februari", "mars",      "april",   "maj",      "juni",
                                               "juli",    "augusti",  "september", "oktober", "november", "december"};
constexpr std::string_view english_months[] = {"January", "February", "March",     "April",   "May",      "June",
                                               "July",    "August",   "September", "October", "November", "December"};

bool whole_year(ReportPeriod period) {
  return period.first.year() == period.last.year() && period.first == Date::of(period.first.year(), 1, 1) &&
         period.last == Date::of(period.first.year(), 12, 31);
}

}  // namespace

Cell persons_cell(std::vector<std::uint32_t> persons) {
  const auto number = static_cast<std::int64_t>(persons.size());
  return {number, std::move(persons), Cell::Counted::Persons};
}

Cell counted_cell(Cell::Value value, std::vector<std::uint32_t> counted, Cell::Counted kind) {
  return {std::move(value), std::move(counted), kind};
}

Cell minutes_cell(std::int64_t minutes, std::vector<std::uint32_t> records) {
  return {Minutes{minutes}, std::move(records), Cell::Counted::TimeRecords};
}

Cell row_sum_cell(Cell::Value value, std::vector<std::uint32_t> places) {
  return {std::move(value), std::move(places), Cell::Counted::Row};
}

Cell setting_cell(Cell::Value value) { return {std::move(value), {}, Cell::Counted::Setting}; }

namespace {
Cell amount_of(Money amount, Cell::Counted kind, Rounding rounding, int percent, std::span<const CellAt> cells) {
  Cell made{amount, {static_cast<std::uint32_t>(rounding), static_cast<std::uint32_t>(percent)}, kind};
  for (const CellAt& at : cells) {
    made.counted.push_back(at.sheet);
    made.counted.push_back(at.row == CellAt::total ? 0 : at.row + 1);
    made.counted.push_back(at.field);
  }
  return made;
}
}  // namespace

Cell sum_of_cells(Money amount, Rounding rounding, std::span<const CellAt> cells) {
  return amount_of(amount, Cell::Counted::Sum, rounding, 0, cells);
}
Cell less_cells(Money amount, std::span<const CellAt> cells) {
  return amount_of(amount, Cell::Counted::Less, Rounding::Down, 0, cells);
}
Cell percent_of_cells(Money amount, int percent, Rounding rounding, std::span<const CellAt> cells) {
  return amount_of(amount, Cell::Counted::Percent, rounding, percent, cells);
}
Cell percent_of_staff(Money amount, int percent, Rounding rounding, const std::vector<std::uint32_t>& records) {
  Cell made = amount_of(amount, Cell::Counted::StaffPercent, rounding, percent, {});
  made.counted.insert(made.counted.end(), records.begin(), records.end());
  return made;
}

void add_row(Sheet& sheet, std::vector<Cell> row, Role role) {
  assert(row.size() == sheet.fields.size());
  if (role != Role::Body && sheet.roles.empty()) sheet.roles.assign(sheet.rows.size(), Role::Body);
  if (role != Role::Body || !sheet.roles.empty()) sheet.roles.push_back(role);
  sheet.rows.push_back(std::move(row));
}

void set_rows(Sheet& sheet, std::size_t count, std::function<std::vector<Cell>(std::size_t)> row) {
  constexpr std::size_t most_rows_held = 5'000;
  if (count > most_rows_held) {
    sheet.made = {count, std::move(row)};
    return;
  }
  sheet.rows.reserve(count);
  for (std::size_t i = 0; i < count; ++i) add_row(sheet, row(i));
}

void add_totals(Sheet& sheet, std::span<const std::string> fields) {
  if (sheet.totals.empty()) sheet.totals.resize(sheet.fields.size());
  std::vector<std::size_t> columns;
  for (const std::string& field : fields) {
    const auto column = column_of(sheet, field);
    assert(column);
    columns.push_back(*column);
  }
  std::vector<Cell::Value> sums = sums_of(sheet, columns);
  for (std::size_t i = 0; i < columns.size(); ++i) sheet.totals[columns[i]] = {std::move(sums[i]), {}, Cell::Counted::Column};
}

void add_totals(Sheet& sheet, std::initializer_list<std::string_view> fields) {
  const std::vector<std::string> keys(fields.begin(), fields.end());
  add_totals(sheet, keys);
}

std::int64_t total_of(const Sheet& sheet, std::string_view field) {
  const auto column = column_of(sheet, field);
  if (!column || sheet.totals.empty()) return 0;
  return number_in(sheet.totals[*column]).value_or(0);
}

std::int64_t sum_of_rows(const Sheet& sheet, std::string_view field) {
  const auto column = column_of(sheet, field);
  std::int64_t sum = 0;
  if (!column) return sum;
  std::size_t at = 0;
  each_row(sheet, [&](const std::vector<Cell>& row) {
    if (role_of(sheet, at++) == Role::Body) sum += number_in(row[*column]).value_or(0);
  });
  return sum;
}

std::optional<Month> ReportPeriod::month() const {
  const Month of_first = Month::containing(first);
  if (of_first.first() == first && of_first.last() == last) return of_first;
  return std::nullopt;
}

ReportPeriod period_of(Month month) { return {month.first(), month.last()}; }

std::string canonical(ReportPeriod period) {
  if (const auto month = period.month()) return month->iso();
  if (whole_year(period)) return std::to_string(period.first.year());
  if (period.first == period.last) return period.first.iso();
  return period.first.iso() + "/" + period.last.iso();
}

Bilingual words(ReportPeriod period) {
  if (const auto month = period.month()) {
    const auto place = static_cast<std::size_t>(month->month() - 1);
    const std::string year = " " + std::to_string(month->year());
    return {std::string(swedish_months[place]) + year, std::string(english_months[place]) + year};
  }
  if (whole_year(period) || period.first == period.last) return {canonical(period), canonical(period)};
  return {period.first.iso() + " till " + period.last.iso(), period.first.iso() + " to " + period.last.iso()};
}

Report new_report(std::string kind, const ReportInput& input, ReportPeriod period) {
  Report report;
  report.kind = std::move(kind);
  report.project = input.project.key;
  report.project_name = input.project.name;
  report.record_number = input.project.record_number;
  report.organisation = input.project.owner;
  report.period = canonical(period);
  report.period_words = words(period);
  const Date fund_day = std::min(period.last, input.today);
  if (const auto* sv = input.programme.fund_text_sv.on(fund_day)) report.fund_text.sv = sv->value;
  if (const auto* en = input.programme.fund_text_en.on(fund_day)) report.fund_text.en = en->value;
  report.today = input.today;
  report.control = {
      {"control.organisation", report.organisation},
      {"control.period", report.period},
      {"control.known_on", input.today.iso()},
      {"control.program", input.program_version},
      {"control.rule_set", input.rule_set + (input.rule_set_sha256.empty() ? "" : ", ") + input.rule_set_sha256},
      {"control.terms", input.programme.sha256.substr(0, 16) + ", " + input.project.sha256.substr(0, 16)},
      {"control.source_files", files_in_words(input.files)},
  };
  if (!input.manual.empty()) {
    std::string all;
    for (const ManualDecision& manual : input.manual) {
      all += (all.empty() ? "" : "; ") + manual.id() + " " + participant_reference(manual.person);
      for (const std::string& code : manual.codes) all += " " + code;
    }
    report.control.emplace_back("control.manual", std::move(all));
  }
  return report;
}

void note_open_month(Report& report, const ReportInput& input, Month month, bool closed_last) {
  if (input.today <= month.last()) {
    report.notes.push_back({"draft.month_not_over", {month.last().iso()}});
    report.draft = true;
  } else if (const std::string_view why = draft_of_month(input, month); !why.empty()) {
    report.notes.push_back({std::string(why), {month.iso()}});
    report.draft = report.draft || !closed_last || why != month_not_closed;
  }
}

void note_rules(Report& report, const ReportInput& input) {
  for (const RuleText& rule : input.rules)
    if (rule.unverified) {
      const auto& [sv, en] = rule.legal_basis;
      report.unverified.push_back({"unverified.rule", rule.code, input.rule_set + ": " + (sv == en ? sv : sv + " / " + en)});
    }
}

void note_hour_terms(Report& report, const ReportInput& input, Date on) {
  const ProgrammeTerms& terms = input.programme;
  if (const auto* rounding = terms.whole_hours_rounding.on(on))
    note_use(report, rounding, "unverified.whole_hours_rounding", rounding->value == Rounding::Down ? "down" : "half up",
             terms.key);
  else
    report.unverified.push_back({"unverified.whole_hours_rounding", "down", terms.key + ".toml"});
  if (const auto* level = terms.whole_hours_level.on(on)) {
    constexpr std::string_view words[] = {"row", "day", "month", "period"};
    note_use(report, level, "unverified.whole_hours_level", std::string(words[static_cast<std::size_t>(level->value)]),
             terms.key);
  } else {
    report.unverified.push_back({"unverified.whole_hours_level", "month", terms.key + ".toml"});
  }
  const auto note_cap = [&](const Timeline<Minutes>& caps, const char* what) {
    if (const auto* cap = caps.on(on)) note_use(report, cap, what, std::to_string(cap->value.count()) + " min", terms.key);
  };
  note_cap(terms.participant_day_cap, "unverified.participant_day_cap");
  note_cap(terms.participant_month_cap, "unverified.participant_month_cap");
  note_cap(terms.participant_month_minimum, "unverified.participant_month_minimum");
  note_cap(terms.participant_year_cap, "unverified.participant_year_cap");
}

std::string cell_name(const Origin& origin) {
  if (origin.row == 0) return {};
  return column_letters(origin.column) + std::to_string(origin.row);
}

Message flat_rate_words(const ProgrammeTerms& programme, const std::string& key) {
  for (const auto& rate : programme.flat_rates)
    if (rate.value.key == key) {
      const auto both = [](const std::string& id) {
        return in_both(words({id, {}}, Language::Swedish), words({id, {}}, Language::English));
      };
      return {rate.value.at_most ? "claim-line.flat_rate.at_most" : "claim-line.flat_rate",
              {std::to_string(rate.value.percent), both("flat-rate-base." + rate.value.base),
               both("flat-rate-covers." + rate.value.covers)}};
    }
  return {"table.text", {key}};
}

std::vector<Cell> source_cells(const Origin& origin, std::span<const SourceFile> files) {
  if (origin.import == 0) return {Cell{}, Cell{}, Cell{}};
  for (const SourceFile& file : files) {
    if (file.import != origin.import) continue;
    const std::string sheet = origin.sheet < file.sheets.size() ? file.sheets[origin.sheet] : std::string();
    return {reference_cell(file.reference), text_cell(sheet), text_cell(cell_name(origin))};
  }
  return {reference_cell("F-" + std::to_string(origin.import)), Cell{}, text_cell(cell_name(origin))};
}

std::vector<Beginning> beginnings(std::span<const ReportInput* const> projects) {
  std::vector<Beginning> all(1);
  for (const ReportInput* input : projects) {
    std::uint32_t people = 0;
    for (const Participation& p : input->participations) people = std::max(people, p.person + 1);
    for (const TimeRecord& record : input->times) people = std::max(people, record.person + 1);
    const Beginning& last = all.back();
    all.push_back({last.persons + people, last.times + static_cast<std::uint32_t>(input->times.size()),
                   last.staff + static_cast<std::uint32_t>(input->staff.size())});
  }
  return all;
}

PersonIndex::PersonIndex(std::span<const Participation> participations) {
  for (std::size_t place = 0; place < participations.size(); ++place) {
    const std::uint32_t person = participations[place].person;
    if (person >= place_.size()) place_.resize(std::size_t{person} + 1, 0);
    place_[person] = static_cast<std::uint32_t>(place + 1);
  }
}

std::optional<std::size_t> PersonIndex::operator[](std::uint32_t person) const {
  if (person >= place_.size() || place_[person] == 0) return std::nullopt;
  return std::size_t{place_[person]} - 1;
}

std::map<std::string_view, std::string_view> newest_entries(std::span<const LogLine> log) {
  std::map<std::string_view, std::string_view> newest;
  for (const LogLine& line : log)
    if (!line.participant.empty()) newest[line.participant] = line.entry;
  return newest;
}

std::string codes_of(const Decision& decision) {
  std::string joined;
  for (const std::string& code : decision.codes) joined += (joined.empty() ? "" : " ") + code;
  return joined;
}

}  // namespace horisont
