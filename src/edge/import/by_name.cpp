#include "edge/import/by_name.h"

#include <algorithm>

#include "edge/import/profile.h"

namespace horisont {
namespace {

NamedPerson person_of(ImportJob& job, std::string_view name) {
  if (const std::uint32_t person = job.people.by_reference(name); person != nobody) return {.person = person};
  if (!job.options.profile || !job.options.profile->by_name) return {.code = "person.by-name-asked"};
  if (!job.names) job.names.emplace(job.draft.people);
  const auto all = job.names->all(name);
  if (all.size() == 1) return {.person = all.front(), .code = "person.by-name"};
  if (all.empty()) {
    return {.code = "name.unknown", .values = {job.names->near_words(name)}};
  }
  std::string references;
  for (const std::uint32_t person : all) references += (references.empty() ? "" : ", ") + participant_reference(person);
  return {.code = "name.several", .values = {references}};
}

}  // namespace

NumberedPerson person_by_number_in(ImportJob& job, const std::string& text) {
  NumberedPerson out;
  const auto look = [&](const std::string& word) {
    if (word.empty() || out.person != nobody) return;
    out.person = job.people.by_reference(word);
    if (out.person != nobody) return;
    CellView cell;
    cell.kind = CellView::Kind::Text, cell.text = word;
    if (std::count_if(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }) < 6) return;
    const auto parsed = PersonalIdentityNumber::parse(identity_text(cell), job.options.today);
    out.looks_like_number |= parsed || std::count_if(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }) >= 10;
    if (!parsed) return;
    if (parsed->number.names_one_person()) out.person = job.people.by_number(parsed->number, {});
  };
  look(text);
  std::string word;
  for (const char c : text + " ") {
    if (c != ' ' && c != '(' && c != ')' && c != ',' && c != ';' && c != '\n') {
      word += c;
      continue;
    }
    if (word != text) look(word);
    word.clear();
  }
  return out;
}

const NamedPerson& PeopleByName::find(ImportJob& job, std::string_view name) {
  if (const auto* known = known_.find(name)) return found_[*known];
  known_.insert(name, static_cast<std::uint32_t>(found_.size()));
  return found_.emplace_back(person_of(job, name));
}

}  // namespace horisont
