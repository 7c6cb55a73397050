#include "app/sample.h"
#include "web/gate.h"
#include "web/pages.h"
#include "web/period_words.h"

namespace horisont::web {
namespace {

Html choice(const Visit& visit, const std::string& name, const std::string& label,
            const std::vector<std::pair<std::string, std::string>>& choices) {
  Html options;
  for (const auto& [value, text] : choices) options.add(el("option", {{"value", value}}, visit.t(text.c_str())));
  return field(name, visit.t(label.c_str()), el("select", {{"name", name}, {"id", name}}, options));
}

Html number_input(const std::string& name, const std::string& value, const std::string& least) {
  return el("input", {{"name", name}, {"id", name}, {"type", "number"}, {"min", least}, {"max", "100000"}, {"value", value}});
}

Html draw_form(const Visit& visit) {
  return form_to(
      visit, visit.base() + "/stickprov",
      el("div", {{"class", "row filter"}},
         choice(visit, "ur", "web.sample.frame",
                {{"participants", "sample.frame.participants"}, {"hours", "sample.frame.hours"}, {"claims", "sample.frame.claims"}}),
         choice(visit, "metod", "web.sample.method",
                {{"simple", "sample.method.simple"}, {"stratified", "sample.method.stratified"},
                 {"monetary-unit", "sample.method.monetary-unit"}}),
         choice(visit, "skikt", "web.sample.strata",
                {{"", "web.sample.no-strata"}, {"verdict", "sample.strata.verdict"}, {"gender", "sample.strata.gender"},
                 {"subproject", "sample.strata.subproject"}, {"activity", "sample.strata.activity"},
                 {"month", "sample.strata.month"}, {"function", "sample.strata.function"}}),
         field("storlek", visit.t("web.sample.size"), number_input("storlek", "30", "1")),
         field("minst", visit.t("web.sample.least"), number_input("minst", "2", "0"))) +
          el("div", {{"class", "row filter"}},
             field("fran", visit.t("web.sample.from"), el("input", {{"type", "date"}, {"name", "fran"}, {"id", "fran"}})),
             field("till", visit.t("web.sample.to"), el("input", {{"type", "date"}, {"name", "till"}, {"id", "till"}}))) +
          field("fro", visit.t("web.sample.seed"),
                el("input", {{"name", "fro"},
                             {"id", "fro"},
                             {"required", ""},
                             {"maxlength", "64"},
                             {"autocomplete", "off"},
                             {"spellcheck", "false"},
                             {"aria-describedby", "fro-hint"}}),
                visit.t("web.sample.seed.hint")) +
          el("button", {{"class", "primary"}}, visit.t("web.sample.draw")));
}

Response none(const Visit& visit, const Message& why, int status = 404) {
  return message_page(visit, status, visit.t("web.nav.samples"), visit.say(why), visit.base() + "/stickprov");
}

Html upload_form(const Visit& visit, const std::string& id) {
  return el("section", {{"class", "card"}}, el("h2", visit.t("web.sample.result")), el("p", visit.t("web.sample.result.lead")),
            el("form",
               {{"method", "post"},
                {"action", visit.base() + "/stickprov/" + id + "/fel"},
                {"enctype", "multipart/form-data"},
                {"class", "drop"},
                {"data-drop", ""}},
               hidden("token", visit.token),
               field("fil", visit.t("web.sample.filled"),
                     el("input",
                        {{"type", "file"}, {"name", "fil"}, {"id", "fil"}, {"required", ""}, {"accept", ".xlsx,.xlsm,.ods"}})),
               el("button", {{"class", "primary"}}, visit.t("web.sample.project"))));
}

}  // namespace

Response samples_page(Visit& visit) {
  List list;
  list.table = visit.snapshot->derived<Table>("samples " + std::to_string(visit.snapshot->log ? visit.snapshot->log->size : 0), [&] {
    return visit.site.snapshots.with_store(
        [&](const Workspace& workspace) { return samples_table(workspace.store.samples(visit.project)); });
  });
  list.caption = visit.t("web.sample.drawn");
  list.says["period"] = [&](const Table::Value& period) {
    return period_words(words(std::get<Message>(period), visit.language, Surface::Page));
  };
  list.links["sample"] = [&](const Table::Value& id) { return visit.base() + "/stickprov/" + std::get<std::string>(id); };
  return list_page(visit, visit.t("web.nav.samples"),
                   el("p", {{"class", "lead"}}, visit.t("web.sample.lead")) +
                       el("section", {{"class", "card"}}, el("h2", visit.t("web.sample.new")), draw_form(visit)) +
                       el("h2", visit.t("web.sample.drawn")),
                   list);
}

Response draw_page(Visit& visit) {
  const auto frame = sample_frame(visit.request.field("ur"));
  const auto method = sample_method(visit.request.field("metod"));
  const auto number = [&](const char* name) {
    const std::string& text = visit.request.field(name);
    return text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != text.npos ? std::uint64_t{0} : std::stoull(text);
  };
  if (!frame || !method) return none(visit, {"sample.places", {}}, 422);
  SampleRequest asked{.project = visit.project,
                      .frame = *frame,
                      .method = *method,
                      .strata = *method == SampleMethod::Stratified ? visit.request.field("skikt") : "",
                      .period = {*Date::of(1, 1, 1), std::nullopt},
                      .places = number("storlek"),
                      .least = *method == SampleMethod::Stratified ? number("minst") : 0,
                      .seed = visit.request.field("fro"),
                      .today = visit.today,
                      .actor = visit.actor(),
                      .now = visit.now};
  for (const char* name : {"fran", "till"}) {
    const std::string& text = visit.request.field(name);
    if (text.empty()) continue;
    const auto day = Date::parse(text);
    if (!day) return none(visit, day.error().message, 422);
    if (name[0] == 'f')
      asked.period.first = *day;
    else
      asked.period.last = *day;
  }
  Workspace workspace = workspace_to_write(visit);
  const auto drawn = draw_sample(workspace, asked);
  if (!drawn) return none(visit, drawn.error().message, 422);
  return see_other(visit.base() + "/stickprov/" + drawn->id());
}

Response sample_page(Visit& visit) {
  const std::string& id = visit.parts.front();
  const auto found = visit.site.snapshots.with_store(
      [&](const Workspace& workspace) { return drawn_sample(workspace, visit.project, id); });
  if (!found) return none(visit, found.error().message);
  List list;
  list.key = "sample " + id;
  list.table = visit.snapshot->derived<Table>(list.key, [&] { return sample_table(*visit.snapshot->whole(), *found, visit.language); });
  list.caption = visit.t("web.sample.units");
  list.facets = {"taken", "stratum"};
  list.hidden = {"unit"};
  list.links["who"] = [&](const Table::Value& value) { return person_address(visit, value); };
  Html facts;
  const auto fact = [&](const char* label, const std::string& value) { facts.add(el("dt", visit.t(label)) + el("dd", value)); };
  const StoredSample& stored = found->stored;
  fact("sample.about.frame", visit.say({"sample.frame." + stored.frame, {}}));
  fact("sample.about.method", visit.say({"sample.method." + stored.method, {}}));
  if (!stored.period.empty()) fact("sample.about.period", period_words(stored.period));
  fact("sample.about.units", count_words(static_cast<std::int64_t>(found->frame.size()), visit.language));
  fact("sample.about.nonce", stored.nonce);
  fact("sample.about.checkpoint", stored.origin + ", " + std::to_string(stored.size) + ", " + stored.root);
  fact("sample.about.digest", stored.digest);
  const Html before = el("p", {{"class", "row actions"}},
                         el("a", {{"class", "button"}, {"href", visit.base() + "/stickprov/" + id + "/excel"}},
                            visit.t("web.sample.workbook")),
                         el("a", {{"class", "button"}, {"href", visit.base() + "/paket?stickprov=" + id}}, visit.t("web.pack.do"))) +
                      el("dl", {{"class", "facts digests"}}, facts);
  return list_page(visit, visit.t("web.sample.title", {id}), before, list, upload_form(visit, id));
}

Response sample_workbook_page(Visit& visit) {
  const std::string& id = visit.parts.front();
  const auto found = visit.site.snapshots.with_store(
      [&](const Workspace& workspace) { return drawn_sample(workspace, visit.project, id); });
  if (!found) return none(visit, found.error().message);
  const OwnFolder folder;
  const auto file = folder.path / "sample.xlsx";
  const auto whole = visit.snapshot->whole();
  visit.site.snapshots.with_store([&](const Workspace& workspace) {
    write_sample(workspace, *whole, *found, file, visit.language);
    return true;
  });
  return download(visit.project + "-" + id + ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                  bytes_of_file(file).value_or(""));
}

Response sample_result_page(Visit& visit) {
  const std::string& id = visit.parts.front();
  if (!visit.request.upload || visit.request.upload->size == 0) return none(visit, {"web.import.no-file", {}}, 422);
  const auto found = visit.site.snapshots.with_store(
      [&](const Workspace& workspace) { return drawn_sample(workspace, visit.project, id); });
  if (!found) return none(visit, found.error().message);
  const auto result = sample_result(*found, visit.request.upload->file, ConfidenceLevel::Percent90);
  if (!result)
    return message_page(visit, 422, visit.t("web.sample.title", {id}), visit.say(result.error().message),
                        visit.base() + "/stickprov/" + id);
  static constexpr const char* looks[] = {"box good", "box look", "box bad"};
  static constexpr const char* says[] = {"sample.verdict.accept", "sample.verdict.more-work", "sample.verdict.qualify"};
  const auto verdict = static_cast<std::size_t>(result->whole.verdict);
  return page(visit, visit.t("web.sample.title", {id}),
              el("p", {{"class", looks[verdict]}, {"role", "status"}}, visit.t(says[verdict])) +
                  plain_table(visit, sample_result_table(*result), visit.t("web.sample.result")) +
                  el("p", {{"class", "hint"}}, visit.t("cli.sample-plan-unverified")) + upload_form(visit, id) +
                  el("p", link(visit.base() + "/stickprov/" + id, visit.t("web.sample.title", {id}))));
}

}  // namespace horisont::web
