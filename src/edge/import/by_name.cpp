#include "edge/import/by_name.h"

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
    const std::uint32_t near = job.names->nearest(name);
    return {.code = "name.unknown", .values = {near == nobody ? "\u2013" : participant_reference(near)}};
  }
  std::string references;
  for (const std::uint32_t person : all) references += (references.empty() ? "" : ", ") + participant_reference(person);
  return {.code = "name.several", .values = {references}};
}

}  // namespace

const NamedPerson& PeopleByName::find(ImportJob& job, std::string_view name) {
  if (const auto* known = known_.find(name)) return found_[*known];
  known_.insert(name, static_cast<std::uint32_t>(found_.size()));
  return found_.emplace_back(person_of(job, name));
}

}  // namespace horisont
