// Attendance: one row per person, day and activity, or one row per person with the days as columns. This is the volume of
// the store, so the ordinary row takes no heap block: what a text means is found once and remembered.

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include "edge/import/aside.h"
#include "edge/import/beside.h"
#include "edge/import/break_time.h"
#include "edge/import/by_name.h"
#include "edge/import/clock_time.h"
#include "edge/import/day_cell.h"
#include "edge/import/doubt.h"
#include "edge/import/job.h"
#include "edge/import/joined.h"
#include "edge/import/profile.h"
#include "edge/import/when.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

std::uint8_t signature_flags(std::string_view word) {
  return word == "none"              ? TimeNotSigned
         : word == "paper"           ? TimeSigned | TimePaper
         : word == "portal_code"     ? TimeSigned | TimePortalCode
         : word == "email_exception" ? TimeSigned | TimeEmailException
                                     : TimeSigned;
}

constexpr std::int64_t whole_day = 24 * 60;

int digit(char c) { return c - '0'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string reference_or_none(std::uint32_t person) { return person == nobody ? std::string() : participant_reference(person); }

// Whom a row is about, found through its number or its reference; what a text means is remembered.
class PersonColumn {
 public:
  struct Outcome {
    std::uint32_t person = nobody;
    std::string error, repair;  ///< codes; an empty error with nobody: not known
    std::vector<std::string> values;
    bool century_assumed = false, cleaned = false;
    std::string remark;
  };

  PersonColumn(const PeopleIndex& people, bool numbers, Date reference)
      : people_(people), numbers_(numbers), reference_(reference) {}

  const Outcome& find(const CellView& cell, std::string_view name) {
    // The row before was most often about the same person.
    if (last_ != none && cell.text == last_text_ && cell.format.empty()) return outcomes_[last_];
    const bool memorable = cell.format.empty() || cell.kind == CellView::Kind::Text;
    if (memorable)
      if (const auto* known = index_.find(cell.text)) return remember(cell.text, *known);
    const auto made = static_cast<std::uint32_t>(outcomes_.size());
    outcomes_.push_back(numbers_ ? by_number(cell, name) : by_reference(cell));
    if (memorable && outcomes_.back().remark.empty()) index_.insert(cell.text, made);
    return remember(memorable ? cell.text : std::string_view(), made);
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  const Outcome& remember(std::string_view text, std::uint32_t outcome) {
    last_text_ = text;
    last_ = text.empty() || !outcomes_[outcome].remark.empty() ? none : outcome;
    return outcomes_[outcome];
  }
  // What one office calls a reference is another's identity number.
  Outcome by_reference(const CellView& cell) const {
    Outcome out;
    out.person = people_.by_reference(text_of_cell(cell, false).text);
    const auto number = out.person == nobody ? PersonalIdentityNumber::parse(identity_text(cell), reference_) : tl::make_unexpected(Problem{});
    if (number && number->number.names_one_person()) out.person = people_.by_number(number->number, {});
    return out;
  }
  Outcome by_number(const CellView& cell, std::string_view name) const {
    Outcome out;
    const auto parsed = PersonalIdentityNumber::parse(identity_text(cell), reference_);
    if (!parsed) {
      // What is a number to one office is a reference to another.
      out.person = people_.by_reference(text_of_cell(cell, false).text);
      if (out.person == nobody) out.error = parsed.error().message.id, out.values = parsed.error().message.values;
      return out;
    }
    for (const IdentityRepair repair : parsed->repairs) {
      if (repair == IdentityRepair::ZeroRestored) out.repair = "pnr.zero-restored";
      if (repair == IdentityRepair::CenturyAssumed) out.century_assumed = true;
      if (repair == IdentityRepair::Cleaned) out.cleaned = true;
    }
    // Several people may share such a number, so the name has to help and nothing may be remembered.
    if (!parsed->number.names_one_person()) out.remark = "shared";
    out.person = people_.by_number(parsed->number, name);
    return out;
  }

  const PeopleIndex& people_;
  bool numbers_;
  Date reference_;
  TextIndex index_;
  std::vector<Outcome> outcomes_;
  std::string last_text_;
  std::uint32_t last_ = none;
};

// The checks of a day against what is stored, and the activity that a word means: what both shapes share.
class AttendanceRows : public RowReader {
 public:
  AttendanceRows(ImportJob& job, const TablePlan& plan)
      : job_(job),
        plan_(plan),
        sieve_(job, plan),
        totals_(plan.columns.size()),
        frame_(date_frame(job)),
        operation_(job.project.operation()),
        numbers_(job.people, true, plan.month ? plan.month->last() : job.options.today),
        references_(job.people, false, job.options.today) {
    const auto column = [&](const char* key) {
      const auto field = job.schema().field(key);
      if (field)
        for (std::size_t c = 0; c < plan.columns.size(); ++c)
          if (plan.columns[c].field == static_cast<int>(*field)) return static_cast<int>(c);
      return -1;
    };
    reference_ = column("participant"), number_ = column("identity_number"), name_ = column("name"), date_ = column("date"),
    month_ = column("month"), activity_ = column("activity"), hours_ = column("hours"), minutes_ = column("minutes"),
    start_ = column("start_time"), end_ = column("end_time"), break_ = column("break_minutes"), present_ = column("present"),
    absence_ = column("absence"), absence_hours_ = column("absence_hours"), signature_ = column("signature"),
    project_ = column("project");
    if (plan.day_in_start) date_ = start_;
    not_stated_ = job.project.activity("other").value_or(0);
    times_before_ = job.draft.times.size();
    sum_facts_ = told_facts(job.options, plan.said_unit);
    frame_.sheet_month = plan.said_month;
    minutes_before_ = job.draft.minutes_seen, rows_before_ = job.draft.rows_read;
    sum_facts_.decimal_dot = sum_facts_.hours_unit <= HoursUnit::Decimal;
    remarks_ = remark_columns(job.schema(), plan.columns);
    absences_ = &job.schemas.lists.find("absence")->second;
    signatures_ = &job.schemas.lists.find("signature")->second;
  }

 protected:
  const CellView& cell(const RowView& row, int column) const {
    static constexpr CellView empty;
    return column < 0 ? empty : cell_at(row, static_cast<std::size_t>(column));
  }
  std::string as_shown(const CellView& value) const { return shown(value, plan_.date1904); }
  void say(std::string_view code, const RowView& row, int column, const CellView& value, std::vector<std::string> values = {},
           std::uint32_t person = nobody, std::optional<Level> instead = {}) {
    job_.trouble.at(code, row.number, static_cast<std::size_t>(column + 1), as_shown(value), std::move(values),
                    reference_or_none(person), instead);
  }
  // Time of no stated activity may well count nothing; nobody should find that out at the end of the month.
  void tell_of_no_activity() {
    if (activity_ >= 0 || plan_.activities_as_columns || !none_above_ || job_.draft.times.size() == times_before_) return;
    const Activity& activity = job_.project.activities[not_stated_];
    if (!activity.funded) job_.trouble.at("activity.none", plan_.last_heading_row, 0, {}, {activity.name.sv});
  }
  // The name of an activity alone in a row, where no column has them: that of the rows below it. Another word alone ends it, or
  // the rows below would be of an activity that they are not.
  bool heads_activity(const RowView& row) {
    if ((activity_ >= 0 && !plan_.activity_above) || plan_.activities_as_columns) return false;
    const CellView* only = nullptr;
    std::size_t at = 0;
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const bool bound = plan_.activity_above && static_cast<int>(c) == activity_;
      if (is_empty(row.cells[c]) || bound) continue;
      if (only) return false;
      only = &row.cells[c], at = c + 1;
    }
    if (!only || only->kind != CellView::Kind::Text) return false;
    std::string text = text_of_cell(*only, false).text;
    if (text.ends_with(':')) text.pop_back();
    const auto found = job_.project.activity(text);
    if (!found || plan_.activity_above) {
      if ((above_ || (found && plan_.activity_above)) && !says_sum(text) && !is_somebody(text)) unclear_above_ = text;
      return false;
    }
    above_ = *found, unclear_above_.clear();
    ++job_.draft.rows_seen, ++job_.draft.rows_left_out;
    job_.trouble.at("row.activity", row.number, at, text, {job_.project.activities[*found].name.sv});
    return true;
  }
  // Of a row below a word that is no activity, where activities stand above their rows.
  bool below_unclear_heading(const RowView& row) {
    if (unclear_above_.empty()) return false;
    const int column = name_ >= 0 ? name_ : number_ >= 0 ? number_ : reference_;
    say("row.below-unclear-heading", row, column, cell(row, column), {unclear_above_});
    ++job_.draft.rows_refused;
    return true;
  }
  // A participant without time in a list of names.
  bool is_somebody(const std::string& text) {
    if (job_.people.by_reference(text) != nobody) return true;
    if (!job_.names) job_.names.emplace(job_.draft.people);
    return !job_.names->all(text).empty();
  }
  std::uint8_t activity_above() {
    none_above_ = none_above_ || !above_;
    return above_.value_or(not_stated_);
  }
  // An error cell or a formula without its value is told once, as that.
  bool broken(const RowView& row, int column) {
    if (column < 0) return false;
    const CellView& value = cell(row, column);
    if (value.without_value) return say("cell.formula-without-value", row, column, value), true;
    if (value.kind == CellView::Kind::Error) return say("cell.error", row, column, value), true;
    return false;
  }

  // A remark beside time that says there was none.
  void tell_of_remark(const RowView& row, std::uint32_t person, std::int64_t minutes) {
    for (const std::size_t c : remarks_) {
      const CellView& remark = cell_at(row, c);
      if (remark.kind != CellView::Kind::Text || !says_not_there(remark.text)) continue;
      return say("attendance.maybe-absent", row, static_cast<int>(c), remark, {hours_text(minutes)}, person);
    }
  }

  // Nobody when the row names nobody that is known; the trouble has been told then.
  std::uint32_t person_of(const RowView& row) {
    if (plan_.by_name) return by_name(row);
    const CellView& number = cell(row, number_);
    const CellView& reference = cell(row, reference_);
    std::uint32_t person = nobody;
    if (number_ >= 0 && !is_empty(number)) {
      if (broken(row, number_)) return nobody;
      const auto& found = numbers_.find(number, number_ >= 0 && name_ >= 0 ? cell(row, name_).text : std::string_view());
      if (!found.error.empty()) return say(found.error, row, number_, number, found.values), nobody;
      if (!found.repair.empty()) say(found.repair, row, number_, number, {}, found.person);
      if (found.century_assumed) say("pnr.century-assumed", row, number_, number);
      if (found.cleaned) say("pnr.cleaned", row, number_, number);
      person = found.person;
      if (person == nobody) return unknown_person(row, number_, number), nobody;
    }
    if (reference_ >= 0 && !is_empty(reference)) {
      if (broken(row, reference_)) return nobody;
      const auto& found = references_.find(reference, {});
      if (found.person == nobody) return unknown_person(row, reference_, reference), nobody;
      if (person != nobody && person != found.person) {
        say("row.two-people", row, reference_, reference, {participant_reference(person), participant_reference(found.person)});
        return nobody;
      }
      person = found.person;
    }
    return person;
  }
  std::uint32_t by_name(const RowView& row) {
    const CellView& name = cell(row, name_);
    if (broken(row, name_)) return nobody;
    const NamedPerson& found = people_by_name_.find(job_, text_of_cell(name, false).text);
    if (!found.code.empty()) say(found.code, row, name_, found.is_counted() ? CellView{} : name, found.values, found.person);
    return found.person;
  }
  void unknown_person(const RowView& row, int column, const CellView& value) {
    std::string nearest = "\u2013";
    if (name_ >= 0 && !is_empty(cell(row, name_))) {
      if (!job_.names) job_.names.emplace(job_.draft.people);
      nearest = job_.names->near_words(text_of_cell(cell(row, name_), false).text);
    }
    say("row.unknown-person", row, column, value, {nearest});
  }
  void compare_name(const RowView& row, std::uint32_t person) {
    if (plan_.by_name || name_ < 0 || person == nobody || person >= job_.draft.people.size()) return;
    const std::string& known = job_.draft.people[person].name;
    const CellView& value = cell(row, name_);
    if (known.empty() || is_empty(value) || value.text == known) return;
    if (person == compared_person_ && value.text == compared_name_) return;
    compared_person_ = person;
    compared_name_ = value.text;
    if (!names_differ(text_of_cell(value, false).text, known)) return;
    say("name.differs", row, name_, value, {}, person);
  }

  std::optional<std::uint8_t> activity_of(const RowView& row) {
    const CellView& value = cell(row, activity_);
    if (activity_ < 0 || is_empty(value)) {
      if (activity_ >= 0) say("cell.needed-missing", row, activity_, value);
      return activity_above();
    }
    if (broken(row, activity_)) return std::nullopt;
    if (const auto* known = activities_.find(value.text)) {
      if (*known == nobody) return say("choice.unknown", row, activity_, value, {nearest_activity(value)}), std::nullopt;
      return static_cast<std::uint8_t>(*known);
    }
    const auto found = job_.project.activity(text_of_cell(value, false).text);
    activities_.insert(value.text, found ? *found : nobody);
    if (!found) return say("choice.unknown", row, activity_, value, {nearest_activity(value)}), std::nullopt;
    return found;
  }
  std::string nearest_activity(const CellView& value) const {
    const std::string key = heading_key(value.text);
    std::string best;
    int distance = 4;
    for (const Activity& activity : job_.project.activities) {
      const auto look = [&](const std::string& spelling) {
        const int found = edits(key, heading_key(spelling), 3);
        if (found < distance) distance = found, best = activity.name.sv;
      };
      look(activity.name.sv), look(activity.name.en);
      for (const std::string& spelling : activity.spellings) look(spelling);
    }
    return best.empty() ? "\u2013" : best;
  }
  // The index of a choice, or nothing; `lists` are short and few, so no memory is needed beyond the list's own.
  std::optional<std::size_t> choice_of(const RowView& row, int column, const ChoiceList& list) {
    const CellView& value = cell(row, column);
    if (const auto found = list.by_key.find(heading_key(text_of_cell(value, false).text)); found != list.by_key.end())
      return found->second;
    say("choice.unknown", row, column, value, {"\u2013"});
    return std::nullopt;
  }
  // The time between two times of day (clock_time), its faults told. They stand in the columns `starts_at` and `ends_at`, which may
  // be one.
  std::optional<ClockTime> span_of(const RowView& row, std::uint32_t person, std::int32_t day, int from, int to,
                                   std::optional<std::int64_t> stated, int starts_at, int ends_at) {
    std::optional<std::int64_t> pause = 0;
    if (break_ >= 0 && !is_empty(cell(row, break_)) && !broken(row, break_))
      pause = read_break(cell(row, break_), plan_.columns[static_cast<std::size_t>(break_)].heading);
    const auto span = clock_time(job_.programme, day, from, to, pause, stated);
    if (span) return *span;
    const ClockFault& fault = span.error();
    const int at = fault.of == ClockFault::Of::Break ? break_ : fault.of == ClockFault::Of::End ? ends_at : starts_at;
    say(fault.code, row, at, cell(row, at), clock_fault_values(fault, as_shown(cell(row, at))), person);
    return std::nullopt;
  }

  bool right_project(const RowView& row) {
    const CellView& value = cell(row, project_);
    if (project_ < 0 || is_empty(value)) return true;
    if (const auto* known = projects_.find(value.text); known && *known) return true;
    if (names_project(job_.project, text_of_cell(value, false).text)) return projects_.insert(value.text, 1), true;
    say("row.other-project", row, project_, value, {job_.project.short_name});
    return false;
  }

  // Stage 3 for one day of one person. `column` is where the minutes stand. Nobody has been anywhere tomorrow: such time is an
  // error, or it would count by itself when the day has come. That somebody will be away may well be known today.
  void check_day(const RowView& row, int column, const CellView& value, std::uint32_t person, std::int32_t day, bool monthly,
                 bool attended) {
    const Date date = Date::of_days(day);
    const Date last = monthly ? Month::containing(date).last() : date;
    const auto spell = person < job_.known.size() ? job_.known[person] : Spell{};
    std::string_view code;
    std::string limit;
    // A day that can never be the project's is told before one that has not come yet.
    if (last < operation_.first)
      code = "attendance.outside-project", limit = operation_.first.iso();
    else if (operation_.last && date > *operation_.last)
      code = "attendance.outside-project", limit = operation_.last->iso();
    else if (date > job_.options.today)
      code = "attendance.future", limit = job_.options.today.iso();
    else if (spell.entered_on && last < *spell.entered_on)
      code = "attendance.before-entry", limit = spell.entered_on->iso();
    else if (spell.left_on && date > *spell.left_on)
      code = "attendance.after-exit", limit = spell.left_on->iso();
    else
      return;
    const bool planned = code == "attendance.future" && !attended;
    say(code, row, column, value, {date.iso(), limit}, person, planned ? std::optional(Level::Warning) : std::nullopt);
  }
  // Stage 1 and 2 of an amount of time on one day.
  bool check_amount(const RowView& row, int column, const CellView& value, std::uint32_t person, std::int32_t day,
                    std::int64_t minutes, bool monthly) {
    if (monthly) {
      if (minutes <= 31 * whole_day) return true;
      say("hours.over-month", row, column, value, {hours_text(minutes)}, person);
      return false;
    }
    if (minutes > whole_day) {
      say("hours.over-24", row, column, value, {hours_text(minutes)}, person);
      return false;
    }
    if (minutes > plausible_on(day))
      say("hours.implausible", row, column, value, {hours_text(minutes), hours_text(plausible_on(day))}, person);
    if (minutes > 0 && (day + 3) % 7 >= 5) say("day.weekend", row, column, value);
    return true;
  }
  std::int64_t plausible_on(std::int32_t day) {
    if (day == plausible_day_) return plausible_minutes_;
    plausible_day_ = day;
    return plausible_minutes_ = plausible_day_on(job_.programme, day);
  }
  void keep(const RowView& row, int column, TimeRecord record) {
    record.origin = {0, plan_.sheet, row.number, static_cast<std::uint16_t>(column + 1)};
    job_.draft.times.push_back(record);
    job_.draft.minutes_seen += record.minutes;
  }
  // Compares a stated sum; `known` is false when something that went into it could not be read.
  void compare_sum(const RowView& row, std::size_t column, std::int64_t read, bool agrees, bool known) {
    const CellView& value = cell_at(row, column);
    if (is_empty(value) || !known) return;
    const auto stated = read_hours(value, sum_facts_);
    if (!stated.error.empty() || agrees) return;
    say("sum.mismatch", row, static_cast<int>(column), value, {hours_text(stated.value), hours_text(read)});
  }

  ImportJob& job_;
  const TablePlan& plan_;
  RowSieve sieve_;
  ControlTotals totals_;
  DateFrame frame_;
  Period operation_;
  PersonColumn numbers_, references_;
  PeopleByName people_by_name_;
  TextIndex activities_, projects_;
  std::string compared_name_;
  std::uint32_t compared_person_ = nobody;
  ColumnFacts sum_facts_;
  const ChoiceList* absences_;
  std::vector<std::size_t> remarks_;
  const ChoiceList* signatures_;
  std::uint8_t not_stated_ = 0;
  std::optional<std::uint8_t> above_;  // the activity over the rows
  std::string unclear_above_;          // or what stands there instead
  bool none_above_ = false;            // rows have no activity at all
  std::int32_t plausible_day_ = INT32_MIN;
  std::int64_t plausible_minutes_ = 0;
  std::size_t times_before_ = 0;
  std::int64_t minutes_before_ = 0, rows_before_ = 0;
  int reference_, number_, name_, date_, month_, activity_, hours_, minutes_, start_, end_, break_, present_, absence_,
      absence_hours_, signature_, project_;
};

// One record per row.
class DayRows : public AttendanceRows {
 public:
  DayRows(ImportJob& job, const TablePlan& plan) : AttendanceRows(job, plan) {
    amount_ = hours_ >= 0 ? hours_ : minutes_ >= 0 ? minutes_ : start_;
    if (hours_ >= 0) hours_facts_ = plan.facts[static_cast<std::size_t>(hours_)];
    if (date_ >= 0) date_facts_ = plan.facts[static_cast<std::size_t>(date_)];
    for (std::size_t c = 0; c < plan.columns.size(); ++c)
      for (const char* key : {"tom", "tomdatum", "tilldatum", "till", "tillochmed", "slut", "slutdatum", "sistadag", "until", "to", "todate", "enddate", "lastday"})
        if (plan.columns[c].field < 0 && plan.columns[c].key == key) until_.push_back(c);
  }

  RowResult row(const RowView& row) override {
    if (heads_activity(row)) return RowResult::GoOn;
    switch (sieve_.sift(row)) {
      case RowSieve::Verdict::End:
        return RowResult::Stop;
      case RowSieve::Verdict::LeftOut:
        return RowResult::GoOn;
      case RowSieve::Verdict::SumRow:
        if (hours_ >= 0) sum_row(row, hours_);
        return RowResult::GoOn;
      case RowSieve::Verdict::Data:
        break;
    }
    job_.trouble.row_failed = false;
    if (below_unclear_heading(row)) return RowResult::GoOn;
    const std::uint32_t person = person_of(row);
    compare_name(row, person);
    right_project(row);

    TimeRecord record;
    record.person = person;
    bool monthly = false, day_known = false;
    const CellView& date = cell(row, date_);
    if (date_ >= 0 && !is_empty(date)) {
      if (!broken(row, date_)) {
        const auto day = iso_day(date);
        Reading<std::int32_t> read{day, {}, {}};
        if (day == no_day || day < frame_.earliest || day > frame_.latest)
          read = read_day(date, plan_.date1904, date_facts_, frame_);
        if (read.error == "date.order-ambiguous" && !plan_.surveyed) return RowResult::NeedSurvey;
        if (!read.error.empty())
          say(read.error, row, date_, date, {as_shown(date)}, person);
        else
          record.day = read.value, day_known = true;
        // The time of day beside it is the start.
        if (read.error.empty() && !read.remark.empty() && !plan_.day_in_start) say(read.remark, row, date_, date);
        if (day_known) compare_weekday(job_, plan_, row, static_cast<std::size_t>(date_), record.day);
        if (day_known) dates_in_doubt_.look(row, static_cast<std::size_t>(date_), date, record.day);
        if (day_known) refuse_period(row, person, record.day);
      }
    } else if (month_ >= 0 && !is_empty(cell(row, month_))) {
      monthly = true;
      if (!broken(row, month_)) {
        const auto read = read_month(cell(row, month_), plan_.date1904, frame_);
        if (!read.error.empty())
          say(read.error, row, month_, cell(row, month_), {as_shown(cell(row, month_))}, person);
        else
          record.day = read.value, day_known = true, say("hours.monthly", row, month_, cell(row, month_));
      }
    } else if (date_ < 0 && month_ < 0 && plan_.month) {
      monthly = day_known = true, record.day = plan_.month->first().days();
      say("hours.monthly", row, amount_, cell(row, amount_));
    } else {
      say("cell.must-missing", row, date_ >= 0 ? date_ : month_, {}, {}, person);
    }
    if (const auto activity = activity_of(row)) record.activity = *activity;

    bool absent = false;
    if (absence_ >= 0 && !is_empty(cell(row, absence_)) && !broken(row, absence_)) {
      const std::string text = text_of_cell(cell(row, absence_), false).text;
      const int answer = yes_or_no(text, {});
      if (answer == 1)
        absent = true, record.flags |= TimeAbsent;
      else if (!says_unknown(text) && answer != 0) {
        absent = true;
        if (const auto choice = choice_of(row, absence_, *absences_)) {
          record.flags |= TimeAbsent;
          if (absences_->choices[*choice].word == "excused") record.flags |= TimeExcused;
        }
      }
    }
    bool present = false, marked = present_ < 0;
    if (present_ >= 0 && !is_empty(cell(row, present_)) && !broken(row, present_)) {
      const int answer = yes_or_no(text_of_cell(cell(row, present_), false).text, {});
      if (answer == -2) say("choice.unknown", row, present_, cell(row, present_), {"\u2013"}, person);
      present = answer == 1, marked = answer != -1;
      if (answer == 0 && !absent) absent = true, record.flags |= TimeAbsent;
    }
    if (signature_ >= 0 && !is_empty(cell(row, signature_)) && !broken(row, signature_)) {
      if (const auto choice = choice_of(row, signature_, *signatures_))
        record.flags |= signature_flags(signatures_->choices[*choice].word);
    }

    const std::int64_t away = absence_hours_of(row, person);
    Amount amount = amount_of(row, person, record, absent || present || away > 0);
    if (amount.survey) return RowResult::NeedSurvey;
    const std::int64_t stated = amount.minutes;
    if (amount.known && amount.minutes > 0 && !marked && !absent) {
      switch (judge_unmarked(row, record)) {
        case Unmarked::Survey:
          return RowResult::NeedSurvey;
        case Unmarked::LeftOut:
          return ++job_.draft.rows_left_out, RowResult::GoOn;
        case Unmarked::Absent:
          absent = true;
          break;
        case Unmarked::Read:
          break;
      }
    }
    if (away > 0) take_off(row, person, away, amount, record), absent |= (record.flags & TimeAbsent) != 0;
    if (amount.known && amount.minutes > 0) tell_of_absence(row, person, amount.minutes, absent);
    if (amount.known && hours_ >= 0 && !is_empty(cell(row, hours_)))
      totals_.add(static_cast<std::size_t>(hours_), stated);
    if (!amount.known && !amount.none && hours_ >= 0) totals_.unreadable(static_cast<std::size_t>(hours_));
    if (present && amount.none) say("hours.present-without-hours", row, present_, cell(row, present_), {}, person);
    if (monthly && (record.start >= 0 || amount.until > 0))
      say("hours.month-with-clock", row, starts_at(row), cell(row, starts_at(row)), {}, person);
    const int place = amount.column < 0 ? amount_ : amount.column;
    if (day_known) {
      if (person != nobody)
        check_day(row, place < 0 ? date_ : place, cell(row, place < 0 ? date_ : place), person, record.day, monthly,
                  amount.known && amount.minutes > 0);
      if (person != nobody && amount.until > 0) check_day(row, place, cell(row, place), person, record.day + 1, false, true);
      if (amount.known) check_amount(row, place, cell(row, place), person, record.day, amount.minutes, monthly);
    }
    if (job_.trouble.row_failed || person == nobody || !day_known || (!amount.known && !absent)) {
      ++job_.draft.rows_refused;
      return RowResult::GoOn;
    }
    record.minutes = static_cast<std::uint16_t>(amount.minutes - amount.after_midnight);
    if (monthly) record.flags |= TimeMonthly;
    const int cited = place < 0 ? date_ : place;
    if (record.start < whole_day) keep(row, cited, record);
    if (amount.until > 0) {
      // The rest of the night is the next day's: both are cited to the same cell.
      record.day += 1, record.start = 0, record.end = static_cast<std::int16_t>(amount.until);
      record.minutes = static_cast<std::uint16_t>(amount.after_midnight);
      keep(row, cited, record);
    }
    ++job_.draft.rows_read;
    return RowResult::GoOn;
  }

  void end() override {
    in_doubt_.tell(job_);
    dates_in_doubt_.tell(job_);
    tell_of_no_activity();
  }

 private:
  // "T.o.m." beside the day, and later than it: the hours are of a period, and which of its days they were on nobody can see.
  void refuse_period(const RowView& row, std::uint32_t person, std::int32_t day) {
    for (const std::size_t c : until_) {
      const CellView& value = cell_at(row, c);
      if (is_empty(value)) continue;
      const auto last = read_day(value, plan_.date1904, date_facts_, frame_);
      if (last.error.empty() && last.value > day)
        say("date.period-row", row, static_cast<int>(c), value, {Date::of_days(day).iso(), Date::of_days(last.value).iso()}, person);
    }
  }
  struct Amount {
    std::int64_t minutes = 0;
    bool known = false, none = false, survey = false;
    int column = -1;
    std::int64_t after_midnight = 0;  // of the minutes
    int until = 0;                    // minute of the next day; 0: all of it is on the row's day
  };
  static constexpr std::int32_t no_day = INT32_MIN;

  // A row with time and without a mark, in a column of presence where other rows have one.
  enum class Unmarked : std::uint8_t { Read, Absent, LeftOut, Survey };
  Unmarked judge_unmarked(const RowView& row, TimeRecord& record) {
    const std::string* said = job_.options.profile ? job_.options.profile->said("present", "unmarked") : nullptr;
    if (said && *said == "present") return Unmarked::Read;
    if (!said && !plan_.surveyed) return Unmarked::Survey;
    const CellView& mark = cell(row, present_);
    const auto at = static_cast<std::size_t>(present_);
    // Nobody is marked: the column was never used.
    if (is_empty(mark) && plan_.surveyed && at < plan_.facts.size() && !plan_.facts[at].answers) return Unmarked::Read;
    if (!said) return say("attendance.unmarked", row, present_, mark), Unmarked::Read;
    say("attendance.unmarked-taken", row, present_, mark);
    if (*said == "left-out") return Unmarked::LeftOut;
    record.flags |= TimeAbsent;
    return Unmarked::Absent;
  }
  // Hours of absence that the row states; 0 where it states none.
  std::int64_t absence_hours_of(const RowView& row, std::uint32_t person) {
    if (absence_hours_ < 0 || is_empty(cell(row, absence_hours_)) || broken(row, absence_hours_)) return 0;
    const CellView& value = cell(row, absence_hours_);
    const std::string text = text_of_cell(value, false).text;
    if (says_unknown(text) || yes_or_no(text, {}) == 0) return 0;
    const auto at = static_cast<std::size_t>(absence_hours_);
    const auto read = read_hours(value, at < plan_.facts.size() ? plan_.facts[at] : sum_facts_);
    if (!read.error.empty()) return say("hours.form", row, absence_hours_, value, {as_shown(value)}, person), 0;
    return read.value;
  }
  // Hours of absence beside other hours are a part of them, or come besides; which of the two is asked unless the heading says it.
  void take_off(const RowView& row, std::uint32_t person, std::int64_t away, Amount& amount, TimeRecord& record) {
    const CellView& value = cell(row, absence_hours_);
    if (!amount.known || amount.minutes == 0) return void(record.flags |= TimeAbsent);
    const std::string* said = job_.options.profile ? job_.options.profile->said("absence_hours", "beside") : nullptr;
    const bool within = says_part_of(plan_.columns[static_cast<std::size_t>(absence_hours_)].heading) || (said && *said == "within");
    if (!within && !said) return say("hours.absence-beside", row, absence_hours_, value, {hours_text(amount.minutes), hours_text(away)});
    if (!within) return;
    if (away > amount.minutes || amount.until > 0)
      return say("hours.contradiction", row, absence_hours_, value, {hours_text(amount.minutes), hours_text(away)}, person);
    amount.minutes -= away;
    if (amount.minutes == 0) record.flags |= TimeAbsent;
    say("hours.absence-taken-off", row, absence_hours_, value, {hours_text(amount.minutes)});
  }
  // Time beside an absence does not count, and a remark may say that there was none: both are told.
  void tell_of_absence(const RowView& row, std::uint32_t person, std::int64_t minutes, bool absent) {
    if (absent) {
      const int at = absence_ >= 0 && !is_empty(cell(row, absence_)) ? absence_ : present_;
      if (at >= 0) say("attendance.absent-with-hours", row, at, cell(row, at), {hours_text(minutes)}, person);
      return;
    }
    tell_of_remark(row, person, minutes);
  }

  // yyyy-mm-dd in text, the form of nearly every file; the day before a million times is the day before.
  std::int32_t iso_day(const CellView& value) {
    const std::string_view text = value.text;
    if (value.kind != CellView::Kind::Text || text.size() != 10 || text[4] != '-' || text[7] != '-') return no_day;
    const std::string_view month = text.substr(0, 8);
    for (const std::size_t i : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u})
      if (!is_digit(text[i])) return no_day;
    const int day = digit(text[8]) * 10 + digit(text[9]);
    if (month != std::string_view(month_text_.data(), month_text_.size())) {
      const int year = digit(text[0]) * 1000 + digit(text[1]) * 100 + digit(text[2]) * 10 + digit(text[3]);
      const auto found = Month::of(year, digit(text[5]) * 10 + digit(text[6]));
      if (!found) return no_day;
      std::copy(month.begin(), month.end(), month_text_.begin());
      month_first_ = found->first().days();
      month_days_ = found->last() - found->first() + 1;
    }
    return day >= 1 && day <= month_days_ ? month_first_ + day - 1 : no_day;
  }

  Amount amount_of(const RowView& row, std::uint32_t person, TimeRecord& record, bool may_lack) {
    Amount out;
    const CellView& hours = cell(row, hours_);
    const CellView& minutes = cell(row, minutes_);
    const CellView& start = cell(row, start_);
    const CellView& end = cell(row, end_);
    bool failed = false;
    std::optional<std::int64_t> from_hours, from_clock;
    bool ambiguous = false, rounded = false;
    if (hours_ >= 0 && !is_empty(hours)) {
      out.column = hours_;
      if (broken(row, hours_)) {
        failed = true;
      } else if (says_unknown(hours.text)) {
        say("cell.unknown", row, hours_, hours);
        out.column = -1;
      } else if (const auto between = read_interval(hours, plan_.columns[static_cast<std::size_t>(hours_)].key)) {
        if (const auto span = span_of(row, person, record.day, between->first, between->second, std::nullopt, starts_at(row), ends_at(row))) {
          from_clock = span->minutes;
          out.after_midnight = span->after_midnight, out.until = span->until;
          record.start = static_cast<std::int16_t>(between->first), record.end = static_cast<std::int16_t>(span->end);
          say("hours.from-interval", row, hours_, hours);
        } else {
          failed = true;
        }
      } else if (const auto times = read_times_of_day(hours, false);
                 times && (!times->one || times->pause > 0) && times->to > times->from && times->between > times->pause && (break_ < 0 || is_empty(cell(row, break_)))) {
        // "8-12, 13-16", "8.30-15.00 (rast 30)"
        from_clock = times->between - times->pause;
        if (times->one) record.start = static_cast<std::int16_t>(times->from), record.end = static_cast<std::int16_t>(times->to);
        say("hours.from-interval", row, hours_, hours);
      } else {
        const auto read = read_hours(hours, hours_facts_);
        ambiguous = read.error == "hours.dot-ambiguous";
        rounded = !read.remark.empty();
        const bool plain = hours.kind == CellView::Kind::Number || hours.kind == CellView::Kind::Text;
        if (read.error.empty() && plain && read.value >= too_much_for_a_day && read.value % 60 == 0 &&
            hours.text.find_first_of("hHtTmM:") == std::string_view::npos && month_ < 0) {
          if (!plan_.surveyed) return out.survey = true, out;
          if (hours_facts_.unit_unclear) failed = true, say("hours.unit-unclear", row, hours_, hours, hours_seen(plan_, static_cast<std::size_t>(hours_)));
        }
        if (read.error.empty() && !failed) {
          const std::string_view doubt = doubt_of_number(hours, hours_facts_, plan_.surveyed, month_ < 0 && (date_ >= 0 || !plan_.month));
          if (doubt == "?") return out.survey = true, out;
          if (!doubt.empty()) failed = true, say(doubt, row, hours_, hours, hours_seen(plan_, static_cast<std::size_t>(hours_)), person);
        }
        if (read.error.empty() || ambiguous) {
          if (!failed) from_hours = read.value;
        } else {
          failed = true;
          say(read.error, row, hours_, hours, {as_shown(hours)}, person);
        }
        if (read.error.empty() && !failed)
          in_doubt_.look(row, static_cast<std::size_t>(hours_), hours, start_ < 0 ? plan_.columns[static_cast<std::size_t>(hours_)].key : std::string_view());
      }
    }
    if (minutes_ >= 0 && !is_empty(minutes)) {
      if (out.column < 0) out.column = minutes_;
      if (broken(row, minutes_)) {
        failed = true;
      } else {
        const auto decimal =
            decimal_of(minutes.kind == CellView::Kind::Number ? std::string(minutes.text) : text_of_cell(minutes, false).text);
        const auto whole = decimal ? whole_of(*decimal) : std::nullopt;
        if (!whole || *whole > 1'000'000) {
          failed = true;
          say("number.form", row, minutes_, minutes, {as_shown(minutes)}, person);
        } else if (*whole < 0) {
          failed = true;
          say("hours.negative", row, minutes_, minutes, {as_shown(minutes)}, person);
        } else if (const std::string* said = job_.options.profile ? job_.options.profile->said("minutes", "beside") : nullptr;
                   from_hours && !ambiguous && said && *said == "added") {
          from_hours = *from_hours + *whole;
        } else if (from_hours && std::abs(*from_hours - *whole) > 1 && !ambiguous && !said && *whole < 60 && *from_hours % 60 == 0) {
          // 1 and 30: an hour and a half, or the one of two that is wrong.
          failed = true;
          say("hours.minutes-beside", row, minutes_, minutes, {hours_text(*from_hours), hours_text(*whole), hours_text(*from_hours + *whole)});
        } else if (from_hours && std::abs(*from_hours - *whole) > 1 && !ambiguous) {
          failed = true;
          say("hours.contradiction", row, minutes_, minutes, {hours_text(*from_hours), hours_text(*whole)}, person);
        } else {
          from_hours = *whole;
          ambiguous = false;
        }
      }
    }
    if (start_ >= 0 && end_ >= 0 && (!is_empty(start) || !is_empty(end))) {
      if (out.column < 0) out.column = start_;
      if (is_empty(start) || is_empty(end)) {
        failed = true;
        say("cell.must-missing", row, is_empty(start) ? start_ : end_, {}, {}, person);
      } else if (broken(row, start_) || broken(row, end_)) {
        failed = true;
      } else {
        const auto from = read_clock(start), to = read_clock(end);
        if (!from.error.empty()) failed = true, say(from.error, row, start_, start, {as_shown(start)}, person);
        if (!to.error.empty()) failed = true, say(to.error, row, end_, end, {as_shown(end)}, person);
        if (from.error.empty() && to.error.empty() && on_other_days(row, record.day, from.value, to.value, person)) {
          failed = true;
        } else if (from.error.empty() && to.error.empty()) {
          if (const auto span = span_of(row, person, record.day, from.value, to.value, ambiguous ? std::nullopt : from_hours, starts_at(row), ends_at(row))) {
            from_clock = span->minutes;
            out.after_midnight = span->after_midnight, out.until = span->until;
            record.start = static_cast<std::int16_t>(from.value);
            record.end = static_cast<std::int16_t>(span->end);
          } else {
            failed = true;
          }
        }
      }
    }
    if (from_hours && from_clock) {
      if (std::abs(*from_hours - *from_clock) <= 1)
        ambiguous = false;
      else if (!ambiguous) {
        failed = true;
        say("hours.contradiction", row, out.column, cell(row, out.column), {hours_text(*from_hours), hours_text(*from_clock)},
            person);
      }
    }
    if (ambiguous) {
      if (!plan_.surveyed) return out.survey = true, out;
      failed = true;
      say("hours.dot-ambiguous", row, hours_, hours, hours_seen(plan_, static_cast<std::size_t>(hours_)));
    }
    if (rounded && !failed) say("hours.rounded-to-minute", row, hours_, hours, {hours_text(*from_hours)});
    if (failed) return out;
    if (!from_hours && !from_clock) {
      out.none = true;
      if (!may_lack) say("cell.must-missing", row, amount_, {}, {}, person);
      return out;
    }
    out.known = true;
    out.minutes = from_hours ? *from_hours : *from_clock;
    // Stated hours may be a minute off the clock's.
    out.after_midnight = std::min(out.after_midnight, out.minutes);
    if (out.until > 0) {
      const std::string today = Date::of_days(record.day).iso(), tomorrow = Date::of_days(record.day + 1).iso();
      say("hours.split-midnight", row, ends_at(row), cell(row, ends_at(row)),
          {hours_text(out.minutes - out.after_midnight), today, hours_text(out.after_midnight), tomorrow}, person);
    }
    return out;
  }

  // A start or an end that bears a day with it has the row's day, or of an end after midnight the next one.
  bool on_other_days(const RowView& row, std::int32_t day, int from, int to, std::uint32_t person) {
    const auto differs = [&](int column, std::int32_t expected) {
      const CellView& value = cell(row, column);
      const auto stated = other_day_of(value, expected, plan_.date1904, frame_);
      if (!stated) return false;
      say("hours.other-day", row, column, value, {Date::of_days(*stated).iso(), Date::of_days(expected).iso()}, person);
      return true;
    };
    return differs(start_, day) || differs(end_, day + (to <= from ? 1 : 0));
  }
  // Where the times stand: in columns of their own, or both in that of the hours.
  int starts_at(const RowView& row) const { return is_empty(cell(row, start_)) ? hours_ : start_; }
  int ends_at(const RowView& row) const { return is_empty(cell(row, end_)) ? hours_ : end_; }
  void sum_row(const RowView& row, int column) {
    const auto c = static_cast<std::size_t>(column);
    const auto stated = read_hours(cell_at(row, c), {.decimal_dot = true});
    compare_sum(row, c, totals_.all(c), totals_.agrees(c, stated.value), totals_.comparable(c));
    totals_.sum_row_done();
  }

  int amount_ = -1;
  ColumnFacts hours_facts_, date_facts_;
  std::array<char, 8> month_text_{};
  std::int32_t month_first_ = 0, month_days_ = 0;
  DatesInDoubt dates_in_doubt_;
  std::vector<std::size_t> until_;  // unread columns whose heading says when something ended
  HoursInDoubt in_doubt_;
};

// One row per person, a column for each day.
class DayColumns : public AttendanceRows {
 public:
  DayColumns(ImportJob& job, const TablePlan& plan) : AttendanceRows(job, plan) {
    take_days(plan.columns);
    break_ = -1;  // of which day nobody can tell (header.not-with-days)
    if (plan.people_as_columns) name_people();
  }

  RowResult row(const RowView& row) override {
    if (second_block(row) || heads_activity(row) || stands_aside(row)) return RowResult::GoOn;
    switch (sieve_.sift(row)) {
      case RowSieve::Verdict::End:
        return RowResult::Stop;
      case RowSieve::Verdict::LeftOut:
        return RowResult::GoOn;
      case RowSieve::Verdict::SumRow:
        for (const Day& day : days_) sum_cell(row, day.column);
        for (const std::size_t c : row_totals_) sum_cell(row, c);
        totals_.sum_row_done();
        return RowResult::GoOn;
      case RowSieve::Verdict::Data:
        break;
    }
    job_.trouble.row_failed = false;
    if (below_unclear_heading(row)) return RowResult::GoOn;
    if (const std::size_t at = says_in_or_out(row, plan_.columns, name_); at != 0 && !plan_.day_in_row()) {
      job_.trouble.at("row.in-or-out", row.number, at, as_shown(cell_at(row, at - 1)));
      ++job_.draft.rows_refused;
      return RowResult::GoOn;
    }
    const std::uint32_t of_all = plan_.people_as_columns ? nobody : person_of(row);
    compare_name(row, of_all);
    right_project(row);
    std::optional<std::uint8_t> activity = activity_above();
    // A row without a filled day says nothing, so its activity need not be told.
    const bool any_day =
        std::any_of(days_.begin(), days_.end(), [&](const Day& day) { return !is_empty(cell_at(row, day.column)); });
    if (activity_ >= 0 && any_day) activity = activity_of(row);

    const std::size_t before = job_.draft.times.size();
    const std::int64_t minutes_before = job_.draft.minutes_seen;
    std::int64_t sum = 0;
    std::vector<std::int64_t> parts(row_totals_.size() + 1, 0);
    bool all_read = true;
    std::optional<Day> of_row;
    if (plan_.day_in_row() && any_day) {
      of_row = day_of(row, of_all);
      if (of_row && of_row->day == survey_first) return RowResult::NeedSurvey;
    }
    for (Day day : days_) {
      const CellView& value = cell_at(row, day.column);
      if (is_empty(value)) continue;
      const std::uint32_t person = plan_.people_as_columns ? day.person : of_all;
      if (plan_.people_as_columns && person == nobody) {
        all_read = false;  // told of its heading
        continue;
      }
      if (plan_.day_in_row()) {
        if (!of_row) {
          all_read = false;
          continue;
        }
        day.day = of_row->day, day.of = of_row->of;
      }
      const auto read = read_cell(row, day, value, person);
      if (read.survey) return RowResult::NeedSurvey;
      if (!read.ok) {
        all_read = false;
        totals_.unreadable(day.column);
        for (const std::size_t c : row_totals_) totals_.unreadable(c);
        continue;
      }
      if (read.empty) continue;
      sum += read.minutes;
      parts[part_of(day.column)] += read.minutes;
      totals_.add(day.column, read.minutes);
      TimeRecord record;
      record.person = person;
      record.day = day.day;
      record.minutes = static_cast<std::uint16_t>(read.minutes);
      record.flags = read.flags;
      record.start = static_cast<std::int16_t>(read.start), record.end = static_cast<std::int16_t>(read.end);
      record.activity = day.activity ? *day.activity : activity.value_or(not_stated_);
      if (day.is_sum()) {
        record.flags |= TimeMonthly;
        say(day.of == Day::Of::Week ? "hours.weekly" : "hours.monthly", row, static_cast<int>(day.column), value);
      }
      if (person != nobody) check_day(row, static_cast<int>(day.column), value, person, day.day, day.is_sum(), read.minutes > 0);
      if (day.second_half && joins_first_half(record, before)) continue;
      keep(row, static_cast<int>(day.column), record);
    }
    compare_totals(row, sum, parts, all_read);
    if (sum > 0) tell_of_remark(row, of_all, sum);
    if (job_.trouble.row_failed || (of_all == nobody && !plan_.people_as_columns)) {
      job_.draft.times.resize(before);
      job_.draft.minutes_seen = minutes_before;
      ++job_.draft.rows_refused;
    } else {
      ++job_.draft.rows_read;
    }
    return RowResult::GoOn;
  }

  void end() override {
    // Perhaps when they came, and not how long they were there: nothing of it is kept until somebody has said so.
    if (clocks_.tell(job_)) {
      job_.draft.times.resize(times_before_);
      job_.draft.minutes_seen = minutes_before_;
      job_.draft.rows_refused += job_.draft.rows_read - rows_before_;
      job_.draft.rows_read = rows_before_;
    }
    in_doubt_.tell(job_);
    codes_.tell(job_);
    tell_of_no_activity();
  }

 private:
  static constexpr std::int32_t no_such_day = INT32_MIN, survey_first = INT32_MIN + 1;
  struct Day {
    std::size_t column;
    int number;
    std::int32_t day;
    enum class Of : std::uint8_t { Day, Week, Month } of = Of::Day;  // hours of a week or a month have no day of their own
    std::optional<std::uint8_t> activity{};
    std::uint32_t person = nobody;  // where people are columns
    bool second_half = false;       // of the day of the column before
    bool is_sum() const { return of != Of::Day; }
  };
  struct CellReading {
    bool ok = false, empty = false, survey = false;
    std::int64_t minutes = 0;
    std::uint8_t flags = 0;
    int start = -1, end = -1;  // where the cell has times of day
  };

  // The two halves of a day are one record: two alike would be the same row twice. Times of day and absences stay as they are.
  bool joins_first_half(const TimeRecord& second, std::size_t first_of_row) {
    if (job_.draft.times.size() == first_of_row) return false;
    TimeRecord& first = job_.draft.times.back();
    if (first.day != second.day || first.activity != second.activity || first.flags != second.flags || first.start >= 0 || second.start >= 0) return false;
    first.minutes = static_cast<std::uint16_t>(first.minutes + second.minutes);
    job_.draft.minutes_seen += second.minutes;
    return true;
  }

  // The day or month that a row states; `survey_first` where the whole column has to be seen.
  std::optional<Day> day_of(const RowView& row, std::uint32_t person) {
    const int column = !is_empty(cell(row, date_)) ? date_ : month_;
    const CellView& value = cell(row, column);
    if (is_empty(value)) return say("cell.must-missing", row, date_ >= 0 ? date_ : month_, {}, {}, person), std::nullopt;
    if (broken(row, column)) return std::nullopt;
    const auto at = static_cast<std::size_t>(column);
    const auto read = column == month_ ? read_month(value, plan_.date1904, frame_)
                                       : read_day(value, plan_.date1904, at < plan_.facts.size() ? plan_.facts[at] : sum_facts_, frame_);
    if (read.error == "date.order-ambiguous" && !plan_.surveyed) return Day{at, 0, survey_first};
    if (!read.error.empty()) return say(read.error, row, column, value, {as_shown(value)}, person), std::nullopt;
    if (!read.remark.empty()) say(read.remark, row, column, value);
    if (column == date_) compare_weekday(job_, plan_, row, at, read.value);
    return Day{at, 0, read.value, column == month_ ? Day::Of::Month : Day::Of::Day};
  }
  void take_days(const std::vector<ColumnPlan>& columns) {
    days_.clear();
    row_totals_.clear();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const ColumnPlan& column = columns[c];
      if (column.row_total) row_totals_.push_back(c);
      if (column.activity && plan_.activities_as_columns) {
        days_.push_back({c, 0, no_such_day, Day::Of::Day, column.activity});
        continue;
      }
      if (column.of_person() && plan_.people_as_columns) {
        days_.push_back({c, 0, no_such_day});
        continue;
      }
      if (!column.is_day()) continue;
      Day day{c, column.day, no_such_day};
      day.of = column.is_whole_week() ? Day::Of::Week : column.month != 0 ? Day::Of::Month : Day::Of::Day;
      day.second_half = column.half == ColumnPlan::Half::Second;
      if (column.date)
        day.day = *column.date;
      else if (plan_.month && column.day <= plan_.month->last().day())
        day.day = plan_.month->first().days() + column.day - 1;
      days_.push_back(day);
    }
    totals_ = ControlTotals(std::max(columns.size(), plan_.columns.size()));
  }
  // Whom each column is about. Who is not known is told of the heading, and his or her column is not read.
  void name_people() {
    std::string read;
    int count = 0;
    std::size_t asked_at = 0;
    for (Day& day : days_) {
      const ColumnPlan& column = plan_.columns[day.column];
      const auto say_of_heading = [&](std::string_view code, std::size_t at, std::vector<std::string> values) {
        job_.trouble.at(code, plan_.last_heading_row, at + 1, column.heading, std::move(values));
        totals_.unreadable(day.column);
        for (const std::size_t c : row_totals_) totals_.unreadable(c);
      };
      std::set<std::uint32_t> found;
      bool number = false;
      for (const std::string& text : column.person) {
        const NumberedPerson one = person_by_number_in(job_, text);
        if (one.person != nobody) found.insert(one.person);
        number |= one.looks_like_number;
      }
      if (found.size() > 1) {
        say_of_heading("row.two-people", day.column, {participant_reference(*found.begin()), participant_reference(*found.rbegin())});
        continue;
      }
      if (found.size() == 1) {
        day.person = *found.begin();
      } else if (number) {
        if (!job_.names) job_.names.emplace(job_.draft.people);
        say_of_heading("row.unknown-person", day.column, {job_.names->near_words(column.person.front())});
        continue;
      } else {
        const NamedPerson& named = people_by_name_.find(job_, column.person.front());
        day.person = named.person;
        // One answer for all of them.
        if (asked_at == 0) asked_at = day.column;
        if (!named.code.empty()) say_of_heading(named.code, named.is_counted() ? asked_at : day.column, named.values);
      }
      if (day.person == nobody) continue;
      // Whose hours would else be the sum of both.
      const auto first = std::find_if(days_.begin(), days_.end(), [&](const Day& one) { return one.person == day.person; });
      if (first->column != day.column) {
        say_of_heading("header.field-twice", day.column,
                       {plan_.columns[first->column].heading, job_.trouble.cell_of(plan_.last_heading_row, first->column + 1)});
        day.person = nobody;
        continue;
      }
      read += (count++ ? "; " : "") + column.heading;
    }
    if (count) job_.trouble.at("header.people-as-columns", plan_.last_heading_row, days_.front().column + 1, {}, {std::to_string(count), read});
    job_.trouble.row_failed = false;
  }
  // The rest of the month under the first half: the heading that names the person again, with other days.
  bool second_block(const RowView& row) {
    const auto naming = static_cast<std::size_t>(number_ >= 0 ? number_ : reference_ >= 0 ? reference_ : name_);
    const CellView& first = cell_at(row, naming);
    if (first.kind != CellView::Kind::Text || first.text.empty() || heading_key(first.text) != plan_.columns[naming].key)
      return false;
    const auto columns = day_headings(head_row(row, plan_.date1904));
    if (columns.empty()) return false;
    take_days(columns);
    sieve_.set_width(columns);
    ++job_.draft.rows_seen;
    ++job_.draft.rows_left_out;
    job_.trouble.at("row.repeated-header", row.number, 0, {});
    return true;
  }

  // Weekdays under the days, counts and limits, the codes that the file explains: rows below the heading that are nobody's.
  bool stands_aside(const RowView& row) {
    if (plan_.day_in_row()) return false;
    const auto leave_out = [&](std::string_view code, std::string given) {
      ++job_.draft.rows_seen, ++job_.draft.rows_left_out;
      job_.trouble.at(code, row.number, 0, std::move(given));
      return true;
    };
    // Who has a short number and an activity beside it is no code: there is something in a day.
    const bool has_time = std::any_of(days_.begin(), days_.end(), [&](const Day& day) {
      const CellView& cell = cell_at(row, day.column);
      return cell.kind != CellView::Kind::Empty && !cell.text.empty();
    });
    const auto code = job_.legend.explained_in(job_.draft.sheets[plan_.sheet], row.number);
    if (code && !has_time && !plan_.by_name && (characters(*code) <= 2 || codes_seen_.contains(*code) || absences_->by_key.contains(*code))) return leave_out("row.legend", *code);
    std::vector<std::size_t> weekdays;
    if (is_row_of_weekdays(row, plan_.columns, weekdays)) {
      for (const std::size_t column : weekdays)
        for (const Day& day : days_)
          if (day.column == column && day.day != no_such_day && !may_be_weekday(cell_at(row, column), Date::of_days(day.day).weekday()))
            tell_other_weekday(job_, row, column, Date::of_days(day.day), plan_.date1904);
      return leave_out("row.weekdays", {});
    }
    const std::string label = label_of_counts(row, plan_.columns);
    return !label.empty() && !is_somebody(label) && leave_out("row.counts", label);
  }

  CellReading read_cell(const RowView& row, const Day& day, const CellView& value, std::uint32_t person) {
    CellReading out;
    const int column = static_cast<int>(day.column);
    if (broken(row, column)) return out;
    const std::string text = text_of_cell(value, plan_.date1904).text;
    // A dash is nothing; that somebody did not know is asked about.
    if (text.empty() || text == "-" || text == "\u2013" || text == "\u2014") {
      out.ok = out.empty = true;
      return out;
    }
    if (day.day == no_such_day) {
      say("day.not-in-month", row, column, value,
          {std::to_string(day.number), plan_.month ? plan_.month->iso() : std::string()}, person);
      return out;
    }
    const Date first = Date::of_days(day.day);
    if (day.of == Day::Of::Week && Month::containing(first) != Month::containing(first.plus_days(6))) {
      say("week.two-months", row, column, value, {first.iso(), first.plus_days(6).iso()}, person);
      return out;
    }
    const bool starts_as_number =
        is_digit(text[0]) || text[0] == '-' || text[0] == ',' || text[0] == '.' || text.starts_with("\u2212");
    if (const auto times = day.is_sum() ? std::nullopt : read_times_of_day(value, false)) return read_times(row, day, value, *times, person);
    if (const auto half = day.is_sum() ? std::nullopt : half_span(text)) {
      // Told where the other time should stand.
      const ColumnPlan* plan = day.column < plan_.columns.size() ? &plan_.columns[day.column] : nullptr;
      const std::size_t at = plan && is_span_of_day(*plan) ? plan->parts[half->has_start ? 1 : 0] : day.column;
      return say(half->has_start ? "time.end-missing" : "time.start-missing", row, static_cast<int>(at), value, {half->clock}, person), out;
    }
    if (value.kind == CellView::Kind::Text && !starts_as_number) return code_of(row, day, value, text, person);
    const ColumnFacts& facts = day.column < plan_.facts.size() ? plan_.facts[day.column] : sum_facts_;
    // A one may count the hour or the day, a half beside ones half a day; which, a profile or a legend tells, or somebody is asked.
    const bool one = text == "1", half = text == "0.5" || text == "0,5" || text == "\u00bd" || text == "1/2", nought = text == "0";
    if (one || half || nought) {
      if (job_.options.profile && job_.options.profile->day_code(key_of(text))) return code_of(row, day, value, text, person);
      if (job_.legend.find(key_of(text))) return code_of(row, day, value, text, person);
    }
    if (one || half) {
      if (!plan_.surveyed) return out.survey = true, out;
      if (facts.ones_alone) return say(one ? "hours.ones-unclear" : "hours.halves-unclear", row, column, value, {}, person), out;
    }
    const auto read = read_hours(value, facts);
    const bool plain = value.kind == CellView::Kind::Number || value.kind == CellView::Kind::Text;
    const std::int64_t too_much = day.of == Day::Of::Month ? too_much_for_a_month : day.of == Day::Of::Week ? too_much_for_a_week : too_much_for_a_day;
    const bool large = read.error.empty() && plain && read.value >= too_much && read.value % 60 == 0 &&
                       text.find_first_of("hHtTmM:") == std::string::npos;
    if ((read.error == "hours.dot-ambiguous" || large) && !plan_.surveyed) return out.survey = true, out;
    if (large && facts.unit_unclear) return say("hours.unit-unclear", row, column, value, hours_seen(plan_, day.column)), out;
    if (read.error == "hours.dot-ambiguous")
      return say(read.error, row, column, value, hours_seen(plan_, day.column), person), out;
    if (!read.error.empty()) return say(read.error, row, column, value, {text}, person), out;
    const std::string_view doubt = doubt_of_number(value, facts, plan_.surveyed, !day.is_sum());
    if (doubt == "?") return out.survey = true, out;
    if (!doubt.empty()) return say(doubt, row, column, value, hours_seen(plan_, day.column), person), out;
    if (!read.remark.empty()) say(read.remark, row, column, value, {hours_text(read.value)});
    in_doubt_.look(row, day.column, value, {});
    clocks_.look(row, day.column, value, read.value);
    if (!check_amount(row, column, value, person, day.day, read.value, day.is_sum())) return out;
    out.ok = true;
    out.minutes = read.value;
    return out;
  }

  static std::string key_of(const std::string& text) {
    const std::string key = heading_key(text);
    return key.empty() ? text : key;
  }

  // "08:00-12:00" in the cell of a day. A night has two days, and the cell has one.
  CellReading read_times(const RowView& row, const Day& day, const CellView& value, const TimesOfDay& times, std::uint32_t person) {
    CellReading out;
    const int column = static_cast<int>(day.column);
    std::int64_t minutes = times.between - times.pause;
    int end = -1;
    if (times.one) {
      const auto span = span_of(row, person, day.day, times.from, times.to, std::nullopt, column, column);
      if (!span) return out;
      if (span->until != 0) return say("hours.over-midnight", row, column, value, {}, person), out;
      minutes = span->minutes - times.pause, end = span->end;
    }
    if (minutes <= 0) return say("hours.form", row, column, value, {as_shown(value)}, person), out;
    if (!check_amount(row, column, value, person, day.day, minutes, false)) return out;
    say("hours.from-interval", row, column, value);
    out.ok = true;
    out.minutes = minutes;
    if (times.one) out.start = times.from, out.end = end;
    return out;
  }

  CellReading code_of(const RowView& row, const Day& day, const CellView& value, const std::string& text,
                      std::uint32_t person) {
    CellReading out;
    const int column = static_cast<int>(day.column);
    const std::string key = heading_key(text);
    if (const auto* told = job_.options.profile ? job_.options.profile->day_code(key.empty() ? text : key) : nullptr) {
      using Means = ImportProfile::DayCode::Means;
      out.ok = true;
      out.empty = told->means == Means::Empty;
      if (told->means == Means::Present) out.minutes = told->minutes;
      if (told->means == Means::Excused) out.flags = TimeAbsent | TimeExcused;
      if (told->means == Means::NotExcused) out.flags = TimeAbsent;
      return out;
    }
    codes_seen_.insert(key);
    const auto found = absences_->by_key.find(key);
    const std::string_view built_in = found == absences_->by_key.end() ? std::string_view() : std::string_view(absences_->choices[found->second].word);
    const CodeMeaning* said = job_.legend.find(key.empty() ? text : key);
    // What the file itself says that the code means goes before what it most often means.
    if (said) {
      const std::string_view absence = said->minutes ? std::string_view() : absence_said(said->meaning);
      if (built_in.empty() || absence.empty() || (absence != built_in && absence != "unknown")) {
        say("day.code-explained", row, column, value, {text, said->meaning, said->minutes ? std::to_string(*said->minutes) : std::string()}, person);
        return out;
      }
    }
    if (!built_in.empty()) {
      out.ok = true;
      out.flags = TimeAbsent;
      if (built_in == "excused") out.flags |= TimeExcused;
      // A word says itself what it is; a letter is told.
      if (!said && characters(text) <= 3) codes_.look(row, day.column, text, built_in);
      return out;
    }
    if (key == "x" || key == "n" || key == "närvarande" || key == "present") {
      const auto all = job_.legend.time_of_all();
      say("hours.present-without-hours", row, column, value, all ? std::vector{std::to_string(*all)} : std::vector<std::string>{}, person);
    } else {
      say("choice.unknown", row, column, value, {"\u2013"}, person);
    }
    return out;
  }

  // The first sum to the right of a column of time: the week's, where there is one for each week.
  std::size_t part_of(std::size_t column) const {
    return static_cast<std::size_t>(std::lower_bound(row_totals_.begin(), row_totals_.end(), column) - row_totals_.begin());
  }
  // A sum of the row is that of all of it; of several, each may be that of the days since the one before it. A week's sum that is
  // off is a warning: which days are meant, its place alone says.
  void compare_totals(const RowView& row, std::int64_t sum, const std::vector<std::int64_t>& parts, bool all_read) {
    for (std::size_t i = 0; i < row_totals_.size(); ++i) {
      const std::size_t c = row_totals_[i];
      const CellView& value = cell_at(row, c);
      const auto stated = read_hours(value, sum_facts_);
      const bool has_days = i == 0 || days_between(row_totals_[i - 1], c);
      const bool part = row_totals_.size() > 1 && has_days && !(i + 1 == row_totals_.size() && stated.value == sum);
      totals_.add(c, part ? parts[i] : sum);
      if (!part) {
        compare_sum(row, c, sum, stated.value == sum, all_read);
      } else if (!is_empty(value) && all_read && stated.error.empty() && stated.value != parts[i] && stated.value != sum) {
        say("sum.mismatch", row, static_cast<int>(c), value, {hours_text(stated.value), hours_text(parts[i])}, nobody, Level::Warning);
      }
    }
  }
  bool days_between(std::size_t first, std::size_t last) const {
    return std::any_of(days_.begin(), days_.end(), [&](const Day& day) { return day.column > first && day.column < last; });
  }
  void sum_cell(const RowView& row, std::size_t column) {
    if (is_empty(cell_at(row, column))) return;
    const auto stated = read_hours(cell_at(row, column), sum_facts_);
    compare_sum(row, column, totals_.all(column), totals_.agrees(column, stated.value), totals_.comparable(column));
  }

  std::vector<Day> days_;
  std::vector<std::size_t> row_totals_;
  HoursInDoubt in_doubt_;
  ClocksInDoubt clocks_;
  CodesTaken codes_;
  std::set<std::string> codes_seen_;
};

// The place of a time record, for findings that come after the rows are gone.
void say_at(ImportJob& job, const TimeRecord& record, std::string_view code, std::vector<std::string> values) {
  job.trouble.enter_sheet(record.origin.sheet);
  job.trouble.at(code, record.origin.row, record.origin.column, hours_text(record.minutes), std::move(values),
                 participant_reference(record.person));
}

std::string place_name(const ImportJob& job, const TimeRecord& record) {
  const std::string& sheet = job.draft.sheets[record.origin.sheet];
  return (sheet.empty() ? "" : sheet + "!") + cell_name(record.origin.row, record.origin.column);
}

// What one person has on one day: rows that stand twice, times that overlap, and the sum. Returns the records to drop.
void check_person_day(ImportJob& job, std::span<std::uint32_t> records, std::vector<std::uint32_t>& dropped, Origin& twice) {
  auto& times = job.draft.times;
  const auto in_file = [&](std::uint32_t a, std::uint32_t b) {
    const Origin &left = times[a].origin, &right = times[b].origin;
    return std::tuple(left.sheet, left.row, left.column) < std::tuple(right.sheet, right.row, right.column);
  };
  const auto value = [&](std::uint32_t i) {
    const TimeRecord& t = times[i];
    return std::tuple(t.activity, t.start, t.end, t.minutes, t.flags);
  };
  if (records.size() > 1) {
    std::sort(records.begin(), records.end(),
              [&](std::uint32_t a, std::uint32_t b) { return value(a) != value(b) ? value(a) < value(b) : in_file(a, b); });
    std::uint32_t first = records[0];
    std::size_t kept = 1;
    for (std::size_t i = 1; i < records.size(); ++i) {
      const std::uint32_t current = records[i];
      const TimeRecord &before = times[records[kept - 1]], &now = times[current];
      if (value(current) == value(first)) {
        // A row of a sheet with many days is told once.
        if (now.origin.row != twice.row || now.origin.sheet != twice.sheet)
          say_at(job, now, "row.twice", {place_name(job, times[first])});
        twice = now.origin;
        dropped.push_back(current);
        continue;
      }
      if (now.start >= 0 && now.start == before.start && now.activity == before.activity) {
        const bool later = in_file(records[kept - 1], current);
        say_at(job, later ? now : before, "row.contradiction", {place_name(job, later ? before : now)});
        dropped.push_back(later ? current : records[kept - 1]);
        if (later) continue;
        --kept;
      }
      // Two amounts of one activity, and no times of day: two passes of the day, or the same time written twice.
      const bool both = now.start < 0 && before.start < 0 && now.activity == before.activity && now.minutes > 0 && before.minutes > 0 &&
                        !((now.flags | before.flags) & (TimeMonthly | TimeAbsent));
      if (both) {
        const bool later = in_file(records[kept - 1], current);
        say_at(job, later ? now : before, "attendance.several-amounts", {place_name(job, later ? before : now), hours_text(now.minutes + before.minutes)});
      }
      first = current;
      records[kept++] = current;
    }
    records = records.subspan(0, kept);
  }
  std::int64_t sum = 0;
  bool alone_implausible = false;
  const Date date = Date::of_days(times[records[0]].day);
  const auto* cap = job.programme.participant_day_cap.on(date);
  const std::int64_t plausible_minutes = plausible_day_on(job.programme, date.days());
  std::int64_t most = 0;
  for (const std::uint32_t i : records) {
    if (times[i].flags & (TimeMonthly | TimeAbsent)) continue;
    sum += times[i].minutes;
    most = std::max<std::int64_t>(most, times[i].minutes);
  }
  alone_implausible = most > plausible_minutes;
  const std::int64_t limit = cap ? cap->value.count() : whole_day;
  const bool over = sum > limit && !alone_implausible, odd = !over && sum > plausible_minutes && !alone_implausible;
  if (over || odd) {
    std::sort(records.begin(), records.end(), in_file);
    std::int64_t so_far = 0;
    for (const std::uint32_t i : records) {
      if (times[i].flags & (TimeMonthly | TimeAbsent)) continue;
      so_far += times[i].minutes;
      if (so_far <= (over ? limit : plausible_minutes)) continue;
      if (over)
        say_at(job, times[i], "attendance.over-day-limit", {date.iso(), hours_text(sum), hours_text(limit)});
      else
        say_at(job, times[i], "hours.implausible", {hours_text(sum), hours_text(plausible_minutes)});
      break;
    }
  }
  if (records.size() > 1) {
    std::sort(records.begin(), records.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(times[a].start, times[a].end) < std::pair(times[b].start, times[b].end);
    });
    std::uint32_t longest = records[0];
    for (const std::uint32_t current : records.subspan(1)) {
      if (times[longest].start >= 0 && times[current].start < times[longest].end) {
        const bool later = in_file(longest, current);
        const TimeRecord &now = times[later ? current : longest], &other = times[later ? longest : current];
        say_at(job, now, "attendance.overlap", {place_name(job, other)});
      }
      if (times[longest].start < 0 || times[current].end > times[longest].end) longest = current;
    }
  }
}

}  // namespace

std::unique_ptr<RowReader> attendance_rows(ImportJob& job, const TablePlan& plan) {
  if (plan.days_as_columns || plan.day_in_row()) return std::make_unique<DayColumns>(job, plan);
  return std::make_unique<DayRows>(job, plan);
}

void check_attendance(ImportJob& job) {
  auto& times = job.draft.times;
  if (times.empty()) return;
  // The records of a person together, then each person's by day: the order of the file stays as it is.
  std::vector<std::uint32_t> starts(job.draft.people.size() + 1, 0), order(times.size());
  for (const TimeRecord& record : times) ++starts[record.person + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  {
    std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
    for (std::uint32_t i = 0; i < times.size(); ++i) order[next[times[i].person]++] = i;
  }
  std::vector<std::uint32_t> dropped;
  Origin twice;
  for (std::size_t person = 0; person + 1 < starts.size(); ++person) {
    const auto first = order.begin() + starts[person], last = order.begin() + starts[person + 1];
    const auto earlier = [&](std::uint32_t a, std::uint32_t b) { return times[a].day < times[b].day; };
    if (!std::is_sorted(first, last, earlier)) std::stable_sort(first, last, earlier);
    for (auto day = first; day != last;) {
      auto next = day + 1;
      while (next != last && times[*next].day == times[*day].day) ++next;
      check_person_day(job, std::span(&*day, static_cast<std::size_t>(next - day)), dropped, twice);
      day = next;
    }
  }
  if (dropped.empty()) return;
  std::sort(dropped.begin(), dropped.end());
  // In a sheet of days one wrong cell refuses its whole row, as everywhere else.
  std::size_t kept = 0, at = 0;
  for (std::uint32_t i = 0; i < times.size(); ++i) {
    if (at < dropped.size() && dropped[at] == i) {
      ++at;
      job.draft.minutes_seen -= times[i].minutes;
      --job.draft.rows_read;
      ++job.draft.rows_refused;
      job.draft.unread_people.push_back(times[i].person);
      continue;
    }
    times[kept++] = times[i];
  }
  times.resize(kept);
}

}  // namespace horisont
