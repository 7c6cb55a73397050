#include "edge/xml/xml.h"

#include <expat.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>

namespace horisont {
namespace {

constexpr std::size_t most_attributes = 256, longest_name = 255, longest_value = 32'767;  // hostile-input.md, section 2
// A tag or comment that does not end is read again from its beginning with every piece. No honest one is as long as this.
constexpr std::int64_t longest_token = 1 << 20;

std::pair<std::string_view, std::string_view> split(std::string_view expanded) {
  const std::size_t space = expanded.rfind(' ');
  if (space == std::string_view::npos) return {{}, expanded};
  return {expanded.substr(0, space), expanded.substr(space + 1)};
}

struct Reading {
  explicit Reading(const XmlHandler& h, XmlLimits l)
      : handler(h), limits(l), parser(XML_ParserCreateNS(nullptr, ' '), &XML_ParserFree) {
    if (!parser) throw std::bad_alloc();
    XML_SetUserData(parser.get(), this);
    XML_SetElementHandler(parser.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
    XML_SetParamEntityParsing(parser.get(), XML_PARAM_ENTITY_PARSING_NEVER);
  }

  std::string line() const { return std::to_string(XML_GetCurrentLineNumber(parser.get())); }
  void stop(Message message) {
    if (!problem) problem = std::move(message);
    XML_StopParser(parser.get(), XML_FALSE);
  }
  // No exception may pass through expat, which is C.
  template <class F>
  void guarded(F&& f) {
    if (thrown || problem) return;
    try {
      f();
    } catch (...) {
      thrown = std::current_exception();
      XML_StopParser(parser.get(), XML_FALSE);
    }
  }

  static void on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
    Reading& r = *static_cast<Reading*>(data);
    r.guarded([&] {
      if (++r.depth > r.limits.depth) return r.stop({"xml.too-deep", {r.line(), std::to_string(r.limits.depth)}});
      if (r.limits.elements > 0 && ++r.elements > r.limits.elements)
        return r.stop({"xml.too-many", {r.line(), std::to_string(r.limits.elements)}});
      r.attributes.clear();
      const std::string_view whole(name);
      bool too_long = split(whole).second.size() > longest_name;
      for (; attributes[0]; attributes += 2) {
        const std::string_view key(attributes[0]), value(attributes[1]);
        too_long = too_long || split(key).second.size() > longest_name || value.size() > longest_value;
        r.attributes.emplace_back(key, value);
      }
      if (too_long || r.attributes.size() > most_attributes) return r.stop({"xml.too-large", {r.line()}});
      if (!r.handler.start) return;
      const auto [space, local] = split(whole);
      r.handler.start(space, local, r.attributes, static_cast<int>(XML_GetCurrentLineNumber(r.parser.get())));
    });
  }
  static void on_end(void* data, const XML_Char* name) {
    Reading& r = *static_cast<Reading*>(data);
    r.guarded([&] {
      --r.depth;
      const auto [space, local] = split(name);
      if (r.handler.end) r.handler.end(space, local);
    });
  }
  static void on_text(void* data, const XML_Char* text, int length) {
    Reading& r = *static_cast<Reading*>(data);
    r.guarded([&] {
      if (r.handler.text) r.handler.text(std::string_view(text, static_cast<std::size_t>(length)));
    });
  }
  static void on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    Reading& r = *static_cast<Reading*>(data);
    r.guarded([&] { r.stop({"xml.doctype", {r.line()}}); });
  }

  // False when reading is over, for whatever reason.
  bool feed(std::string_view piece, bool last) {
    constexpr std::size_t at_once = 64 << 10;
    do {
      const std::string_view part = piece.substr(0, at_once);
      piece.remove_prefix(part.size());
      const bool final = last && piece.empty();
      fed += static_cast<std::int64_t>(part.size());
      if (XML_Parse(parser.get(), part.data(), static_cast<int>(part.size()), final) == XML_STATUS_OK) {
        if (fed - std::max<std::int64_t>(0, XML_GetCurrentByteIndex(parser.get())) <= longest_token || final) continue;
        problem = Message{"xml.too-large", {line()}};
        return false;
      }
      if (thrown) std::rethrow_exception(thrown);
      if (!problem) problem = Message{"xml.damaged", {line(), XML_ErrorString(XML_GetErrorCode(parser.get()))}};
      return false;
    } while (!piece.empty());
    return true;
  }

  const XmlHandler& handler;
  XmlLimits limits;
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser;
  XmlHandler::Attributes attributes;
  std::optional<Message> problem;
  std::exception_ptr thrown;
  int depth = 0;
  std::int64_t elements = 0, fed = 0;
};

}  // namespace

Result<bool> read_xml(const std::function<std::string_view()>& next, const XmlHandler& handler, XmlLimits limits) {
  Reading reading(handler, limits);
  while (true) {
    const std::string_view piece = next();
    if (!reading.feed(piece, piece.empty())) return tl::make_unexpected(Problem{*reading.problem});
    if (piece.empty()) return true;
  }
}

Result<bool> read_xml(std::string_view whole, const XmlHandler& handler, XmlLimits limits) {
  bool given = false;
  return read_xml([&] { return std::exchange(given, true) ? std::string_view() : whole; }, handler, limits);
}

}  // namespace horisont
