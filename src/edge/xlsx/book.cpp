#include "edge/xlsx/book.h"

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace horisont {
namespace {

// 1 March 1900 and all later days have the serial that the calendar says; before it Excel knows a 29 February 1900.
constexpr std::int32_t days_of_march_1900 = -25'508, serial_of_1970 = 25'569;
constexpr std::string_view replacement = "\xEF\xBF\xBD";

// Length of the UTF-8 sequence at the front of `text`, or 0 when there is none that is right.
std::size_t sequence(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80                    ? 1
                             : first >= 0xC2 && first < 0xE0 ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  if (length == 3 && ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) >= 0xA0))) return 0;
  if (length == 3 && first == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE) return 0;  // U+FFFE, U+FFFF: not in XML
  if (length == 4 && ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) >= 0x90))) return 0;
  return length;
}

}  // namespace

Book::Book(const std::filesystem::path& target, bool in_order) : target_(target), work_path_(work_.path().string()) {
  // The folder's random name makes the temporary one unique, too.
  temporary_ = target_.string() + "." + work_.path().filename().string();
  lxw_workbook_options options{};
  options.constant_memory = in_order ? LXW_TRUE : LXW_FALSE;
  options.tmpdir = work_path_.data();
  workbook_ = workbook_new_opt(temporary_.c_str(), &options);
  if (!workbook_) throw std::bad_alloc();
}

Book::~Book() {
  if (workbook_) lxw_workbook_free(workbook_);
  std::error_code ignored;  // after commit() there is nothing to remove
  std::filesystem::remove(temporary_, ignored);
}

lxw_worksheet* Book::add_sheet(const std::string& name) {
  must(workbook_validate_sheet_name(workbook_, name.c_str()));
  lxw_worksheet* sheet = workbook_add_worksheet(workbook_, name.c_str());
  if (!sheet) throw write_error(target_, errno ? errno : EIO);
  return sheet;
}

const std::filesystem::path& Book::finish() {
  if (!workbook_) return temporary_;
  std::error_code error;
  const auto folder = target_.has_parent_path() ? target_.parent_path() : std::filesystem::path(".");
  if (!std::filesystem::is_directory(folder, error)) throw write_error(target_, ENOENT);
  lxw_error result;
  {
    // The library says on stderr what it could not write, in English and with its own names of files.
    const SilencedLibrary silenced;
    errno = 0;
    result = workbook_close(std::exchange(workbook_, nullptr));  // frees it in any case
  }
  if (result != LXW_NO_ERROR) throw write_error(target_, errno ? errno : EIO);
  return temporary_;
}

void Book::commit(Readers readers) {
  commit_file(finish(), target_, readers);
}

PointAsDecimalSign::PointAsDecimalSign() : before_(nullptr) {
  static const locale_t c = newlocale(LC_ALL_MASK, "C", nullptr);
  before_ = uselocale(c);
}
PointAsDecimalSign::~PointAsDecimalSign() { uselocale(static_cast<locale_t>(before_)); }

void must(lxw_error result) {
  if (result != LXW_NO_ERROR) throw std::logic_error(std::string("libxlsxwriter: ") + lxw_strerror(result));
}

std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  while (!text.empty()) {
    const std::size_t length = sequence(text);
    units += length == 4 ? 2 : 1;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return units;
}

std::string cell_text(std::string_view text, std::size_t longest) {
  std::string out;
  std::size_t characters = 0;
  while (!text.empty()) {
    const std::size_t length = sequence(text);
    const bool more = text.size() > std::max<std::size_t>(length, 1);
    // Excel counts UTF-16: what takes four bytes here is two of its characters.
    characters += length == 4 ? 2 : 1;
    if (characters + (more ? 1 : 0) > longest) return out + "…";
    out += length ? text.substr(0, length) : replacement;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

bool excel_has(Date day) { return day.days() >= days_of_march_1900; }
double excel_serial(Date day) { return day.days() + serial_of_1970; }
std::time_t document_time(Moment moment) { return std::max<std::time_t>(moment.seconds(), 1); }

}  // namespace horisont
