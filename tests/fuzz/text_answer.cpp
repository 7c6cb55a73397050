// Any bytes as what the reading child answers of a text file: blocks of rows within their limits, or a sentence that says what
// became of the child.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/values/message.h"
#include "edge/files/files.h"
#include "edge/spreadsheet/apart.h"
#include "edge/spreadsheet/text_rows.h"

using namespace horisont;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}
bool can_be_said(const Problem& problem) { return text_of(problem.message.id) && text_of(problem.message.id + ".do"); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const TemporaryFolder folder;
  const auto file = folder.path() / "answer";
  write_file(file, {reinterpret_cast<const char*>(data), size});
  // A child that answers with the file itself, whatever it is told.
  read_files_in(ReadingChild{.command = {"/bin/sh", "-c", "exec cat"}, .patience = std::chrono::seconds(10)});
  auto rows = TextRows::open(file);
  if (!rows) return must(can_be_said(rows.error())), 0;
  std::uint32_t last = 0;
  std::size_t letters = 0;
  for (;;) {
    const auto row = rows->next();
    if (!row) {
      must(can_be_said(row.error()));
      const auto again = rows->next();
      must(!again);  // what ended stays ended
      break;
    }
    if (*row == nullptr) break;
    must((*row)->number > last && (*row)->cells.size() <= 1'024 && rows->bytes_read() <= rows->bytes_total());
    last = (*row)->number;
    for (const CellView& cell : (*row)->cells) {
      must((cell.kind == CellView::Kind::Empty) == cell.text.empty());
      for (const char letter : cell.text) letters += letter != 0;
    }
  }
  for (const Finding& finding : rows->findings()) letters += finding.code.size();
  return letters == SIZE_MAX;
}
