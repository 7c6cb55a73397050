#include "edge/import/named.h"

#include "edge/import/values.h"
#include "edge/text/text.h"

namespace horisont {

std::vector<std::uint32_t> named_in(ImportJob& job, const TablePlan& plan, const RowView& row) {
  std::vector<std::uint32_t> found;
  const auto add = [&](std::uint32_t person) {
    if (person != nobody && person < job.draft.people_before) found.push_back(person);
  };
  std::string whole, given, family;
  for (std::size_t c = 0; c < plan.columns.size() && c < row.cells.size(); ++c) {
    if (plan.columns[c].field < 0 || is_empty(row.cells[c])) continue;
    const std::string& key = job.schema().fields[static_cast<std::size_t>(plan.columns[c].field)].key;
    const std::string text = text_of_cell(row.cells[c], plan.date1904).text;
    if (key == "name") whole = text;
    if (key == "given_name") given = text;
    if (key == "family_name") family = text;
  }
  if (whole.empty()) whole = given + " " + family;
  for (std::size_t c = 0; c < plan.columns.size() && c < row.cells.size(); ++c) {
    if (plan.columns[c].field < 0 || is_empty(row.cells[c])) continue;
    const std::string& key = job.schema().fields[static_cast<std::size_t>(plan.columns[c].field)].key;
    if (key != "identity_number" && key != "participant" && key != "local_id") continue;
    // What one office calls a reference is another's number.
    add(job.people.by_reference(text_of_cell(row.cells[c], plan.date1904).text));
    if (const auto number = PersonalIdentityNumber::parse(identity_text(row.cells[c]), job.options.today)) add(job.people.by_number(number->number, whole));
  }
  if (whole.size() > 1) {
    if (!job.names) job.names.emplace(job.draft.people);
    for (const std::uint32_t person : job.names->all(whole)) add(person);
  }
  return found;
}

}  // namespace horisont
