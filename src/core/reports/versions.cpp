#include "core/reports/versions.h"

#include <algorithm>
#include <map>
#include <set>

namespace horisont {
namespace {

// A cell's canonical text, which two versions of it share exactly when they say the same.
std::string text_of(const Cell& cell) {
  const std::string sheet = to_text(Sheet{.id = "", .fields = {""}, .rows = {{cell}}});
  return sheet.substr(sheet.find("\nbody\t") + 6);
}

struct Rows {
  const Sheet* sheet;
  std::vector<std::size_t> field_at;           // of each common field
  std::vector<std::vector<std::string>> text;  // of each row, by common field
};

bool is_measure(const Cell& cell) {
  return std::holds_alternative<std::int64_t>(cell.value) || std::holds_alternative<Minutes>(cell.value) ||
         std::holds_alternative<Money>(cell.value) || std::holds_alternative<Ratio>(cell.value);
}

std::vector<std::string> common_fields(const Sheet& before, const Sheet& after) {
  std::vector<std::string> common;
  for (const std::string& field : after.fields)
    if (std::find(before.fields.begin(), before.fields.end(), field) != before.fields.end()) common.push_back(field);
  return common;
}

Rows rows_of(const Sheet& sheet, const std::vector<std::string>& fields) {
  Rows rows{&sheet, {}, {}};
  for (const std::string& field : fields)
    rows.field_at.push_back(static_cast<std::size_t>(std::find(sheet.fields.begin(), sheet.fields.end(), field) - sheet.fields.begin()));
  for (const auto& row : sheet.rows) {
    auto& text = rows.text.emplace_back();
    for (const std::size_t at : rows.field_at) text.push_back(text_of(row[at]));
  }
  return rows;
}

using Key = std::vector<std::string>;

Key key_of(const Rows& rows, std::size_t row, const std::vector<std::size_t>& by) {
  Key key{std::to_string(static_cast<int>(role_of(*rows.sheet, row)))};
  for (const std::size_t field : by) key.push_back(rows.text[row][field]);
  return key;
}

std::size_t different(const Rows& rows, const std::vector<std::size_t>& by) {
  std::set<Key> keys;
  for (std::size_t row = 0; row < rows.text.size(); ++row) keys.insert(key_of(rows, row, by));
  return keys.size();
}

// The first field without numbers, and as many more of them as it takes to tell the rows apart.
std::vector<std::size_t> known_by(const Rows& before, const Rows& after) {
  std::vector<std::size_t> by;
  std::size_t told_apart = different(before, by) + different(after, by);
  for (std::size_t field = 0; field < after.field_at.size(); ++field) {
    if (!by.empty() && told_apart == before.text.size() + after.text.size()) break;
    const auto measures = [&](const Rows& rows) {
      return std::any_of(rows.sheet->rows.begin(), rows.sheet->rows.end(), [&](const auto& row) { return is_measure(row[rows.field_at[field]]); });
    };
    if (measures(before) || measures(after)) continue;
    by.push_back(field);
    const std::size_t now = different(before, by) + different(after, by);
    if (now == told_apart && by.size() > 1) by.pop_back();  // the first names the row, also where it tells nothing apart
    told_apart = now;
  }
  return by;
}

// Rows that nothing tells apart are taken in their order.
std::map<Key, std::vector<std::size_t>> places_of(const Rows& rows, const std::vector<std::size_t>& by) {
  std::map<Key, std::vector<std::size_t>> places;
  for (std::size_t row = 0; row < rows.text.size(); ++row) places[key_of(rows, row, by)].push_back(row);
  return places;
}

void compare(const Sheet& before, const Sheet& after, std::vector<VersionDifference>& found) {
  const std::vector<std::string> fields = common_fields(before, after);
  const Rows then = rows_of(before, fields), now = rows_of(after, fields);
  const std::vector<std::size_t> by = known_by(then, now);
  auto left = places_of(then, by);
  const auto names = [&](const Rows& rows, std::size_t row) {
    std::vector<Cell> all;
    for (const std::size_t field : by) all.push_back(rows.sheet->rows[row][rows.field_at[field]]);
    return all;
  };
  using Kind = VersionDifference::Kind;
  const std::size_t first = found.size();
  for (std::size_t row = 0; row < now.text.size(); ++row) {
    const auto same = left.find(key_of(now, row, by));
    if (same == left.end() || same->second.empty()) {
      found.push_back({.kind = Kind::RowNew, .sheet = after.id, .row = names(now, row), .field = {}, .before = {}, .after = {}, .at = {}, .at_now = row});
      continue;
    }
    const std::size_t was = same->second.front();
    same->second.erase(same->second.begin());
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (then.text[was][i] != now.text[row][i])
        found.push_back({.kind = Kind::Cell,
                         .sheet = after.id,
                         .row = names(now, row),
                         .field = fields[i],
                         .before = before.rows[was][then.field_at[i]],
                         .after = after.rows[row][now.field_at[i]],
                         .at = was,
                         .at_now = row});
    // A column that one of the versions has alone, such as that of a further month.
    const auto alone = [&](const Sheet& one, std::size_t at, bool newer) {
      for (std::size_t i = 0; i < one.fields.size(); ++i)
        if (std::find(fields.begin(), fields.end(), one.fields[i]) == fields.end() && !std::holds_alternative<std::monostate>(one.rows[at][i].value))
          found.push_back({.kind = Kind::Cell, .sheet = after.id, .row = names(now, row), .field = one.fields[i],
                           .before = newer ? Cell{} : one.rows[at][i], .after = newer ? one.rows[at][i] : Cell{}, .at = was, .at_now = row});
    };
    alone(before, was, false);
    alone(after, row, true);
  }
  std::vector<std::size_t> gone;
  for (const auto& [key, rows] : left) gone.insert(gone.end(), rows.begin(), rows.end());
  std::sort(gone.begin(), gone.end());
  for (const std::size_t row : gone)
    found.push_back({.kind = Kind::RowGone, .sheet = after.id, .row = names(then, row), .field = {}, .before = {}, .after = {}, .at = row, .at_now = {}});
  std::vector<std::string> known;
  for (const std::size_t field : by) known.push_back(fields[field]);
  for (std::size_t i = first; i < found.size(); ++i) found[i].row_fields = known;
}

}  // namespace

std::vector<VersionDifference> version_differences(std::span<const Sheet> before, std::span<const Sheet> after) {
  std::vector<VersionDifference> found;
  const auto named = [](std::span<const Sheet> sheets, const std::string& id) {
    return std::find_if(sheets.begin(), sheets.end(), [&](const Sheet& one) { return one.id == id; });
  };
  const auto whole = [&](VersionDifference::Kind kind, const std::string& id) {
    found.push_back({.kind = kind, .sheet = id, .row = {}, .field = {}, .before = {}, .after = {}, .at = {}, .at_now = {}});
  };
  for (const Sheet& sheet : after) {
    const auto then = named(before, sheet.id);
    if (then == before.end())
      whole(VersionDifference::Kind::SheetNew, sheet.id);
    else if (to_text(*then) != to_text(sheet))
      compare(*then, sheet, found);
  }
  for (const Sheet& sheet : before)
    if (named(after, sheet.id) == after.end()) whole(VersionDifference::Kind::SheetGone, sheet.id);
  return found;
}

}  // namespace horisont
