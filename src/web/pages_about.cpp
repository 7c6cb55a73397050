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
  return page(
      visit, visit.t("web.nav.help"),
      el("div", {{"class", "prose"}},
         chapters(visit, {"web.help.month", "web.help.import", "web.help.problems", "web.help.verdicts", "web.help.hours",
                          "web.help.reports", "web.help.audit", "web.help.privacy", "web.help.addresses"})));
}

Response accessibility_page(Visit& visit) {
  return page(visit, visit.t("web.nav.accessibility"),
              el("div", {{"class", "prose"}}, el("p", visit.t("web.a11y.lead")),
                 chapters(visit, {"web.a11y.tested", "web.a11y.known", "web.a11y.keys", "web.a11y.tell"})));
}

}  // namespace horisont::web
