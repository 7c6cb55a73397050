#include "dmn/feel/value.h"

#include <algorithm>
#include <atomic>

namespace dmn::feel {
namespace {

constexpr int deepest = 300;
constexpr std::int64_t most_nodes = 10'000'000;

std::atomic<std::int64_t> all_held{0};

// A context, range, text or function as it is kept: with its count.
template <class T>
struct Kept : T {
  Kept(T value, std::size_t units, Extent how_far) : T(std::move(value)), extent(how_far), held(units) {}
  Extent extent;
  Held held;
};

template <class T>
std::shared_ptr<const T> keep(T value, std::size_t units, Extent extent) {
  return std::make_shared<const Kept<T>>(std::move(value), units, extent);
}

template <class T>
Extent extent_of(const T* kept) {
  return static_cast<const Kept<T>*>(kept)->extent;
}

std::optional<int> sign(std::optional<std::strong_ordering> o) {
  if (!o) return std::nullopt;
  return *o < 0 ? -1 : *o > 0 ? 1 : 0;
}

template <class T>
int three_way(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

// All must hold; one false decides.
class All {
 public:
  bool add(std::optional<bool> one) {  // false: decided
    if (!one) answer_.reset();
    if (one == false) decided_ = true;
    return !decided_;
  }
  std::optional<bool> answer() const { return decided_ ? std::optional(false) : answer_; }

 private:
  std::optional<bool> answer_ = true;
  bool decided_ = false;
};

template <class Same>
std::optional<bool> equal_lists(const std::vector<Value>& a, const std::vector<Value>& b, Same same) {
  if (a.size() != b.size()) return false;
  All all;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!all.add(same(a[i], b[i]))) break;
  return all.answer();
}

template <class Same>
std::optional<bool> equal_contexts(const Context& a, const Context& b, Same same) {
  if (a.entries.size() != b.entries.size()) return false;
  All all;
  for (const auto& [name, value] : a.entries) {
    const Value* other = b.find(name);
    if (!all.add(other ? same(value, *other) : false)) break;
  }
  return all.answer();
}

template <class Same>
std::optional<bool> equal_ranges(const Range& a, const Range& b, Same same) {
  if (a.start_included != b.start_included || a.end_included != b.end_included || a.form != b.form) return false;
  All all;
  if (all.add(same(a.start, b.start))) all.add(same(a.end, b.end));
  return all.answer();
}

std::string quote(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

Held::Held(std::size_t units) : units_(static_cast<std::int64_t>(units)) {
  if (all_held.fetch_add(units_) + units_ > most) {
    all_held.fetch_sub(units_);
    throw LimitReached{"memory"};
  }
}
Held::~Held() { all_held.fetch_sub(units_); }

void Extent::around(const Value& inner) {
  const Extent other = inner.extent();
  depth = std::max(depth, other.depth + 1);
  nodes += other.nodes;
  if (depth > deepest) throw LimitReached{"depth of a value"};
  if (nodes > most_nodes) throw LimitReached{"size of a value"};
}

List::List(std::vector<Value> all) : items(std::move(all)), held(items.size() + 1) {
  for (const Value& item : items) extent.around(item);
}

Value::Value(std::string text) {
  const std::size_t units = text.size() / 32 + 1;
  held_ = keep(std::move(text), units, {1, static_cast<std::int64_t>(units)});
}
Value::Value(std::vector<Value> items) : held_(std::make_shared<const List>(std::move(items))) {}
Value::Value(Context context) {
  Extent extent;
  for (const auto& entry : context.entries) extent.around(entry.second);
  const std::size_t units = 2 * context.entries.size() + 1;
  held_ = keep(std::move(context), units, extent);
}
Value::Value(Range range) {
  Extent extent;
  extent.around(range.start), extent.around(range.end);
  held_ = keep(std::move(range), 3, extent);
}
Value::Value(Function function) {
  if (function.depth >= deepest) throw LimitReached{"depth of a value"};
  const Extent extent{function.depth + 1, 1};
  held_ = keep(std::move(function), 4, extent);
}

Extent Value::extent() const {
  if (const List* list = as<List>()) return list->extent;
  if (const auto* text = as<std::string>()) return extent_of(text);
  if (const Context* context = as<Context>()) return extent_of(context);
  if (const Range* range = as<Range>()) return extent_of(range);
  if (const Function* function = as<Function>()) return extent_of(function);
  return {};
}

const Value* Context::find(std::string_view name) const {
  for (const auto& [key, value] : entries)
    if (key == name) return &value;
  return nullptr;
}
void Context::put(std::string_view name, Value value) {
  for (auto& entry : entries)
    if (entry.first == name) {
      entry.second = std::move(value);
      return;
    }
  entries.emplace_back(name, std::move(value));
}

std::optional<bool> equal(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  if (!a.same_kind(b)) return std::nullopt;
  if (const bool* x = a.as<bool>()) return *x == *b.as<bool>();
  if (const List* x = a.as<List>()) return equal_lists(x->items, b.as<List>()->items, equal);
  if (const Context* x = a.as<Context>()) return equal_contexts(*x, *b.as<Context>(), equal);
  if (const Range* x = a.as<Range>()) return equal_ranges(*x, *b.as<Range>(), equal);
  if (a.as<Function>()) return std::nullopt;
  std::optional<int> o;
  if (const Time* x = a.as<Time>())
    o = sign(compare(*x, *b.as<Time>(), false));
  else if (const DateTime* y = a.as<DateTime>())
    o = sign(compare(*y, *b.as<DateTime>(), false));
  else
    o = order(a, b);
  if (!o) return std::nullopt;
  return *o == 0;
}

bool identical(const Value& a, const Value& b) {
  if (!a.same_kind(b)) return false;
  const auto same = [](const Value& x, const Value& y) { return std::optional(identical(x, y)); };
  if (const Time* x = a.as<Time>()) return *x == *b.as<Time>();
  if (const DateTime* x = a.as<DateTime>()) return *x == *b.as<DateTime>();
  if (const List* x = a.as<List>()) return *equal_lists(x->items, b.as<List>()->items, same);
  if (const Context* x = a.as<Context>()) return *equal_contexts(*x, *b.as<Context>(), same);
  if (const Range* x = a.as<Range>()) return *equal_ranges(*x, *b.as<Range>(), same);
  return equal(a, b).value_or(false);
}

std::optional<int> order(const Value& a, const Value& b) {
  if (const Number* x = a.as<Number>()) {
    if (const Number* y = b.as<Number>()) return compare(*x, *y);
  } else if (const std::string* s = a.as<std::string>()) {
    // Code points of UTF-8 have the order of their bytes.
    if (const std::string* t = b.as<std::string>()) return three_way(*s, *t);
  } else if (const Date* d = a.as<Date>()) {
    if (const Date* e = b.as<Date>()) return three_way(*d, *e);
    if (const DateTime* e = b.as<DateTime>()) return sign(compare(midnight(*d), *e, true));
  } else if (const DateTime* m = a.as<DateTime>()) {
    if (const DateTime* n = b.as<DateTime>()) return sign(compare(*m, *n, true));
    if (const Date* n = b.as<Date>()) return sign(compare(*m, midnight(*n), true));
  } else if (const Time* p = a.as<Time>()) {
    if (const Time* q = b.as<Time>()) return sign(compare(*p, *q, true));
  } else if (const Months* k = a.as<Months>()) {
    if (const Months* l = b.as<Months>()) return three_way(*k, *l);
  } else if (const Span* u = a.as<Span>()) {
    if (const Span* v = b.as<Span>()) return compare(u->seconds, v->seconds);
  }
  return std::nullopt;
}

std::optional<bool> contains(const Range& range, const Value& value) {
  if (range.form == Range::Form::Equal) return equal(value, range.start);
  if (range.form == Range::Form::NotEqual) {
    const auto same = equal(value, range.start);
    return same ? std::optional(!*same) : std::nullopt;
  }
  if (range.start.is_null() && range.end.is_null()) return std::nullopt;
  All all;
  if (!range.start.is_null()) {
    const auto o = order(range.start, value);
    all.add(o ? std::optional(*o < 0 || (*o == 0 && range.start_included)) : std::nullopt);
  } else if (range.form == Range::Form::Ends) {
    all.add(std::nullopt);
  }
  if (!range.end.is_null()) {
    const auto o = order(value, range.end);
    all.add(o ? std::optional(*o < 0 || (*o == 0 && range.end_included)) : std::nullopt);
  } else if (range.form == Range::Form::Ends) {
    all.add(std::nullopt);
  }
  return all.answer();
}

std::string text_of(const Value& v, bool quoted) {
  if (v.is_null()) return "null";
  if (const bool* b = v.as<bool>()) return *b ? "true" : "false";
  if (const Number* n = v.as<Number>()) return n->text();
  if (const std::string* s = v.as<std::string>()) return quoted ? quote(*s) : *s;
  if (const Date* d = v.as<Date>()) return text_of(*d);
  if (const Time* t = v.as<Time>()) return text_of(*t);
  if (const DateTime* t = v.as<DateTime>()) return text_of(*t);
  if (const Months* m = v.as<Months>()) return text_of(*m);
  if (const Span* s = v.as<Span>()) return text_of(*s);
  std::string out;
  if (const List* list = v.as<List>()) {
    for (const Value& item : list->items) out += (out.empty() ? "" : ", ") + text_of(item, true);
    return "[" + out + "]";
  }
  if (const Context* context = v.as<Context>()) {
    for (const auto& [name, value] : context->entries) out += (out.empty() ? "" : ", ") + name + ": " + text_of(value, true);
    return "{" + out + "}";
  }
  if (const Range* r = v.as<Range>()) {
    using Form = Range::Form;
    switch (r->form) {
      case Form::Ends:
        break;
      case Form::Less:
        return "< " + text_of(r->end, true);
      case Form::LessEqual:
        return "<= " + text_of(r->end, true);
      case Form::Greater:
        return "> " + text_of(r->start, true);
      case Form::GreaterEqual:
        return ">= " + text_of(r->start, true);
      case Form::Equal:
        return "= " + text_of(r->start, true);
      case Form::NotEqual:
        return "!= " + text_of(r->start, true);
    }
    return (r->start_included ? "[" : "(") + text_of(r->start, true) + ".." + text_of(r->end, true) +
           (r->end_included ? "]" : ")");
  }
  return "function";
}

}  // namespace dmn::feel
