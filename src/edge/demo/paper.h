#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "edge/demo/calendar.h"
#include "edge/demo/manifest.h"
#include "edge/xlsx/plain_workbook.h"

namespace horisont::demo {

// How administrators write one and the same thing.
enum class NumberForm { TwelveHyphen, TenHyphen, Twelve, TwelveAsNumber, TenAsText, TenAsNumber };
enum class DateForm { Cell, Iso, Worded, Slashed, Compact, Serial };
enum class HoursForm { Number, Comma, Duration, Clock, Words };
enum class FileForm { Excel, Utf8, Windows1252 };

PlainCell text(std::string words, bool bold = false);
PlainCell whole(std::int64_t number);
PlainCell date(Day, DateForm);
PlainCell hours(std::int64_t minutes, HoursForm);
/// Quarter hours as decimals: 435 minutes are 7.25.
std::string decimal_hours(std::int64_t minutes, char sign);

/// A cell that is wrong on purpose in a row that is right otherwise.
struct Replacement {
  std::uint32_t column = 0;  ///< 1-based; 0: none
  PlainCell cell;
};

/// Builds a row from left to right; a replaced cell is never made, so that no notice is expected of it.
class RowBuilder {
 public:
  explicit RowBuilder(const Replacement& replaced) : replaced_(replaced) {}
  RowBuilder& add(auto&& make) {
    cells_.push_back(cells_.size() + 1 == replaced_.column ? replaced_.cell : make());
    return *this;
  }
  RowBuilder& words(std::string written) {
    return add([&] { return text(std::move(written)); });
  }
  std::vector<PlainCell> row() { return std::move(cells_); }

 private:
  const Replacement& replaced_;
  std::vector<PlainCell> cells_;
};

/// One file on its way: rows from the top, and what is known about them.
class Paper {
 public:
  Paper(Manifest& manifest, std::string project, std::string kind, std::string file, std::string sheet, FileForm form);

  /// Adds a row below; its number.
  std::uint32_t row(std::vector<PlainCell> cells);
  /// A row of data: counted.
  std::uint32_t data(std::vector<PlainCell> cells);
  /// Text over the whole width, as headings of lists are.
  void title(const std::string& words, std::uint32_t columns);
  void gap() { row({}); }
  void merge(std::uint32_t column1, std::uint32_t column2);  ///< in the row added last
  void hide(std::uint32_t row);
  void widths(std::vector<double> widths) { sheet_.widths = std::move(widths); }
  /// A second sheet that nobody is meant to see.
  void hidden_sheet(const std::string& name, const std::string& words);
  std::uint32_t next_row() const { return static_cast<std::uint32_t>(sheet_.rows.size()) + 1; }

  void fault(std::uint32_t row, std::uint32_t column, std::string code, std::string what);
  void habit(std::string code, const std::string& group = {});
  /// A number in the form of the list, with the notices that follow from it.
  PlainCell number(const std::string& twelve, NumberForm);
  /// A date in the form of the list, with the notices that follow from it.
  PlainCell dated(Day, DateForm, const std::string& heading);

  void save(const std::filesystem::path& folder);
  const Manifest::Where& where() const { return where_; }
  bool excel() const { return form_ == FileForm::Excel; }

 private:
  Manifest& manifest_;
  Manifest::Where where_;
  FileForm form_;
  PlainSheet sheet_;
  std::vector<PlainSheet> others_;
  std::uint32_t data_rows_ = 0;
};

}  // namespace horisont::demo
