#include "edge/csv/csv.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <map>
#include <span>
#include <utility>

#include "edge/csv/encoding.h"
#include "edge/csv/marks.h"
#include "edge/csv/sizes.h"
#include "edge/files/files.h"

namespace horisont {
namespace {

constexpr std::size_t piece_size = 256 << 10;
constexpr std::size_t line_limit = 1 << 20;
constexpr std::size_t cell_limit = 32'767;
constexpr std::size_t column_limit = 1'024;
constexpr std::uint64_t file_limit = 4ull << 30;

[[noreturn]] void fail(const char* id, const std::filesystem::path& path, int error) {
  throw FileError(Message{id, {path.string(), std::strerror(error)}}, error == EIO || error == EMFILE || error == ENFILE
                                                                          ? FileError::Fault::Machine
                                                                          : FileError::Fault::Unreadable);
}

// The raw bytes of a file, in pieces.
class Bytes {
 public:
  Bytes(const std::filesystem::path& path, int descriptor) : path_(path), descriptor_(descriptor) {
    struct stat about {};
    if (::fstat(descriptor_, &about) == 0) total_ = static_cast<std::uint64_t>(about.st_size);
  }
  ~Bytes() { ::close(descriptor_); }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;

  std::uint64_t total() const { return total_; }

  /// Fills `out` with the bytes from `offset`, as many as there are up to its size.
  std::string_view read(std::uint64_t offset, std::span<char> out) const {
    std::size_t filled = 0;
    while (filled < out.size()) {
      const ssize_t n = ::pread(descriptor_, out.data() + filled, out.size() - filled, static_cast<off_t>(offset + filled));
      if (n == 0) break;
      if (n < 0) {
        if (errno == EINTR) continue;
        fail("file.read-failed", path_, errno);
      }
      filled += static_cast<std::size_t>(n);
    }
    return {out.data(), filled};
  }

 private:
  std::filesystem::path path_;
  int descriptor_;
  std::uint64_t total_ = 0;
};

enum Class : std::uint8_t { Ordinary, Separator, Quote, LineEnd, Control };

std::array<Class, 256> classes_for(char separator) {
  std::array<Class, 256> classes{};
  for (std::size_t c = 0; c < 32; ++c) classes[c] = Control;
  classes['\t'] = Ordinary;
  classes['\n'] = classes['\r'] = LineEnd;
  classes['"'] = Quote;
  classes[static_cast<unsigned char>(separator)] = Separator;
  return classes;
}

// What happened in many lines alike: how often, and the first lines.
struct Tally {
  std::uint64_t count = 0;
  std::uint32_t first = 0;
  std::string lines;

  void add(std::uint32_t line) {
    if (++count == 1) first = line;
    if (count <= 10) lines += (count == 1 ? "" : ", ") + std::to_string(line);
    if (count == 11) lines += " …";
  }
};

enum Remark : unsigned { LoneQuote = 1, ExcelText = 2, Controls = 4 };

struct RemarkText {
  Remark remark;
  const char* code;
  Level level;
};
constexpr RemarkText remark_texts[] = {{LoneQuote, "text.lone-quote", Level::Notice},
                                       {ExcelText, "text.excel-mark-removed", Level::Notice},
                                       {Controls, "text.control-characters", Level::Warning}};

// A sign that makes a spreadsheet read text as a formula; blanks and what nobody sees before it do not help.
bool begins_like_formula(std::string_view text) {
  if (text.empty()) return false;
  if (std::strchr("\t\r\n", text[0])) return true;
  // no-break and wide blanks, the mark of byte order, marks of width zero and of direction
  static constexpr std::string_view unseen[] = {" ",      "\u00A0", "\u3000", "\uFEFF", "\u200B", "\u200C", "\u200D", "\u200E",
                                                "\u200F", "\u2060", "\u00AD", "\"",     "\t",     "\r",     "\n"};
  for (bool found = true; found;) {
    found = false;
    for (const std::string_view mark : unseen)
      if (text.starts_with(mark)) text.remove_prefix(mark.size()), found = true;
  }
  for (const std::string_view sign : {"=", "+", "-", "@", "＝", "＋", "－", "＠"})
    if (text.starts_with(sign)) return true;
  return false;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Excel keeps a text as a text by `="0503"` or `'0503`; the text inside is what was meant.
bool without_excel_mark(CellView& cell) {
  std::string_view& text = cell.text;
  if (text.size() >= 3 && text.starts_with("=\"") && text.back() == '"') {
    const std::string_view inner = text.substr(2, text.size() - 3);
    if (inner.find('"') != inner.npos) return false;
    text = inner;
    if (text.empty()) cell.kind = CellView::Kind::Empty;
    return true;
  }
  if (text.size() >= 2 && text[0] == '\'' && (is_digit(text[1]) || begins_like_formula(text.substr(1)))) {
    text.remove_prefix(1);
    return true;
  }
  return false;
}

// As Excel counts them: UTF-16 units.
std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) count += byte >= 0xF0 ? 2 : 1;
  }
  return count;
}

std::optional<Encoding> encoding_named(std::string_view name) {
  for (const Encoding e : {Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252})
    if (name == name_of(e)) return e;
  return std::nullopt;
}

}  // namespace

struct CsvReader::State {
  State(const std::filesystem::path& path, int descriptor) : bytes(path, descriptor) {}

  const Bytes bytes;
  std::uint64_t offset = 0;  // of the next raw byte
  std::uint64_t base = 0;    // of the first byte of `text`, when that is UTF-8
  Encoding encoding = Encoding::Utf8;
  bool certain = false;  // of another encoding than ASCII
  std::string encoding_name;
  char separator = ';';
  std::array<Class, 256> classes{};

  std::string raw = std::string(piece_size, '\0');
  std::string text;    // decoded; ends with the NUL of std::string, which is a control character and so ends every scan
  std::size_t at = 0;  // where the next line begins in it
  std::vector<std::uint64_t> marks;   // of it and of the NUL that ends it (marks.h)
  std::uint32_t line = 1, given = 0;  // the next, and the one that was given last
  bool whole = false;                 // nothing follows after `text`
  const char* broken = nullptr;       // why nothing more could be decoded after `text`

  std::vector<CellView> slots;  // of the widest row so far; a row overwrites what it needs
  std::span<CellView> cells;    // of the row that was cut last
  std::string rewritten;        // cells that do not stand in the file as they are meant
  struct Rewrite {
    std::size_t cell, begin, end;
  };
  std::vector<Rewrite> rewrites;
  RowView row;
  std::vector<char> sizes;  // of plain lines
  std::optional<Problem> stopped;

  std::map<Remark, Tally> tallies;
  std::optional<Finding> assumed;
  bool remarked = false;
  std::vector<Finding> findings;

  void find_encoding(const CsvOptions&);
  void settle_encoding(std::uint64_t from);
  void assume_windows_1252(std::uint64_t first_bad);
  void find_separator(const CsvOptions&);
  bool sep_line();
  void separate_by(char);
  void refill();

  enum class Step { Row, More, End, Unclosed };
  // One line from `begin`; on Row, `next` is where the following one begins and `lines` how many lines it took.
  struct Scanned {
    std::size_t next = 0;
    std::uint32_t lines = 1;
    unsigned remarks = 0;
  };
  Step scan(std::size_t begin, Scanned&);
  std::optional<Problem> objection() const;
  Result<const RowView*> read();
  std::optional<PlainLines> cut_plain_lines(bool& unfinished);
  std::optional<PlainLines> read_plain_lines();
};

void CsvReader::State::find_encoding(const CsvOptions& options) {
  std::string head(4, '\0');
  const std::string start(bytes.read(0, head));
  const auto begins = [&](std::string_view mark) { return start.starts_with(mark); };
  std::optional<Encoding> marked;
  if (begins("\xEF\xBB\xBF")) marked = Encoding::Utf8, offset = 3;
  if (begins("\xFF\xFE")) marked = Encoding::Utf16Le, offset = 2;
  if (begins("\xFE\xFF")) marked = Encoding::Utf16Be, offset = 2;
  const auto asked = options.encoding ? encoding_named(*options.encoding) : std::nullopt;
  if (asked && asked != marked) offset = 0;
  if (asked || marked) {
    encoding = asked ? *asked : *marked;
    certain = true;
  }
  encoding_name = name_of(encoding);
}

// Only all that follows the first letter that is not ASCII shows whether it is UTF-8: the next may stand in the last line.
void CsvReader::State::settle_encoding(std::uint64_t from) {
  while (from < bytes.total()) {
    const std::string_view piece = bytes.read(from, raw);
    if (piece.empty()) break;
    const Decoded checked = check_utf8(piece);
    const std::string_view rest = piece.substr(checked.used);
    if (checked.bad && (rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF"))) {
      from += checked.used + 3;  // refused later, but UTF-8 all the same
      continue;
    }
    const bool cut = !rest.empty() && from + piece.size() >= bytes.total();
    if (checked.bad || cut) {
      encoding = Encoding::Windows1252;
      assume_windows_1252(from + checked.used);
      break;
    }
    from += checked.used;
  }
  certain = true;
  encoding_name = name_of(encoding);
}

// Shows up to three lines whose letters depend on the encoding, so that a person can say whether they read right.
void CsvReader::State::assume_windows_1252(std::uint64_t first_bad) {
  constexpr std::size_t before = 200, longest = 120;
  const std::uint64_t from = first_bad > before ? first_bad - before : 0;
  std::string window(64 << 10, '\0');
  std::string_view rest = bytes.read(from, window);
  if (from > 0) {
    const std::size_t end = rest.substr(0, before).find_last_of("\r\n");
    rest.remove_prefix(end == rest.npos ? 0 : end + 1);
  }
  std::string examples;
  for (int found = 0; found < 3 && !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
    const std::string_view whole_line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto special = std::find_if(whole_line.begin(), whole_line.end(), [](char c) { return (c & 0x80) != 0; });
    if (special == whole_line.end()) continue;
    const auto place = static_cast<std::size_t>(special - whole_line.begin());
    const std::size_t begin = place > longest / 2 ? place - longest / 2 : 0;
    std::string shown;
    if (decode(whole_line.substr(begin, longest), Encoding::Windows1252, shown).bad) continue;
    examples += (found++ ? "\n" : "") + shown;
  }
  assumed = Finding{.code = "text.encoding-assumed", .level = Level::Warning, .given = examples, .values = {"Windows-1252"}};
  remarked = true;
}

// `sep=;` as the first line: Excel's own way to name the separator.
bool CsvReader::State::sep_line() {
  const std::string_view start(text.data() + at, text.size() - at);
  const std::size_t end = start.substr(0, 16).find_first_of("\r\n");
  std::string_view first = start.substr(0, end == start.npos ? (whole ? start.size() : 0) : end);
  if (first.size() == 7 && first.front() == '"' && first.back() == '"') first = first.substr(1, 5);
  if (first.size() != 5 || first[4] == '"') return false;
  std::string word(first.substr(0, 4));
  for (char& c : word) c = static_cast<char>(c | 0x20);
  if (word != "sep=") return false;
  separator = first[4];
  if (end == start.npos) {
    at = text.size();
  } else {
    at += end + (start.substr(end).starts_with("\r\n") ? 2 : 1);
  }
  ++line;
  return true;
}

void CsvReader::State::find_separator(const CsvOptions& options) {
  const bool named = sep_line();
  if (options.separator) separator = *options.separator;
  if (!named && !options.separator) {
    // The most stable number of columns over the first fifty lines; among equals `;`, then the most columns.
    std::size_t best_lines = 0, best_columns = 0;
    char best = ';';
    for (const char candidate : {';', ',', '\t', '|'}) {
      separate_by(candidate);
      std::map<std::size_t, std::size_t> lines_with;
      Scanned scanned;
      int lines = 0;
      for (std::size_t from = at; lines < 50 && scan(from, scanned) == Step::Row; from = scanned.next) {
        if (!cells.empty()) ++lines_with[cells.size()], ++lines;
      }
      for (const auto& [columns, count] : lines_with) {
        if (columns < 2) continue;
        const bool equal_and_wider = count == best_lines && best != ';' && columns > best_columns;
        if (count > best_lines || equal_and_wider) best = candidate, best_lines = count, best_columns = columns;
      }
    }
    separator = best;
  }
  separate_by(separator);
}

void CsvReader::State::separate_by(char by) {
  separator = by;
  classes = classes_for(by);
  find_marks({text.data(), text.size() + 1}, by, marks);
}

void CsvReader::State::refill() {
  base += at;
  text.erase(0, at);
  at = 0;
  const std::size_t before = text.size();
  std::string_view piece;
  Decoded decoded;
  if (encoding == Encoding::Utf8) {  // most files: the bytes are the text
    text.resize(before + piece_size);
    piece = bytes.read(offset, std::span(text).subspan(before));
    const std::size_t plain = ascii_run(piece);
    if (!certain && plain < piece.size()) settle_encoding(offset + plain);
    decoded = check_utf8(piece.substr(plain));
    decoded.used += plain;
    text.resize(before + decoded.used);
  }
  if (encoding != Encoding::Utf8) {
    text.resize(before);
    piece = bytes.read(offset, raw);
    decoded = decode(piece, encoding, text);
  }
  offset += decoded.used;
  const std::size_t nul = text.find('\0', before);
  if (nul != text.npos) {
    text.resize(nul);
    broken = "text.nul";
  } else if (decoded.bad) {
    broken = "text.invalid-encoding";
  } else if (offset >= bytes.total() || piece.empty()) {
    whole = true;
  } else if (decoded.used == 0) {
    broken = "text.invalid-encoding";  // the file ends in the middle of a character
  }
  find_marks({text.data(), text.size() + 1}, separator, marks);
}

CsvReader::State::Step CsvReader::State::scan(std::size_t begin, Scanned& scanned) {
  std::size_t count = 0, room = slots.size();
  cells = {};
  rewrites.clear();
  rewritten.clear();
  scanned = {};
  const char* p = text.data() + begin;
  const char* const end = text.data() + text.size();
  if (p == end) return whole ? Step::End : Step::More;
  const auto kind = [&](const char* c) { return classes[static_cast<unsigned char>(*c)]; };
  const auto at_end = [&](const char* c) { return c == end; };
  // The first place from `c` that is not ordinary; the NUL after the text is none.
  const auto marked = [&](const char* c) {
    for (;; ++c) {
      const auto place = static_cast<std::size_t>(c - text.data());
      std::size_t word = place / 64;
      std::uint64_t bits = marks[word] >> (place % 64);
      if (bits != 0) {
        c += std::countr_zero(bits);
      } else {
        while (marks[++word] == 0) {
        }
        c = text.data() + 64 * word + static_cast<unsigned>(std::countr_zero(marks[word]));
      }
      if (kind(c) != Ordinary) return c;
    }
  };
  const auto add = [&](const char* from, const char* to) {
    if (count == room) slots.resize(room = std::max<std::size_t>(64, 2 * room));
    CellView& cell = slots[count++];
    cell.text = {from, static_cast<std::size_t>(to - from)};
    cell.kind = from == to ? CellView::Kind::Empty : CellView::Kind::Text;
  };

  for (;;) {  // one cell
    const char* from = p;
    // What almost every cell is.
    if (const char* const to = marked(p); kind(to) == Separator && *from != '=' && *from != '\'') {
      add(from, to);
      p = to + 1;
      continue;
    }
    std::optional<Rewrite> rewrite;
    bool lone = false;
    if (kind(p) == Quote) {
      const char* piece = ++p;
      from = piece;
      for (;; ++p) {
        p = marked(p);
        if (at_end(p)) return whole ? Step::Unclosed : Step::More;
        if (kind(p) == Control) scanned.remarks |= Controls;
        if (kind(p) == LineEnd && !(*p == '\r' && p[1] == '\n')) ++scanned.lines;
        if (kind(p) != Quote) continue;
        if (at_end(p + 1) && !whole) return Step::More;
        if (p[1] != '"') break;
        if (!rewrite) rewrite = Rewrite{count, rewritten.size(), 0};
        rewritten.append(piece, p + 1);
        piece = ++p + 1;
      }
      const char* const closing = p++;
      const bool goes_on = !at_end(p) && kind(p) != Separator && kind(p) != LineEnd;
      if (goes_on) {  // "abc"def: what follows the quote is text too
        scanned.remarks |= LoneQuote;
        if (!rewrite) rewrite = Rewrite{count, rewritten.size(), 0};
      }
      if (rewrite) rewritten.append(piece, closing);
      const char* const tail = p;
      for (; goes_on; ++p) {
        p = marked(p);
        if (at_end(p) || kind(p) == Separator || kind(p) == LineEnd) break;
        if (kind(p) == Control) scanned.remarks |= Controls;
      }
      if (rewrite) rewritten.append(tail, p), rewrite->end = rewritten.size();
      add(from, closing);
    } else {
      for (;; ++p) {
        p = marked(p);
        if (at_end(p) || kind(p) == Separator || kind(p) == LineEnd) break;
        if (kind(p) == Control) scanned.remarks |= Controls;
        if (kind(p) == Quote) lone = true;
      }
      const bool empty_line = count == 0 && p == from && kind(p) != Separator;
      if (!empty_line) add(from, p);
    }
    if (rewrite) rewrites.push_back(*rewrite);
    if (p > from && (*from == '=' || *from == '\'') && !rewrite && without_excel_mark(slots[count - 1])) {
      scanned.remarks |= ExcelText;
      lone = false;
    }
    if (lone) scanned.remarks |= LoneQuote;

    if (at_end(p)) {
      if (!whole) return Step::More;
      break;
    }
    if (kind(p) == LineEnd) {
      if (*p == '\r' && at_end(p + 1) && !whole) return Step::More;
      p += *p == '\r' && p[1] == '\n' ? 2 : 1;
      break;
    }
    ++p;
  }
  cells = std::span(slots).first(count);
  for (const Rewrite& r : rewrites) {
    CellView& cell = cells[r.cell];
    cell.text = {rewritten.data() + r.begin, r.end - r.begin};
    cell.kind = cell.text.empty() ? CellView::Kind::Empty : CellView::Kind::Text;
    if (without_excel_mark(cell)) scanned.remarks |= ExcelText;
  }
  scanned.next = static_cast<std::size_t>(p - text.data());
  return Step::Row;
}

// What a row that is well formed may still break.
std::optional<Problem> CsvReader::State::objection() const {
  for (const CellView& cell : cells)
    if (cell.text.size() > cell_limit && characters(cell.text) > cell_limit)
      return problem("text.cell-too-long", std::to_string(line), std::to_string(&cell - cells.data() + 1),
                     std::to_string(cell_limit))
          .value();
  if (cells.size() > column_limit) {
    const auto last = std::find_if(cells.rbegin(), cells.rend(), [](const CellView& c) { return !c.text.empty(); });
    const auto columns = static_cast<std::size_t>(cells.rend() - last);
    if (columns > column_limit)
      return problem("text.too-many-columns", std::to_string(line), std::to_string(columns), std::to_string(column_limit))
          .value();
  }
  return std::nullopt;
}

Result<const RowView*> CsvReader::State::read() {
  if (stopped) return tl::make_unexpected(*stopped);
  const auto stop = [&](tl::unexpected<Problem> why) -> Result<const RowView*> {
    stopped = why.value();
    return why;
  };
  Scanned scanned;
  for (;;) {
    const Step step = scan(at, scanned);
    const bool too_long = (step == Step::Row ? scanned.next - at : text.size() - at) > line_limit;
    if (step == Step::Unclosed || (too_long && scanned.lines > 1))
      return stop(problem("text.quote-not-closed", std::to_string(line)));
    if (too_long && step != Step::End) return stop(problem("text.line-too-long", std::to_string(line), "1 MiB"));
    if (step == Step::End) return nullptr;
    if (step == Step::Row) break;
    if (!broken) {
      refill();
      continue;
    }
    // Line and column of the character after the last that could be read.
    const std::string_view rest = std::string_view(text).substr(at);
    std::uint32_t where = line;
    std::size_t line_begin = 0;
    for (std::size_t i = 0; i < rest.size(); ++i)
      if (rest[i] == '\n' || (rest[i] == '\r' && !(i + 1 < rest.size() && rest[i + 1] == '\n'))) ++where, line_begin = i + 1;
    return stop(problem(broken, std::to_string(where), std::to_string(characters(rest.substr(line_begin)) + 1), encoding_name));
  }
  const bool worth_a_look = scanned.next - at > cell_limit || cells.size() > column_limit;
  if (auto objected = worth_a_look ? objection() : std::nullopt) return stop(tl::make_unexpected(*objected));
  if (scanned.remarks) {
    remarked = true;
    for (const RemarkText& r : remark_texts)
      if (scanned.remarks & r.remark) tallies[r.remark].add(line);
  }
  row = {.number = line, .cells = cells};
  given = line;
  line += scanned.lines;
  at = scanned.next;
  return &row;
}

// Of almost every file almost all: one look at each mark, and nothing is written but sizes.
std::optional<PlainLines> CsvReader::State::cut_plain_lines(bool& unfinished) {
  const char* const begin = text.data() + at;
  const char* const end = text.data() + text.size();
  const std::size_t most = 2 * (text.size() - at) + 16;  // an empty line has two sizes; a cell one, and a byte after it
  if (sizes.size() < most) sizes.resize(most);
  const char *line_begin = begin, *cell = begin;  // those that are being cut
  char* sized = sizes.data();                     // behind the last whole line
  char* to = write_size(sized, line - given);
  char* count = to++;  // where that of the line's cells goes: one byte
  std::uint32_t cut = 0, in_line = 0;
  const auto marked_by_excel = [&] { return *cell == '=' || *cell == '\''; };
  const auto add_cell = [&](const char* to_here) { to = write_size(to, static_cast<std::size_t>(to_here - cell)), ++in_line; };
  std::size_t word = at / 64;
  std::uint64_t bits = marks[word] >> (at % 64) << (at % 64);
  const char* p;
  for (;;) {
    while (bits == 0) bits = marks[++word];
    p = text.data() + 64 * word + static_cast<unsigned>(std::countr_zero(bits));
    bits &= bits - 1;
    if (*p == separator) {
      if (marked_by_excel()) break;
      add_cell(p);
      cell = p + 1;
    } else if (*p == '\n' || *p == '\r') {
      if (p < cell) continue;  // the second half of a line end
      if (*p == '\r' && p + 1 == end) break;
      if (in_line > 0 || p > cell) {
        if (marked_by_excel()) break;
        add_cell(p);
      }
      if (in_line >= long_size || p - line_begin > static_cast<std::ptrdiff_t>(cell_limit)) break;
      *count = static_cast<char>(in_line);
      line_begin = cell = p + (*p == '\r' && p[1] == '\n' ? 2 : 1);
      ++cut, in_line = 0;
      sized = to;
      *to++ = 1;
      count = to++;
    } else if (*p != '\t') {
      break;  // a quote, a control character, or the NUL after the text
    }
  }
  unfinished = p >= end - 1;
  if (cut == 0) return std::nullopt;
  const PlainLines lines{.offset = base + at,
                         .text = {begin, static_cast<std::size_t>(line_begin - begin)},
                         .sizes = {sizes.data(), static_cast<std::size_t>(sized - sizes.data())},
                         .last = line + cut - 1};
  at += lines.text.size();
  line += cut;
  given = lines.last;
  return lines;
}

std::optional<PlainLines> CsvReader::State::read_plain_lines() {
  if (encoding != Encoding::Utf8 || stopped || separator == '\n' || separator == '\r') return std::nullopt;
  bool unfinished = false;
  auto lines = cut_plain_lines(unfinished);
  // A line that the text ends in is no reason to cut it in the other way.
  if (!lines && unfinished && !whole && !broken && text.size() - at <= cell_limit) {
    refill();
    if (encoding == Encoding::Utf8) lines = cut_plain_lines(unfinished);
  }
  return lines;
}

CsvReader::CsvReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;
CsvReader::~CsvReader() = default;

Result<CsvReader> CsvReader::open(const std::filesystem::path& path, const CsvOptions& options) {
  return opened(std::make_unique<State>(path, open_file(path)), options);
}

Result<CsvReader> CsvReader::of_descriptor(int descriptor, const CsvOptions& options) {
  return opened(std::make_unique<State>(std::filesystem::path(), descriptor), options);
}

Result<CsvReader> CsvReader::opened(std::unique_ptr<State> state, const CsvOptions& options) {
  if (options.encoding && !encoding_named(*options.encoding)) return problem("text.unknown-encoding", *options.encoding);
  if (state->bytes.total() == 0) return problem("file.empty");
  if (state->bytes.total() > file_limit) return problem("file.too-large", "4 GiB");
  std::string head(8, '\0');
  const std::string_view start = state->bytes.read(0, head);
  for (const std::string_view magic : {"PK\x03\x04", "\xD0\xCF\x11\xE0", "%PDF-"})
    if (start.starts_with(magic)) return problem("file.not-text");
  state->find_encoding(options);
  state->base = state->offset;
  // Enough for fifty lines of any ordinary table.
  do state->refill();
  while (!state->whole && !state->broken && state->text.size() < 128 << 10);
  // A file that is broken so early is known by its first lines; the rest of it is not needed for the separator.
  state->find_separator(options);
  return CsvReader(std::move(state));
}

Result<const RowView*> CsvReader::next() { return state_->read(); }
std::optional<PlainLines> CsvReader::plain_lines() { return state_->read_plain_lines(); }
char CsvReader::separator() const { return state_->separator; }
const std::string& CsvReader::encoding() const { return state_->encoding_name; }
bool CsvReader::encoding_is_certain() const { return state_->certain; }
std::uint64_t CsvReader::bytes_read() const { return state_->offset; }
std::uint64_t CsvReader::bytes_total() const { return state_->bytes.total(); }

const std::vector<Finding>& CsvReader::findings() const {
  State& state = *state_;
  if (std::exchange(state.remarked, false)) {
    state.findings.clear();
    if (state.assumed) state.findings.push_back(*state.assumed);
    for (const RemarkText& r : remark_texts) {
      const auto tally = state.tallies.find(r.remark);
      if (tally == state.tallies.end()) continue;
      state.findings.push_back({.code = r.code,
                                .level = r.level,
                                .place = {.row = tally->second.first},
                                .values = {std::to_string(tally->second.count), tally->second.lines}});
    }
  }
  return state.findings;
}

bool taken_for_formula(std::string_view text) {
  // A negative number begins like a formula and is none.
  const auto is_number = [](std::string_view digits) {
    return !digits.empty() && is_digit(digits[0]) && digits.find_first_not_of("0123456789,.") == digits.npos;
  };
  return begins_like_formula(text) && !(text[0] == '-' && is_number(text.substr(1)));
}

std::string csv_line(const std::vector<std::string>& cells, char separator) {
  if (cells.size() == 1 && cells[0].empty()) return "\"\"\r\n";  // an empty line would have no cell
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string& cell = cells[i];
    if (i > 0) out += separator;
    const bool defuse = taken_for_formula(cell);
    const bool blank_ends = !cell.empty() && (cell.front() == ' ' || cell.back() == ' ');
    if (!defuse && !blank_ends && cell.find_first_of("\"\r\n\t") == cell.npos && cell.find(separator) == cell.npos) {
      out += cell;
      continue;
    }
    out += '"';
    if (defuse) out += '\'';
    for (const char c : cell) out.append(c == '"' ? 2 : 1, c);
    out += '"';
  }
  return out += "\r\n";
}

}  // namespace horisont
