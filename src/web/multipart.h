#pragma once

#include <cstdio>
#include <memory>

#include "web/http.h"

namespace horisont::web {

/// The boundary of a "multipart/form-data; boundary=…"; empty when it is none.
std::string boundary_of(std::string_view content_type);
/// A file name without folders and without what a name should not hold; "fil" when nothing remains.
std::string clean_file_name(std::string_view);

/// Reads a form with one file as it arrives: small fields are kept, the file goes to disk piece by piece.
class MultipartReader {
 public:
  /// The file is written into a new folder below `folder`.
  MultipartReader(std::string boundary, std::filesystem::path folder);
  ~MultipartReader();
  MultipartReader(const MultipartReader&) = delete;
  MultipartReader& operator=(const MultipartReader&) = delete;

  /// False when it cannot be a form any more: broken parts, two files, too many or too large fields, a full disk.
  bool take(std::string_view bytes);
  /// Whether the last boundary was seen; the form may be used only then.
  bool complete() const { return state_ == State::Over; }
  Fields fields;
  std::optional<Upload> upload;

 private:
  enum class State { Preamble, Heads, Value, File, Over, Broken } state_ = State::Preamble;
  bool begin_part(std::string_view heads);
  bool add(std::string_view bytes);
  bool end_part();
  std::string boundary_, rest_, name_, value_;
  std::filesystem::path folder_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_{nullptr, &std::fclose};
};

}  // namespace horisont::web
