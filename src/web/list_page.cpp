#include "web/list_page.h"

#include <algorithm>
#include <iterator>
#include <array>
#include <numeric>
#include <set>

#include "app/table_file.h"
#include "core/values/moment.h"

namespace horisont::web {
namespace {

using Kind = Table::Column::Kind;
using Order = std::vector<std::uint32_t>;

constexpr std::size_t usual_rows = 50, most_rows = 500, most_facet_values = 30;

std::size_t column_of(const Table& table, std::string_view key) {
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i].key == key) return i;
  return table.columns.size();
}

bool is_total(const std::vector<Table::Value>& row) {
  const auto* message = row.empty() ? nullptr : std::get_if<Message>(&row.front());
  return message && message->id == "table.total";
}

bool has_total(const List& list) { return list.rows() > 0 && is_total(list.row(list.rows() - 1)); }

using Words = std::map<std::string, std::function<std::string(const Table::Value&)>>;  // by column

struct Asked {
  std::vector<std::pair<std::size_t, std::string>> filter;  // column and word
  std::size_t sorted_by;                                    // number of columns: as it comes
  bool downwards = false;
  std::size_t page = 1, rows = usual_rows;
};

std::size_t number_in(const std::string& text, std::size_t otherwise, std::size_t most) {
  if (text.empty() || text.size() > 7 || text.find_first_not_of("0123456789") != text.npos) return otherwise;
  return std::clamp<std::size_t>(std::stoul(text), 1, most);
}

Asked asked_of(const Visit& visit, const List& list) {
  Asked asked{.filter = {}, .sorted_by = list.table->columns.size()};
  for (const std::string& facet : list.facets)
    if (const std::string& word = visit.request.query(facet); !word.empty())
      asked.filter.emplace_back(column_of(*list.table, facet), word);
  std::string by = visit.request.query("sortera");
  if (by.starts_with('-')) asked.downwards = true, by.erase(0, 1);
  asked.sorted_by = column_of(*list.table, by);
  asked.rows = number_in(visit.request.query("rader"), usual_rows, most_rows);
  asked.page = number_in(visit.request.query("sida"), 1, 1'000'000);
  return asked;
}

// Levels stand by how bad they are, the worst first; nothing for other values.
std::optional<std::size_t> badness(const Table::Value& value) {
  static constexpr std::array levels{"level.error", "level.warning", "level.notice"};
  const auto* message = std::get_if<Message>(&value);
  const auto at = message ? std::find(levels.begin(), levels.end(), message->id) : levels.end();
  return at == levels.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - levels.begin()));
}

bool before(const Table::Value& a, const Table::Value& b) {
  const auto *left = std::get_if<std::int64_t>(&a), *right = std::get_if<std::int64_t>(&b);
  if (left && right) return *left < *right;
  if (const auto one = badness(a), other = badness(b); one && other) return *one < *other;
  return word_of(a) < word_of(b);
}

// Whether a column's values have numbers in a packed table: then each value is looked at once, however many rows have it.
bool is_numbered(const List& list, std::size_t column) { return list.packed && list.packed->values(column) > 0; }

// The rank of each row's value: equal values have the same.
std::vector<std::int64_t> ranks_of(const List& list, std::size_t column, std::size_t rows) {
  std::vector<std::int64_t> ranks(rows);
  if (list.packed && !is_numbered(list, column)) {
    for (std::size_t i = 0; i < rows; ++i) ranks[i] = list.packed->whole_number(i, column);
    return ranks;
  }
  const std::size_t values = is_numbered(list, column) ? list.packed->values(column) : rows;
  std::vector<Table::Value> all(values);
  for (std::size_t i = 0; i < values; ++i)
    all[i] = is_numbered(list, column) ? list.packed->value(column, i) : list.at(i, column);
  std::vector<std::uint32_t> by_value(values);
  std::iota(by_value.begin(), by_value.end(), 0u);
  std::sort(by_value.begin(), by_value.end(), [&](std::uint32_t a, std::uint32_t b) { return before(all[a], all[b]); });
  std::vector<std::int64_t> rank(values);
  for (std::size_t i = 0; i < values; ++i)
    rank[by_value[i]] = i == 0 ? 0 : rank[by_value[i - 1]] + before(all[by_value[i - 1]], all[by_value[i]]);
  for (std::size_t i = 0; i < rows; ++i) ranks[i] = rank[is_numbered(list, column) ? list.packed->number_of(i, column) : i];
  return ranks;
}

// Takes out of the order what has another word in the column.
void keep_word(const List& list, std::size_t column, const std::string& word, Order& order) {
  if (!is_numbered(list, column)) {
    std::erase_if(order, [&](std::uint32_t row) { return word_of(list.at(row, column)) != word; });
    return;
  }
  std::vector<char> passes(list.packed->values(column));
  for (std::size_t i = 0; i < passes.size(); ++i) passes[i] = word_of(list.packed->value(column, i)) == word;
  std::erase_if(order, [&](std::uint32_t row) { return !passes[list.packed->number_of(row, column)]; });
}

// The rows that pass the filter, in order, without the total.
Order order_of(const List& list, const Asked& asked) {
  const std::size_t rows = list.rows() - has_total(list);
  Order order(rows);
  std::iota(order.begin(), order.end(), 0u);
  for (const auto& [column, word] : asked.filter) keep_word(list, column, word, order);
  order.shrink_to_fit();
  const bool as_it_comes = asked.sorted_by == list.table->columns.size();
  if (as_it_comes && !list.worst_first) return order;
  std::vector<std::int64_t> ranks =
      ranks_of(list, as_it_comes ? column_of(*list.table, "level") : asked.sorted_by, rows);
  if (asked.downwards)
    for (std::int64_t& rank : ranks) rank = -rank;
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return ranks[a] < ranks[b]; });
  return order;
}

// How often each value of a column occurs, the most frequent first; one value of each stands for it.
struct FacetValue {
  std::string word;
  Table::Value value;
  std::int64_t count = 0;
};
std::vector<FacetValue> values_of(const List& list, std::size_t column) {
  std::map<std::string, FacetValue> counts;
  const std::size_t rows = list.rows() - has_total(list);
  const auto count = [&](const Table::Value& one, std::int64_t times) {
    FacetValue& value = counts[word_of(one)];
    if (value.count == 0) value.value = one;
    value.count += times;
  };
  if (is_numbered(list, column)) {
    std::vector<std::int64_t> times(list.packed->values(column));
    for (std::size_t i = 0; i < rows; ++i) ++times[list.packed->number_of(i, column)];
    for (std::size_t i = 0; i < times.size(); ++i)
      if (times[i] > 0) count(list.packed->value(column, i), times[i]);
  } else {
    for (std::size_t i = 0; i < rows; ++i) count(list.at(i, column), 1);
  }
  std::vector<FacetValue> values;
  for (auto& [word, value] : counts) {
    if (word.empty()) continue;
    value.word = word;
    values.push_back(std::move(value));
  }
  std::stable_sort(values.begin(), values.end(), [](const FacetValue& a, const FacetValue& b) { return a.count > b.count; });
  return values;
}

template <class T>
std::shared_ptr<const T> once(const Visit& visit, const List& list, const std::string& what, const std::function<T()>& make) {
  if (list.key.empty() || !visit.snapshot) return std::make_shared<const T>(make());
  return visit.snapshot->derived<T>(list.key + "|" + what, make);
}

std::shared_ptr<const Order> rows_of(const Visit& visit, const List& list, const Asked& asked) {
  std::string what = "order " + std::to_string(asked.sorted_by) + (asked.downwards ? "-" : "");
  for (const auto& [column, word] : asked.filter) what += "|" + std::to_string(column) + "=" + word;
  return once<Order>(visit, list, what, [&] { return order_of(list, asked); });
}

// The address of this table with some words changed; an empty value takes a word away.
std::string address(const Visit& visit, const Fields& changes, std::string_view ending = "") {
  Fields fields;
  for (const auto& field : visit.request.head.query) {
    const bool changed =
        std::any_of(changes.begin(), changes.end(), [&](const auto& change) { return change.first == field.first; });
    if (!changed && field.first != "lang") fields.push_back(field);
  }
  for (const auto& change : changes)
    if (!change.second.empty()) fields.push_back(change);
  std::string out = visit.path + std::string(ending);
  for (std::size_t i = 0; i < fields.size(); ++i)
    out += (i ? "&" : "?") + percent_encoded(fields[i].first) + "=" + percent_encoded(fields[i].second);
  return out;
}

bool is_hidden(const List& list, const Table::Column& column) {
  return std::find(list.hidden.begin(), list.hidden.end(), column.key) != list.hidden.end();
}

// Words that mean good, bad or open are marked; the word itself says it too.
std::string look_of(const Table::Value& value) {
  const auto* message = std::get_if<Message>(&value);
  if (!message) return "";
  const std::string& id = message->id;
  for (const char* good :
       {"verdict.eligible", "rule-outcome.met", "month-state.done", "import-state.stored", "reason.accepted"})
    if (id == good) return "good";
  for (const char* bad : {"verdict.not-eligible", "rule-outcome.not-met", "level.error", "import-state.refused"})
    if (id == bad) return "bad";
  for (const char* look :
       {"verdict.undecided", "verdict.eligible-with-remarks", "rule-outcome.cannot-tell", "level.warning", "month-state.look",
        "confidence.unverified", "confidence.unverified-default", "import-state.waiting"})
    if (id == look) return "look";
  for (const char* quiet : {"level.notice", "month-state.left", "rule-outcome.not-applicable", "confidence.secondary",
                            "confidence.verified", "import-state.undone"})
    if (id == quiet) return "note";
  return "";
}

// A day or a moment does not break over two lines; what was read stands a fact on each.
Html text_html(const std::string& text) {
  if (text.find("); ") == text.npos) return text;
  Html lines;
  for (std::string_view left = text; !left.empty();) {
    const std::size_t end = left.find("; ");
    lines.add(el("span", {{"class", "line"}}, left.substr(0, end)));
    left.remove_prefix(end == left.npos ? left.size() : end + 2);
  }
  return lines;
}

bool is_short(const std::string& text) {
  // Dates, moments, and ids such as "R-2018-01-15-001" and "YEI-CR01".
  return text.size() <= 28 && text.size() >= 6 && text.find_first_not_of("0123456789-: ._TZABCDEFIRLSUMPGKY") == text.npos;
}

using Beneath = std::map<std::string, std::function<std::string(const std::vector<Table::Value>&)>>;

Html cell(const Visit& visit, const Table::Column& column, const Table::Value& value, const Words& says, const std::string& to,
          bool heading, const std::string& beneath) {
  const auto other = says.find(column.key);
  const std::string text = other == says.end() ? shown(column, value, visit.language) : other->second(value);
  const std::string look = look_of(value);
  Html inside = look.empty() ? text_html(text) : el("span", {{"class", "mark " + look}}, text);
  if (!to.empty()) inside = link(to, inside);
  if (!beneath.empty()) inside.add(el("span", {{"class", "beneath"}}, beneath));
  const bool number = column.kind != Kind::Text;
  if (heading)
    return el("th", {{"scope", "row"}, {"class", "number", number}, {"class", "short", !number && is_short(text)}}, inside);
  // On a narrow page a row's values stand one under the other, each beside its heading.
  // Beside many columns a sentence would otherwise have the width of its longest word.
  constexpr std::size_t sentence = 40;
  return el("td",
            {{"class", "number", number}, {"class", "short", !number && is_short(text)}, {"class", "long", !number && text.size() > sentence}, {"data-heading", column.heading.in(visit.language), !text.empty()}},
            inside);
}

Html row_html(const Visit& visit, const Table& table, const std::vector<Table::Value>& row, std::size_t number,
              const Words& links, const Words& says, const std::function<bool(const Table::Column&)>& leave_out,
              const std::function<std::string(std::size_t, std::size_t)>& leads_on = {}, const Beneath& beneath = {}) {
  Html cells;
  bool first = true;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Table::Column& column = table.columns[i];
    if (leave_out(column)) continue;
    const auto leads = links.find(column.key);
    const std::string to = leads != links.end() && !is_total(row) ? leads->second(row[i])
                           : leads_on                             ? leads_on(number, i)
                                                                  : std::string();
    const auto small = beneath.find(column.key);
    cells.add(cell(visit, column, row[i], is_total(row) ? Words{} : says, to, first, small == beneath.end() ? "" : small->second(row)));
    first = false;
  }
  return el("tr", cells);
}

Html nothing_html(const Visit& visit, const Table& table) {
  const std::string& text = table.when_empty.in(visit.language);
  return el("p", {{"class", "empty"}}, text.ends_with('.') ? text : text + ".");
}

Html in_box(const std::string& name, const Html& table) {
  return el("div", {{"class", "scroll"}, {"role", "region"}, {"aria-label", name}, {"tabindex", "0"}}, table);
}

Html heading_row(const Visit& visit, const List& list, const Asked& asked) {
  Html cells;
  for (std::size_t i = 0; i < list.table->columns.size(); ++i) {
    const Table::Column& column = list.table->columns[i];
    if (is_hidden(list, column)) continue;
    const bool sorted = asked.sorted_by == i;
    const std::string to = address(visit, {{"sortera", (sorted && !asked.downwards ? "-" : "") + column.key}, {"sida", ""}});
    const std::string heading = column.heading.in(visit.language);
    cells.add(el("th",
                 {{"scope", "col"},
                  {"class", "number", column.kind != Kind::Text},
                  {"aria-sort", asked.downwards ? "descending" : "ascending", sorted}},
                 link(to, heading), sorted ? el("span", {{"aria-hidden", "true"}}, asked.downwards ? " ▼" : " ▲") : Html()));
  }
  return el("thead", el("tr", cells));
}

Html facets_html(const Visit& visit, const List& list, const Asked& asked) {
  Html groups;
  for (const std::string& facet : list.facets) {
    const std::size_t column = column_of(*list.table, facet);
    const auto values = once<std::vector<FacetValue>>(visit, list, "facet " + facet, [&] { return values_of(list, column); });
    if (values->size() < 2 && visit.request.query(facet).empty()) continue;
    Html items;
    const auto says = list.says.find(facet);
    for (std::size_t i = 0; i < values->size() && i < most_facet_values; ++i) {
      const FacetValue& value = (*values)[i];
      const std::string text =
          says == list.says.end() ? shown(list.table->columns[column], value.value, visit.language) : says->second(value.value);
      const bool chosen = visit.request.query(facet) == value.word;
      items.add(el("li", el("a",
                            {{"href", address(visit, {{facet, chosen ? "" : value.word}, {"sida", ""}})},
                             {"aria-current", "true", chosen}},
                            text, " ", el("span", {{"class", "count"}}, count_words(value.count, visit.language)))));
    }
    const std::string name = list.table->columns[column].heading.in(visit.language);
    groups.add(el("div", {{"class", "facet"}}, el("p", name), el("ul", {{"aria-label", name}}, items)));
  }
  if (groups.empty()) return {};
  const bool filtered = !asked.filter.empty();
  Html clear;
  if (filtered) {
    Fields none;
    for (const std::string& facet : list.facets) none.emplace_back(facet, "");
    none.emplace_back("sida", "");
    clear = el("p", link(address(visit, none), visit.t("web.list.all")));
  }
  return el("details", {{"class", "facets"}, {"open", ""}}, el("summary", visit.t("web.list.filter")), clear,
            el("div", {{"class", "facet-groups"}}, groups));
}

Html pages_html(const Visit& visit, const Asked& asked, std::size_t pages) {
  if (pages < 2) return {};
  Html items;
  const auto item = [&](std::size_t number, const std::string& label) {
    items.add(el("li", el("a",
                          {{"href", address(visit, {{"sida", number == 1 ? "" : std::to_string(number)}})},
                           {"aria-current", "page", number == asked.page}},
                          label)));
  };
  if (asked.page > 1) item(asked.page - 1, visit.t("web.list.previous"));
  for (std::size_t number = 1; number <= pages; ++number) {
    if (number != 1 && number != pages && (number + 2 < asked.page || number > asked.page + 2)) {
      if (number == 2 || number == pages - 1) items.add(el("li", el("span", "…")));
      continue;
    }
    item(number, std::to_string(number));
  }
  if (asked.page < pages) item(asked.page + 1, visit.t("web.list.next"));
  return el("nav", {{"aria-label", visit.t("web.list.pages")}, {"class", "pages"}}, el("ul", items));
}

// What a spreadsheet would take for a formula gets a sign in front.
std::string csv_field(std::string text) {
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos &&
      text.find_first_not_of("-0123456789.,\u00A0") != text.npos)
    text.insert(0, "'");
  if (text.find_first_of(";\"\n\r") == text.npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string as_csv(const List& list, const Order& order, Language language) {
  const Table& table = *list.table;
  std::string out = "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    out += (i ? ";" : "") + csv_field(table.columns[i].heading.in(language));
  out += "\r\n";
  for (const std::uint32_t row : order) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      std::string text = shown(table.columns[i], list.at(row, i), language);
      if (table.columns[i].kind != Kind::Text) {
        // Numbers without groups, as spreadsheets read them.
        for (const std::string& group : {std::string("\u00A0"), std::string(language == Language::English ? "," : "\u00A0")})
          for (std::size_t at; (at = text.find(group)) != text.npos;) text.erase(at, group.size());
      }
      out += (i ? ";" : "") + csv_field(std::move(text));
    }
    out += "\r\n";
  }
  return out;
}

Table selected(const List& list, const Order& order) {
  Table out = *list.table;
  out.rows.clear();
  for (const std::uint32_t row : order) out.rows.push_back(list.row(row));
  return out;
}

}  // namespace

std::string problem_words(const std::string& code, Language language) {
  if (!text_of(code)) return code;
  std::string text = words({code, std::vector<std::string>(10, "…")}, language, Surface::Page);
  // The sentence that says what is wrong; what it adds stands with the problem itself.
  if (const std::size_t end = text.find(". "); end != text.npos) text.resize(end);
  while (text.ends_with('.')) text.pop_back();
  return text;
}

std::string shown(const Table::Column& column, const Table::Value& value, Language language) {
  if (const auto* text = std::get_if<std::string>(&value)) return clock_words(*text);
  if (const auto* message = std::get_if<Message>(&value)) return words(*message, language, Surface::Page);
  if (const auto* word = std::get_if<Table::Word>(&value)) return word->shown.in(language);
  if (const auto* number = std::get_if<Table::Number>(&value)) return number->shown.in(language);
  const std::int64_t number = std::get<std::int64_t>(value);
  return column.kind == Kind::Hours   ? hours_words(number, language)
         : column.kind == Kind::Money ? kronor_words(number, language)
                                      : count_words(number, language);
}

std::string word_of(const Table::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* word = std::get_if<Table::Word>(&value)) return word->key;
  if (const auto* number = std::get_if<Table::Number>(&value)) return std::to_string(number->value);
  const Message& message = std::get<Message>(value);
  return message.values.empty() ? message.id.substr(message.id.find('.') + 1) : words(message, Language::Swedish);
}

void List::keep(const Visit& visit, const std::function<Table()>& make) {
  packed = visit.snapshot->derived<PackedTable>(key + " packed", [&] { return PackedTable(make()); });
  table = std::shared_ptr<const Table>(packed, &packed->head());
}

void List::keep_by_person(const Visit& visit, const std::function<Table(const ProjectState&)>& make, const std::function<Table()>& nobodys,
                          const std::shared_ptr<const void>& of) {
  const Snapshot& snapshot = *visit.snapshot;
  const auto with = [&](const PackedTable& before, std::span<const std::uint32_t> persons, bool last) {
    PersonRows rows{.table = make(snapshot.part(persons))};
    rows.keep_nobodys = !last || (of && before.nobodys_of == of);
    if (!rows.keep_nobodys && nobodys) {
      Table more = nobodys();
      rows.nobodys = more.rows.size();
      std::move(more.rows.begin(), more.rows.end(), std::back_inserter(rows.table.rows));
    }
    PackedTable now(before, persons, std::move(rows));
    now.nobodys_of = last ? of : before.nobodys_of;
    return now;
  };
  packed = snapshot.derived_by_person<PackedTable>(
      key + " packed",
      [&] {
        // Some at a time: rows take many times the memory in which they are kept.
        constexpr std::size_t at_a_time = 5'000;
        PackedTable all(PersonRows{.table = make(snapshot.part({}))});
        std::vector<std::uint32_t> persons;
        for (std::size_t i = 0, people = snapshot.people().size(); i < people;) {
          persons.clear();
          for (; i < people && persons.size() < at_a_time; ++i) persons.push_back(snapshot.people().person_at(i));
          all = with(all, persons, false);
        }
        return with(all, {}, true);
      },
      [&](const PackedTable& before, std::span<const std::uint32_t> persons) { return with(before, persons, true); });
  table = std::shared_ptr<const Table>(packed, &packed->head());
}

Html list_html(const Visit& visit, const List& list) {
  const Table& table = *list.table;
  if (list.rows() == 0) return nothing_html(visit, table);
  Asked asked = asked_of(visit, list);
  const auto order = rows_of(visit, list, asked);
  const std::size_t pages = std::max<std::size_t>(1, (order->size() + asked.rows - 1) / asked.rows);
  asked.page = std::min(asked.page, pages);
  const std::size_t first = (asked.page - 1) * asked.rows, last = std::min(order->size(), first + asked.rows);
  const auto leave_out = [&](const Table::Column& column) { return is_hidden(list, column); };
  Html rows;
  for (std::size_t i = first; i < last; ++i)
    rows.add(row_html(visit, table, list.row((*order)[i]), (*order)[i], list.links, list.says, leave_out, list.leads, list.beneath));
  Html body = el("tbody", rows);
  if (asked.filter.empty() && has_total(list))
    body.add(el("tfoot", row_html(visit, table, list.row(list.rows() - 1), list.rows() - 1, {}, {}, leave_out, list.leads)));
  const auto count = [&](std::size_t number) { return count_words(static_cast<std::int64_t>(number), visit.language); };
  const std::string which = order->empty() ? visit.t("web.list.none")
                                           : visit.t("web.list.rows", {count(first + 1), count(last), count(order->size())});
  const Html tools =
      el("div", {{"class", "row tools"}}, el("p", {{"class", "small"}, {"role", "status"}}, which),
         el("ul", {{"class", "inline"}}, el("li", link(address(visit, {{"sida", ""}, {"rader", ""}}, ".csv"), "CSV")),
            el("li", link(address(visit, {{"sida", ""}, {"rader", ""}}, ".xlsx"), "Excel")),
            el("li", link(address(visit, {{"sida", ""}, {"rader", ""}}, ".json"), "JSON"))));
  const Html whole = el("table", {{"class", "by-rows"}}, el("caption", list.caption), heading_row(visit, list, asked), body);
  return el("div", {{"class", "list"}}, facets_html(visit, list, asked),
            el("div", {{"class", "rows"}}, tools, in_box(list.caption, whole), pages_html(visit, asked, pages)));
}

Response list_page(const Visit& visit, const std::string& title, const Html& before_it, const List& list, const Html& after) {
  if (visit.beside.alone) return std::move(*visit.beside.alone);
  if (visit.form == Visit::Form::Page) return page(visit, title, before_it + list_html(visit, list) + after);
  const auto order = rows_of(visit, list, asked_of(visit, list));
  const std::string name = (visit.project.empty() ? "horisont" : visit.project) + "-" + list.table->schema;
  if (visit.form == Visit::Form::Csv)
    return download(name + ".csv", "text/csv; charset=utf-8", as_csv(list, *order, visit.language));
  if (visit.form == Visit::Form::Xlsx) {
    const auto value = [&](const Table::Column& column, const Table::Value& one) { return shown(column, one, visit.language); };
    const std::string rows = count_words(static_cast<std::int64_t>(order->size()), visit.language);
    std::vector<std::pair<std::string, std::string>> about;
    if (!visit.project.empty()) about.emplace_back(visit.t("web.list.about.project"), visit.project);
    about.emplace_back(visit.t("web.list.about.address"), address(visit, {}));
    about.emplace_back(visit.t("web.list.about.today"), visit.today.iso());
    about.emplace_back(visit.t("web.list.about.rows"), rows);
    auto file = as_workbook(selected(list, *order), title, about, visit.language, value);
    if (!file) return message_page(visit, 413, title, visit.t("web.list.too-many"), address(visit, {}));
    return download(name + ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", std::move(*file));
  }
  return {.status = 200, .type = "application/json", .headers = {}, .body = as_json(selected(list, *order)) + "\n"};
}

namespace {

constexpr const char* alone_word = "tabell";

// What a table alone can be filtered by: columns of the program's own words that say few different things. What somebody wrote
// never becomes part of an address.
std::vector<std::string> few_words(const Table& table) {
  constexpr std::size_t most = 12;
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    std::set<std::string> different;
    const bool own = std::all_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
      if (is_total(row)) return true;
      const auto* word = std::get_if<Message>(&row[i]);
      if (word && word->values.empty()) different.insert(word->id);
      return word && word->values.empty();
    });
    if (own && different.size() > 1 && different.size() <= most) columns.push_back(table.columns[i].key);
  }
  return columns;
}

// The table alone, where the address asks for it; otherwise the way there. What a form has sent has no address.
Html own_address(const Visit& visit, const Table& table, const std::string& caption, const Words& links) {
  if (visit.request.head.method == "POST") return {};
  const int number = ++visit.beside.named[table.schema];
  const std::string name = table.schema + (number > 1 ? "-" + std::to_string(number) : "");
  if (visit.request.query(alone_word) == name) {
    List list;
    list.table = std::make_shared<const Table>(table);
    list.caption = caption;
    list.facets = few_words(table);
    list.links = links;
    Fields back{{alone_word, ""}, {"sortera", ""}, {"sida", ""}, {"rader", ""}};
    for (const std::string& facet : list.facets) back.emplace_back(facet, "");
    visit.beside.alone = list_page(visit, caption, el("p", link(address(visit, back), visit.t("web.list.whole-page"))), list);
    return {};
  }
  Html ways;
  for (const auto& [ending, label] : {std::pair{"", visit.t("web.list.alone")}, std::pair{".csv", std::string("CSV")},
                                      std::pair{".xlsx", std::string("Excel")}, std::pair{".json", std::string("JSON")}})
    ways.add(el("li", el("a", {{"href", address(visit, {{alone_word, name}}, ending)}, {"aria-label", caption + ": " + label}},
                         label)));
  return el("ul", {{"class", "inline small own"}}, ways);
}

}  // namespace

Html plain_table(const Visit& visit, const Table& table, const std::string& caption, const Words& links) {
  if (table.rows.empty()) return nothing_html(visit, table);
  Html heads, rows, total;
  for (const Table::Column& column : table.columns)
    heads.add(el("th", {{"scope", "col"}, {"class", "number", column.kind != Kind::Text}}, column.heading.in(visit.language)));
  const auto all = [](const Table::Column&) { return false; };
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    (is_total(table.rows[i]) ? total : rows).add(row_html(visit, table, table.rows[i], i, links, {}, all));
  Html body = el("thead", el("tr", heads)) + el("tbody", rows);
  if (!total.empty()) body.add(el("tfoot", total));
  return el("div", {{"class", "table"}}, in_box(caption, el("table", {{"class", "by-rows"}}, el("caption", caption), body)),
            own_address(visit, table, caption, links));
}

}  // namespace horisont::web
