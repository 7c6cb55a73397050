#include "edge/spreadsheet/spreadsheet.h"

#include <optional>

#include "edge/files/files.h"
#include "edge/spreadsheet/apart.h"
#include "edge/spreadsheet/child_process.h"
#include "edge/spreadsheet/state.h"

namespace horisont {
namespace {

// What the first bytes (and the parts inside a zip) say a file is.
enum class FileFormat { Xlsx, Xlsm, Ods, Text, OldExcel, Encrypted, Xlsb, Pdf, Word, Other, Empty };

using namespace std::string_view_literals;

constexpr std::uint64_t file_limit = 20ull << 20;
constexpr std::size_t head_size = 4096;

// What a file is, and its name for the sentence that refuses it.
struct Look {
  FileFormat format = FileFormat::Other;
  const char* name = "?";
};

// Names inside an OLE container stand in UTF-16.
bool names(std::string_view bytes, std::string_view ascii) {
  std::string wide;
  for (const char c : ascii) wide += {c, '\0'};
  return bytes.find(wide) != bytes.npos;
}

Look look_at_ole(std::string_view bytes) {
  if (names(bytes, "EncryptedPackage")) return {FileFormat::Encrypted, "Office"};
  if (names(bytes, "Workbook") || names(bytes, "Book")) return {FileFormat::OldExcel, "Excel 97–2003"};
  if (names(bytes, "WordDocument")) return {FileFormat::Word, "Word"};
  return {FileFormat::Other, "OLE"};
}

Look look_at_text(std::string_view head) {
  if (head.empty()) return {FileFormat::Empty, ""};
  const auto begins = [&](std::string_view start) { return head.starts_with(start); };
  // Markup is known by how it begins: a cell of a table may mention <html>.
  std::string markup(head.substr(std::min(head.find_first_not_of("\xEF\xBB\xBF \t\r\n"), head.size()), 16));
  for (char& c : markup) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  const bool xml = markup.starts_with("<?xml");
  if (begins("%PDF-")) return {FileFormat::Pdf, "PDF"};
  if (begins("{\\rtf")) return {FileFormat::Word, "RTF"};
  for (const std::string_view biff : {"\x09\x00\x04\x00"sv, "\x09\x02\x06\x00"sv, "\x09\x04\x06\x00"sv, "\x09\x08\x08\x00"sv})
    if (begins(biff)) return {FileFormat::OldExcel, "Excel 2–5"};
  if (xml && head.find("urn:schemas-microsoft-com:office:spreadsheet") != head.npos)
    return {FileFormat::OldExcel, "Excel 2003 XML"};
  if (xml) return {FileFormat::Other, "XML"};
  for (const std::string_view start : {"<html", "<!doctype html", "<table", "<!--"})
    if (markup.starts_with(start)) return {FileFormat::Other, "HTML"};
  if (begins("\x89PNG") || begins("\xFF\xD8\xFF") || begins("GIF8")) return {FileFormat::Other, "PNG/JPEG/GIF"};
  if (begins("\x1F\x8B") || begins("7z\xBC\xAF") || begins("Rar!")) return {FileFormat::Other, "gz/7z/rar"};
  const bool utf16 = begins("\xFF\xFE") || begins("\xFE\xFF");
  if (!utf16 && head.find('\0') != head.npos) return {FileFormat::Other, "?"};
  return {FileFormat::Text, "text"};
}

// Zip archives are told apart by their parts; the content types name the main one.
Look look_at_zip(const Zip& zip) {
  if (const ZipEntry* type = zip.find("mimetype")) {
    const auto text = zip.text(*type);
    if (text && text->starts_with("application/vnd.oasis.opendocument.spreadsheet")) return {FileFormat::Ods, "ODS"};
    if (text && text->starts_with("application/vnd.oasis.opendocument.text")) return {FileFormat::Word, "ODT"};
  }
  if (const ZipEntry* types = zip.find("[Content_Types].xml")) {
    const auto text = zip.text(*types);
    const auto has = [&](const char* words) { return text && text->find(words) != text->npos; };
    if (has("sheet.binary.macroEnabled")) return {FileFormat::Xlsb, "XLSB"};
    if (has("vnd.ms-excel.sheet.macroEnabled") || has("vnd.ms-excel.template.macroEnabled")) return {FileFormat::Xlsm, "XLSM"};
    if (has("wordprocessingml")) return {FileFormat::Word, "Word"};
    if (has("presentationml")) return {FileFormat::Other, "PowerPoint"};
    // Damaged content types do not matter when the workbook is there; reading it says what is wrong.
    if (has("spreadsheetml") || zip.find("xl/workbook.xml")) return {FileFormat::Xlsx, "XLSX"};
  }
  if (zip.find("Index/Document.iwa") || zip.find("Index.zip")) return {FileFormat::Other, "Apple Numbers"};
  return {FileFormat::Other, "zip"};
}

bool is_zip(std::string_view head) { return head.starts_with("PK\x03\x04"); }
bool is_ole(std::string_view head) { return head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"); }

tl::unexpected<Problem> refusal(const Look& look) {
  switch (look.format) {
    case FileFormat::Empty:
      return problem("file.empty");
    case FileFormat::Encrypted:
      return problem("file.encrypted");
    case FileFormat::OldExcel:
      return problem("file.old-excel", look.name);
    case FileFormat::Xlsb:
      return problem("file.binary-workbook");
    default:
      return problem("file.unknown-format", look.name);
  }
}

}  // namespace

void read_files_in(std::optional<ReadingChild> child) { apart::reading_child() = std::move(child); }

Workbook::Workbook(std::shared_ptr<const State> state) : state_(std::move(state)) {}
const std::vector<SheetView>& Workbook::sheets() const { return state_->sheets; }
const std::vector<Finding>& Workbook::findings() const { return state_->findings; }
const std::string& Workbook::format() const { return state_->format; }
const std::vector<std::pair<std::string, std::string>>& Workbook::properties() const { return state_->properties; }

bool is_text(const std::filesystem::path& path) {
  const std::string head = read_file(path, head_size);
  return !is_zip(head) && !is_ole(head) && look_at_text(head).format == FileFormat::Text;
}

Result<Workbook> read_workbook(const std::filesystem::path& path) {
  const std::string head = read_file(path, head_size);
  if (!is_zip(head) && !is_ole(head)) return refusal(look_at_text(head));
  if (std::filesystem::file_size(path) > file_limit) return problem("file.too-large", "20 MiB");
  return apart::reading_child() ? read_workbook_apart(path, *apart::reading_child()) : read_workbook_bytes(read_file(path));
}

Result<Workbook> read_workbook_bytes(std::string bytes) {
  if (is_ole(bytes)) return refusal(look_at_ole(bytes));
  if (!is_zip(bytes)) return refusal(look_at_text(std::string_view(bytes).substr(0, head_size)));
  const auto zip = Zip::open(std::move(bytes));
  if (!zip) return tl::make_unexpected(zip.error());
  const Look look = look_at_zip(*zip);
  try {
    if (look.format == FileFormat::Ods) return Workbook(read_ods(*zip));
    if (look.format == FileFormat::Xlsx || look.format == FileFormat::Xlsm) return Workbook(read_xlsx(*zip));
  } catch (const ReadingStopped& stopped) {
    return tl::make_unexpected(stopped.problem);
  }
  return refusal(look);
}

}  // namespace horisont
