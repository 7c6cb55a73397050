#include "edge/settings/settings.h"

#include <algorithm>
#include <set>

#include "core/indicators/indicators.h"
#include "core/values/personal_identity_number.h"
#include "edge/files/files.h"
#include "edge/settings/shape.h"
#include "edge/toml/toml.h"

namespace horisont {
namespace {

namespace fs = std::filesystem;

// The readers below take what has the right type and leave the rest at its default: check_shape has complained already,
// and the remaining checks still run, so that one pass shows every fault.

const TomlNode& empty_table() {
  static const TomlNode empty;
  return empty;
}

const TomlNode& child(const TomlNode& table, std::string_view key) {
  const TomlNode* node = table.find(key);
  return node ? *node : empty_table();
}

std::string text(const TomlNode& table, std::string_view key) { return child(table, key).text; }
bool flag(const TomlNode& table, std::string_view key, bool otherwise) {
  const TomlNode& node = child(table, key);
  return node.kind == TomlNode::Kind::Boolean ? node.boolean : otherwise;
}
std::optional<int> whole(const TomlNode& table, std::string_view key) {
  const TomlNode& node = child(table, key);
  if (node.kind != TomlNode::Kind::Integer || node.integer < 0 || node.integer > 1'000'000'000) return std::nullopt;
  return static_cast<int>(node.integer);
}
std::optional<Money> money(const TomlNode& table, std::string_view key) {
  const TomlNode* node = table.find(key);
  const auto ore = node ? ore_of(*node) : std::nullopt;
  return ore ? std::optional(Money::of_ore(*ore)) : std::nullopt;
}
std::vector<std::string> texts(const TomlNode& table, std::string_view key) {
  std::vector<std::string> found;
  for (const TomlNode& item : child(table, key).items)
    if (item.kind == TomlNode::Kind::Text) found.push_back(item.text);
  return found;
}
Bilingual bilingual(const TomlNode& table) { return {text(table, "sv"), text(table, "en")}; }

std::vector<const TomlNode*> entries(const TomlNode& table, std::string_view key) {
  std::vector<const TomlNode*> found;
  for (const TomlNode& item : child(table, key).items)
    if (item.kind == TomlNode::Kind::Table) found.push_back(&item);
  return found;
}

Citation citation(const TomlNode& table) {
  const std::string word = text(table, "confidence");
  return {text(table, "cited"), word == "verified"    ? Confidence::Verified
                                : word == "secondary" ? Confidence::Secondary
                                                      : Confidence::UnverifiedDefault};
}

// The period of an entry, or nothing (with a finding when the days are in the wrong order).
std::optional<Period> period(const TomlNode& table, std::string_view from, std::string_view to, const std::string& path,
                             FileFindings& findings) {
  const TomlNode &first = child(table, from), *last = table.find(to);
  if (!first.day || (last && !last->day)) return std::nullopt;
  if (last && *last->day < *first.day) {
    findings.add("settings.period-order", last->line, path, {path, first.day->iso(), last->day->iso()});
    return std::nullopt;
  }
  return Period{*first.day, last ? last->day : std::nullopt};
}

struct Span {
  Period valid;
  int line;
};

void by_first_day(std::vector<Span>& spans) {
  std::stable_sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.valid.first < b.valid.first; });
}

// Two values for one day: said at the later line, naming the earlier.
void check_overlaps(const std::string& path, std::vector<Span> spans, FileFindings& findings) {
  by_first_day(spans);
  const Span* longest = nullptr;  // of those before, the one that lasts longest
  for (const Span& span : spans) {
    if (longest && longest->valid.touches(span.valid))
      findings.add("settings.overlap", std::max(longest->line, span.line), path,
                   {path, span.valid.first.iso(), std::to_string(std::min(longest->line, span.line))});
    if (!longest || (longest->valid.last && (!span.valid.last || *span.valid.last > *longest->valid.last))) longest = &span;
  }
}

// Days of `needed` that have no value.
void check_gaps(const std::string& path, std::vector<Span> spans, const Period& needed, FileFindings& findings) {
  if (spans.empty()) return;
  by_first_day(spans);
  Date next = needed.first;
  const auto gap = [&](Date last, int line) { findings.add("settings.gap", line, path, {path, next.iso(), last.iso()}); };
  for (const Span& span : spans) {
    if (needed.last && span.valid.first > *needed.last) break;
    if (span.valid.first > next) gap(span.valid.first.plus_days(-1), span.line);
    if (!span.valid.last) return;
    next = std::max(next, span.valid.last->plus_days(1));
  }
  if (needed.last && next <= *needed.last)
    gap(*needed.last, spans.back().line);
  else if (!needed.last)
    findings.add("settings.gap-open", spans.back().line, path, {path, next.iso()});
}

// One list of dated entries, read by `value`, which gives nothing for an entry that has no usable value. Entries of one
// name (`named`, empty for settings that have just one) may not share a day; where `needed` is given, they may leave none out.
template <class T, class Value, class Named>
std::vector<Dated<T>> dated(const TomlNode& document, const std::string& key, Value value, Named named,
                            const std::optional<Period>& needed, FileFindings& findings) {
  std::vector<Dated<T>> found;
  std::map<std::string, std::vector<Span>> spans;
  bool complete = true;
  for (const TomlNode* entry : entries(document, key)) {
    const auto valid = period(*entry, "from", "to", key, findings);
    const std::optional<T> read = value(*entry);
    complete &= valid.has_value();
    if (valid) spans[named(*entry)].push_back({*valid, entry->line});
    if (valid && read) found.push_back({*read, *valid, citation(*entry), key, entry->line});
  }
  for (const auto& [name, of_name] : spans) {
    const std::string path = name.empty() ? key : key + " (" + name + ")";
    check_overlaps(path, of_name, findings);
    if (needed && complete) check_gaps(path, of_name, *needed, findings);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.valid.first < b.valid.first; });
  return found;
}

std::string unnamed(const TomlNode&) { return ""; }

// What several readers of one programme file share.
struct ProgrammeReader {
  const TomlNode& document;
  std::optional<Period> whole_period;
  FileFindings& findings;

  template <class T, class Value>
  Timeline<T> timeline(const std::string& key, Value value, bool everywhere = true) const {
    return {dated<T>(document, key, value, unnamed, everywhere ? whole_period : std::nullopt, findings)};
  }
  Timeline<std::string> texts(const std::string& key, bool everywhere = true) const {
    return timeline<std::string>(
        key, [](const TomlNode& e) { return std::optional(text(e, "value")); }, everywhere);
  }
  Timeline<int> numbers(const std::string& key, bool everywhere = true) const {
    return timeline<int>(
        key, [](const TomlNode& e) { return whole(e, "value"); }, everywhere);
  }
  Timeline<Minutes> hours(const std::string& key, bool everywhere = true) const {
    return timeline<Minutes>(
        key,
        [](const TomlNode& e) {
          const auto minutes = minutes_of(child(e, "value"));
          return minutes ? std::optional(Minutes(*minutes)) : std::nullopt;
        },
        everywhere);
  }
  Timeline<Rounding> rounding(const std::string& key) const {
    return timeline<Rounding>(key, [](const TomlNode& e) {
      return std::optional(text(e, "value") == "half_up" ? Rounding::HalfUp : Rounding::Down);
    });
  }
};

std::optional<LeapBirthday> leap_birthday(const TomlNode& entry) {
  return text(entry, "value") == "mar1" ? LeapBirthday::Mar1 : LeapBirthday::Feb28;
}

std::optional<RoundingLevel> rounding_level(const TomlNode& entry) {
  const std::string word = text(entry, "value");
  return word == "row"     ? RoundingLevel::Row
         : word == "day"   ? RoundingLevel::Day
         : word == "month" ? RoundingLevel::Month
                           : RoundingLevel::Period;
}

std::optional<UnitCost> unit_cost(const TomlNode& entry) {
  const auto per_hour = money(entry, "per_hour");
  if (!per_hour) return std::nullopt;
  return UnitCost{text(entry, "function"), text(entry, "area"), *per_hour};
}

std::optional<FlatRate> flat_rate(const TomlNode& entry) {
  const auto percent = whole(entry, "percent");
  if (!percent) return std::nullopt;
  return FlatRate{text(entry, "key"), *percent, flag(entry, "at_most", false), text(entry, "base"), text(entry, "covers")};
}

std::optional<CofinancingShare> cofinancing_share(const TomlNode& entry) {
  const auto percent = whole(entry, "percent");
  if (!percent) return std::nullopt;
  return CofinancingShare{text(entry, "area"), *percent};
}

std::optional<ParticipantRate> participant_rate(const TomlNode& entry) {
  const auto per_hour = money(entry, "per_hour");
  if (!per_hour) return std::nullopt;
  return ParticipantRate{text(entry, "compensation"), whole(entry, "age_from"), whole(entry, "age_to"), *per_hour};
}

std::optional<DeadlineTerms> deadline(const TomlNode& entry) {
  const auto count = whole(entry, "count");
  if (!count) return std::nullopt;
  return DeadlineTerms{text(entry, "duty"), text(entry, "after"), *count,
                       text(entry, "unit") == "months" ? DeadlineTerms::Unit::Months : DeadlineTerms::Unit::Days,
                       text(entry, "reading") == "end_of_month"};
}

// Rates of one compensation may hold on one day only for ages that do not meet.
void check_participant_rates(const TomlNode& document, FileFindings& findings) {
  struct Band {
    std::string compensation;
    int from, to, line;
    Period valid;
  };
  std::vector<Band> bands;
  for (const TomlNode* entry : entries(document, "participant_rate")) {
    const auto valid = period(*entry, "from", "to", "participant_rate", findings);
    const int from = whole(*entry, "age_from").value_or(0), to = whole(*entry, "age_to").value_or(999);
    if (from > to)
      findings.add("settings.min-above-max", entry->line, "participant_rate",
                   {"participant_rate.age_from", std::to_string(from), "age_to", std::to_string(to)});
    if (!valid) continue;
    const std::string compensation = text(*entry, "compensation");
    for (const Band& band : bands)
      if (band.compensation == compensation && band.from <= to && from <= band.to && band.valid.touches(*valid))
        findings.add("settings.overlap", entry->line, "participant_rate",
                     {"participant_rate (" + compensation + ")", std::max(band.valid.first, valid->first).iso(),
                      std::to_string(band.line)});
    bands.push_back({compensation, from, to, entry->line, *valid});
  }
}

// `line` of the programme's key; the key must be the file's name, because that is how files of one folder stay apart.
void check_key(const TomlNode& document, const fs::path& file, FileFindings& findings) {
  const TomlNode& key = child(document, "key");
  if (key.text.empty() || key.text == file.stem()) return;
  const fs::path other = file.parent_path() / (key.text + ".toml");
  std::error_code error;
  if (fs::exists(other, error))
    findings.add("settings.key-twice", key.line, "key", {key.text, other.string()});
  else
    findings.add("settings.key-not-file-name", key.line, "key", {key.text, file.filename().string()});
}

ProgrammeTerms programme_of(const TomlNode& document, const fs::path& file, FileFindings& findings) {
  check_shape(document, programme_shape(), "", findings);
  check_key(document, file, findings);
  const auto whole_period = period(child(document, "period"), "from", "to", "period", findings);
  const ProgrammeReader read{document, whole_period, findings};
  ProgrammeTerms terms{.key = text(document, "key"),
                       .name = bilingual(child(document, "name")),
                       .period = whole_period.value_or(Period{Date::of_days(0), std::nullopt})};
  terms.leap_birthday = read.timeline<LeapBirthday>("leap_birthday", leap_birthday);
  terms.whole_hours_rounding = read.rounding("whole_hours_rounding");
  terms.whole_hours_level = read.timeline<RoundingLevel>("whole_hours_level", rounding_level);
  terms.participant_day_cap = read.hours("participant_day_cap", false);
  terms.participant_month_cap = read.hours("participant_month_cap", false);
  terms.participant_year_cap = read.hours("participant_year_cap", false);
  terms.participant_month_minimum = read.hours("participant_month_minimum", false);
  terms.participant_project_cap = read.hours("participant_project_cap", false);
  const auto yes = [](const TomlNode& e) { return std::optional(flag(e, "value", false)); };
  terms.participant_signature = read.timeline<bool>("participant_signature", yes, false);
  terms.participant_evidence = read.timeline<bool>("participant_evidence", yes, false);
  terms.clock_change_counts = read.timeline<bool>("clock_change_counts", yes, false);
  terms.participant_holidays = read.timeline<bool>("participant_holidays", yes, false);
  terms.staff_holidays = read.timeline<bool>("staff_holidays", yes, false);
  terms.staff_fixed_share = read.timeline<bool>("staff_fixed_share", yes, false);
  terms.simplified_up_to = read.timeline<Money>(
      "simplified_up_to", [](const TomlNode& e) { return money(e, "value"); }, false);
  terms.plausible_day = read.hours("plausible_day");
  terms.staff_year_cap = read.hours("staff_year_cap");
  terms.staff_day_cap = read.hours("staff_day_cap", false);
  terms.hourly_rate_year = read.hours("hourly_rate_year", false);
  terms.part_year_cap = read.timeline<bool>("part_year_cap", yes);
  terms.staff_signature = read.texts("staff_signature", false);
  terms.money_rounding = read.rounding("money_rounding");
  const auto fund_text = read.timeline<Bilingual>("fund_text", [](const TomlNode& e) { return std::optional(bilingual(e)); });
  for (const Dated<Bilingual>& both : fund_text.values) {
    terms.fund_text_sv.values.push_back({both.value.sv, both.valid, both.cited, both.key, both.line});
    terms.fund_text_en.values.push_back({both.value.en, both.valid, both.cited, both.key, both.line});
  }
  terms.unit_costs = dated<UnitCost>(
      document, "unit_cost", unit_cost, [](const TomlNode& e) { return text(e, "function") + ", " + text(e, "area"); }, {},
      findings);
  terms.flat_rates = dated<FlatRate>(
      document, "flat_rate", flat_rate, [](const TomlNode& e) { return text(e, "key"); }, {}, findings);
  terms.cofinancing = dated<CofinancingShare>(
      document, "cofinancing", cofinancing_share, [](const TomlNode& e) { return text(e, "area"); }, {}, findings);
  terms.owner_cofinancing = read.texts("owner_cofinancing", false);
  terms.deadlines = dated<DeadlineTerms>(
      document, "deadline", deadline, [](const TomlNode& e) { return text(e, "duty"); }, {}, findings);
  for (const TomlNode* entry : entries(document, "participant_rate")) {
    std::vector<Finding> said_below;
    FileFindings quiet{findings.file, said_below};
    const auto valid = period(*entry, "from", "to", "participant_rate", quiet);
    if (const auto rate = participant_rate(*entry); rate && valid)
      terms.participant_rates.push_back({*rate, *valid, citation(*entry), "participant_rate", entry->line});
  }
  check_participant_rates(document, findings);
  terms.evidence_months = read.numbers("evidence_months", false);
  terms.immediate_result_days = read.numbers("immediate_result_days");
  terms.longer_term_months = read.numbers("longer_term_months");
  terms.retention_years = read.numbers("retention_years", false);
  terms.retention_years_state_aid = read.numbers("retention_years_state_aid", false);
  terms.longest_project_months = read.numbers("longest_project_months", false);
  terms.largest_advance = read.timeline<Money>(
      "largest_advance", [](const TomlNode& e) { return money(e, "value"); }, false);
  terms.largest_advance_percent = read.numbers("largest_advance_percent", false);
  terms.small_cell_limit = read.numbers("small_cell_limit");
  terms.scb_protected_woman = read.texts("scb_protected_woman", false);
  terms.scb_protected_man = read.texts("scb_protected_man", false);
  terms.scb_reentry = read.texts("scb_reentry");
  terms.scb_contact_filler = read.texts("scb_contact_filler", false);
  terms.scb_zero_hours = read.texts("scb_zero_hours");
  terms.scb_extreme_hours = read.numbers("scb_extreme_hours", false);
  return terms;
}

// Fields of a project file that stand in a table with `value`, `cited` and `confidence`.
std::vector<std::string> cited_fields() {
  std::vector<std::string> fields;
  for (const Shape& member : project_shape().members)
    if (member.kind == Shape::Kind::Table && !member.members.empty() && member.members.front().key == "value")
      fields.push_back(member.key);
  return fields;
}

// What no source tells must be said to be unknown: an empty field would look forgotten, and a forgotten one unknown.
void check_not_known(const TomlNode& document, FileFindings& findings) {
  std::vector<std::string> fields = cited_fields();
  fields.push_back("aim");
  std::set<std::string> not_known;
  for (const TomlNode& item : child(document, "not_known").items) {
    static const std::set<std::string> of_grants{"budget",       "granted_esf", "granted_yei",
                                                 "operation_to", "published",   "partners"};
    if (std::find(fields.begin(), fields.end(), item.text) == fields.end() && !of_grants.contains(item.text)) {
      std::string list;
      for (const std::string& field : fields) list += (list.empty() ? "" : ", ") + field;
      findings.add("settings.choice", item.line, "not_known", {"not_known", item.text, list});
    } else if (document.find(item.text) && !of_grants.contains(item.text)) {
      findings.add("settings.known-and-not-known", item.line, "not_known", {item.text});
    }
    not_known.insert(item.text);
  }
  for (const std::string& field : fields)
    if (!document.find(field) && !not_known.contains(field)) findings.add("settings.missing-or-not-known", 1, field, {field});
}

void read_grants(const TomlNode& document, ProjectTerms& terms, FileFindings& findings) {
  for (const TomlNode* entry : entries(document, "grant")) {
    const auto operation = period(*entry, "operation_from", "operation_to", "grant", findings);
    GrantDecision grant{.operation = operation.value_or(Period{Date::of_days(0), std::nullopt})};
    grant.decided_on = child(*entry, "decided_on").day;
    grant.planned_participants = whole(*entry, "planned_participants");
    grant.budget = money(*entry, "budget");
    grant.granted_esf = money(*entry, "granted_esf");
    grant.granted_yei = money(*entry, "granted_yei");
    grant.union_rate_stated = text(*entry, "union_rate_stated");
    grant.amounts_other_currency = text(*entry, "amounts_other_currency");
    grant.cited = citation(*entry);
    const Money granted = grant.granted_esf.value_or(Money{}) + grant.granted_yei.value_or(Money{});
    if (grant.budget && granted > *grant.budget) findings.add("settings.granted-above-budget", entry->line, "grant", {});
    if (operation) terms.grants.push_back(std::move(grant));
  }
}

bool four_digits(std::string_view text) {
  return text.size() == 4 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void read_subprojects(const TomlNode& document, ProjectTerms& terms, FileFindings& findings) {
  for (const TomlNode* entry : entries(document, "subproject")) {
    Subproject subproject{text(*entry, "key"), text(*entry, "name"), text(*entry, "municipality"),
                          whole(*entry, "planned_participants"), citation(*entry)};
    if (!subproject.municipality.empty() && !four_digits(subproject.municipality))
      findings.add("settings.municipality", child(*entry, "municipality").line, "subproject.municipality",
                   {subproject.municipality});
    for (const Subproject& other : terms.subprojects)
      if (!subproject.key.empty() && other.key == subproject.key)
        findings.add("settings.twice", child(*entry, "key").line, "subproject.key", {"subproject.key", subproject.key});
    terms.subprojects.push_back(std::move(subproject));
  }
}

void read_activities(const TomlNode& document, ProjectTerms& terms, FileFindings& findings) {
  const auto all = entries(document, "activity");
  if (all.size() > 255)
    findings.add("settings.out-of-range", all[255]->line, "activity", {"activity", std::to_string(all.size()), "1", "255"});
  for (const TomlNode* entry : all) {
    Activity activity{.key = text(*entry, "key"), .name = bilingual(child(*entry, "name"))};
    activity.report_name = entry->find("report_name") ? bilingual(child(*entry, "report_name")) : activity.name;
    activity.spellings = texts(*entry, "spellings");
    activity.funded = flag(*entry, "funded", true);
    activity.sensitive = flag(*entry, "sensitive", false);
    activity.cited = citation(*entry);
    // One word for two activities would make the hours of a sheet belong to either.
    std::vector<std::string> spoken = activity.spellings;
    spoken.insert(spoken.end(), {activity.key, activity.name.sv, activity.name.en});
    for (const std::string& word : spoken)
      if (terms.activity(word)) {
        findings.add("settings.twice", entry->line, "activity", {"activity", word});
        break;
      }
    if (terms.activities.size() < 255) terms.activities.push_back(std::move(activity));
  }
}

void read_money(const TomlNode& document, ProjectTerms& terms, FileFindings& findings) {
  terms.total_cost_eur = money(document, "total_cost_eur");
  for (const TomlNode* entry : entries(document, "budget_line")) {
    const auto amount = money(*entry, "amount");
    const std::string line = text(*entry, "line");
    for (const BudgetLine& other : terms.budget_lines)
      if (!line.empty() && other.line == line)
        findings.add("settings.twice", entry->line, "budget_line.line", {"budget_line.line", line});
    if (amount) terms.budget_lines.push_back({line, *amount, citation(*entry)});
  }
  using Kind = MoneyMoved::Kind;
  static const std::map<std::string, Kind, std::less<>> kinds{{"advance", Kind::Advance}, {"paid", Kind::Paid},
                                                              {"refused", Kind::Refused}, {"cash", Kind::Cash},
                                                              {"in_kind", Kind::InKind}};
  for (const TomlNode* entry : entries(document, "money")) {
    const auto kind = kinds.find(text(*entry, "kind"));
    const auto on = child(*entry, "on").day, month = child(*entry, "month").day;
    const auto amount = money(*entry, "amount");
    if (kind == kinds.end() || !on || !amount) continue;  // said by the shape
    const bool cofinancing = kind->second == Kind::Cash || kind->second == Kind::InKind;
    if (cofinancing && !entry->find("who")) findings.add("settings.missing", entry->line, "money.who", {"money.who"});
    for (const MoneyMoved& other : terms.money)
      if (other.kind == kind->second && other.on == *on && other.month == month && other.amount == *amount &&
          other.who == text(*entry, "who") && other.cited.text == citation(*entry).text)
        findings.add("settings.twice", entry->line, "money.cited", {"money.cited", other.cited.text});
    terms.money.push_back({kind->second, *on, month, *amount, text(*entry, "who"), citation(*entry)});
  }
  std::stable_sort(terms.money.begin(), terms.money.end(), [](const MoneyMoved& a, const MoneyMoved& b) { return a.on < b.on; });
}

void read_rule_sets(const TomlNode& document, const fs::path& rules, ProjectTerms& terms, FileFindings& findings) {
  std::vector<Span> spans;
  bool complete = true;
  for (const TomlNode* entry : entries(document, "rule_set")) {
    const std::string name = text(*entry, "file");
    const bool plain_name = fs::path(name).filename() == fs::path(name);
    std::error_code error;  // a name that no file can have is a name of no file
    if (!name.empty() && (!plain_name || !fs::is_regular_file(rules / name, error)))
      findings.add("settings.rule-set-not-there", child(*entry, "file").line, "rule_set.file", {name, rules.string()});
    const auto used = period(*entry, "from", "to", "rule_set", findings);
    complete &= used.has_value();
    if (!used) continue;
    spans.push_back({*used, entry->line});
    terms.rule_sets.push_back({name, *used});
  }
  check_overlaps("rule_set", spans, findings);
  if (complete && !terms.grants.empty()) check_gaps("rule_set", spans, terms.operation(), findings);
}

std::string list_of(const std::vector<std::string_view>& words) {
  std::string list;
  for (const std::string_view word : words) list += (list.empty() ? "" : ", ") + std::string(word);
  return list;
}

// The code of an entry that is an indicator of the programme; empty, with a finding, when it is none of them.
template <class Takes>
std::string indicator_code(const TomlNode& entry, const std::string& path, const std::string& programme, FileFindings& findings,
                           Takes takes) {
  const std::string code = text(entry, "indicator");
  std::vector<std::string_view> known;
  for (const Framework framework : {Framework::Esf2014, Framework::Yei, Framework::EsfPlus}) {
    const auto programmes = programmes_of(framework);
    if (std::find(programmes.begin(), programmes.end(), programme) == programmes.end()) continue;
    for (const Indicator& one : indicators(framework))
      if (takes(one.code)) known.push_back(one.code);
  }
  if (std::find(known.begin(), known.end(), code) != known.end()) return code;
  if (!code.empty() && !known.empty())
    findings.add("settings.choice", child(entry, "indicator").line, path + ".indicator", {path + ".indicator", code, list_of(known)});
  return "";
}

void read_targets(const TomlNode& document, ProjectTerms& terms, FileFindings& findings) {
  for (const TomlNode* entry : entries(document, "target")) {
    const auto number = [&](const char* key) -> std::optional<std::int64_t> { return whole(*entry, key); };
    IndicatorTarget target{indicator_code(*entry, "target", terms.programme, findings, [](std::string_view) { return true; }),
                           flag(*entry, "percent", false),
                           number("total"),
                           number("men"),
                           number("women"),
                           number("non_binary"),
                           number("milestone"),
                           citation(*entry)};
    if (target.indicator.empty()) continue;
    for (const IndicatorTarget& other : terms.targets)
      if (other.indicator == target.indicator)
        findings.add("settings.twice", child(*entry, "indicator").line, "target.indicator", {"target.indicator", target.indicator});
    // A result may be a share of its base; an output is a number of people.
    if (target.percent && !indicator(target.indicator)->in_base)
      findings.add("settings.percent-of-output", child(*entry, "percent").line, "target.percent", {target.indicator});
    for (const auto& [key, share] : {std::pair{"total", target.total}, {"men", target.men}, {"women", target.women}, {"non_binary", target.non_binary}})
      if (target.percent && share > 100)
        findings.add("settings.out-of-range", child(*entry, key).line, std::string("target.") + key,
                     {std::string("target.") + key, std::to_string(*share), "0", "100"});
    if (!target.percent && target.total && target.men && target.women &&
        *target.men + *target.women + target.non_binary.value_or(0) != *target.total)
      findings.add("settings.columns-not-total", child(*entry, "total").line, "target.total",
                   {"target." + target.indicator, std::to_string(*target.men + *target.women + target.non_binary.value_or(0)), std::to_string(*target.total)});
    terms.targets.push_back(std::move(target));
  }
}

void read_estimates(const TomlNode& document, ProjectTerms& terms, FileFindings& findings) {
  for (const TomlNode* entry : entries(document, "estimate")) {
    const auto number = [&](const char* key) -> std::int64_t { return whole(*entry, key).value_or(0); };
    const auto on = child(*entry, "on").day;
    const std::string code = indicator_code(*entry, "estimate", terms.programme, findings, may_be_estimated);
    if (code.empty() || !on) continue;
    IndicatorEstimate estimate{code, *on, number("total"), number("men"), number("women"), number("non_binary"),
                               bilingual(child(*entry, "method")), citation(*entry)};
    for (const IndicatorEstimate& other : terms.estimates)
      if (other.indicator == code && other.on == *on)
        findings.add("settings.twice", child(*entry, "indicator").line, "estimate.indicator", {"estimate.indicator", code + " " + on->iso()});
    if (const std::int64_t sum = estimate.men + estimate.women + estimate.non_binary; sum != estimate.total)
      findings.add("settings.columns-not-total", child(*entry, "total").line, "estimate.total",
                   {"estimate." + code, std::to_string(sum), std::to_string(estimate.total)});
    // Either everybody is asked or the number is estimated: with both, the report would have two.
    const std::string field(collected_for(code));
    if (!field.empty() && std::find(terms.collect.begin(), terms.collect.end(), field) != terms.collect.end())
      findings.add("settings.estimate-collected", child(*entry, "indicator").line, "estimate.indicator", {code, field});
    terms.estimates.push_back(std::move(estimate));
  }
  std::stable_sort(terms.estimates.begin(), terms.estimates.end(), [](const auto& a, const auto& b) { return a.on < b.on; });
}

void read_operation_items(const TomlNode& document, ProjectTerms& terms, FileFindings& findings) {
  for (const TomlNode* entry : entries(document, "operation_item")) {
    OperationItem item{text(*entry, "item"), text(*entry, "value"), citation(*entry)};
    for (const OperationItem& other : terms.operation_items)
      if (other.item == item.item)
        findings.add("settings.twice", child(*entry, "item").line, "operation_item.item", {"operation_item.item", item.item});
    if ((item.item.ends_with("_date") || item.item == "last_payment") && !item.value.empty() && !Date::parse(item.value))
      findings.add("settings.not-day", child(*entry, "value").line, "operation_item.value", {"operation_item." + item.item});
    terms.operation_items.push_back(std::move(item));
  }
}

void read_good_practice(const TomlNode& document, const std::string& project, std::vector<GoodPracticeText>& all,
                        FileFindings& findings) {
  for (const TomlNode* entry : entries(document, "good_practice")) {
    GoodPracticeText found{project, text(*entry, "field"), bilingual(*entry)};
    // Bytes that begin a character: what a reader counts.
    const auto characters = [](const std::string& words) {
      return std::count_if(words.begin(), words.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    };
    for (const std::string* words : {&found.text.sv, &found.text.en})
      if (characters(*words) > 1500)
        findings.add("settings.too-long", entry->line, "good_practice",
                     {"good_practice." + found.field, std::to_string(characters(*words)), "1500"});
    all.push_back(std::move(found));
  }
}

void check_organisation_number(const TomlNode& document, ProjectTerms& terms, FileFindings& findings) {
  if (terms.organisation_number.empty()) return;
  std::erase(terms.organisation_number, '-');
  const std::string& digits = terms.organisation_number;
  if (!luhn(digits) || digits[2] < '2')
    findings.add("settings.organisation-number", child(document, "organisation_number").line, "organisation_number", {digits});
}

ProjectTerms project_of(const TomlNode& document, const fs::path& file, const Configuration& configuration,
                        std::vector<GoodPracticeText>& good_practice, FileFindings& findings) {
  check_shape(document, project_shape(), "", findings);
  check_key(document, file, findings);
  check_not_known(document, findings);

  ProjectTerms terms{.key = text(document, "key"), .name = bilingual(child(document, "name"))};
  terms.short_name = text(document, "short_name");
  terms.programme = text(document, "programme");
  terms.not_known = texts(document, "not_known");
  const auto value = [&](std::string_view key) { return text(child(document, key), "value"); };
  terms.record_number = value("record_number");
  terms.call_number = value("call_number");
  terms.owner = value("owner");
  terms.organisation_number = value("organisation_number");
  terms.programme_area = value("programme_area");
  terms.nuts2 = value("nuts2");
  terms.cci = value("cci");
  terms.intervention_type = value("intervention_type");
  terms.scb_reporting = value("scb_reporting");
  terms.staff_cost_model = value("staff_cost_model");
  terms.rate_area = value("rate_area");
  terms.flat_rate = value("flat_rate");
  terms.cofinancing_percent = whole(child(document, "cofinancing_percent"), "value");
  const auto answer = [&](std::string_view key) {
    const TomlNode& node = child(child(document, key), "value");
    return node.kind == TomlNode::Kind::Boolean ? std::optional(node.boolean) : std::nullopt;
  };
  terms.participant_time_is_cofinancing = answer("participant_time_is_cofinancing");
  terms.state_aid = answer("state_aid");
  terms.target_group = bilingual(child(document, "target_group"));
  terms.aim = bilingual(child(document, "aim"));
  terms.subproject_word = bilingual(child(document, "subproject_word"));
  terms.two_persons = flag(document, "two_persons", false);
  terms.school_project = flag(document, "school_project", false);
  terms.attest_by_another = flag(document, "attest_by_another", false);
  terms.staff_activities = texts(document, "staff_activities");
  terms.collect = texts(document, "collect");
  for (const auto& [key, node] : document.members)
    if (node.kind == TomlNode::Kind::Table && node.find("cited")) terms.citations.emplace(key, citation(node));

  const bool plain_name = std::all_of(terms.short_name.begin(), terms.short_name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
  if (!plain_name) findings.add("settings.short-name", child(document, "short_name").line, "short_name", {terms.short_name});
  check_organisation_number(document, terms, findings);
  read_grants(document, terms, findings);
  read_subprojects(document, terms, findings);
  read_activities(document, terms, findings);
  read_rule_sets(document, configuration.folder / "rules", terms, findings);
  read_targets(document, terms, findings);
  read_estimates(document, terms, findings);
  read_operation_items(document, terms, findings);
  read_good_practice(document, terms.key, good_practice, findings);
  read_money(document, terms, findings);
  for (const TomlNode* entry : entries(document, "published"))
    if (const auto as_of = child(*entry, "as_of").day)
      terms.published.push_back({text(*entry, "key"), *as_of, text(*entry, "value"), citation(*entry)});

  const auto programme = configuration.programmes.find(terms.programme);
  if (programme == configuration.programmes.end()) {
    std::string known;
    for (const auto& [key, unused] : configuration.programmes) known += (known.empty() ? "" : ", ") + key;
    if (!terms.programme.empty())
      findings.add("settings.programme-not-there", child(document, "programme").line, "programme", {terms.programme, known});
    return terms;
  }
  const Period& eligible = programme->second.period;
  if (!terms.grants.empty()) {
    const Period operation = terms.operation();
    if (!eligible.contains(operation.first) || !operation.last || !eligible.contains(*operation.last))
      findings.add("settings.outside-programme", entries(document, "grant").front()->line, "grant",
                   {operation.first.iso(), operation.last ? operation.last->iso() : "", eligible.first.iso(),
                    eligible.last ? eligible.last->iso() : ""});
  }
  const auto& rates = programme->second.flat_rates;
  if (!terms.flat_rate.empty() &&
      std::none_of(rates.begin(), rates.end(), [&](const auto& rate) { return rate.value.key == terms.flat_rate; })) {
    std::set<std::string> keys;
    for (const auto& rate : rates) keys.insert(rate.value.key);
    std::string known;
    for (const std::string& key : keys) known += (known.empty() ? "" : ", ") + key;
    findings.add("settings.choice", child(document, "flat_rate").line, "flat_rate", {"flat_rate", terms.flat_rate, known});
  }
  return terms;
}

// The .toml files of a folder in the order of their names.
std::vector<fs::path> toml_files(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    if (at->path().extension() == ".toml" && !at->path().filename().string().starts_with('.')) files.push_back(at->path());
  if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory)
    throw FileError(Message{"settings.folder-not-there", {folder.string()}}, FileError::Fault::Unreadable);
  if (error)
    throw FileError(Message{"file.not-readable", {folder.string(), error_words(error.value())}}, FileError::Fault::Unreadable);
  std::sort(files.begin(), files.end());
  return files;
}

struct Document {
  TomlNode tree;
  std::string sha256;
};

// A settings file as a tree; nothing, with a finding, when it is not TOML.
std::optional<Document> document_of(const fs::path& file, FileFindings& findings) {
  const std::string bytes = read_file(file);
  if (bytes.size() > 1024 * 1024) {
    findings.add("settings.too-large", 0, "", {});
    return std::nullopt;
  }
  auto tree = parse_toml(bytes);
  if (!tree) {
    const Message& message = tree.error().message;
    const int line = std::stoi(message.values.at(0));
    if (message.id == "toml.type")
      findings.add("settings.value-kind", line, message.values.at(1), {message.values.at(1)});
    else
      findings.add("settings.syntax", line, "", {message.values.at(1), message.values.at(2)});
    return std::nullopt;
  }
  // Findings about the file as a whole, such as a missing key, stand at its first line.
  tree->line = std::max(tree->line, 1);
  return Document{std::move(*tree), sha256_of(bytes)};
}

void add_values(Configuration& configuration, const TomlNode& document, const fs::path& file) {
  for (SettingValue& value : setting_values(document, file.parent_path().filename().string() + "/" + file.filename().string()))
    configuration.values.push_back(std::move(value));
}

}  // namespace

tl::expected<Configuration, std::vector<Finding>> load_configuration(const fs::path& config_folder) {
  std::vector<Finding> found;
  Configuration configuration;
  configuration.folder = config_folder;

  for (const fs::path& file : toml_files(config_folder / "programmes")) {
    FileFindings findings{file.string(), found};
    const auto document = document_of(file, findings);
    // A programme whose file cannot be read is still there: its projects need no finding of their own.
    ProgrammeTerms terms{.key = file.stem().string(), .period = {Date::of_days(0), std::nullopt}};
    if (document) terms = programme_of(document->tree, file, findings);
    if (document) {
      terms.sha256 = document->sha256;
      add_values(configuration, document->tree, file);
    }
    configuration.programmes.emplace(file.stem().string(), std::move(terms));
  }
  std::map<std::string, std::string> record_numbers;  // → file
  for (const fs::path& file : toml_files(config_folder / "projects")) {
    FileFindings findings{file.string(), found};
    const auto document = document_of(file, findings);
    if (!document) continue;
    ProjectTerms terms = project_of(document->tree, file, configuration, configuration.good_practice, findings);
    terms.sha256 = document->sha256;
    add_values(configuration, document->tree, file);
    if (!terms.record_number.empty()) {
      const auto [other, is_new] = record_numbers.emplace(terms.record_number, file.string());
      if (!is_new)
        findings.add("settings.record-number-twice", child(document->tree, "record_number").line, "record_number",
                     {terms.record_number, other->second});
    }
    configuration.projects.emplace(file.stem().string(), std::move(terms));
  }
  if (found.empty()) return configuration;
  std::stable_sort(found.begin(), found.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.place.file, a.place.row) < std::tie(b.place.file, b.place.row);
  });
  return tl::make_unexpected(std::move(found));
}

}  // namespace horisont
