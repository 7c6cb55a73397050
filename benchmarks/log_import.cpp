// What the eligibility log costs of the storing of an import: the same import with the log kept and with none.
// log-import-benchmark SCHEMAS [PEOPLE [ROUNDS]]: SCHEMAS is schemas/store; each person has one registration and twelve days of
// hours.

#include <time.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "edge/files/files.h"
#include "edge/store/store.h"

namespace {

using namespace horisont;

double seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double median(std::vector<double> all) {
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

struct Cost {
  double clock = 0, processor = 0;
};

Cost store(const std::string& schemas, std::uint32_t size, bool log) {
  const TemporaryFolder folder;
  Store store = Store::open(folder.path() / "horisont.db", schemas);
  if (log) store.keep_log({std::string(32, 'm')});
  People people;
  std::vector<Record> records;
  std::vector<TimeRecord> times;
  for (std::uint32_t i = 0; i < size; ++i) {
    people.push_back({std::nullopt, "P-" + std::to_string(i), "Efternamn, Förnamn " + std::to_string(i)});
    records.push_back({.kind = RecordKind::Participants,
                       .origin = {0, 0, i + 2, 0},
                       .person = i,
                       .values = {{"entry_date", "2016-02-01", 3}, {"municipality", "1780", 4}, {"gender", "woman", 5}}});
    for (std::int32_t day = 0; day < 12; ++day) times.push_back({.person = i, .day = 16'850 + day, .minutes = 360});
  }
  NewImport import{.project = "p",
                   .kind = RecordKind::Participants,
                   .file_name = "lista.xlsx",
                   .sha256 = std::string(64, 'a'),
                   .format = "xlsx"};
  import.rows_seen = import.rows_read = size;
  import.records = records, import.times = times, import.people = &people;
  import.activities = {"individual_support"};
  const Cost from{seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID)};
  store.add(import, {"anna", "case-worker"}, Moment::of_seconds(1'460'000'000));
  return {seconds(CLOCK_MONOTONIC) - from.clock, seconds(CLOCK_PROCESS_CPUTIME_ID) - from.processor};
}

}  // namespace

int main(int count, char** values) {
  if (count < 2 || count > 4) return std::fputs("log-import-benchmark SCHEMAS [PEOPLE [ROUNDS]]\n", stderr), 2;
  const auto size = static_cast<std::uint32_t>(count > 2 ? std::stoul(values[2]) : 20'000),
             rounds = static_cast<std::uint32_t>(count > 3 ? std::stoul(values[3]) : 5);
  if (size == 0 || rounds == 0) return 2;
  std::vector<double> clock[2], processor[2];
  for (std::uint32_t i = 0; i < rounds; ++i)
    for (const bool log : {false, true}) {
      const Cost cost = store(values[1], size, log);
      clock[log].push_back(cost.clock), processor[log].push_back(cost.processor);
    }
  const auto line = [](const char* what, const std::vector<double>* seconds) {
    const double without = median(seconds[0]), with = median(seconds[1]);
    std::printf("%-10s without the log %.3f s, with it %.3f s: the log is %.1f %%\n", what, without, with,
                100 * (with - without) / with);
  };
  std::printf("%u people, %u hours, %u rounds\n", size, 12 * size, rounds);
  line("processor", processor);
  line("clock", clock);
}
