#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dmn {

/// One XML element as a plain value, so that this library needs no XML parser. Names are local; the namespace stands apart.
struct Element {
  std::string name, space;  ///< local name, namespace URI
  struct Attribute {
    std::string name, space, value;
  };
  std::vector<Attribute> attributes;
  std::string text;  ///< all character data directly inside, joined
  std::vector<Element> children;
  int line = 0;

  const std::string* attribute(std::string_view local) const {
    for (const Attribute& a : attributes)
      if (a.name == local) return &a.value;
    return nullptr;
  }
  const Element* child(std::string_view local) const {
    for (const Element& c : children)
      if (c.name == local) return &c;
    return nullptr;
  }
};

}  // namespace dmn
