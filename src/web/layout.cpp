#include <algorithm>

#include "app/table.h"
#include "web/assets.h"
#include "web/handbook.h"
#include "web/site.h"

namespace horisont::web {
namespace {

struct Place {
  const char *path, *text;
};

Html navigation(const Visit& visit) {
  static constexpr Place places[] = {{"/", "web.nav.overview"},        {"/inlasningar", "web.nav.imports"},
                                     {"/problem", "web.nav.problems"}, {"/deltagare", "web.nav.people"},
                                     {"/timmar", "web.nav.hours"},     {"/ekonomi", "web.nav.money"},
                                     {"/rapporter", "web.nav.reports"},
                                     {"/manader", "web.months"},       {"/granskning", "web.nav.audit"},
                                     {"/logg", "web.nav.log"},         {"/installningar", "web.nav.terms"}};
  Html items;
  const auto item = [&](const std::string& to, const std::string& label, bool here) {
    items.add(el("li", el("a", {{"href", to}, {"aria-current", "page", here}}, label)));
  };
  if (!visit.project.empty()) {
    for (const Place& place : places) {
      const std::string to = visit.base() + place.path;
      const bool start = std::string_view(place.path) == "/";
      const bool here =
          start ? visit.path == to || visit.path == visit.base() : visit.path == to || visit.path.starts_with(to + "/");
      std::string label = visit.t(place.text);
      if (std::string_view(place.text) == "web.nav.problems" && visit.snapshot) {
        if (const auto open = visit.snapshot->known->open_problems(); open) label += " (" + count_words(open, visit.language) + ")";
      }
      items.add(el("li", el("a", {{"href", to}, {"aria-current", "page", here}}, label)));
    }
  } else {
    item("/", visit.t("web.nav.projects"), visit.path == "/");
  }
  item("/regler", visit.t("web.nav.rules"), visit.path.starts_with("/regler"));
  item("/hjalp", visit.t("web.nav.help"), visit.path.starts_with("/hjalp"));
  return el("nav", {{"aria-label", visit.t("web.nav")}}, el("ul", items));
}

// The same page in the other language, remembered.
Html language_switch(const Visit& visit) {
  const bool swedish = visit.language == Language::Swedish;
  std::string to = visit.request.head.path, rest;
  for (const auto& [name, value] : visit.request.head.query)
    if (name != "lang") rest += (rest.empty() ? "?" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
  return el(
      "form", {{"method", "post"}, {"action", "/sprak"}, {"class", "plain"}}, hidden("token", visit.token),
      hidden("till", to + rest),
      el("button", {{"name", "lang"}, {"value", swedish ? "en" : "sv"}, {"lang", swedish ? "en" : "sv"}, {"class", "quiet"}},
         swedish ? "In English" : "På svenska"));
}

Html banner(const Visit& visit) {
  Html name = link("/", el("span", {{"class", "brand"}}, "Horisont"));
  if (!visit.project.empty())
    name.add(el("span", {{"class", "project"}}, visit.workspace().project(visit.project)->name.in(visit.language)));
  return el("header", {{"class", "banner"}},
            el("div", {{"class", "wide row"}}, el("div", {{"class", "row"}}, name), language_switch(visit)));
}

Html known_bar(const Visit& visit) {
  if (!visit.snapshot || !visit.state().known_at) return {};
  return el("aside", {{"class", "bar"}, {"aria-label", visit.t("web.audit.known")}},
            el("p", visit.t("web.known", {visit.request.query("kand")}), " ", link(visit.path, visit.t("web.known.now"))));
}

}  // namespace

Html form_to(const Visit& visit, std::string action, const Html& inside) {
  return el("form", {{"method", "post"}, {"action", std::move(action)}}, hidden("token", visit.token), inside);
}

Html hidden(const std::string& name, const std::string& value) {
  return el("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

Html field(const std::string& id, const std::string& label, const Html& control, const std::string& hint) {
  return el("div", {{"class", "field"}}, el("label", {{"for", id}}, label),
            hint.empty() ? Html() : el("p", {{"class", "hint"}, {"id", id + "-hint"}}, hint), control);
}

Html error_box(const Visit& visit, const std::string& text) {
  return el("div", {{"class", "box error"}, {"role", "alert"}, {"tabindex", "-1"}, {"data-focus", ""}},
            el("h2", visit.t("web.error.title")), el("p", text));
}

// To the chapter that helps here.
static Html help_link(const Visit& visit) {
  const std::string_view path = visit.path;
  const std::string base = visit.project.empty() ? std::string() : visit.base();
  if (visit.project.empty() && !path.starts_with("/regler")) return {};
  const std::string_view name = chapter_for(path.substr(std::min(base.size(), path.size())));
  for (const Chapter& chapter : handbook(visit.language))
    if (chapter.name == name)
      return el("p", {{"class", "help"}}, link("/hjalp/" + chapter.name, visit.t("web.help.here", {chapter.title})));
  return {};
}

Response page(const Visit& visit, const std::string& title, const Html& main, int status) {
  if (status == 200 && visit.beside.alone) return std::move(*visit.beside.alone);
  // A table was asked for, and the page has none of that name.
  if (status == 200 && visit.form != Visit::Form::Page)
    return message_page(visit, 404, visit.t("web.not-found.title"), visit.t("web.not-found"), visit.path);
  Response response{.status = status};
  std::string whole = title + " – ";
  if (!visit.project.empty()) whole += visit.workspace().project(visit.project)->name.in(visit.language) + " – ";
  if (status >= 400) whole = visit.t("web.error.prefix") + whole;
  const Html head =
      el("head", el("meta", {{"charset", "utf-8"}}),
         el("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}),
         el("meta", {{"name", "color-scheme"}, {"content", "light dark"}}), el("title", whole + "Horisont"),
         el("link", {{"rel", "stylesheet"}, {"href", std::string(asset_path("horisont.css"))}}),
         el("link", {{"rel", "icon"}, {"type", "image/svg+xml"}, {"href", std::string(asset_path("horisont.svg"))}}),
         el("script", {{"src", std::string(asset_path("horisont.js"))}, {"defer", ""}}));
  const Html foot =
      el("footer",
         el("div", {{"class", "wide row"}}, el("p", "Horisont " + program_version() + " · " + visit.site.options.account),
            el("ul", {{"class", "inline"}}, el("li", link("/tillganglighet", visit.t("web.nav.accessibility"))),
               el("li", form_to(visit, "/avsluta", el("button", {{"class", "quiet"}}, visit.t("web.quit")))))));
  const Html body =
      el("body", el("a", {{"class", "skip"}, {"href", "#main"}}, visit.t("web.skip")), banner(visit), navigation(visit),
         known_bar(visit), el("main", {{"id", "main"}, {"tabindex", "-1"}, {"class", "wide"}}, el("h1", title), main, help_link(visit)), foot);
  response.body =
      "<!doctype html>\n" + el("html", {{"lang", visit.language == Language::Swedish ? "sv" : "en"}}, head, body).markup();
  return response;
}

Response message_page(const Visit& visit, int status, const std::string& title, const std::string& text,
                      const std::string& back) {
  return page(visit, title,
              el("p", {{"class", "lead"}}, text) + el("p", el("a", {{"class", "button"}, {"href", back}}, visit.t("web.back"))),
              status);
}

}  // namespace horisont::web
