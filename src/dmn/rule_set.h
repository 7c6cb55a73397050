#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "dmn/element.h"

// The rule-set side of the library: finding tables inside the small FEEL profile, answered with three values a row
// (rules-engine.md, sections 2 to 9). The full FEEL interpreter stands beside it and shares the syntax tree.
namespace dmn {

/// Something wrong with a file, with where and what to do. `id` is L01 … L13.
struct Complaint {
  std::string id, table, cell, sv, en;
  int row = 0;   ///< 1-based row of the table; 0: the table or the file
  int line = 0;  ///< of the XML
};

/// Adds a complaint. After a hundred one more says that there are others, and none of these is kept: a file that is wrong all
/// over is not told a million times.
void add_complaint(std::vector<Complaint>&, Complaint);

/// A value of one input. monostate: missing. Numbers are whole units of the declared scale.
struct Day {
  std::int32_t days = 0;  ///< since 1970-01-01
  friend auto operator<=>(Day, Day) = default;
};
using InputValue = std::variant<std::monostate, bool, std::int64_t, Day, std::string>;

/// How an input may be absent. Optional: empty has a meaning. MissingOnlyWith: computed from others.
enum class Need { Required, MayBeMissing, Optional, MissingOnlyWith };
enum class InputType { Boolean, Number, Date, String };

struct InputName {
  std::string name;  ///< member of the input structure, "age_at_entry"
  InputType type = InputType::String;
  int scale = 0;  ///< decimals of a number
  Need need = Need::MayBeMissing;
  std::vector<std::string> missing_only_with;
  std::string label_sv, label_en;
};

enum class RowOutcome { Fail, Unknown };
enum class Severity { Blocking, Remark };

/// One row of a finding table: an answer to the question that its code is.
struct FindingRow {
  std::string code, table, message_sv, message_en, legal_basis;
  RowOutcome outcome = RowOutcome::Fail;
  Severity severity = Severity::Blocking;
  int row = 0;                   ///< 1-based within the table
  std::uint64_t depends_on = 0;  ///< inputs the row can read, as bits
  bool unverified = false;       ///< the basis carries the mark of an unverified default (°)
};

struct RuleText {
  std::string code, question_sv, question_en, fix_sv, fix_en;
};

/// Two masks over the finding rows: bit i is row i of `RuleSet::rows()`.
struct Answers {
  std::uint64_t hit = 0;          ///< it applies, whatever is missing
  std::uint64_t cannot_tell = 0;  ///< it might apply if something missing were known
  friend bool operator==(const Answers&, const Answers&) = default;
};

/// One cell of one row as it was tested: why the row hit, did not hit, or cannot be told.
struct TracedCell {
  std::string expression;  ///< the input expression, "p.age_at_entry"
  std::string test;        ///< the cell as written, "< limits.min_age"
  std::string value;       ///< what was read, canonical text; empty when null
  std::string compared;    ///< the limit after evaluation ("15"), where the test has one
  enum class Is { True, False, Unknown } is = Is::Unknown;
};
struct TracedRow {
  std::size_t row = 0;  ///< index into RuleSet::rows()
  std::vector<TracedCell> cells;
  std::uint64_t missing = 0;           ///< inputs that were missing and mattered, as bits
  std::string message_sv, message_en;  ///< with the values filled in; a missing one is a dash
};
struct Trace {
  Answers answers;
  std::vector<TracedRow> rows;            ///< all rows, in order
  std::vector<std::string> limits_cited;  ///< citations of the limits rows used
  std::vector<std::pair<std::string, std::string>>
      derived;  ///< the limits ("limits.min_age") and derived values: name, canonical text, "null" when null
};

/// What a rule set says of itself.
struct RuleSetFacts {
  std::string version, approved_by, supersedes;  ///< supersedes: SHA-256 of the predecessor, or "none"
  Day valid_from, valid_to, approved_on;         ///< the last day of validity counts
};

/// One row of `limits`, for whoever knows the projects: do the rows span the project's whole period?
struct LimitsRow {
  std::string key;                                          ///< the project
  Day from, to;                                             ///< both days count
  std::vector<std::pair<std::string, std::string>> values;  ///< name, canonical text
  std::string citation;
  bool unverified = false;  ///< the citation ends in °
  int row = 0;              ///< 1-based
};

struct Compiled;  // syntax trees and slots

/// A rule set without complaints, ready to answer. Cheap to copy; immutable; may be used from many threads.
class RuleSet {
 public:
  /// Reads a DMN 1.2 to 1.5 document, lints it against the inputs that the caller knows, and compiles it.
  static tl::expected<RuleSet, std::vector<Complaint>> load(const Element& definitions,
                                                            std::span<const InputName> known_inputs);

  const std::string& name() const;
  const std::string& version() const;
  const RuleSetFacts& facts() const;
  std::span<const LimitsRow> limits() const;
  std::span<const InputName> inputs() const;  ///< order of a record's values
  std::span<const FindingRow> rows() const;   ///< at most 64
  std::span<const RuleText> texts() const;    ///< by code, in order of the rows

  /// `record[i]` is the value of `inputs()[i]`.
  Answers answer(std::span<const InputValue> record) const;
  Trace trace(std::span<const InputValue> record) const;

  const Compiled& compiled() const { return *compiled_; }

 private:
  explicit RuleSet(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

/// Every value that a rule set compares with: only there, and beside it, can an answer change. Numbers in the units of each
/// scale that occurs; where the rule set adds or subtracts, their sums and differences too.
struct Landmarks {
  std::set<std::int64_t> numbers;
  std::set<std::int32_t> days;
  std::set<std::string> words;
};
Landmarks landmarks(const RuleSet&);

}  // namespace dmn
