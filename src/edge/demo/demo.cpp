#include "edge/demo/demo.h"

#include <algorithm>

#include "edge/demo/projects.h"

namespace horisont {
namespace demo {

void Workshop::written(const std::string& project, const std::string& kind, const std::string& file, bool excel,
                       const std::string& month) {
  const std::string relative = "indata/" + project + "/" + file + (excel ? ".xlsx" : ".csv");
  inputs.files.push_back(
      {project, kind, folder / std::filesystem::path(std::u8string(relative.begin(), relative.end())), month});
  if (progress) progress(relative);
}

std::vector<const Participant*> pointers(const std::vector<Participant>& people) {
  std::vector<const Participant*> out;
  for (const Participant& person : people) out.push_back(&person);
  return out;
}

void sort_by_entry(std::vector<Participant*>& people) {
  std::stable_sort(people.begin(), people.end(),
                   [](const Participant* a, const Participant* b) { return a->entry < b->entry; });
}

}  // namespace demo

DemoInputs make_demo_inputs(const std::filesystem::path& folder, std::uint64_t seed,
                            const std::function<void(const std::string& what)>& progress) {
  using namespace demo;
  Lottery lottery(seed);
  Registry registry(lottery);
  Manifest manifest;
  DemoInputs inputs;
  Workshop workshop{folder, manifest, registry, lottery, inputs, progress};

  const std::vector<Participant> first = make_ung_horisont(workshop);
  const auto elsewhere =
      std::find_if(first.begin(), first.end(), [](const Participant& person) { return person.why == in_two_projects; });
  registry.new_project();
  make_varmlands_framtid(workshop, *elsewhere);
  registry.new_project();
  make_varmlands_unga(workshop);

  inputs.manifest = folder / "manifest.json";
  manifest.save(inputs.manifest, seed);
  return inputs;
}

}  // namespace horisont
