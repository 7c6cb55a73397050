#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "edge/import/file_table.h"
#include "edge/import/flat_index.h"

namespace horisont {

/// Parts of a file that its own words set apart: a sheet "Väntelista", the rows below "Har tackat nej:", the rows where a column
/// says "Schema" or "Frånvaro". Whether they are read is asked, once for each such word (`part:Väntelista=skip`, `=keep`).
enum class PartIs : std::uint8_t { Asked, Skipped, Kept };
/// What somebody has said of a part, by its words.
PartIs part_said(const ImportOptions&, const std::string& words);

/// Whether the name of a sheet, or a text alone in a row, says people who are not in the project: a waiting list, those who
/// declined. `ended`: those who have left count too, where nothing says when they left.
bool names_others(const std::string& text, bool ended);

/// Whether an unread column of a table of time says of what kind each row is: "Schema" and "Närvaro" in turn.
bool holds_row_words(const FileTable&, const HeadingGuess&, std::size_t column);

/// Whether an unread column of a sheet of days tells rows of one person apart that have time on the same days, by a few short words
/// that come again with others ("P" and "N"): what the words mean nobody has said, and the time would be added.
bool parts_rows_of_one(const FileTable&, const HeadingGuess&, std::size_t column);

/// Tells (and asks about) the parts of one table while its rows are read.
class RowParts {
 public:
  RowParts(ImportJob&, const TablePlan&, const FileTable&, const HeadingGuess&);
  /// Whether the row is left out, by an answer or until there is one; told and counted here.
  bool leaves_out(const RowView&);

 private:
  bool says_kind(const RowView&);
  bool is_below_others(const RowView&);
  bool stands_above_time(const RowView&, const std::string& text, std::size_t column);
  bool says_nothing_of_time(const std::string& text, std::size_t column);
  void begins_below_title(const RowView&);
  bool says_state(const RowView&);
  bool asks_of(const std::string& part, std::string_view code, const RowView&, std::size_t column, const std::string& text);

  ImportJob& job_;
  std::uint32_t heading_row_;
  bool people_, exits_, time_ = false;
  std::vector<std::size_t> word_columns_;   // of which words of a kind say that the row is something else
  std::vector<std::size_t> apart_columns_;  // of which each word is asked about
  std::vector<std::size_t> state_columns_, remarks_;     // of a register
  std::vector<std::string> headings_;
  std::map<std::string, bool> asked_;  // words that have been asked about in this table
  struct Title {
    std::string text;
    std::uint32_t row = 0;
    std::size_t column = 0;  // from 1
  };
  Title title_;                         // of a table of time: words alone, until it is known whose rows come below
  TextIndex seen_;                      // who has had a row
  std::optional<std::size_t> whom_;     // the column that says whom a row is about
  std::string whom_key_;                // and its heading
  std::vector<std::size_t> naming_, numbering_;  // all that name somebody, and those of numbers and references
  std::vector<bool> of_time_;
  bool activities_above_ = false;       // the reader of attendance tells of the words over its rows
  std::string below_;                  // the title over the rows, where it names others
  PartIs below_is_ = PartIs::Kept;
};

}  // namespace horisont
