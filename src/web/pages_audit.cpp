
#include "app/answers.h"
#include "app/log.h"
#include "app/report_check.h"
#include "web/gate.h"
#include "web/pages.h"

namespace horisont::web {
namespace {

Html head_html(const Visit& visit) {
  if (!visit.snapshot->log)
    return visit.snapshot->imports.empty() ? el("p", {{"class", "empty"}}, visit.t("log.empty", {visit.project}))
                                           : el("p", {{"class", "box bad"}, {"role", "alert"}}, visit.t("log.gone", {visit.project}));
  return plain_table(visit, log_table(*visit.snapshot->log), visit.t("web.log.state")) +
         el("h2", visit.t("web.log.checkpoint")) + el("p", visit.t("web.log.checkpoint.lead")) +
         el("pre", {{"tabindex", "0"}, {"aria-label", visit.t("web.log.checkpoint")}, {"role", "region"}},
            visit.snapshot->log->note);
}

Html tools_html(const Visit& visit) {
  if (!visit.snapshot->log) return {};
  return el("p", {{"class", "row actions"}},
            el("a", {{"class", "button"}, {"href", visit.base() + "/logg/kontroll"}}, visit.t("web.log.check")),
            el("a", {{"class", "button"}, {"href", visit.base() + "/logg/utdrag"}}, visit.t("web.log.export")));
}

// A filed workbook is dropped here to learn whether it is what was made.
Html check_form(const Visit& visit) {
  return el("section", {{"class", "card"}}, el("h2", visit.t("web.audit.file")), el("p", visit.t("web.audit.file.text")),
            el("form",
               {{"method", "post"},
                {"action", visit.base() + "/granskning/fil"},
                {"enctype", "multipart/form-data"},
                {"class", "drop"},
                {"data-drop", ""}},
               hidden("token", visit.token),
               field("fil", visit.t("web.audit.file.label"),
                     el("input", {{"type", "file"}, {"name", "fil"}, {"id", "fil"}, {"required", ""}})),
               el("button", {{"class", "primary"}}, visit.t("web.audit.file.do"))));
}

}  // namespace

Response check_file_page(Visit& visit) {
  if (!visit.request.upload || visit.request.upload->size == 0)
    return message_page(visit, 422, visit.t("web.audit.file"), visit.t("web.import.no-file"), visit.base() + "/granskning");
  // In a connection of its own: other pages do not wait for it.
  const ReportCheck check = check_report(workspace_to_write(visit), visit.request.upload->file, visit.project, visit.today);
  static constexpr const char* says[] = {"web.audit.file.identical", "web.audit.file.altered", "web.audit.file.unknown",
                                         "web.audit.file.several", "web.audit.file.elsewhere", "web.audit.file.nearest",
                                         "web.audit.file.unlogged", "web.audit.file.unreadable"};
  const bool saved_anew = check.differences && check.differences->empty();
  const char* box = saved_anew ? "box look" : check.state == ReportCheck::State::Identical ? (check.now_other ? "box look" : "box good") : "box bad";
  const Table table = report_check_table(check);
  Html said = el("div", {{"class", box}, {"role", "status"}}, el("p", visit.t(saved_anew ? "web.audit.file.saved-anew" : says[static_cast<std::size_t>(check.state)])),
                 check.missing.empty() ? Html() : el("p", visit.t("web.audit.file.misses")),
                 check.now_other ? el("p", visit.t("web.audit.file.now") + " " + visit.say(*check.now_other)) : Html());
  return page(visit, visit.t("web.audit.file"),
              said +
                  plain_table(visit, table, visit.request.upload->name,
                              {{"report",
                                [&](const Table::Value& id) {
                                  return check.project == visit.project
                                             ? visit.base() + "/rapporter/" + std::get<std::string>(id)
                                             : std::string();
                                }}}) +
                  (check.differences && !check.differences->empty()
                       ? plain_table(visit, cell_differences_table(*check.differences), visit.t("web.audit.file.cells"))
                       : Html()) +
                  (check.missing.empty() ? Html() : plain_table(visit, missing_table(check.missing), visit.t("web.audit.file.missing"))) +
                  (check.form.empty() ? Html() : plain_table(visit, form_differences_table(check.form), visit.t("web.audit.file.form"))) +
                  check_form(visit) + el("p", link(visit.base() + "/granskning", visit.t("web.nav.audit"))));
}

Response log_page(Visit& visit) {
  List list;
  list.key = "runs";
  list.table = visit.snapshot->derived<Table>(list.key, [&] {
    Table runs{.schema = "runs"};
    runs.columns = {{"at", {"När", "When"}},
                    {"by", {"Av", "By"}},
                    {"today", {"Bedömt per", "Decided as of"}},
                    {"rules", {"Regler", "Rules"}}};
    runs.when_empty = {"Inga bedömningar är registrerade", "No decisions are recorded"};
    for (auto run = visit.snapshot->runs.rbegin(); run != visit.snapshot->runs.rend(); ++run)
      runs.rows.push_back({run->at.iso(), run->actor, run->today.iso(), run->rule_set_sha256.substr(0, 16)});
    return runs;
  });
  list.caption = visit.t("web.log.runs");
  list.facets = {"by", "rules"};
  list.links["rules"] = [](const Table::Value& sha) { return "/regler/" + std::get<std::string>(sha); };
  const Html before = el("p", {{"class", "lead"}}, visit.t("web.log.lead")) + head_html(visit) + tools_html(visit) +
                      el("h2", visit.t("web.log.runs"));
  return list_page(visit, visit.t("web.nav.log"), before, list);
}

namespace {

// Reads every entry and every row, in a connection of its own: other pages do not wait for it.
std::uint32_t begin_check(const Visit& visit, const std::string& key = {}) {
  const std::string to = visit.base() + "/logg/kontroll";
  return visit.site.jobs.begin(visit.project, {"web.log.checking", {}}, visit.base() + "/logg",
                               [&site = visit.site, project = visit.project, to](Job& job) {
                                 const Workspace workspace = workspace_to_write(site.options);
                                 const Store::Reading one_moment{workspace.store};
                                 const auto head = workspace.store.log_head(project);
                                 const Moment at = site.options.now();
                                 auto faults = workspace.store.check_log(project, nullptr, [&](std::uint64_t done, std::uint64_t total) {
                                   job.done = done, job.total = total;
                                 });
                                 site.log_checks.found(project, {at, head ? head->size : 0, std::move(faults)});
                                 job.leads_to = to;
                               },
                               key);
}

}  // namespace

Response log_check_page(Visit& visit) {
  if (!visit.snapshot->log) return log_page(visit);
  if (visit.request.head.method == "POST") return follow(visit, begin_check(visit));
  auto last = visit.site.log_checks.last(visit.project);
  if (!last) {
    // Whoever looks again meanwhile waits for the same check.
    const std::uint32_t number = begin_check(visit, "log " + visit.project + " " + std::to_string(visit.snapshot->log->size));
    const auto job = visit.site.jobs.wait(number, visit.site.options.patience);
    if (!job || !visit.site.jobs.is_over(number) || job->failed) return follow(visit, number);
    last = visit.site.log_checks.last(visit.project);
  }
  const auto count = [&](std::uint64_t number) { return count_words(static_cast<std::int64_t>(number), visit.language); };
  Html said;
  for (const Message& fault : last->faults) said.add(el("li", visit.say(fault)));
  const std::string at = clock_words(last->at.iso());
  Html result = last->faults.empty()
                    ? el("p", {{"class", "box good"}, {"role", "status"}}, visit.t("web.log.sound", {count(last->size), at}))
                    : el("div", {{"class", "box bad"}, {"role", "alert"}}, el("p", visit.t("web.log.broken")), el("ul", said),
                         el("p", visit.t("web.log.checked", {count(last->size), at})));
  if (visit.snapshot->log->size > last->size)
    result.add(el("p", {{"class", "box look"}, {"role", "status"}}, visit.t("web.log.since", {count(visit.snapshot->log->size - last->size)})));
  result.add(form_to(visit, visit.base() + "/logg/kontroll", el("button", visit.t("web.log.check-again"))));
  return page(visit, visit.t("web.log.check"),
              result + el("p", visit.t("web.log.check.shows")) + head_html(visit) +
                  el("p", link(visit.base() + "/logg", visit.t("web.nav.log"))));
}

Response log_export_page(Visit& visit) {
  const OwnFolder folder;
  const auto file = folder.path / "log";
  export_log(workspace_to_write(visit), visit.project, file);
  return download(visit.project + ".eliglog", "application/octet-stream", bytes_of_file(file).value_or(""));
}

Response audit_page(Visit& visit) {
  const auto box = [&](const char* title, const char* text, const std::string& to, const char* button) {
    return el("section", {{"class", "card"}}, el("h2", visit.t(title)), el("p", visit.t(text)),
              el("p", el("a", {{"class", "button"}, {"href", to}}, visit.t(button))));
  };
  const std::string rules = visit.state().rule_set ? rule_set_address(*visit.state().rule_set) : "/regler";
  Html main = el("p", {{"class", "lead"}}, visit.t("web.audit.lead"));
  main.add(check_form(visit));
  main.add(el("div", {{"class", "cards"}},
              box("web.audit.figure", "web.audit.figure.text", visit.base() + "/timmar", "web.audit.figure.do"),
              box("web.audit.person", "web.audit.person.text", visit.base() + "/deltagare", "web.audit.person.do"),
              box("web.audit.sample", "web.audit.sample.text", visit.base() + "/stickprov", "web.audit.sample.do"),
              box("web.pack.title", "web.pack.text", visit.base() + "/paket", "web.pack.do"),
              box("web.evidence.title", "web.evidence.text", visit.base() + "/underlag", "web.evidence.do"),
              box("web.manual.title", "web.manual.text", visit.base() + "/beslut", "web.manual.do"),
              box("web.looks.title", "web.looks.text", visit.base() + "/visningar", "web.looks.do"),
              box("web.audit.log", "web.audit.log.text", visit.base() + "/logg/kontroll", "web.log.check"),
              box("web.audit.reports", "web.audit.reports.text", visit.base() + "/rapporter", "web.audit.reports.do"),
              box("web.audit.rules", "web.audit.rules.text", rules, "web.audit.rules.do"),
              box("web.audit.terms", "web.audit.terms.text", visit.base() + "/installningar", "web.audit.terms.do")));
  main.add(el("form", {{"method", "get"}, {"action", visit.path}, {"class", "row filter"}},
              field("kand", visit.t("web.audit.known"),
                    el("input", {{"type", "date"}, {"name", "kand"}, {"id", "kand"}, {"value", visit.request.query("kand")}})),
              el("button", visit.t("web.show"))));
  if (visit.state().known_at) {
    const std::string at = "?kand=" + visit.request.query("kand");
    main.add(el("ul", {{"class", "inline"}}, el("li", link(visit.base() + "/" + at, visit.t("web.nav.overview"))),
                el("li", link(visit.base() + "/deltagare" + at, visit.t("web.nav.people"))),
                el("li", link(visit.base() + "/timmar" + at, visit.t("web.nav.hours")))));
  }
  return page(visit, visit.t("web.nav.audit"), main);
}

}  // namespace horisont::web
