// The SCB month: the block that is pasted into SCB's file, the same rows by reference, who was left out and why, the checks
// SC-1 to SC-14, and the chain of months. Sources stand with the checks' texts; the column order is the template's.

#include <algorithm>
#include <map>
#include <set>

#include "core/cases/deadlines.h"
#include "core/reports/cells.h"
#include "core/reports/measures.h"

namespace horisont {
namespace {

struct Row {
  const Participation* who;
  Verdict verdict;
  std::string digits;
  bool protected_code = false;
  Cell email, mobile;
  PersonMonth hours;
  Period spell;     // the newest that touches the month
  Date entered_on;  // as reported: of the first spell, or of this one
  Month first_reported_in;
};

struct LeftOut {
  const Participation* who;
  const Decision* decision;
  std::string why;
  std::int64_t reported;
  std::vector<std::uint32_t> records;
};

std::string birth_digits(Date born_on) {
  std::string digits = born_on.iso();
  digits.erase(std::remove(digits.begin(), digits.end(), '-'), digits.end());
  return digits;
}

// SCB's code for a protected identity: as it stands in the register (kept in upper case; SCB prescribes "Tf29"), else birth
// date and the configured ending.
std::optional<std::string> protected_code(const Participation& p, const ProgrammeTerms& terms, Date on) {
  if (p.number && p.number->kind() == IdentityKind::Protected) return p.number->digits().substr(0, 8) + "Tf29";
  const bool is_woman = woman(p, Date::of_days(INT32_MAX)), is_man = man(p, Date::of_days(INT32_MAX));
  const auto* ending = is_woman ? terms.scb_protected_woman.on(on) : is_man ? terms.scb_protected_man.on(on) : nullptr;
  if (!ending || !p.born_on) return std::nullopt;
  return birth_digits(p.born_on->value) + ending->value;
}

bool every_spell_has_its_own_entry(const ProgrammeTerms& terms, Month month) {
  const auto* setting = terms.scb_reentry.on(month.last());
  return setting && setting->value == "new_start_date";
}

bool zero_hours_are_left_out(const ProgrammeTerms& terms, Month month) {
  const auto* setting = terms.scb_zero_hours.on(month.last());
  return setting && setting->value == "leave_out";
}

struct Members {
  std::vector<Row> rows;
  std::vector<LeftOut> left_out;
};

Members members(const ReportInput& input, Month month) {
  std::map<std::uint32_t, PersonMonth> hours;
  for (PersonMonth& of_person : person_months(input, period_of(month))) {
    // What came after the month was filed and was not let in is no part of what was filed.
    const auto late = [&](std::uint32_t record) { return (input.times[record].flags & TimeLate) != 0; };
    for (const std::uint32_t record : of_person.records)
      if (late(record)) of_person.reported -= input.times[record].minutes, of_person.refused -= input.times[record].minutes;
    std::erase_if(of_person.records, late);
    if (!of_person.records.empty()) hours.emplace(of_person.person, std::move(of_person));
  }
  const PersonIndex place(input.participations);

  // With "leave_out" a person is first reported in the first month with funded minutes, otherwise in the month of entry.
  std::map<std::uint32_t, Month> first_funded;
  const bool without_zeros = zero_hours_are_left_out(input.programme, month);
  if (without_zeros)
    for (const LedgerCell& sum : input.hours.cells)
      if (sum.accepted > 0) {
        const Month of_sum = *Month::of(sum.month / 12, sum.month % 12 + 1);
        const auto [known, added] = first_funded.emplace(sum.person, of_sum);
        if (!added) known->second = std::min(known->second, of_sum);
      }

  Members found;
  for (std::size_t i = 0; i < input.participations.size(); ++i) {
    const Participation& p = input.participations[i];
    const Decision& decision = input.decisions[i];
    const auto own = hours.find(p.person);
    const PersonMonth none{.month = month, .person = p.person};
    const PersonMonth& of_person = own == hours.end() ? none : own->second;
    const bool takes_part = touches(p, period_of(month));
    if (!takes_part && own == hours.end()) continue;

    const auto leave_out = [&](std::string why) {
      found.left_out.push_back({&p, &decision, std::move(why), of_person.reported, of_person.records});
    };
    if (decision.verdict == Verdict::Undecided) {
      leave_out("undecided");
    } else if (!takes_part) {
      leave_out("outside_month");
    } else if (!eligible(decision.verdict)) {
      leave_out("not_eligible");
    } else if (without_zeros && of_person.accepted == 0) {
      leave_out("without_hours");
    } else {
      const bool is_protected = p.protected_identity || (p.number && p.number->kind() == IdentityKind::Protected);
      std::optional<std::string> digits;
      if (is_protected)
        digits = protected_code(p, input.programme, month.last());
      else if (p.number)
        digits = p.number->digits();
      if (!digits) {
        leave_out(is_protected ? "protected_code_unknown" : "no_number");
        continue;
      }
      const Period spell = *spell_in(p, period_of(month));
      const Date entered_on = every_spell_has_its_own_entry(input.programme, month) ? spell.first : p.entered_on->value;
      Row row{&p, decision.verdict, *digits, is_protected, {}, {}, of_person, spell, entered_on, Month::containing(entered_on)};
      if (const auto first = first_funded.find(p.person); first != first_funded.end()) row.first_reported_in = first->second;
      if (const auto* filler = input.programme.scb_contact_filler.on(month.last())) {
        row.email = row.mobile = text_cell(filler->value);
      } else if (!is_protected) {
        row.email = text_cell(p.email);
        row.mobile = text_cell(p.mobile);
      }
      found.rows.push_back(std::move(row));
    }
  }
  // A person with records but without a participation: nobody in the register, so outside every month.
  static const Participation nobody{};
  static const Decision no_decision{};
  for (const auto& [person, of_person] : hours)
    if (!place[person])
      found.left_out.push_back({&nobody, &no_decision, "outside_month", of_person.reported, of_person.records});

  std::sort(found.rows.begin(), found.rows.end(),
            [](const Row& a, const Row& b) { return std::pair(a.digits, a.who->person) < std::pair(b.digits, b.who->person); });
  return found;
}

Cell exit_in_month(const Row& row, Month month) {
  const auto& last = row.spell.last;
  return last && *last <= month.last() ? cell(*last) : Cell{};
}

Sheet block(std::span<const Row> rows, Month month) {
  Sheet sheet{
      .id = "rows",
      .fields = {"identity_number", "entry_date", "exit_date_in_month", "whole_hours", "email_or_filler", "mobile_or_filler"}};
  for (const Row& row : rows)
    add_row(sheet,
            row_of(cell(Identity{row.digits}), cell(row.entered_on), exit_in_month(row, month),
                   counted_cell(row.hours.whole_hours, row.hours.records, Cell::Counted::TimeRecords), row.email, row.mobile));
  add_totals(sheet, {"whole_hours"});
  return sheet;
}

Sheet audit_rows(std::span<const Row> rows, const ReportInput& input, Month month) {
  Sheet sheet{.id = "audit_rows",
              .fields = {"row_number", "participant", "entry_date", "exit_date_in_month", "reported_minutes", "refused_minutes",
                         "accepted_minutes", "whole_hours", "lost_minutes", "first_reported_in", "verdict", "log_entry"}};
  auto log = newest_entries(input.log);
  std::int64_t number = 0;
  for (const Row& row : rows) {
    const PersonMonth& hours = row.hours;
    add_row(sheet, row_of(cell(++number), reference_cell(row.who->reference), cell(row.entered_on), exit_in_month(row, month),
                          minutes_cell(hours.reported, hours.records), minutes_cell(hours.refused, hours.records),
                          minutes_cell(hours.accepted, hours.records),
                          counted_cell(hours.whole_hours, hours.records, Cell::Counted::TimeRecords),
                          row_sum_cell(Minutes{hours.lost()}, {6, 7}), cell(row.first_reported_in), cell(row.verdict),
                          reference_cell(log[row.who->reference])));
  }
  add_totals(sheet, {"reported_minutes", "refused_minutes", "accepted_minutes", "whole_hours", "lost_minutes"});
  return sheet;
}

Sheet excluded(std::span<const LeftOut> left_out, const ReportInput& input) {
  Sheet sheet{.id = "excluded", .fields = {"participant", "why", "reported_minutes", "rule_codes", "to_do"}};
  for (const LeftOut& person : left_out) {
    const std::string reference = !person.who->reference.empty() || person.records.empty()
                                      ? person.who->reference
                                      : participant_reference(input.times[person.records.front()].person);
    add_row(sheet, row_of(reference_cell(reference), choice_cell("excluded", person.why),
                          minutes_cell(person.reported, person.records), text_cell(codes_of(*person.decision)),
                          cell(Message{"excluded." + person.why + ".do", {}})));
  }
  add_totals(sheet, {"reported_minutes"});
  return sheet;
}

// One check: the rows that are not in order, by reference; nothing where the check is not about rows.
struct Checked {
  std::string_view code;
  Level level;
  YesNo result;
  std::optional<std::vector<std::string>> faulty;
  std::string months{};  ///< of a check of months those that fail
};

YesNo in_order(const std::vector<std::string>& faulty) { return faulty.empty() ? YesNo::Yes : YesNo::No; }

// References of rows that share a key with another row.
template <class Key>
std::vector<std::string> sharing(std::span<const Row> rows, Key&& key) {
  std::map<std::string, std::vector<std::string>> groups;
  for (const Row& row : rows)
    if (const std::string of_row = key(row); !of_row.empty()) groups[of_row].push_back(row.who->reference);
  std::vector<std::string> found;
  for (const auto& [of_group, references] : groups)
    if (references.size() > 1) found.insert(found.end(), references.begin(), references.end());
  return found;
}

template <class Fault>
std::vector<std::string> those(std::span<const Row> rows, Fault&& fault) {
  std::vector<std::string> found;
  for (const Row& row : rows)
    if (fault(row)) found.push_back(row.who->reference);
  return found;
}

// More hours than the programme file's limit for extreme values; where SCB's limit is not known, more than a person can
// plausibly attend on every day of the participation in the month.
bool extreme(const Row& row, const ProgrammeTerms& terms, Month month) {
  if (const auto* limit = terms.scb_extreme_hours.on(month.last())) return row.hours.whole_hours > limit->value;
  const Date first = std::max(month.first(), row.spell.first);
  const Date last = std::min(month.last(), row.spell.last.value_or(month.last()));
  const auto* plausible = terms.plausible_day.on(month.last());
  const std::int64_t day = plausible ? plausible->value.count() : 24 * 60;
  return row.hours.accepted > day * (last - first + 1);
}

// Where the project's months before this one stand.
std::vector<MonthStanding> standings_before(const ReportInput& input, Month month) {
  if (input.project.grants.empty()) return {};
  const Month first = Month::containing(input.project.operation().first);
  if (input.months.empty()) {
    if (first >= month) return {};
    return standings({}, first, Month::containing(month.first().plus_days(-1)), input.today, input.programme, {});
  }
  std::vector<MonthStanding> before(input.months.begin(), input.months.end());
  std::erase_if(before, [&](const MonthStanding& one) { return one.month >= month; });
  return before;
}

std::vector<Checked> checked(std::span<const Row> rows, const ReportInput& input, Month month) {
  const ProgrammeTerms& terms = input.programme;
  const bool has_operation = !input.project.grants.empty();
  const Period operation = has_operation ? input.project.operation() : Period{month.first(), month.last()};
  const auto* filler = terms.scb_contact_filler.on(month.last());

  std::map<std::uint32_t, std::int64_t> ledger_hours;
  for (const LedgerCell& sum : input.hours.cells)
    if (sum.month == month.number()) ledger_hours[sum.person] += sum.accepted;

  std::vector<Checked> all;
  const auto add = [&](std::string_view code, Level level, std::vector<std::string> faulty) {
    const YesNo result = in_order(faulty);
    all.push_back({.code = code, .level = level, .result = result, .faulty = std::move(faulty)});
  };
  add("SC-1", Level::Error, those(rows, [&](const Row& row) {
        return row.first_reported_in == month && Month::containing(row.entered_on) != month;
      }));
  add("SC-2", Level::Error, those(rows, [&](const Row& row) {
        const auto& last = row.spell.last;
        return last && row.hours.last_funded && *row.hours.last_funded > *last;
      }));
  add("SC-3", Level::Error, those(rows, [&](const Row& row) {
        const auto& last = row.spell.last;
        const Date entry = row.entered_on;
        return (last && *last < entry) || !operation.contains(entry) || (last && !operation.contains(*last));
      }));
  add("SC-4", Level::Error, those(rows, [](const Row& row) { return row.hours.whole_hours < 0; }));
  add("SC-5", Level::Warning, those(rows, [&](const Row& row) { return extreme(row, terms, month); }));
  add("SC-6", Level::Error, those(rows, [](const Row& row) {
        return row.protected_code ? row.digits.size() != 12 : !PersonalIdentityNumber::of_normal_form(row.digits).has_value();
      }));
  add("SC-7", Level::Error, sharing(rows, [](const Row& row) {
        return row.who->number && row.who->number->names_one_person() && !row.protected_code ? row.digits : std::string();
      }));
  add("SC-8", Level::Warning, sharing(rows, [](const Row& row) {
        if (row.protected_code || row.who->name.empty() || !row.who->born_on) return std::string();
        return row.who->born_on->value.iso() + " " + row.who->name;
      }));
  // Both stand in the way of filing, not of making a file: the first of all may follow months that were sent from elsewhere.
  const auto of_months = [&](std::string_view code, const std::vector<Month>& months) {
    all.push_back({.code = code,
                   .level = Level::Warning,
                   .result = months.empty() ? YesNo::Yes : YesNo::No,
                   .faulty = {},
                   .months = listed(months)});
  };
  std::vector<Month> gaps, changed;
  for (const MonthStanding& one : standings_before(input, month)) {
    const bool somebody = std::any_of(input.participations.begin(), input.participations.end(),
                                      [&](const Participation& p) { return touches(p, period_of(one.month)); });
    if (!one.filed && !one.settled && somebody) gaps.push_back(one.month);
    if (one.filed && one.changed) changed.push_back(one.month);
  }
  of_months("SC-9", gaps);
  of_months("SC-10", changed);
  add("SC-11", Level::Error, those(rows, [&](const Row& row) {
        const auto found = ledger_hours.find(row.who->person);
        return row.hours.accepted != (found == ledger_hours.end() ? 0 : found->second);
      }));
  add("SC-12", Level::Error, those(rows, [&](const Row& row) {
        const auto* email = std::get_if<std::string>(&row.email.value);
        const auto* mobile = std::get_if<std::string>(&row.mobile.value);
        if (filler) return (email ? *email : "") != filler->value || (mobile ? *mobile : "") != filler->value;
        return !email || !mobile;
      }));
  all.push_back({.code = "SC-13", .level = Level::Notice, .result = YesNo::No, .faulty = {}});
  add("SC-14", Level::Warning, sharing(rows, [](const Row& row) { return row.protected_code ? row.digits : std::string(); }));
  return all;
}

Sheet checks(std::span<const Checked> results) {
  Sheet sheet{.id = "checks", .fields = {"code", "check", "level", "result", "number", "rows"}};
  static constexpr std::string_view levels[] = {"error", "warning", "notice"};
  constexpr std::size_t most = 20;
  for (const Checked& check : results) {
    std::string references = check.months;
    std::vector<std::uint32_t> persons;
    if (check.faulty) {
      for (const std::string& reference : *check.faulty) {
        if (persons.size() < most) references += (references.empty() ? "" : ", ") + reference;
        persons.push_back(person_of_reference(reference).value_or(0));
      }
      if (persons.size() > most) references += ", …";
    }
    add_row(sheet, row_of(text_cell(check.code), cell(Message{"scb." + std::string(check.code), {}}),
                          choice_cell("level", levels[static_cast<std::size_t>(check.level)]), cell(check.result),
                          check.faulty ? persons_cell(std::move(persons)) : Cell{}, text_cell(references)));
  }
  return sheet;
}

// Swedish reporting, 2.1: due within four weeks after the month, unless the programme file has another deadline.
Date due_on(Month month, const ProgrammeTerms& terms) {
  return month_due(terms, "scb_month", month).value_or(month.last().plus_days(28));
}

Sheet chain(const ReportInput& input, Month month) {
  Sheet sheet{.id = "chain", .fields = {"month", "report", "version", "filed_on", "state", "late", "order", "deadline"}};
  Month first = month;
  if (!input.project.grants.empty()) first = std::min(first, Month::containing(input.project.operation().first));
  const auto fresh = standings({}, first, month, input.today, input.programme, {});
  std::int64_t order = 0;
  for (const MonthStanding& one : input.months.empty() ? std::span<const MonthStanding>(fresh) : input.months) {
    if (one.month > month) break;
    const bool to_send = one.file == FileState::Open || one.file == FileState::Stale;
    const Date due = due_on(one.month, input.programme);
    add_row(sheet, row_of(cell(one.month), one.filed ? reference_cell(one.filed->report) : Cell{},
                          one.versions > 0 ? cell(one.versions) : Cell{}, one.filed ? cell(*one.filed->filed_on) : Cell{},
                          choice_cell("month_state", name_of(one.file)), yes_no_cell(!one.filed && !one.settled && input.today > due),
                          to_send ? cell(++order) : Cell{}, cell(due)));
  }
  return sheet;
}

// The attest that answers with a reason for those who cannot be decided, and still says what the month says; null: none.
const MonthEvent* answered_for(const ReportInput& input, Month month) {
  for (const MonthStanding& one : input.months)
    if (one.month == month && one.state != MonthState::Open && one.differs_because.empty() && one.attested &&
        !one.attested->reason.empty())
      return &*one.attested;
  return nullptr;
}

void reconcile(Report& report, const Members& found, const ReportInput& input, Month month) {
  const Sheet& audit = report.sheets[1];
  const Sheet& left_out = report.sheets[2];
  std::set<std::uint32_t> persons;
  std::int64_t ledger_reported = 0, ledger_accepted_of_rows = 0;
  std::set<std::uint32_t> in_rows;
  for (const Row& row : found.rows) in_rows.insert(row.who->person);
  for (const Participation& p : input.participations)
    if (touches(p, period_of(month))) persons.insert(p.person);
  std::map<std::uint32_t, std::int64_t> late, on_time;  // records of the month
  for (const TimeRecord& time : input.times)
    if (Month::containing(Date::of_days(time.day)) == month) ++(time.flags & TimeLate ? late : on_time)[time.person];
  for (const LedgerCell& sum : input.hours.cells) {
    if (sum.month != month.number() || (late.contains(sum.person) && !on_time.contains(sum.person))) continue;
    persons.insert(sum.person);
    ledger_reported += sum.reported;
    if (in_rows.contains(sum.person)) ledger_accepted_of_rows += sum.accepted;
  }
  for (const LedgerLine& line : input.hours.lines) {
    const TimeRecord& time = input.times[line.record];
    if (time.flags & TimeLate && on_time.contains(time.person) && Month::containing(Date::of_days(time.day)) == month)
      ledger_reported -= line.refused;
  }
  const auto rows = static_cast<std::int64_t>(audit.rows.size() + left_out.rows.size());
  report.checks = {
      {{"check.persons", {}}, rows, static_cast<std::int64_t>(persons.size())},
      {{"check.reported_is_accepted_and_refused", {}},
       total_of(audit, "reported_minutes"),
       total_of(audit, "accepted_minutes") + total_of(audit, "refused_minutes"),
       true},
      {{"check.accepted", {}}, total_of(audit, "accepted_minutes"), ledger_accepted_of_rows, true},
      {{"check.whole_hours", {}},
       total_of(audit, "whole_hours") * 60 + total_of(audit, "lost_minutes"),
       total_of(audit, "accepted_minutes"),
       true},
      {{"check.block", {}}, sum_of_rows(report.sheets[0], "whole_hours"), total_of(audit, "whole_hours")},
      {{"check.rows_are_total", {}}, total_of(audit, "reported_minutes"), sum_of_rows(audit, "reported_minutes"), true},
      {{"check.all_minutes", {}},
       total_of(audit, "reported_minutes") + total_of(left_out, "reported_minutes"),
       ledger_reported,
       true},
  };
}

}  // namespace

Report scb_month(const ReportInput& input, Month month) {
  const Members found = members(input, month);
  const std::vector<Checked> results = checked(found.rows, input, month);
  Report report = new_report("scb-month", input, period_of(month));
  report.sheets = {block(found.rows, month), audit_rows(found.rows, input, month), excluded(found.left_out, input),
                   checks(results), chain(input, month)};
  reconcile(report, found, input, month);

  const auto undecided = std::count_if(found.left_out.begin(), found.left_out.end(),
                                       [](const LeftOut& person) { return person.why == "undecided"; });
  const auto errors = std::count_if(results.begin(), results.end(), [](const Checked& check) {
    return check.level == Level::Error && check.result == YesNo::No;
  });
  if (errors > 0) report.remaining.push_back({{"remaining.scb_errors", {}}, errors});
  report.notes.push_back({"scb.deadline", {due_on(month, input.programme).iso()}});
  if (input.today <= month.last()) report.notes.push_back({"draft.month_not_over", {month.last().iso()}});
  const MonthEvent* answered = answered_for(input, month);
  if (undecided > 0 && answered)
    report.notes.push_back({"scb.undecided_answered", {std::to_string(undecided), answered->reason}});
  else if (undecided > 0)
    report.notes.push_back({"draft.undecided", {std::to_string(undecided)}});
  if (errors > 0) report.notes.push_back({"draft.scb_errors", {std::to_string(errors)}});
  report.draft = input.today <= month.last() || (undecided > 0 && !answered) || errors > 0;
  if (undecided > 0) report.remaining.push_back({{"remaining.undecided", {}}, undecided});
  const auto without_code = std::count_if(found.left_out.begin(), found.left_out.end(), [](const LeftOut& person) {
    return person.why == "protected_code_unknown" || person.why == "no_number";
  });
  if (without_code > 0) report.remaining.push_back({{"remaining.without_number", {}}, without_code});

  note_hour_terms(report, input, month.last());
  const ProgrammeTerms& terms = input.programme;
  report.unverified.push_back({"unverified.scb_columns", "", "report-templates/scb-month/template.toml"});
  if (const auto* reentry = terms.scb_reentry.on(month.last()))
    note_use(report, reentry, "unverified.scb_reentry", reentry->value, terms.key);
  else
    report.unverified.push_back({"unverified.scb_reentry", "same_start_date", terms.key + ".toml"});
  if (const auto* zero = terms.scb_zero_hours.on(month.last()))
    note_use(report, zero, "unverified.scb_zero_hours", zero->value, terms.key);
  else
    report.unverified.push_back({"unverified.scb_zero_hours", "include", terms.key + ".toml"});
  if (const auto* filler = terms.scb_contact_filler.on(month.last()))
    note_use(report, filler, "unverified.scb_contact_filler", filler->value, terms.key);
  const bool any_protected =
      std::any_of(found.rows.begin(), found.rows.end(), [](const Row& row) { return row.protected_code; });
  if (any_protected)
    for (const auto* ending : {terms.scb_protected_woman.on(month.last()), terms.scb_protected_man.on(month.last())})
      if (ending) note_use(report, ending, "unverified.scb_protected", ending->value, terms.key);
  note_rules(report, input);
  return report;
}

std::string month_content(const ReportInput& whole, Month month) {
  // Where an entry stands in the log says nothing of the month, and not everybody has read the log.
  ReportInput input = whole;
  input.log = {};
  const Members found = members(input, month);
  return to_text(block(found.rows, month)) + to_text(audit_rows(found.rows, input, month)) +
         to_text(excluded(found.left_out, input));
}

}  // namespace horisont
