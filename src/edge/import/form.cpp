#include "edge/import/form.h"

#include <algorithm>
#include <map>
#include <set>

#include "edge/import/job.h"
#include "edge/import/values.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::size_t fewest_labels = 4, fewest_values = 3, fewest_outside = 3, most_rows = 300, longest_label = 80;

constexpr std::string_view ticked_boxes[] = {"☒", "☑", "✓", "✔", "✗", "✘", "[x]", "[X]", "(x)", "(X)"};
constexpr std::string_view empty_boxes[] = {"☐", "□", "[ ]", "[]", "( )", "()"};

bool is_person(const std::string& key) {
  return key == "identity_number" || key == "participant" || key == "local_id" || key == "name" || key == "family_name" ||
         key == "staff_id";
}

bool is_cross(std::string_view text) {
  return text == "x" || text == "X" ||
         std::find(std::begin(ticked_boxes), std::end(ticked_boxes), text) != std::end(ticked_boxes);
}

// A text cut at its boxes.
struct Part {
  bool box = false, ticked = false;
  std::string text;
};
std::vector<Part> parts_of(const std::string& text) {
  std::vector<Part> parts;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    const auto begins = [&](std::string_view box) { return rest.starts_with(box); };
    const auto ticked = std::find_if(std::begin(ticked_boxes), std::end(ticked_boxes), begins);
    const auto empty = std::find_if(std::begin(empty_boxes), std::end(empty_boxes), begins);
    if (ticked != std::end(ticked_boxes)) {
      parts.push_back({true, true, {}}), at += ticked->size();
    } else if (empty != std::end(empty_boxes)) {
      parts.push_back({true, false, {}}), at += empty->size();
    } else {
      if (parts.empty() || parts.back().box) parts.push_back({});
      parts.back().text += text[at++];
    }
  }
  for (Part& part : parts) part.text = tidy(part.text).text;
  std::erase_if(parts, [](const Part& part) { return !part.box && part.text.empty(); });
  return parts;
}
bool has_box(const std::vector<Part>& parts) {
  return std::any_of(parts.begin(), parts.end(), [](const Part& part) { return part.box; });
}

// Short words that are values as often as headings.
bool names_relative(const std::string& key) {
  for (const char* word : {"mor", "far", "moder", "fader", "mother", "father", "make", "maka", "sambo"})
    if (key == word) return true;
  return false;
}
// A word over the fields of somebody who is near the person.
bool names_another(const std::string& key) {
  static constexpr std::string_view beginnings[] = {"vårdnadshavar", "anhörig", "mamma", "pappa", "närstående",   "förälder", "föräldrar", "målsman",
                                                    "godman",        "kontaktperson", "guardian", "nextofkin", "parent",   "relative",
                                                    "contactperson", "emergencycontact"};
  if (names_relative(key)) return true;
  if (key.ends_with("vårdnadshavare") || key.ends_with("kontaktperson")) return true;
  // "Vårdnadshavare 1", "Parents"; not "Parental leave".
  return std::any_of(std::begin(beginnings), std::end(beginnings), [&](std::string_view each) {
    return key.starts_with(each) && key.size() <= each.size() + 4 && !(each == "parent" && key.starts_with("parental"));
  });
}
// A line over the fields of somebody whose work the person is: "Handläggare på Arbetsförmedlingen", "Handledare". With a name
// beside it the word is a label, and what follows it is the person's own.
bool names_official(const std::string& key) {
  for (const char* word : {"handläggare", "handledare", "caseworker", "supervisor"})  // "Arbetsförmedlingens handläggare"
    if (key.ends_with(word)) return true;
  for (const char* word : {"skolalärare", "skola", "lärare", "klassföreståndare", "studievägledare", "schoolteacher", "school", "teacher"})
    if (key == word) return true;
  static constexpr std::string_view beginnings[] = {"handläggare", "handledare", "socialsekreterare", "arbetsgivare", "coach", "mentor", "rektor",
                                                    "studieochyrkesvägledare", "caseworker", "supervisor", "employer", "headteacher"};
  static constexpr std::string_view where[] = {"på", "hos", "vid", "från", "inom", "i", "at", "with", "from"};
  return std::any_of(std::begin(beginnings), std::end(beginnings), [&](std::string_view each) {
    if (!key.starts_with(each)) return false;
    const std::string_view rest = std::string_view(key).substr(each.size());
    return rest.size() <= 4 || std::any_of(std::begin(where), std::end(where), [&](std::string_view word) { return rest.starts_with(word); });
  });
}
// A line over what the person took part in before: its dates and results are not those of this time.
bool names_earlier(const std::string& key) {
  for (const std::string_view beginning : {"tidigareinsats", "tidigareprojekt", "tidigareplacering", "föregåendeinsats", "previousactivit", "previousproject", "earlieractivit", "earlierproject"})
    if (key.starts_with(beginning) && key.size() <= beginning.size() + 6) return true;
  return false;
}
bool is_address(const ImportField& field) { return field.type == FieldType::Email || field.type == FieldType::Phone; }
// What such people have too.
bool is_of_anybody(const ImportField& field) {
  return field.type == FieldType::Identity || field.type == FieldType::Email || field.type == FieldType::Phone ||
         field.key == "name" || field.key == "family_name" || field.key == "given_name" || field.key == "birth_date";
}

class Reader {
 public:
  Reader(const SheetView& sheet, const ImportSchema& schema, bool skip_hidden) : sheet_(sheet), schema_(schema) {
    std::size_t at = 0;
    for (const SheetRows::Row& row : sheet.rows.held) {
      const std::size_t index = at++;
      if (skip_hidden && (row.hidden || row.filtered)) continue;
      if (row.number > most_rows) break;
      if (row.hidden || row.filtered) hidden_.insert(row.number);
      auto& cells = rows_[row.number] = sheet.rows.cells(index);
      while (!cells.empty() && is_empty(cells.back())) cells.pop_back();
    }
  }

  Form read(const HeadingGuess& table) {
    find_known();
    Form form;
    form.values_below = below();
    form_ = &form;
    find_labels();
    for (FormLabel& label : form.labels) find_value(label);
    set_titles_aside();
    set_others_aside();
    find_unknown();
    judge(table);
    return form;
  }

 private:
  using Cell = std::pair<std::uint32_t, std::uint32_t>;  // row, column; from 1

  const CellView* cell(std::uint32_t row, std::uint32_t column) const {
    const auto found = rows_.find(row);
    if (found == rows_.end() || column == 0 || column > found->second.size() || is_empty(found->second[column - 1]))
      return nullptr;
    return &found->second[column - 1];
  }
  std::string text_at(const CellView& cell) const { return text_of_cell(cell, sheet_.date1904).text; }

  // The field of a text, to the letter; a number before it ("3. Startdatum") and what stands in brackets behind it are not its
  // name.
  int field_of(std::string text) const {
    const std::size_t first = text.find_first_not_of("0123456789");
    if (first != text.npos && first > 0 && first < 3 && (text[first] == '.' || text[first] == ')'))
      text = text.substr(first + 1);
    for (const std::string& name : {text, text.substr(0, text.find('('))}) {
      const std::string key = heading_key(name);
      if (key.empty() || schema_.not_read.contains(key)) continue;
      if (const auto found = schema_.by_heading.find(key); found != schema_.by_heading.end())
        return static_cast<int>(found->second);
      if (const auto found = schema_.by_plain.find(plain_key(key)); found != schema_.by_plain.end())
        return static_cast<int>(found->second);
    }
    return -1;
  }

  struct Known {
    std::string heading, rest;  // of "Namn: Åsa" the rest is Åsa
    int field = -1;
    bool colon = false;
  };
  Known known_of(const std::string& text) const {
    Known known;
    if (text.empty() || characters(text) > longest_label + 200) return known;
    const std::size_t colon = text.find(':');
    known.heading = tidy(text.substr(0, colon)).text, known.colon = colon != text.npos;
    if (characters(known.heading) > longest_label) return known;
    if (known.colon) known.rest = tidy(text.substr(colon + 1)).text;
    if (!has_box(parts_of(known.heading))) known.field = field_of(known.heading);  // "☒ Kvinna ☐ Man" is a value, whatever its words
    return known;
  }

  void find_known() {
    for (const auto& [row, cells] : rows_)
      for (std::uint32_t column = 1; column <= cells.size(); ++column) {
        const CellView& view = cells[column - 1];
        if (view.kind != CellView::Kind::Text || is_empty(view)) continue;
        Known known = known_of(text_at(view));
        if (known.field >= 0 || known.colon) texts_.emplace(Cell{row, column}, std::move(known));
      }
  }
  bool is_known(std::uint32_t row, std::uint32_t column) const {
    const auto found = texts_.find({row, column});
    return found != texts_.end() && found->second.field >= 0;
  }

  // Whether more of the known labels have their value below than beside them.
  bool below() const {
    std::size_t right = 0, under = 0;
    for (const auto& [at, known] : texts_) {
      if (known.field < 0 || !known.rest.empty()) continue;
      const auto& cells = rows_.at(at.first);
      std::uint32_t next = at.second + 1;
      while (next <= cells.size() && is_empty(cells[next - 1])) ++next;
      if (next <= cells.size() && !is_known(at.first, next)) ++right;
      if (cell(at.first + 1, at.second) && !is_known(at.first + 1, at.second)) ++under;
    }
    return under > right;
  }

  // A word that is a heading may be a value too ("Skola"): it is a label where labels stand, in their columns or rows.
  void find_labels() {
    std::map<std::uint32_t, std::size_t> in_line;
    const auto line = [&](const Cell& at) { return form_->values_below ? at.first : at.second; };
    for (const auto& [at, known] : texts_)
      if (known.field >= 0) in_line[line(at)] += known.colon ? 2 : 1;
    for (const auto& [at, known] : texts_) {
      if (known.field < 0 || answers_label(at, known)) continue;
      const bool first = form_->values_below ? !is_known(at.first - 1, at.second) : at.second == 1 || !is_known_to_the_left(at);
      if (in_line[line(at)] < 2 && !first) continue;
      FormLabel label{known.heading, heading_key(known.heading), known.field, at.first, at.second, 0, 0, {}, known.rest};
      form_->labels.push_back(std::move(label));
      lines_.insert(line(at)), used_.insert(at);
    }
  }
  // "AF" beside "Anvisad av": a word of the label's own list is its value, though it is a heading too.
  bool answers_label(const Cell& at, const Known& known) const {
    if (known.colon) return false;
    Cell before = at;
    if (form_->values_below)
      --before.first;
    else
      while (before.second > 1 && (before.second == at.second || !cell(before.first, before.second))) --before.second;
    const auto label = texts_.find(before);
    if (before == at || label == texts_.end() || label->second.field < 0 || !label->second.rest.empty()) return false;
    const ChoiceList* list = schema_.fields[static_cast<std::size_t>(label->second.field)].list;
    const std::string key = heading_key(known.heading);
    return list && (list->by_key.contains(key) || list->asked_keys.contains(key));
  }
  bool is_known_to_the_left(const Cell& at) const {
    for (std::uint32_t column = at.second; column-- > 1;)
      if (cell(at.first, column)) return is_known(at.first, column);
    return false;
  }

  // Another label ends what stands beside the one before it, whether its name is known or not.
  bool is_label(std::uint32_t row, std::uint32_t column) const {
    if (used_.contains({row, column})) return true;
    const auto found = texts_.find({row, column});
    return found != texts_.end() && found->second.colon && found->second.rest.empty();
  }

  void find_value(FormLabel& label) {
    if (!label.own.empty()) {
      label.value_row = label.row, label.value_column = label.column;
      if (auto parts = parts_of(label.own); has_box(parts)) take_ticked(label, with_cell(parts, {label.row, label.column}), label.own);
      return;
    }
    std::vector<Cell> beside;
    if (form_->values_below) {
      label.value_row = label.row + 1, label.value_column = label.column;
      if (cell(label.row + 1, label.column) && !is_label(label.row + 1, label.column))
        beside.push_back({label.row + 1, label.column});
    } else {
      label.value_row = label.row, label.value_column = label.column + 1;
      right_of(label.row, label.column, beside, false);
      // Choices may stand in several lines, the label at the first.
      if (!beside.empty() && has_boxes(beside))
        for (std::uint32_t row = label.row + 1; rows_.contains(row); ++row) {
          std::vector<Cell> more;
          if (cell(row, label.column) || !right_of(row, label.column, more, true)) break;
          beside.insert(beside.end(), more.begin(), more.end());
        }
    }
    if (beside.empty()) return;
    used_.insert(beside.front());
    const CellView& first = *cell(beside.front().first, beside.front().second);
    label.value_row = beside.front().first, label.value_column = beside.front().second;
    label.value = first;
    if (take_boxes(label, beside) || beside.size() < 2) return;
    if (take_crosses(label, beside) || take_crosses_below(label, beside)) return;
    look_at_several(label, beside);
  }

  // The cells to the right until the next label; whether there are any. Only those with boxes, where those are wanted.
  bool right_of(std::uint32_t row, std::uint32_t column, std::vector<Cell>& into, bool boxes) const {
    const auto found = rows_.find(row);
    if (found == rows_.end()) return false;
    for (std::uint32_t next = column + 1; next <= found->second.size() && !is_label(row, next); ++next)
      if (const CellView* view = cell(row, next))
        if (!boxes || has_box(parts_of(text_at(*view)))) into.push_back({row, next});
    return !into.empty();
  }
  bool has_boxes(const std::vector<Cell>& cells) const {
    return std::any_of(cells.begin(), cells.end(),
                       [&](const Cell& at) { return has_box(parts_of(text_at(*cell(at.first, at.second)))); });
  }

  using Placed = std::vector<std::pair<Part, Cell>>;
  static Placed with_cell(const std::vector<Part>& parts, const Cell& at) {
    Placed placed;
    for (const Part& part : parts) placed.emplace_back(part, at);
    return placed;
  }
  std::string all_of(const std::vector<Cell>& cells) const {
    std::string whole;
    for (const Cell& at : cells) whole += (whole.empty() ? "" : " ") + text_at(*cell(at.first, at.second));
    return whole;
  }

  // "☒ Ja ☐ Nej", in one cell or several. False when there are no boxes.
  bool take_boxes(FormLabel& label, const std::vector<Cell>& beside) {
    Placed parts;
    for (const Cell& at : beside)
      for (auto& part : with_cell(parts_of(text_at(*cell(at.first, at.second))), at)) parts.push_back(std::move(part));
    if (std::none_of(parts.begin(), parts.end(), [](const auto& part) { return part.first.box; })) return false;
    for (const auto& [part, at] : parts) used_.insert(at);
    take_ticked(label, parts, all_of(beside));
    return true;
  }

  // The words of the one box that is ticked. A line that begins with a box has its boxes before the words, one that ends with a
  // box behind them; of any other nobody can tell.
  void take_ticked(FormLabel& label, const Placed& parts, const std::string& whole) {
    const auto ticked = std::count_if(parts.begin(), parts.end(), [](const auto& part) { return part.first.ticked; });
    label.own.clear();
    if (ticked == 0) return void(label.value = {});
    label.own = whole;
    const bool begins = parts.front().first.box, ends = parts.back().first.box;
    if (ticked > 1) return void(label.problem = "form.two-ticked");
    if (begins == ends) {
      if (parts.size() > 1) label.problem = "form.box-unclear";  // a box alone is as it is written
      return;
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (!parts[i].first.ticked) continue;
      const std::size_t words = begins ? i + 1 : i - 1;
      if (words >= parts.size() || parts[words].first.box) return void(label.problem = "form.box-unclear");
      label.own = parts[words].first.text, label.value_row = parts[i].second.first, label.value_column = parts[i].second.second;
    }
  }

  // A cross in the cell before or behind the words of its choice: which of them, the first cell tells. False: no cross.
  bool take_crosses(FormLabel& label, const std::vector<Cell>& beside) {
    std::vector<std::size_t> crosses;
    for (std::size_t i = 0; i < beside.size(); ++i)
      if (is_cross(text_at(*cell(beside[i].first, beside[i].second)))) crosses.push_back(i);
    if (crosses.empty()) return false;
    for (const Cell& at : beside) used_.insert(at);
    const bool before = crosses.front() == 0, beside_label = beside.front().second == label.column + 1;
    label.own = all_of(beside);
    if (crosses.size() > 1) return label.problem = "form.two-ticked", true;
    label.problem = "form.box-unclear";
    if (!(before || beside_label)) return true;
    const Cell mark = beside[crosses.front()];
    const CellView* words = cell(mark.first, before ? mark.second + 1 : mark.second - 1);
    const bool its =
        std::find(beside.begin(), beside.end(), Cell{mark.first, before ? mark.second + 1 : mark.second - 1}) != beside.end();
    if (!words || !its) return true;
    label.own = text_at(*words), label.value_row = mark.first, label.value_column = mark.second, label.problem.clear();
    return true;
  }

  // Crosses in the row below the choices, each under its own. False when there are none.
  bool take_crosses_below(FormLabel& label, const std::vector<Cell>& beside) {
    const std::uint32_t row = beside.front().first + 1;
    const auto below = rows_.find(row);
    if (form_->values_below || below == rows_.end() || cell(row, label.column)) return false;
    std::vector<Cell> crosses;
    for (const Cell& at : beside)
      if (const CellView* mark = cell(row, at.second)) {
        if (!is_cross(text_at(*mark))) return false;
        crosses.push_back({row, at.second});
      }
    if (crosses.empty()) return false;
    for (const Cell& at : beside) used_.insert(at);
    for (const Cell& at : crosses) used_.insert(at);
    label.own = all_of(beside);
    if (crosses.size() > 1) return label.problem = "form.two-ticked", true;
    label.own = text_at(*cell(row - 1, crosses.front().second));
    label.value_row = row, label.value_column = crosses.front().second;
    return true;
  }

  // Several cells beside a label without a mark: choices of which none is ticked, or two values where there can be one.
  void look_at_several(FormLabel& label, const std::vector<Cell>& beside) {
    const ImportField& field = schema_.fields[static_cast<std::size_t>(label.field)];
    const auto fits = [&](const Cell& at) {
      const CellView& view = *cell(at.first, at.second);
      const std::string text = text_at(view);
      switch (field.type) {
        case FieldType::Date: {
          const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
          return view.kind == CellView::Kind::Date || (digits >= 4 && digits <= 8 && text.size() <= 20);
        }
        case FieldType::YesNo:
        case FieldType::YesNoUnknown:
        case FieldType::YesNoUndisclosed:
          return yes_or_no(text, {}) != -2;
        case FieldType::Choice:
          return field.list && field.list->by_key.contains(heading_key(text));
        default:
          return false;
      }
    };
    if (std::count_if(beside.begin(), beside.end(), fits) < 2) return;
    for (const Cell& at : beside) used_.insert(at);
    if (field.type != FieldType::Date) return void(label.value = {});  // nothing is ticked
    label.own = all_of(beside), label.problem = "form.two-values";
  }

  // "Deltagare" over a form in which "Namn" has the name is a title.
  void set_titles_aside() {
    std::set<int> written;
    for (const FormLabel& label : form_->labels)
      if (label.written()) written.insert(label.field);
    std::erase_if(form_->labels, [&](const FormLabel& label) {
      const bool title = !label.written() && written.contains(label.field);
      if (title) used_.erase({label.row, label.column});
      return title;
    });
  }

  // The nearest sub-heading above a label, at its column or to the left: one that names somebody else holds until the next one.
  void set_others_aside() {
    struct Section {
      std::string text;      // of those that are of somebody or something else; empty: of the others
      bool earlier = false;  // nothing below it is of this time
    };
    std::map<Cell, Section> sections;
    // Nothing stands in the row but sub-headings.
    const auto alone = [&](const std::vector<CellView>& cells) {
      return std::count_if(cells.begin(), cells.end(), [&](const CellView& view) {
               const std::string key = is_empty(view) ? std::string() : heading_key(text_at(view));
               return !is_empty(view) && (!names_another(key) || names_relative(key));
             }) == 1;
    };
    for (const auto& [row, cells] : rows_)
      for (std::uint32_t column = 1; column <= cells.size(); ++column) {
        const CellView& view = cells[column - 1];
        if (view.kind != CellView::Kind::Text || is_empty(view) || used_.contains({row, column})) continue;
        const std::string text = tidy(text_at(view)).text, key = heading_key(text);
        if (characters(text) > longest_label) continue;
        const bool heads = alone(cells) && text.back() != ':';
        if (alone(cells) && names_earlier(key))
          sections[{row, column}] = {text, true};
        else if ((names_another(key) && !(names_relative(key) && cell(row, column - 1))) || (heads && names_official(key)))
          sections[{row, column}] = {text, false};
        else if (heads)
          sections[{row, column}] = {};
      }
    for (FormLabel& label : form_->labels) {
      const ImportField& field = schema_.fields[static_cast<std::size_t>(label.field)];
      const Section* nearest = nullptr;
      Cell at{0, 0};
      for (const auto& [where, section] : sections)
        if (where.first < label.row && where.second <= label.column && where >= at) at = where, nearest = &section;
      if (nearest && !nearest->text.empty() && (nearest->earlier || is_of_anybody(field)))
        label.under = nearest->text;
      else if (is_address(field) && !form_->values_below)
        label.under = somebody_before(label);
    }
    for (FormLabel& label : form_->labels)
      if (!label.under.empty()) label.field = -1;
  }
  // "Handläggare: Berg, Lisa" with a telephone beside it or right below: most likely hers. The label that names somebody else, or
  // nothing. What is not an address ends it.
  std::string somebody_before(const FormLabel& label) const {
    const auto names = [&](std::uint32_t row, std::uint32_t column) -> std::string {
      const CellView* view = cell(row, column);
      if (!view || view->kind != CellView::Kind::Text || used_.contains({row, column})) return {};
      const std::string text = tidy(text_at(*view)).text, said = text.substr(0, text.find(':')), key = heading_key(said);
      return characters(said) <= longest_label && (names_another(key) || names_official(key)) ? said : std::string();
    };
    const auto label_at = [&](std::uint32_t row, std::uint32_t column) -> const FormLabel* {
      for (const FormLabel& one : form_->labels)
        if (one.row == row && one.column == column) return &one;
      return nullptr;
    };
    for (std::uint32_t column = label.column; column-- > 1;) {
      if (const std::string said = names(label.row, column); !said.empty()) return said;
      if (label_at(label.row, column)) break;
    }
    for (std::uint32_t row = label.row; row-- > 1;) {
      if (const std::string said = names(row, label.column); !said.empty()) return said;
      const FormLabel* above = label_at(row, label.column);
      if (!above || !is_address(schema_.fields[static_cast<std::size_t>(above->field)])) break;
    }
    return {};
  }

  // Labels that no field is known by: told, so that nobody believes that they are read.
  void find_unknown() {
    for (const auto& [row, cells] : rows_)
      for (std::uint32_t column = 1; column <= cells.size(); ++column) {
        if (is_empty(cells[column - 1]) || used_.contains({row, column})) continue;
        const bool text = cells[column - 1].kind == CellView::Kind::Text;
        const auto found = texts_.find({row, column});
        const bool colon = found != texts_.end() && found->second.colon;
        const bool among_labels = lines_.contains(form_->values_below ? row : column);
        const CellView* beside = form_->values_below ? cell(row + 1, column) : cell(row, column + 1);
        const Cell its = form_->values_below ? Cell{row + 1, column} : Cell{row, column + 1};
        const bool has_value = beside && !used_.contains(its) && !is_label(its.first, its.second);
        const bool known = found != texts_.end() && found->second.field >= 0;
        if (text && ((colon && (found->second.rest.empty() || among_labels)) || ((known || among_labels) && has_value))) {
          FormLabel label;
          label.heading = colon ? found->second.heading : text_at(cells[column - 1]);
          label.key = heading_key(label.heading);
          label.row = row, label.column = column, label.value_row = its.first, label.value_column = its.second;
          if (label.key.empty()) continue;
          used_.insert({row, column});
          if (has_value) used_.insert(its);
          form_->labels.push_back(std::move(label));
          continue;
        }
        ++form_->other_texts;
      }
    std::stable_sort(form_->labels.begin(), form_->labels.end(), [](const FormLabel& a, const FormLabel& b) {
      return std::pair(a.row, a.column) < std::pair(b.row, b.column);
    });
  }

  void judge(const HeadingGuess& table) {
    std::set<int> fields;
    std::size_t with_value = 0, outside = 0;
    const auto of_table =
        std::count_if(table.columns.begin(), table.columns.end(), [](const ColumnPlan& column) { return column.field >= 0; });
    bool person = false;
    std::set<std::uint32_t> hidden;
    for (const FormLabel& label : form_->labels) {
      if (label.field < 0) continue;
      for (const std::uint32_t row : {label.row, label.value_row})
        if (hidden_.contains(row)) hidden.insert(row);
      if (!fields.insert(label.field).second) continue;
      with_value += label.written();
      outside += !table.accepted || label.row < table.first_row || label.row > table.last_row;
      person |= is_person(schema_.fields[static_cast<std::size_t>(label.field)].key);
    }
    form_->hidden_rows = static_cast<std::uint32_t>(hidden.size());
    if (has_more_below()) person = false;
    form_->recognised = person && fields.size() >= fewest_labels && with_value >= fewest_values && outside >= fewest_outside &&
                        (!table.accepted || outside > static_cast<std::size_t>(of_table));
    if (form_->recognised && stands_turned()) form_->recognised = false, form_->turned = true;
  }
  // Values below their labels, and below them more of the same: the rows of a table.
  bool has_more_below() const {
    if (!form_->values_below) return false;
    return std::any_of(form_->labels.begin(), form_->labels.end(), [&](const FormLabel& label) {
      if (label.field < 0 || !is_person(schema_.fields[static_cast<std::size_t>(label.field)].key) || label.value_row == label.row) return false;
      const Cell further{label.value_row + 1, label.column};
      const CellView* below = cell(further.first, further.second);
      return label.written() && below && !is_empty(*below) && !used_.contains(further) && !is_label(further.first, further.second);
    });
  }
  // A second person beside the first: a number beside a number, or names beside a name with values of their own below them.
  bool stands_turned() const {
    if (form_->values_below) return false;
    const auto beside = [&](const FormLabel& label) -> const CellView* {
      const Cell next{label.value_row, label.value_column + 1};
      const CellView* found = label.value_row == label.row && label.value_column > label.column ? cell(next.first, next.second) : nullptr;
      return found && !is_empty(*found) && !is_label(next.first, next.second) ? found : nullptr;
    };
    bool second_name = false;
    std::size_t further = 0;
    for (const FormLabel& label : form_->labels) {
      if (label.field < 0) continue;
      const std::string& key = schema_.fields[static_cast<std::size_t>(label.field)].key;
      const CellView* next = beside(label);
      if (!next) continue;
      const std::string text = text_at(*next);
      const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
      if (key == "identity_number" && (digits == 10 || digits == 12)) return true;
      if (is_person(key)) second_name = true;
      else ++further;
    }
    return second_name && further >= 2;
  }

  const SheetView& sheet_;
  const ImportSchema& schema_;
  std::map<std::uint32_t, std::vector<CellView>> rows_;
  std::set<std::uint32_t> hidden_;
  std::map<Cell, Known> texts_;    // known labels, and what has a colon
  std::set<std::uint32_t> lines_;  // columns of labels; rows where the values stand below
  std::set<Cell> used_;            // labels and values
  Form* form_ = nullptr;
};

}  // namespace

Form find_form(const SheetView& sheet, const ImportSchema& schema, const HeadingGuess& table, bool skip_hidden) {
  return Reader(sheet, schema, skip_hidden).read(table);
}

HeadingGuess as_heading(const Form& form, const ImportSchema& schema) {
  HeadingGuess guess;
  guess.kind = schema.kind;
  guess.accepted = form.recognised;
  guess.first_row = guess.last_row = row_of(form, schema) - 1;
  std::map<int, std::size_t> taken;
  for (const FormLabel& label : form.labels) {
    ColumnPlan column;
    column.heading = label.heading, column.key = label.key, column.field = label.field, column.told = !label.under.empty();
    const std::size_t here = guess.columns.size();
    if (label.field >= 0) {
      const auto [first, fresh] = taken.emplace(label.field, here);
      const Need need = schema.fields[static_cast<std::size_t>(label.field)].need;
      if (fresh)
        guess.points += need == Need::Must || need == Need::OneOf ? 6 : 4;
      else
        guess.twice.emplace_back(first->second, here), column.field = -1;
    }
    guess.columns.push_back(std::move(column));
  }
  return guess;
}

std::uint32_t row_of(const Form& form, const ImportSchema& schema) {
  const FormLabel* found = nullptr;
  for (const std::string_view key : {"identity_number", "participant", "local_id", "staff_id", "name", "family_name"})
    for (const FormLabel& label : form.labels)
      if (!found && label.field >= 0 && schema.fields[static_cast<std::size_t>(label.field)].key == key) found = &label;
  return found ? found->value_row : form.labels.empty() ? 1 : form.labels.front().value_row;
}

}  // namespace horisont
