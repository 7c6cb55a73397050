#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>

#include "edge/import/schemas.h"
#include "edge/spreadsheet/spreadsheet.h"

namespace horisont {

/// One of several tables that stand one below the other on a sheet, each with headings of its own: as a sheet of its own, with what
/// stands above the first of them.
struct SheetBlock {
  SheetView sheet;
  std::string title;             ///< the words alone in a row right above its headings
  std::uint32_t heading_row = 0;
};

/// The tables of a sheet; none where it has one. The same headings once more are a new page of the same table, unless words stand alone
/// above them that `is_of_table` does not know as something that holds for the rows below it.
std::deque<SheetBlock> blocks_of(const SheetView&, const ImportSchemas&, const std::function<bool(const std::string& words, bool has_exits)>& is_of_table);

}  // namespace horisont
