#include "core/reports/behind.h"

#include <algorithm>
#include <set>

#include "core/funding/claim.h"
#include "core/reports/cells.h"
#include "core/reports/measures.h"

namespace horisont {
namespace {

constexpr std::string_view first_line = "horisont-behind/1\n";
// A cell's byte: what it counted, what sort of text it holds (the canonical text of all four is alike), and whether it counted
// the same as the cell before it.
constexpr std::uint8_t counted_bits = 0x0F, text_shift = 4, text_bits = 0x30, same_list = 0x80;

std::uint8_t text_sort(const Cell::Value& value) {
  return std::holds_alternative<Reference>(value)  ? 1
         : std::holds_alternative<Identity>(value) ? 2
         : std::holds_alternative<Hash>(value)     ? 3
                                                   : 0;
}

void become(Cell::Value& value, int sort) {
  auto* text = std::get_if<std::string>(&value);
  if (!text || sort == 0) return;
  std::string words = std::move(*text);
  if (sort == 1) value = Reference{std::move(words)};
  if (sort == 2) value = Identity{std::move(words)};
  if (sort == 3) value = Hash{std::move(words)};
}

// Whole numbers in as few bytes as they need, small ones of either sign in one; texts behind their length.
class Packer {
 public:
  std::string bytes{first_line};

  void number(std::int64_t value) {
    auto rest = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
    for (; rest >= 0x80; rest >>= 7) bytes += static_cast<char>(rest | 0x80);
    bytes += static_cast<char>(rest);
  }
  void text(std::string_view value) {
    number(static_cast<std::int64_t>(value.size()));
    bytes += value;
  }
  void both(const Bilingual& value) { text(value.sv), text(value.en); }
  void message(const Message& value) {
    text(value.id);
    each(value.values, [&](const std::string& one) { text(one); });
  }
  void origin(const Origin& value) {
    number(value.import), number(value.sheet), number(value.row), number(value.column), number(value.correction);
  }
  template <class List, class Write>
  void each(const List& list, Write&& write) {
    number(std::ssize(list));
    for (const auto& one : list) write(one);
  }
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {
    if (rest_.starts_with(first_line))
      rest_.remove_prefix(first_line.size());
    else
      sound = false;
  }
  bool sound = true;
  bool at_end() const { return rest_.empty(); }

  std::int64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; sound; shift += 7) {
      if (rest_.empty() || shift > 63) return sound = false, 0;
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) break;
    }
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
  }
  std::uint8_t byte() {
    if (rest_.empty()) return sound = false, std::uint8_t{0};
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  template <class T>
  T as() {
    return static_cast<T>(number());
  }
  /// One of the words of an enumeration, of which `last` is the last.
  template <class T>
  T one_of(T last) {
    const std::int64_t value = number();
    if (value < 0 || value > static_cast<std::int64_t>(last)) return sound = false, T{};
    return static_cast<T>(value);
  }
  // A length can be no more than what is left: every element takes a byte.
  std::size_t length() {
    const std::int64_t value = number();
    if (value < 0 || static_cast<std::uint64_t>(value) > rest_.size()) sound = false;
    return sound ? static_cast<std::size_t>(value) : 0;
  }
  std::string text() {
    const std::size_t size = length();
    std::string value(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return value;
  }
  Bilingual both() {
    std::string sv = text();
    return {std::move(sv), text()};
  }
  Message message() {
    Message value{text(), {}};
    each([&] { value.values.push_back(text()); });
    return value;
  }
  Origin origin() {
    Origin value;
    value.import = as<std::uint32_t>();
    value.sheet = as<std::uint16_t>();
    value.row = as<std::uint32_t>();
    value.column = as<std::uint16_t>();
    value.correction = as<std::uint16_t>();
    return value;
  }
  template <class Read>
  void each(Read&& read) {
    for (std::size_t n = length(); n > 0 && sound; --n) read();
  }

 private:
  std::string_view rest_;
};

// Which of so many things are used, and where each of those stands among the used ones.
class Used {
 public:
  explicit Used(std::size_t size) : place_(size) {}
  void mark(std::uint32_t one) {
    if (one < place_.size()) place_[one] = 1;
  }
  void settle() {
    std::uint32_t next = 0;
    for (std::uint32_t& place : place_) place = place ? ++next : 0;
  }
  /// From 1; 0: not used, nobody.
  std::uint32_t operator[](std::uint32_t one) const { return one < place_.size() ? place_[one] : 0; }
  template <class Visit>
  void each(Visit&& visit) const {
    for (std::uint32_t one = 0; one < place_.size(); ++one)
      if (place_[one]) visit(one);
  }

 private:
  std::vector<std::uint32_t> place_;
};

// Before the places of staff time that a percentage is of stand the rounding and the percentage.
constexpr std::size_t ahead(Cell::Counted kind) { return kind == Cell::Counted::StaffPercent ? 2 : 0; }
constexpr bool of_staff(Cell::Counted kind) { return kind == Cell::Counted::StaffRecords || kind == Cell::Counted::StaffPercent; }

template <class Visit>
void each_cell(const Report& report, Visit&& visit) {
  for (const Sheet& sheet : report.sheets) {
    each_row(sheet, [&](const std::vector<Cell>& row) {
      for (const Cell& cell : row) visit(cell);
    });
    for (const Cell& cell : sheet.totals) visit(cell);
  }
}

void pack_particulars(Packer& out, const Report& report) {
  out.text(report.kind), out.text(report.id), out.text(report.project), out.both(report.project_name);
  out.text(report.record_number), out.text(report.organisation), out.text(report.period);
  out.both(report.period_words), out.both(report.fund_text);
  out.number(report.today.days()), out.number(report.draft);
  out.each(report.notes, [&](const Message& note) { out.message(note); });
  out.each(report.names, [&](const auto& name) { out.text(name.first), out.both(name.second); });
  out.each(report.control, [&](const auto& line) { out.text(line.first), out.text(line.second); });
  out.each(report.checks, [&](const Report::Check& check) {
    out.message(check.what), out.number(check.in_report), out.number(check.in_register);
    out.number(check.minutes), out.number(check.money);
  });
  out.each(report.unverified,
           [&](const Report::Unverified& one) { out.text(one.what), out.text(one.value), out.text(one.where); });
  out.each(report.remaining, [&](const Report::Remaining& one) { out.message(one.what), out.number(one.number); });
}

// Those that stand before the checks.
Report unpack_heading(Unpacker& in) {
  Report report;
  report.kind = in.text(), report.id = in.text(), report.project = in.text(), report.project_name = in.both();
  report.record_number = in.text(), report.organisation = in.text(), report.period = in.text();
  report.period_words = in.both(), report.fund_text = in.both();
  report.today = Date::of_days(in.as<std::int32_t>()), report.draft = in.number() != 0;
  in.each([&] { report.notes.push_back(in.message()); });
  in.each([&] {
    std::string key = in.text();
    report.names.emplace_back(std::move(key), in.both());
  });
  in.each([&] {
    std::string label = in.text();
    report.control.emplace_back(std::move(label), in.text());
  });
  return report;
}

Report unpack_particulars(Unpacker& in) {
  Report report = unpack_heading(in);
  in.each([&] {
    Report::Check check{.what = in.message()};
    check.in_report = in.number(), check.in_register = in.number();
    check.minutes = in.number() != 0, check.money = in.number() != 0;
    report.checks.push_back(std::move(check));
  });
  in.each([&] {
    Report::Unverified one;
    one.what = in.text(), one.value = in.text(), one.where = in.text();
    report.unverified.push_back(std::move(one));
  });
  in.each([&] {
    Report::Remaining one{.what = in.message()};
    one.number = in.number();
    report.remaining.push_back(std::move(one));
  });
  return report;
}

}  // namespace

const Behind::Person* Behind::of(std::uint32_t person) const {
  const auto found =
      std::lower_bound(persons.begin(), persons.end(), person, [](const Person& p, std::uint32_t n) { return p.person < n; });
  return found != persons.end() && found->person == person ? &*found : nullptr;
}

std::string freeze(const Report& report, std::span<const ReportInput* const> projects) {
  const std::vector<Beginning> begin = beginnings(projects);
  const Beginning end = begin.back();
  // The project that a person, or a record, belongs to.
  const auto project_of = [&](std::uint32_t one, std::uint32_t Beginning::*part) {
    std::size_t project = 0;
    while (one >= begin[project + 1].*part) ++project;
    return project;
  };
  Used persons(end.persons), times(end.times), staff(end.staff);
  each_cell(report, [&](const Cell& cell) {
    for (std::size_t i = ahead(cell.counted_kind); i < cell.counted.size(); ++i) {
      const std::uint32_t one = cell.counted[i];
      if (cell.counted_kind == Cell::Counted::Persons) persons.mark(one);
      if (of_staff(cell.counted_kind)) staff.mark(one);
      if (cell.counted_kind != Cell::Counted::TimeRecords || one >= end.times) continue;
      const std::size_t project = project_of(one, &Beginning::times);
      times.mark(one), persons.mark(begin[project].persons + projects[project]->times[one - begin[project].times].person);
    }
  });
  persons.settle(), times.settle(), staff.settle();

  Packer out;
  pack_particulars(out, report);
  out.each(report.sheets, [&](const Sheet& sheet) {
    out.number(static_cast<std::int64_t>(row_count(sheet)));
    const auto line = [&](const std::vector<Cell>& cells) {
      const Cell* before = nullptr;
      for (const Cell& cell : cells) {
        const bool same = before && cell.counted_kind == before->counted_kind && cell.counted == before->counted;
        out.bytes += static_cast<char>(static_cast<std::uint8_t>(cell.counted_kind) | text_sort(cell.value) << text_shift |
                                       (same ? same_list : 0));
        if (cell.counted_kind == Cell::Counted::None) continue;
        if (!same) {
          const Used* of = cell.counted_kind == Cell::Counted::Persons        ? &persons
                           : cell.counted_kind == Cell::Counted::TimeRecords  ? &times
                           : of_staff(cell.counted_kind)                      ? &staff
                                                                              : nullptr;
          std::int64_t last = 0;
          std::size_t before_places = ahead(cell.counted_kind);
          out.each(cell.counted, [&](std::uint32_t one) {
            const bool is_place = before_places == 0 || before_places-- == 0;
            const std::int64_t place = of && is_place ? (*of)[one] : one;
            out.number(place - last);
            last = place;
          });
        }
        before = &cell;
      }
    };
    each_row(sheet, line);
    out.number(!sheet.totals.empty());
    line(sheet.totals);
  });

  std::vector<const LedgerLine*> judged(end.times);
  std::vector<std::int64_t> accepted(end.persons);
  std::vector<PersonIndex> index;
  std::vector<std::uint16_t> activities{0};
  for (std::size_t i = 0; i < projects.size(); ++i) {
    const ReportInput& input = *projects[i];
    index.emplace_back(input.participations);
    activities.push_back(static_cast<std::uint16_t>(activities.back() + input.project.activities.size()));
    for (const LedgerLine& line : input.hours.lines) {
      judged[begin[i].times + line.record] = &line;
      const TimeRecord& record = input.times[line.record];
      if (record.day <= report.today.days()) accepted[begin[i].persons + record.person] += line.accepted;
    }
  }
  std::set<std::uint32_t> imports;
  std::set<std::int32_t> months;
  std::vector<std::uint32_t> list;
  persons.each([&](std::uint32_t one) { list.push_back(one); });
  out.each(list, [&](std::uint32_t one) {
    const std::size_t project = project_of(one, &Beginning::persons);
    const std::uint32_t person = one - begin[project].persons;
    const auto place = index[project][person];
    out.number(one), out.number(person), out.number(std::ssize(projects.first(project)));
    out.number(place.has_value()), out.number(accepted[one]);
    if (!place) return;
    const Participation& p = projects[project]->participations[*place];
    const Decision& decision = projects[project]->decisions[*place];
    const Origin& origin = p.entered_on ? p.entered_on->origin : p.origin;
    imports.insert(origin.import);
    out.number(static_cast<int>(decision.verdict)), out.text(codes_of(decision)), out.origin(origin);
  });
  list.clear();
  times.each([&](std::uint32_t one) { list.push_back(one); });
  std::int64_t last_person = 0, last_day = 0, last_row = 0, last_import = 0;
  out.each(list, [&](std::uint32_t one) {
    const std::size_t project = project_of(one, &Beginning::times);
    const TimeRecord& record = projects[project]->times[one - begin[project].times];
    const LedgerLine* line = judged[one];
    const std::int64_t person = begin[project].persons + record.person;
    out.number(person - last_person), out.number(record.day - last_day), out.number(record.start);
    out.number(activities[project] + record.activity), out.number((record.flags & TimeMonthly) != 0), out.number(record.minutes);
    out.number(line ? line->refused : 0), out.number(line ? static_cast<int>(line->reason) : 0);
    out.number(record.origin.import - last_import), out.number(record.origin.sheet);
    out.number(record.origin.row - last_row), out.number(record.origin.column), out.number(record.origin.correction);
    if (record.origin.import != last_import) imports.insert(record.origin.import);
    if (record.day != last_day) months.insert(Month::containing(Date::of_days(record.day)).number());
    last_person = person, last_day = record.day, last_row = record.origin.row, last_import = record.origin.import;
  });
  list.clear();
  staff.each([&](std::uint32_t one) { list.push_back(one); });
  out.each(list, [&](std::uint32_t one) {
    const std::size_t project = project_of(one, &Beginning::staff);
    const ReportInput& input = *projects[project];
    const std::uint32_t at = one - begin[project].staff;
    const StaffTime& time = input.staff[at];
    const StaffLine none{.record = at};
    const StaffLine& line = input.staff_hours && at < input.staff_hours->lines.size() ? input.staff_hours->lines[at] : none;
    const auto* rate = unit_cost(input.programme, time.function, input.project.rate_area, Date::of_days(time.day));
    out.text(time.staff_id), out.text(time.employer), out.text(time.function), out.number(time.day), out.number(time.monthly);
    out.number(time.minutes.count()), out.number(line.accepted), out.number(line.refused);
    out.number(static_cast<int>(line.reason)), out.number(rate ? rate->value.per_hour.ore() : -1), out.origin(time.origin);
    imports.insert(time.origin.import);
    months.insert(Month::containing(Date::of_days(time.day)).number());
  });
  std::vector<const SourceFile*> files;
  std::vector<Bilingual> names;
  std::string rule_sets;
  out.number(std::ssize(projects) * std::ssize(months));
  for (std::size_t i = 0; i < projects.size(); ++i) {
    const ReportInput& input = *projects[i];
    for (const std::int32_t number : months) {
      const Date on = Month::of(number / 12, number % 12 + 1)->last();
      const auto* rounding = input.programme.whole_hours_rounding.on(on);
      const auto* level = input.programme.whole_hours_level.on(on);
      out.number(std::ssize(projects.first(i))), out.number(number);
      out.number(static_cast<int>(rounding ? rounding->value : Rounding::Down));
      out.number(static_cast<int>(level ? level->value : RoundingLevel::Month));
    }
    for (std::size_t a = 0; a < input.project.activities.size(); ++a)
      names.push_back(report_name(input.project, static_cast<std::uint8_t>(a)));
    for (const SourceFile& file : input.files)
      if (imports.erase(file.import) > 0) files.push_back(&file);
    const std::string rule_set = input.rule_set + (input.rule_set_sha256.empty() ? "" : ", ") + input.rule_set_sha256;
    if (rule_sets.find(rule_set) == std::string::npos) rule_sets += (rule_sets.empty() ? "" : "; ") + rule_set;
  }
  out.each(names, [&](const Bilingual& name) { out.both(name); });
  out.each(files, [&](const SourceFile* file) {
    out.number(file->import), out.text(file->reference), out.text(file->name), out.text(file->sha256);
    out.each(file->sheets, [&](const std::string& sheet) { out.text(sheet); });
  });
  out.text(rule_sets);
  out.each(projects, [&](const ReportInput* input) { out.text(input->project.key); });
  return std::move(out.bytes);
}

std::vector<std::pair<std::string, std::string>> control_of(std::string_view beginning) {
  Unpacker in(beginning);
  Report heading = unpack_heading(in);
  if (!in.sound) heading.control.clear();
  return std::move(heading.control);
}

std::optional<FrozenReport> thaw(std::string_view sheets_text, std::string_view frozen) {
  Unpacker in(frozen);
  FrozenReport made{unpack_particulars(in), {}};
  auto sheets = sheets_of(sheets_text);
  if (!sheets || !in.sound) return std::nullopt;
  made.report.sheets = std::move(*sheets);
  if (in.length() != made.report.sheets.size()) return std::nullopt;
  for (Sheet& sheet : made.report.sheets) {
    const std::size_t body = in.length();
    // The last line may be a row of its own that has the role of a total.
    const auto line = [&](std::vector<Cell>& cells) {
      const Cell* before = nullptr;
      for (Cell& cell : cells) {
        const std::uint8_t byte = in.byte();
        const auto kind = static_cast<std::uint8_t>(byte & counted_bits);
        if (kind > static_cast<std::uint8_t>(Cell::Counted::StaffPercent)) in.sound = false;
        if (!in.sound) return;
        cell.counted_kind = static_cast<Cell::Counted>(kind);
        become(cell.value, (byte & text_bits) >> text_shift);
        if (cell.counted_kind == Cell::Counted::None) continue;
        if (byte & same_list) {
          if (!before) return void(in.sound = false);
          cell.counted = before->counted;
        } else {
          const bool places = cell.counted_kind == Cell::Counted::Persons || cell.counted_kind == Cell::Counted::TimeRecords ||
                              of_staff(cell.counted_kind);
          std::int64_t last = 0;
          in.each([&] {
            last += in.number();
            const bool is_place = places && cell.counted.size() >= ahead(cell.counted_kind);
            cell.counted.push_back(static_cast<std::uint32_t>(is_place ? last - 1 : last));
          });
        }
        before = &cell;
      }
    };
    if (sheet.rows.size() == body + 1 && !sheet.roles.empty() && sheet.roles.back() == Role::Total) {
      sheet.totals = std::move(sheet.rows.back());
      sheet.rows.pop_back(), sheet.roles.pop_back();
      if (std::all_of(sheet.roles.begin(), sheet.roles.end(), [](Role role) { return role == Role::Body; })) sheet.roles.clear();
    }
    if (sheet.rows.size() != body) return std::nullopt;
    for (auto& row : sheet.rows) line(row);
    if (in.number() != (sheet.totals.empty() ? 0 : 1)) return std::nullopt;
    line(sheet.totals);
  }
  Behind& behind = made.behind;
  in.each([&] {
    Behind::Person person;
    person.person = in.as<std::uint32_t>(), person.number = in.as<std::uint32_t>(), person.project = in.as<std::uint32_t>();
    person.registered = in.number() != 0, person.accepted = in.number();
    if (person.registered) {
      person.verdict = in.one_of(Verdict::Undecided), person.codes = in.text(), person.origin = in.origin();
    }
    behind.persons.push_back(std::move(person));
  });
  std::int64_t last_person = 0, last_day = 0, last_row = 0, last_import = 0;
  in.each([&] {
    Behind::Time time;
    time.person = static_cast<std::uint32_t>(last_person += in.number());
    time.day = static_cast<std::int32_t>(last_day += in.number());
    time.start = in.as<std::int16_t>(), time.activity = in.as<std::uint16_t>(), time.monthly = in.number() != 0;
    time.reported = in.number(), time.refused = in.number(), time.accepted = time.reported - time.refused;
    time.reason = in.one_of(last_reason);
    time.origin.import = static_cast<std::uint32_t>(last_import += in.number()), time.origin.sheet = in.as<std::uint16_t>();
    time.origin.row = static_cast<std::uint32_t>(last_row += in.number()), time.origin.column = in.as<std::uint16_t>();
    time.origin.correction = in.as<std::uint16_t>();
    behind.times.push_back(time);
  });
  in.each([&] {
    Behind::Staff one;
    one.staff_id = in.text(), one.employer = in.text(), one.function = in.text();
    one.day = in.as<std::int32_t>(), one.monthly = in.number() != 0;
    one.reported = in.number(), one.accepted = in.number(), one.refused = in.number(), one.reason = in.one_of(last_reason);
    if (const std::int64_t ore = in.number(); ore >= 0) one.per_hour = Money::of_ore(ore);
    one.origin = in.origin();
    behind.staff.push_back(std::move(one));
  });
  in.each([&] {
    Behind::Hours hours;
    hours.project = in.as<std::uint32_t>(), hours.month = in.as<std::int32_t>();
    hours.rounding = in.one_of(Rounding::HalfUp), hours.level = in.one_of(RoundingLevel::Period);
    behind.hours.push_back(hours);
  });
  in.each([&] { behind.activities.push_back(in.both()); });
  in.each([&] {
    SourceFile file;
    file.import = in.as<std::uint32_t>(), file.reference = in.text(), file.name = in.text(), file.sha256 = in.text();
    in.each([&] { file.sheets.push_back(in.text()); });
    behind.files.push_back(std::move(file));
  });
  behind.rule_set = in.text();
  in.each([&] { behind.projects.push_back(in.text()); });
  if (!in.sound || !in.at_end()) return std::nullopt;
  return made;
}

}  // namespace horisont
