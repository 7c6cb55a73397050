#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "log/evp.h"

namespace tlog {

/// What a leaf says; docs/formats/eliglog.md, 2. Lists are kept in ascending order of their names.
struct Entry {
  std::uint64_t seq = 0;
  std::int64_t milliseconds = 0;  ///< since 1970, UTC
  std::string kind, actor, role, organisation, subject = "-", outcome = "-";
  std::vector<std::pair<std::string, std::string>> refs;     ///< name, value
  std::vector<std::pair<std::string, std::string>> commits;  ///< group, 64 hex digits
};

/// One line of 60 to 4096 printable characters, without newline.
std::string leaf_of(const Entry&);

/// A leaf's fields as they stand, all forms checked; views into the line.
struct Leaf {
  std::uint64_t seq;
  std::int64_t milliseconds;
  std::string_view time, kind, actor, role, organisation, subject, outcome, refs, commits;
};
std::optional<Leaf> leaf_from(std::string_view line);
/// The value of a name in `refs` or `commits`; empty when it is not there.
std::string_view value_of(std::string_view list, std::string_view name);

std::string time_text(std::int64_t milliseconds);                 ///< "2026-03-02T08:15:04.120Z"
std::optional<std::int64_t> time_from(std::string_view);          ///< that form only
std::optional<std::uint64_t> number_from(std::string_view text);  ///< no sign, no leading zero, at most 18 digits

std::string base64(std::string_view bytes);
/// Only text that `base64` would give.
std::optional<std::string> from_base64(std::string_view text);
std::optional<std::string> from_hex(std::string_view text);  ///< lower case only
std::string hex(std::string_view bytes);

/// A commitment's fields: status v (a value), u (unknown), r (refused) or n (not applicable).
struct CommittedField {
  std::string name;
  char status = 'v';
  std::string value;
};
/// Binds to the fields without showing them; `salt` is 32 random bytes. Fields in any order, names unique.
Digest commitment(std::string_view group, std::string_view salt, std::vector<CommittedField> fields);

/// What opens the commitments of an entry: docs/formats/eliglog.md, 3.
struct Opening {
  std::uint64_t index = 0;
  std::string group, salt;
  std::vector<CommittedField> fields;
};
std::string opening_text(const std::vector<Opening>&);
std::optional<std::vector<Opening>> openings_from(std::string_view text);

}  // namespace tlog
