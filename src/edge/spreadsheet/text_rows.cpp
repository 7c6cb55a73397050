#include "edge/spreadsheet/text_rows.h"

#include <sys/wait.h>

#include <utility>

#include "edge/csv/rows_ahead.h"
#include "edge/files/files.h"
#include "edge/spreadsheet/answer.h"
#include "edge/spreadsheet/child_process.h"

namespace horisont {
namespace {

constexpr std::uint64_t worth_a_thread = 1u << 20;  // bytes of a file

}  // namespace

class TextRows::Source {
 public:
  virtual ~Source() = default;
  virtual Result<const RowView*> next() = 0;
  virtual std::uint64_t bytes_read() const = 0;
  virtual std::vector<Finding> findings() = 0;

  char separator = ';';
  std::string encoding;
  std::uint64_t bytes_total = 0;

 protected:
  void said_by(const CsvReader& reader) {
    separator = reader.separator(), encoding = reader.encoding(), bytes_total = reader.bytes_total();
  }
};

class TextRows::Here final : public Source {
 public:
  explicit Here(CsvReader reader) : reader_(std::move(reader)) { said_by(reader_); }
  Result<const RowView*> next() override { return reader_.next(); }
  std::uint64_t bytes_read() const override { return reader_.bytes_read(); }
  std::vector<Finding> findings() override { return reader_.findings(); }

 private:
  CsvReader reader_;
};

class TextRows::Ahead final : public Source {
 public:
  explicit Ahead(CsvReader reader) {
    said_by(reader);
    rows_.emplace(std::move(reader));
  }
  Result<const RowView*> next() override { return rows_->next(); }
  std::uint64_t bytes_read() const override { return rows_->bytes_read(); }
  std::vector<Finding> findings() override { return rows_->findings(); }

 private:
  std::optional<RowsAhead> rows_;
};

// Blocks of rows from the child, each checked before any row of it is given.
class TextRows::Apart final : public Source {
 public:
  Apart(const std::filesystem::path& path, const CsvOptions& options, const ReadingChild& how)
      : path_(path),
        patience_(how.patience),
        file_(open_file(path)),
        ends_(apart::pipe_ends()),
        child_(how,
               {answer::of_text, options.separator ? std::string(1, *options.separator) : std::string(),
                options.encoding.value_or("")},
               file_.number, ends_.childs.number),
        in_(ends_.answers.number, {}) {
    ends_.childs.close();
  }

  // What the child says before the first row; a Problem when it refuses.
  std::optional<Problem> begin() {
    return soundly([&]() -> std::optional<Problem> {
      const auto guard = in_.byte();
      if (guard != answer::filtered && guard != answer::unfiltered) throw apart::Unsound{};
      unfiltered_ = guard == answer::unfiltered;
      const auto first = in_.byte();
      if (first == answer::refused) return refused();
      if (first != answer::text) throw apart::Unsound{};
      separator = static_cast<char>(in_.byte(0x7F));
      encoding = in_.text(32);
      bytes_total = in_.long_number();
      return std::nullopt;
    });
  }

  Result<const RowView*> next() override {
    while (line_ == lines_.size()) {
      if (ended_) {
        if (problem_) return tl::make_unexpected(*problem_);
        return nullptr;
      }
      if (auto failed = soundly([&] { return read_block(), std::optional<Problem>(); }))
        problem_ = std::move(failed), ended_ = true, lines_.clear(), line_ = 0;  // what was read of a block is no row
    }
    const Line& line = lines_[line_++];
    row_ = {.number = line.number, .cells = std::span(cells_).subspan(cell_, line.cells)};
    cell_ += line.cells;
    return &row_;
  }
  std::uint64_t bytes_read() const override { return bytes_read_; }
  std::vector<Finding> findings() override {
    std::vector<Finding> all = findings_;
    if (unfiltered_) all.push_back({.code = "reader.no-filter", .level = Level::Notice});
    return all;
  }

 private:
  struct Ends {
    explicit Ends(std::pair<int, int> both) : answers(both.first), childs(both.second) {}
    apart::Descriptor answers, childs;
  };

  // Reads of the answer; whatever is wrong with it, or with the child, becomes a Problem.
  template <class Read>
  std::optional<Problem> soundly(Read&& read) {
    const std::string seconds = std::to_string(std::chrono::ceil<std::chrono::seconds>(patience_).count());
    in_.wait_until(apart::Clock::now() + patience_);
    try {
      return read();
    } catch (const apart::TooSlow&) {
      return Problem{{"reader.too-slow", {seconds}}};
    } catch (const apart::Unsound&) {
      ends_.answers.close();
      return apart::what_became_of(child_, seconds, path_);
    }
  }

  Problem refused() {
    Problem why = apart::read_problem(in_);
    gone();
    return why;
  }
  // After its last word the child ends by itself, and says that all went well.
  void gone() {
    in_.nothing_more();
    const auto status = child_.wait_until(apart::Clock::now() + std::chrono::seconds(2));
    if (!status || !WIFEXITED(*status) || WEXITSTATUS(*status) != answer::whole) throw apart::Unsound{};
  }

  void read_block() {
    lines_.clear();
    line_ = cell_ = 0;
    switch (in_.byte()) {
      case answer::block:
        break;
      case answer::refused:
        problem_ = refused();
        ended_ = true;
        return;
      case answer::end:
        gone();
        ended_ = true;
        return;
      default:
        throw apart::Unsound{};
    }
    bytes_read_ = in_.long_number();
    if (bytes_read_ > bytes_total) throw apart::Unsound{};
    findings_.clear();
    for (auto left = in_.number(64); left > 0; --left) {
      if (in_.byte() != answer::finding) throw apart::Unsound{};
      findings_.push_back(apart::read_finding(in_));
    }
    const std::size_t lines = in_.number(answer::lines_of_block);
    const std::size_t sizes = in_.number(5 * (answer::text_of_block + 2 * answer::lines_of_block));
    const std::size_t text = in_.number(answer::text_of_block);
    const std::string_view both = in_.bytes(sizes + text);  // the cells stand in it until the next block is read
    apart::Sizes size(both.substr(0, sizes));
    std::string_view rest = both.substr(sizes);
    if (!apart::is_utf8(rest)) throw apart::Unsound{};
    std::size_t cells = 0;
    lines_.resize(lines);
    for (Line& line : lines_) {
      const std::uint32_t later = size.next();
      if (later == 0 || later > 0xFFFFFFFF - last_number_) throw apart::Unsound{};
      line = {last_number_ += later, size.next()};
      if (line.cells > column_limit) throw apart::Unsound{};
      if (cells_.size() < cells + line.cells) cells_.resize(2 * (cells + line.cells));
      for (const std::size_t end = cells + line.cells; cells < end; ++cells) {
        const std::uint32_t length = size.next();
        // The whole is UTF-8, and so are its parts where each ends before a character of one byte.
        if (length >= rest.size() || length > 4 * cell_limit || (rest[length] & 0x80) != 0) throw apart::Unsound{};
        cells_[cells].kind = length == 0 ? CellView::Kind::Empty : CellView::Kind::Text;
        cells_[cells].text = rest.substr(0, length);
        rest.remove_prefix(length + 1);
      }
    }
    if (!rest.empty() || !size.done()) throw apart::Unsound{};
  }

  std::filesystem::path path_;
  std::chrono::milliseconds patience_;  // with each block: whoever uses the rows may take longer
  apart::Descriptor file_;
  Ends ends_;
  apart::Child child_;
  apart::Reader in_;
  bool unfiltered_ = false, ended_ = false;
  std::optional<Problem> problem_;
  std::uint64_t bytes_read_ = 0;
  std::uint32_t last_number_ = 0;
  struct Line {
    std::uint32_t number, cells;
  };
  std::vector<Line> lines_;
  std::vector<CellView> cells_;  // those of the block come first
  std::size_t line_ = 0, cell_ = 0;
  RowView row_;
  std::vector<Finding> findings_;
};

Result<TextRows> TextRows::open(const std::filesystem::path& path, const CsvOptions& options, bool whole) {
  if (const auto& child = apart::reading_child()) {
    auto source = std::make_unique<Apart>(path, options, *child);
    if (auto refused = source->begin()) return tl::make_unexpected(std::move(*refused));
    return TextRows(std::move(source));
  }
  auto reader = CsvReader::open(path, options);
  if (!reader) return tl::make_unexpected(reader.error());
  if (whole && reader->bytes_total() >= worth_a_thread) return TextRows(std::make_unique<Ahead>(*std::move(reader)));
  return TextRows(std::make_unique<Here>(*std::move(reader)));
}

TextRows::TextRows(std::unique_ptr<Source> source) : source_(std::move(source)) {}
TextRows::TextRows(TextRows&&) noexcept = default;
TextRows& TextRows::operator=(TextRows&&) noexcept = default;
TextRows::~TextRows() = default;
Result<const RowView*> TextRows::next() { return source_->next(); }
char TextRows::separator() const { return source_->separator; }
const std::string& TextRows::encoding() const { return source_->encoding; }
std::uint64_t TextRows::bytes_read() const { return source_->bytes_read(); }
std::uint64_t TextRows::bytes_total() const { return source_->bytes_total; }
std::vector<Finding> TextRows::findings() { return source_->findings(); }

}  // namespace horisont
