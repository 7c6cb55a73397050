#include "cli/visible_buffer.h"

#include "core/values/visible.h"

namespace horisont {

VisibleBuffer::VisibleBuffer(std::ostream& to, std::function<bool()> json) : to_(to), json_(std::move(json)) {}

VisibleBuffer::~VisibleBuffer() { pass_on(held_.size()); }

VisibleBuffer::int_type VisibleBuffer::overflow(int_type c) {
  if (c != traits_type::eof()) held_ += static_cast<char>(c);
  if (c == '\n') pass_on(held_.size());
  return to_ ? traits_type::not_eof(c) : traits_type::eof();
}

std::streamsize VisibleBuffer::xsputn(const char* text, std::streamsize size) {
  held_.append(text, static_cast<std::size_t>(size));
  if (const std::size_t line = held_.rfind('\n'); line != std::string::npos) pass_on(line + 1);
  return to_ ? size : 0;
}

int VisibleBuffer::sync() {
  pass_on(held_.size());
  to_.flush();
  return to_ ? 0 : -1;
}

void VisibleBuffer::pass_on(std::size_t bytes) {
  const std::string_view whole = std::string_view(held_).substr(0, bytes);
  to_ << (json_() ? visible_json(whole) : visible(whole));
  held_.erase(0, bytes);
}

}  // namespace horisont
