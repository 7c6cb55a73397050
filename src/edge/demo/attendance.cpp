#include "edge/demo/attendance.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/values/clock.h"

namespace horisont::demo {
namespace {

constexpr int placement = 4;
constexpr std::int64_t first_start = 8 * 60 + 30;

// The words that offices use for one activity.
const std::array<std::vector<std::string>, 5>& activity_words() {
  static const std::array<std::vector<std::string>, 5> words{{{"individuellt stöd", "stödsamtal", "coachning"},
                                                              {"SYV", "studie- och yrkesvägledning", "vägledning"},
                                                              {"KBT"},
                                                              {"studiebesök"},
                                                              {"praktik", "arbetspraktik"}}};
  return words;
}
// Each office has its own word.
std::string word_for(int activity, const std::string& office) {
  const auto& words = activity_words()[static_cast<std::size_t>(activity)];
  return words[office.size() % words.size()];
}

std::string clock(std::int64_t minute) { return clock_text(static_cast<int>(minute)); }

// What becomes of the minutes of a visit that is read in, as far as its own participant decides; in the order in which the
// reasons count.
std::string reason_of(const Participant& who) {
  if (who.verdict == "not-eligible") return "not_eligible";
  return who.verdict == "undecided" ? "undecided" : "";
}

const Participant* somebody(const std::vector<const Participant*>& people, Lottery& lottery, auto&& fits) {
  const int start = lottery.between(0, static_cast<int>(people.size()) - 1);
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Participant* person = people[(static_cast<std::size_t>(start) + i) % people.size()];
    if (person->verdict.starts_with("eligible") && fits(*person)) return person;
  }
  return nullptr;
}

}  // namespace

std::vector<Visit> visits(Lottery& lottery, const std::vector<const Participant*>& people, Day first, Day last, int fewest,
                          int most) {
  std::vector<Visit> out;
  for (const Participant* person : people) {
    // What a person mostly comes for.
    const int main_activity = lottery.between(0, placement);
    for (Day month = first; month <= last;) {
      const auto [year, number, day] = ymd(month);
      const Day end = day_of(year, number, length_of_month(year, number));
      const Day from = std::max({month, person->entry, first}),
                to = std::min({end, last, person->exit < 0 ? last : person->exit});
      month = end + 1;
      std::vector<Day> days;
      for (Day candidate = from; candidate <= to; ++candidate)
        if (!is_free(candidate) && number != 7) days.push_back(candidate);
      lottery.shuffle(days);
      const auto wanted = static_cast<std::size_t>(lottery.between(fewest, most));
      if (days.size() > wanted) days.resize(wanted);
      for (const Day chosen : days) {
        Visit visit{person, chosen, lottery.chance(60) ? main_activity : lottery.between(0, placement), 0};
        visit.minutes = visit.activity == placement ? 30 * lottery.between(10, 16)
                        : visit.activity == 3       ? 30 * lottery.between(5, 10)
                                                    : 30 * lottery.between(2, 6);
        out.push_back(visit);
      }
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Visit& a, const Visit& b) { return a.day < b.day; });
  return out;
}

void write_list(const std::filesystem::path& folder, Manifest& manifest, Registry& registry, Lottery& lottery,
                const std::string& project, const ListHabits& habits, std::vector<Visit> all,
                const std::vector<const Participant*>& people) {
  Paper paper(manifest, project, "attendance", habits.file, habits.sheet, habits.form);
  std::vector<std::string> headings{"Datum", "Personnr", "Namn", "Aktivitet"};
  if (habits.clock) headings.insert(headings.end(), {"Från kl", "Till kl"});
  headings.insert(headings.end(), {habits.clock ? "Antal timmar" : "Timmar", "Handledare"});
  const std::uint32_t date_column = 1, person_column = 2, activity_column = 4, end_column = 6;
  const auto hours_column = static_cast<std::uint32_t>(headings.size()) - 1;
  const auto heading_row = [&] {
    std::vector<PlainCell> cells;
    for (const std::string& heading : headings) cells.push_back(text(heading, true));
    paper.row(std::move(cells));
  };
  if (!habits.title.empty()) {
    paper.title(habits.title, static_cast<std::uint32_t>(headings.size()));
    paper.gap();
  }
  heading_row();
  paper.widths({12, 15, 26, 26, 12, 16});

  std::int64_t sum = 0;
  const std::vector<std::string> supervisors{"Karin Berg", "Lars Holm", "Eva Lund", "Per Dahl"};
  const auto cells = [&](const Visit& visit, std::int64_t start, const Replacement& replaced = {}) {
    RowBuilder row(replaced);
    row.add([&] { return paper.dated(visit.day, habits.dates, "Datum"); });
    row.add([&] { return paper.number(visit.who->number, habits.numbers); });
    row.words(visit.who->name()).words(word_for(visit.activity, habits.file));
    if (habits.clock) row.words(clock(start)).words(clock(start + visit.minutes));
    row.add([&] { return hours(visit.minutes, habits.hours); });
    row.words(supervisors[static_cast<std::size_t>(visit.who->born) % supervisors.size()]);
    return row.row();
  };
  const auto write = [&](const Visit& visit, const std::string& reason, std::int64_t start = first_start) {
    sum += visit.minutes;
    manifest.minutes(project, reason, visit.minutes);
    return paper.data(cells(visit, start));
  };

  const auto plant = [&](ListFault fault, const Visit& near) {
    Visit visit = near;
    const auto refused = [&](std::uint32_t column, PlainCell cell, std::string code, std::string what) {
      paper.fault(paper.data(cells(visit, first_start, {column, std::move(cell)})), column, std::move(code), std::move(what));
    };
    // A day of somebody on which nothing else stands.
    const auto free_day = [&](const Participant& who, Day from) {
      std::set<Day> taken;
      for (const Visit& other : all)
        if (other.who == &who) taken.insert(other.day);
      Day day = working_day_from(from);
      while (taken.contains(day)) day = working_day_from(day + 1);
      return day;
    };
    const auto kept = [&](const Participant* who, Day day, std::string reason, std::string code, std::string what) {
      if (!who) return;
      visit = {who, day, 0, 120};
      paper.fault(write(visit, std::move(reason)), hours_column, std::move(code), std::move(what));
    };
    switch (fault) {
      case ListFault::UnknownPerson: {
        const Participant stranger = registry.someone(day_of(1993, 1, 1), day_of(1999, 12, 31));
        visit.who = &stranger;
        sum += visit.minutes;
        paper.fault(paper.data(cells(visit, first_start)), person_column, "row.unknown-person",
                    "somebody who is in no register");
        break;
      }
      case ListFault::CheckDigit: {
        std::string wrong = visit.who->number;
        wrong.back() = wrong.back() == '9' ? '0' : static_cast<char>(wrong.back() + 1);
        sum += visit.minutes;
        refused(person_column, text(wrong.substr(0, 8) + "-" + wrong.substr(8)), "pnr.check-digit",
                "the last digit of the number is wrong");
        break;
      }
      case ListFault::Over24:
        visit.minutes = 25 * 60;
        sum += visit.minutes;
        refused(hours_column, hours(visit.minutes, habits.hours), "hours.over-24", "25 hours on one day");
        break;
      case ListFault::Negative:
        sum -= 120;
        refused(hours_column, habits.hours == HoursForm::Number ? hours(-120, HoursForm::Number) : text("-2"), "hours.negative",
                "hours taken back by a negative row");
        break;
      case ListFault::UnknownActivity:
        sum += visit.minutes;
        refused(activity_column, text("fika och prat"), "choice.unknown", "an activity that the project does not have");
        break;
      case ListFault::NotInCalendar:
        sum += visit.minutes;
        refused(date_column, text(std::to_string(ymd(visit.day).year) + "-06-31"), "date.not-in-calendar",
                "attendance on 31 June");
        break;
      case ListFault::Twice: {
        sum += visit.minutes;
        paper.fault(paper.data(cells(visit, first_start)), hours_column, "row.twice", "the row above once more");
        break;
      }
      case ListFault::Contradiction:
        visit.minutes += 30;
        sum += visit.minutes;
        paper.fault(paper.data(cells(visit, first_start)), hours_column, "row.contradiction",
                    "the same start as the row above, another end");
        break;
      case ListFault::HoursAgainstClock:
        visit.day = free_day(*visit.who, visit.day);
        sum += visit.minutes + 60;
        refused(hours_column, hours(visit.minutes + 60, habits.hours), "hours.contradiction",
                "an hour more than the clock says");
        break;
      case ListFault::OverMidnight:
        visit.day = free_day(*visit.who, visit.day);
        sum += visit.minutes;
        refused(end_column, text("07:00"), "hours.over-midnight", "ends before it starts");
        break;
      case ListFault::BeforeEntry: {
        const Participant* who = somebody(people, lottery, [&](const Participant& p) { return p.entry > visit.day + 20; });
        kept(who, visit.day, "before_entry", "attendance.before-entry", "came before the entry date");
        break;
      }
      case ListFault::AfterExit: {
        const Participant* who =
            somebody(people, lottery, [&](const Participant& p) { return p.exit >= 0 && p.exit < visit.day - 20; });
        kept(who, visit.day, "after_exit", "attendance.after-exit", "came after the exit date");
        break;
      }
      case ListFault::OutsideProject: {
        const Participant* who = somebody(people, lottery, [&](const Participant& p) { return p.exit < 0; });
        kept(who, working_day_from(habits.project_end + 90), "outside_project", "attendance.outside-project",
             "a day after the project's end");
        break;
      }
      case ListFault::Overlap: {
        // Half an hour into the visit above; how much of it is funded is for the ledger to say.
        visit.activity = visit.activity == 0 ? 1 : 0;
        visit.minutes = 60;
        paper.fault(write(visit, reason_of(*visit.who), first_start + 30), hours_column, "attendance.overlap",
                    "two activities at the same time");
        break;
      }
      case ListFault::Implausible: {
        visit.day = free_day(*visit.who, visit.day);
        visit.minutes = 13 * 60;
        paper.fault(write(visit, reason_of(*visit.who)), hours_column, "hours.implausible", "13 hours on one day");
        break;
      }
    }
  };

  // Faults stand spread over the list, never two beside each other, behind a visit of somebody who is eligible.
  const std::size_t every = all.size() / (habits.faults.size() + 1) + 1;
  std::size_t planted = 0, saturdays = 0;
  bool rounded = !habits.rounded;
  for (std::size_t i = 0; i < all.size(); ++i) {
    Visit visit = all[i];
    const bool plain = visit.who->verdict.starts_with("eligible");
    if (habits.saturday && saturdays < 2 && plain && weekday(visit.day) == 5 &&
        (visit.who->exit < 0 || visit.who->exit > visit.day)) {
      ++saturdays, ++visit.day;
      paper.habit("day.weekend", "sheet");
      write(visit, "");
      continue;
    }
    if (!rounded && plain && i > all.size() / 2) {
      // A third of an hour as people type it: 7 h 20 min within a second or two, read as the nearest minute.
      rounded = true;
      manifest.minutes(project, reason_of(*visit.who), 440);
      paper.habit("hours.rounded-to-minute", "hours");
      paper.data(cells(visit, first_start, {hours_column, text("7,33")}));
      continue;
    }
    if (habits.repeated_heading && i == all.size() / 3) {
      heading_row();
      paper.habit("row.repeated-header");
    }
    write(visit, reason_of(*visit.who));
    if (planted < habits.faults.size() && i >= (planted + 1) * every - 1 && plain) plant(habits.faults[planted++], visit);
  }
  if (habits.sum) {
    std::vector<PlainCell> cells_of_sum(hours_column);
    cells_of_sum[activity_column - 1] = text("Summa", true);
    cells_of_sum[hours_column - 1] = hours(sum, habits.hours);
    paper.row(std::move(cells_of_sum));
    paper.habit("row.sum");
  }
  paper.save(folder);
}

void write_wide(const std::filesystem::path& folder, Manifest& manifest, Registry& registry, Lottery& lottery,
                const std::string& project, const WideHabits& habits, int year, int month, const std::vector<Visit>& all,
                const std::vector<const Participant*>& people) {
  Paper paper(manifest, project, "attendance", habits.file, habits.sheet, FileForm::Excel);
  const Day first = day_of(year, month, 1);
  const int length = length_of_month(year, month);
  const bool fault_behind_the_month =
      std::find(habits.faults.begin(), habits.faults.end(), WideFault::DayNotInMonth) != habits.faults.end();
  const int columns_of_days = fault_behind_the_month ? 31 : length;
  const std::uint32_t first_day = 4, total = first_day + static_cast<std::uint32_t>(columns_of_days);
  if (!habits.title.empty()) {
    paper.title(habits.title, total);
    paper.gap();
  }
  if (habits.weekdays_above) {
    static const std::array<std::string, 7> names{"må", "ti", "on", "to", "fr", "lö", "sö"};
    std::vector<PlainCell> above(first_day - 1);
    for (int d = 0; d < length; ++d) above.push_back(text(names[static_cast<std::size_t>(weekday(first + d) - 1)]));
    paper.row(std::move(above));
  }
  if (habits.groups_above) {
    std::vector<PlainCell> above(first_day);
    above[0] = text("Deltagare", true);
    above[first_day - 1] = text("Dag i månaden", true);
    paper.row(std::move(above));
    paper.merge(1, first_day - 1);
    paper.merge(first_day, total - 1);
  }
  std::vector<PlainCell> heading{text(habits.local_id ? "Löpnummer" : "Personnr", true), text("Namn", true),
                                 text("Aktivitet", true)};
  for (int d = 1; d <= columns_of_days; ++d) heading.push_back(whole(d));
  heading.push_back(text("Summa h", true));
  paper.row(std::move(heading));
  std::vector<double> widths{14, 26, 22};
  widths.resize(total - 1, 5.0);
  paper.widths(std::move(widths));
  const std::uint32_t top = paper.next_row();

  // One row for each person and activity, people by name as in the folder on the shelf.
  struct Row {
    const Participant* who;
    int activity;
    std::map<int, std::int64_t> minutes;  // by day
    std::string reason;
  };
  std::vector<Row> rows;
  {
    std::map<std::tuple<std::string, std::string, int>, Row> sorted;
    for (const Visit& visit : all) {
      Row& row = sorted[{visit.who->listed_name(), visit.who->number, visit.activity}];
      row.who = visit.who;
      row.activity = visit.activity;
      row.reason = reason_of(*visit.who);
      row.minutes[visit.day - first + 1] = visit.minutes;
    }
    for (auto& [key, row] : sorted) rows.push_back(std::move(row));
  }
  const auto excel_column = [](std::uint32_t column) {
    const std::string name = cell_name(1, column);
    return name.substr(0, name.size() - 1);
  };
  const auto sum_cell = [&](std::int64_t minutes, const std::string& range) -> PlainCell {
    if (!habits.formulas || habits.hours == HoursForm::Comma) return hours(minutes, habits.hours);
    if (habits.hours == HoursForm::Duration) return hours(minutes, HoursForm::Duration);
    return {PlainCell::Formula{"SUM(" + range + ")", decimal_hours(minutes, '.')}, false};
  };
  std::vector<std::int64_t> sums(static_cast<std::size_t>(columns_of_days) + 1, 0);
  const auto write = [&](const Row& row, std::map<int, PlainCell> special = {}) {
    std::vector<PlainCell> cells{habits.local_id ? text(row.who->local_id) : paper.number(row.who->number, habits.numbers),
                                 text(row.who->name()), text(word_for(row.activity, habits.sheet))};
    std::int64_t of_row = 0;
    for (int d = 1; d <= columns_of_days; ++d) {
      const auto instead = special.find(d);
      const auto stated = row.minutes.find(d);
      const std::int64_t minutes = stated == row.minutes.end() ? 0 : stated->second;
      of_row += minutes;
      sums[static_cast<std::size_t>(d) - 1] += minutes;
      if (instead != special.end())
        cells.push_back(instead->second);
      else
        cells.push_back(stated == row.minutes.end() ? PlainCell{} : hours(minutes, habits.hours));
    }
    sums.back() += of_row;
    const std::string line = std::to_string(paper.next_row());
    cells.push_back(sum_cell(of_row, excel_column(first_day) + line + ":" + excel_column(total - 1) + line));
    return paper.data(std::move(cells));
  };
  const auto minutes_of = [](const Row& row) {
    std::int64_t sum = 0;
    for (const auto& [day, minutes] : row.minutes) sum += minutes;
    return sum;
  };
  const auto column_of = [&](int day) { return first_day + static_cast<std::uint32_t>(day) - 1; };

  const auto plant = [&](WideFault fault, const Row& near) {
    // A row of its own for somebody listed here, on a working day in the middle of the month.
    Row extra{near.who, near.activity == 3 ? 0 : 3, {}, near.reason};
    const int day = working_day_from(first + 9) - first + 1;
    switch (fault) {
      case WideFault::UnknownPerson: {
        const Participant stranger = registry.someone(day_of(1993, 1, 1), day_of(1999, 12, 31));
        extra.who = &stranger;
        extra.minutes[day] = 120;
        paper.fault(write(extra), 1, "row.unknown-person", "somebody who is in no register");
        break;
      }
      case WideFault::Over24:
        extra.minutes[day] = 25 * 60;
        paper.fault(write(extra), column_of(day), "hours.over-24", "25 hours on one day");
        break;
      case WideFault::Negative:
        extra.minutes[day] = -120;
        paper.fault(write(extra, {{day, hours(-120, HoursForm::Number)}}), column_of(day), "hours.negative",
                    "hours taken back by a negative cell");
        break;
      case WideFault::DayNotInMonth:
        extra.minutes[31] = 120;
        paper.fault(write(extra), column_of(31), "day.not-in-month", "hours on the 31st of a month with 30 days");
        break;
      case WideFault::SumOff:
        break;  // in the sum row below
      case WideFault::BeforeEntry:
      case WideFault::AfterExit: {
        const bool before = fault == WideFault::BeforeEntry;
        const Participant* who = somebody(people, lottery, [&](const Participant& p) {
          return before ? p.entry > first + length + 20 : p.exit >= 0 && p.exit < first - 20;
        });
        if (!who) break;
        extra = {who, 0, {{day, 120}}, before ? "before_entry" : "after_exit"};
        manifest.minutes(project, extra.reason, 120);
        paper.fault(write(extra), column_of(day), before ? "attendance.before-entry" : "attendance.after-exit",
                    before ? "came before the entry date" : "came after the exit date");
        break;
      }
    }
  };

  const std::size_t every = rows.size() / (habits.faults.size() + 1) + 1;
  std::size_t planted = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    manifest.minutes(project, row.reason, minutes_of(row));
    std::map<int, PlainCell> absences;
    if (habits.absences && i % 17 == 5)
      for (int d = 8; d <= 12; ++d)
        if (!row.minutes.contains(d) && !is_free(first + d - 1) && first + d - 1 >= row.who->entry &&
            (row.who->exit < 0 || first + d - 1 <= row.who->exit)) {
          absences[d] = text(i % 2 == 0 ? "S" : "F");
          break;
        }
    write(row, absences);
    if (planted < habits.faults.size() && i >= (planted + 1) * every - 1 && row.who->verdict.starts_with("eligible"))
      plant(habits.faults[planted++], row);
  }
  std::vector<PlainCell> bottom{{}, text("Summa", true), {}};
  const std::string from = std::to_string(top), to = std::to_string(paper.next_row() - 1);
  bool to_be_off = std::find(habits.faults.begin(), habits.faults.end(), WideFault::SumOff) != habits.faults.end();
  for (int d = 1; d <= columns_of_days; ++d) {
    const std::string letter = excel_column(column_of(d));
    const std::int64_t sum = sums[static_cast<std::size_t>(d) - 1];
    if (to_be_off && sum > 0) {
      to_be_off = false;
      bottom.push_back(hours(sum + 30, habits.hours));
      paper.fault(paper.next_row(), column_of(d), "sum.mismatch", "half an hour more than the cells above");
      continue;
    }
    bottom.push_back(sum == 0 ? PlainCell{} : sum_cell(sum, letter + from + ":" + letter + to));
  }
  bottom.push_back(sum_cell(sums.back(), excel_column(total) + from + ":" + excel_column(total) + to));
  paper.row(std::move(bottom));
  paper.habit("row.sum");
  paper.save(folder);
}

}  // namespace horisont::demo
