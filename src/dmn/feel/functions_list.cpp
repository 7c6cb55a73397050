#include <algorithm>

#include "dmn/feel/functions.h"

namespace dmn::feel {
namespace {

using Args = const Arguments&;
using Items = std::vector<Value>;

// Where a 1-based position, negative from the end, points; nothing outside of the list.
std::optional<std::size_t> place(const Number& position, std::size_t size) {
  const auto at = position.whole();
  const auto count = static_cast<std::int64_t>(size);
  if (!at || *at == 0 || *at > count || *at < -count) return std::nullopt;
  return static_cast<std::size_t>(*at > 0 ? *at - 1 : count + *at);
}

bool same(Machine& m, const Value& a, const Value& b) {
  m.spend_on(a, b);
  return equal(a, b) == true;
}
bool holds(Machine& m, const Items& items, const Value& value) {
  return std::any_of(items.begin(), items.end(), [&](const Value& item) { return same(m, item, value); });
}

Value list_contains(Machine& m, Args a) { return holds(m, a.list(0), a[1]); }
Value count(Machine&, Args a) { return Number(static_cast<std::int64_t>(a.list(0).size())); }
// A null in place of the list is no list of one.
Value count_all(Machine& m, Args a) {
  const Items& items = a.list(0);
  return items.size() == 1 && items[0].is_null() ? Value{} : count(m, a);
}

template <int wanted>
Value extreme(Machine& m, Args a) {
  const Items& items = a.list(0);
  if (items.empty()) return {};
  Value best = items[0];
  if (!order(best, best)) return {};
  for (const Value& item : items) {
    m.spend();
    const auto o = order(item, best);
    if (!o) return {};
    if (*o == wanted) best = item;
  }
  return best;
}

// The items as numbers, or nothing when one is none.
std::optional<std::vector<Number>> numbers(Machine& m, const Items& items) {
  std::vector<Number> out;
  for (const Value& item : items) {
    m.spend();
    const Number* n = item.as<Number>();
    if (!n) return std::nullopt;
    out.push_back(*n);
  }
  return out;
}

Maybe total(const std::vector<Number>& all) {
  Maybe sum = Number(0);
  for (const Number& n : all)
    if (!sum || !(sum = add(*sum, n))) return std::nullopt;
  return sum;
}
Maybe average(const std::vector<Number>& all) {
  const Maybe sum = all.empty() ? std::nullopt : total(all);
  return sum ? divide(*sum, Number(static_cast<std::int64_t>(all.size()))) : std::nullopt;
}

// A sum of numbers or of durations of one kind.
Value sum(Machine& m, Args a) {
  const Items& items = a.list(0);
  if (items.empty()) return {};
  Value all = items[0];
  if (!all.as<Number>() && !all.as<Span>() && !all.as<Months>()) return {};
  for (std::size_t i = 1; i < items.size(); ++i) {
    m.spend();
    if (!items[i].same_kind(all)) return {};
    all = arithmetic(Kind::Add, all, items[i]);
    if (all.is_null()) return {};
  }
  return all;
}
Value product(Machine& m, Args a) {
  const auto all = numbers(m, a.list(0));
  if (!all || all->empty()) return {};
  Maybe out = Number(1);
  for (const Number& n : *all)
    if (!(out = multiply(*out, n))) return {};
  return out;
}
Value mean(Machine& m, Args a) {
  const Items& items = a.list(0);
  if (const auto all = numbers(m, items)) return average(*all);
  return items.empty() ? Value() : arithmetic(Kind::Divide, sum(m, a), Number(static_cast<std::int64_t>(items.size())));
}
Value median(Machine& m, Args a) {
  auto all = numbers(m, a.list(0));
  if (!all || all->empty()) return {};
  std::sort(all->begin(), all->end());
  const std::size_t half = all->size() / 2;
  if (all->size() % 2) return (*all)[half];
  return average({(*all)[half - 1], (*all)[half]});
}
// Of a sample: divided by one less than there are.
Value stddev(Machine& m, Args a) {
  const auto all = numbers(m, a.list(0));
  if (!all || all->size() < 2) return {};
  const Maybe middle = average(*all);
  Maybe squares = middle ? Maybe(0) : std::nullopt;
  for (const Number& n : *all) {
    const Maybe off = squares ? subtract(n, *middle) : std::nullopt;
    const Maybe square = off ? multiply(*off, *off) : std::nullopt;
    squares = square ? add(*squares, *square) : std::nullopt;
  }
  const Maybe variance = squares ? divide(*squares, Number(static_cast<std::int64_t>(all->size()) - 1)) : std::nullopt;
  return variance ? Value(square_root(*variance)) : Value();
}
Value mode(Machine& m, Args a) {
  auto all = numbers(m, a.list(0));
  if (!all) return {};
  std::sort(all->begin(), all->end());
  std::size_t most = 0;
  Items out;
  for (auto run = all->begin(); run != all->end();) {
    const auto end = std::find_if(run, all->end(), [&](const Number& n) { return n != *run; });
    const auto length = static_cast<std::size_t>(end - run);
    if (length > most) most = length, out.clear();
    if (length == most) out.emplace_back(*run);
    run = end;
  }
  return out;
}

// Of truth values and nulls only.
template <bool every>
Value quantified(Machine& m, Args a) {
  std::optional<bool> answer = every;
  for (const Value& item : a.list(0)) {
    m.spend();
    if (!item.is_null() && !item.as<bool>()) return {};
    answer = every ? both(answer, truth(item)) : either(answer, truth(item));
  }
  return answer;
}

Value sublist(Machine&, Args a) {
  const Items& items = a.list(0);
  const auto from = place(a.number(1), items.size());
  if (!from) return {};
  std::size_t length = items.size() - *from;
  if (a.size() > 2) {
    const auto wanted = a.number(2).whole();
    if (!wanted || *wanted < 0 || static_cast<std::size_t>(*wanted) > length) return {};
    length = static_cast<std::size_t>(*wanted);
  }
  const auto begin = items.begin() + static_cast<std::ptrdiff_t>(*from);
  return Items(begin, begin + static_cast<std::ptrdiff_t>(length));
}

Value append(Machine& m, Args a) {
  Items out = a.list(0);
  m.spend(out.size());
  out.insert(out.end(), a.list(1).begin(), a.list(1).end());
  return out;
}

Value concatenate(Machine& m, Args a) {
  Items out;
  for (const Value& one : a.list(0)) {
    const auto& items = one.as<List>()->items;
    m.spend(items.size());
    out.insert(out.end(), items.begin(), items.end());
    if (out.size() > static_cast<std::size_t>(Held::most)) throw LimitReached{"memory"};
  }
  return out;
}

Items without_repeats(Machine& m, const Items& items) {
  Items out;
  for (const Value& item : items)
    if (!holds(m, out, item)) out.push_back(item);
  return out;
}
Value distinct_values(Machine& m, Args a) { return without_repeats(m, a.list(0)); }
Value unite(Machine& m, Args a) { return without_repeats(m, concatenate(m, a).as<List>()->items); }

Value insert_before(Machine& m, Args a) {
  Items out = a.list(0);
  m.spend(out.size());
  const auto at = place(a.number(1), out.size());
  if (!at) return {};
  out.insert(out.begin() + static_cast<std::ptrdiff_t>(*at), a[2]);
  return out;
}
Value remove_at(Machine& m, Args a) {
  Items out = a.list(0);
  m.spend(out.size());
  const auto at = place(a.number(1), out.size());
  if (!at) return {};
  out.erase(out.begin() + static_cast<std::ptrdiff_t>(*at));
  return out;
}
Value reverse(Machine& m, Args a) {
  m.spend(a.list(0).size());
  return Items(a.list(0).rbegin(), a.list(0).rend());
}
Value index_of(Machine& m, Args a) {
  Items out;
  for (std::size_t i = 0; i < a.list(0).size(); ++i)
    if (same(m, a.list(0)[i], a[1])) out.emplace_back(Number(static_cast<std::int64_t>(i + 1)));
  return out;
}

void flatten_into(Machine& m, const Items& items, Items& out) {
  for (const Value& item : items) {
    m.spend();
    if (const List* inner = item.as<List>())
      flatten_into(m, inner->items, out);
    else
      out.push_back(item);
    if (out.size() > static_cast<std::size_t>(Held::most)) throw LimitReached{"memory"};
  }
}
Value flatten(Machine& m, Args a) {
  Items out;
  flatten_into(m, a.list(0), out);
  return out;
}

// A merge sort, which keeps the order of equals and does no harm with a function that contradicts itself.
std::optional<Items> sorted(Machine& m, Items items, const Function& precedes) {
  if (items.size() < 2) return items;
  const auto half = items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2);
  const auto left = sorted(m, Items(items.begin(), half), precedes);
  const auto right = left ? sorted(m, Items(half, items.end()), precedes) : std::nullopt;
  if (!right) return std::nullopt;
  Items out;
  auto l = left->begin(), r = right->begin();
  while (l != left->end() && r != right->end()) {
    const Value pair[] = {*r, *l};
    const Value first = m.call(precedes, pair);
    if (!first.as<bool>()) return std::nullopt;
    out.push_back(*first.as<bool>() ? *r++ : *l++);
  }
  out.insert(out.end(), l, left->end());
  out.insert(out.end(), r, right->end());
  return out;
}
Value sort(Machine& m, Args a) {
  const auto out = sorted(m, a.list(0), *a[1].as<Function>());
  return out ? Value(*out) : Value();
}
Value sort_naturally(Machine& m, Args a) {
  Items items = a.list(0);
  for (const Value& item : items) {
    m.spend();
    if (!order(item, items[0])) return {};
  }
  std::stable_sort(items.begin(), items.end(), [](const Value& x, const Value& y) { return order(x, y).value_or(0) < 0; });
  return items;
}

Value replace_at(Machine& m, Args a) {
  Items out = a.list(0);
  m.spend(out.size());
  const auto at = place(a.number(1), out.size());
  if (!at) return {};
  out[*at] = a[2];
  return out;
}
Value replace_where(Machine& m, Args a) {
  const Function& match = *a[1].as<Function>();
  Items out = a.list(0);
  for (Value& item : out) {
    const Value pair[] = {item, a[2]};
    const Value answer = m.call(match, pair);
    if (!answer.as<bool>()) return {};
    if (*answer.as<bool>()) item = a[2];
  }
  return out;
}

constexpr FunctionRow rows[] = {
    {"list contains", "list: list, element: any?", list_contains},
    {"count", "list: list", count},
    {"count", "list: any?...", count_all},
    {"min", "list: list", extreme<-1>},
    {"min", "list: any...", extreme<-1>},
    {"max", "list: list", extreme<1>},
    {"max", "list: any...", extreme<1>},
    {"sum", "list: list", sum},
    {"sum", "list: any...", sum},
    {"product", "list: list", product},
    {"product", "list: any...", product},
    {"mean", "list: list", mean},
    {"mean", "list: any...", mean},
    {"median", "list: list", median},
    {"median", "list: any...", median},
    {"stddev", "list: list", stddev},
    {"stddev", "list: any...", stddev},
    {"mode", "list: list", mode},
    {"mode", "list: any...", mode},
    {"all", "list: list", quantified<true>},
    {"all", "list: any?...", quantified<true>},
    {"any", "list: list", quantified<false>},
    {"any", "list: any?...", quantified<false>},
    {"sublist", "list: list, start position: number", sublist},
    {"sublist", "list: list, start position: number, length: number", sublist},
    {"append", "list: list, item: any?...", append},
    {"concatenate", "list: list...", concatenate},
    {"union", "list: list...", unite},
    {"insert before", "list: list, position: number, newItem: any?", insert_before},
    {"remove", "list: list, position: number", remove_at},
    {"reverse", "list: list", reverse},
    {"index of", "list: list, match: any?", index_of},
    {"distinct values", "list: list", distinct_values},
    {"flatten", "list: list", flatten},
    {"sort", "list: list, precedes: function", sort},
    {"sort", "list: list", sort_naturally},
    {"list replace", "list: list, position: number, newItem: any?", replace_at},
    {"list replace", "list: list, match: function, newItem: any?", replace_where},
};

}  // namespace

std::span<const FunctionRow> list_functions() { return rows; }

}  // namespace dmn::feel
