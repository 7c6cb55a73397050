#pragma once

#include <xlsxwriter.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "core/values/date.h"
#include "core/values/moment.h"
#include "edge/files/files.h"

namespace horisont {

/// One workbook being written: libxlsxwriter with its traps covered (workbooks, section 3.2). It writes beside the target
/// under a temporary name; commit() puts the whole file into place, and a Book that is dropped leaves nothing behind.
class Book {
 public:
  /// `in_order`: rows are written from the top and forgotten (constant_memory), for large sheets without tables.
  Book(const std::filesystem::path& target, bool in_order);
  ~Book();
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  lxw_workbook* operator*() const { return workbook_; }
  /// The name must be unique without case and within Excel's rules: templates are checked for that when they are loaded.
  lxw_worksheet* add_sheet(const std::string& name);
  /// Writes the file under its temporary name, which it gives. Throws FileError.
  const std::filesystem::path& finish();
  /// Finishes the file where that is still to do, and puts it into place. Throws FileError.
  void commit(Readers = Readers::Owner);
  const std::filesystem::path& target() const { return target_; }

 private:
  std::filesystem::path target_, temporary_;
  TemporaryFolder work_;
  std::string work_path_;
  lxw_workbook* workbook_ = nullptr;
};

/// libxlsxwriter formats numbers with printf: while one of these lives, this thread's decimal sign is a point.
class PointAsDecimalSign {
 public:
  PointAsDecimalSign();
  ~PointAsDecimalSign();
  PointAsDecimalSign(const PointAsDecimalSign&) = delete;
  PointAsDecimalSign& operator=(const PointAsDecimalSign&) = delete;

 private:
  void* before_;
};

/// Every call of the library answers with a code; anything but success is our own mistake and stops the file.
void must(lxw_error);

inline constexpr std::size_t most_units_of_a_cell = 32'767;
/// Length as Excel counts it.
std::size_t utf16_units(std::string_view);
/// Text as a cell may hold it: valid UTF-8 (damaged bytes become U+FFFD) and at most `longest` characters, cut with "…".
std::string cell_text(std::string_view, std::size_t longest = most_units_of_a_cell);
bool excel_has(Date);       ///< Excel's calendar can hold the day (from 1 March 1900)
double excel_serial(Date);  ///< only where excel_has
/// For the document's properties; the library takes the clock when it is given 0.
std::time_t document_time(Moment);

}  // namespace horisont
