#pragma once

#include <string>
#include <vector>

#include "edge/import/heading.h"
#include "edge/import/schemas.h"
#include "edge/spreadsheet/spreadsheet.h"

namespace horisont {

/// A label of a form and the cell that holds its value, or would.
struct FormLabel {
  std::string heading;                            ///< as written, without the colon
  std::string key;                                ///< normal form
  int field = -1;                                 ///< index into the schema's fields; -1: no field is known by that name
  std::uint32_t row = 0, column = 0;              ///< of the label
  std::uint32_t value_row = 0, value_column = 0;  ///< of the value; the label's own cell for "Namn: Åsa"
  CellView value;                                 ///< as the file holds it; views into the workbook
  std::string own;  ///< what stands beside the label where it is not one whole cell: what a tick says, the rest of "Namn: Åsa"
  std::string problem;  ///< the code of what is unclear about its boxes or values; the value is then all that stands there
  std::string under;    ///< the sub-heading that makes it somebody else's: a guardian, a relative
  bool written() const { return !own.empty() || value.kind != CellView::Kind::Empty; }
};

/// A sheet that is about one person: labels, each with its value to the right of it or below it (intake, section 4).
///
/// Recognised only when four known labels stand in it at least, three of them with a value, one of them naming somebody, and
/// three of them outside the rows of what could be a table's heading, and more than that has. A label is a text that is a
/// heading of the schema, to the letter; in a column of labels also one that ends with a colon or has a value. Without a value it
/// is a title where another label has its field.
///
/// Of boxes (☒ Ja ☐ Nej) or crosses beside the choices, or below them, the ticked one is the value when it is one; none ticked is
/// no value. Whether boxes stand before or behind their words the whole line tells: one that begins with a box and ends with a
/// word, or the other way round. What is not clear is a problem ("form.two-ticked", "form.box-unclear"), as are two dates beside
/// one label ("form.two-values"). Names, numbers and addresses under a sub-heading such as "Vårdnadshavare" are not the person's.
struct Form {
  bool recognised = false, values_below = false;
  bool turned = false;  ///< it would be one, but further people stand beside the first, in columns of their own
  std::vector<FormLabel> labels;  ///< by row and column
  std::uint32_t other_texts = 0;  ///< cells that are neither label nor value: titles, advice
  std::uint32_t hidden_rows = 0;  ///< among those with a label or its value
};
/// `table` is what the rows would be as a table. With `skip_hidden` hidden rows are not looked at.
Form find_form(const SheetView&, const ImportSchema&, const HeadingGuess& table, bool skip_hidden);

/// The form as the heading of a table of one row: a column for each label.
HeadingGuess as_heading(const Form&, const ImportSchema&);

/// The number of the row that stands for the whole form: that of the value that names somebody.
std::uint32_t row_of(const Form&, const ImportSchema&);

}  // namespace horisont
