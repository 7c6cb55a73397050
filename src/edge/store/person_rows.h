#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cases/record.h"
#include "log/tree.h"

// What an import's entry in the log binds to for each person alone, so that an auditor who is shown some persons can hold their
// rows against the log (docs/formats/eliglog.md, 3, "Rows of one person").
namespace horisont {

/// Whether a field says who somebody is, or is somebody's own words: such fields are bound apart from the others, so that these
/// can be shown and checked without them.
bool names_somebody(RecordKind, std::string_view field);

/// One person's rows in one import as text, a line a row: what may be shown to anyone who may see the person's case, and what says
/// who it is.
struct RowTexts {
  std::string open, hidden;
};

/// A member of staff: employer and number.
using StaffKey = std::pair<std::string, std::string>;

/// Sorts an import's rows by whose they are. First the persons that it brought in, then facts in the order they are stored in, then
/// times in theirs (by person): of a time no more is held than one person's.
class RowsByPerson {
 public:
  using Person = std::function<void(std::uint32_t, const RowTexts&)>;
  /// `each` is called once for every person with rows, in no order.
  explicit RowsByPerson(Person each) : each_(std::move(each)) {}
  void person(std::uint32_t number, std::optional<std::string_view> identity, std::string_view local_id, std::string_view name);
  /// `values`: field, tab, value, tab, place, a line a value, as stored.
  void fact(std::uint32_t person, RecordKind, std::int64_t sheet, std::int64_t row, std::string_view values);
  struct Time {
    std::int64_t day, start, end, minutes, flags, sheet, row, column;
  };
  void time(std::uint32_t person, const Time&, std::string_view activity);
  /// Hands out what is left, and gives the staff's rows.
  std::map<StaffKey, RowTexts> finish();

 private:
  void hand_out(std::uint32_t person);
  Person each_;
  std::map<std::uint32_t, RowTexts> persons_;
  std::map<StaffKey, RowTexts> staff_;
  std::optional<std::uint32_t> timed_;
  RowTexts* of_timed_ = nullptr;
};

/// What proves one person's rows in one import: leaf `index` of the import's tree. `open_salt` opens what may be shown; `hidden` is
/// the digest of the rest, which `hidden_salt` opens (all zeros where there is no rest).
struct RowProof {
  std::uint64_t index = 0;
  std::string open_salt, hidden_salt;  ///< 16 bytes; the second is empty where it stays closed
  tlog::Digest hidden{};
  tlog::Proof path;
};

/// The tree over the rows of an import: a leaf for each person that the project then knew (by number, also those without rows),
/// then one for each member of staff (by employer and number). Salts follow from a secret of the import.
class RowTree {
 public:
  RowTree(std::string secret, std::uint32_t people) : secret_(std::move(secret)), leaves_(people), set_(people) {}
  void person(std::uint32_t, const RowTexts&);  ///< one below `people`
  void staff(const std::map<StaffKey, RowTexts>&);  ///< last; their leaves follow the persons'
  tlog::Digest root();                              ///< those without rows get their leaves here
  RowProof proof(std::uint64_t index, const RowTexts&, bool with_hidden);  ///< after `root`

 private:
  tlog::Digest salts(std::uint64_t index);  // open, hidden: a half each
  tlog::Digest hidden(const tlog::Digest& salts, const RowTexts&);
  tlog::Digest leaf(std::uint64_t index, const RowTexts&);
  std::string secret_;
  tlog::Sha256 hash_;
  std::vector<tlog::Digest> leaves_;
  std::vector<bool> set_;
};

/// Whether the rows are what the proof binds to under the root of a tree of so many leaves.
bool proves(const RowProof&, const RowTexts&, std::uint64_t leaves, const tlog::Digest& root);
std::string text_of_staff(const StaffKey&);  ///< what a staff leaf's text begins with

/// The proofs of an entry as a file of an audit pack has them; nothing when a text has another form.
struct RowProofs {
  std::uint64_t entry = 0;
  std::map<std::uint32_t, RowProof> persons;
  std::map<StaffKey, RowProof> staff;
};
std::string text_of(const RowProofs&);
std::optional<RowProofs> row_proofs_from(std::string_view text);

}  // namespace horisont
