#include "web/html.h"

#include <algorithm>

#include "core/values/visible.h"

namespace horisont::web {
namespace {

void append_escaped(std::string& to, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        to += "&amp;";
        break;
      case '<':
        to += "&lt;";
        break;
      case '>':
        to += "&gt;";
        break;
      case '"':
        to += "&quot;";
        break;
      case '\'':
        to += "&#39;";
        break;
      default:
        to += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
    }
  }
}

}  // namespace

// Text of a page is shown as it is: what would turn its direction, or is not seen, is written out.
Html::Html(std::string_view text) { append_escaped(markup_, visible(text)); }

Html element(std::string_view tag, Attributes attributes, const Html& inside) {
  Html made;
  std::string& out = made.markup_;
  out.reserve(inside.markup_.size() + 64);
  out.append("<").append(tag);
  for (const Html::Attribute& attribute : attributes) {
    if (!attribute.there) continue;
    out.append(" ").append(attribute.name).append("=\"");
    append_escaped(out, attribute.value);
    out += '"';
  }
  out += '>';
  constexpr std::string_view alone[] = {"input", "br", "hr", "meta", "link", "col"};
  if (std::find(std::begin(alone), std::end(alone), tag) != std::end(alone)) return made;
  out.append(inside.markup_).append("</").append(tag).append(">");
  return made;
}

}  // namespace horisont::web
