// The user's own workbook with its problems marked: the package is edited part by part, so that everything else in it stays
// as the user has it.

#include "edge/xlsx/mark_up.h"

#include <algorithm>
#include <cstring>
#include <set>

#include "edge/xlsx/book.h"
#include "edge/xlsx/package.h"

namespace horisont {
namespace {

// The attribute r:id, with its name space where no element around declares it: some programs declare it on each element that needs it.
void relate_by(pugi::xml_node node, const std::string& id) {
  bool declared = false;
  for (pugi::xml_node around = node; around; around = around.parent()) declared = declared || around.attribute("xmlns:r");
  if (!declared) node.append_attribute("xmlns:r") = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  node.append_attribute("r:id") = id.c_str();
}

constexpr const char* content = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

// The row and the cell of an address, made in their places when they are not there. Rows and cells without `r` follow the one
// before them.
pugi::xml_node cell_at(pugi::xml_node data, const std::string& name) {
  const Address wanted = address_of(name);
  pugi::xml_node row, after;
  unsigned number = 0;
  for (pugi::xml_node each : data.children("row")) {
    number = each.attribute("r") ? each.attribute("r").as_uint() : number + 1;
    if (number == wanted.row) row = each;
    if (number < wanted.row) after = each;
    if (number >= wanted.row) break;
  }
  if (!row) {
    row = after ? data.insert_child_after("row", after) : data.prepend_child("row");
    row.append_attribute("r") = wanted.row;
  }
  pugi::xml_node before;
  unsigned column = 0;
  for (pugi::xml_node cell : row.children("c")) {
    column = cell.attribute("r") ? address_of(cell.attribute("r").value()).column : column + 1;
    if (column == wanted.column) return cell;
    if (column < wanted.column) before = cell;
    if (column > wanted.column) break;
  }
  pugi::xml_node cell = before ? row.insert_child_after("c", before) : row.prepend_child("c");
  cell.append_attribute("r") = name.c_str();
  return cell;
}

pugi::xml_node child_made(pugi::xml_node parent, const char* name, std::initializer_list<const char*> before) {
  if (const pugi::xml_node known = parent.child(name)) return known;
  pugi::xml_node after;
  for (const pugi::xml_node child : parent.children())
    if (std::any_of(before.begin(), before.end(), [&](const char* one) { return std::strcmp(one, child.name()) == 0; }))
      after = child;
  return after ? parent.insert_child_after(name, after) : parent.prepend_child(name);
}

void count_again(pugi::xml_node list) {
  unsigned count = 0;
  for (const pugi::xml_node child : list.children())
    if (child.type() == pugi::node_element) ++count;
  if (!list.attribute("count")) list.append_attribute("count");
  list.attribute("count") = count;
}
unsigned elements(pugi::xml_node list) {
  unsigned count = 0;
  for (const pugi::xml_node child : list.children()) count += child.type() == pugi::node_element;
  return count;
}

// Copies of cell styles with a fill and a border; appended, never renumbered.
class Styles {
 public:
  Styles(Package& package, const std::string& part) : root_(package.root(part, "styleSheet")) {}

  unsigned marked(unsigned style, bool error) {
    const auto [known, fresh] = made_.try_emplace({style, error}, 0);
    if (!fresh) return known->second;
    pugi::xml_node formats = root_.child("cellXfs");
    if (!formats) throw Unsafe{"styles"};
    unsigned at = 0;
    pugi::xml_node original;
    for (const pugi::xml_node format : formats.children("xf"))
      if (at++ == style) original = format;
    pugi::xml_node copy = original ? formats.append_copy(original) : formats.append_child("xf");
    const auto put = [&](const char* name, unsigned value) {
      if (!copy.attribute(name)) copy.append_attribute(name);
      copy.attribute(name) = value;
    };
    put("fillId", fill(error));
    put("borderId", border(error));
    put("applyFill", 1);
    put("applyBorder", 1);
    count_again(formats);
    return known->second = elements(formats) - 1;
  }
  // For the sheet of problems: a bold heading and text that wraps.
  unsigned plain(bool bold, bool wrap) {
    pugi::xml_node formats = root_.child("cellXfs");
    if (!formats) throw Unsafe{"styles"};
    pugi::xml_node format = formats.append_child("xf");
    for (const char* name : {"numFmtId", "fontId", "fillId", "borderId"}) format.append_attribute(name) = 0u;
    if (bold) {
      pugi::xml_node fonts = child_made(root_, "fonts", {"numFmts"});
      const pugi::xml_node first = fonts.child("font");
      pugi::xml_node font = first ? fonts.append_copy(first) : fonts.append_child("font");
      if (!font.child("b")) font.prepend_child("b");
      count_again(fonts);
      format.attribute("fontId") = elements(fonts) - 1;
      format.append_attribute("applyFont") = 1u;
    }
    if (wrap) {
      format.append_attribute("applyAlignment") = 1u;
      pugi::xml_node alignment = format.append_child("alignment");
      alignment.append_attribute("vertical") = "top";
      alignment.append_attribute("wrapText") = 1u;
    }
    count_again(formats);
    return elements(formats) - 1;
  }

 private:
  unsigned fill(bool error) {
    auto& id = fills_[error];
    if (id) return id;
    pugi::xml_node fills = child_made(root_, "fills", {"numFmts", "fonts"});
    pugi::xml_node pattern = fills.append_child("fill").append_child("patternFill");
    pattern.append_attribute("patternType") = "solid";
    pattern.append_child("fgColor").append_attribute("rgb") = error ? "FFFDE8E8" : "FFFFF4D6";
    pattern.append_child("bgColor").append_attribute("indexed") = 64u;
    count_again(fills);
    return id = elements(fills) - 1;
  }
  unsigned border(bool error) {
    auto& id = borders_[error];
    if (id) return id;
    pugi::xml_node borders = child_made(root_, "borders", {"numFmts", "fonts", "fills"});
    pugi::xml_node border = borders.append_child("border");
    for (const char* side : {"left", "right", "top", "bottom"}) {
      pugi::xml_node edge = border.append_child(side);
      edge.append_attribute("style") = "medium";
      edge.append_child("color").append_attribute("rgb") = error ? "FFB3261E" : "FF8A6100";
    }
    border.append_child("diagonal");
    count_again(borders);
    return id = elements(borders) - 1;
  }
  pugi::xml_node root_;
  std::map<std::pair<unsigned, bool>, unsigned> made_;
  unsigned fills_[2] = {}, borders_[2] = {};
};

// What Excel needs to draw a comment's box: one shape for each.
std::string drawing_of(const std::vector<std::pair<Address, std::string>>& comments) {
  std::string out =
      "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
      "xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/>"
      "</o:shapelayout><v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" "
      "path=\"m,l,21600r21600,l21600,xe\">"
      "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";
  int shape = 1024;
  for (const auto& [address, text] : comments) {
    const std::string row = std::to_string(address.row - 1), column = std::to_string(address.column - 1);
    const std::string from = std::to_string(address.column), to = std::to_string(address.column + 3);
    const std::string top = std::to_string(address.row > 1 ? address.row - 2 : 0), bottom = std::to_string(address.row + 4);
    out +=
        "<v:shape id=\"_x0000_s" + std::to_string(++shape) +
        "\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:80pt;margin-top:5pt;width:240pt;height:90pt;z-index:1;"
        "visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" "
        "color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox><div style=\"text-align:left\"></div>"
        "</v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>" +
        from + ", 15, " + top + ", 4, " + to + ", 60, " + bottom + ", 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>" + row +
        "</x:Row><x:Column>" + column + "</x:Column></x:ClientData></v:shape>";
  }
  return out + "</xml>";
}

struct Sheet {
  std::string name, part;
};

void mark_sheet(Package& package, Styles& styles, const Sheet& sheet, const std::vector<const Mark*>& marks) {
  pugi::xml_node root = package.root(sheet.part, "worksheet");
  pugi::xml_node data = root.child("sheetData");
  if (!data) throw Unsafe{sheet.part};
  // Several problems of one cell share its mark and its comment.
  std::map<std::pair<unsigned, unsigned>, std::pair<bool, std::string>> cells;
  std::map<std::pair<unsigned, unsigned>, std::string> names;
  for (const Mark* mark : marks) {
    const Address at = address_of(mark->cell);
    if (at.column == 0 || at.row == 0 || at.column > 16'384 || at.row > 1'048'576) continue;
    auto& [error, text] = cells[{at.row, at.column}];
    names[{at.row, at.column}] = mark->cell;
    error = error || mark->error;
    text += (text.empty() ? "" : "\n\n") + mark->level + " " + mark->id + ": " + mark->what;
    if (!mark->advice.empty()) text += "\n" + mark->advice;
  }
  if (cells.empty()) return;
  const bool may_comment = !root.child("legacyDrawing");
  std::vector<std::pair<Address, std::string>> comments;
  for (const auto& [place, content_of] : cells) {
    pugi::xml_node cell = cell_at(data, names[place]);
    if (!cell.attribute("s")) cell.append_attribute("s");
    cell.attribute("s") = styles.marked(cell.attribute("s").as_uint(), content_of.first);
    comments.emplace_back(Address{place.second, place.first}, cell_text(content_of.second, 2'000));
  }
  // The stated extent of the sheet may be too small now; it is only a hint, and better absent than wrong.
  root.remove_child("dimension");
  if (!may_comment) return;
  const std::string comments_part = package.free_name(
      folder_of(folder_of(sheet.part).substr(0, folder_of(sheet.part).size() - 1)) + "commentsHorisont", ".xml");
  pugi::xml_node list = package.made(comments_part, "comments", "http://schemas.openxmlformats.org/spreadsheetml/2006/main");
  list.append_child("authors").append_child("author").text() = "Horisont";
  pugi::xml_node all = list.append_child("commentList");
  for (const auto& [at, text] : comments) {
    pugi::xml_node comment = all.append_child("comment");
    comment.append_attribute("ref") = names[{at.row, at.column}].c_str();
    comment.append_attribute("authorId") = 0u;
    pugi::xml_node t = comment.append_child("text").append_child("r").append_child("t");
    t.append_attribute("xml:space") = "preserve";
    t.text() = text.c_str();
  }
  package.content_type(comments_part, std::string(content) + "comments+xml");
  const std::string drawing = package.free_name(folder_of(comments_part) + "drawings/vmlHorisont", ".vml");
  package.text_part(drawing, drawing_of(comments));
  package.default_type("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing");
  package.relate(sheet.part, std::string(relations) + "comments", "/" + comments_part);
  const std::string id = package.relate(sheet.part, std::string(relations) + "vmlDrawing", "/" + drawing);
  // The order of a worksheet's children is fixed; what may stand before legacyDrawing:
  pugi::xml_node legacy =
      child_made(root, "legacyDrawing", {"sheetPr",          "sheetViews",   "sheetFormatPr",   "cols",
                                         "sheetData",        "sheetCalcPr",  "sheetProtection", "protectedRanges",
                                         "scenarios",        "autoFilter",   "sortState",       "dataConsolidate",
                                         "customSheetViews", "mergeCells",   "phoneticPr",      "conditionalFormatting",
                                         "dataValidations",  "hyperlinks",   "printOptions",    "pageMargins",
                                         "pageSetup",        "headerFooter", "rowBreaks",       "colBreaks",
                                         "customProperties", "cellWatches",  "ignoredErrors",   "smartTags",
                                         "drawing"});
  relate_by(legacy, id);
}

void add_text_cell(pugi::xml_node row, const std::string& name, const std::string& text, unsigned style) {
  pugi::xml_node cell = row.append_child("c");
  cell.append_attribute("r") = name.c_str();
  cell.append_attribute("s") = style;
  cell.append_attribute("t") = "inlineStr";
  pugi::xml_node t = cell.append_child("is").append_child("t");
  t.append_attribute("xml:space") = "preserve";
  t.text() = cell_text(text).c_str();
}

std::string quoted_sheet(const std::string& name) {
  std::string out = "'";
  for (const char c : name) out += c == '\'' ? "''" : std::string(1, c);
  return out + "'";
}

void list_problems(Package& package, Styles& styles, const std::string& part, std::vector<const Mark*> marks,
                   const MarkUpWords& words, const std::vector<Sheet>& sheets) {
  std::stable_sort(marks.begin(), marks.end(),
                   [](const Mark* a, const Mark* b) { return a->error != b->error ? a->error : a->cause < b->cause; });
  pugi::xml_node root = package.made(part, "worksheet", "http://schemas.openxmlformats.org/spreadsheetml/2006/main");
  root.append_attribute("xmlns:r") = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  pugi::xml_node page = root.append_child("sheetPr").append_child("pageSetUpPr");
  page.append_attribute("fitToPage") = 1u;
  pugi::xml_node view = root.append_child("sheetViews").append_child("sheetView");
  view.append_attribute("tabSelected") = 1u;
  view.append_attribute("workbookViewId") = 0u;
  pugi::xml_node pane = view.append_child("pane");
  pane.append_attribute("ySplit") = 3u;
  pane.append_attribute("topLeftCell") = "A4";
  pane.append_attribute("activePane") = "bottomLeft";
  pane.append_attribute("state") = "frozen";
  pugi::xml_node columns = root.append_child("cols");
  const double widths[] = {10, 9, 18, 8, 20, 18, 48, 56};
  for (unsigned i = 0; i < 8; ++i) {
    pugi::xml_node column = columns.append_child("col");
    column.append_attribute("min") = i + 1, column.append_attribute("max") = i + 1;
    column.append_attribute("width") = widths[i], column.append_attribute("customWidth") = 1u;
  }
  const unsigned bold = styles.plain(true, false), wrap = styles.plain(false, true);
  pugi::xml_node data = root.append_child("sheetData");
  pugi::xml_node links;
  std::vector<std::pair<std::string, std::string>> linked;
  unsigned number = 1;
  const auto row_of = [&](const std::vector<std::string>& texts, unsigned style) {
    pugi::xml_node row = data.append_child("row");
    row.append_attribute("r") = number;
    for (std::size_t i = 0; i < texts.size(); ++i)
      if (!texts[i].empty())
        add_text_cell(row, std::string(1, static_cast<char>('A' + i)) + std::to_string(number), texts[i], style);
    ++number;
  };
  row_of({words.title}, bold);
  ++number;
  row_of(words.headings, bold);
  for (const Mark* mark : marks) {
    const bool here = std::any_of(sheets.begin(), sheets.end(), [&](const Sheet& sheet) { return sheet.name == mark->sheet; });
    if (here && address_of(mark->cell).column != 0)
      linked.emplace_back("D" + std::to_string(number), quoted_sheet(mark->sheet) + "!" + mark->cell);
    row_of({mark->id, mark->level, mark->sheet, mark->cell, mark->heading, mark->given, mark->what, mark->advice}, wrap);
  }
  if (!linked.empty()) {
    links = root.append_child("hyperlinks");
    for (const auto& [ref, location] : linked) {
      pugi::xml_node link = links.append_child("hyperlink");
      link.append_attribute("ref") = ref.c_str();
      link.append_attribute("location") = location.c_str();
    }
  }
  pugi::xml_node setup = root.append_child("pageSetup");
  setup.append_attribute("paperSize") = 9u;
  setup.append_attribute("orientation") = "landscape";
  setup.append_attribute("fitToHeight") = 0u;
}

void set_properties(Package& package, const std::string& id, const std::string& sha256) {
  constexpr const char* part = "docProps/custom.xml";
  const bool there = package.has(part);
  pugi::xml_node root =
      there ? package.root(part, "Properties")
            : package.made(part, "Properties", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties");
  if (!there) {
    root.append_attribute("xmlns:vt") = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes";
    package.content_type(part, "application/vnd.openxmlformats-officedocument.custom-properties+xml");
    pugi::xml_node relation = package.root("_rels/.rels", "Relationships").append_child("Relationship");
    relation.append_attribute("Id") = "rIdHorisontProperties";
    relation.append_attribute("Type") = (std::string(relations) + "custom-properties").c_str();
    relation.append_attribute("Target") = part;
  }
  unsigned pid = 1;
  std::vector<pugi::xml_node> old;
  for (const pugi::xml_node property : root.children("property")) {
    pid = std::max(pid, property.attribute("pid").as_uint());
    const std::string_view name = property.attribute("name").value();
    if (name == "horisont.marked_up" || name == "horisont.source") old.push_back(property);
  }
  for (const pugi::xml_node property : old) root.remove_child(property);
  for (const auto& [name, value] : {std::pair("horisont.marked_up", id), std::pair("horisont.source", sha256)}) {
    pugi::xml_node property = root.append_child("property");
    property.append_attribute("fmtid") = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";
    property.append_attribute("pid") = ++pid;
    property.append_attribute("name") = name;
    property.append_child("vt:lpwstr").text() = value.c_str();
  }
}

std::map<std::string, std::string> edited(Package& package, const std::vector<Mark>& marks, const MarkUpWords& words,
                                          const std::string& id, const std::string& sha256) {
  std::string workbook_part = "xl/workbook.xml";
  for (const pugi::xml_node relation : package.root("_rels/.rels", "Relationships").children())
    if (std::string_view(relation.attribute("Type").value()).ends_with("/officeDocument"))
      workbook_part = target_of("", relation.attribute("Target").value());
  pugi::xml_node workbook = package.root(workbook_part, "workbook");
  if (workbook.child("workbookProtection").attribute("lockStructure").as_bool()) throw Unsafe{"workbookProtection"};
  for (const pugi::xml_node relation : package.root("_rels/.rels", "Relationships").children())
    if (std::string_view(relation.attribute("Type").value()).find("digital-signature") != std::string_view::npos)
      throw Unsafe{"signature"};
  std::map<std::string, std::string> targets;
  std::string styles_part;
  for (const pugi::xml_node relation : package.root(relations_of(workbook_part), "Relationships").children()) {
    const std::string target = target_of(workbook_part, relation.attribute("Target").value());
    targets[relation.attribute("Id").value()] = target;
    if (std::string_view(relation.attribute("Type").value()).ends_with("/styles")) styles_part = target;
  }
  if (styles_part.empty()) throw Unsafe{"styles"};
  pugi::xml_node list = workbook.child("sheets");
  if (!list) throw Unsafe{workbook_part};
  std::vector<Sheet> sheets;
  unsigned last_id = 0;
  std::set<std::string> names;
  for (const pugi::xml_node sheet : list.children("sheet")) {
    sheets.push_back({sheet.attribute("name").value(), targets[sheet.attribute("r:id").value()]});
    names.insert(sheets.back().name);
    last_id = std::max(last_id, sheet.attribute("sheetId").as_uint());
    if (!sheet.attribute("r:id")) throw Unsafe{workbook_part};
  }
  Styles styles(package, styles_part);
  std::vector<const Mark*> all;
  for (const Mark& mark : marks) all.push_back(&mark);
  for (const Sheet& sheet : sheets) {
    std::vector<const Mark*> here;
    for (const Mark* mark : all)
      if (mark->sheet == sheet.name || (mark->sheet.empty() && sheets.size() == 1)) here.push_back(mark);
    if (!here.empty()) mark_sheet(package, styles, sheet, here);
  }
  // Two selected sheets would be edited together, so only the new one is selected.
  for (const Sheet& sheet : sheets) {
    if (sheet.part.find("worksheets/") == sheet.part.npos || !package.says(sheet.part, "tabSelected")) continue;
    for (pugi::xml_node view : package.document(sheet.part).document_element().child("sheetViews").children("sheetView"))
      view.remove_attribute("tabSelected");
  }
  std::string name = words.sheet;
  for (int i = 2; names.contains(name); ++i) name = words.sheet + " " + std::to_string(i);
  const std::string part = package.free_name(folder_of(workbook_part) + "worksheets/horisont", ".xml");
  list_problems(package, styles, part, all, words, sheets);
  package.content_type(part, std::string(content) + "worksheet+xml");
  pugi::xml_node sheet = list.append_child("sheet");
  sheet.append_attribute("name") = name.c_str();
  sheet.append_attribute("sheetId") = last_id + 1;
  relate_by(sheet, package.relate(workbook_part, std::string(relations) + "worksheet", "/" + part));
  pugi::xml_node views = child_made(workbook, "bookViews", {"fileVersion", "fileSharing", "workbookPr", "workbookProtection"});
  pugi::xml_node view = views.child("workbookView") ? views.child("workbookView") : views.append_child("workbookView");
  if (!view.attribute("activeTab")) view.append_attribute("activeTab");
  view.attribute("activeTab") = static_cast<unsigned>(sheets.size());
  set_properties(package, id, sha256);
  return package.changed();
}

}  // namespace

Result<std::map<std::string, std::string>> marked_up_parts(const std::vector<std::string>& names,
                                                           const std::map<std::string, std::string>& parts,
                                                           const std::vector<Mark>& marks, const MarkUpWords& words,
                                                           const std::string& id, const std::string& source_sha256) {
  try {
    Package package(names, parts);
    return edited(package, marks, words, id, source_sha256);
  } catch (const Unsafe& unsafe) {
    return problem("markup.cannot", unsafe.what);
  }
}

}  // namespace horisont
