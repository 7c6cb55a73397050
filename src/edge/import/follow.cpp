#include "edge/import/follow.h"

#include <algorithm>

#include "edge/files/files.h"
#include "edge/import/values.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

// In the place of what a row is about, for a cell of which it is not known.
constexpr const char* of_nobody = "-";

}  // namespace

RowKeys::RowKeys(const ImportJob& job, const TablePlan& plan) : job_(job), plan_(plan), columns_(plan.columns) {
  std::vector<std::string> keys = job.schema().key;
  // Two turns of one day are told apart by when they begin.
  if (job.schema().kind == RecordKind::Attendance) keys.push_back("start_time");
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (columns_[c].field < 0) continue;
    const std::string& field = job.schema().fields[static_cast<std::size_t>(columns_[c].field)].key;
    if (field == "identity_number") number_ = static_cast<int>(c);
    if (field == "participant" || field == "local_id" || field == "staff_id") reference_ = static_cast<int>(c);
    if (field == "name" || field == "family_name" || field == "given_name") names_.push_back(c);
    const std::string as_key = field == "date" || field == "month" ? "day" : field;
    if (field != "project" && field != "staff_id" && std::find(keys.begin(), keys.end(), as_key) != keys.end())
      others_.push_back(c);
  }
  // The columns may stand in another order.
  std::sort(others_.begin(), others_.end(), [&](std::size_t a, std::size_t b) { return columns_[a].field < columns_[b].field; });
}

const CellView& RowKeys::cell(const RowView& row, int column) const {
  static constexpr CellView empty;
  return column < 0 ? empty : cell_at(row, static_cast<std::size_t>(column));
}

std::string RowKeys::whom(const RowView& row) const {
  std::string name;
  for (const std::size_t c : names_) {
    const std::string text = text_of_cell(cell_at(row, c), false).text;
    if (!text.empty()) name += (name.empty() ? "" : ", ") + text;
  }
  // Who is known is known by number whatever the row says, so that a file with references follows one with numbers.
  const auto known = [&](std::uint32_t person) {
    const Person& one = job_.draft.people[person];
    return one.number && one.number->names_one_person() ? one.number->digits() : participant_reference(person);
  };
  if (const CellView& written = cell(row, number_); !is_empty(written)) {
    const auto parsed = PersonalIdentityNumber::parse(identity_text(written), job_.options.today);
    if (!parsed) return heading_key(text_of_cell(written, false).text);
    const std::uint32_t person = job_.people.by_number(parsed->number, name);
    if (person != nobody) return known(person);
    return parsed->number.digits() + (parsed->number.names_one_person() ? "" : " " + name_key(name));
  }
  if (const CellView& written = cell(row, reference_); !is_empty(written)) {
    const std::string text = text_of_cell(written, false).text;
    const std::uint32_t person = job_.draft.kind == RecordKind::StaffTime ? nobody : job_.people.by_reference(text);
    return person != nobody ? known(person) : heading_key(text);
  }
  return name_key(name);
}

std::string RowKeys::normal(const CellView& value, std::size_t column) const {
  const ImportField& field = job_.schema().fields[static_cast<std::size_t>(columns_[column].field)];
  const auto as = [&](const Reading<std::int32_t>& read) {
    return read.error.empty() ? std::to_string(read.value) : heading_key(shown(value, plan_.date1904));
  };
  if (is_empty(value)) return {};
  if (field.type == FieldType::Date) return as(read_day(value, plan_.date1904, plan_.facts[column], date_frame(job_)));
  if (field.type == FieldType::Month) return as(read_month(value, plan_.date1904, date_frame(job_)));
  if (field.type == FieldType::Time) return as(read_clock(value));
  return heading_key(text_of_cell(value, plan_.date1904).text);
}

std::string RowKeys::of(const RowView& row) const {
  std::string key = whom(row);
  if (key.empty() && !plan_.people_as_columns) return {};
  for (const std::size_t c : others_) {
    key += '\x1f' + job_.schema().fields[static_cast<std::size_t>(columns_[c].field)].key + '\x1f';
    key += normal(cell_at(row, c), c);
  }
  return sha256_of(key).substr(0, 32);
}

bool RowKeys::heads(const RowView& row) {
  const int naming = number_ >= 0 ? number_ : reference_ >= 0 ? reference_ : names_.empty() ? -1 : static_cast<int>(names_[0]);
  if (!plan_.days_as_columns || naming < 0) return false;
  const CellView& first = cell(row, naming);
  if (first.kind != CellView::Kind::Text || first.text.empty() ||
      heading_key(first.text) != plan_.columns[static_cast<std::size_t>(naming)].key)
    return false;
  std::vector<ColumnPlan> days = day_headings(head_row(row, plan_.date1904));
  if (days.empty()) return false;
  days.resize(std::max(days.size(), columns_.size()));
  for (std::size_t c = 0; c < columns_.size(); ++c)
    if (columns_[c].field >= 0) days[c] = columns_[c];
  columns_ = std::move(days);
  return true;
}

std::string RowKeys::heading(std::size_t column) const {
  const ColumnPlan& plan = columns_[column];
  if (plan.date) return Date::of_days(*plan.date).iso();
  if (plan.day == 0) return plan.heading;
  if (!plan_.month || plan.day > plan_.month->last().day()) return {};
  return Date::of_days(plan_.month->first().days() + plan.day - 1).iso();
}

FixSearch::FixSearch(std::vector<CellFix>& fixes) : fixes_(fixes), found_(fixes.size()), why_(fixes.size(), ImportDraft::FixUse::State::NotRead) {}

bool FixSearch::needed() const {
  return std::any_of(fixes_.begin(), fixes_.end(), [](const CellFix& fix) {
    return fix.astray ? !fix.of_row.empty() && fix.of_row != of_nobody : fix.of_row.empty();
  });
}

bool FixSearch::is_of_a_fix(const std::string& key, const std::string& sheet, std::uint32_t row) const {
  return std::any_of(fixes_.begin(), fixes_.end(), [&](const CellFix& fix) {
    return fix.astray ? fix.of_row == key : fix.row == row && fix.sheet == sheet;
  });
}

void FixSearch::row(const std::string& key, const std::string& sheet, std::uint32_t row) {
  for (std::size_t i = 0; i < fixes_.size(); ++i) {
    CellFix& fix = fixes_[i];
    if (!fix.leaves_out) continue;
    if (!fix.astray && fix.of_row.empty() && fix.row == row && fix.sheet == sheet) fix.of_row = key.empty() ? of_nobody : key;
    if (fix.astray && !key.empty() && fix.of_row == key) found_[i].row = true, found_[i].cells.push_back({sheet, row, 1});
  }
}

void FixSearch::cell(const std::string& key, const std::string& heading, const std::string& sheet, std::uint32_t row,
                     std::uint32_t column) {
  for (std::size_t i = 0; i < fixes_.size(); ++i) {
    CellFix& fix = fixes_[i];
    if (fix.leaves_out) continue;
    if (!fix.astray) {
      if (fix.of_row.empty() && fix.row == row && fix.column == column && fix.sheet == sheet)
        fix.of_row = key.empty() ? of_nobody : key, fix.heading = heading;
      continue;
    }
    if (key.empty() || fix.of_row != key) continue;
    found_[i].row = true;
    if (!heading.empty() && heading_key(heading) == heading_key(fix.heading)) found_[i].cells.push_back({sheet, row, column});
  }
}

void FixSearch::settle() {
  using State = ImportDraft::FixUse::State;
  for (std::size_t i = 0; i < fixes_.size(); ++i) {
    CellFix& fix = fixes_[i];
    const Found& found = found_[i];
    if (!fix.astray) {
      if (fix.of_row.empty()) fix.of_row = of_nobody;
    } else if (!found.row) {
      why_[i] = State::RowGone;
    } else if (found.cells.empty()) {
      why_[i] = State::HeadingGone;
    } else if (found.cells.size() > 1) {
      why_[i] = State::Several;
    } else {
      fix.sheet = found.cells[0].sheet, fix.row = found.cells[0].row, fix.column = found.cells[0].column, fix.astray = false;
    }
  }
}

}  // namespace horisont
