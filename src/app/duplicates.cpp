#include "app/duplicates.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "app/answers.h"
#include "app/correct.h"
#include "core/cases/difference.h"
#include "core/cases/staff_rows.h"
#include "edge/import/likeness.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::string_view kinds[] = {"same-person", "in-two", "same-hour", "same-row", "sum-beside-days", "same-document", "same-staff-time"};

// The days that both take part in; the first and the last of them.
std::optional<Period> common(const Participation& a, const Participation& b, Date today) {
  std::optional<Period> found;
  for (const Period& one : a.spells)
    for (const Period& other : b.spells) {
      const Date first = std::max(one.first, other.first);
      const Date last = std::min(one.last.value_or(today), other.last.value_or(today));
      if (first > last) continue;
      found = found ? Period{std::min(found->first, first), std::max(*found->last, last)} : Period{first, last};
    }
  return found;
}

// Those about the project's participants, whichever project's people gave them; by number.
std::vector<SamePersonAnswer> answers_about(const Workspace& workspace, const std::string& project, std::optional<Moment> known_at) {
  std::vector<SamePersonAnswer> found;
  for (const auto& [key, terms] : workspace.configuration.projects)
    for (SamePersonAnswer& answer : workspace.store.same_person_answers(key, known_at))
      if (key == project || answer.other.project == project) found.push_back(std::move(answer));
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  return found;
}

std::string reference_in(const std::string& project, const OfProject& of) {
  return (of.project == project ? "" : of.project + " ") + participant_reference(of.person);
}

Message said_words(const SamePersonAnswer& answer) { return {"same-person." + std::string(name_of(answer.said)), {}}; }

std::string period_words(const Period& period) { return period.first.iso() + "/" + period.last->iso(); }

class Search {
 public:
  Search(const Workspace& workspace, const ProjectState& state, Language language)
      : workspace_(workspace), state_(state), language_(language) {
    for (const auto& [key, terms] : workspace.configuration.projects)
      if (key != state.project->key) others_.push_back({key, project_state(workspace, key, state.today, Explain::No, state.known_at)});
    for (SamePersonAnswer& answer : answers_about(workspace, state.project->key, state.known_at))
      answers_.insert_or_assign(answer.pair(), std::move(answer));
  }

  std::vector<DoubleUse> all() {
    persons();
    rows();
    sums();
    documents();
    for (const auto& [key, other] : others_) across(key, other), staff(key, other);
    std::stable_sort(found_.begin(), found_.end(), [](const DoubleUse& a, const DoubleUse& b) {
      return std::tie(a.kind, a.who, a.on, a.other) < std::tie(b.kind, b.who, b.on, b.other);
    });
    return std::move(found_);
  }

 private:
  std::string entry_source(const ProjectState& state, const Participation& p) const {
    return origin_words(state, p.person, p.entered_on ? p.entered_on->origin : p.origin, language_);
  }

  static Likeable like(const Participation& p) {
    return likeable(p.number, p.born_on ? std::optional(p.born_on->value) : std::nullopt, p.name);
  }
  // In the register itself two right numbers of one kind are two people.
  static std::optional<Likeness> alike(const Participation& a, const Participation& b) {
    const auto found = likeness(like(a), like(b));
    return found == Likeness::TwoNumbers ? std::nullopt : found;
  }
  using ByKey = std::map<std::string, std::vector<const Participation*>>;
  static ByKey by_likeness(const ProjectState& state) {
    ByKey by;
    for (const Participation& p : state.participations) {
      const Likeable one = like(p);
      for (const std::string& key : {birth_key(one), whole_key(one)})
        if (!key.empty()) by[key].push_back(&p);
    }
    return by;
  }
  void ask(const Participation& a, const ProjectState& state, const Participation& b, Likeness why) {
    const SamePersonAnswer asked{.one = {state_.project->key, a.person}, .other = {state.project->key, b.person}};
    const auto kept = answers_.find(asked.pair());
    const bool answered = kept != answers_.end() && kept->second.said != SamePersonAnswer::Said::Open;
    found_.push_back({.kind = DoubleUse::Kind::SamePerson,
                      .who = a.reference,
                      .other = named(state, b.reference),
                      .on = a.born_on ? a.born_on->value.iso() : std::string(),
                      .where = entry_source(state_, a),
                      .where_other = entry_source(state, b),
                      .why = {"likeness." + std::string(name_of(why)), {}},
                      .answer = answered ? std::optional(kept->second) : std::nullopt,
                      .other_signs = answered && kept->second.signs != name_of(why)});
  }

  void persons() {
    std::set<std::pair<std::uint32_t, std::uint32_t>> asked;
    for (const auto& [key, same] : by_likeness(state_))
      for (std::size_t i = 0; i < same.size(); ++i)
        for (std::size_t j = i + 1; j < same.size(); ++j)
          if (const auto why = alike(*same[i], *same[j]); why && asked.emplace(same[i]->person, same[j]->person).second)
            ask(*same[i], state_, *same[j], *why);
  }

  // What the ledger refused because it stands twice, with the row that it repeats.
  void rows() {
    std::map<std::tuple<std::uint32_t, std::int32_t, std::uint8_t>, const TimeRecord*> first;
    std::map<std::pair<std::uint32_t, std::int32_t>, std::vector<const TimeRecord*>> counted;  // by person and day
    for (const LedgerLine& line : state_.hours.lines) {
      const TimeRecord& record = state_.times[line.record];
      if (line.refused == 0 || line.reason != Reason::Duplicate) first.try_emplace({record.person, record.day, record.activity}, &record);
      if (line.accepted > 0) counted[{record.person, record.day}].push_back(&record);
    }
    for (const LedgerLine& line : state_.hours.lines) {
      // Time in another project is told of by days.
      if (line.refused == 0 || (line.reason != Reason::Duplicate && line.reason != Reason::Overlap)) continue;
      const TimeRecord& record = state_.times[line.record];
      const auto same = first.find({record.person, record.day, record.activity});
      const TimeRecord* other = same == first.end() || same->second == &record ? nullptr : same->second;
      // The same hour in another activity: what was counted of it.
      for (const TimeRecord* one : counted[{record.person, record.day}])
        if (!other && one != &record && one->start < record.end && record.start < one->end) other = one;
      const std::string reference = participant_reference(record.person);
      found_.push_back({DoubleUse::Kind::SameRow, reference, reference, Date::of_days(record.day).iso(), line.refused,
                        origin_words(state_, record.person, record.origin, language_),
                        other ? origin_words(state_, record.person, other->origin, language_) : std::string()});
    }
  }

  // The sum of a month or a week, and days of the same month or week: one of them may be the other once more.
  void sums() {
    struct Sum {
      const TimeRecord* record;
      std::int64_t accepted, days = 0;
      const TimeRecord* day = nullptr;
    };
    std::map<std::uint32_t, std::vector<Sum>> by_person;
    for (const LedgerLine& line : state_.hours.lines) {
      const TimeRecord& record = state_.times[line.record];
      if (line.accepted > 0 && record.flags & TimeMonthly) by_person[record.person].push_back({&record, line.accepted});
    }
    if (by_person.empty()) return;
    for (const LedgerLine& line : state_.hours.lines) {
      const TimeRecord& record = state_.times[line.record];
      const auto sums = by_person.find(record.person);
      if (line.accepted == 0 || record.flags & TimeMonthly || sums == by_person.end()) continue;
      for (Sum& sum : sums->second) {
        if (!period_of_sum(*sum.record).contains(Date::of_days(record.day))) continue;
        sum.days += line.accepted;
        if (!sum.day) sum.day = &record;
      }
    }
    for (const auto& [person, sums] : by_person)
      for (const Sum& sum : sums)
        if (sum.day)
          found_.push_back({DoubleUse::Kind::SumBesideDays, participant_reference(person), participant_reference(person),
                            Date::of_days(sum.record->day).iso(), std::min(sum.accepted, sum.days),
                            origin_words(state_, person, sum.record->origin, language_),
                            origin_words(state_, person, sum.day->origin, language_)});
    // A month's sum and a week's, or two of a month, say the same days too.
    for (const auto& [person, sums] : by_person)
      for (std::size_t i = 0; i < sums.size(); ++i)
        for (std::size_t j = i + 1; j < sums.size(); ++j) {
          const Date a = Date::of_days(sums[i].record->day), b = Date::of_days(sums[j].record->day);
          if (Month::containing(a) != Month::containing(b) || (a.day() != 1 && b.day() != 1)) continue;
          if (sums[i].record->activity != sums[j].record->activity) continue;
          found_.push_back({DoubleUse::Kind::SumBesideDays, participant_reference(person), participant_reference(person), a.iso(),
                            std::min(sums[i].accepted, sums[j].accepted), origin_words(state_, person, sums[i].record->origin, language_),
                            origin_words(state_, person, sums[j].record->origin, language_)});
        }
  }

  struct Document {
    const ProjectState* state;
    const Participation* person;
    const EvidenceItem* item;
  };
  static std::string document_key(const EvidenceItem& item) {
    return item.criterion + "\n" + item.document_type + "\n" + (item.document_date ? item.document_date->iso() : "") + "\n" +
           heading_key(item.reference);
  }
  void documents() {
    std::map<std::string, std::vector<Document>> by;
    const auto collect = [&](const ProjectState& state) {
      for (const Participation& p : state.participations)
        for (const EvidenceItem& item : p.evidence)
          if (!item.reference.empty()) by[document_key(item)].push_back({&state, &p, &item});
    };
    collect(state_);
    for (const auto& [key, other] : others_) collect(other);
    for (const auto& [key, uses] : by)
      for (std::size_t i = 0; i < uses.size(); ++i)
        for (std::size_t j = i + 1; j < uses.size(); ++j) {
          const auto &a = uses[i], &b = uses[j];
          if (a.state != &state_) continue;  // the other projects have questions of their own
          const bool same_person = a.person->number && b.person->number && *a.person->number == *b.person->number;
          // One person may prove the same thing in two projects with one document; two persons may not share one.
          if (a.state == b.state ? a.person == b.person : same_person) continue;
          found_.push_back({DoubleUse::Kind::SameDocument, a.person->reference, named(*b.state, b.person->reference), a.item->reference,
                            0, origin_words(state_, a.person->person, a.item->origin, language_),
                            origin_words(*b.state, b.person->person, b.item->origin, language_)});
        }
  }

  std::string named(const ProjectState& state, const std::string& reference) const {
    return &state == &state_ ? reference : state.project->key + " " + reference;
  }

  void across(const std::string& key, const ProjectState& other) {
    std::map<PersonalIdentityNumber, const Participation*> by_number;
    const ByKey by_name = by_likeness(other);
    for (const Participation& p : other.participations)
      if (p.number) by_number.emplace(*p.number, &p);
    std::map<std::uint32_t, const Participation*> shared;  // theirs, by our person
    for (const Participation& p : state_.participations) {
      if (const auto same = p.number ? by_number.find(*p.number) : by_number.end(); same != by_number.end()) {
        shared.emplace(p.person, same->second);
        if (const auto days = common(p, *same->second, state_.today))
          found_.push_back({DoubleUse::Kind::InTwo, p.reference, key + " " + same->second->reference, period_words(*days), 0,
                            entry_source(state_, p), entry_source(other, *same->second)});
        continue;
      }
      std::set<const Participation*> asked;
      for (const std::string& name : {birth_key(like(p)), whole_key(like(p))})
        if (const auto same = by_name.find(name); same != by_name.end())
          for (const Participation* one : same->second)
            if (const auto why = alike(p, *one); why && asked.insert(one).second) ask(p, other, *one, *why);
    }
    if (!shared.empty()) hours(key, other, shared);
  }

  struct Day {
    std::vector<const TimeRecord*> records;
    std::int64_t accepted = 0;
  };
  static std::map<std::pair<std::uint32_t, std::int32_t>, Day> days_of(const ProjectState& state) {
    std::map<std::pair<std::uint32_t, std::int32_t>, Day> days;
    for (const LedgerLine& line : state.hours.lines) {
      const TimeRecord& record = state.times[line.record];
      if (line.accepted == 0 || record.flags & TimeMonthly) continue;
      Day& day = days[{record.person, record.day}];
      day.records.push_back(&record), day.accepted += line.accepted;
    }
    return days;
  }
  void hours(const std::string& key, const ProjectState& other, const std::map<std::uint32_t, const Participation*>& shared) {
    const auto ours = days_of(state_), theirs = days_of(other);
    for (const auto& [at, day] : ours) {
      const auto twin = shared.find(at.first);
      if (twin == shared.end()) continue;
      const auto there = theirs.find({twin->second->person, at.second});
      if (there == theirs.end()) continue;
      std::int64_t minutes = 0;
      const TimeRecord *here = day.records.front(), *elsewhere = there->second.records.front();
      for (const TimeRecord* a : day.records)
        for (const TimeRecord* b : there->second.records) {
          if (a->start < 0 || b->start < 0 || a->end < 0 || b->end < 0) continue;
          const int both = std::min(a->end, b->end) - std::max(a->start, b->start);
          if (both > 0) minutes += both, here = a, elsewhere = b;
        }
      if (minutes == 0 && day.accepted + there->second.accepted > 24 * 60) minutes = day.accepted + there->second.accepted - 24 * 60;
      if (minutes == 0) continue;
      found_.push_back({DoubleUse::Kind::SameHour, participant_reference(at.first), key + " " + twin->second->reference,
                        Date::of_days(at.second).iso(), minutes, origin_words(state_, at.first, here->origin, language_),
                        origin_words(other, twin->second->person, elsewhere->origin, language_)});
    }
  }

  // Half the time here and half there may be the same hours of a day; so a month is asked about whose rows of one project all stand
  // in the other with the same hours, two days at least or a total, or where one and the same file gave some of them.
  void staff(const std::string& key, const ProjectState& other) {
    struct Row {
      const StaffTime* time;
      std::int64_t accepted;
    };
    using OfMonth = std::map<std::pair<StaffWho, Month>, std::vector<Row>>;
    const auto months = [](const ProjectState& of) {
      OfMonth found;
      for (const StaffLine& line : of.staff_hours.lines) {
        const StaffTime& time = of.staff[line.record];
        if (time.minutes.count() > 0 && time.absence.empty())
          found[{StaffWho::of(time.employer, time.staff_id), Month::containing(Date::of_days(time.day))}].push_back({&time, line.accepted});
      }
      return found;
    };
    const auto files = [&](const ProjectState& of) {
      std::map<std::uint32_t, std::string> found;
      for (const StoredImport& import : workspace_.store.imports(of.project->key)) found.emplace(import.id, import.sha256);
      return found;
    };
    const OfMonth ours = months(state_), theirs = months(other);
    std::map<std::uint32_t, std::string> our_files, their_files;
    for (const auto& [at, rows] : ours) {
      const auto there = theirs.find(at);
      if (there == theirs.end()) continue;
      if (our_files.empty()) our_files = files(state_), their_files = files(other);
      std::vector<Row> left = there->second;
      std::int64_t minutes = 0;
      std::size_t same = 0;
      bool total = false, one_file = false;
      const StaffTime *here = nullptr, *elsewhere = nullptr;
      for (const Row& row : rows) {
        const auto twin = std::find_if(left.begin(), left.end(), [&](const Row& one) {
          return one.time->day == row.time->day && one.time->monthly == row.time->monthly && one.time->minutes == row.time->minutes;
        });
        if (twin == left.end()) continue;
        if (!here) here = row.time, elsewhere = twin->time;
        ++same, minutes += std::min(row.accepted, twin->accepted), total = total || row.time->monthly;
        const auto a = our_files.find(row.time->origin.import), b = their_files.find(twin->time->origin.import);
        one_file = one_file || (a != our_files.end() && b != their_files.end() && a->second == b->second);
        left.erase(twin);
      }
      const bool all = same == std::min(rows.size(), there->second.size()) && (same > 1 || total);
      if (same == 0 || (!all && !one_file)) continue;
      found_.push_back({DoubleUse::Kind::SameStaffTime, here->staff_id, key + " " + elsewhere->staff_id, at.second.iso(), minutes,
                        origin_words(state_, 0, here->origin, language_), origin_words(other, 0, elsewhere->origin, language_)});
    }
  }

  const Workspace& workspace_;
  const ProjectState& state_;
  Language language_;
  std::vector<std::pair<std::string, ProjectState>> others_;
  std::map<std::pair<OfProject, OfProject>, SamePersonAnswer> answers_;  // the newest about each two
  std::vector<DoubleUse> found_;
};

}  // namespace

std::string_view name_of(DoubleUse::Kind kind) { return kinds[static_cast<std::size_t>(kind)]; }

std::vector<DoubleUse> double_uses(const Workspace& workspace, const ProjectState& state, Language language) {
  return Search(workspace, state, language).all();
}

Table double_uses_table(const std::vector<DoubleUse>& uses) {
  Table table{.schema = "duplicates"};
  table.columns = {{"kind", {"Fråga", "Question"}},
                   {"participant", {"Deltagare", "Participant"}},
                   {"other", {"Och", "And"}},
                   {"on", {"Dag, period eller underlag", "Day, period or document"}},
                   {"why", {"Tecken på det", "Signs of it"}},
                   {"answer", {"Svar", "Answer"}},
                   {"minutes", {"Timmar", "Hours"}, Table::Column::Kind::Hours},
                   {"source", {"Källa", "Source"}},
                   {"source_other", {"Den andra källan", "The other source"}}};
  table.when_empty = {"Inget ser ut att användas två gånger", "Nothing seems to be used twice"};
  for (const DoubleUse& use : uses) {
    Table::Value why = std::string(), answer = std::string();
    if (!use.why.id.empty()) why = use.why;
    if (use.answer) answer = use.other_signs ? Message{"same-person.other-signs", {}} : said_words(*use.answer);
    table.rows.push_back({Message{"duplicate." + std::string(name_of(use.kind)), {}}, use.who, use.other, use.on,
                          std::move(why), std::move(answer), use.minutes, use.where, use.where_other});
  }
  return table;
}

Result<SamePersonAnswer> answer_same_person(Workspace& workspace, const SamePersonRequest& asked) {
  if (!is_reason(asked.reason)) return tl::make_unexpected(why_no_reason(asked.reason));
  const ProjectState state = project_state(workspace, asked.project, asked.today, Explain::No);
  const std::size_t space = asked.other.find(' ');
  const std::string project = space == std::string::npos ? asked.project : asked.other.substr(0, space);
  const auto one = person_of_reference(asked.participant);
  const auto other = person_of_reference(space == std::string::npos ? asked.other : asked.other.substr(space + 1));
  if (!one) return problem("cli.participant-unknown", asked.participant, asked.project);
  if (!other || !workspace.project(project)) return problem("cli.participant-unknown", asked.other, project);
  SamePersonAnswer answer{.one = {asked.project, *one}, .other = {project, *other}, .said = asked.said};
  // An answer can always be taken back or changed, also where nothing speaks for the question any more.
  std::optional<SamePersonAnswer> earlier;
  for (SamePersonAnswer& kept : answers_about(workspace, asked.project, {}))
    if (kept.pair() == answer.pair()) earlier = std::move(kept);
  bool is_asked = false;
  for (const DoubleUse& use : double_uses(workspace, state, Language::Swedish)) {
    const std::string a = participant_reference(*one), b = reference_in(asked.project, answer.other);
    if (use.kind != DoubleUse::Kind::SamePerson || !((use.who == a && use.other == b) || (use.who == b && use.other == a))) continue;
    is_asked = true;
    answer.signs = use.why.id.substr(use.why.id.find('.') + 1);
  }
  if (!is_asked && !earlier) return problem("cli.same-person-not-asked", asked.participant, asked.other);
  if (answer.said == SamePersonAnswer::Said::Open && (!earlier || earlier->said == answer.said))
    return problem("cli.same-person-not-answered", asked.participant, asked.other);
  if (!is_asked) answer.signs = earlier->signs;
  answer.reason = tidy(asked.reason).text, answer.actor = asked.actor.account, answer.role = asked.actor.role, answer.at = asked.now;
  answer.number = workspace.store.add(answer, asked.actor, asked.now);
  return answer;
}

std::vector<std::pair<std::string, SamePersonAnswer>> same_person_answers_about(const Workspace& workspace, const OfProject& of,
                                                                                std::optional<Moment> known_at) {
  std::vector<std::pair<std::string, SamePersonAnswer>> found;
  for (SamePersonAnswer& answer : answers_about(workspace, of.project, known_at))
    if (answer.one == of || answer.other == of) {
      std::string other = reference_in(of.project, answer.one == of ? answer.other : answer.one);
      found.emplace_back(std::move(other), std::move(answer));
    }
  return found;
}

Table same_person_table(const Workspace& workspace, const ProjectState& state, const std::vector<DoubleUse>& uses) {
  Table table{.schema = "same-person-answers"};
  table.columns = {{"participant", {"Deltagare", "Participant"}},
                   {"other", {"Och", "And"}},
                   {"answer", {"Svar", "Answer"}},
                   {"signs", {"Tecken på det då", "Signs of it then"}},
                   {"reason", {"Skäl", "Reason"}},
                   {"actor", {"Av", "By"}},
                   {"at", {"När", "When"}},
                   {"state", {"Läge", "State"}}};
  table.when_empty = {"Inga svar om samma person", "No answers about the same person"};
  const std::string& project = state.project->key;
  const auto all = answers_about(workspace, project, state.known_at);
  std::set<std::pair<OfProject, OfProject>> later;
  for (auto answer = all.rbegin(); answer != all.rend(); ++answer) {
    const bool newest = later.insert(answer->pair()).second;
    const bool again = std::any_of(uses.begin(), uses.end(), [&](const DoubleUse& use) {
      return use.other_signs && use.answer && use.answer->number == answer->number;
    });
    const bool ours = answer->one.project == project;
    table.rows.push_back({reference_in(project, ours ? answer->one : answer->other),
                          reference_in(project, ours ? answer->other : answer->one), said_words(*answer),
                          Message{"likeness." + answer->signs, {}}, answer->reason, answer->actor, answer->at.iso(),
                          Message{!newest ? "same-person.replaced" : again ? "same-person.asked-again" : "same-person.holds", {}}});
  }
  return table;
}

}  // namespace horisont
