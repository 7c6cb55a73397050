#include "edge/xml/xml.h"

#include <expat.h>

#include <memory>

namespace horisont {
namespace {

// What the handlers of the parser share. expat speaks C, so nothing may be thrown through it: trouble is noted, and
// parsing is stopped.
struct State {
  const XmlHandler& handler;
  XmlLimits limits;
  XML_Parser parser;
  int depth = 0;
  const char* trouble = nullptr;
  std::exception_ptr thrown;
  XmlHandler::Attributes attributes;

  template <class Action>
  void guarded(Action action) {
    try {
      action();
    } catch (...) {
      thrown = std::current_exception();
      XML_StopParser(parser, XML_FALSE);
    }
  }
};

std::pair<std::string_view, std::string_view> split(const char* name) {
  const std::string_view whole = name;
  const std::size_t blank = whole.rfind(' ');
  return blank == whole.npos ? std::pair(std::string_view{}, whole)
                             : std::pair(whole.substr(0, blank), whole.substr(blank + 1));
}

void XMLCALL on_start(void* user, const char* name, const char** attributes) {
  State& state = *static_cast<State*>(user);
  if (++state.depth > state.limits.depth) {
    state.trouble = "xml.too-deep";
    XML_StopParser(state.parser, XML_FALSE);
    return;
  }
  if (!state.handler.start) return;
  state.guarded([&] {
    state.attributes.clear();
    for (; *attributes; attributes += 2) state.attributes.emplace_back(attributes[0], attributes[1]);
    const auto [space, local] = split(name);
    state.handler.start(space, local, state.attributes, static_cast<int>(XML_GetCurrentLineNumber(state.parser)));
  });
}
void XMLCALL on_end(void* user, const char* name) {
  State& state = *static_cast<State*>(user);
  --state.depth;
  if (!state.handler.end) return;
  state.guarded([&] {
    const auto [space, local] = split(name);
    state.handler.end(space, local);
  });
}
void XMLCALL on_text(void* user, const char* text, int length) {
  State& state = *static_cast<State*>(user);
  if (state.handler.text) state.guarded([&] { state.handler.text({text, static_cast<std::size_t>(length)}); });
}
// A document type can name entities that grow without bound or reach other files; no format that we read needs one.
void XMLCALL on_doctype(void* user, const char*, const char*, const char*, int) {
  State& state = *static_cast<State*>(user);
  state.trouble = "xml.doctype";
  XML_StopParser(state.parser, XML_FALSE);
}

}  // namespace

Result<bool> read_xml(const std::function<std::string_view()>& next, const XmlHandler& handler, XmlLimits limits) {
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser{XML_ParserCreateNS(nullptr, ' '), XML_ParserFree};
  if (!parser) throw std::bad_alloc();
  State state{.handler = handler, .limits = limits, .parser = parser.get()};
  XML_SetUserData(parser.get(), &state);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  for (bool last = false; !last;) {
    const std::string_view piece = next();
    last = piece.empty();
    const auto status = XML_Parse(parser.get(), piece.data() ? piece.data() : "", static_cast<int>(piece.size()), last);
    if (state.thrown) std::rethrow_exception(state.thrown);
    if (status == XML_STATUS_OK) continue;
    const std::string line = std::to_string(XML_GetCurrentLineNumber(parser.get()));
    if (state.trouble) return problem(state.trouble, line);
    return problem("xml.damaged", line, XML_ErrorString(XML_GetErrorCode(parser.get())));
  }
  return true;
}

Result<bool> read_xml(std::string_view whole, const XmlHandler& handler, XmlLimits limits) {
  // expat counts in int; a piece stays well below.
  constexpr std::size_t piece = 1 << 20;
  return read_xml(
      [&] {
        const std::string_view now = whole.substr(0, piece);
        whole.remove_prefix(now.size());
        return now;
      },
      handler, limits);
}

}  // namespace horisont
