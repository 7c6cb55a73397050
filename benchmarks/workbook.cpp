// The five-sheet hours summary of so many participants, as the program writes it, beside the same cells written by libxlsxwriter alone in
// its own mode for large sheets, packed by zlib as it is shipped. Rounds take turns, each in a process of its own, so that the memory
// that writing takes is told apart from the report that both of them hold.
//
//   workbook-benchmark FOLDER ROWS ROUNDS

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
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
    for (std::size_t row = 0; row < typed->rows.size(); ++row)
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const Written value = written(typed->rows[row][columns[i].first].value, columns[i].second, Language::Swedish);
        lxw_format*& format = formats[value.format];
        if (!format) {
          format = workbook_add_format(book);
          if (*value.format) format_set_num_format(format, value.format);
        }
        const auto at = static_cast<lxw_row_t>(row);
        const auto column = static_cast<lxw_col_t>(i);
        if (value.kind == Written::Kind::Number) worksheet_write_number(out, at, column, value.number, format);
        if (value.kind == Written::Kind::Text) worksheet_write_string(out, at, column, value.text.c_str(), format);
      }
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
    const long before = peak();
    const auto begin = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    const Measured measured{time.count(), static_cast<double>(peak() - before)};
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
  const Report report = sample_report("hours-summary", {.rows = static_cast<std::size_t>(std::atol(arguments[2]))});
  std::size_t cells = 0;
  for (const Sheet& sheet : report.sheets) cells += sheet.rows.size() * sheet.fields.size();
  std::vector<double> ours, peers, our_memory, peer_memory;
  for (int round = std::atoi(arguments[3]); round > 0; --round) {
    const Measured peer = in_a_process([&] { by_the_library_alone(report, **layout, folder / "peer.xlsx"); });
    const Measured own = in_a_process([&] {
      render(report, **layout, folder, {.created = Moment::of_seconds(1), .fingerprint = [] { return std::string(64, '0'); }});
    });
    peers.push_back(peer.seconds), peer_memory.push_back(peer.kib);
    ours.push_back(own.seconds), our_memory.push_back(own.kib);
  }
  std::printf("%zu sheets, %zu cells\nlibxlsxwriter  %.2f s  %.0f MiB\nHorisont       %.2f s  %.0f MiB\nratio          %.2f\n",
              report.sheets.size(), cells, median(peers), median(peer_memory) / 1024, median(ours), median(our_memory) / 1024,
              median(peers) / median(ours));
  return 0;
}
