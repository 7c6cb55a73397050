#include "app/correct.h"

#include <algorithm>

#include "app/months.h"
#include "app/table.h"
#include "core/values/personal_identity_number.h"
#include "edge/import/schemas.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

// Of everything that is stored only what speaks of the person.
std::vector<Record> records_of(const Workspace& workspace, const CorrectionRequest& asked, std::uint32_t person) {
  std::vector<Record> records = workspace.store.records(asked.project, {}, {}, Store::Wanted{.persons = {&person, 1}});
  std::erase_if(records, [&](const Record& record) { return record.person != person; });
  return records;
}

std::vector<Period> spells_of(const Workspace& workspace, const CorrectionRequest& asked, const SomePeople& people,
                              std::uint32_t person) {
  const std::vector<Record> records = records_of(workspace, asked, person);
  auto folded = fold(records, people, *workspace.project(asked.project));
  return folded.empty() ? std::vector<Period>{} : std::move(folded.front().spells);
}

std::string dates_of(const std::vector<Period>& spells) {
  std::string text;
  for (const Period& spell : spells)
    text += (text.empty() ? "" : ", ") + spell.first.iso() + "\u2013" + (spell.last ? spell.last->iso() : "");
  return text;
}

// What is known of a person, the newest of each field last.
std::vector<std::pair<std::string, std::string>> facts_of(const Workspace& workspace, const CorrectionRequest& asked,
                                                          std::uint32_t person) {
  std::vector<std::pair<std::string, std::string>> facts;
  for (const Record& record : records_of(workspace, asked, person))
    for (const FieldValue& value : record.values) facts.emplace_back(value.field, value.value);
  return facts;
}

// What cannot be of the spells as they would be; corrections of other things leave them as they are.
Result<bool> possible(const std::vector<Period>& before, const std::vector<Period>& after) {
  if (before == after) return true;
  for (const Period& spell : after)
    if (spell.last && *spell.last < spell.first)
      return problem("order.exit-before-entry", spell.last->iso(), spell.first.iso());
  // A correction makes no time in the project of its own (an entry after an exit that only the results know would).
  if (!before.empty() && after.size() > before.size()) {
    const auto& left = before.back().last;
    if (left && *left < after.back().first) return problem("order.exit-before-entry", left->iso(), after.back().first.iso());
    return problem("correct.spells", dates_of(before));
  }
  bool apart = before.size() < 2 || after.size() >= before.size();
  for (std::size_t i = 1; i < after.size(); ++i) apart = apart && after[i - 1].last && *after[i - 1].last < after[i].first;
  if (!apart) return problem("correct.spells", dates_of(before));
  return true;
}

// A number that is another's, a birth date that the number contradicts, an entry that goes away: none of these can be right.
Result<bool> may_be(const Workspace& workspace, const CorrectionRequest& asked, std::uint32_t person, const std::string& field,
                    const std::string& value) {
  if (field == "entry_date" && value.empty()) return problem("correct.needed", in_both("Startdatum", "The entry date"));
  const bool number = field == "identity_number", birth = field == "birth_date";
  if (!number && !birth) return true;
  // Whoever was ever called by the number may be called by it now.
  std::vector<std::uint32_t> persons{person};
  if (number)
    for (const std::uint32_t other : workspace.store.persons_known_by(asked.project, {value}))
      if (other != person) persons.push_back(other);
  std::sort(persons.begin(), persons.end());
  for (const Participation& one :
       fold(workspace.store.records(asked.project, {}, {}, Store::Wanted{.persons = persons}),
            workspace.store.people(asked.project, persons), *workspace.project(asked.project))) {
    if (!one.number) continue;
    const bool same_person = one.person == person;
    if (number && !same_person && one.number->names_one_person() && one.number->digits() == value)
      return problem("correct.number-taken", one.reference);
    const auto born = one.number->born_on();
    if (birth && same_person && born && born->iso() != value) return problem("correct.birth-date-of-number", born->iso());
  }
  return true;
}

}  // namespace

bool names_a_person(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!digit(text[i]) || (i > 0 && digit(text[i - 1]))) continue;
    const auto digits_from = [&](std::size_t at) {
      std::size_t n = 0;
      while (at + n < text.size() && digit(text[at + n])) ++n;
      return n;
    };
    std::size_t first = digits_from(i);
    std::string number(text.substr(i, first));
    if ((first == 6 || first == 8) && i + first < text.size() &&
        std::string_view("-+ ").find(text[i + first]) != std::string_view::npos && digits_from(i + first + 1) == 4)
      number += (text[i + first] == '+' ? "+" : "-") + std::string(text.substr(i + first + 1, 4));
    else if (first != 10 && first != 12)
      continue;
    const auto read = PersonalIdentityNumber::parse(number, Date::of_days(20'000));
    if (read && read->number.names_one_person()) return true;
  }
  return false;
}

bool is_reason(std::string_view reason) { return count_characters(tidy(reason).text) >= 10 && !names_a_person(reason); }

Problem why_no_reason(std::string_view reason) {
  return {{names_a_person(reason) ? "correct.reason-names-a-person" : "correct.reason", {}}};
}

Result<std::vector<Month>> correct(Workspace& workspace, const CorrectionRequest& asked) {
  if (!is_reason(asked.reason)) return tl::make_unexpected(why_no_reason(asked.reason));
  const auto person = person_of_reference(asked.participant);
  const std::uint32_t whom = person.value_or(0);
  const SomePeople people = workspace.store.people(asked.project, std::span(&whom, 1));
  if (!person || people.empty()) return problem("correct.participant", asked.participant, asked.project);
  const std::vector<Period> before = spells_of(workspace, asked, people, *person);
  std::vector<Correction> corrections;
  for (const CorrectionRequest::Change& change : asked.changes) {
    auto value = canonical_value(*workspace.schemas, RecordKind::Participants, change.field, change.text,
                                 *workspace.project(asked.project), asked.today);
    if (!value) return tl::make_unexpected(value.error());
    if (const auto fine = may_be(workspace, asked, *person, change.field, *value); !fine)
      return tl::make_unexpected(fine.error());
    corrections.push_back(
        {asked.project, *person, RecordKind::Participants, change.field, std::move(*value), tidy(asked.reason).text});
  }
  // A form sent twice. Going back to an earlier value is another matter: then the newest correction says something else.
  const std::vector<StoredCorrection> before_these = workspace.store.corrections(asked.project, {}, person);
  if (std::all_of(corrections.begin(), corrections.end(), [&](const Correction& one) {
        const auto newest = std::find_if(before_these.rbegin(), before_these.rend(), [&](const StoredCorrection& earlier) {
          return earlier.field == one.field;
        });
        return newest != before_these.rend() && newest->value == one.value && newest->reason == one.reason;
      }))
    return problem("correct.twice", before_these.empty() ? "" : before_these.back().at.iso().substr(0, 10));
  const auto lay = [&] {
    for (const Correction& correction : corrections) workspace.store.add(correction, asked.actor, asked.now);
  };
  std::vector<Period> after;
  const auto known = facts_of(workspace, asked, *person);
  bool same = false;
  workspace.store.try_out([&] {
    lay();
    after = spells_of(workspace, asked, people, *person);
    same = facts_of(workspace, asked, *person) == known;
  });
  if (same) return problem("correct.same", asked.participant);
  if (const auto fine = possible(before, after); !fine) return tl::make_unexpected(fine.error());
  return change_facts(workspace, asked.project, asked.reason, asked.actor, asked.now, [&] { workspace.store.at_once(lay); },
                      std::span(&whom, 1));
}

Result<std::string> field_named(const Workspace& workspace, const std::string& word) {
  const ImportSchema& schema = workspace.schemas->of(RecordKind::Participants);
  if (schema.field(word)) return word;
  const std::string asked = heading_key(word);
  if (const auto found = schema.by_heading.find(asked); found != schema.by_heading.end()) return schema.fields[found->second].key;
  const auto both = [](const ImportField& field) { return in_both(field.headings_sv.front(), field.headings_en.front()); };
  const ImportField* nearest = nullptr;
  int distance = 4;
  for (const ImportField& field : schema.fields) {
    if (const int away = edits(word, field.key, 3); away < distance) distance = away, nearest = &field;
    for (const auto* headings : {&field.headings_sv, &field.headings_en})
      if (const int away = edits(asked, heading_key(headings->front()), 3); away < distance) distance = away, nearest = &field;
  }
  if (nearest) return problem("correct.unknown-field", word, both(*nearest));
  std::string sv, en;
  for (const ImportField& field : schema.fields) {
    sv += (sv.empty() ? "" : ", ") + field.headings_sv.front();
    en += (en.empty() ? "" : ", ") + field.headings_en.front();
  }
  return problem("correct.unknown-field-of", word, in_both(sv, en));
}

std::vector<Finding> against_the_number(const Workspace& workspace, const CorrectionRequest& asked) {
  const auto corrects = [&](std::string_view field) {
    return std::any_of(asked.changes.begin(), asked.changes.end(), [&](const auto& change) { return change.field == field; });
  };
  const auto person = person_of_reference(asked.participant);
  const bool number = corrects("identity_number");
  if (!person || (!number && !corrects("gender"))) return {};
  const std::span<const std::uint32_t> only(&*person, 1);
  std::vector<Record> records = workspace.store.records(asked.project, {}, {}, Store::Wanted{.persons = only});
  std::erase_if(records, [&](const Record& record) { return record.person != *person; });
  const auto folded = fold(records, workspace.store.people(asked.project, only), *workspace.project(asked.project));
  if (folded.empty() || !folded.front().number || !folded.front().number->names_one_person()) return {};
  const Participation& who = folded.front();
  std::vector<Finding> found;
  const auto warn = [&](const char* code, std::vector<std::string> values) {
    found.push_back({.code = code, .level = Level::Warning, .participant = asked.participant, .values = std::move(values)});
  };
  const auto digit = who.number->gender_digit();
  if (digit && !who.gender_by_number && (who.gender == "woman" || who.gender == "man")) {
    const std::string by_number = *digit % 2 == 0 ? "woman" : "man";
    const auto said = [](const std::string& gender) {
      const Message word{"gender." + gender, {}};
      return in_both(words(word, Language::Swedish), words(word, Language::English));
    };
    if (who.gender != by_number) warn("correct.gender-differs", {said(who.gender), said(by_number)});
  }
  if (const auto born = who.number->born_on(); born && number) {
    std::string stated;
    for (const auto& [field, value] : facts_of(workspace, asked, *person))
      if (field == "birth_date") stated = value;
    if (!stated.empty() && stated != born->iso()) warn("correct.birth-date-differs", {stated, born->iso()});
  }
  return found;
}

}  // namespace horisont
