#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "app/import_file.h"
#include "app/table.h"
#include "core/cases/cell_view.h"

namespace horisont {

/// What a file is, for whoever wants to know before it is read in. Of its values only those are
/// repeated that a question or a problem is about.
struct Inspection {
  struct Column {
    std::uint32_t number = 0;  ///< 1-based
    std::string heading, field;
    Bilingual field_words;  ///< the field's own heading
    /// Field: taken · Similar: the heading is only nearly right · Day, Total: of a sheet with days as columns · Taken: another
    /// column has the field · Part: read together with another one · Hours: of the activity that
    /// is its heading · Off: the project does not collect it · None: no field was found.
    enum class Use { Field, Similar, Day, Total, Taken, Part, Hours, Off, None } use = Use::None;
    bool hidden = false;
    std::string cell;  ///< of a form: where the label's value stands, or would
    std::array<std::int64_t, 7> cells{};  ///< below the heading, by CellView::Kind; of Empty only those left of others
    std::int64_t formulas = 0;
  };
  struct Sheet {
    std::string name;
    bool hidden = false, read = false;
    bool form = false;  ///< labels and values about one person: `columns` are its labels
    std::int64_t rows = 0, hidden_rows = 0;
    std::optional<RecordKind> kind;  ///< what the headings fit best, where they fit anything
    std::uint32_t first_heading_row = 0, last_heading_row = 0;
    std::vector<Column> columns;
  };
  std::string encoding, separator;  ///< of a text file
  std::vector<Sheet> sheets;        ///< none when the file could not be read
  ImportOutcome outcome;            ///< as a dry run
};

/// Looks at a file as `import_file` with Until::Check would read it. Nothing is stored. Throws FileError.
Inspection inspect_file(Workspace&, ImportRequest);
/// The same of a file that waits as a draft, with the answers that it has. A Problem: no such draft, a large file that has gone.
Result<Inspection> inspect_draft(Workspace&, const std::string& project, std::uint32_t draft);

/// The sheets, on a row each; what is said of the whole file are the table's facts.
Table inspected_sheets_table(const Inspection&);
/// The columns of those sheets, on a row each.
Table inspected_columns_table(const Inspection&);
/// What there is to say of it, each cause once with the number of places and the first of them; errors first.
Table inspected_causes_table(const Inspection&);

}  // namespace horisont
