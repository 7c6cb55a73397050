#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/import_file.h"
#include "app/table.h"

namespace horisont {

/// Something that a file leaves open and one answer settles for every cell alike, and for every later file when the answers
/// are kept as a profile.
struct Question {
  Message asked;           ///< with the value as written, or the words of the finding
  std::int64_t cells = 0;  ///< how many it settles
  std::string where;       ///< the first of them: "Mars, E17"
  struct Choice {
    std::string answer;  ///< as revise_draft and --read-as take it: "dmy", "activity:PRAO=work_placement"
    Bilingual shown;
  };
  std::vector<Choice> choices;
  std::set<std::string> headings = {};  ///< of the columns that it is about, in normal form; all days of a month are ""
};

/// The questions of an outcome's problems, those with most cells first. Names and identity numbers are never part of one.
std::vector<Question> questions_of(const Workspace&, const ImportOutcome&);

/// Whether the value of a cell may be repeated: none that could be somebody's number.
bool may_be_shown(const std::string& given);

/// A question on each row, with the answers to choose from.
Table questions_table(const std::vector<Question>&);

/// What a column can be read as: the fields of a kind of record, by key, with the heading that templates have.
std::vector<std::pair<std::string, Bilingual>> fields_of(const Workspace&, RecordKind);

}  // namespace horisont
