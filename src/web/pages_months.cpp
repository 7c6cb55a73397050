#include <algorithm>

#include "app/answers.h"
#include "app/month.h"
#include "app/months.h"
#include "web/pages.h"

namespace horisont::web {
namespace {

// A field of one of the page's forms, which `form` names: forms share names of fields, but no id stands twice on a page. What was
// typed stays when that form was refused.
Html text_field(const Visit& visit, const std::string& form, const std::string& name, const char* label, const char* hint, bool required,
                const std::string& value = "", const char* type = "text") {
  const std::string id = form + "-" + name;
  const bool refused = visit.request.head.method == "POST" && visit.path.ends_with("/" + form);
  return field(id, visit.t(label),
               el("input", {{"id", id},
                            {"name", name},
                            {"type", type},
                            {"value", refused ? visit.request.field(name) : value},
                            {"required", "", required},
                            {"maxlength", "500"},
                            {"autocomplete", "off"},
                            {"aria-describedby", id + "-hint", hint != nullptr}}),
               hint ? visit.t(hint) : "");
}

std::string address(const Visit& visit, Month month) { return visit.base() + "/manad/" + month.iso(); }

Html button(const Visit& visit, const char* text) { return el("button", {{"class", "primary"}}, visit.t(text)); }

const MonthStanding* standing_in(const std::vector<MonthStanding>& all, Month month) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const MonthStanding& one) { return one.month == month; });
  return found == all.end() ? nullptr : &*found;
}

// The reports of the month that can be filed, the newest first.
Html report_choice(const Visit& visit, Month month, std::string_view kind, bool& any) {
  Html choices;
  for (auto report = visit.snapshot->reports.rbegin(); report != visit.snapshot->reports.rend(); ++report) {
    if (report->kind != kind || report->period != month.iso() || (kind == "payment-claim" && is_draft(*report))) continue;
    any = true;
    choices.add(el("option", {{"value", report->id}, {"selected", "", visit.request.field("rapport") == report->id}},
                   report->id + ", " + report->at.iso().substr(0, 10)));
  }
  return field("rapport", visit.t("web.month.report"), el("select", {{"id", "rapport"}, {"name", "rapport"}}, choices));
}

// The claim of the month: whether it was sent, when and to whom, and the form that records it. What was sent and still holds is
// recorded once more only when the day or the recipient was wrong.
Html claim_html(const Visit& visit, Month month, const Html& form) {
  const ClaimFiling* sent = sent_claim(visit.state(), month);
  if (!sent) return el("p", visit.t("web.month.claim.lead")) + form;
  const Html when = el("p", visit.t("web.month.claim.sent", {sent->filed_on.iso(), sent->filed_to, sent->report}));
  if (const auto differs = differs_message(*sent))
    return when + el("p", {{"class", "box look"}}, visit.t("web.month.claim.differs", {visit.say(*differs)})) +
           el("p", visit.t("web.month.claim.again")) + form;
  return when + el("p", visit.t("web.month.claim.holds")) +
         el("details", {{"open", "", visit.request.head.method == "POST"}}, el("summary", visit.t("web.month.claim.mend")), form);
}

// What the page says of the month, so that only that is attested, filed or closed.
std::string content_shown(const Visit& visit, Month month) {
  return visit.snapshot->known->month_content(month);
}
Html shown(const Visit& visit, Month month) { return hidden("innehall", content_shown(visit, month)); }

std::string why_and_what_to_do(const Visit& visit, const Message& why) {
  const std::string advice = visit.advice({.code = why.id, .values = why.values});
  return visit.say(why) + (advice.empty() ? "" : " " + advice);
}

Response done_or_why(Visit& visit, Month month, const Result<MonthStanding>& done) {
  if (done) return see_other(address(visit, month) + "?klar=1");
  visit.refresh();
  // Somebody else has changed the facts meanwhile, or taken the step.
  const std::string& why = done.error().message.id;
  const int status = why == "month.changed-meanwhile" || why.starts_with("month.is-") ? 409 : 422;
  return month_response(visit, month, error_box(visit, why_and_what_to_do(visit, done.error().message)), status);
}

std::optional<Month> month_in(const Visit& visit) {
  const auto month = Month::parse(visit.parts.front());
  return month ? std::optional(*month) : std::nullopt;
}

Response no_month(const Visit& visit) {
  return message_page(visit, 404, visit.t("web.not-found.title"), visit.t("web.month.none", {visit.parts.front()}),
                      visit.base());
}

MonthRequest request_of(const Visit& visit, Month month) {
  return {.project = visit.project,
          .month = month,
          .reason = visit.request.field("skal"),
          .seen = visit.request.field("innehall"),
          .today = visit.today,
          .actor = visit.actor(),
          .now = visit.now};
}

template <class Change>
Response changed(Visit& visit, Change&& change) {
  const auto month = month_in(visit);
  if (!month) return no_month(visit);
  Workspace workspace = workspace_to_write(visit);
  return done_or_why(visit, *month, change(workspace, request_of(visit, *month)));
}

}  // namespace

namespace {

// What must be sent again, each month leading to where that is done.
Html plan_html(const Visit& visit, const Table& plan) {
  return plain_table(visit, plan, visit.t("web.month.plan"), {{"month", [&](const Table::Value& month) {
                                                                 return visit.base() + "/manad/" + std::get<std::string>(month);
                                                               }}});
}

}  // namespace

Html month_forms(const Visit& visit, Month month) {
  if (visit.state().known_at) return {};
  const auto all = standings_of(visit.state());
  const MonthStanding* found = standing_in(all, month);
  if (!found || visit.today <= month.last()) return {};
  const std::string here = address(visit, month);
  Html forms;
  const bool by_another = visit.state().project->attest_by_another &&
                          visit.site.snapshots.with_store([&](const Workspace& workspace) {
                            return workspace.store.last_to_change(visit.project) == visit.actor().account;
                          });
  const auto filing_form = [&](const Html& choice, const char* to, const char* reason) {
    return form_to(visit, here + "/lamna",
                   shown(visit, month) + choice + text_field(visit, "lamna", "till", "web.month.filed-to", nullptr, true, to) +
                       text_field(visit, "lamna", "den", "web.month.filed-on", nullptr, true, visit.today.iso(), "date") +
                       text_field(visit, "lamna", "kvittens", "web.month.receipt", nullptr, false) +
                       text_field(visit, "lamna", "skal", "web.correct.reason", reason, false) + button(visit, "web.month.file"));
  };
  if (found->state == MonthState::Open && by_another)
    forms.add(el("p", {{"class", "box look"}}, visit.t("month.attest-by-another", {month.iso(), visit.actor().account})));
  else if (found->state == MonthState::Open)
    forms.add(form_to(visit, here + "/attestera",
                      shown(visit, month) + el("p", visit.t("web.month.attest.lead")) +
                          text_field(visit, "attestera", "skal", "web.correct.reason", "web.month.attest.reason", false) +
                          button(visit, "web.month.attest")));
  if ((found->state == MonthState::Attested && found->file != FileState::Submitted) ||
      (is_filed(*found) && is_sent_once_more(*found))) {
    bool any = false;
    const Html choice = report_choice(visit, month, "scb-month", any);
    if (any) forms.add(filing_form(choice, "SCB", "web.month.draft.reason"));
    forms.add(el("p", link(visit.base() + "/rapporter/ny?mall=scb-month&period=" + month.iso(), visit.t("web.month.make"))));
  } else {
    // The claim is sent apart from the month's file.
    bool any = false;
    const Html choice = report_choice(visit, month, "payment-claim", any);
    if (any) forms.add(claim_html(visit, month, filing_form(choice, "ESF-rådet", "web.month.claim.reason")));
  }
  if (may_become(MonthEvent::Kind::Closed, month, all, visit.today))
    forms.add(form_to(visit, here + "/stang",
                      shown(visit, month) + el("p", visit.t("web.month.close.lead")) + button(visit, "web.month.close")));
  if (found->state != MonthState::Open)
    forms.add(el("details", el("summary", visit.t("web.month.reopen")),
                 form_to(visit, here + "/oppna",
                         el("p", visit.t("web.month.reopen.lead")) +
                             text_field(visit, "oppna", "skal", "web.correct.reason", "web.correct.reason.hint", true) +
                             el("button", visit.t("web.month.reopen")))));
  const Table plan = plan_table(visit.state());
  Html out = el("section", {{"class", "card"}, {"id", "steg"}}, el("h2", visit.t("web.month.steps")), forms);
  if (!plan.rows.empty())
    out.add(el("section", {{"class", "card"}}, el("h2", visit.t("web.month.plan")),
               plan_html(visit, plan)));
  return out;
}

Response months_page(Visit& visit) {
  List list;
  list.key = "months";
  list.table = visit.snapshot->derived<Table>(list.key, [&] { return months_table(visit.state(), visit.snapshot->counts()); });
  list.caption = visit.t("web.months");
  list.links["month"] = [&](const Table::Value& month) { return visit.base() + "/manad/" + std::get<std::string>(month); };
  list.links["report"] = [&](const Table::Value& id) {
    const auto* text = std::get_if<std::string>(&id);
    return text && !text->empty() ? visit.base() + "/rapporter/" + *text : std::string();
  };
  Month last = Month::containing(visit.today);
  for (int i = 0; i < 3; ++i) last = last.next();
  Html before;
  if (const Table plan = plan_table(visit.state()); !plan.rows.empty())
    before.add(el("h2", visit.t("web.month.plan")) + plan_html(visit, plan));
  before.add(el("h2", visit.t("web.calendar")) +
             plain_table(visit, calendar_table(visit.state(), last.last()), visit.t("web.calendar"),
                         {{"about", [&](const Table::Value& about) {
                             const std::string what = word_of(about);
                             return Month::parse(what) ? visit.base() + "/manad/" + what : std::string();
                           }}}) +
             el("h2", visit.t("web.months")));
  return list_page(visit, visit.t("web.months"), before, list);
}

Response attest_page(Visit& visit) {
  return changed(visit, [](Workspace& workspace, const MonthRequest& asked) { return attest_month(workspace, asked); });
}
Response close_page(Visit& visit) {
  return changed(visit, [](Workspace& workspace, const MonthRequest& asked) { return close_month(workspace, asked); });
}
Response reopen_page(Visit& visit) {
  return changed(visit, [](Workspace& workspace, MonthRequest asked) {
    asked.seen.reset();  // what it says is about to change anyway
    return reopen_month(workspace, asked);
  });
}
Response file_page(Visit& visit) {
  return changed(visit, [&](Workspace& workspace, const MonthRequest& month) -> Result<MonthStanding> {
    FilingRequest asked{.project = visit.project,
                        .report = visit.request.field("rapport"),
                        .month = month.month,
                        .reason = month.reason,
                        .seen = month.seen,
                        .on = std::nullopt,
                        .to = visit.request.field("till"),
                        .reference = visit.request.field("kvittens"),
                        .today = month.today,
                        .actor = month.actor,
                        .now = month.now};
    const auto on = Date::parse(visit.request.field("den"));
    if (!on) return tl::make_unexpected(on.error());
    asked.on = *on;
    const auto claim = std::find_if(visit.snapshot->reports.begin(), visit.snapshot->reports.end(), [&](const StoredReport& one) {
      return one.id == asked.report && one.kind == "payment-claim" && one.period == month.month.iso();
    });
    if (claim == visit.snapshot->reports.end()) return mark_filed(workspace, asked);
    if (const auto sent = mark_claim_filed(workspace, asked); !sent) return tl::make_unexpected(sent.error());
    return MonthStanding{.month = month.month};
  });
}

}  // namespace horisont::web
