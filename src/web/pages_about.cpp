#include <algorithm>

#include "core/values/texts.h"
#include "web/handbook.h"
#include "web/pages.h"

namespace horisont::web {
namespace {

// "web.help.import" is a heading, "web.help.import.text" what stands below it.
Html chapters(const Visit& visit, std::initializer_list<const char*> ids) {
  Html out;
  for (const char* id : ids)
    out.add(el("section", el("h2", visit.t(id)), el("p", visit.t((std::string(id) + ".text").c_str()))));
  return out;
}

}  // namespace

Response help_page(Visit& visit) {
  Html list;
  for (const Chapter& chapter : handbook(visit.language)) list.add(el("li", link("/hjalp/" + chapter.name, chapter.title)));
  list.add(el("li", link("/hjalp/problem", visit.t("web.help.all-problems"))));
  return page(visit, visit.t("web.help.handbook"),
              el("div", {{"class", "prose"}}, el("p", {{"class", "lead"}}, visit.t("web.help.lead")), el("ul", list)));
}

// Every problem that a file can have, in the words in which it is told.
Response problem_help_page(Visit& visit) {
  Table table{.schema = "problem-help"};
  table.columns = {{"code", {"Kod", "Code"}}, {"what", {"Vad som är fel", "What is wrong"}}, {"cure", {"Vad du kan göra", "What to do"}}};
  // What stands in a cell or a file's name is not known here.
  const auto general = [&](const std::string& id) {
    std::string text = visit.say({id, std::vector<std::string>(10, "…")});
    if (text.ends_with("….")) text.pop_back();
    return text;
  };
  for (const auto texts : {texts_import, texts_identity, texts_readers, texts_values})
    for (const Text& text : texts())
      if (const Text* cure = text_of(std::string(text.id) + ".do"); cure && !text.id.starts_with("schema."))
        table.rows.push_back({std::string(text.id), general(std::string(text.id)), general(std::string(cure->id))});
  std::sort(table.rows.begin(), table.rows.end(),
            [](const auto& a, const auto& b) { return std::get<std::string>(a[0]) < std::get<std::string>(b[0]); });
  return page(visit, visit.t("web.help.all-problems"),
              el("p", {{"class", "lead"}}, visit.t("web.help.all-problems.lead")) +
                  plain_table(visit, table, visit.t("web.help.all-problems")) +
                  el("p", link("/hjalp", visit.t("web.help.handbook"))));
}

Response chapter_page(Visit& visit) {
  const auto chapters = handbook(visit.language);
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    if (chapters[i].name != visit.parts[0]) continue;
    Html ways = el("li", link("/hjalp", visit.t("web.help.handbook")));
    if (i > 0) ways.add(el("li", link("/hjalp/" + chapters[i - 1].name, "← " + chapters[i - 1].title)));
    if (i + 1 < chapters.size()) ways.add(el("li", link("/hjalp/" + chapters[i + 1].name, chapters[i + 1].title + " →")));
    return page(visit, chapters[i].title,
                el("div", {{"class", "prose"}}, chapters[i].body) +
                    el("nav", {{"aria-label", visit.t("web.help.handbook")}, {"class", "plain"}}, el("ul", {{"class", "inline"}}, ways)));
  }
  return message_page(visit, 404, visit.t("web.help.handbook"), visit.t("web.help.no-chapter"), "/hjalp");
}

Response accessibility_page(Visit& visit) {
  return page(visit, visit.t("web.nav.accessibility"),
              el("div", {{"class", "prose"}}, el("p", visit.t("web.a11y.lead")),
                 chapters(visit, {"web.a11y.tested", "web.a11y.known", "web.a11y.keys", "web.a11y.tell"})));
}

}  // namespace horisont::web
