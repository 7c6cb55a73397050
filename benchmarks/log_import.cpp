// What the eligibility log costs of an import: the same two files (a register, and a list of hours) read and stored, with the log kept and
// in a store that has no secret to keep one with (as a store outside an installation).
// log-import-benchmark SOURCE [PEOPLE [ROUNDS]]: SOURCE is the folder with config and schemas; each person has one registration and
// twelve days of hours.

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "edge/files/files.h"
#include "edge/import/import.h"
#include "edge/settings/settings.h"
#include "edge/spreadsheet/apart.h"
#include "edge/store/store.h"

namespace {

using namespace horisont;

constexpr std::string_view as_child = "child";

double of(const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; }

// The clock, and the processor time of this process and of the children that read for it.
struct Cost {
  double clock = 0, processor = 0;
  static Cost now() {
    timespec clock{};
    clock_gettime(CLOCK_MONOTONIC, &clock);
    Cost cost{static_cast<double>(clock.tv_sec) + static_cast<double>(clock.tv_nsec) / 1e9, 0};
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
      rusage used{};
      getrusage(who, &used);
      cost.processor += of(used.ru_utime) + of(used.ru_stime);
    }
    return cost;
  }
  Cost since(const Cost& before) const { return {clock - before.clock, processor - before.processor}; }
};

double median(std::vector<double> all) {
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

std::string digits(std::uint32_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

struct Files {
  std::filesystem::path register_file, hours;
};
Files make_files(const std::filesystem::path& folder, std::uint32_t people) {
  std::string persons = "Deltagar-id;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar\n", hours = "Deltagar-id;Datum;Timmar;Aktivitet\n";
  for (std::uint32_t i = 0; i < people; ++i) {
    const std::string who = "P-" + digits(i, 6);
    persons += who + ";Efternamn" + std::to_string(i) + ", Förnamn;Karlstad;2016-02-01;arbetslös;nej\n";
    for (std::uint32_t day = 1; day <= 12; ++day) hours += who + ";2016-03-" + digits(day, 2) + ";6;coachning\n";
  }
  Files files{folder / "deltagare.csv", folder / "tid.csv"};
  write_file(files.register_file, persons);
  write_file(files.hours, hours);
  return files;
}

struct Parts {
  Cost whole, storing;  // of both files
};

Parts import(const Files& files, const std::string& source, const Configuration& settings, const ImportSchemas& schemas, bool log) {
  const TemporaryFolder folder;
  Store store = Store::open(folder.path() / "horisont.db", source + "/schemas/store");
  if (log) store.keep_log({std::string(32, 'm'), {}});
  const ProjectTerms& project = settings.projects.at("ung-horisont");
  const ProgrammeTerms& programme = settings.programmes.at(project.programme);
  Parts parts;
  People people;
  for (const auto& [file, kind] : {std::pair(files.register_file, RecordKind::Participants), std::pair(files.hours, RecordKind::Attendance)}) {
    const Cost begun = Cost::now();
    ImportOptions options;
    options.kind = kind;
    options.today = *Date::parse("2016-04-01");
    options.sha256 = sha256_of_file(file);
    const ImportDraft draft = read_import(file, schemas, project, programme, people, {}, options);
    if (draft.refused || draft.rows_refused > 0) std::fprintf(stderr, "%s is not read whole\n", file.c_str()), std::exit(1);
    NewImport made{.project = project.key, .kind = draft.kind, .file_name = draft.file_name, .sha256 = options.sha256, .format = draft.format};
    made.bytes = read_file(file);
    made.sheets = draft.sheets, made.columns = draft.columns;
    made.rows_seen = draft.rows_seen, made.rows_read = draft.rows_read;
    made.people = &draft.people, made.people_before = draft.people_before;
    made.records = draft.records, made.times = draft.times, made.findings = draft.findings;
    for (const Activity& activity : project.activities) made.activities.push_back(activity.key);
    const Cost read = Cost::now();
    store.add(made, {"anna", "case-worker"}, Moment::of_seconds(1'460'000'000));
    const Cost end = Cost::now(), stored = end.since(read), whole = end.since(begun);
    parts.whole.clock += whole.clock, parts.whole.processor += whole.processor;
    parts.storing.clock += stored.clock, parts.storing.processor += stored.processor;
    people = draft.people;
  }
  return parts;
}

}  // namespace

int main(int count, char** values) {
  if (count >= 2 && values[1] == as_child) {
    const std::vector<std::string> rest(values + 2, values + count);
    return rest.empty() ? serve_reading_child() : serve_text_child(rest);
  }
  if (count < 2 || count > 4) return std::fputs("log-import-benchmark SOURCE [PEOPLE [ROUNDS]]\n", stderr), 2;
  const std::string source = values[1];
  const auto size = static_cast<std::uint32_t>(count > 2 ? std::stoul(values[2]) : 20'000),
             rounds = static_cast<std::uint32_t>(count > 3 ? std::stoul(values[3]) : 5);
  if (size == 0 || rounds == 0) return 2;
  read_files_in(ReadingChild{{"/proc/self/exe", std::string(as_child)}});
  const auto settings = load_configuration(source + "/config");
  const auto schemas = load_import_schemas(source + "/schemas/import");
  if (!settings || !schemas) return std::fputs("config or schemas cannot be read\n", stderr), 1;
  const TemporaryFolder folder;
  const Files files = make_files(folder.path(), size);
  std::vector<double> all[2][4];  // with the log or without: clock and processor time, of the whole and of the storing
  for (std::uint32_t round = 0; round <= rounds; ++round)
    for (const bool log : {false, true}) {
      const Parts parts = import(files, source, *settings, **schemas, log);
      if (round == 0) continue;  // not counted
      all[log][0].push_back(parts.whole.processor), all[log][1].push_back(parts.whole.clock);
      all[log][2].push_back(parts.storing.processor), all[log][3].push_back(parts.storing.clock);
    }
  std::printf("%u people, %u hours, %u rounds\n", size, 12 * size, rounds);
  constexpr const char* names[] = {"import, processor", "import, clock", "storing, processor", "storing, clock"};
  for (std::size_t i = 0; i < 4; ++i) {
    const double without = median(all[0][i]), with = median(all[1][i]);
    std::printf("%-19s without the log %.3f s, with it %.3f s: the log is %.1f %%\n", names[i], without, with, 100 * (with - without) / with);
  }
}
