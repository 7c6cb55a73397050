#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/result.h"

namespace horisont {

/// Limits for hostile documents (hostile-input.md): nesting, attributes, elements; any DOCTYPE is refused.
struct XmlLimits {
  int depth = 64;
  std::int64_t elements = 0;  ///< 0: as many as there are
};

/// A thin wrapper over expat: events with expanded names ("uri local", or "local" without namespace), text in pieces,
/// lines. A handler that is empty is not called. Text views are valid during the call only.
struct XmlHandler {
  using Attributes = std::vector<std::pair<std::string_view, std::string_view>>;
  std::function<void(std::string_view space, std::string_view name, const Attributes&, int line)> start;
  std::function<void(std::string_view space, std::string_view name)> end;
  std::function<void(std::string_view)> text;
};

/// Feeds pieces until `next` gives an empty one. A Problem names the line ("xml.damaged", "xml.doctype", "xml.too-deep",
/// "xml.too-many").
Result<bool> read_xml(const std::function<std::string_view()>& next, const XmlHandler&, XmlLimits = {});
Result<bool> read_xml(std::string_view whole, const XmlHandler&, XmlLimits = {});

}  // namespace horisont
