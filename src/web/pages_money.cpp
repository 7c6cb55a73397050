#include "app/balance.h"
#include "app/watch.h"
#include "web/chart.h"
#include "web/pages.h"

namespace horisont::web {

// What the project has claimed and been given: worked out of all of its time, so once for each state of the facts.
Response money_page(Visit& visit) {
  struct Worked {
    tl::expected<Balance, std::vector<Finding>> balance;
    Table outlook;
  };
  const auto worked = visit.snapshot->derived<Worked>("balance", [&] {
    const auto whole = visit.snapshot->whole();
    return visit.site.snapshots.with_store(
        [&](const Workspace& workspace) { return Worked{balance_of(workspace, *whole), outlook_table(*whole)}; });
  });
  const std::string title = visit.t("web.nav.money");
  if (!worked->balance) {
    Html missing;
    for (const Finding& finding : worked->balance.error())
      missing.add(el("li", visit.told(finding), " ", visit.advice(finding)));
    return page(visit, title, el("p", {{"class", "box look"}}, visit.t("web.money.missing")) + el("ul", missing));
  }
  const Balance& balance = *worked->balance;
  Html main = el("p", {{"class", "lead"}}, visit.t("web.money.lead"));
  if (!balance.as_it_should) main.add(el("p", {{"class", "box look"}}, visit.t("web.money.look")));
  const auto part = [&](const char* name, const Table& table, const Html& picture,
                        const std::map<std::string, std::function<std::string(const Table::Value&)>>& links = {}) {
    main.add(el("section", el("h2", visit.t(name)), picture, plain_table(visit, table, visit.t(name), links)));
  };
  part("web.money.outlook", worked->outlook, {});
  part("web.money.sums", balance.sums, {});
  part(
      "web.money.budget", balance.budget,
      bar_chart(
          visit, balance.budget,
          {.id = "budget", .title = visit.t("web.money.budget"), .labels = {"line"}, .values = {"budget_ore", "outcome_ore"}}));
  part("web.money.months", balance.months,
       bar_chart(
           visit, balance.months,
           {.id = "months", .title = visit.t("web.money.months"), .labels = {"month"}, .values = {"now_ore"}, .most_rows = 48}),
       {{"month", [&](const Table::Value& month) { return visit.base() + "/manad/" + std::get<std::string>(month); }},
        {"report", [&](const Table::Value& id) {
           const auto* text = std::get_if<std::string>(&id);
           return text && !text->empty() ? visit.base() + "/rapporter/" + *text : std::string();
         }}});
  part("web.money.documents", balance.documents, {});
  return page(visit, title, main);
}

}  // namespace horisont::web
