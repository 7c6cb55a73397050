#include "edge/xlsx/form.h"

#include <algorithm>
#include <vector>

#include "core/values/column_letters.h"
#include "edge/files/files.h"
#include "edge/xlsx/package.h"
#include "edge/xml/xml.h"
#include "edge/zip/zip.h"

namespace horisont {
namespace {

using Attributes = XmlHandler::Attributes;

std::string attribute(const Attributes& attributes, std::string_view name) {
  for (const auto& [key, value] : attributes)
    if (key == name) return std::string(value);
  return {};
}

struct Place {
  std::int64_t column = 0, row = 0;
};
std::optional<Place> place_of(std::string_view address) {
  Place place;
  std::size_t i = 0;
  for (; i < address.size() && address[i] >= 'A' && address[i] <= 'Z' && i < 3; ++i) place.column = place.column * 26 + (address[i] - 'A' + 1);
  for (; i < address.size() && address[i] >= '0' && address[i] <= '9' && place.row < 10'000'000; ++i) place.row = place.row * 10 + (address[i] - '0');
  return i == address.size() && place.column > 0 && place.row > 0 ? std::optional(place) : std::nullopt;
}

// A cell that moved out of the sheet has none.
std::string letters_of(std::int64_t column) { return column_letters(static_cast<std::uint64_t>(std::max<std::int64_t>(column, 0))); }

bool of_a_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

// A shared formula stands in its first cell; in another, what is not fixed by a dollar moves with it.
std::string moved(std::string_view text, std::int64_t columns, std::int64_t rows) {
  std::string out;
  char quote = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (quote != 0 || c == '"' || c == '\'') {
      quote = quote == 0 ? c : c == quote ? char{0} : quote;
      out += c, ++i;
      continue;
    }
    if (c != '$' && !of_a_word(c)) {
      out += c, ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && (text[end] == '$' || of_a_word(text[end]))) ++end;
    const std::string word(text.substr(i, end - i));
    i = end;
    std::string plain = word;
    std::erase(plain, '$');
    const auto place = place_of(plain);
    const bool function = end < text.size() && (text[end] == '(' || text[end] == '!');
    if (!place || function) {
      out += word;
      continue;
    }
    const bool column_fixed = word[0] == '$', row_fixed = word.find('$', 1) != word.npos;
    out += (column_fixed ? "$" : "") + letters_of(place->column + (column_fixed ? 0 : columns)) + (row_fixed ? "$" : "") +
           std::to_string(place->row + (row_fixed ? 0 : rows));
  }
  return out;
}

// What is printed, without how: fonts, sizes, colours and styles of letters.
std::string printed(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '&' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char code = text[++i];
    if (code == '"') {
      i = std::min(text.find('"', i + 1), text.size());
    } else if (code >= '0' && code <= '9') {
      while (i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9') ++i;
    } else if (code == 'K') {
      i = std::min(i + 6, text.size());
    } else if (std::string_view("BIUESXYOH").find(code) == std::string_view::npos) {
      if ((code == 'L' || code == 'C' || code == 'R') && out.size() >= 2 && out[out.size() - 2] == '&' &&
          std::string_view("LCR").find(out.back()) != std::string_view::npos)
        out.resize(out.size() - 2);  // a part without text
      (out += '&') += code;
    }
  }
  if (out.size() >= 2 && out[out.size() - 2] == '&' && std::string_view("LCR").find(out.back()) != std::string_view::npos)
    out.resize(out.size() - 2);
  return out;
}

struct SheetForm {
  std::map<std::string, std::string> formulas;  // by cell
  std::string header, footer;
};

bool read_sheet(const Zip& zip, const ZipEntry& entry, SheetForm& form) {
  struct Shared {
    std::string text;
    std::optional<Place> at;
  };
  std::map<std::string, Shared> shared;
  std::string cell, share, text;
  bool inside = false;
  XmlHandler handler;
  handler.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
    if (name == "c") cell = attribute(attributes, "r");
    if (name == "f") share = attribute(attributes, "t") == "shared" ? attribute(attributes, "si") : std::string();
    if (name == "f" || name.ends_with("Header") || name.ends_with("Footer")) inside = true, text.clear();
  };
  handler.end = [&](std::string_view, std::string_view name) {
    if (name == "f") {
      std::erase(text, ' ');
      const auto at = place_of(cell);
      if (!share.empty() && !text.empty()) shared[share] = {text, at};
      if (const auto first = shared.find(share); text.empty() && first != shared.end() && first->second.at && at)
        text = moved(first->second.text, at->column - first->second.at->column, at->row - first->second.at->row);
      form.formulas[cell] = text;
    }
    // Of the first page, odd and even ones; programs leave out what says the same.
    if (name.ends_with("Header") || name.ends_with("Footer")) {
      std::string& all = name.ends_with("Header") ? form.header : form.footer;
      if (const std::string one = printed(text); all.find(one) == all.npos) all += one;
    }
    if (name == "f" || name.ends_with("Header") || name.ends_with("Footer")) inside = false;
  };
  handler.text = [&](std::string_view piece) {
    if (inside) text += piece;
  };
  return read_whole(zip, entry, handler);
}

}  // namespace

std::string plain_formula(std::string_view text) {
  std::string out;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted || (c != ' ' && c != '\''))
      out += !quoted && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    for (const std::string_view nothing : {"_XLFN.", "_XLWS."})
      if (!quoted && out.ends_with(nothing)) out.resize(out.size() - nothing.size());
    for (const std::string_view constant : {"TRUE()", "FALSE()"})
      if (!quoted && out.ends_with(constant)) out.resize(out.size() - 2);
  }
  return out;
}

std::optional<WorkbookForm> form_of(const std::filesystem::path& path) {
  const auto zip = Zip::open(read_file(path));
  if (!zip) return std::nullopt;
  const std::string book = "xl/workbook.xml";
  const ZipEntry *workbook = zip->find(book), *links = zip->find(relations_of(book));
  if (!workbook || !links) return std::nullopt;
  WorkbookForm form;
  std::map<std::string, std::string> parts;  // by relationship
  XmlHandler of_links;
  of_links.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
    if (name == "Relationship") parts[attribute(attributes, "Id")] = target_of(book, attribute(attributes, "Target"));
  };
  std::vector<std::pair<std::string, std::string>> sheets;  // name, relationship
  XmlHandler of_book;
  of_book.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
    // Those that begin so are the program's own: what is printed, what is filtered.
    if (name == "definedName" && !attribute(attributes, "name").starts_with("_xlnm.")) ++form.names;
    if (name != "sheet") return;
    std::string link;
    for (const auto& [key, value] : attributes)
      if (key.ends_with("relationships id")) link = value;
    sheets.emplace_back(attribute(attributes, "name"), std::move(link));
  };
  if (!read_whole(*zip, *links, of_links) || !read_whole(*zip, *workbook, of_book)) return std::nullopt;
  for (const auto& [name, link] : sheets) {
    const ZipEntry* part = zip->find(parts[link]);
    SheetForm sheet;
    if (!part || !read_sheet(*zip, *part, sheet)) return std::nullopt;
    for (auto& [cell, text] : sheet.formulas) form.formulas[name + "!" + cell] = std::move(text);
    form.headers[name] = std::move(sheet.header), form.footers[name] = std::move(sheet.footer);
  }
  for (const ZipEntry& entry : zip->entries()) {
    if (!entry.name.ends_with(".xml")) continue;
    form.charts += entry.name.starts_with("xl/charts/chart");
    form.tables += entry.name.starts_with("xl/tables/");
    if (!entry.name.starts_with("xl/comments")) continue;
    XmlHandler of_comments;
    of_comments.start = [&](std::string_view, std::string_view name, const Attributes&, int) {
      form.comments += name == "comment";
    };
    if (!read_whole(*zip, entry, of_comments)) return std::nullopt;
  }
  return form;
}

}  // namespace horisont
