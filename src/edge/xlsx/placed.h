#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/reports/sheet.h"
#include "edge/xlsx/template.h"

namespace horisont {

/// A sheet of the report with its layout; one that stands for several has the name of each.
struct LaidOut {
  TemplateSheet layout;
  const Sheet* sheet = nullptr;
};
std::vector<LaidOut> laid_out(const TemplateFile&, const Report&);

/// Where the cells of one of the report's sheets stand in its workbook; rows and columns count from 0.
struct PlacedSheet {
  std::size_t sheet = 0;  ///< of Report::sheets
  std::string name;
  std::uint32_t first_row = 0;               ///< of the body
  std::optional<std::uint32_t> total_row{};  ///< where there is one
  struct Column {
    std::uint16_t at = 0;
    std::size_t field = 0, instead = std::string::npos;  ///< `instead` stands where `field` is empty
    std::string heading, name;                           ///< `name` is the defined name of the total
    Total total = Total::None;
  };
  std::vector<Column> columns;
};
std::vector<PlacedSheet> placed_sheets(const Report&, const ReportTemplate&, Language);

/// Where the numbers of the control sheet stand: the first rows of its tables, from 0. The writer holds to it.
struct PlacedControl {
  std::string name;
  std::uint32_t checks = 0, cut = 0, remaining = 0;
  static constexpr std::uint16_t first_number = 1;  ///< the column; of a reconciliation those right of it are numbers, too
  static constexpr std::size_t most_cut = 200;      ///< texts that are listed
  /// The texts that no cell holds whole, in the order in which they are listed.
  struct Cut {
    std::size_t sheet = 0, row = 0, field = 0;
  };
  std::vector<Cut> texts;
};
/// Nothing where no file of the template has a control sheet.
std::optional<PlacedControl> placed_control(const Report&, const ReportTemplate&, Language);
/// Of so many texts that were cut; `texts` stays empty.
PlacedControl control_rows(const Report&, const ReportTemplate&, Language, std::size_t cut);

}  // namespace horisont
