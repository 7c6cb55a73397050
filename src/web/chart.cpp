#include "web/chart.h"

#include <algorithm>

#include "web/list_page.h"

namespace horisont::web {
namespace {

constexpr std::size_t no_column = static_cast<std::size_t>(-1);

std::size_t place_of(const Table& table, const std::string& key) {
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i].key == key) return i;
  return no_column;
}

// The first letters, so that a name stays beside its bar; the whole stands in the table.
std::string shortened(const std::string& text, std::size_t most) {
  if (count_characters(text) <= most) return text;
  std::string out;
  std::size_t count = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && ++count >= most) break;
    out += c;
  }
  return out + "…";
}

struct Bar {
  std::string label;
  std::vector<std::optional<std::int64_t>> values;
};

}  // namespace

Html bar_chart(const Visit& visit, const Table& table, const Chart& chart) {
  std::vector<std::size_t> labels, values;
  for (const std::string& key : chart.labels)
    if (const std::size_t at = place_of(table, key); at != no_column) labels.push_back(at);
  for (const std::string& key : chart.values)
    if (const std::size_t at = place_of(table, key); at != no_column && values.size() < 4) values.push_back(at);
  // A column in which nothing is told (targets, where there are none) is no part of the picture.
  std::erase_if(values, [&](std::size_t at) {
    return std::none_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
      const auto* number = std::get_if<std::int64_t>(&row[at]);
      return number && *number > 0;
    });
  });
  std::vector<Bar> bars;
  std::int64_t most = 0;
  std::size_t left_out = 0;
  for (const auto& row : table.rows) {
    const auto* total = row.empty() ? nullptr : std::get_if<Message>(&row.front());
    if (total && total->id == "table.total") continue;
    Bar bar;
    bool any = false;
    for (const std::size_t at : values) {
      const auto* number = std::get_if<std::int64_t>(&row[at]);
      bar.values.push_back(number && *number >= 0 ? std::optional(*number) : std::nullopt);
      any = any || (number && *number > 0);
    }
    if (!any) continue;
    if (bars.size() >= chart.most_rows) {
      ++left_out;
      continue;
    }
    for (const std::size_t at : labels)
      bar.label += (bar.label.empty() ? "" : " ") + shown(table.columns[at], row[at], visit.language);
    for (const auto& value : bar.values) most = std::max(most, value.value_or(0));
    bars.push_back(std::move(bar));
  }
  if (bars.size() < 2 || values.empty()) return {};
  // Letters keep their size on any screen: what is wide is told in hundredths of the picture, and a name stands above its bars. The
  // longest bar leaves room for its number.
  constexpr std::int64_t longest = 58, line = 17, thick = 14, gap = 8;
  const auto n = [](std::int64_t number) { return std::to_string(number); };
  const auto said = [&](std::size_t series, std::int64_t value) {
    return shown(table.columns[values[series]], Table::Value(value), visit.language);
  };
  Html inside;
  std::string text;
  std::int64_t y = 4;
  for (const Bar& bar : bars) {
    const auto high = static_cast<std::int64_t>(values.size()) * thick;
    inside.add(el("text", {{"x", "0"}, {"y", n(y + line - 5)}}, shortened(bar.label, 38)));
    y += line;
    text += (text.empty() ? "" : "; ") + bar.label + ": ";
    bool first = true;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!bar.values[i]) continue;
      const std::int64_t top = y + static_cast<std::int64_t>(i) * thick, wide = *bar.values[i] * longest * 10 / most;
      const std::string end = n(wide / 10) + "." + n(wide % 10) + "%";
      inside.add(el("rect", {{"x", "0"},
                             {"y", n(top)},
                             {"width", wide > 0 ? end : "1"},
                             {"height", n(thick - 3)},
                             {"class", "s" + n(static_cast<std::int64_t>(i) + 1)}}));
      inside.add(el("text", {{"x", end}, {"dx", "6"}, {"y", n(top + thick - 4)}}, said(i, *bar.values[i])));
      text += (first ? "" : ", ") +
              (values.size() > 1 ? table.columns[values[i]].heading.in(visit.language) + " " : std::string()) +
              said(i, *bar.values[i]);
      first = false;
    }
    y += high + gap;
  }
  text += ".";
  if (left_out > 0) text += " " + visit.t("web.chart.left-out", {std::to_string(left_out)});
  Html keys;
  if (values.size() > 1)
    for (std::size_t i = 0; i < values.size(); ++i)
      keys.add(el("span", {{"class", "key s" + std::to_string(i + 1)}, {"aria-hidden", "true"}}) +
               Html(table.columns[values[i]].heading.in(visit.language) + " "));
  const std::string title_id = chart.id + "-title", text_id = chart.id + "-text";
  return el("figure", el("figcaption", chart.title),
            el("svg",
               {{"role", "img"},
                {"aria-labelledby", title_id + " " + text_id},
                {"class", "chart lying"},
                {"width", "100%"},
                {"height", n(y)}},
               el("title", {{"id", title_id}}, chart.title), el("desc", {{"id", text_id}}, text), inside),
            keys.empty() ? Html() : el("p", {{"class", "legend"}}, keys),
            left_out > 0 ? el("p", {{"class", "hint"}}, visit.t("web.chart.left-out", {std::to_string(left_out)})) : Html());
}

Html sheet_chart(const Visit& visit, const Table& sheet, const std::string& title) {
  Chart chart{.id = "chart", .title = title, .labels = {}, .values = {}};
  if (sheet.schema == "comparison") {
    chart.labels = {"measure"};
    for (const Table::Column& column : sheet.columns)
      if (column.key.starts_with("project_")) chart.values.push_back(column.key);
  } else if (sheet.schema == "outcome") {
    chart.labels = {"measure"}, chart.values = {"number"};
  } else if (sheet.schema == "subprojects") {
    chart.labels = {"subproject"}, chart.values = {"planned", "taken_part", "completed"};
  } else if (sheet.schema.starts_with("table_")) {
    chart.labels = {"id", "indicator"}, chart.values = {"target_total", "total", "cumulative_total"};
  } else {
    return {};
  }
  return bar_chart(visit, sheet, chart);
}

}  // namespace horisont::web
