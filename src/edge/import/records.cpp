// Participants, staff time, results and evidence: one record per row, every value in canonical text.

#include <algorithm>
#include <unordered_map>

#include "core/indicators/indicators.h"
#include "core/values/clock.h"
#include "edge/import/beside.h"
#include "edge/import/break_time.h"
#include "edge/import/by_name.h"
#include "edge/import/clock_time.h"
#include "edge/import/day_cell.h"
#include "core/cases/staff_rows.h"
#include "edge/import/doubt.h"
#include "edge/import/job.h"
#include "edge/import/likeness.h"
#include "edge/import/nearest.h"
#include "edge/import/remembered.h"
#include "edge/import/when.h"
#include "edge/import/words_in.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::int64_t whole_day = 24 * 60;

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The letters of a text, small.
std::string letters_of(std::string_view text) {
  std::string out;
  for (const char c : lower_case(text))
    if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80) out += c;
  return out;
}

std::string reference_or_none(std::uint32_t person) { return person == nobody ? std::string() : participant_reference(person); }

// The first two digits of a municipality code are its county.
bool is_county(std::string_view code) {
  const int county = (code[0] - '0') * 10 + (code[1] - '0');
  return county == 1 || (county >= 3 && county <= 10) || (county >= 12 && county <= 14) || (county >= 17 && county <= 25);
}

// The nearest value of a list, for the message; a dash when nothing is near.
std::string nearest(const ChoiceList& list, const std::string& key) {
  const Bilingual near = nearest_choice(list, key);
  return near.sv.empty() ? "\u2013" : near.sv;
}

// What a text of a choice column means; found once for each spelling.
struct ChoiceOutcome {
  std::string word;  // canonical text; empty with an error
  std::string_view error;
  std::string proposal;
};

class RecordRows : public RowReader {
 public:
  RecordRows(ImportJob& job, const TablePlan& plan) : job_(job), plan_(plan), sieve_(job, plan), totals_(plan.columns.size()) {
    frame_ = date_frame(job);
    birth_frame_ = date_frame(job, true);
    if (job.draft.kind == RecordKind::StaffTime) frame_.sheet_month = plan.said_month;
    for (std::size_t c = 0; c < plan.columns.size(); ++c) {
      if (plan.columns[c].field < 0) continue;
      Column column;
      column.at = c;
      column.field = &job.schema().fields[static_cast<std::size_t>(plan.columns[c].field)];
      column.facts = plan.facts[c];
      const std::string& key = column.field->key;
      if (key == "identity_number") number_ = columns_.size();
      if (key == "entry_date") entry_ = columns_.size();
      columns_.push_back(std::move(column));
    }
    if (job.draft.kind == RecordKind::StaffTime) remarks_ = remark_columns(job.schema(), plan.columns);
    absences_ = &job.schemas.lists.find("absence")->second;
    if (plan.days_as_columns) take_time_columns();
    month_of_all_ = job.draft.kind == RecordKind::StaffTime && plan.month && !plan.days_as_columns && !plan.numbered_days && column_of("date") == none && column_of("month") == none;
  }

  RowResult row(const RowView& row) override {
    switch (sieve_.sift(row)) {
      case RowSieve::Verdict::End:
        return RowResult::Stop;
      case RowSieve::Verdict::LeftOut:
        return RowResult::GoOn;
      case RowSieve::Verdict::SumRow:
        return sum_row(row), RowResult::GoOn;
      case RowSieve::Verdict::Data:
        break;
    }
    job_.trouble.row_failed = false;
    survey_ = false;
    parsed_number_.reset();
    entered_on_.reset();
    from_to_.reset();
    Record record;
    record.kind = job_.draft.kind;
    record.origin = {0, plan_.sheet, row.number, 0};
    record.person = nobody;
    record.values.reserve(columns_.size() + 1);
    // The day of entry settles the century of a number, so it is read first.
    std::optional<FieldValue> entry;
    if (entry_ != none) {
      read(row, columns_[entry_], record);
      if (!record.values.empty()) entry = std::move(record.values.back()), record.values.pop_back();
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i == amount_) continue;  // one for each month or day
      if (i != entry_)
        read(row, columns_[i], record);
      else if (entry)
        record.values.push_back(std::move(*entry));
      if (survey_) return RowResult::NeedSurvey;
    }
    if (amount_ != none) return row_of_columns(row, std::move(record));
    // A total of the month that somebody, the sheet or its title says.
    if (const std::size_t hours = column_of("hours"); month_of_all_ && hours != none && record.find("hours")) {
      record.values.push_back({"month", plan_.month->iso(), static_cast<std::uint16_t>(hours + 1)});
      say("hours.monthly", row, hours, cell_at(row, hours));
    }
    check_groups(row, record);
    std::optional<Record> after_midnight;
    if (job_.draft.kind == RecordKind::StaffTime) {
      after_midnight = take_times(row, record);
      check_staff(row, record);
      if (after_midnight) check_staff(row, *after_midnight);
    }
    name_person(row, record);
    if (job_.trouble.row_failed) {
      ++job_.draft.rows_refused;
      return RowResult::GoOn;
    }
    if (job_.draft.kind == RecordKind::Participants) take_in(row, record);
    ++job_.draft.rows_read;
    if (job_.draft.kind == RecordKind::StaffTime) job_.draft.minutes_seen += number(record, "hours").value_or(0);
    job_.draft.records.push_back(std::move(record));
    if (after_midnight) {
      job_.draft.minutes_seen += number(*after_midnight, "hours").value_or(0);
      job_.draft.records.push_back(std::move(*after_midnight));
    }
    return RowResult::GoOn;
  }

  void end() override {
    in_doubt_.tell(job_);
    for (const auto& [column, dates] : dates_in_doubt_) dates.tell(job_);
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  struct Column {
    std::size_t at = 0;
    const ImportField* field = nullptr;
    ColumnFacts facts;
    TextIndex known;
    std::vector<ChoiceOutcome> outcomes;
    Remembered readings;
  };

  void say(std::string_view code, const RowView& row, std::size_t at, const CellView& value,
           std::vector<std::string> values = {}, std::uint32_t person = nobody, std::optional<Level> level = {}) {
    job_.trouble.at(code, row.number, at + 1, shown(value, plan_.date1904), std::move(values), reference_or_none(person),
                    level);
  }
  static void put(Record& record, const Column& column, std::string value) {
    record.values.push_back({column.field->key, std::move(value), static_cast<std::uint16_t>(column.at + 1)});
  }

  // Hours of the staff whose months or days are columns: each of them gives a record.
  struct TimeColumn {
    std::size_t at;
    std::string field, when;  ///< "month" and 2016-03, or "date" and 2016-03-01; nothing for a day that the month does not have
  };
  void take_time_columns() {
    for (std::size_t c = 0; c < plan_.columns.size(); ++c) {
      const ColumnPlan& column = plan_.columns[c];
      if (column.row_total) row_totals_.push_back(c);
      if (!column.is_day()) continue;
      const auto date = column.date  ? std::optional(Date::of_days(*column.date))
                        : plan_.month ? Date::of(plan_.month->year(), plan_.month->month(), column.day)
                                      : std::nullopt;
      const bool month = column.month != 0;
      time_columns_.push_back({c, month ? "month" : "date", !date ? std::string() : month ? Month::containing(*date).iso() : date->iso()});
    }
    amount_ = columns_.size();
    Column hours;
    hours.field = &job_.schema().fields[*job_.schema().field("hours")];
    columns_.push_back(std::move(hours));
  }
  // One wrong cell refuses its whole row, as in a sheet of days.
  RowResult row_of_columns(const RowView& row, Record common) {
    Column& hours = columns_[amount_];
    std::vector<Record> records;
    std::int64_t sum = 0;
    bool all_read = true;
    for (const TimeColumn& time : time_columns_) {
      const CellView& cell = cell_at(row, time.at);
      if (is_empty(cell) || (cell.kind == CellView::Kind::Text && says_unknown(tidy(cell.text).text))) continue;
      if (const std::string text = cell.kind == CellView::Kind::Text ? tidy(cell.text).text : std::string(); !text.empty() && absences_->by_key.contains(heading_key(text))) {
        say("staff.day-away", row, time.at, cell, {text});
        continue;
      }
      if (time.when.empty()) {
        say("day.not-in-month", row, time.at, cell, {std::to_string(plan_.columns[time.at].day), plan_.month->iso()});
        all_read = false;
        continue;
      }
      Record record = common;
      hours.at = time.at, hours.facts = plan_.facts[time.at];
      record.values.push_back({time.field, time.when, static_cast<std::uint16_t>(time.at + 1)});
      read(row, hours, record);
      if (survey_) return RowResult::NeedSurvey;
      const auto minutes = number(record, "hours");
      if (!minutes) {
        all_read = false;
        for (const std::size_t c : row_totals_) totals_.unreadable(c);
        continue;
      }
      sum += *minutes;
      check_staff(row, record);
      records.push_back(std::move(record));
    }
    for (const std::size_t c : row_totals_) {
      totals_.add(c, sum);
      const CellView& cell = cell_at(row, c);
      const auto stated = read_hours(cell, {.decimal_dot = true});
      if (!is_empty(cell) && stated.error.empty() && all_read && stated.value != sum)
        say("sum.mismatch", row, c, cell, {hours_text(stated.value), hours_text(sum)});
    }
    if (sum > 0) tell_of_remark(row, sum);
    if (job_.trouble.row_failed) return ++job_.draft.rows_refused, RowResult::GoOn;
    ++job_.draft.rows_read;
    job_.draft.minutes_seen += sum;
    for (Record& record : records) job_.draft.records.push_back(std::move(record));
    return RowResult::GoOn;
  }

  void read(const RowView& row, Column& column, Record& record) {
    const ImportField& field = *column.field;
    const CellView& cell = cell_at(row, column.at);
    if (is_empty(cell)) {
      // Of a day away nothing was worked.
      if (field.key == "hours" && is_day_away(row)) return put(record, column, "0");
      const bool answer =
          field.type == FieldType::YesNo || field.type == FieldType::YesNoUnknown || field.type == FieldType::YesNoUndisclosed;
      // Where crosses are all there is, no cross means no.
      if (answer && column.facts.crosses && !column.facts.other_than_crosses) return put(record, column, "no");
      return missing(row, column, cell);
    }
    if (cell.without_value) return say("cell.formula-without-value", row, column.at, cell);
    if (cell.kind == CellView::Kind::Error) return say("cell.error", row, column.at, cell);
    if (field.key == "break_minutes") {
      const auto minutes = read_break(cell, plan_.columns[column.at].heading);
      if (!minutes) return say("break.form", row, column.at, cell, {shown(cell, plan_.date1904), std::to_string(longest_break)});
      return put(record, column, std::to_string(*minutes));
    }
    switch (field.type) {
      case FieldType::Identity:
        return read_identity(row, column, cell, record);
      case FieldType::Date:
        return read_date(row, column, cell, record);
      case FieldType::Month: {
        const auto read = read_month(cell, plan_.date1904, frame_);
        if (!read.error.empty()) return say(read.error, row, column.at, cell, {shown(cell, plan_.date1904)});
        return put(record, column, Month::containing(Date::of_days(read.value)).iso());
      }
      case FieldType::Time: {
        const auto read = column.readings(cell, read_clock);
        if (!read.error.empty()) return say(read.error, row, column.at, cell, {shown(cell, plan_.date1904)});
        const std::string text = hours_text(read.value);
        return put(record, column, text.size() < 5 ? "0" + text : text);
      }
      case FieldType::Hours:
        return read_amount(row, column, cell, record);
      case FieldType::Choice:
      case FieldType::Municipality:
      case FieldType::Code:
        if (is_hours_away(row, column, cell, record)) return;
        return read_choice(row, column, cell, record);
      default:
        break;
    }
    const CellText text = text_of_cell(cell, plan_.date1904);
    if (text.hidden_removed) say("text.hidden-characters", row, column.at, cell);
    if (text.text.empty()) return missing(row, column, cell);
    switch (field.type) {
      case FieldType::YesNo:
      case FieldType::YesNoUnknown:
      case FieldType::YesNoUndisclosed:
        return read_answer(row, column, cell, text.text, record);
      case FieldType::Integer: {
        std::string digits;
        for (const char c : narrow(text.text))
          if (c != ' ' && c != '\'') digits += c;
        const auto decimal = decimal_of(digits);
        const auto whole = decimal ? whole_of(*decimal) : std::nullopt;
        if (!whole || *whole < 0 || (field.max > 0 && *whole > field.max))
          return say("number.form", row, column.at, cell, {text.text});
        return put(record, column, std::to_string(*whole));
      }
      case FieldType::Percent:
        return read_percent(row, column, cell, text.text, record);
      case FieldType::OrganisationNumber:
        return read_organisation(row, column, cell, text.text, record);
      case FieldType::Email: {
        if (says_unknown(text.text)) return;
        if (!is_email(text.text)) say("email.form", row, column.at, cell, {text.text});
        return put(record, column, text.text);
      }
      case FieldType::Phone: {
        if (says_unknown(text.text)) return;
        // Words beside the number say whose it is: "(mamma)".
        static constexpr std::string_view own[] = {"", "mobil", "mob", "tel", "telefon", "tfn", "nr", "ny", "nytt", "jobb", "hem", "arb", "mobile", "phone"};
        if (!is_one_of(letters_of(text.text), own)) return say("phone.of-another", row, column.at, cell, {text.text});
        if (!is_phone(text.text)) say("phone.form", row, column.at, cell, {text.text});
        // A spreadsheet takes the nought from 0701234567.
        if (text.text.size() == 9 && text.text[0] == '7' && all_digits(text.text)) {
          say("phone.zero-restored", row, column.at, cell);
          return put(record, column, "0" + text.text);
        }
        return put(record, column, text.text);
      }
      case FieldType::Hex: {
        std::string hex = lower_case(text.text);
        if (hex.size() != static_cast<std::size_t>(field.max) || hex.find_first_not_of("0123456789abcdef") != std::string::npos)
          return say("text.checksum-form", row, column.at, cell, {std::to_string(field.max)});
        return put(record, column, std::move(hex));
      }
      default:
        break;
    }
    if (says_unknown(text.text)) return say("cell.unknown", row, column.at, cell);
    const std::size_t length = characters(text.text);
    if (field.max > 0 && length > static_cast<std::size_t>(field.max))
      return say("text.too-long", row, column.at, cell, {std::to_string(length), std::to_string(field.max)});
    put(record, column, text.text);
  }

  // Staff whose row says an absence.
  bool is_day_away(const RowView& row) const {
    if (job_.draft.kind != RecordKind::StaffTime || amount_ != none) return false;
    if (const std::size_t start = column_of("start_time"); start != none && !is_empty(cell_at(row, start))) return false;
    const std::size_t at = column_of("absence");
    if (at == none || is_empty(cell_at(row, at))) return false;
    const std::string text = text_of_cell(cell_at(row, at), plan_.date1904).text;
    const auto number = decimal_of(text);
    return !text.empty() && !says_unknown(text) && yes_or_no(text, {}) != 0 && !(number && number->mantissa == 0);
  }
  // 8 under Frånvaro: hours, of a kind that is not said.
  bool is_hours_away(const RowView& row, const Column& column, const CellView& cell, Record& record) {
    if (job_.draft.kind != RecordKind::StaffTime || column.field->key != "absence") return false;
    const auto read = read_hours(cell, {.decimal_dot = true});
    if (!read.error.empty() || cell.text.find_first_of("0123456789") == std::string_view::npos) return false;
    if (read.value == 0) return true;
    say("staff.absence-hours", row, column.at, cell, {hours_text(read.value)});
    put(record, column, "unknown");
    return true;
  }

  void missing(const RowView& row, const Column& column, const CellView& cell) {
    const ImportField& field = *column.field;
    if (field.need == Need::Must) return say("cell.must-missing", row, column.at, cell);
    const bool here = field.when.empty() || (field.when == "school projects" && job_.project.school_project);
    if (field.need == Need::For && field.is_for("rules") && here) say("cell.needed-missing", row, column.at, cell);
  }

  void read_identity(const RowView& row, Column& column, const CellView& cell, Record& record) {
    const Date reference = entered_on_.value_or(plan_.month ? plan_.month->last() : job_.options.today);
    const auto parsed = PersonalIdentityNumber::parse(identity_text(cell), reference);
    if (!parsed) {
      const Message& message = parsed.error().message;
      return job_.trouble.at(message.id, row.number, column.at + 1, shown(cell, plan_.date1904), message.values);
    }
    for (const IdentityRepair repair : parsed->repairs) {
      if (repair == IdentityRepair::ZeroRestored) say("pnr.zero-restored", row, column.at, cell);
      if (repair == IdentityRepair::CenturyAssumed) say("pnr.century-assumed", row, column.at, cell);
      if (repair == IdentityRepair::Cleaned) say("pnr.cleaned", row, column.at, cell);
    }
    const bool newcomers = job_.draft.kind == RecordKind::Participants;
    if (newcomers && parsed->number.kind() == IdentityKind::Temporary) say("pnr.temporary", row, column.at, cell);
    if (newcomers && parsed->number.kind() == IdentityKind::Protected) say("pnr.protected", row, column.at, cell);
    if (newcomers && parsed->number.kind() == IdentityKind::Coordination && !parsed->number.born_on())
      say("pnr.birth-date-incomplete", row, column.at, cell);
    put(record, column, parsed->number.digits());
    parsed_number_ = parsed->number;
  }

  // "pågår" where the day of leaving would stand: nobody has left.
  static bool says_ongoing(const CellView& cell) {
    const std::string key = cell.kind == CellView::Kind::Text ? heading_key(tidy(cell.text).text) : std::string();
    for (const std::string_view word : {"pågår", "pågående", "fortsätter", "kvar", "tillsvidare", "tv", "ongoing", "stillin"})
      if (key == word) return true;
    return false;
  }

  void read_date(const RowView& row, Column& column, const CellView& cell, Record& record) {
    const std::string& key = column.field->key;
    const auto read = column.readings(cell, [&](const CellView& of) {
      return read_day(of, plan_.date1904, column.facts, key == "birth_date" ? birth_frame_ : frame_);
    });
    if (read.error == "date.order-ambiguous" && !plan_.surveyed) return void(survey_ = true);
    if (read.error == "date.form" && cell.kind == CellView::Kind::Text && says_unknown(tidy(cell.text).text)) {
      if (column.field->need == Need::Must) return say("cell.must-missing", row, column.at, cell);
      return say("cell.unknown", row, column.at, cell);
    }
    if (read.error == "date.form" && key == "exit_date" && column.field->need != Need::Must && says_ongoing(cell))
      return say("date.ongoing", row, column.at, cell);
    const bool heavy = key == "entry_date" || key == "exit_date" || key == "date";
    if (read.error == "date.implausible" && !heavy)
      say(read.error, row, column.at, cell, {shown(cell, plan_.date1904)}, nobody, Level::Warning);
    else if (!read.error.empty())
      return say(read.error, row, column.at, cell, {shown(cell, plan_.date1904)});
    if (!read.remark.empty()) say(read.remark, row, column.at, cell);
    if (cell.text.size() != 10 || cell.kind != CellView::Kind::Text) dates_in_doubt_[column.at].look(row, column.at, cell, read.value);
    else if (cell.text[2] == '/') dates_in_doubt_[column.at].look(row, column.at, cell, read.value);
    const Date day = Date::of_days(read.value);
    if (key == "entry_date") entered_on_ = day;
    if (key == "date") compare_weekday(job_, plan_, row, column.at, read.value);
    const bool iso = cell.kind == CellView::Kind::Text && cell.text.size() == 10 && cell.text[4] == '-' && cell.text[7] == '-';
    put(record, column, iso ? std::string(cell.text) : day.iso());
  }

  // 120 is no day's hours, and may well be a month's.
  bool is_of_month(const RowView& row, const Record& record) const {
    const auto stands = [&](std::string_view key) {
      const std::size_t at = column_of(key);
      return record.find(key) || (at != none && !is_empty(cell_at(row, at)));
    };
    return stands("month") && !stands("date");
  }
  void read_amount(const RowView& row, Column& column, const CellView& cell, Record& record) {
    if (cell.kind == CellView::Kind::Text && says_unknown(tidy(cell.text).text)) return missing(row, column, cell);
    if (job_.draft.kind == RecordKind::StaffTime && column.field->key == "hours")
      if (const auto times = times_of_staff(cell)) return read_from_to(row, column, cell, *times, record);
    const auto read = column.readings(cell, [&](const CellView& of) { return read_hours(of, column.facts); });
    const bool plain = cell.kind == CellView::Kind::Number || cell.kind == CellView::Kind::Text;
    const bool large = read.error.empty() && plain && read.value >= (is_of_month(row, record) ? too_much_for_a_month : too_much_for_a_day) &&
                       read.value % 60 == 0 && cell.text.find_first_of("hHtTmM:") == std::string_view::npos;
    if ((read.error == "hours.dot-ambiguous" || (large && column.field->max > 0)) && !plan_.surveyed)
      return void(survey_ = true);
    std::string_view error = read.error;
    if (error.empty() && large && column.field->max > 0 && column.facts.unit_unclear) error = "hours.unit-unclear";
    if (!error.empty()) {
      totals_.unreadable(column.at);
      const bool asked = error == "hours.dot-ambiguous" || error == "hours.unit-unclear";
      return say(error, row, column.at, cell,
                 asked ? hours_seen(plan_, column.at) : std::vector<std::string>{shown(cell, plan_.date1904)});
    }
    if (!read.remark.empty()) say(read.remark, row, column.at, cell, {hours_text(read.value)});
    totals_.add(column.at, read.value);
    if (column.field->key == "hours")
      in_doubt_.look(row, column.at, cell, column_of("start_time") == none ? std::string_view(plan_.columns[column.at].key) : std::string_view());
    put(record, column, std::to_string(read.value));
  }

  // Bare hours from five on with three hours or more between them are times of day ("8-12"): nobody works between two amounts
  // so far apart. "6-7" may be either, as "1-2" and "22-02" are; they are refused.
  static std::optional<TimesOfDay> times_of_staff(const CellView& cell) {
    constexpr int first_start = 5 * 60, shortest = 3 * 60;
    const auto times = read_times_of_day(cell, true);
    if (!times || !times->bare) return times;
    return times->from >= first_start && times->to - times->from >= shortest ? times : std::nullopt;
  }
  // "8-12", "8.30-15.00 (rast 30)" as the hours of staff: the minutes between. One from and to are the row's times, as in columns of
  // their own (take_times).
  void read_from_to(const RowView& row, Column& column, const CellView& cell, const TimesOfDay& times, Record& record) {
    const bool once = times.one && times.pause == 0 && amount_ == none && column_of("start_time") == none && column_of("end_time") == none;
    if (times.to <= times.from && !once) return say("hours.over-midnight", row, column.at, cell);
    const std::int64_t minutes = once && times.to <= times.from ? times.to + whole_day - times.from : times.between - times.pause;
    if (minutes <= 0) return say("hours.form", row, column.at, cell, {shown(cell, plan_.date1904)});
    if (once) from_to_ = {times.from, times.to};
    say("hours.from-interval", row, column.at, cell);
    totals_.add(column.at, minutes);
    put(record, column, std::to_string(minutes));
  }

  void read_answer(const RowView& row, Column& column, const CellView& cell, const std::string& text, Record& record) {
    // A cross means yes only where nothing else is written.
    if (heading_key(text) == "x" && !plan_.surveyed) return void(survey_ = true);
    const int answer = yes_or_no(text, column.facts);
    if (answer == -2) return say("choice.unknown", row, column.at, cell, {in_both("ja / nej", "yes / no")});
    if (answer == -1 && column.field->type == FieldType::YesNoUndisclosed && says_not_disclosed(text))
      return put(record, column, "not_disclosed");
    if (answer == -1 && column.field->type == FieldType::YesNo) return say("cell.unknown", row, column.at, cell);
    put(record, column, answer == 1 ? "yes" : answer == 0 ? "no" : "unknown");
  }

  void read_percent(const RowView& row, Column& column, const CellView& cell, std::string text, Record& record) {
    bool sign = cell.format.find('%') != std::string_view::npos, scale = sign;
    if (!text.empty() && text.back() == '%') sign = true, scale = false, text.pop_back();
    while (!text.empty() && text.back() == ' ') text.pop_back();
    std::replace(text.begin(), text.end(), ',', '.');
    const auto value = decimal_of(text);
    bool exact = true;
    const auto hundredths = value ? scaled(*value, scale ? 10000 : 100, exact) : std::nullopt;
    if (!hundredths || *hundredths < 0 || *hundredths > 10000) return say("number.form", row, column.at, cell, {text});
    std::int64_t percent = *hundredths;
    if (!sign && percent > 0 && percent <= 100) {
      if (!plan_.surveyed) return void(survey_ = true);
      if (column.facts.percent_whole && column.facts.percent_fraction)
        return say("percent.ambiguous", row, column.at, cell, {text});
      if (!column.facts.percent_whole) percent *= 100;
    }
    std::string out = std::to_string(percent / 100);
    if (percent % 100 != 0)
      out += "." + std::to_string(percent % 100 / 10) + (percent % 10 ? std::to_string(percent % 10) : "");
    put(record, column, std::move(out));
  }

  void read_organisation(const RowView& row, Column& column, const CellView& cell, const std::string& text, Record& record) {
    std::string digits;
    for (const char c : narrow(text)) {
      if (c >= '0' && c <= '9')
        digits += c;
      else if (c != '-' && c != ' ')
        return say("organisation.form", row, column.at, cell, {text});
    }
    if (digits.size() == 12 && digits.starts_with("16")) digits.erase(0, 2);
    if (digits.size() != 10 || digits[2] < '2') return say("organisation.form", row, column.at, cell, {text});
    if (!luhn(digits)) return say("organisation.check-digit", row, column.at, cell, {text});
    put(record, column, std::move(digits));
  }

  // Choices, municipalities and codes: the same few texts over and over.
  void read_choice(const RowView& row, Column& column, const CellView& cell, Record& record) {
    const bool memorable = cell.kind == CellView::Kind::Text;
    const std::uint32_t* known = memorable ? column.known.find(cell.text) : nullptr;
    std::uint32_t index;
    if (known) {
      index = *known;
    } else {
      index = static_cast<std::uint32_t>(column.outcomes.size());
      const std::string text = text_of_cell(cell, plan_.date1904).text;
      column.outcomes.push_back(column.field->type == FieldType::Municipality ? municipality(text, *column.field->list)
                                : column.field->type == FieldType::Code       ? code(text, column.field->key)
                                                                              : choice(text, column));
      if (memorable) column.known.insert(cell.text, index);
    }
    const ChoiceOutcome& outcome = column.outcomes[index];
    if (column.field->key == "gender" && (cell.text == "f" || cell.text == "F") && !plan_.surveyed) return void(survey_ = true);
    if (column.field->key == "gender" && (cell.text == "f" || cell.text == "F") && column.facts.has_k)
      return say("choice.unknown", row, column.at, cell, {"kvinna"});
    if (!outcome.error.empty()) return say(outcome.error, row, column.at, cell, {outcome.proposal});
    if (outcome.word.empty()) return missing(row, column, cell);
    put(record, column, outcome.word);
  }

  ChoiceOutcome choice(const std::string& text, const Column& column) const {
    const ImportField& field = *column.field;
    if (text.empty()) return {};
    // Lists of the programme or project that are not kept here are taken as they are written.
    if (!field.list) {
      if (field.key == "activity" && job_.draft.kind == RecordKind::Attendance) return {text, {}, {}};
      return says_unknown(text) ? ChoiceOutcome{} : ChoiceOutcome{text, {}, {}};
    }
    const std::string key = heading_key(text);
    if (const auto found = field.list->by_key.find(key); found != field.list->by_key.end())
      return {field.list->choices[found->second].word, {}, {}};
    if (says_unknown(text)) {
      const bool may = std::any_of(field.list->choices.begin(), field.list->choices.end(),
                                   [](const ListedChoice& each) { return each.word == "unknown"; });
      return may ? ChoiceOutcome{"unknown", {}, {}} : ChoiceOutcome{};
    }
    if (const auto asked = field.list->asked_keys.find(key); asked != field.list->asked_keys.end())
      return {{}, "choice.asked", field.list->choices[asked->second].shown.sv};
    return {{}, "choice.unknown", nearest(*field.list, key)};
  }

  ChoiceOutcome municipality(const std::string& text, const ChoiceList& list) const {
    if (text.empty() || says_unknown(text)) return {};
    std::string_view code = std::string_view(text).substr(0, text.find_first_of(" ,-"));
    std::string padded(code);
    if (all_digits(padded) && padded.size() == 3) padded.insert(padded.begin(), '0');
    if (all_digits(padded) && padded.size() == 4 && is_county(padded)) return {padded, {}, {}};
    // "Hagfors (Ekshärad)": the place in the municipality.
    const std::size_t bracket = text.find(" (");
    std::string key = heading_key(bracket == 0 ? text : text.substr(0, bracket));
    for (int attempt = 0; attempt < 3; ++attempt) {
      if (const auto found = list.by_key.find(key); found != list.by_key.end())
        return {list.choices[found->second].word, {}, {}};
      // Karlstads kommun, Karlstad kommun, Karlstads kn, Karlstads.
      if (key.ends_with("kommun"))
        key.resize(key.size() - 6);
      else if (key.ends_with("kn"))
        key.resize(key.size() - 2);
      else if (key.ends_with("s"))
        key.pop_back();
      else
        break;
    }
    return {{}, "place.unknown-municipality", nearest(list, key)};
  }

  ChoiceOutcome code(const std::string& text, const std::string& field) const {
    if (text.empty()) return {};
    if (field == "project")
      return names_project(job_.project, text) ? ChoiceOutcome{job_.project.key, {}, {}}
                                               : ChoiceOutcome{{}, "row.other-project", job_.project.short_name};
    if (job_.project.subprojects.empty()) return {text, {}, {}};
    std::string key = heading_key(text);
    for (int attempt = 0; attempt < 3; ++attempt) {
      for (const Subproject& each : job_.project.subprojects)
        if (key == heading_key(each.key) || key == heading_key(each.name) ||
            (!each.municipality.empty() && key == each.municipality))
          return {each.key, {}, {}};
      if (key.ends_with("kommun"))
        key.resize(key.size() - 6);
      else if (key.ends_with("s"))
        key.pop_back();
      else
        break;
    }
    int distance = 3;
    std::string best = "\u2013";
    for (const Subproject& each : job_.project.subprojects)
      if (const int found = edits(key, heading_key(each.name), 2); found < distance) distance = found, best = each.name;
    return {{}, "choice.unknown", best};
  }

  // Whether a value of the record or a cell that could not be read stands for each one-of group; the latter is told already.
  // Nobody enters before birth or as a child: then the year of the day is wrong.
  void check_entry_age(const RowView& row, const Record& record) {
    constexpr std::int32_t youngest = 10 * 365;  // days; wide, for the rules of a project judge the age
    const auto stated = day(record, "birth_date");
    const auto born = parsed_number_ && parsed_number_->born_on() ? parsed_number_->born_on() : stated;
    if (!entered_on_ || !born || entry_ == none) return;
    const std::int32_t age = entered_on_->days() - born->days();
    const std::size_t at = columns_[entry_].at;
    // 20 is easily written as 19: who was born in 1902 does not begin in 2026, and who was born in 2002 may.
    constexpr std::int32_t oldest = 36525, century = 36524;  // days
    const std::size_t number_at = number_ == none ? at : columns_[number_].at;
    if (age >= oldest && number_ != none && parsed_number_ && cell_at(row, number_at).text.find('+') == std::string_view::npos) {
      say("pnr.maybe-other-century", row, number_at, CellView{}, {std::to_string(age * 4 / 1461), std::to_string((age - century) * 4 / 1461)}, record.person);
    }
    if (age < youngest) say("date.implausible-age", row, at, cell_at(row, at), {entered_on_->iso(), std::to_string(std::max(age, 0) / 365)}, record.person);
  }
  void check_groups(const RowView& row, const Record& record) {
    for (const FieldGroup& group : job_.schema().groups) {
      bool served = false;
      std::size_t at = none;
      for (const std::string& key : group.fields)
        for (const Column& column : columns_) {
          if (column.field->key != key) continue;
          if (at == none) at = column.at;
          served = served || record.find(key) || !is_empty(cell_at(row, column.at));
        }
      if (!served && at != none) say(group.name == "person" ? "row.no-person" : "cell.must-missing", row, at, cell_at(row, at));
    }
  }

  std::optional<std::int64_t> number(const Record& record, std::string_view key) const {
    const std::string* text = record.find(key);
    if (!text) return std::nullopt;
    const auto decimal = decimal_of(*text);
    return decimal ? whole_of(*decimal) : std::nullopt;
  }
  std::size_t column_of(std::string_view key) const {
    for (const Column& column : columns_)
      if (column.field->key == key) return column.at;
    return none;
  }
  std::optional<Date> day(const Record& record, std::string_view key) const {
    const std::string* text = record.find(key);
    const auto date = text ? Date::parse(*text) : Result<Date>(tl::make_unexpected(Problem{}));
    return date ? std::optional(*date) : std::nullopt;
  }

  // Nobody has worked, signed or approved tomorrow: as for attendance, such a row would count by itself when the day has come.
  void check_has_been(const RowView& row, const Record& record) {
    const Date today = job_.options.today;
    for (const std::string_view key : {"date", "month", "signed_on", "approved_on"}) {
      const std::string* text = record.find(key);
      const auto month = text && key == "month" ? Month::parse(*text) : Result<Month>(tl::make_unexpected(Problem{}));
      const auto date = month ? std::optional(month->first()) : day(record, key);
      if (!date || *date <= today) continue;
      const std::size_t at = column_of(key);
      say("attendance.future", row, at, cell_at(row, at), {*text, today.iso()});
    }
  }

  static void set(Record& record, std::string_view key, std::string value, std::size_t at) {
    for (FieldValue& each : record.values)
      if (each.field == key) return void(each.value = std::move(value));
    record.values.push_back({std::string(key), std::move(value), static_cast<std::uint16_t>(at + 1)});
  }
  static void drop(Record& record, std::initializer_list<std::string_view> keys) {
    std::erase_if(record.values, [&](const FieldValue& each) { return std::find(keys.begin(), keys.end(), each.field) != keys.end(); });
  }

  // From and to of a row of staff time: the minutes as those of attendance (clock_time), and what of them is after midnight as a
  // record of its own. Stated hours stand; where they disagree, that is an error.
  std::optional<Record> take_times(const RowView& row, Record& record) {
    const std::size_t start_at = column_of("start_time"), end_at = column_of("end_time"), hours_at = column_of("hours");
    if (from_to_) return take_times(row, record, from_to_->first, from_to_->second, hours_at, hours_at, std::nullopt);
    if (start_at == none || end_at == none) return drop(record, {"start_time", "end_time"}), std::nullopt;
    const CellView &start_cell = cell_at(row, start_at), &end_cell = cell_at(row, end_at);
    if (is_empty(start_cell) != is_empty(end_cell)) {
      const std::size_t empty = is_empty(start_cell) ? start_at : end_at;
      return say("cell.must-missing", row, empty, cell_at(row, empty)), std::nullopt;
    }
    if (!record.find("start_time") || !record.find("end_time")) return std::nullopt;  // empty, or told
    return take_times(row, record, read_clock(start_cell).value, read_clock(end_cell).value, start_at, end_at, number(record, "hours"));
  }
  std::optional<Record> take_times(const RowView& row, Record& record, int from, int to, std::size_t start_at, std::size_t end_at,
                                   std::optional<std::int64_t> stated) {
    const std::size_t hours_at = column_of("hours");
    const CellView &start_cell = cell_at(row, start_at), &end_cell = cell_at(row, end_at);
    const auto date = day(record, "date");
    if (!date) {
      if (record.find("month")) say("hours.month-with-clock", row, start_at, start_cell);
      return std::nullopt;
    }
    for (const auto& [at, expected] : {std::pair(start_at, date->days()), std::pair(end_at, date->days() + (to <= from ? 1 : 0))})
      if (const auto other = other_day_of(cell_at(row, at), expected, plan_.date1904, frame_))
        return say("hours.other-day", row, at, cell_at(row, at), {Date::of_days(*other).iso(), Date::of_days(expected).iso()}), std::nullopt;
    const std::size_t break_at = column_of("break_minutes");
    if (break_at != none && !is_empty(cell_at(row, break_at)) && !record.find("break_minutes")) return std::nullopt;  // told
    const auto span = clock_time(job_.programme, date->days(), from, to, number(record, "break_minutes").value_or(0), stated);
    if (!span) {
      const ClockFault& fault = span.error();
      const std::size_t at = fault.of == ClockFault::Of::Break ? break_at : fault.of == ClockFault::Of::End ? end_at : start_at;
      return say(fault.code, row, at, cell_at(row, at), clock_fault_values(fault, shown(cell_at(row, at), plan_.date1904))), std::nullopt;
    }
    if (stated && std::abs(*stated - span->minutes) > 1) {
      // Kom and Gick of a whole working day, of which the project has a part: when in the day that was, nobody says.
      const auto whole = number(record, "total_hours");
      const std::int64_t with_others = *stated + number(record, "other_eu_hours").value_or(0);
      if (*stated < span->minutes && ((whole && std::abs(*whole - span->minutes) <= 1) || std::abs(with_others - span->minutes) <= 1)) {
        say("staff.times-of-whole-day", row, start_at, start_cell, {clock_text(from) + "\u2013" + clock_text(to), hours_text(*stated)});
        return drop(record, {"start_time", "end_time", "break_minutes"}), std::nullopt;
      }
      return say("hours.contradiction", row, hours_at, cell_at(row, hours_at), {hours_text(*stated), hours_text(span->minutes)}), std::nullopt;
    }
    const std::int64_t minutes = stated.value_or(span->minutes), after = std::min(span->after_midnight, minutes);
    set(record, "hours", std::to_string(minutes - after), start_at);
    if (from_to_) set(record, "start_time", clock_text(from), start_at);
    set(record, "end_time", clock_text(span->end), end_at);
    if (span->until == 0) return std::nullopt;
    const std::string tomorrow = date->plus_days(1).iso();
    say("hours.split-midnight", row, end_at, end_cell, {hours_text(minutes - after), date->iso(), hours_text(after), tomorrow});
    Record rest = record;
    set(rest, "date", tomorrow, column_of("date"));
    set(rest, "start_time", "00:00", start_at), set(rest, "end_time", clock_text(span->until), end_at);
    set(rest, "hours", std::to_string(after), start_at);
    // From 24:00 on, nothing is of the row's own day.
    if (from == whole_day) return record = std::move(rest), std::nullopt;
    drop(rest, {"other_eu_hours", "total_hours", "break_minutes"});  // stated once, of the row
    return rest;
  }

  // Hours of a row that says an absence, or whose remark may: as in attendance.
  void tell_of_absence(const RowView& row, const Record& record, std::size_t hours_at, std::int64_t minutes) {
    if (record.find("absence")) {
      const std::size_t at = column_of("absence") != none ? column_of("absence") : hours_at;
      if (decimal_of(text_of_cell(cell_at(row, at), plan_.date1904).text)) return;  // hours away, beside hours of work
      return say("attendance.absent-with-hours", row, at, cell_at(row, at), {hours_text(minutes)});
    }
    tell_of_remark(row, minutes);
  }
  void tell_of_remark(const RowView& row, std::int64_t minutes) {
    for (const std::size_t c : remarks_) {
      const CellView& remark = cell_at(row, c);
      if (remark.kind != CellView::Kind::Text || !says_not_there(remark.text)) continue;
      return say("attendance.maybe-absent", row, c, remark, {hours_text(minutes)});
    }
  }

  void check_staff(const RowView& row, const Record& record) {
    check_has_been(row, record);
    const auto hours = number(record, "hours");
    if (!hours) return;
    const std::size_t at = column_of("hours") != none ? column_of("hours") : column_of("start_time");
    const auto date = day(record, "date");
    if (date) {
      const std::int64_t plausible = plausible_day_on(job_.programme, date->days());
      if (*hours > whole_day)
        say("hours.over-24", row, at, cell_at(row, at), {hours_text(*hours)});
      else if (*hours > plausible)
        say("hours.implausible", row, at, cell_at(row, at), {hours_text(*hours), hours_text(plausible)});
    } else if (*hours > 31 * whole_day) {
      say("hours.over-month", row, at, cell_at(row, at), {hours_text(*hours)});
    }
    if (*hours > 0 && amount_ == none) tell_of_absence(row, record, at, *hours);
    const auto total = number(record, "total_hours");
    const auto others = number(record, "other_eu_hours").value_or(0);
    if (total && *total + 1 < *hours + others) {
      const std::size_t place = column_of("total_hours");
      say("hours.contradiction", row, place, cell_at(row, place), {hours_text(*hours + others), hours_text(*total)});
    }
  }

  void sum_row(const RowView& row) {
    const auto compare = [&](std::size_t at) {
      const CellView& cell = cell_at(row, at);
      const auto stated = read_hours(cell, {.decimal_dot = true});
      if (is_empty(cell) || !stated.error.empty() || !totals_.comparable(at) || totals_.agrees(at, stated.value)) return;
      say("sum.mismatch", row, at, cell, {hours_text(stated.value), hours_text(totals_.all(at))});
    };
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (i != amount_ && columns_[i].field->type == FieldType::Hours) compare(columns_[i].at);
    for (const TimeColumn& time : time_columns_) compare(time.at);
    for (const std::size_t c : row_totals_) compare(c);
    totals_.sum_row_done();
  }

  // Whom the row is about, and what of it can be held against what is known.
  void name_person(const RowView& row, Record& record) {
    const RecordKind kind = job_.draft.kind;
    if (kind == RecordKind::StaffTime) return;
    const std::string* local = record.find(kind == RecordKind::Participants ? "local_id" : "participant");
    const std::size_t local_at = column_of(kind == RecordKind::Participants ? "local_id" : "participant");
    const std::size_t number_at = column_of("identity_number");
    const std::string name = name_of_row(record);
    std::uint32_t by_number = nobody, by_local = nobody;
    if (parsed_number_) by_number = job_.people.by_number(*parsed_number_, name);
    if (local) by_local = job_.people.by_reference(*local);
    if (by_number != nobody && by_local != nobody && by_number != by_local)
      return say("row.two-people", row, local_at, cell_at(row, local_at),
                 {participant_reference(by_number), participant_reference(by_local)});
    record.person = by_number != nobody ? by_number : by_local;
    if (plan_.by_name && !name.empty()) {
      const NamedPerson& found = people_by_name_.find(job_, name);
      const std::size_t at = column_of("name");
      record.person = found.person;
      if (!found.code.empty()) say(found.code, row, at, found.is_counted() ? CellView{} : cell_at(row, at), found.values, found.person);
    }
    const std::size_t name_at = column_of("name") != none ? column_of("name") : column_of("family_name");
    if (record.person != nobody && name_at != none && !plan_.by_name && names_differ(name, job_.draft.people[record.person].name))
      say("name.differs", row, name_at, cell_at(row, name_at), {}, record.person);

    if (kind == RecordKind::Participants) {
      check_participant(row, record, local, local_at, number_at);
      return;
    }
    if (record.person == nobody && (parsed_number_ || local)) {
      std::string proposal = "\u2013";
      if (!name.empty()) {
        if (!job_.names) job_.names.emplace(job_.draft.people);
        proposal = job_.names->near_words(name);
      }
      const std::size_t at = parsed_number_ ? number_at : local_at;
      return say("row.unknown-person", row, at, cell_at(row, at), {proposal});
    }
    if (record.person == nobody || record.person >= job_.known.size()) return;
    const Spell& spell = job_.known[record.person];
    if (kind == RecordKind::Results) check_results(row, record, spell);
    if (kind == RecordKind::Evidence && spell.entered_on) check_evidence(row, record, *spell.entered_on);
  }

  void check_results(const RowView& row, const Record& record, const Spell& spell) {
    const auto tell = [&](std::string_view code, std::string_view key, std::vector<std::string> values) {
      const std::size_t at = column_of(key);
      say(code, row, at, cell_at(row, at), std::move(values), record.person);
    };
    const auto exit = day(record, "exit_date");
    if (exit && spell.entered_on && *exit < *spell.entered_on)
      tell("order.exit-before-entry", "exit_date", {exit->iso(), spell.entered_on->iso()});
    else if (exit)
      if (const auto known = known_exit(spell, *exit); known && *known != *exit)
        tell("result.other-exit", "exit_date", {exit->iso(), known->iso()});
    const Date today = job_.options.today;
    for (const std::string_view key : {"status_after_date", "qualification_date", "offer_date", "six_month_date"})
      if (const auto on = day(record, key); on && *on > today) tell("result.future", key, {on->iso(), today.iso()});
    if (exit && *exit > today) tell("result.exit-future", "exit_date", {exit->iso(), today.iso()});
    check_status_after(row, record, exit ? exit : spell.left_on);
    check_six_months(row, record, exit);
  }
  // A status on leaving counts from the exit on and needs its day (indicators); else it is told here that it counts nowhere.
  void check_status_after(const RowView& row, const Record& record, std::optional<Date> exit) {
    const std::string* status = record.find("status_after");
    if (!status || *status == "unknown") return;
    const std::size_t stated = column_of("status_after"), dated = column_of("status_after_date");
    const auto on = day(record, "status_after_date");
    if (!on && (dated == none || is_empty(cell_at(row, dated))))
      say("result.status-without-day", row, stated, cell_at(row, stated), {std::string(shown(cell_at(row, stated), plan_.date1904))}, record.person);
    else if (on && exit && *on < *exit)
      say("result.status-before-exit", row, dated, cell_at(row, dated), {on->iso(), exit->iso()}, record.person);
  }
  // The exit of the stay that an exit day falls in: the last that had begun by then.
  static std::optional<Date> known_exit(const Spell& spell, Date day) {
    if (spell.each.empty()) return spell.left_on;
    const Period* stay = nullptr;
    for (const Period& one : spell.each)
      if (!stay || one.first <= day) stay = &one;
    return stay ? stay->last : std::nullopt;
  }

  // What is told here is what no indicator uses (answered_after_six_months).
  void check_six_months(const RowView& row, const Record& record, std::optional<Date> exit) {
    const auto word = [&](std::string_view key) {
      const std::string* said = record.find(key);
      return said && *said != "unknown" ? std::string_view(*said) : std::string_view();
    };
    const auto tell = [&](std::string_view code, std::string_view key, std::vector<std::string> values) {
      const std::size_t at = column_of(key);
      say(code, row, at, cell_at(row, at), std::move(values), record.person);
    };
    const auto both = [&](std::string_view key, std::string_view other) {
      const auto shown_in = [&](std::string_view of) { return std::string(shown(cell_at(row, column_of(of)), plan_.date1904)); };
      tell("result.six-months-contradiction", other, {shown_in(key), shown_in(other)});
    };
    const std::string_view response = word("six_month_response"), status = word("six_month_status");
    std::string_view said;  // the first that an indicator would use
    for (const std::string_view key : {"six_month_status", "six_month_self_employed", "six_month_education", "six_month_improved"})
      if (said.empty() && !word(key).empty()) said = key;
    const bool heard = response.empty() || response == "answered" || response == "from_register";
    if (!heard && !said.empty()) both("six_month_response", said);
    const bool idle = status == "unemployed" || status == "inactive";
    if (heard && ((idle && word("six_month_self_employed") == "yes") || (status == "self_employed" && word("six_month_self_employed") == "no")))
      both("six_month_status", "six_month_self_employed");
    if (heard && idle && word("six_month_improved") == "yes") both("six_month_status", "six_month_improved");
    if (!heard || (said.empty() && response.empty())) return;
    const std::size_t dated = column_of("six_month_date");
    const auto on = day(record, "six_month_date");
    if (!on && (dated == none || is_empty(cell_at(row, dated))))
      return tell("result.six-months-without-day", said.empty() ? "six_month_response" : said, {});
    const auto* months = job_.programme.longer_term_months.on(job_.options.today);
    if (on && exit && months && *on < months_after(*exit, months->value))
      tell("result.six-months-early", "six_month_date", {on->iso(), months_after(*exit, months->value).iso()});
  }

  void check_evidence(const RowView& row, const Record& record, Date entered_on) {
    const std::string* criterion = record.find("criterion");
    const auto issued = day(record, "document_date"), until = day(record, "valid_to");
    // What must hold on entry has to be shown by then.
    static constexpr std::string_view on_entry[] = {
        "residence",   "labour_status",     "not_in_education", "registered_unemployed", "activity_responsibility",
        "isced_level", "incomplete_grades", "target_group"};
    const bool for_entry = criterion && std::find(std::begin(on_entry), std::end(on_entry), *criterion) != std::end(on_entry);
    if (for_entry && issued && *issued > entered_on) {
      const std::size_t at = column_of("document_date");
      say("evidence.after-entry", row, at, cell_at(row, at), {issued->iso(), entered_on.iso()}, record.person);
    }
    if (for_entry && until && *until < entered_on) {
      const std::size_t at = column_of("valid_to");
      say("evidence.expired", row, at, cell_at(row, at), {until->iso(), entered_on.iso()}, record.person);
    }
  }

  static std::string name_of_row(const Record& record) {
    const std::string *family = record.find("family_name"), *given = record.find("given_name"), *name = record.find("name");
    if (family && given) return *family + ", " + *given;
    if (name) return *name;
    return family ? *family : given ? *given : std::string();
  }

  void check_participant(const RowView& row, Record& record, const std::string* local, std::size_t local_at,
                         std::size_t number_at) {
    const People& people = job_.draft.people;
    if (record.person != nobody) {
      const Person& known = people[record.person];
      if (local && !known.local_id.empty() && lower_case(known.local_id) != lower_case(*local))
        say("row.number-under-two-ids", row, local_at, cell_at(row, local_at), {known.local_id}, record.person);
      if (parsed_number_ && known.number && *known.number != *parsed_number_)
        say("pnr.changed", row, number_at, cell_at(row, number_at), {}, record.person);
    }
    const auto exit = day(record, "exit_date");
    if (entered_on_ && exit && *exit < *entered_on_) {
      const std::size_t at = column_of("exit_date");
      say("order.exit-before-entry", row, at, cell_at(row, at), {exit->iso(), entered_on_->iso()}, record.person);
    }
    check_entry_age(row, record);
    const auto born = day(record, "birth_date");
    const auto by_number = parsed_number_ ? parsed_number_->born_on() : std::nullopt;
    if (born && by_number && *born != *by_number) {
      const std::size_t at = column_of("birth_date");
      say("pnr.birth-date-differs", row, at, cell_at(row, at), {}, record.person);
    }
    const std::string* gender = record.find("gender");
    const auto digit = parsed_number_ && parsed_number_->names_one_person() ? parsed_number_->gender_digit() : std::nullopt;
    if (gender && digit && (*gender == "woman" || *gender == "man") && (*gender == "man") != (*digit % 2 == 1)) {
      const std::size_t at = column_of("gender");
      say("pnr.gender-differs", row, at, cell_at(row, at), {}, record.person);
    }
    const auto since = day(record, "unemployed_since");
    const std::string* status = record.find("employment_status");
    const bool works = status && (*status == "employed" || *status == "self_employed");
    if (since && (works || (entered_on_ && *since > *entered_on_))) {
      const std::size_t at = column_of("unemployed_since");
      say("status.contradiction", row, at, cell_at(row, at), {}, record.person);
    }
  }

  // "Exempel Exempelsson" in a row of the template.
  void tell_of_example(const RowView& row, const std::string& name) {
    static constexpr std::string_view words[] = {"exempel*", "example*"};
    const std::size_t at = column_of("name") != none ? column_of("name") : column_of("family_name");
    if (at != none && says_any(name, words)) say("row.maybe-example", row, at, cell_at(row, at));
  }
  // A new person gets the next place in the list; a known one the number or id that was missing.
  void take_in(const RowView& row, Record& record) {
    People& people = job_.draft.people;
    const std::string* local = record.find("local_id");
    const std::string name = name_of_row(record);
    if (record.person == nobody) {
      record.person = static_cast<std::uint32_t>(people.size());
      people.push_back({parsed_number_, local ? *local : std::string(), name});
      tell_of_example(row, name);
      look_for_double(row, record);
    } else {
      Person& known = people[record.person];
      if (!known.number && parsed_number_) known.number = parsed_number_;
      if (known.local_id.empty() && local) known.local_id = *local;
      if (known.name.empty()) known.name = name;
    }
    job_.people.add(people[record.person], record.person);
  }

  // Somebody new who may be somebody known: a question with its reason, and two people until somebody says otherwise.
  void look_for_double(const RowView& row, const Record& record) {
    const People& people = job_.draft.people;
    if (!doubles_ready_) {
      doubles_ready_ = true;
      for (std::uint32_t i = 0; i < record.person; ++i) remember(likeable(people[i].number, std::nullopt, people[i].name), i);
    }
    const auto born = day(record, "birth_date");
    Likeable one =
        likeable(people[record.person].number, born ? std::optional<Date>(*born) : std::nullopt, people[record.person].name);
    std::optional<std::pair<Likeness, std::uint32_t>> found;
    for (const std::string& key : {birth_key(one), whole_key(one)}) {
      const auto others = key.empty() ? doubles_.end() : doubles_.find(key);
      if (others == doubles_.end()) continue;
      for (const std::uint32_t other : others->second)
        if (const auto why = likeness(one, remembered_.at(other)); why && (!found || *why < found->first))
          found.emplace(*why, other);
    }
    if (found) {
      static constexpr std::string_view codes[] = {"pnr.maybe-same-swapped", "pnr.maybe-same-coordination",
                                                   "pnr.maybe-same-no-number", "pnr.maybe-same"};
      const std::size_t number = column_of("identity_number"), at = number == none ? column_of("local_id") : number;
      say(codes[static_cast<std::size_t>(found->first)], row, at, cell_at(row, at), {participant_reference(found->second)},
          record.person);
    }
    remember(std::move(one), record.person);
  }
  void remember(Likeable one, std::uint32_t person) {
    for (const std::string& key : {birth_key(one), whole_key(one)})
      if (!key.empty()) doubles_[key].push_back(person);
    remembered_.emplace(person, std::move(one));
  }

  ImportJob& job_;
  const TablePlan& plan_;
  RowSieve sieve_;
  PeopleByName people_by_name_;
  ControlTotals totals_;
  DateFrame frame_{}, birth_frame_{};
  std::map<std::size_t, DatesInDoubt> dates_in_doubt_;  // by column
  std::optional<std::pair<int, int>> from_to_;  // of the row's cell of hours, where that says times of day
  HoursInDoubt in_doubt_;
  std::vector<TimeColumn> time_columns_;
  std::vector<std::size_t> row_totals_, remarks_;
  std::size_t amount_ = none;  ///< of the columns: the hours of each time column in turn
  const ChoiceList* absences_ = nullptr;
  std::vector<Column> columns_;
  std::size_t number_ = none, entry_ = none;
  std::optional<PersonalIdentityNumber> parsed_number_;
  std::optional<Date> entered_on_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> doubles_;  // by birth date and given name, and by the whole name
  std::unordered_map<std::uint32_t, Likeable> remembered_;
  bool doubles_ready_ = false, survey_ = false, month_of_all_ = false;
};

std::string key_of(const Record& record, const std::vector<std::string>& fields) {
  std::string key = std::to_string(record.person);
  for (const std::string& field : fields) {
    const std::string* value = record.find(field == "person" ? "staff_id"
                                           : field == "day"  ? (record.find("date") ? "date" : "month")
                                                             : field);
    if (field == "project") continue;
    key += '\x1f';
    if (value) key += *value;
  }
  return key;
}

// The column in which the row says whom it is about.
std::size_t naming_column(const Record& record) {
  for (const std::string_view key : {"identity_number", "participant", "local_id", "staff_id"})
    for (const FieldValue& value : record.values)
      if (value.field == key) return value.column;
  return 0;
}

bool same_values(const Record& a, const Record& b) {
  if (a.values.size() != b.values.size()) return false;
  for (const FieldValue& value : a.values) {
    const std::string* other = b.find(value.field);
    if (!other || *other != value.value) return false;
  }
  return true;
}

// The day a row says that somebody left; what is stored of that stay knows it where the register does not (results).
std::optional<Date> exit_of(const ImportJob& job, const Record& record, Date entered) {
  if (const std::string* exit = record.find("exit_date"))
    if (const auto day = Date::parse(*exit)) return *day;
  if (record.person < job.known.size())
    for (const Period& spell : job.known[record.person].each)
      if (spell.first == entered) return spell.last;
  return std::nullopt;
}

// Two rows of one person in one register are the same row, or stays that lie apart; and the person is one.
bool contradict(const ImportJob& job, const Record& a, const Record& b) {
  for (const char* field : {"birth_date", "gender", "protected_identity"}) {
    const std::string *one = a.find(field), *other = b.find(field);
    if (one && other && *one != *other) return true;
  }
  const std::string *from_a = a.find("entry_date"), *from_b = b.find("entry_date");
  const auto day_a = Date::parse(from_a ? *from_a : ""), day_b = Date::parse(from_b ? *from_b : "");
  if (!day_a || !day_b || *day_a == *day_b) return true;
  const bool a_first = *day_a < *day_b;
  const auto left = a_first ? exit_of(job, a, *day_a) : exit_of(job, b, *day_b);
  return !left || *left >= (a_first ? *day_b : *day_a);
}

}  // namespace

std::unique_ptr<RowReader> record_rows(ImportJob& job, const TablePlan& plan) {
  return std::make_unique<RecordRows>(job, plan);
}

void check_records(ImportJob& job) {
  auto& records = job.draft.records;
  const RecordKind kind = job.draft.kind;
  const bool participants = kind == RecordKind::Participants;
  NumberIndex rows_of;  // a person's first row
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> further_rows;
  std::unordered_map<std::string, std::uint32_t> keys;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Record& record = records[i];
    std::uint32_t first = nobody;
    const auto here = static_cast<std::uint32_t>(kept);
    if (participants) {
      // Nearly everybody stands once; the rows of the others are looked through.
      if (const auto* known = rows_of.find(std::uint64_t{record.person} + 1)) {
        std::vector<std::uint32_t>& further = further_rows[*known];
        const auto look_for = [&](auto&& is) {
          if (first == nobody && is(records[*known])) first = *known;
          for (const std::uint32_t row : further)
            if (first == nobody && is(records[row])) first = row;
        };
        look_for([&](const Record& other) { return same_values(other, record); });
        look_for([&](const Record& other) { return contradict(job, other, record); });
        if (first == nobody) further.push_back(here);
      } else {
        rows_of.insert(std::uint64_t{record.person} + 1, here);
      }
    } else {
      // Several hours of one day in one activity are several facts, unless they are the same row again, however it is spelled.
      const auto [known, fresh] =
          keys.emplace(kind == RecordKind::StaffTime ? staff_said_alike(record) : key_of(record, job.schema().key), here);
      if (!fresh) first = known->second;
    }
    if (first != nobody) {
      const Record& before = records[first];
      const bool same = kind == RecordKind::StaffTime || same_values(before, record);
      {
        const std::string& sheet = job.draft.sheets[before.origin.sheet];
        const std::string place = (sheet.empty() ? "" : sheet + "!") + cell_name(before.origin.row, naming_column(before));
        const bool merged = same && kind != RecordKind::StaffTime;
        job.trouble.enter_sheet(record.origin.sheet);
        job.trouble.at(same ? "row.twice" : "row.contradiction", record.origin.row, naming_column(record), {}, {place},
                       record.person == nobody ? std::string() : participant_reference(record.person),
                       merged ? std::optional(Level::Notice) : std::nullopt);
        --job.draft.rows_read;
        merged ? ++job.draft.rows_left_out : ++job.draft.rows_refused;
        if (kind == RecordKind::StaffTime)
          if (const std::string* hours = record.find("hours"))
            if (const auto minutes = decimal_of(*hours)) job.draft.minutes_seen -= whole_of(*minutes).value_or(0);
        continue;
      }
    }
    if (kept != i) records[kept] = std::move(records[i]);
    ++kept;
  }
  records.resize(kept);
}

}  // namespace horisont
