#include "app/sample.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <sstream>

#include "app/answers.h"
#include "app/blank.h"
#include "app/report.h"
#include "core/audit/exact.h"
#include "core/funding/claim.h"
#include "core/funding/rounding.h"
#include "core/reports/cells.h"
#include "edge/text/text.h"
#include "edge/import/values.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/xlsx/plain_workbook.h"
#include "log/entry.h"
#include "log/note.h"

namespace horisont {
namespace {

constexpr std::string_view frame_names[] = {"participants", "hours", "claims", "leavers"};
constexpr std::string_view method_names[] = {"simple", "stratified", "monetary-unit"};

// A word as ids and strata may hold it: visible ASCII without spaces, everything else as %XX.
std::string ascii(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text)
    if (c > ' ' && c < '\x7F' && c != '%')
      out += c;
    else
      (out += '%', out += digits[static_cast<unsigned char>(c) >> 4], out += digits[static_cast<unsigned char>(c) & 15]);
  return out.empty() ? "-" : out;
}

// The word that an id or stratum stands for.
std::string plain(std::string_view text) {
  std::string out;
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'A' + 10; };
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '%' && i + 2 < text.size())
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])), i += 2;
    else
      out += text[i];
  return out;
}

std::string source_id(const Origin& origin) {
  return "F-" + std::to_string(origin.import) + "/" + std::to_string(origin.sheet) + "/" + std::to_string(origin.row) + "/" +
         std::to_string(origin.column) + (origin.correction ? "/" + std::to_string(origin.correction) : "");
}

std::string claim_id(const StaffCost& cost, Month month) {
  return month.iso() + "/" + (cost.member.employer.empty() ? "" : ascii(cost.member.employer) + "/") + ascii(cost.member.staff_id) +
         "/" + ascii(cost.function) + "/" + std::to_string(cost.rate.value.per_hour.ore());
}

// What a unit can be divided by, for each frame; the words that --by takes.
const std::vector<std::string>& strata_of(SampleFrame frame) {
  static const std::vector<std::string> of[] = {
      {"verdict", "gender", "subproject"}, {"activity", "month"}, {"function", "month"}, {"status-age-education"}};
  return of[static_cast<std::size_t>(frame)];
}

std::string stratum_of(const std::string& by, const ProjectState& state, std::size_t participation) {
  const Participation& p = state.participations[participation];
  if (by == "verdict") return std::string(name_of(state.decisions[participation].verdict));
  if (by == "gender") return ascii(p.gender.empty() ? "unknown" : p.gender);
  if (by == "subproject") return ascii(p.subproject ? p.subproject->value : "unknown");
  return {};
}

bool within(const Period& period, Date day) { return day >= period.first && (!period.last || day <= *period.last); }

std::set<Month> staff_months(const ProjectState& state, const Period& period) {
  std::set<Month> months;
  for (const StaffTime& time : state.staff)
    if (const Date day = Date::of_days(time.day); within(period, day)) months.insert(Month::containing(day));
  return months;
}

// Those of drawn units of cost, which begin with their month.
std::set<Month> unit_months(const DrawnSample& drawn) {
  std::set<Month> months;
  for (const auto& unit : drawn.units)
    if (const auto month = Month::parse(unit.unit.id.substr(0, 7))) months.insert(*month);
  return months;
}

// Visits what a claim's staff rows are, month by month; false when the cost of a month cannot be told.
template <class Visit>
bool each_cost(const ProjectState& state, const std::set<Month>& months, std::string& fault, Visit&& visit) {
  for (const Month month : months) {
    const auto claim = claim_of(*state.project, *state.programme, state.staff, state.staff_hours, month, state.participant_hours());
    if (!claim) return fault = month.iso(), false;
    const auto* rounding = state.programme->money_rounding.on(month.last());
    for (const StaffCost& cost : claim->staff)
      if (cost.whole_hours > 0) visit(cost, month, rounded(cost.exact, rounding->value));
  }
  return true;
}

Result<std::vector<SampleUnit>> units_of(const ProjectState& state, const SampleRequest& asked) {
  std::vector<SampleUnit> units;
  if (asked.frame == SampleFrame::Participants) {
    for (std::size_t i = 0; i < state.participations.size(); ++i)
      units.push_back({state.participations[i].reference, Money::of_ore(1), stratum_of(asked.strata, state, i)});
  } else if (asked.frame == SampleFrame::Leavers) {
    const Framework framework = framework_of(state.programme->key);
    const IndicatorTerms terms = indicator_terms(state.input(), asked.today);
    for (const Participation& p : state.participations)
      if (const auto groups = long_term_groups(p, framework, terms))
        units.push_back({p.reference, Money::of_ore(1),
                         asked.strata.empty() ? "" : groups->status + "/" + groups->age + "/" + groups->education});
  } else if (asked.frame == SampleFrame::Hours) {
    for (const LedgerLine& line : state.hours.lines) {
      const TimeRecord& record = state.times[line.record];
      const Date day = Date::of_days(record.day);
      if (line.accepted == 0 || !within(asked.period, day)) continue;
      const std::string stratum = asked.strata == "activity" ? ascii(state.project->activities[record.activity].key)
                                  : asked.strata == "month"  ? Month::containing(day).iso()
                                                             : "";
      units.push_back({source_id(record.origin) + "/" + day.iso(), Money::of_ore(line.accepted), stratum});
    }
  } else {
    std::string month;
    const bool told =
        each_cost(state, staff_months(state, asked.period), month, [&](const StaffCost& cost, Month of, Money amount) {
          const std::string stratum = asked.strata == "function" ? ascii(cost.function)
                                      : asked.strata == "month"  ? of.iso()
                                                                 : "";
          units.push_back({claim_id(cost, of), amount, stratum});
        });
    if (!told) return problem("sample.cost-unknown", month, asked.project);
  }
  return units;
}

std::string text_of(const std::vector<SampleUnit>& units) {
  std::string text;
  for (const SampleUnit& unit : units)
    text += unit.id + "\t" + unit.stratum + "\t" + std::to_string(unit.value.ore()) + "\n";
  return text;
}

std::vector<SampleUnit> units_from(std::string_view text) {
  std::vector<SampleUnit> units;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
    if (second == line.npos) continue;
    std::int64_t value = 0;
    std::from_chars(line.data() + second + 1, line.data() + line.size(), value);
    units.push_back({std::string(line.substr(0, first)), Money::of_ore(value), std::string(line.substr(first + 1, second - first - 1))});
  }
  return units;
}

Result<DrawnSample> drawn(StoredSample stored) {
  const auto method = sample_method(stored.method);
  const auto nonce = tlog::from_hex(stored.nonce), root = tlog::from_hex(stored.root);
  const std::string id = "S-" + std::to_string(stored.number);
  if (!method || !nonce || !root || root->size() != tlog::Digest{}.size()) return problem("sample.damaged", id);
  SampleBasis basis{.origin = stored.origin, .size = stored.size, .nonce = *nonce};
  std::copy(root->begin(), root->end(), basis.root.begin());
  DrawnSample made;
  std::vector<SampleUnit> units = units_from(stored.units);
  auto sample = draw_sample(*method, units, stored.places, basis, stored.least);
  if (!sample) return tl::make_unexpected(sample.error());
  const std::string_view frame(reinterpret_cast<const char*>(sample->frame.data()), sample->frame.size());
  if (!stored.digest.empty() && tlog::hex(frame) != stored.digest) return problem("sample.damaged", id);
  for (SampleUnit& unit : units) made.frame.emplace(unit.id, unit);
  for (const SampleUnit& unit : sample->exhaustive) made.units.push_back({made.frame.at(unit.id), true});
  for (const SampleUnit& unit : sample->drawn) made.units.push_back({made.frame.at(unit.id), false});
  stored.digest = tlog::hex(frame);
  made.stored = std::move(stored);
  made.sample = std::move(*sample);
  return made;
}

// What there is to say of a unit: the participant or staff member, the day, what it is, where it stood.
struct Said {
  std::string who, day, what, source;
};
std::map<std::string, Said> said_of(const ProjectState& state, const DrawnSample& drawn, Language language) {
  std::map<std::string, Said> said;
  std::set<std::string> wanted;
  for (const auto& unit : drawn.units) wanted.insert(unit.unit.id);
  const auto frame = sample_frame(drawn.stored.frame).value_or(SampleFrame::Participants);
  if (frame == SampleFrame::Participants || frame == SampleFrame::Leavers) {
    for (std::size_t i = 0; i < state.participations.size(); ++i) {
      const Participation& p = state.participations[i];
      if (!wanted.contains(p.reference)) continue;
      const Origin& origin = p.entered_on ? p.entered_on->origin : p.origin;
      said[p.reference] = {p.reference, p.entered_on ? p.entered_on->value.iso() : "",
                           words({"verdict." + std::string(name_of(state.decisions[i].verdict)), {}}, language),
                           origin_words(state, p.person, origin, language)};
    }
  } else if (frame == SampleFrame::Hours) {
    for (const TimeRecord& record : state.times) {
      const Date day = Date::of_days(record.day);
      const std::string id = source_id(record.origin) + "/" + day.iso();
      if (!wanted.contains(id)) continue;
      said[id] = {participant_reference(record.person), day.iso(), state.project->activities[record.activity].report_name.in(language),
                  origin_words(state, record.person, record.origin, language)};
    }
  } else {
    std::string month;
    each_cost(state, unit_months(drawn), month, [&](const StaffCost& cost, Month of, Money) {
      const std::string id = claim_id(cost, of);
      if (!wanted.contains(id)) return;
      std::string rows;
      std::size_t more = 0;
      for (const StaffTime& time : state.staff)
        if (time.staff_id == cost.member.staff_id && time.employer == cost.member.employer && time.function == cost.function &&
            Month::containing(Date::of_days(time.day)) == of && ++more == 1)
          rows = origin_words(state, 0, time.origin, language);
      if (more > 1) rows += " + " + std::to_string(more - 1);
      said[id] = {cost.member.staff_id, of.iso(), words({"staff-function." + cost.function, {}}, language) + ", " + std::to_string(cost.whole_hours) + " h × " +
                                                      amount_words(SampleFrame::Claims, cost.rate.value.per_hour, language),
                  rows};
    });
  }
  return said;
}

SampleFrame frame_of(const DrawnSample& drawn) { return sample_frame(drawn.stored.frame).value_or(SampleFrame::Participants); }

// An error as people write it: hours or kronor with decimals, 1 or "ja" for a person.
std::optional<Money> error_from(const CellView& cell, SampleFrame frame) {
  if (cell.kind == CellView::Kind::Boolean || cell.kind == CellView::Kind::Error) return std::nullopt;
  const std::string text = text_of_cell(cell, false).text;
  // A minus sign before a number is no "no".
  if (frame == SampleFrame::Participants && text.find_first_of("0123456789") == text.npos)
    if (const int answer = yes_or_no(text, {}); answer >= 0) return Money::of_ore(answer);
  const auto scale = frame == SampleFrame::Participants ? 1 : frame == SampleFrame::Hours ? 60 : 100;
  const auto amount = whole_amount(cell.kind == CellView::Kind::Text ? text : std::string(cell.text), scale);
  return amount ? std::optional(Money::of_ore(*amount)) : std::nullopt;
}

// Units without any error have no spread to estimate, and say only so much as their number: 2.31 / n of the whole at 90 %, as of the
// conservative way of the guidance (-ln of the risk, hundredths up, unverified). What was audited whole is known.
void widen_without_errors(Projection& found, Money book, std::int64_t audited, std::int64_t units, ConfidenceLevel confidence) {
  if (found.projected.ore() > 0 || audited == 0 || audited >= units) return;
  const std::int64_t hundredths = confidence == ConfidenceLevel::Percent90   ? 231
                                  : confidence == ConfidenceLevel::Percent80 ? 161
                                  : confidence == ConfidenceLevel::Percent70 ? 121
                                                                             : 92;
  const auto limit = Money::of_ore(static_cast<std::int64_t>(
      half_up(static_cast<Wide>(book.ore()) * static_cast<Wide>(hundredths), static_cast<Wide>(audited) * 100)));
  found.precision = found.upper_limit = std::min(limit, book);
  found.verdict = audit_verdict(found.projected, found.upper_limit, found.tolerable);
}

}  // namespace

std::string_view name_of(SampleFrame frame) { return frame_names[static_cast<std::size_t>(frame)]; }
std::string_view name_of(SampleMethod method) { return method_names[static_cast<std::size_t>(method)]; }
std::optional<SampleFrame> sample_frame(std::string_view name) {
  for (const SampleFrame frame : {SampleFrame::Participants, SampleFrame::Hours, SampleFrame::Claims, SampleFrame::Leavers})
    if (name == name_of(frame)) return frame;
  return std::nullopt;
}
std::optional<SampleMethod> sample_method(std::string_view name) {
  for (const SampleMethod method : {SampleMethod::Simple, SampleMethod::Stratified, SampleMethod::MonetaryUnit})
    if (name == name_of(method)) return method;
  return std::nullopt;
}

std::optional<std::int64_t> whole_amount(const std::string& text, std::int64_t scale) {
  std::string digits;
  for (const char c : text)
    if (c != ' ') digits += c == ',' ? '.' : c;
  const auto number = decimal_of(digits);
  bool exact = true;
  const auto amount = number ? scaled(*number, scale, exact) : std::nullopt;
  return exact ? amount : std::nullopt;
}

std::string amount_words(SampleFrame frame, Money amount, Language language) {
  if (frame == SampleFrame::Participants || frame == SampleFrame::Leavers) return count_words(amount.ore(), language);
  if (frame == SampleFrame::Hours) return hours_words(amount.ore(), language) + " h";
  return kronor_words(amount.ore(), language) + " kr";
}

Result<DrawnSample> draw_sample(Workspace& workspace, const SampleRequest& asked) {
  const bool hex = std::all_of(asked.seed.begin(), asked.seed.end(),
                               [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
  if (!hex || asked.seed.size() < 32 || asked.seed.size() > 64 || asked.seed.size() % 2) return problem("sample.seed");
  const bool persons = asked.frame == SampleFrame::Participants || asked.frame == SampleFrame::Leavers;
  if (asked.places == 0 && asked.frame != SampleFrame::Leavers) return problem("sample.places");
  if (asked.places > 0 && asked.points > 0) return problem("sample.leavers-size");
  if (asked.method == SampleMethod::MonetaryUnit && persons) return problem("sample.no-value");
  if (persons && (asked.period.first.year() > 1 || asked.period.last))
    return problem("sample.no-period");
  if (asked.period.last && *asked.period.last < asked.period.first)
    return problem("sample.period", asked.period.first.iso(), asked.period.last->iso());
  const auto& strata = strata_of(asked.frame);
  if (asked.method == SampleMethod::Stratified && std::find(strata.begin(), strata.end(), asked.strata) == strata.end()) {
    std::string all;
    for (const std::string& one : strata) all += (all.empty() ? "" : ", ") + one;
    return problem("sample.strata", asked.strata, all);
  }
  if (asked.method != SampleMethod::Stratified && !asked.strata.empty()) return problem("sample.strata-not-asked");
  const auto head = workspace.store.log_head(asked.project);
  const auto note = head ? tlog::checkpoint_note_from(head->note) : std::nullopt;
  if (!note) return problem("sample.no-log", asked.project);
  for (const StoredSample& before : workspace.store.samples(asked.project))
    if (before.nonce == asked.seed)
      return problem("sample.seed-used", "S-" + std::to_string(before.number));

  const ProjectState state = project_state(workspace, asked.project, asked.today, Explain::No);
  auto units = units_of(state, asked);
  if (!units) return tl::make_unexpected(units.error());
  if (units->empty()) return problem("sample.empty", asked.project);
  std::uint64_t places = asked.places;
  if (places == 0) {
    const std::uint32_t points = asked.points > 0 ? asked.points : framework_of(state.programme->key) == Framework::EsfPlus ? 3 : 2;
    const auto population = static_cast<std::uint32_t>(units->size());
    places = people_to_ask(population, answers_needed(population, points), asked.response);
  }
  StoredSample sample{.frame = std::string(name_of(asked.frame)),
                      .method = std::string(name_of(asked.method)),
                      .strata = asked.strata,
                      .period = persons
                                    ? asked.today.iso()
                                    : (asked.period.first.year() > 1 ? asked.period.first.iso() : "") + "/" +
                                          (asked.period.last ? asked.period.last->iso() : ""),
                      .places = places,
                      .least = asked.least,
                      .nonce = asked.seed,
                      .origin = note->checkpoint.origin,
                      .size = note->checkpoint.size,
                      .root = tlog::hex({reinterpret_cast<const char*>(note->checkpoint.root.data()), note->checkpoint.root.size()}),
                      .digest = {},
                      .units = text_of(*units),
                      .actor = asked.actor.account,
                      .role = asked.actor.role,
                      .at = asked.now};
  auto made = drawn(std::move(sample));
  if (!made) return made;
  const auto number = workspace.store.add(asked.project, made->stored, asked.actor, asked.now);
  if (!number) return problem("sample.seed-used", asked.seed);  // somebody was quicker
  made->stored.number = *number;
  return made;
}

Result<DrawnSample> drawn_sample(const Workspace& workspace, const std::string& project, const std::string& id) {
  for (StoredSample& sample : workspace.store.samples(project))
    if ("S-" + std::to_string(sample.number) == id) return drawn(std::move(sample));
  return problem("sample.unknown", id, project);
}

Message draw_holds_if(const Workspace& workspace, const std::string& project, const DrawnSample& drawn) {
  std::string others;
  std::stringstream log;
  workspace.store.export_log(project, log);
  for (std::string line; std::getline(log, line);) {
    const auto leaf = line.starts_with("L1 ") ? tlog::leaf_from(line) : std::nullopt;
    if (!leaf || leaf->kind != "sample-drawn" || tlog::value_of(leaf->refs, "frame") != drawn.stored.digest ||
        tlog::value_of(leaf->refs, "nonce") == drawn.stored.nonce)
      continue;
    others += (others.empty() ? "L-" : ", L-") + std::to_string(leaf->seq);
  }
  tlog::Checkpoint point{drawn.stored.origin, drawn.stored.size, {}};
  if (const auto root = tlog::from_hex(drawn.stored.root); root && root->size() == point.root.size()) std::ranges::copy(*root, point.root.begin());
  return {"sample.holds-if", {std::to_string(point.size), short_code(point), others}};
}

// "/" is all of it: what is stored is bound to the draw, what is shown is for people.
static Message period_words(const std::string& stored) {
  return stored == "/" ? Message{"sample.period.all", {}} : Message{"table.text", {stored}};
}

Result<SampledCosts> sampled_costs(const ProjectState& state, const DrawnSample& drawn) {
  std::set<std::string> wanted;
  for (const auto& unit : drawn.units) wanted.insert(unit.unit.id);
  SampledCosts found;
  std::string fault;
  const bool told = each_cost(state, unit_months(drawn), fault, [&](const StaffCost& cost, Month month, Money amount) {
    const std::string id = claim_id(cost, month);
    if (!wanted.contains(id)) return;
    found.staff.emplace(cost.member.employer, cost.member.staff_id);
    found.amounts.emplace(id, amount);
  });
  if (!told) return problem("sample.cost-unknown", fault, state.project->key);
  return found;
}

std::map<std::string, std::vector<std::uint32_t>> unit_records(const ProjectState& state, const DrawnSample& drawn) {
  std::map<std::string, std::vector<std::uint32_t>> records;
  for (const auto& unit : drawn.units) records[unit.unit.id];
  const auto add = [&](const std::string& unit, std::uint32_t record) {
    if (const auto found = records.find(unit); found != records.end()) found->second.push_back(record);
  };
  const SampleFrame frame = frame_of(drawn);
  if (frame == SampleFrame::Hours)
    for (const LedgerLine& line : state.hours.lines) {
      const TimeRecord& record = state.times[line.record];
      add(source_id(record.origin) + "/" + Date::of_days(record.day).iso(), line.record);
    }
  if (frame != SampleFrame::Claims) return records;
  std::string month;
  each_cost(state, unit_months(drawn), month, [&](const StaffCost& cost, Month of, Money) {
    for (const StaffLine& line : state.staff_hours.lines) {
      const StaffTime& time = state.staff[line.record];
      const Date day = Date::of_days(time.day);
      if (line.accepted > 0 && StaffMember{time.employer, time.staff_id} == cost.member && time.function == cost.function &&
          Month::containing(day) == of && cost.rate.valid.contains(day))
        add(claim_id(cost, of), line.record);
    }
  });
  return records;
}

Table samples_table(const std::vector<StoredSample>& samples) {
  Table table{.schema = "samples"};
  table.columns = {{"sample", {"Stickprov", "Sample"}},   {"at", {"Draget", "Drawn"}},
                   {"by", {"Av", "By"}},                  {"frame", {"Ur", "From"}},
                   {"method", {"Metod", "Method"}},       {"strata", {"Skikt", "Strata"}},
                   {"period", {"Period", "Period"}},      {"places", {"Begärd storlek", "Size asked for"}, Table::Column::Kind::Count},
                   {"seed", {"Granskarens frö", "Auditor's seed"}}, {"checkpoint", {"Kontrollpunkt", "Checkpoint"}},
                   {"digest", {"Ramens SHA-256", "SHA-256 of the frame"}}};
  table.when_empty = {"Inga stickprov är dragna", "No samples have been drawn"};
  for (const StoredSample& one : samples)
    table.rows.push_back({"S-" + std::to_string(one.number), one.at.iso(), one.actor, Message{"sample.frame." + one.frame, {}},
                          Message{"sample.method." + one.method, {}},
                          one.strata.empty() ? Table::Value(std::string()) : Message{"sample.strata." + one.strata, {}}, period_words(one.period),
                          static_cast<std::int64_t>(one.places), one.nonce, static_cast<std::int64_t>(one.size),
                          one.digest.substr(0, 16)});
  return table;
}

Table sample_table(const ProjectState& state, const DrawnSample& drawn, Language language) {
  const SampleFrame frame = frame_of(drawn);
  const auto said = said_of(state, drawn, language);
  Table table{.schema = "sample"};
  table.facts = {{"sample", drawn.id()},          {"frame", drawn.stored.frame}, {"method", drawn.stored.method},
                 {"units", std::ssize(drawn.frame)}, {"seed", drawn.stored.nonce},
                 {"checkpoint", drawn.stored.origin + " " + std::to_string(drawn.stored.size)}, {"digest", drawn.stored.digest}};
  using Kind = Table::Column::Kind;
  table.columns = {{"number", {"Nr", "No"}, Kind::Count},
                   {"unit", {"Enhet", "Unit"}},
                   {"who", {"Vem", "Who"}},
                   {"day", {"Dag", "Day"}},
                   {"what", {"Vad", "What"}},
                   {"source", {"Källa", "Source"}},
                   {"stratum", {"Skikt", "Stratum"}},
                   {"value", {"Värde", "Value"}, frame == SampleFrame::Hours ? Kind::Hours : Kind::Count},
                   {"taken", {"Uttagen", "Taken"}}};
  if (frame == SampleFrame::Claims) table.columns[7].heading = {"Värde, öre", "Value, öre"};
  std::int64_t number = 0;
  for (const auto& unit : drawn.units) {
    const auto found = said.find(unit.unit.id);
    const Said none, &one = found == said.end() ? none : found->second;
    table.rows.push_back({++number, unit.unit.id, one.who, one.day, one.what, one.source, plain(unit.unit.stratum),
                          unit.unit.value.ore(), Message{unit.always ? "sample.always" : "sample.by-chance", {}}});
  }
  return table;
}

Result<std::optional<LongTermSample>> newest_leavers(const Workspace& workspace, const std::string& project) {
  const std::vector<StoredSample> all = workspace.store.samples(project);
  const auto newest = std::find_if(all.rbegin(), all.rend(), [](const StoredSample& one) {
    return one.frame == name_of(SampleFrame::Leavers);
  });
  if (newest == all.rend()) return std::optional<LongTermSample>{};
  auto found = drawn(*newest);
  if (!found) return tl::make_unexpected(found.error());
  LongTermSample sample{.id = found->id(),
                        .method = found->stored.method,
                        .seed = found->stored.nonce,
                        .checkpoint = found->stored.origin + ", " + std::to_string(found->stored.size) + ", " + found->stored.root,
                        .digest = found->stored.digest,
                        .drawn_at = found->stored.at.iso(),
                        .frame = {},
                        .drawn = {}};
  for (const auto& [id, unit] : found->frame) sample.frame.push_back(id);
  for (const auto& unit : found->units) sample.drawn.push_back(unit.unit.id);
  return sample;
}

void write_sample(const Workspace& workspace, const ProjectState& state, const DrawnSample& drawn, const std::filesystem::path& file,
                  Language language) {
  const SampleFrame frame = frame_of(drawn);
  if (frame == SampleFrame::Leavers) {
    std::vector<PersonToAsk> asked;
    for (const auto& unit : drawn.units)
      for (const Participation& p : state.participations) {
        if (p.reference != unit.unit.id) continue;
        PersonToAsk one{.person = p.person, .exit = last_day(p), .name = {}, .email = {}, .mobile = {}};
        if (!p.protected_identity) one.name = p.name, one.email = p.email, one.mobile = p.mobile;
        asked.push_back(std::move(one));
      }
    return write_follow_up(workspace, state.project->key, asked, file, language);
  }
  const auto said = said_of(state, drawn, language);
  const bool sv = language == Language::Swedish;
  const auto words_of = [&](const char* id) { return words({id, {}}, language); };
  const std::string head = drawn.id() + " · " + state.project->name.in(language);
  PlainSheet sheet{.name = sv ? "Stickprov" : "Sample", .rows = {}, .merges = {}, .hidden_rows = {},
                   .widths = {6, 28, 11, 12, 30, 44, 16, 12, 12, 36}, .hidden = false, .table = true, .notes = false,
                   .head = head};
  const auto heading = [](std::string text) { return PlainCell{std::move(text), true}; };
  sheet.rows.push_back({heading(sv ? "Nr" : "No"), heading(sv ? "Enhet" : "Unit"), heading(sv ? "Vem" : "Who"),
                        heading(sv ? "Dag" : "Day"), heading(sv ? "Vad" : "What"), heading(sv ? "Källa" : "Source"),
                        heading(sv ? "Skikt" : "Stratum"), heading(words_of(("sample.value." + drawn.stored.frame).c_str())),
                        heading(words_of(("sample.error." + drawn.stored.frame).c_str())), heading(sv ? "Anmärkning" : "Remark")});
  std::int64_t number = 0;
  for (const auto& unit : drawn.units) {
    const auto found = said.find(unit.unit.id);
    const Said none, &one = found == said.end() ? none : found->second;
    PlainCell value;
    if (frame == SampleFrame::Hours) {
      value.value = PlainCell::Duration{unit.unit.value.ore(), true};
    } else {
      std::string digits = std::to_string(unit.unit.value.ore());
      if (frame == SampleFrame::Claims) {
        if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
        digits.insert(digits.size() - 2, ".");
      }
      value.value = PlainCell::Number{digits, frame == SampleFrame::Claims ? "#,##0.00" : "0"};
    }
    std::vector<PlainCell> row{{PlainCell::Number{std::to_string(++number), "0"}}, {unit.unit.id}, {one.who}, {one.day}, {one.what},
                               {one.source}, {plain(unit.unit.stratum)}, value, {}, {}};
    sheet.rows.push_back(std::move(row));
  }
  PlainSheet about{.name = sv ? "Om stickprovet" : "About the sample", .rows = {}, .merges = {}, .hidden_rows = {},
                   .widths = {30, 62}, .hidden = false, .table = false, .notes = true, .head = head};
  const auto line = [&](const char* id, const std::string& value) {
    about.rows.push_back({PlainCell{words({id, {}}, language), true}, PlainCell{value}});
  };
  const auto number_line = [&](const char* id, std::int64_t value) {
    about.rows.push_back({PlainCell{words({id, {}}, language), true}, {PlainCell::Number{std::to_string(value), "0"}}});
  };
  line("sample.about.sample", drawn.id());
  line("sample.about.project", state.project->name.in(language));
  line("sample.about.frame", words({"sample.frame." + drawn.stored.frame, {}}, language));
  line("sample.about.period", words(period_words(drawn.stored.period), language));
  number_line("sample.about.units", static_cast<std::int64_t>(drawn.frame.size()));
  line("sample.about.method", words({"sample.method." + drawn.stored.method, {}}, language));
  number_line("sample.about.places", static_cast<std::int64_t>(drawn.stored.places));
  line("sample.about.nonce", drawn.stored.nonce);
  line("sample.about.checkpoint", drawn.stored.origin + ", " + std::to_string(drawn.stored.size) + ", " + drawn.stored.root);
  line("sample.about.digest", drawn.stored.digest);
  line("sample.about.holds-if", words(draw_holds_if(workspace, state.project->key, drawn), language));
  line("sample.about.again", "horisont sample show " + drawn.id());
  line("sample.about.fill", words({"sample.about.how." + drawn.stored.frame, {}}, language));
  write_plain_workbook(file, {sheet, about});
}

Result<SampleResult> sample_result(const DrawnSample& drawn, const std::filesystem::path& file, ConfidenceLevel confidence) {
  const SampleFrame frame = frame_of(drawn);
  if (frame == SampleFrame::Leavers) return problem("sample.leavers-answers", drawn.id());
  const auto book = read_workbook(file);
  if (!book) return tl::make_unexpected(book.error());
  std::map<std::string, Money> errors;
  bool heading = false;
  for (const SheetView& sheet : book->sheets()) {
    std::size_t unit_at = 0, error_at = 0;
    for (const RowView& row : sheet.rows) {
      const auto cell = [&](std::size_t i) { return i < row.cells.size() ? row.cells[i] : CellView{}; };
      if (error_at == 0) {
        std::size_t unit = SIZE_MAX, error = SIZE_MAX;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
          const std::string key = heading_key(row.cells[i].text);
          if (key == "enhet" || key == "unit") unit = i;
          if (key.starts_with("fel") || key.starts_with("error"))
            error = i;
        }
        if (unit != SIZE_MAX && error != SIZE_MAX) unit_at = unit, error_at = error, heading = true;
        continue;
      }
      const std::string id(cell(unit_at).text);
      if (id.empty() && cell(error_at).kind != CellView::Kind::Empty)
        return problem("sample.not-drawn", "–", cell_address(static_cast<std::uint32_t>(error_at + 1), row.number));
      if (id.empty()) continue;
      const std::string place = cell_address(static_cast<std::uint32_t>(error_at + 1), row.number);
      const auto one = std::find_if(drawn.units.begin(), drawn.units.end(), [&](const auto& u) { return u.unit.id == id; });
      if (one == drawn.units.end()) return problem("sample.not-drawn", id, cell_address(static_cast<std::uint32_t>(unit_at + 1), row.number));
      if (cell(error_at).kind == CellView::Kind::Empty) continue;
      if (cell(error_at).formula) return problem("sample.formula", place);  // what was saved beside it may be another number
      const auto error = error_from(cell(error_at), frame);
      if (!error || error->ore() < 0 || *error > one->unit.value)
        return problem("sample.wrong-error", place, id, in_both(amount_words(frame, one->unit.value, Language::Swedish),
                                                                amount_words(frame, one->unit.value, Language::English)));
      if (!errors.emplace(id, *error).second) return problem("sample.twice", id, place);
    }
  }
  if (!heading) return problem("sample.no-columns");
  std::string without;
  std::size_t lacking = 0;
  for (const auto& unit : drawn.units)
    if (!errors.contains(unit.unit.id) && ++lacking <= 5) without += (without.empty() ? "" : ", ") + unit.unit.id;
  if (lacking > 0) return problem("sample.not-finished", std::to_string(lacking), without + (lacking > 5 ? " …" : ""));

  SampleResult result{.sample = drawn.id(), .frame = frame, .whole = {}, .strata = {}};
  result.audited = static_cast<std::int64_t>(drawn.units.size());
  for (const auto& [id, error] : errors) result.with_error += error.ore() > 0;
  std::map<std::string, std::vector<Audited>> drawn_by;
  std::vector<Audited> always;
  for (const auto& unit : drawn.units) {
    const Audited audited{unit.unit.value, errors.at(unit.unit.id)};
    if (unit.always)
      always.push_back(audited);
    else
      drawn_by[unit.unit.stratum].push_back(audited);
  }
  std::map<std::string, std::pair<Money, std::uint32_t>> frames;
  for (const auto& [id, unit] : drawn.frame) {
    if (unit.value.ore() > 0) result.book = result.book + unit.value;
    auto& [book_of, units] = frames[unit.stratum];
    book_of = book_of + unit.value, ++units;
  }
  if (drawn.stored.method == name_of(SampleMethod::MonetaryUnit)) {
    Money above;
    for (const Audited& one : always) above = above + one.value;
    const auto found = project_money_sample(result.book, always, result.book - above,
                                            drawn_by.empty() ? std::vector<Audited>{} : drawn_by.begin()->second, confidence);
    if (!found) return tl::make_unexpected(found.error());
    result.whole = *found;
    widen_without_errors(result.whole, result.book, result.audited, std::ssize(drawn.frame), confidence);
    return result;
  }
  if (drawn.stored.method == name_of(SampleMethod::Simple)) {
    const auto found = project_simple_sample(result.book, static_cast<std::uint32_t>(drawn.frame.size()),
                                             drawn_by.begin()->second, confidence);
    if (!found) return tl::make_unexpected(found.error());
    result.whole = *found;
    widen_without_errors(result.whole, result.book, result.audited, std::ssize(drawn.frame), confidence);
    return result;
  }
  // Strata were drawn apart: their errors add up, and so do the squares of their precisions.
  Wide squares = 0;
  for (const auto& [stratum, audited] : drawn_by) {
    const auto& [book_of, units] = frames.at(stratum);
    // A stratum that was audited whole has nothing to estimate.
    Projection part;
    if (audited.size() == units) {
      for (const Audited& one : audited) part.projected = part.projected + one.error;
      part.upper_limit = part.projected, part.tolerable = tolerable_error(book_of);
    } else {
      const auto found = project_simple_sample(book_of, units, audited, confidence);
      if (!found) return problem("sample.stratum-too-small", plain(stratum));
      part = *found;
    }
    result.whole.projected = result.whole.projected + part.projected;
    squares += static_cast<Wide>(part.precision.ore()) * static_cast<Wide>(part.precision.ore());
    result.strata.emplace_back(plain(stratum), part);
  }
  const std::uint64_t precision = last_that([&](std::uint64_t n) { return static_cast<Wide>(n) * n <= squares; });
  Projection& whole = result.whole;
  whole.precision = Money::of_ore(static_cast<std::int64_t>(precision));
  whole.upper_limit = whole.projected + whole.precision;
  whole.tolerable = tolerable_error(result.book);
  whole.rate_hundredths_of_percent = static_cast<std::int64_t>(
      half_up(static_cast<Wide>(whole.projected.ore()) * 10'000, static_cast<Wide>(result.book.ore())));
  whole.verdict = audit_verdict(whole.projected, whole.upper_limit, whole.tolerable);
  widen_without_errors(whole, result.book, result.audited, std::ssize(drawn.frame), confidence);
  return result;
}

Table sample_result_table(const SampleResult& result) {
  static constexpr const char* verdicts[] = {"accept", "more-work", "qualify"};
  Table table{.schema = "sample-result"};
  const Projection& whole = result.whole;
  const auto both = [&](Money amount) {
    return Table::Number{amount.ore(), {amount_words(result.frame, amount, Language::Swedish), amount_words(result.frame, amount, Language::English)}};
  };
  table.facts = {{"sample", result.sample},
                 {"audited", std::int64_t{result.audited}},
                 {"with_error", std::int64_t{result.with_error}},
                 {"book", result.book.ore()},
                 {"projected", whole.projected.ore()},
                 {"precision", whole.precision.ore()},
                 {"upper_limit", whole.upper_limit.ore()},
                 {"tolerable", whole.tolerable.ore()},
                 {"rate_hundredths_of_percent", whole.rate_hundredths_of_percent},
                 {"verdict", verdicts[static_cast<std::size_t>(whole.verdict)]}};
  table.columns = {{"what", {"Vad", "What"}}, {"amount", {"Belopp", "Amount"}}};
  const auto row = [&](const char* id, Money amount) { table.rows.push_back({Message{id, {}}, both(amount)}); };
  const auto count = [&](const char* id, std::int64_t number) {
    table.rows.push_back({Message{id, {}}, Table::Number{number, {count_words(number, Language::Swedish), count_words(number, Language::English)}}});
  };
  table.rows.push_back({Message{"sample.about.sample", {}}, result.sample});
  count("sample.result.audited", result.audited);
  count("sample.result.with-error", result.with_error);
  row("sample.result.book", result.book);
  for (const auto& [stratum, part] : result.strata)
    table.rows.push_back({Message{"sample.result.stratum", {stratum}}, both(part.projected)});
  row("sample.result.projected", whole.projected);
  row("sample.result.precision", whole.precision);
  row("sample.result.upper", whole.upper_limit);
  row("sample.result.tolerable", whole.tolerable);
  const std::int64_t rate = whole.rate_hundredths_of_percent;
  const std::string rest = std::to_string(rate % 100);
  const std::string hundredths = (rest.size() < 2 ? "0" : "") + rest;
  table.rows.push_back({Message{"sample.result.rate", {}},
                        Table::Number{rate, {std::to_string(rate / 100) + "," + hundredths + " %", std::to_string(rate / 100) + "." + hundredths + "%"}}});
  table.rows.push_back({Message{"sample.result.verdict", {}},
                        Message{std::string("sample.verdict.") + verdicts[static_cast<std::size_t>(whole.verdict)], {}}});
  return table;
}

}  // namespace horisont
