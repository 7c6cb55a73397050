#pragma once

#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "edge/spreadsheet/spreadsheet.h"
#include "edge/xml/xml.h"
#include "edge/zip/zip.h"

// What the readers of XLSX and ODS share.

namespace horisont {

constexpr std::uint32_t row_limit = 200'000, column_limit = 1'024, sheet_limit = 255;
constexpr std::size_t cell_limit = 32'767;
/// Cells with the empty ones to their left: what keeps a sparse sheet, and one whose rows are repeated, within the memory
/// of the reading child and the time of whoever walks through them.
constexpr std::uint64_t all_cells_limit = 8'000'000;

/// Text that stays where it is until the workbook goes.
class TextKeeper {
 public:
  std::string_view keep(std::string_view text) {
    if (text.size() > left_.size()) {
      const std::size_t size = std::max<std::size_t>(64 << 10, text.size());
      blocks_.push_back(std::make_unique<char[]>(size));
      left_ = {blocks_.back().get(), size};
    }
    if (!text.empty()) std::memcpy(left_.data(), text.data(), text.size());
    const std::string_view kept(left_.data(), text.size());
    left_ = left_.subspan(text.size());
    return kept;
  }

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::span<char> left_;
};

struct Workbook::State {
  std::string format;
  std::vector<SheetView> sheets;
  std::vector<Finding> findings;
  std::vector<std::pair<std::string, std::string>> properties;
  TextKeeper texts;
  std::deque<std::vector<CellView>> cells;  // blocks that never grow beyond what they reserved
  std::uint64_t cell_count = 0;

  /// The cells without the empty ones at the end, kept once for `rows` rows; empty when no cell holds anything. Stops at
  /// the limits, for which each of the rows counts.
  std::span<const CellView> keep(std::vector<CellView>& row, std::uint64_t rows = 1);
};

/// Thrown inside a handler when the file cannot be read further; `read_part` and the readers turn it into their Result.
struct Stop {
  Problem problem;
};
template <class... Values>
[[noreturn]] void stop(const char* code, Values&&... values) {
  throw Stop{problem(code, std::forward<Values>(values)...).value()};
}

/// Feeds a part of the archive to the handler. Throws Stop: "file.damaged" with part and line, "file.suspicious" for a
/// document type and too deep nesting, and what Zip::Part says.
void read_part(const Zip&, const ZipEntry&, const XmlHandler&);

/// The value of an attribute without namespace ("r") or with ("uri local"); empty when it is absent.
std::string_view attribute(const XmlHandler::Attributes&, std::string_view name);

/// xsd:boolean, "1" or "true".
bool is_true(std::string_view);

/// As Excel counts them: UTF-16 units. Text of more than a cell may hold stops the file.
void check_cell_text(std::string_view text, std::string_view where);

/// "E17" from 1-based numbers.
std::string cell_name(std::uint32_t row, std::uint32_t column);

std::shared_ptr<Workbook::State> read_xlsx(const Zip&);
std::shared_ptr<Workbook::State> read_ods(const Zip&);

}  // namespace horisont
