#include <algorithm>

#include "app/answers.h"
#include "app/blank.h"
#include "app/import_file.h"
#include "app/marked_up.h"
#include "web/gate.h"
#include "web/import_forms.h"

namespace horisont::web {

Html kind_choice(const Visit& visit, const std::string& name) {
  Html choices = el("option", {{"value", ""}}, visit.t("web.import.kind.found"));
  for (const char* kind : {"participants", "attendance", "staff-time", "results", "evidence"})
    choices.add(el("option", {{"value", kind}}, visit.say({std::string("record.") + kind, {}})));
  return el("select", {{"name", name}, {"id", name}}, choices);
}

Html reason_field(const Visit& visit) {
  return field("skal", visit.t("web.correct.reason"),
               el("input", {{"name", "skal"},
                            {"id", "skal"},
                            {"value", visit.request.field("skal")},
                            {"required", ""},
                            {"minlength", "10"},
                            {"maxlength", "500"},
                            {"autocomplete", "off"},
                            {"aria-describedby", "skal-hint"}}),
               visit.t("web.correct.reason.length"));
}

Html upload_form(const Visit& visit, const std::string& draft) {
  Html profiles = el("option", {{"value", ""}}, visit.t("web.import.profile.none"));
  std::vector<std::string> names;
  for (const StoredProfile& profile : visit.snapshot->profiles)
    if (!profile.text.empty() && std::find(names.begin(), names.end(), profile.name) == names.end())
      names.push_back(profile.name);
  for (const std::string& name : names) profiles.add(el("option", {{"value", name}}, name));
  // A corrected file is read as the draft's was.
  const Html how = draft.empty() ? el("details", el("summary", visit.t("web.import.more")),
                                      el("div", {{"class", "row filter"}}, field("slag", visit.t("web.import.kind"), kind_choice(visit, "slag")),
                                         field("manad", visit.t("web.import.month"), month_choice(visit, "manad", "", true)),
                                         field("profil", visit.t("web.import.profile"),
                                               el("select", {{"name", "profil"}, {"id", "profil"}}, profiles))))
                                 : hidden("ersatter", draft);
  return el("form",
            {{"method", "post"},
             {"action", visit.base() + "/inlasningar"},
             {"enctype", "multipart/form-data"},
             {"class", "drop"},
             {"data-drop", ""}},
            hidden("token", visit.token), hidden("nyckel", random_secret()),
            field("fil", visit.t(draft.empty() ? "web.import.file" : "web.import.corrected"),
                  el("input", {{"type", "file"},
                               {"name", "fil"},
                               {"id", "fil"},
                               {"required", ""},
                               {"accept", ".xlsx,.xlsm,.ods,.csv,.txt,.tsv"},
                               {"aria-describedby", "fil-hint"}}),
                  visit.t(draft.empty() ? "web.import.file.hint" : "web.import.corrected.hint")),
            how, el("button", {{"class", draft.empty() ? "primary" : ""}}, visit.t(draft.empty() ? "web.import.read" : "web.import.read-corrected")));
}

Html import_steps(const Visit& visit, const std::string& draft, std::string_view now, const std::vector<std::string_view>& open) {
  static constexpr std::pair<std::string_view, const char*> steps[] = {
      {"fil", "web.import.step.file"},         {"blad", "web.import.step.sheet"},           {"kolumner", "web.import.step.columns"},
      {"problem", "web.import.step.problems"}, {"skillnad", "web.import.step.difference"}, {"klar", "web.import.step.done"}};
  Html items;
  for (const auto& [step, text] : steps) {
    const bool left = std::find(open.begin(), open.end(), step) != open.end(), last = step == "klar";
    Html state = left || (last && now != step)
                     ? Html()
                     : el("span", {{"class", "hidden"}}, " " + visit.t("web.import.step.answered")) + el("span", {{"aria-hidden", "true"}}, " ✓");
    if (left) state = el("span", {{"class", "mark look"}}, visit.t("web.import.step.asks"));
    const bool here = step == now;
    const Html inside = Html(visit.t(text)) + state;
    items.add(el("li", draft.empty() || last ? el("span", {{"aria-current", "step", here}}, inside)
                                             : el("a",
                                                  {{"href", visit.base() + "/utkast/" + draft + "/" + std::string(step)},
                                                   {"aria-current", "step", here}},
                                                  inside)));
  }
  return el("nav", {{"aria-label", visit.t("web.import.steps")}, {"class", "wizard"}}, el("ol", items));
}

// Where the outcome of a reading is seen.
std::string leads_to(const std::string& base, const ImportOutcome& outcome) {
  if (outcome.draft) return base + "/utkast/U-" + std::to_string(outcome.draft);
  if (outcome.earlier) return base + "/inlasningar/I-" + std::to_string(outcome.earlier->id) + "?redan=1";
  return base + "/inlasningar/I-" + std::to_string(outcome.stored.id) + "?klar=1";
}

Response no_draft(const Visit& visit, const Message& why) {
  return message_page(visit, 404, visit.t("web.not-found.title"), visit.say(why), visit.base() + "/inlasningar");
}

Response imports_page(Visit& visit) {
  List list;
  list.table = std::make_shared<const Table>(imports_table(visit.snapshot->imports));
  list.caption = visit.t("web.import.earlier");
  list.facets = {"kind", "state"};
  list.links["import"] = [&](const Table::Value& id) { return visit.base() + "/inlasningar/" + std::get<std::string>(id); };
  Html before = el("section", {{"class", "card"}}, el("h2", visit.t("web.import.new")), upload_form(visit));
  const Table drafts = drafts_table(visit.snapshot->drafts);
  if (!drafts.rows.empty())
    before.add(el("section", el("h2", visit.t("web.import.drafts")),
                  plain_table(visit, drafts, visit.t("web.import.drafts"), {{"draft", [&](const Table::Value& id) {
                                                                               return visit.base() + "/utkast/" +
                                                                                      std::get<std::string>(id);
                                                                             }}})));
  Html blanks;
  for (const char* kind : {"participants", "attendance", "staff-time", "results", "evidence"})
    blanks.add(el("li", link(visit.base() + "/mall/" + kind, visit.say({std::string("record.") + kind, {}}))));
  before.add(el("section", el("h2", visit.t("web.import.blanks")), el("p", visit.t("web.import.blanks.lead")),
                el("ul", {{"class", "inline"}}, blanks)));
  before.add(el("h2", visit.t("web.import.earlier")));
  return list_page(visit, visit.t("web.nav.imports"), before, list);
}

Response upload_page(Visit& visit) {
  const auto& sent = visit.request.upload;
  if (!sent || sent->size == 0)
    return message_page(visit, 422, visit.t("web.import.not-done"),
                        sent && !sent->name.empty() ? visit.t("web.import.empty-file", {sent->name}) : visit.t("web.import.no-file"),
                        visit.base() + "/inlasningar");
  // The file outlives the request: it is taken out of the request's folder into the work's own.
  auto folder = std::make_shared<OwnFolder>();
  const auto file = folder->path / visit.request.upload->name;
  std::error_code error;
  std::filesystem::rename(visit.request.upload->file, file, error);
  if (error) std::filesystem::copy_file(visit.request.upload->file, file);
  ImportRequest asked{.project = visit.project, .file = file};
  asked.kind = record_kind(visit.request.field("slag"));
  if (const auto month = Month::parse(visit.request.field("manad"))) asked.month = *month;
  asked.until = ImportRequest::Until::Draft;
  asked.asks = true;
  asked.continues = true;
  asked.today = visit.today;
  asked.actor = visit.actor();
  asked.now = visit.now;
  // The corrected file of a draft: read as that one was, with the answers that it has.
  const auto replaces = number_of("U-", visit.request.field("ersatter"));
  const std::string back = visit.base() + (replaces ? "/utkast/U-" + std::to_string(*replaces) + "/problem" : "/inlasningar");
  const std::string& once = visit.request.field("nyckel");
  Site& site = visit.site;
  const std::uint32_t number = site.jobs.begin(
      visit.project, {"web.job.read", {visit.request.upload->name}}, back,
      [&site, folder, asked, replaces, base = visit.base(), profile = visit.request.field("profil")](Job& job) mutable {
        const Snapshots::Writing writing{site.snapshots};
        Workspace workspace = workspace_to_write(site.options);
        if (replaces) {
          const auto before = open_draft(workspace, asked.project, *replaces);
          if (!before) {
            job.failed = before.error().message;
            return;
          }
          asked.replaces = replaces;
        } else {
          auto with = profile_for(workspace, asked.project, profile, {});
          if (!with) {
            job.failed = with.error().message;
            return;
          }
          asked.profile = std::move(*with);
        }
        asked.progress = [&job](std::uint64_t done, std::uint64_t total) { job.done = done, job.total = total; };
        const ImportOutcome outcome = import_file(workspace, asked);
        if (outcome.whole_file_refused && !outcome.draft && !outcome.findings.empty()) {
          const Finding& why = outcome.findings.front();
          const auto said = [&](Language language) {
            const Message advice{why.code + ".do", why.values};
            return words({why.code, why.values}, language, Surface::Page) +
                   (text_of(advice.id) ? " " + words(advice, language, Surface::Page) : std::string());
          };
          job.failed = Message{"web.import.file-refused", {in_both(said(Language::Swedish), said(Language::English))}};
          return;
        }
        if (outcome.taken && outcome.draft) site.drafts.became(outcome.taken->draft, outcome.draft);
        job.leads_to = leads_to(base, outcome);
      },
      once.empty() ? once : once + sha256_of_file(file));
  return follow(visit, number);
}

Response import_page(Visit& visit) {
  const auto number = number_of("I-", visit.parts.front());
  std::vector<StoredImport> one;
  for (const StoredImport& import : visit.snapshot->imports)
    if (number && import.id == *number) one.push_back(import);
  if (one.empty()) return no_draft(visit, {"import.unknown", {visit.parts.front(), visit.project}});
  const StoredImport& import = one.front();
  List list;
  list.key = "problems of " + visit.parts.front();
  list.keep(visit, [&] {
    return visit.site.snapshots.with_store(
        [&](const Workspace& workspace) { return findings_table(workspace.store.findings(visit.project, import.id)); });
  });
  list.caption = visit.t("web.nav.problems");
  list.says["code"] = [&](const Table::Value& code) { return problem_words(word_of(code), visit.language); };
  list.facets = {"level", "code"};
  list.hidden = {"code"};
  list.links["participant"] = [&](const Table::Value& value) { return person_address(visit, value); };
  Html before;
  if (!visit.request.query("klar").empty())
    before.add(import_steps(visit, "", "klar") +
               el("div", {{"class", "box good"}, {"role", "status"}},
                  el("p", visit.t("web.import.done", {visit.parts.front()})),
                  el("p", link(visit.base(), visit.t("web.import.next")))));
  if (!visit.request.query("redan").empty())
    before.add(el("p", {{"class", "box look"}, {"role", "status"}},
                  visit.t("web.import.already", {import.at.swedish(), import.actor, visit.parts.front()})));
  Html facts;
  const auto fact = [&](const char* label, const std::string& value) { facts.add(el("dt", visit.t(label)) + el("dd", value)); };
  fact("web.import.file", import.file_name);
  fact("web.import.kind", visit.say({"record." + std::string(name_of(import.kind)), {}}));
  fact("web.import.when", import.at.swedish() + ", " + import.actor);
  fact("web.import.rows",
       count_words(import.rows_read, visit.language) + " / " + count_words(import.rows_seen, visit.language));
  fact("web.import.digest", import.sha256);
  before.add(el("dl", {{"class", "facts digests"}}, facts));
  before.add(el("p", el("a", {{"class", "button"}, {"href", visit.base() + "/inlasningar/" + visit.parts.front() + "/excel"}},
                        visit.t("web.import.marked-up"))));
  before.add(el("h2", visit.t("web.nav.problems")));
  Html after;
  if (import.withdrawn_at)
    after = el("p", {{"class", "box"}}, visit.t("web.import.undone", {import.withdrawn_at->iso()}));
  else
    after = el(
        "section", {{"class", "card"}}, el("h2", visit.t("web.import.undo")), el("p", visit.t("web.import.undo.lead")),
        form_to(visit, visit.base() + "/inlasningar/" + visit.parts.front() + "/angra",
                reason_field(visit) + el("button", {{"name", "steg"}, {"value", "visa"}}, visit.t("web.import.undo.preview"))));
  return list_page(visit, visit.parts.front() + " " + import.file_name, before, list, after);
}

Response undo_page(Visit& visit) {
  const auto number = number_of("I-", visit.parts.front());
  if (!number) return no_draft(visit, {"import.unknown", {visit.parts.front(), visit.project}});
  Workspace workspace = workspace_to_write(visit);
  const bool only_show = visit.request.field("steg") != "angra";
  const std::string here = visit.base() + "/inlasningar/" + visit.parts.front();
  const auto undone = undo_import(workspace, {.project = visit.project,
                                              .import = *number,
                                              .reason = visit.request.field("skal"),
                                              .only_show = only_show,
                                              .today = visit.today,
                                              .actor = visit.actor(),
                                              .now = visit.now});
  if (!undone) return message_page(visit, 422, visit.t("web.import.not-done"), visit.say(undone.error().message), here);
  if (!only_show) return see_other(here);
  Html main = el("p", {{"class", "lead"}}, visit.t("web.import.undo.effect"));
  main.add(el("h2", visit.t("web.import.difference")) +
           plain_table(visit, difference_table(workspace, visit.project, *undone, 100), visit.t("web.import.difference")));
  main.add(el("div", {{"class", "columns"}},
              plain_table(visit, verdict_changes_table(undone->effect), visit.t("web.import.verdicts")),
              plain_table(visit, month_changes_table(undone->effect), visit.t("web.import.months")) +
                  money_changes(visit, undone->effect)));
  main.add(
      el("div", {{"class", "row actions"}},
         form_to(visit, here + "/angra",
                 hidden("skal", visit.request.field("skal")) +
                     el("button", {{"name", "steg"}, {"value", "angra"}, {"class", "primary"}}, visit.t("web.import.undo.do"))),
         el("a", {{"href", here}, {"class", "button"}}, visit.t("web.cancel"))));
  return page(visit, visit.t("web.import.undo"), main);
}

Response marked_up_page(Visit& visit) {
  const std::string& id = visit.parts.front();
  if (!number_of("I-", id) && !number_of("U-", id)) return no_draft(visit, {"import.unknown", {id, visit.project}});
  const OwnFolder folder;
  const auto file = folder.path / (id + ".xlsx");
  Workspace workspace = workspace_to_write(visit);
  const auto done = write_marked_up(
      workspace,
      {.project = visit.project, .id = id, .file = file, .language = visit.language, .actor = visit.actor(), .now = visit.now});
  if (!done)
    return message_page(visit, 422, visit.t("web.import.not-done"), visit.say(done.error().message),
                        visit.base() + "/inlasningar");
  return download(visit.t("web.import.marked-up.name", {id}),
                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes_of_file(file).value_or(""));
}

Response blank_page(Visit& visit) {
  const auto kind = record_kind(visit.parts.front());
  if (!kind)
    return message_page(visit, 404, visit.t("web.not-found.title"), visit.t("web.not-found"), visit.base() + "/inlasningar");
  const OwnFolder folder;
  const auto file = folder.path / "mall.xlsx";
  visit.site.snapshots.with_store(
      [&](const Workspace& workspace) { write_template(workspace, visit.project, *kind, false, file, visit.language); });
  return download(visit.say({"record." + visit.parts.front(), {}}) + ".xlsx",
                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes_of_file(file).value_or(""));
}

}  // namespace horisont::web
