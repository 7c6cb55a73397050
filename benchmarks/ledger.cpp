// The hours ledger alone, over the time records of a generated folder (benchmarks/ledger.py runs it beside pandas).
//
// Usage: ledger-benchmark DIR COPIES ROUNDS [shuffled]
//
// Every record of DIR/time_records.csv and every participant of DIR/participants.csv, COPIES times over with other people, goes
// through `ledger` with the operation, a cap of 13 hours a day and overlaps; everybody is eligible. Prints the median seconds
// of ROUNDS passes, the median processor seconds of them, and what became of the minutes. Reading the files is not measured.
#include "core/funding/ledger.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>
#include <string>
#include <unordered_map>

namespace {

using namespace horisont;

std::vector<std::string_view> cells(std::string_view line) {
  std::vector<std::string_view> found;
  for (std::size_t from = 0;;) {
    const std::size_t comma = line.find(',', from);
    found.push_back(line.substr(from, comma - from));
    if (comma == line.npos) return found;
    from = comma + 1;
  }
}

std::string text_of_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

template <class Row>
void each_row(const std::string& text, Row row) {
  std::size_t from = text.find('\n') + 1;  // after the heading
  for (std::uint32_t line = 2; from < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    row(line, cells(std::string_view(text).substr(from, end - from)));
    from = end + 1;
  }
}

int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}
std::int16_t minute_of(std::string_view clock) {
  return static_cast<std::int16_t>(number(clock.substr(0, 2)) * 60 + number(clock.substr(3, 2)));
}

struct Data {
  std::vector<Participation> people;
  std::vector<Decision> decisions;
  std::vector<TimeRecord> times;
};

Data read(const std::string& folder, std::uint32_t copies) {
  Data data;
  std::unordered_map<std::string, std::uint32_t> person_of;
  std::unordered_map<std::string, std::uint8_t> activity_of;
  each_row(text_of_file(folder + "/participants.csv"), [&](std::uint32_t, const std::vector<std::string_view>& cell) {
    Participation p;
    p.person = static_cast<std::uint32_t>(data.people.size());
    if (const auto day = Date::parse(cell[5])) p.entered_on = Known<Date>{*day, {}};
    if (const auto day = Date::parse(cell[6])) p.left_on = Known<Date>{*day, {}};
    person_of.emplace(cell[0], p.person);
    data.people.push_back(std::move(p));
  });
  each_row(text_of_file(folder + "/time_records.csv"), [&](std::uint32_t line, const std::vector<std::string_view>& cell) {
    const auto day = Date::parse(cell[1]);
    const auto person = person_of.find(std::string(cell[0]));
    const std::uint32_t nobody = static_cast<std::uint32_t>(data.people.size() * copies);
    const auto activity = static_cast<std::uint8_t>(activity_of.size());
    const std::int16_t start = minute_of(cell[3]), end = minute_of(cell[4]);
    data.times.push_back({.person = person == person_of.end() ? nobody : person->second,
                          .day = day ? day->days() : 0,
                          .start = start,
                          .end = end,
                          .minutes = static_cast<std::uint16_t>(std::max(0, end - start)),
                          .activity = activity_of.emplace(cell[2], activity).first->second,
                          .origin = {.import = 1, .row = line}});
  });
  const std::size_t people = data.people.size(), times = data.times.size();
  for (std::uint32_t copy = 1; copy < copies; ++copy) {
    const auto shift = static_cast<std::uint32_t>(copy * people);
    for (std::size_t i = 0; i < people; ++i) {
      Participation p;
      p.person = data.people[i].person + shift;
      p.entered_on = data.people[i].entered_on, p.left_on = data.people[i].left_on;
      data.people.push_back(std::move(p));
    }
    for (std::size_t i = 0; i < times; ++i) {
      TimeRecord record = data.times[i];
      if (record.person < people) record.person += shift;
      record.origin.import = copy + 1;
      data.times.push_back(record);
    }
  }
  for (const Participation& p : data.people) {
    Decision decision;
    decision.person = p.person;
    decision.verdict = Verdict::Eligible;
    data.decisions.push_back(std::move(decision));
  }
  return data;
}

}  // namespace

int main(int count, char** argument) {
  const bool shuffled = count == 5 && std::string_view(argument[4]) == "shuffled";
  if (count != 4 && !shuffled) {
    std::cerr << "usage: ledger-benchmark DIR COPIES ROUNDS [shuffled]\n";
    return 2;
  }
  Data data = read(argument[1], static_cast<std::uint32_t>(std::max(1, number(argument[2]))));
  if (shuffled) std::shuffle(data.times.begin(), data.times.end(), std::mt19937{1});
  ProjectTerms project;
  project.grants = {GrantDecision{.operation = {*Date::of(2023, 1, 1), *Date::of(2025, 12, 31)}}};
  project.activities.resize(8);
  ProgrammeTerms programme{.key = "esf-plus", .period = {*Date::of(2021, 1, 1), *Date::of(2027, 12, 31)}};
  programme.participant_day_cap.values = {
      Dated<Minutes>{.value = Minutes{13 * 60}, .valid = {*Date::of(2021, 1, 1), std::nullopt}}};
  std::vector<double> seconds, processor;
  double first = 0;
  const auto processor_now = [] {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
  };
  Ledger found;
  for (int round = 0; round <= number(argument[3]); ++round) {
    found = {};
    const auto begin = std::chrono::steady_clock::now();
    const double used = processor_now();
    found = ledger(data.times, data.people, data.decisions, project, programme);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (round == 0) {  // not counted among the others: its memory is new to the process
      first = processor_now() - used;
      continue;
    }
    seconds.push_back(took.count());
    processor.push_back(processor_now() - used);
  }
  std::sort(seconds.begin(), seconds.end());
  std::sort(processor.begin(), processor.end());
  std::int64_t reported = 0;
  for (const TimeRecord& record : data.times) reported += record.minutes;
  std::cout << "seconds " << seconds[seconds.size() / 2] << " fastest " << seconds.front() << " processor " << processor[processor.size() / 2]
            << " least " << processor.front() << " first " << first << " records " << data.times.size()
            << " reported " << reported;
  for (std::size_t reason = 0; reason < reason_count; ++reason)
    if (found.minutes[reason] > 0) std::cout << ' ' << name_of(static_cast<Reason>(reason)) << ' ' << found.minutes[reason];
  std::cout << '\n';
  return found.reported() == reported ? 0 : 1;  // no minute is lost
}
