#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "edge/import/schemas.h"
#include "edge/spreadsheet/spreadsheet.h"

namespace horisont {

/// The rows of one of several tables that stand one below the other, each with headings of its own, by their numbers: those from
/// `first` to `last`, and those before `above`, which stand above the first table and hold for all.
struct BlockRows {
  std::uint32_t first = 0, last = std::numeric_limits<std::uint32_t>::max(), above = 0;
  std::uint32_t heading = 0;
  std::string title;  ///< the words alone in a row right above its headings
  bool hold(std::uint32_t row) const { return row < above || (row >= first && row <= last); }
};

/// Calls back with each row in order, until it says false.
using EachRow = std::function<void(const std::function<bool(const RowView&)>&)>;
/// Whether words alone in a row hold for the rows below them; `has_exits`: their headings have a day of leaving.
using IsOfTable = std::function<bool(const std::string& words, bool has_exits)>;

/// The tables among some rows; none where there is one. The same headings once more are a new page of the same table, unless words
/// stand alone above them that `is_of_table` does not know as something that holds for the rows below it.
std::vector<BlockRows> blocks_among(const EachRow&, const ImportSchemas&, const IsOfTable&);

/// The tables of a sheet, each as a sheet of its own with what stands above the first of them; none where it has one.
struct SheetBlock {
  SheetView sheet;
  BlockRows rows;
};
std::deque<SheetBlock> blocks_of(const SheetView&, const ImportSchemas&, const IsOfTable&);

}  // namespace horisont
