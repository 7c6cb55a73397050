#pragma once

#include <filesystem>
#include <istream>
#include <string>
#include <vector>

#include "app/table.h"
#include "core/values/personal_identity_number.h"

namespace horisont {

/// What `identity check` says of one line of text.
struct IdentityCheck {
  std::size_t line = 0;
  std::string given;
  std::optional<PersonalIdentityNumber::Parsed> read;
  Message refused;  ///< when not read
};
/// One check for each line; empty lines are left out. A carriage return at the end of a line is not part of it.
std::vector<IdentityCheck> check_identities(std::istream&, Date reference);
/// The same of a file. Throws FileError.
std::vector<IdentityCheck> check_identities(const std::filesystem::path&, Date reference);
/// Normal form, kind, birth date or "incomplete", gender digit, and the reason when it is refused.
Table identity_table(const std::vector<IdentityCheck>&);

}  // namespace horisont
