#include "web/multipart.h"

#include "web/gate.h"

namespace horisont::web {
namespace {

constexpr std::size_t value_limit = 64 << 10, part_heads_limit = 4 << 10, fields_limit = 100;

// `name="…"` of a Content-Disposition; browsers write a quotation mark as %22.
std::optional<std::string> parameter(std::string_view heads, std::string_view name) {
  const std::string key = "; " + std::string(name) + "=\"";
  const std::size_t at = heads.find(key);
  if (at == heads.npos) return std::nullopt;
  const std::size_t begin = at + key.size(), end = heads.find('"', begin);
  if (end == heads.npos) return std::nullopt;
  return std::string(heads.substr(begin, end - begin));
}

}  // namespace

std::string boundary_of(std::string_view content_type) {
  constexpr std::string_view start = "multipart/form-data; boundary=";
  if (!content_type.starts_with(start)) return "";
  std::string_view boundary = content_type.substr(start.size());
  if (boundary.size() >= 2 && boundary.front() == '"' && boundary.back() == '"')
    boundary = boundary.substr(1, boundary.size() - 2);
  if (boundary.empty() || boundary.size() > 70 || boundary.find_first_of("\" ;,\t") != boundary.npos) return "";
  return std::string(boundary);
}

std::string clean_file_name(std::string_view name) {
  if (const std::size_t slash = name.find_last_of("/\\"); slash != name.npos) name.remove_prefix(slash + 1);
  std::string clean;
  for (const char c : name)
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) clean += c;
  while (clean.starts_with('.')) clean.erase(0, 1);
  // A name on disk has at most 255 bytes; the ending says what kind of file it is.
  constexpr std::size_t most = 200;
  if (clean.size() > most) {
    std::size_t keep = clean.size() - most;
    while (keep < clean.size() && (static_cast<unsigned char>(clean[keep]) & 0xC0) == 0x80) ++keep;
    clean.erase(0, keep);
  }
  return clean.empty() ? "fil" : clean;
}

MultipartReader::MultipartReader(std::string boundary, std::filesystem::path folder)
    : boundary_("\r\n--" + boundary), rest_("\r\n"), folder_(std::move(folder)) {}

MultipartReader::~MultipartReader() {
  file_.reset();
  std::error_code ignored;
  if (upload) std::filesystem::remove_all(upload->file.parent_path(), ignored);
}

bool MultipartReader::take(std::string_view bytes) {
  rest_ += bytes;
  for (;;) {
    if (state_ == State::Broken) return false;
    if (state_ == State::Over) {
      rest_.clear();
      return true;
    }
    if (state_ == State::Heads) {
      const std::size_t end = rest_.find("\r\n\r\n");
      if (rest_.starts_with("--") || end == rest_.npos) {
        if (rest_.starts_with("--")) {
          state_ = State::Over;
          continue;
        }
        if (rest_.size() > part_heads_limit) state_ = State::Broken;
        return state_ != State::Broken;
      }
      if (end > part_heads_limit || !begin_part(std::string_view(rest_).substr(0, end))) state_ = State::Broken;
      rest_.erase(0, end + 4);
      continue;
    }
    const std::size_t at = rest_.find(boundary_);
    if (at == rest_.npos) {
      // The last bytes may be the beginning of a boundary.
      if (rest_.size() < boundary_.size()) return true;
      const std::size_t sure = rest_.size() - boundary_.size() + 1;
      if (!add(std::string_view(rest_).substr(0, sure))) state_ = State::Broken;
      rest_.erase(0, sure);
      return state_ != State::Broken;
    }
    if (rest_.size() < at + boundary_.size() + 2) {
      // What follows decides whether this is the end.
      return true;
    }
    if (!add(std::string_view(rest_).substr(0, at)) || !end_part()) state_ = State::Broken;
    rest_.erase(0, at + boundary_.size());
    if (state_ != State::Broken) state_ = State::Heads;
  }
}

bool MultipartReader::begin_part(std::string_view heads) {
  if (!heads.starts_with("\r\n")) return false;
  const auto name = parameter(heads, "name");
  if (!name || fields.size() == fields_limit) return false;
  name_ = *name;
  value_.clear();
  const auto file_name = parameter(heads, "filename");
  if (!file_name) {
    state_ = State::Value;
    return true;
  }
  if (upload) return false;
  const auto own = folder_ / random_secret();
  std::error_code error;
  std::filesystem::create_directories(own, error);
  if (error) return false;
  std::filesystem::permissions(own, std::filesystem::perms::owner_all, error);
  upload = Upload{.name = clean_file_name(*file_name), .file = own / clean_file_name(*file_name)};
  file_.reset(std::fopen(upload->file.c_str(), "wbx"));
  state_ = State::File;
  return file_ != nullptr;
}

bool MultipartReader::add(std::string_view bytes) {
  if (state_ == State::Value) {
    value_ += bytes;
    return value_.size() <= value_limit;
  }
  if (state_ == State::File) {
    upload->size += bytes.size();
    return std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size();
  }
  return true;
}

bool MultipartReader::end_part() {
  if (state_ == State::Value) fields.emplace_back(name_, value_);
  if (state_ == State::File) return std::fclose(file_.release()) == 0;
  return true;
}

}  // namespace horisont::web
