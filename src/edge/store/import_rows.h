#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "edge/store/database.h"
#include "edge/store/person_rows.h"

namespace horisont {

/// What a file brought, sorted by whose it is, from the rows that were stored.
std::map<StaffKey, RowTexts> rows_by_person(const Database&, std::uint32_t import, const RowsByPerson::Person& each);

/// The tree over an import's rows, as its entry in the log binds to it.
struct ImportTree {
  RowTree tree;
  std::size_t staff = 0;
  std::string root;  ///< hex; empty when there are rows of a person beyond `people`
};
/// `rows` hands out each person's rows and gives the staff's.
ImportTree tree_of(std::string secret, std::uint32_t people,
                   const std::function<std::map<StaffKey, RowTexts>(const RowsByPerson::Person&)>& rows);

}  // namespace horisont
