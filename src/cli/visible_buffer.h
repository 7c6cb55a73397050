#pragma once

#include <functional>
#include <ostream>
#include <streambuf>
#include <string>

namespace horisont {

/// Passes all that is written on to another stream, line by line, and nothing that a terminal would obey (see visible()).
class VisibleBuffer : public std::streambuf {
 public:
  /// `json` is asked at each line: JSON has escapes of its own.
  VisibleBuffer(std::ostream& to, std::function<bool()> json);
  ~VisibleBuffer() override;
  VisibleBuffer(const VisibleBuffer&) = delete;
  VisibleBuffer& operator=(const VisibleBuffer&) = delete;

 private:
  int_type overflow(int_type) override;
  std::streamsize xsputn(const char*, std::streamsize) override;
  int sync() override;
  void pass_on(std::size_t bytes);

  std::ostream& to_;
  std::function<bool()> json_;
  std::string held_;
};

}  // namespace horisont
