// The five-sheet hours summary of so many participants, as the program writes it, beside the same cells written by libxlsxwriter alone in
// its own mode for large sheets, packed by zlib as it is shipped. Both make the same rows one by one while they write; nobody holds them.
// Making the rows alone is measured, too, and taken off both. Rounds take turns, each in a process of its own, whose processor time and whole
// peak are told.
//
//   workbook-benchmark FOLDER ROWS ROUNDS

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>

#include "edge/xlsx/rendering.h"
#include "edge/xlsx/sample_report.h"

namespace {

using namespace horisont;

void by_the_library_alone(const Report& report, const ReportTemplate& layout, const std::filesystem::path& file) {
  const std::string temporary = file.parent_path().string();
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = const_cast<char*>(temporary.c_str());
  lxw_workbook* book = workbook_new_opt(file.c_str(), &options);
  std::map<std::string, lxw_format*> formats;
  for (const TemplateSheet& sheet : layout.files.front().sheets) {
    const auto typed = std::find_if(report.sheets.begin(), report.sheets.end(), [&](const Sheet& s) { return s.id == sheet.id; });
    if (typed == report.sheets.end()) continue;
    lxw_worksheet* out = workbook_add_worksheet(book, sheet.name.sv.c_str());
    std::vector<std::pair<std::size_t, As>> columns;
    for (const TemplateColumn& column : sheet.columns)
      for (std::size_t i = 0; i < typed->fields.size(); ++i)
        if (stands_for(column.field, typed->fields[i])) columns.emplace_back(i, column.as);
    lxw_row_t at = 0;
    each_row(*typed, [&](const std::vector<Cell>& cells) {
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const Written value = written(cells[columns[i].first].value, columns[i].second, Language::Swedish);
        lxw_format*& format = formats[value.format];
        if (!format) {
          format = workbook_add_format(book);
          if (*value.format) format_set_num_format(format, value.format);
        }
        const auto column = static_cast<lxw_col_t>(i);
        if (value.kind == Written::Kind::Number) worksheet_write_number(out, at, column, value.number, format);
        if (value.kind == Written::Kind::Text) worksheet_write_string(out, at, column, value.text.c_str(), format);
      }
      ++at;
    });
  }
  if (workbook_close(book) != LXW_NO_ERROR) std::abort();
}

// Peak of the whole process since it began, or since it was asked to forget; in KiB.
long peak() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::atol(line.c_str() + 6);
  return 0;
}

struct Measured {
  double seconds = 0, kib = 0;
};

Measured in_a_process(const std::function<void()>& work) {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    std::ofstream("/proc/self/clear_refs") << "5";  // forget the peak
    const std::clock_t begin = std::clock();
    work();
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    const Measured measured{seconds, static_cast<double>(peak())};
    _exit(write(ends[1], &measured, sizeof measured) == sizeof measured ? 0 : 1);
  }
  Measured measured;
  int status = 0;
  const bool whole = read(ends[0], &measured, sizeof measured) == sizeof measured;
  waitpid(child, &status, 0);
  close(ends[0]), close(ends[1]);
  if (!whole || status != 0) std::abort();
  return measured;
}

double median(std::vector<double> all) {
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) return std::fputs("workbook-benchmark FOLDER ROWS ROUNDS\n", stderr), 2;
  const std::filesystem::path folder = arguments[1];
  const auto layout = load_report_template(std::filesystem::path(SOURCE_DIR) / "report-templates/hours-summary/template.toml");
  if (!layout) return 3;
  const Report report = sample_report("hours-summary", {.rows = static_cast<std::size_t>(std::atol(arguments[2])), .hostile = {}, .made = true});
  std::size_t cells = 0;
  for (const Sheet& sheet : report.sheets) cells += row_count(sheet) * sheet.fields.size();
  std::vector<double> rows, ours, peers, our_memory, peer_memory;
  for (int round = std::atoi(arguments[3]); round > 0; --round) {
    const Measured alone = in_a_process([&] {
      std::size_t made = 0;
      for (const Sheet& sheet : report.sheets) each_row(sheet, [&](const std::vector<Cell>& row) { made += row.size(); });
      if (made != cells) std::abort();
    });
    const Measured peer = in_a_process([&] { by_the_library_alone(report, **layout, folder / "peer.xlsx"); });
    const Measured own = in_a_process([&] {
      render(report, **layout, folder, {.created = Moment::of_seconds(1), .fingerprint = [] { return std::string(64, '0'); }});
    });
    rows.push_back(alone.seconds);
    peers.push_back(peer.seconds), peer_memory.push_back(peer.kib);
    ours.push_back(own.seconds), our_memory.push_back(own.kib);
  }
  std::printf("%zu sheets, %zu cells\nrows alone     %.2f s\nlibxlsxwriter  %.2f s  %.0f MiB\nHorisont       %.2f s  %.0f MiB\nratio          %.2f\n",
              report.sheets.size(), cells, median(rows), median(peers), median(peer_memory) / 1024, median(ours), median(our_memory) / 1024,
              (median(peers) - median(rows)) / (median(ours) - median(rows)));
  return 0;
}
