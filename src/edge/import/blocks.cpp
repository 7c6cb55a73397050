#include "edge/import/blocks.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "edge/import/job.h"
#include "edge/import/week.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::size_t longest_heading = 60, most_titles = 2;

std::size_t digits_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

// 1 to 31 alone is a day over a column.
bool may_be_day(const CellView& cell) { return cell.text.size() <= 2 && digits_in(cell.text) == cell.text.size(); }

bool is_value(const CellView& cell) {
  using Kind = CellView::Kind;
  if (cell.kind == Kind::Text) return digits_in(cell.text) >= 6;
  return cell.kind == Kind::Date || cell.kind == Kind::Duration || cell.kind == Kind::Number;
}

// What the headings of all kinds of record are called, and which of them name somebody.
struct Words {
  std::set<std::string, std::less<>> known, naming, exits;
  explicit Words(const ImportSchemas& schemas) {
    for (const ImportSchema& schema : schemas.schemas)
      for (const auto& [key, field] : schema.by_heading) {
        const std::string& name = schema.fields[field].key;
        known.insert(key);
        for (const char* one : {"identity_number", "participant", "local_id", "name", "family_name", "given_name", "staff_id"})
          if (name == one) naming.insert(key);
        if (name == "exit_date") exits.insert(key);
      }
  }
};

struct Heading {
  std::uint32_t row = 0;
  std::vector<std::pair<std::size_t, std::string>> words;  // column and normal form, without days and sums
  bool exits = false;
};

std::optional<Heading> heading_in(const RowView& row, const Words& words) {
  std::size_t filled = 0, known = 0;
  bool first_known = false, names = false;
  // The ordinary row is decided without a look at its words.
  for (const CellView& cell : row.cells) {
    if (is_empty(cell)) continue;
    ++filled;
    if (cell.kind == CellView::Kind::Text ? cell.text.size() > longest_heading || digits_in(cell.text) >= 6
                                          : cell.kind == CellView::Kind::Number ? !may_be_day(cell) : cell.kind != CellView::Kind::Date)
      return std::nullopt;
    if (filled == 1 && (cell.kind != CellView::Kind::Text || digits_in(cell.text) > 0)) return std::nullopt;
  }
  if (filled < 2) return std::nullopt;
  Heading found{.row = row.number, .words = {}};
  bool first = true;
  for (std::size_t c = 0; c < row.cells.size(); ++c) {
    const CellView& cell = row.cells[c];
    if (is_empty(cell)) continue;
    if (cell.kind == CellView::Kind::Text) {
      const std::string key = heading_key(tidy(cell.text).text);
      const bool is_known = words.known.contains(key);
      known += is_known, names |= words.naming.contains(key), found.exits |= words.exits.contains(key);
      if (first) first_known = is_known;
      if (!key.empty() && digits_in(key) == 0 && weekday_of(key) == 0 && !says_sum(tidy(cell.text).text)) found.words.emplace_back(c, key);
    }
    first = false;
    if (c > 0 && known == 0 && c >= 8) return std::nullopt;
  }
  return names && known >= 2 && (first_known || known >= 3) ? std::optional(std::move(found)) : std::nullopt;
}

bool holds_data(const RowView& row) {
  std::size_t filled = 0, values = 0;
  for (const CellView& cell : row.cells)
    if (!is_empty(cell)) ++filled, values += is_value(cell);
  return filled >= 2 && values >= 1;
}

// "Avslutade", "Grupp 2": words alone in their row, which are nobody's name.
std::optional<std::string> title_in(const RowView& row) {
  const CellView* only = nullptr;
  for (const CellView& cell : row.cells) {
    if (is_empty(cell)) continue;
    if (only || cell.kind != CellView::Kind::Text) return std::nullopt;
    only = &cell;
  }
  if (!only || only->text.size() > longest_heading || digits_in(only->text) >= 6) return std::nullopt;
  std::string text = tidy(only->text).text;
  // "Öberg, Åsa": each word begins with a capital, as no other words do.
  const std::size_t blank = text.find(' ');
  const bool small = blank != text.npos && blank + 1 < text.size() && text[blank + 1] >= 'a' && text[blank + 1] <= 'z';
  const bool may_be_name = blank != text.npos && !small && digits_in(text) == 0 && text.find(':') == text.npos;
  return may_be_name || says_sum(text) ? std::nullopt : std::optional(std::move(text));
}

}  // namespace

std::vector<BlockRows> blocks_among(const EachRow& each_row, const ImportSchemas& schemas, const IsOfTable& is_of_table) {
  const Words words(schemas);
  struct Start {
    Heading heading;
    std::uint32_t from = 0;  // its first title, or the heading
    std::string title;
    bool own_labels = false;
  };
  std::vector<Start> starts;
  std::vector<std::pair<std::uint32_t, std::string>> titles;  // right above the row
  bool data = false;
  each_row([&](const RowView& row) {
    auto heading = heading_in(row, words);
    if (heading && starts.empty()) {
      starts.push_back({std::move(*heading), 1, {}, false});
      data = false;
    } else if (heading && data) {
      const Heading& before = starts.back().heading;
      const bool same = heading->words == before.words;
      // Labels of a form stand above their values row after row, and none of them twice.
      const bool shares = std::any_of(heading->words.begin(), heading->words.end(), [&](const auto& one) {
        return std::any_of(before.words.begin(), before.words.end(), [&](const auto& other) { return other.second == one.second; });
      });
      const bool of_table = titles.empty() || std::any_of(titles.begin(), titles.end(), [&](const auto& one) { return one.second.find(':') != one.second.npos || is_of_table(one.second, heading->exits); });
      if (shares && (!same || !of_table)) {
        Start start{std::move(*heading), titles.empty() ? row.number : titles.front().first, titles.empty() ? std::string() : titles.back().second, false};
        start.own_labels = std::any_of(titles.begin(), titles.end(), [](const auto& one) { return one.second.find(':') != one.second.npos; });
        starts.push_back(std::move(start));
        data = false;
      }
    }
    data = data || holds_data(row);
    if (auto title = title_in(row)) {
      if (titles.size() == most_titles) titles.erase(titles.begin());
      titles.emplace_back(row.number, std::move(*title));
    } else {
      titles.clear();
    }
    return true;
  });
  std::vector<BlockRows> blocks;
  if (starts.size() < 2) return blocks;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    Start& start = starts[i];
    BlockRows& block = blocks.emplace_back();
    block.first = start.from, block.heading = start.heading.row, block.title = std::move(start.title);
    if (i + 1 < starts.size()) block.last = starts[i + 1].from - 1;
    // What stands above the first table holds for all, unless one has labels of its own.
    if (i > 0 && !start.own_labels) block.above = starts[0].heading.row;
  }
  return blocks;
}

std::deque<SheetBlock> blocks_of(const SheetView& sheet, const ImportSchemas& schemas, const IsOfTable& is_of_table) {
  std::deque<SheetBlock> blocks;
  const EachRow each_row = [&](const auto& f) {
    for (const RowView& row : sheet.rows)
      if (!f(row)) return;
  };
  for (BlockRows& rows : blocks_among(each_row, schemas, is_of_table)) {
    SheetBlock& block = blocks.emplace_back();
    block.sheet.name = sheet.name, block.sheet.hidden = sheet.hidden, block.sheet.date1904 = sheet.date1904;
    block.sheet.merges = sheet.merges, block.sheet.hidden_columns = sheet.hidden_columns;
    block.sheet.rows.stock = sheet.rows.stock;
    for (const SheetRows::Row& row : sheet.rows.held)
      if (rows.hold(row.number)) block.sheet.rows.held.push_back(row);
    block.rows = std::move(rows);
  }
  return blocks;
}

}  // namespace horisont
