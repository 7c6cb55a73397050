#include "edge/spreadsheet/text_rows.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "edge/csv/rows_ahead.h"
#include "edge/csv/sizes.h"
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
  bool encoding_is_certain = false;  // before any row
  std::uint64_t bytes_total = 0;

 protected:
  void said_by(const CsvReader& reader) {
    separator = reader.separator(), bytes_total = reader.bytes_total();
    encoding = reader.encoding(), encoding_is_certain = reader.encoding_is_certain();
  }
};

class TextRows::Here final : public Source {
 public:
  explicit Here(CsvReader reader) : reader_(std::move(reader)) { said_by(reader_); }
  Result<const RowView*> next() override {
    auto row = reader_.next();
    if (encoding != reader_.encoding()) encoding = reader_.encoding();
    return row;
  }
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
  std::vector<Finding> findings() override {
    std::vector<Finding> all = rows_->findings();
    encoding = rows_->encoding();
    return all;
  }

 private:
  std::optional<RowsAhead> rows_;
};

// Rows from the child, each checked before it is given. Where it says that lines stand in the file as they are meant, their
// text is taken from there into memory that nobody else writes to, and is then as little trusted as what comes from the child.
class TextRows::Apart final : public Source {
 public:
  Apart(const std::filesystem::path& path, const CsvOptions& options, const ReadingChild& how)
      : path_(path),
        patience_(how.patience),
        file_(path),
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
    in_.wait_until(apart::Clock::now() + patience_);
    return soundly([&]() -> std::optional<Problem> {
      const auto guard = in_.byte();
      if (guard != answer::filtered && guard != answer::unfiltered) throw apart::Unsound{};
      unfiltered_ = guard == answer::unfiltered;
      const auto first = in_.byte();
      if (first == answer::refused) return refused();
      if (first != answer::text) throw apart::Unsound{};
      separator = static_cast<char>(in_.byte(0x7F));
      encoding = in_.text(32);
      encoding_is_certain = in_.byte(1) != 0;
      bytes_total = in_.long_number();
      return std::nullopt;
    });
  }

  Result<const RowView*> next() override {
    if (!ended_)
      if (auto failed = soundly([&] {
            cut_line();
            return std::optional<Problem>();
          }))
        problem_ = std::move(failed), ended_ = true;
    if (!ended_) return &row_;
    if (problem_) return tl::make_unexpected(*problem_);
    return nullptr;
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
    const auto seconds = [&] { return std::to_string(std::chrono::ceil<std::chrono::seconds>(patience_).count()); };
    try {
      return read();
    } catch (const apart::TooSlow&) {
      return Problem{{"reader.too-slow", {seconds()}}};
    } catch (const apart::Unsound&) {
      ends_.answers.close();
      return apart::what_became_of(child_, seconds(), file_, path_);
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
    if (file_.has_changed()) throw apart::Unsound{};  // its rows are not those of one file
  }

  // The next lines, or the end.
  void read_lines() {
    if (!text_.empty()) throw apart::Unsound{};
    in_.wait_until(apart::Clock::now() + patience_);
    const auto item = in_.byte();
    switch (item) {
      case answer::lines_sent:
      case answer::lines_in_file:
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
    encoding = in_.text(32);
    findings_.clear();
    for (auto left = in_.number(64); left > 0; --left) {
      if (in_.byte() != answer::finding) throw apart::Unsound{};
      findings_.push_back(apart::read_finding(in_));
    }
    const std::uint64_t place = item == answer::lines_in_file ? in_.long_number() : 0;
    const std::size_t sizes = in_.number(answer::sizes_of_block), text = in_.number(answer::text_of_block);
    // Both stay where they are until the next lines are read.
    if (item == answer::lines_in_file) {
      sizes_ = Sizes(in_.bytes(sizes));
      text_ = text_in_file(place, text);
    } else {
      const std::string_view both = in_.bytes(sizes + text);
      sizes_ = Sizes(both.substr(0, sizes));
      text_ = both.substr(sizes);
    }
    if (!apart::is_utf8(text_)) throw apart::Unsound{};
  }

  std::string_view text_in_file(std::uint64_t place, std::size_t size) {
    if (place > bytes_total || size > bytes_total - place) throw apart::Unsound{};
    if (from_file_.size() < size) from_file_.resize(size);
    for (std::size_t filled = 0; filled < size;) {
      const ssize_t count =
          ::pread(file_.number, from_file_.data() + filled, size - filled, static_cast<off_t>(place + filled));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) throw FileError({"file.read-failed", {path_.string(), error_words(errno)}}, FileError::Fault::Machine);
      if (count == 0) throw apart::Unsound{};  // the file has become shorter
      filled += static_cast<std::size_t>(count);
    }
    return {from_file_.data(), size};
  }

  // The next row, or the end. The text is UTF-8, and so is each cell, since bytes of ASCII stand before and behind it.
  void cut_line() {
    while (sizes_.done()) {
      read_lines();
      if (ended_) return;
    }
    const auto sound = [](bool it_is) {
      if (!it_is) throw apart::Unsound{};
    };
    const std::uint32_t later = size(), count = size();
    sound(later != 0 && later <= 0xFFFFFFFF - row_.number && count <= column_limit);
    if (cells_.size() < count) cells_.resize(count);
    const char* at = text_.data();
    const char* const end = at + text_.size();
    for (std::uint32_t i = 0; i < count; ++i) {
      if (i > 0) sound(at != end && *at++ == separator);
      const std::uint32_t length = size();
      sound(length <= static_cast<std::size_t>(end - at) && length <= 4 * cell_limit);
      cells_[i].kind = length == 0 ? CellView::Kind::Empty : CellView::Kind::Text;
      cells_[i].text = {at, length};
      at += length;
    }
    sound(at != end && (*at == '\n' || *at == '\r'));
    if (*at++ == '\r' && at != end && *at == '\n') ++at;
    text_.remove_prefix(static_cast<std::size_t>(at - text_.data()));
    row_.number += later;
    row_.cells = {cells_.data(), count};
  }
  std::uint32_t size() {
    const auto size = sizes_.next();
    return size ? *size : throw apart::Unsound{};
  }

  std::filesystem::path path_;
  std::chrono::milliseconds patience_;  // with each block: whoever uses the rows may take longer
  apart::OpenedFile file_;
  Ends ends_;
  apart::Child child_;
  apart::Reader in_;
  bool unfiltered_ = false, ended_ = false;
  std::optional<Problem> problem_;
  std::uint64_t bytes_read_ = 0;
  Sizes sizes_;            // of the lines at hand,
  std::string_view text_;  // and their text
  std::string from_file_;
  std::vector<CellView> cells_;  // those of the row come first
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
bool TextRows::encoding_is_certain() const { return source_->encoding_is_certain; }
std::uint64_t TextRows::bytes_read() const { return source_->bytes_read(); }
std::uint64_t TextRows::bytes_total() const { return source_->bytes_total; }
std::vector<Finding> TextRows::findings() { return source_->findings(); }

}  // namespace horisont
