#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dmn/rule_set.h"

// The column engine: the same rule sets for many records at once, in batches without branches or allocation. It gives the
// same masks as `RuleSet::answer`, bit for bit.
namespace dmn {

/// The dictionary of texts: a text is a number from here on. It begins with the texts of the rule set.
class Words {
 public:
  std::int64_t id(std::string_view word);
  std::size_t size() const { return ids_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> ids_;
};

/// One input of all records: booleans as 0 and 1, numbers in units of their scale, dates as days, texts by `Words`.
struct InputColumn {
  std::vector<std::int64_t> values;
  std::vector<std::uint8_t> missing;  ///< 1: missing; the value does not count
};
/// In the order of the rule set's inputs; all of one length.
using Columns = std::vector<InputColumn>;

/// A rule set lowered to batch operations: names are registers, equal sub-expressions are computed once. Immutable.
class ColumnProgram {
 public:
  explicit ColumnProgram(const RuleSet&);

  /// The dictionary that the columns of texts must begin from.
  const Words& words() const { return words_; }

  /// One answer a record, `first` to `first + out.size()`. Threads may work on different parts at once.
  void answer(const Columns&, std::size_t first, std::span<Answers> out) const;

  /// Appends a record to columns, for callers that have records.
  static void append(std::span<const InputValue> record, Words&, Columns&);

  struct Step;

 private:
  friend class Lowering;
  template <class V>
  bool answer_batch(const Columns&, std::size_t begin, std::span<Answers> out, bool& begun) const;

  std::vector<Step> steps_, constants_;
  std::vector<std::vector<std::int64_t>> tables_;  // members of lookup rows; the last entry is "no row"
  std::vector<std::vector<std::uint8_t>> table_flags_;
  std::vector<std::vector<std::uint8_t>> word_lists_;  // for each list of texts, by word: is it in the list
  struct Span {                                        // of a lookup row whose cells are one text and one closed range
    std::int64_t key, from, to;
  };
  std::vector<std::vector<Span>> spans_;  // by lookup
  std::size_t registers_ = 0, rows_ = 0;
  bool narrow_ = true;  // every constant fits into 32 bits
  Words words_;
};

/// One operation on a batch. Registers hold a value (`a`, `b`, `c` name them) and flags of each record.
struct ColumnProgram::Step {
  enum class Do : std::uint8_t {
    Constant,
    Load,
    FromValue,
    ToValue,
    Compare,
    Equal,
    IsNull,
    Not,
    And,
    Or,
    Choose,
    ChooseTruth,
    TruthIs,
    TruthIsNull,
    Add,
    Subtract,
    Contains,
    FirstRow,
    NextRow,
    FindRow,
    Member,
    NoHitIfMissing,
    Emit
  } what = Do::Constant;
  std::uint8_t sign = 0;  ///< of Compare: 0 <, 1 <=, 2 >, 3 >=; of TruthIs: 1 true, 0 false
  std::uint32_t out = 0, a = 0, b = 0, c = 0;
  std::int64_t constant = 0;
  bool null = false;
};

}  // namespace dmn
