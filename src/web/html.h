#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "core/values/message.h"

namespace horisont::web {

/// HTML that is sound: made of elements and of text whose signs were taken care of. There is no way to make one from a text
/// without that, so nothing that somebody wrote in a sheet can become markup.
class Html {
 public:
  Html() = default;
  Html(std::string_view text);  // NOLINT: text becomes HTML by being escaped
  Html(const std::string& text) : Html(std::string_view(text)) {}
  Html(const char* text) : Html(std::string_view(text)) {}

  struct Attribute {
    std::string_view name;
    std::string value;
    bool there = true;  ///< false: the element goes without it
  };
  Html& add(const Html& more) {
    markup_ += more.markup_;
    return *this;
  }
  friend Html operator+(Html a, const Html& b) { return std::move(a.add(b)); }
  bool empty() const { return markup_.empty(); }
  const std::string& markup() const { return markup_; }

 private:
  friend Html element(std::string_view, std::initializer_list<Attribute>, const Html&);
  std::string markup_;
};

using Attributes = std::initializer_list<Html::Attribute>;
/// `tag` is a name of ours; elements that hold nothing (input, br …) get no end.
Html element(std::string_view tag, Attributes, const Html& inside);
template <class... Inside>
Html el(std::string_view tag, Attributes attributes, const Inside&... inside) {
  Html all;
  (all.add(Html(inside)), ...);
  return element(tag, attributes, all);
}
template <class... Inside>
Html el(std::string_view tag, const Inside&... inside) {
  return el(tag, Attributes{}, inside...);
}

inline Html link(std::string to, const Html& inside) { return el("a", {{"href", std::move(to)}}, inside); }

}  // namespace horisont::web
