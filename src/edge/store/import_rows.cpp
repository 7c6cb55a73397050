#include "edge/store/import_rows.h"

#include <algorithm>
#include <limits>
#include <set>

#include "edge/store/log.h"
#include "edge/store/state.h"
#include "edge/store/store.h"
#include "log/entry.h"

namespace horisont {
namespace {

using Values = std::map<std::string, std::string>;

// The entries of files that were read in, with what is open of each: "persons root" and so on.
void each_import(const Database& database, std::int64_t project,
                 const std::function<void(std::uint64_t seq, std::uint32_t import, const Values&)>& visit) {
  Statement rows{database,
                 "SELECT log_entry.seq, leaf, opening FROM log_entry LEFT JOIN log_opening USING (project, seq) WHERE project = $1 "
                 "AND CAST(leaf AS TEXT) LIKE 'L1 % import %' ORDER BY log_entry.seq"};
  rows.bind_all(project);
  while (rows.step()) {
    const std::string line = rows.text(1);
    const auto leaf = tlog::leaf_from(line);
    if (!leaf || leaf->kind != "import" || leaf->outcome != "accepted") continue;
    Values values;
    if (!tlog::value_of(leaf->commits, "persons").empty()) values["persons"] = "bound";
    for (const tlog::Opening& one : tlog::openings_from(rows.absent(2) ? std::string_view() : rows.view(2)).value_or(std::vector<tlog::Opening>{}))
      for (const auto& field : one.fields) values[one.group + " " + field.name] = field.value;
    visit(static_cast<std::uint64_t>(rows.number(0)),
          static_cast<std::uint32_t>(tlog::number_from(tlog::value_of(leaf->refs, "import")).value_or(0)), values);
  }
}

std::uint64_t number_of(const Values& values, const char* name) {
  const auto found = values.find(name);
  return found == values.end() ? 0 : tlog::number_from(found->second).value_or(0);
}

}  // namespace

namespace {

// A person's number as it stands: one that is too large to be anybody's is not taken for another's.
std::uint32_t person_in(const Statement& row, int column, const char* table) {
  const std::int64_t number = row.number(column);
  if (number < 0 || number > std::numeric_limits<std::uint32_t>::max()) throw StoreError(StoreError::Kind::Damaged, {"store.damaged-row", {table}});
  return static_cast<std::uint32_t>(number);
}

}  // namespace

std::map<StaffKey, RowTexts> rows_by_person(const Database& database, std::uint32_t import, const RowsByPerson::Person& each) {
  RowsByPerson rows(each);
  Statement people{database,
                   "SELECT number, identity, local_id, name FROM person WHERE project = (SELECT project FROM import WHERE id = $1) AND "
                   "import = $1 ORDER BY number"};
  people.bind_all(import);
  while (people.step())
    rows.person(person_in(people, 0, "person"), people.absent(1) ? std::nullopt : std::optional(people.view(1)),
                people.view(2), people.view(3));
  Statement facts{database, "SELECT person, kind, sheet, row, \"values\" FROM fact WHERE import = $1 ORDER BY id"};
  facts.bind_all(import);
  while (facts.step()) {
    if (facts.number(1) < 0 || facts.number(1) > static_cast<int>(RecordKind::Evidence))
      throw StoreError(StoreError::Kind::Damaged, {"store.damaged-row", {"fact"}});
    rows.fact(person_in(facts, 0, "fact"), static_cast<RecordKind>(facts.number(1)), facts.number(2),
              facts.number(3), facts.view(4));
  }
  Statement times{
      database,
      "SELECT person, day, start, \"end\", minutes, flags, sheet, row, \"column\", key FROM time_record LEFT JOIN activity ON "
      "activity.id = time_record.activity AND activity.project = time_record.project WHERE import = $1 ORDER BY person, day, "
      "start, sheet, row, \"column\""};
  times.bind_all(import);
  while (times.step())
    rows.time(person_in(times, 0, "time_record"),
              {times.number(1), times.number(2), times.number(3), times.number(4), times.number(5), times.number(6), times.number(7),
               times.number(8)},
              times.absent(9) ? std::string_view() : times.view(9));
  return rows.finish();
}

ImportTree tree_of(std::string secret, std::uint32_t people,
                   const std::function<std::map<StaffKey, RowTexts>(const RowsByPerson::Person&)>& rows) {
  ImportTree made{.tree = RowTree(std::move(secret), people), .root = {}};
  bool known = true;  // of somebody else nothing can be bound
  const auto staff = rows([&](std::uint32_t person, const RowTexts& texts) {
    known = known && person < people;
    if (known) made.tree.person(person, texts);
  });
  made.tree.staff(staff);
  made.staff = staff.size();
  if (known) made.root = tlog::hex(made.tree.root());
  return made;
}

std::map<std::string, std::string> Store::row_proofs(const std::string& project, std::span<const std::uint32_t> persons,
                                                     const std::set<std::pair<std::string, std::string>>& staff, bool names) const {
  const Database& database = state_->database;
  const Reading moment{*this};
  std::map<std::string, std::string> made;
  each_import(database, project_id(database, project), [&](std::uint64_t seq, std::uint32_t import, const Values& values) {
    const auto key = values.find("persons-key key");
    const auto secret = key == values.end() ? std::nullopt : tlog::from_hex(key->second);
    if (!secret) return;
    const auto people = static_cast<std::uint32_t>(number_of(values, "persons people"));
    std::map<std::uint32_t, RowTexts> wanted;
    for (const std::uint32_t person : persons)
      if (person < people) wanted[person];
    std::map<StaffKey, RowTexts> of_staff;
    ImportTree tree = tree_of(*secret, people, [&](const RowsByPerson::Person& each) {
      of_staff = rows_by_person(database, import, [&](std::uint32_t person, const RowTexts& texts) {
        if (const auto found = wanted.find(person); found != wanted.end()) found->second = texts;
        each(person, texts);
      });
      return of_staff;
    });
    RowProofs proofs{.entry = seq, .persons = {}, .staff = {}};
    for (const auto& [person, texts] : wanted) proofs.persons.emplace(person, tree.tree.proof(person, texts, names));
    std::uint64_t index = people;
    for (const auto& [member, texts] : of_staff) {
      if (staff.contains(member)) proofs.staff.emplace(member, tree.tree.proof(index, texts, names));
      ++index;
    }
    if (!proofs.persons.empty() || !proofs.staff.empty()) made["L-" + std::to_string(seq)] = text_of(proofs);
  });
  return made;
}

Store::RowCheck Store::check_rows(const std::string& project, std::span<const std::uint32_t> persons,
                                  const std::set<std::pair<std::string, std::string>>& staff,
                                  const std::map<std::string, std::string>& proofs, bool names) const {
  const Database& database = state_->database;
  const Reading moment{*this};
  const std::int64_t id = project_id(database, project);
  RowCheck check;
  std::set<std::string> used;
  each_import(database, id, [&](std::uint64_t seq, std::uint32_t import, const Values& values) {
    const std::string entry = "L-" + std::to_string(seq), file = "F-" + std::to_string(import);
    std::map<std::uint32_t, RowTexts> rows;
    const auto of_staff =
        rows_by_person(database, import, [&](std::uint32_t person, const RowTexts& texts) { rows[person] = texts; });
    if (!values.contains("persons")) {
      if (!rows.empty() || !of_staff.empty()) check.unproved.push_back({"audit.rests.rows", {file, entry}});
      return;
    }
    const auto text = proofs.find(entry);
    const auto proved = text == proofs.end() ? std::nullopt : row_proofs_from(text->second);
    const auto root_bytes = values.contains("persons root") ? tlog::from_hex(values.at("persons root")) : std::nullopt;
    const std::uint64_t people = number_of(values, "persons people"), leaves = people + number_of(values, "persons staff");
    const auto differ = [&](const std::string& who) { check.found.push_back({"audit.rows-differ", {who, file, entry}}); };
    tlog::Digest root{};
    if (root_bytes && root_bytes->size() == root.size()) std::copy(root_bytes->begin(), root_bytes->end(), root.begin());
    if (text != proofs.end()) {
      used.insert(entry);
      if (!proved || proved->entry != seq || text_of(*proved) != text->second) return differ(entry);
    }
    // Of every person that is shown: the rows, or that there are none.
    for (const std::uint32_t person : persons) {
      if (person >= people) continue;
      const auto proof = proved ? proved->persons.find(person) : std::map<std::uint32_t, RowProof>::const_iterator{};
      const bool hidden = proved && proof != proved->persons.end() && !proof->second.hidden_salt.empty();
      if (!proved || proof == proved->persons.end() || proof->second.index != person || hidden != names ||
          !proves(proof->second, rows[person], leaves, root))
        differ(participant_reference(person));
      ++check.held;
    }
    for (const auto& [key, texts] : of_staff) {
      const auto proof = proved ? proved->staff.find(key) : std::map<StaffKey, RowProof>::const_iterator{};
      if (!proved || proof == proved->staff.end() || proof->second.index < people || proof->second.hidden_salt.empty() == names ||
          !proves(proof->second, {text_of_staff(key) + texts.open, texts.hidden}, leaves, root))
        differ(key.second);
      ++check.held;
    }
    if (proved)
      for (const auto& [key, proof] : proved->staff)
        if (!of_staff.contains(key)) differ(key.second);
  });
  for (const auto& [entry, text] : proofs)
    if (!used.contains(entry)) check.found.push_back({"audit.rows-differ", {entry, entry, entry}});
  // Of nobody else there are any rows.
  const std::set<std::uint32_t> shown(persons.begin(), persons.end());
  for (const char* table : {"fact", "time_record"}) {
    Statement others{database, "SELECT DISTINCT person FROM " + std::string(table) + " WHERE project = $1" +
                                   (table == std::string_view("fact") ? " AND kind <> 2" : "")};
    others.bind_all(id);
    std::int64_t unknown = 0;
    while (others.step()) unknown += !shown.contains(static_cast<std::uint32_t>(others.number(0)));
    if (unknown > 0) check.found.push_back({"log.unknown-rows", {table, std::to_string(unknown)}});
  }
  if (!staff.empty()) check.unproved.push_back({"audit.rests.staff-files", {}});
  return check;
}

}  // namespace horisont
