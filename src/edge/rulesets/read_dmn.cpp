#include "edge/rulesets/rulesets.h"
#include "edge/xml/xml.h"

namespace horisont {

Result<dmn::Element> read_dmn(std::string_view bytes) {
  dmn::Element document;
  std::vector<dmn::Element*> open{&document};
  XmlHandler handler;
  handler.start = [&](std::string_view space, std::string_view name, const XmlHandler::Attributes& attributes, int line) {
    dmn::Element element;
    element.space = space, element.name = name, element.line = line;
    for (const auto& [expanded, value] : attributes) {
      const std::size_t at = expanded.rfind(' ');
      const bool bare = at == std::string_view::npos;
      element.attributes.push_back({std::string(bare ? expanded : expanded.substr(at + 1)),
                                    std::string(bare ? "" : expanded.substr(0, at)), std::string(value)});
    }
    open.back()->children.push_back(std::move(element));
    open.push_back(&open.back()->children.back());
  };
  handler.end = [&](std::string_view, std::string_view) { open.pop_back(); };
  handler.text = [&](std::string_view text) { open.back()->text += text; };
  // All elements are held, so there must be an end to them; the largest rule sets have some thousands.
  constexpr XmlLimits limits{.elements = 200'000};
  if (const auto read = read_xml(bytes, handler, limits); !read) return tl::make_unexpected(read.error());
  return std::move(document.children.at(0));
}

}  // namespace horisont
