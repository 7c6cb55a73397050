#include "web/handbook.h"

#include <vector>

namespace horisont::web {

// Made from docs/handbook when the program is built.
extern const std::string_view handbook_sv, handbook_en;

namespace {

// **bold** and [links](/to) inside a line.
Html in_line(std::string_view text) {
  Html out;
  while (!text.empty()) {
    const std::size_t bold = text.find("**"), open = text.find('[');
    const std::size_t at = std::min(bold, open);
    if (at == text.npos) break;
    if (at == bold) {
      const std::size_t end = text.find("**", at + 2);
      if (end == text.npos) break;
      out.add(Html(text.substr(0, at)) + el("strong", text.substr(at + 2, end - at - 2)));
      text.remove_prefix(end + 2);
    } else {
      const std::size_t middle = text.find("](/", at), end = middle == text.npos ? middle : text.find(')', middle);
      if (end == text.npos) break;
      out.add(Html(text.substr(0, at)) +
              link(std::string(text.substr(middle + 2, end - middle - 2)), text.substr(at + 1, middle - at - 1)));
      text.remove_prefix(end + 1);
    }
  }
  return out.add(Html(text));
}

bool is_numbered(std::string_view line) {
  const std::size_t digits = line.find_first_not_of("0123456789");
  return digits != 0 && digits != line.npos && line.substr(digits).starts_with(". ");
}

}  // namespace

std::vector<Chapter> chapters_of(std::string_view markdown) {
  std::vector<Chapter> chapters;
  Html items;
  std::string_view list;
  const auto end_list = [&] {
    if (!list.empty() && !chapters.empty()) chapters.back().body.add(el(list, items));
    items = {}, list = {};
  };
  while (!markdown.empty()) {
    const std::size_t end = markdown.find('\n');
    const std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(end == markdown.npos ? markdown.size() : end + 1);
    if (line.starts_with("## ")) {
      end_list();
      const std::size_t name = line.find(" {#");
      const std::size_t close = line.find('}', name == line.npos ? 0 : name);
      chapters.push_back({name == line.npos ? std::string() : std::string(line.substr(name + 3, close - name - 3)),
                          std::string(line.substr(3, name == line.npos ? line.npos : name - 3)), Html()});
    } else if (chapters.empty()) {
      continue;
    } else if (line.starts_with("- ") || is_numbered(line)) {
      const bool numbered = line[0] != '-';
      if (const std::string_view now = numbered ? "ol" : "ul"; now != list) end_list(), list = now;
      items.add(el("li", in_line(line.substr(line.find(' ') + 1))));
    } else {
      end_list();
      if (!line.empty()) chapters.back().body.add(el("p", in_line(line)));
    }
  }
  end_list();
  return chapters;
}

std::span<const Chapter> handbook(Language language) {
  static const std::vector<Chapter> sv = chapters_of(handbook_sv), en = chapters_of(handbook_en);
  return language == Language::Swedish ? sv : en;
}

std::string_view chapter_for(std::string_view path) {
  static constexpr std::pair<std::string_view, std::string_view> places[] = {
      {"/inlasningar", "lasa-in"},     {"/utkast", "lasa-in"},     {"/problem", "problem-ratta"}, {"/deltagare", "bedomningar"},
      {"/timmar", "timmar"},           {"/ekonomi", "timmar"},
               {"/rapporter", "rapporter"}, {"/manader", "manadsslut"},    {"/manad/", "manadsslut"},
      {"/granskning", "granskning"},   {"/stickprov", "granskning"}, {"/logg", "granskning"},       {"/regler", "bedomningar"},
  };
  if (path.empty() || path == "/") return "manadsslut";
  for (const auto& [begins, chapter] : places)
    if (path.starts_with(begins)) return chapter;
  return {};
}

}  // namespace horisont::web
