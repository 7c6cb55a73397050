#include "edge/spreadsheet/apart.h"

#include <sys/wait.h>

#include <algorithm>

#include "edge/files/files.h"
#include "edge/spreadsheet/answer.h"
#include "edge/spreadsheet/child_process.h"
#include "edge/spreadsheet/state.h"

namespace horisont {
namespace {

using namespace apart;

SheetView read_sheet(Reader& in) {
  SheetView sheet;
  sheet.name = in.text();
  const auto flags = in.byte(3);
  sheet.hidden = flags & 1, sheet.date1904 = flags & 2;
  const auto row = [&] { return std::max(1u, in.number(last_row)); };
  const auto column = [&] { return std::max(1u, in.number(last_column)); };
  for (auto left = in.number(all_cells_limit); left > 0; --left) {
    auto& merge = sheet.merges.emplace_back();
    merge.row1 = row(), merge.col1 = column(), merge.row2 = row(), merge.col2 = column();
    if (merge.row2 < merge.row1 || merge.col2 < merge.col1) throw Unsound{};
  }
  for (auto left = in.number(last_column); left > 0; --left) sheet.hidden_columns.push_back(column());
  return sheet;
}

class BookReader {
 public:
  explicit BookReader(Reader& in) : in_(in) {}

  std::shared_ptr<Workbook::State> read() {
    state_->format = in_.text();
    if (state_->format != "xlsx" && state_->format != "xlsm" && state_->format != "ods") throw Unsound{};
    std::uint32_t rows = 0;
    while (true) switch (in_.byte()) {
        case answer::finding:
          if (state_->findings.size() == most_findings) throw Unsound{};
          state_->findings.push_back(read_finding(in_));
          break;
        case answer::property: {
          if (state_->properties.size() == most_findings) throw Unsound{};
          std::string name(in_.text());
          state_->properties.emplace_back(std::move(name), in_.text());
          break;
        }
        case answer::sheet:
          if (state_->sheets.size() == sheet_limit) throw Unsound{};
          state_->sheets.push_back(read_sheet(in_));
          state_->sheets.back().rows.stock = &state_->stock;
          break;
        case answer::row:
          if (state_->sheets.empty() || state_->sheets.back().rows.size() == row_limit) throw Unsound{};
          read_row(state_->sheets.back().rows.held), ++rows;
          break;
        case answer::end:
          if (in_.number(sheet_limit) != state_->sheets.size() || in_.number(0xFFFFFFFF) != rows) throw Unsound{};
          in_.nothing_more();
          return state_;
        default:
          throw Unsound{};
      }
  }

 private:
  void read_row(std::vector<SheetRows::Row>& rows) {
    SheetRows::Row row;
    row.number = in_.number(last_row);
    if (row.number == 0 || (!rows.empty() && row.number <= rows.back().number)) throw Unsound{};
    const auto flags = in_.byte(7);
    row.hidden = flags & 1, row.filtered = flags & 2;
    if (flags & 4) {
      if (rows.empty()) throw Unsound{};
      row.cells = rows.back().cells;
      if ((state_->cell_count += row.cells.size()) > all_cells_limit) throw Unsound{};
    } else {
      cells_.resize(in_.number(column_limit));
      for (std::uint32_t& cell : cells_) cell = read_cell();
      row.cells = state_->keep(cells_);
    }
    rows.push_back(row);
  }

  // The number that the cell has among those of the workbook.
  std::uint32_t read_cell() {
    CellView cell;
    const auto flags = in_.byte(0x3F);
    if ((flags & 0xF) > static_cast<unsigned>(CellView::Kind::Error)) throw Unsound{};
    cell.kind = static_cast<CellView::Kind>(flags & 0xF);
    cell.formula = flags & 0x10, cell.without_value = flags & 0x20;
    text_ = in_.text();
    cell.text = text_;
    const auto format = in_.number(static_cast<std::uint32_t>(formats_.size()));
    if (format == formats_.size()) formats_.push_back(state_->texts.keep(in_.text()));
    cell.format = formats_[format];
    return state_->number_of(cell);
  }

  Reader& in_;
  std::shared_ptr<Workbook::State> state_ = std::make_shared<Workbook::State>();
  std::vector<std::string_view> formats_;
  std::vector<std::uint32_t> cells_;
  std::string text_;
};

Result<Workbook> read_answer(Reader& in) {
  const auto guard = in.byte();
  if (guard != answer::filtered && guard != answer::unfiltered) throw Unsound{};
  const auto first = in.byte();
  if (first == answer::refused) {
    Problem why = read_problem(in);
    in.nothing_more();
    return tl::make_unexpected(std::move(why));
  }
  if (first != answer::workbook) throw Unsound{};
  auto state = BookReader(in).read();
  if (guard == answer::unfiltered) state->findings.push_back({.code = "reader.no-filter", .level = Level::Notice});
  return Workbook(std::move(state));
}

}  // namespace

Result<Workbook> read_workbook_apart(const std::filesystem::path& path, const ReadingChild& how) {
  const OpenedFile file(path);
  const auto [reading, writing] = pipe_ends();
  Descriptor answers{reading}, childs{writing};
  Child child(how, {}, file.number, childs.number);
  childs.close();
  Reader in(answers.number, Clock::now() + how.patience);
  const std::string seconds = std::to_string(std::chrono::ceil<std::chrono::seconds>(how.patience).count());
  try {
    auto read = read_answer(in);
    if (file.has_changed()) return child.stop(), problem("reader.file-changed");
    // Who has answered ends; one that stays all the same is not waited for.
    const auto status = child.wait_until(Clock::now() + std::chrono::seconds(2));
    if (!status) child.stop();
    if (status && WIFEXITED(*status) && WEXITSTATUS(*status) == answer::whole) return read;
    return problem("reader.crashed", sha256_of_file(path));
  } catch (const TooSlow&) {
    return problem("reader.too-slow", seconds);
  } catch (const ReadingStopped& stopped) {
    return tl::make_unexpected(stopped.problem);
  } catch (const Unsound&) {
    answers.close();  // a child that goes on writing ends with it
  }
  return tl::make_unexpected(what_became_of(child, seconds, file, path));
}

}  // namespace horisont
