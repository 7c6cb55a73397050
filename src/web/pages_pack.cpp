#include <algorithm>

#include "app/audit_pack.h"
#include "app/evidence.h"
#include "app/history.h"
#include "app/manual.h"
#include "web/gate.h"
#include "web/pages.h"

namespace horisont::web {
namespace {

std::filesystem::path packs_of(const SiteOptions& options, const std::string& project) {
  return options.home / "packs" / project;
}

// Only names that this program gives, so no path can lead out of the folder.
std::optional<std::filesystem::path> pack_in(const Visit& visit) {
  const std::string& name = visit.parts.front();
  const bool plain = !name.empty() && name.size() < 80 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == 'S' || c == '-';
  });
  const auto file = packs_of(visit.site.options, visit.project) / (name + ".zip");
  std::error_code error;
  return plain && std::filesystem::is_regular_file(file, error) ? std::optional(file) : std::nullopt;
}

Response none(const Visit& visit, const std::string& text, int status = 404) {
  return message_page(visit, status, visit.t("web.pack.title"), text, visit.base() + "/granskning");
}

}  // namespace

Response pack_form_page(Visit& visit) {
  const auto samples =
      visit.site.snapshots.with_store([&](const Workspace& workspace) { return workspace.store.samples(visit.project); });
  Html choices;
  for (auto one = samples.rbegin(); one != samples.rend(); ++one) {
    if (one->frame == "claims") continue;
    const std::string id = "S-" + std::to_string(one->number);
    choices.add(el("option", {{"value", id}, {"selected", "", id == visit.request.query("stickprov")}},
                   id + " · " + visit.say({"sample.frame." + one->frame, {}}) + " · " + one->at.iso().substr(0, 10)));
  }
  Html main = el("p", {{"class", "lead"}}, visit.t("web.pack.text"));
  if (choices.empty())
    main.add(el("p", {{"class", "empty"}}, visit.t("web.pack.first"), " ",
                link(visit.base() + "/stickprov", visit.t("web.audit.sample.do"))));
  else
    main.add(form_to(visit, visit.base() + "/paket",
                     hidden("nyckel", random_secret()) +
                         field("stickprov", visit.t("web.pack.sample"),
                               el("select", {{"name", "stickprov"}, {"id", "stickprov"}}, choices)) +
                         el("button", {{"class", "primary"}}, visit.t("web.pack.do"))));
  return page(visit, visit.t("web.pack.title"), main);
}

Response make_pack_page(Visit& visit) {
  if (is_pack(visit.site.options.home)) return none(visit, visit.t("audit.read-only"), 422);
  const std::string name = visit.request.field("stickprov") + "-" + random_secret().substr(0, 12);
  const std::string address = visit.base() + "/paket";
  const std::uint32_t number = visit.site.jobs.begin(
      visit.project, {"web.pack.making", {}}, address,
      [&site = visit.site,
       asked = PackRequest{.project = visit.project,
                           .sample = visit.request.field("stickprov"),
                           .language = visit.language,
                           .today = visit.today,
                           .actor = visit.actor(),
                           .now = visit.now},
       name, address](Job& job) {
        Workspace workspace = workspace_to_write(site.options);
        const auto folder = packs_of(site.options, asked.project);
        const auto made = make_pack(workspace, asked, folder / (name + ".zip"),
                                    [&](std::uint64_t done, std::uint64_t total) { job.done = done, job.total = total; });
        if (!made)
          job.failed = made.error().message;
        else
          job.leads_to = address + "/" + name + "?lista=" + made->manifest_sha256;
      },
      visit.request.field("nyckel"));
  return follow(visit, number);
}

Response pack_page(Visit& visit) {
  if (!pack_in(visit)) return none(visit, visit.t("web.pack.gone"));
  const std::string digest = visit.request.query("lista").substr(0, 64);
  return page(visit, visit.t("web.pack.title"),
              el("p", {{"class", "box good"}, {"role", "status"}}, visit.t("web.pack.ready", {digest})) +
                  el("p", el("a", {{"class", "button primary"}, {"href", visit.path + "/fil"}}, visit.t("web.pack.download"))) +
                  el("p", link(visit.base() + "/granskning", visit.t("web.nav.audit"))));
}

Response pack_file_page(Visit& visit) {
  const auto file = pack_in(visit);
  const auto bytes = file ? bytes_of_file(*file) : std::nullopt;
  if (!bytes) return none(visit, visit.t("web.pack.gone"));
  return download(visit.project + "-" + visit.parts.front() + ".zip", "application/zip", *bytes);
}

Response evidence_page(Visit& visit) {
  List list;
  const auto table_of = [&](const ProjectState& state) {
    return evidence_table(state, evidence_register(state.input()), visit.language);
  };
  list.caption = visit.t("web.evidence.title");
  list.facets = {"state", "criterion", "document_type"};
  if (const auto person = person_of_reference(visit.request.query("participant"))) {
    // One person's is found without everybody's.
    list.table = std::make_shared<const Table>(table_of(visit.snapshot->part(std::span(&*person, 1))));
    list.facets.push_back("participant");
  } else {
    list.key = std::string("evidence ") + (visit.language == Language::Swedish ? "sv" : "en");
    list.keep(visit, [&] { return table_of(*visit.snapshot->whole()); });
  }
  list.links["participant"] = [&](const Table::Value& value) { return person_address(visit, value); };
  return list_page(visit, visit.t("web.evidence.title"), el("p", {{"class", "lead"}}, visit.t("web.evidence.lead")), list);
}

Response manual_page(Visit& visit) {
  List list;
  list.key = "manual";
  list.table = visit.snapshot->derived<Table>(list.key, [&] {
    const auto whole = visit.snapshot->whole();
    return visit.site.snapshots.with_store([&](const Workspace& workspace) {
      return manual_table(*whole, workspace.store.manual_decisions(visit.project, visit.state().known_at));
    });
  });
  list.caption = visit.t("web.manual.title");
  list.facets = {"state"};
  list.links["participant"] = [&](const Table::Value& value) { return person_address(visit, value); };
  return list_page(visit, visit.t("web.manual.title"), el("p", {{"class", "lead"}}, visit.t("web.manual.lead")), list);
}

Response looks_page(Visit& visit) {
  List list;
  list.table = std::make_shared<const Table>(looks_table(visit.workspace(), visit.project));
  list.caption = visit.t("web.looks.title");
  list.facets = {"by", "participant"};
  list.links["participant"] = [&](const Table::Value& value) { return person_address(visit, value); };
  return list_page(visit, visit.t("web.looks.title"), el("p", {{"class", "lead"}}, visit.t("web.looks.lead")), list);
}

Response history_page(Visit& visit) {
  const auto person = person_of_reference(visit.parts.front());
  if (!person || !visit.snapshot->people().place_of(*person))
    return message_page(visit, 404, visit.t("web.not-found.title"),
                        visit.t("cli.participant-unknown", {visit.parts.front(), visit.project}), visit.base() + "/deltagare");
  List list;
  list.table = std::make_shared<const Table>(visit.site.snapshots.with_store(
      [&](const Workspace& workspace) { return history_table(workspace, visit.project, *person, visit.language); }));
  list.caption = visit.t("web.history.title");
  list.facets = {"field"};
  return list_page(visit, visit.t("web.history.title") + " · " + visit.parts.front(), {}, list,
                   el("p", link(visit.base() + "/deltagare/" + visit.parts.front(), visit.parts.front())));
}

}  // namespace horisont::web
