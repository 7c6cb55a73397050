#include "dmn/columns.h"

#include <algorithm>
#include <array>
#include <map>

#include "dmn/compiled.h"

// Compiled twice in release builds, for every x86-64 and for those with wide vectors; the loader picks. What the loops call is
// put into them, so that it is compiled with them.
#ifdef HORISONT_WIDE_VECTORS
#define HORISONT_CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
#define HORISONT_INSIDE __attribute__((always_inline)) inline
#else
#define HORISONT_CLONES
#define HORISONT_INSIDE inline
#endif

namespace dmn {
namespace {

constexpr std::size_t batch = 512;

// Flags of a record in a register. A truth uses all three; a value uses `present` for its null and `known`.
constexpr std::uint8_t yes = 1, no = 2, known = 4, present = 1;

template <class V>
struct Register {
  alignas(64) std::array<V, batch> values;
  alignas(64) std::array<std::uint8_t, batch> flags;
};

using Flags = std::array<std::uint8_t, batch>;

constexpr std::uint8_t bit(bool b, std::uint8_t flag) { return b ? flag : std::uint8_t{0}; }
constexpr std::uint8_t as_byte(int n) { return static_cast<std::uint8_t>(n); }

// The formulas of judged.h on flags.
HORISONT_INSIDE void both(const Flags& a, const Flags& b, Flags& out) {
  for (std::size_t i = 0; i < batch; ++i) {
    const int x = a[i], y = b[i];
    const int told = (x & y & known) & (((x | x << 1) & no) << 1) & (((y | y << 1) & no) << 1);
    const int false_x = (x & known) & ((x & no) << 1), false_y = (y & known) & ((y & no) << 1);
    out[i] = as_byte((x & y & yes) | ((x | y) & no) | told | false_x | false_y);
  }
}
HORISONT_INSIDE void either(const Flags& a, const Flags& b, Flags& out) {
  for (std::size_t i = 0; i < batch; ++i) {
    const int x = a[i], y = b[i];
    const int told = (x & y & known) & (((x | x << 1) & no) << 1) & (((y | y << 1) & no) << 1);
    const int true_x = (x & known) & ((x & yes) << 2), true_y = (y & known) & ((y & yes) << 2);
    out[i] = as_byte(((x | y) & yes) | (x & y & no) | told | true_x | true_y);
  }
}
HORISONT_INSIDE void negated(const Flags& a, Flags& out) {
  for (std::size_t i = 0; i < batch; ++i) {
    const int x = a[i], told = ((x | x >> 1) & 1) << 2;
    out[i] = as_byte((x & yes) << 1 | (x & no) >> 1 | (x & told));
  }
}

template <class V, class Holds>
HORISONT_INSIDE void compare(const Register<V>& a, const Register<V>& b, Flags& out, Holds holds) {
  for (std::size_t i = 0; i < batch; ++i) {
    const int here = a.flags[i] & b.flags[i] & present;
    const int answer = holds(a.values[i], b.values[i]) ? yes : no;
    out[i] = as_byte(-here & (answer | (a.flags[i] & b.flags[i] & known)));
  }
}

// How many registers a step reads: a; a and b; a, b and c.
int reads(ColumnProgram::Step::Do what) {
  using Do = ColumnProgram::Step::Do;
  switch (what) {
    case Do::Choose:
    case Do::ChooseTruth:
      return 3;
    case Do::Compare:
    case Do::Equal:
    case Do::And:
    case Do::Or:
    case Do::Add:
    case Do::Subtract:
    case Do::Contains:
    case Do::NextRow:
    case Do::FindRow:
    case Do::NoHitIfMissing:
      return 2;
    case Do::Constant:
    case Do::Load:
    case Do::FirstRow:
      return 0;
    default:
      return 1;
  }
}

}  // namespace

std::int64_t Words::id(std::string_view word) {
  if (const auto found = ids_.find(word); found != ids_.end()) return found->second;
  const auto next = static_cast<std::int64_t>(ids_.size());
  ids_.emplace(std::string(word), next);
  return next;
}

// Turns trees into steps. A register is named by what it holds, so equal sub-expressions share one.
class Lowering {
 public:
  Lowering(const Compiled& compiled, ColumnProgram& program) : c_(compiled), p_(program) {}

  void run() {
    for (const Symbol& symbol : c_.symbols)
      if (const auto* text = std::get_if<std::string_view>(&symbol.constant); text && symbol.is == Symbol::Is::Constant)
        p_.words_.id(*text);
    for (std::size_t i = 0; i < c_.lookups.size(); ++i) lookups_.push_back(lookup(i));
    for (const Derived& derived : c_.derived) derived_.push_back(value(derived.expression.tree));
    for (const FindingTable& table : c_.tables)
      for (std::size_t r = 0; r < table.rows.size(); ++r) {
        std::optional<std::uint32_t> hit;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
          if (table.rows[r][i].test.tree.kind == Kind::Anything) continue;
          const std::uint32_t one = cell(table.columns[i], table.rows[r][i].test.tree);
          hit = hit ? make(Do::And, *hit, one) : one;
        }
        Step step;
        step.what = Do::Emit, step.a = *hit, step.constant = static_cast<std::int64_t>(table.first_row + r);
        p_.steps_.push_back(step);
      }
    p_.registers_ = next_, p_.rows_ = c_.rows.size();
    drop_unused();
    share_registers();
    const auto fits = [](std::int64_t n) { return n == static_cast<std::int32_t>(n); };
    for (const Step& step : p_.constants_) p_.narrow_ = p_.narrow_ && fits(step.constant);
    for (const auto& table : p_.tables_) p_.narrow_ = p_.narrow_ && std::all_of(table.begin(), table.end(), fits);
    for (const auto& spans : p_.spans_)
      for (const auto& span : spans) p_.narrow_ = p_.narrow_ && fits(span.key) && fits(span.from) && fits(span.to);
  }

 private:
  using Step = ColumnProgram::Step;
  using Do = Step::Do;

  std::uint32_t make(Do what, std::uint32_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0, std::uint8_t sign = 0,
                     std::int64_t constant = 0, bool null = false) {
    const auto key = std::make_tuple(what, a, b, c, sign, constant, null);
    if (const auto found = made_.find(key); found != made_.end()) return found->second;
    Step step;
    step.what = what, step.a = a, step.b = b, step.c = c, step.sign = sign, step.constant = constant, step.null = null,
    step.out = next_++;
    (what == Do::Constant ? p_.constants_ : p_.steps_).push_back(step);
    return made_[key] = step.out;
  }

  // Boxed and taken out again is the same.
  std::uint32_t from_value(std::uint32_t value_register) {
    const auto boxed = boxed_.find(value_register);
    return boxed != boxed_.end() ? boxed->second : make(Do::FromValue, value_register);
  }
  std::uint32_t to_value(std::uint32_t truth_register) {
    const std::uint32_t out = make(Do::ToValue, truth_register);
    boxed_[out] = truth_register;
    return out;
  }

  // A register is used again when nobody reads its first value any more, so that all of them stay in the nearest memory.
  // Constants keep theirs. A step never writes where it reads: its loop could not run in wide steps then.
  void share_registers() {
    std::vector<std::size_t> last(next_);
    const auto each = [](Step& step, const auto& does) {
      const int n = reads(step.what);
      if (n > 0) does(step.a);
      if (n > 1) does(step.b);
      if (n > 2) does(step.c);
    };
    for (std::size_t i = 0; i < p_.steps_.size(); ++i) each(p_.steps_[i], [&](std::uint32_t& r) { last[r] = i; });
    std::vector<std::int64_t> place(next_, -1);
    std::vector<char> fixed(next_);
    std::uint32_t used = 0;
    for (Step& step : p_.constants_) fixed[step.out] = 1, place[step.out] = used, step.out = used++;
    std::vector<std::uint32_t> spare;
    for (std::size_t i = 0; i < p_.steps_.size(); ++i) {
      Step& step = p_.steps_[i];
      std::vector<std::uint32_t> ended;
      each(step, [&](std::uint32_t& r) {
        const auto at = static_cast<std::uint32_t>(place[r]);
        if (last[r] == i && !fixed[r] && std::find(ended.begin(), ended.end(), at) == ended.end()) ended.push_back(at);
        r = at;
      });
      if (step.what != Do::Emit) {
        std::uint32_t at = used;
        if (spare.empty())
          ++used;
        else
          at = spare.back(), spare.pop_back();
        place[step.out] = at, step.out = at;
      }
      spare.insert(spare.end(), ended.begin(), ended.end());
    }
    p_.registers_ = used;
  }

  // Steps whose register nobody reads: values of derived truths that were only ever tested.
  void drop_unused() {
    std::vector<char> used(next_);
    for (auto step = p_.steps_.rbegin(); step != p_.steps_.rend(); ++step) {
      if (step->what != Do::Emit && !used[step->out]) continue;
      const int n = reads(step->what);
      if (n > 0) used[step->a] = 1;
      if (n > 1) used[step->b] = 1;
      if (n > 2) used[step->c] = 1;
    }
    const auto unread = [&](const Step& step) { return step.what != Do::Emit && !used[step.out]; };
    std::erase_if(p_.steps_, unread), std::erase_if(p_.constants_, unread);
  }

  bool is_boolean(const Node& n) const {
    if (n.slot >= 0) return c_.symbol(n).type.is == Type::Is::Boolean;
    switch (n.kind) {
      case Kind::If:
        return is_boolean(n.children[1]) || is_boolean(n.children[2]);
      case Kind::Null:
      case Kind::Add:
      case Kind::Subtract:
        return false;
      default:
        return true;
    }
  }
  // `true` or `false` written out.
  const bool* boolean_constant(const Node& n) const {
    if (n.slot < 0 || c_.symbol(n).is != Symbol::Is::Constant) return nullptr;
    return std::get_if<bool>(&c_.symbol(n).constant);
  }
  std::uint32_t truth_is(const Node& n, bool wanted) { return make(Do::TruthIs, truth(n), 0, 0, wanted ? 1 : 0); }

  std::uint32_t constant(const std::optional<Value>& v) {
    if (!v) return make(Do::Constant, 0, 0, 0, 0, 0, true);
    return make(Do::Constant, 0, 0, 0, 0, payload(*v));
  }
  std::int64_t payload(const Value& v) {
    if (const bool* b = std::get_if<bool>(&v)) return *b;
    if (const auto* n = std::get_if<std::int64_t>(&v)) return *n;
    if (const Day* d = std::get_if<Day>(&v)) return d->days;
    if (const auto* s = std::get_if<std::string_view>(&v)) return p_.words_.id(*s);
    const auto& list = *std::get<const std::vector<std::string>*>(v);
    std::vector<std::uint8_t> in;
    for (const std::string& word : list) {
      const auto id = static_cast<std::size_t>(p_.words_.id(word));
      if (in.size() <= id) in.resize(id + 1);
      in[id] = 1;
    }
    p_.word_lists_.push_back(std::move(in));
    return static_cast<std::int64_t>(p_.word_lists_.size() - 1);
  }

  std::uint32_t lookup(std::size_t index) {
    const Lookup& table = c_.lookups[index];
    if (auto spans = plain_spans(table)) {
      p_.spans_.push_back(std::move(*spans));
      return make(Do::FindRow, value(table.columns[0].expression.tree), value(table.columns[1].expression.tree), 0, 0,
                  static_cast<std::int64_t>(p_.spans_.size() - 1));
    }
    std::uint32_t found =
        make(Do::FirstRow, static_cast<std::uint32_t>(index), 0, 0, 0, static_cast<std::int64_t>(table.rows.size()));
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      std::uint32_t hit = from_value(constant(Value{true}));
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const Node& tests = table.rows[r].cells[i].test.tree;
        if (tests.kind != Kind::Anything) hit = make(Do::And, hit, cell(table.columns[i], tests));
      }
      found = make(Do::NextRow, found, hit, 0, 0, static_cast<std::int64_t>(r));
    }
    return found;
  }

  // The rows of a lookup by a text and a range, as limits are: one pass a row instead of seven.
  std::optional<std::vector<ColumnProgram::Span>> plain_spans(const Lookup& table) {
    if (table.columns.size() != 2 || table.columns[0].type.is != Type::Is::String) return std::nullopt;
    for (const Column& column : table.columns) {
      const Symbol& read = c_.symbol(column.expression.tree);
      if (read.is != Symbol::Is::Input || c_.inputs[read.index].need == Need::Optional) return std::nullopt;
    }
    const auto constant_of = [&](const Node& n) -> const Value* {
      return n.slot >= 0 && c_.symbol(n).is == Symbol::Is::Constant ? &c_.symbol(n).constant : nullptr;
    };
    std::vector<ColumnProgram::Span> spans;
    for (const Lookup::Row& row : table.rows) {
      const Node &keys = row.cells[0].test.tree, &ranges = row.cells[1].test.tree;
      if (keys.kind != Kind::Tests || keys.children.size() != 1 || keys.children[0].kind != Kind::String ||
          ranges.kind != Kind::Tests || ranges.children.size() != 1 || ranges.children[0].kind != Kind::Range)
        return std::nullopt;
      const Node& range = ranges.children[0];
      const Value *key = constant_of(keys.children[0]), *from = constant_of(range.children[0]),
                  *to = constant_of(range.children[1]);
      if (!key || !from || !to) return std::nullopt;
      spans.push_back({payload(*key), payload(*from) + (range.open_start ? 1 : 0), payload(*to) - (range.open_end ? 1 : 0)});
    }
    return spans;
  }

  std::uint32_t of(const Symbol& symbol) {
    switch (symbol.is) {
      case Symbol::Is::Constant:
        return constant(symbol.constant);
      case Symbol::Is::Input:
        return make(Do::Load, symbol.index);
      case Symbol::Is::Lookup:
        return lookups_[symbol.index];
      case Symbol::Is::Derived:
        return derived_[symbol.index];
      case Symbol::Is::Member:
        break;
    }
    const auto [place, fresh] = members_.try_emplace({symbol.index, symbol.member}, 0);
    if (fresh) {
      std::vector<std::int64_t> values;
      std::vector<std::uint8_t> flags;
      for (const Lookup::Row& row : c_.lookups[symbol.index].rows) {
        const auto& v = row.values[symbol.member];
        values.push_back(v ? payload(*v) : 0), flags.push_back(v ? present : 0);
      }
      values.push_back(0), flags.push_back(0);
      place->second = static_cast<std::uint32_t>(p_.tables_.size());
      p_.tables_.push_back(std::move(values)), p_.table_flags_.push_back(std::move(flags));
    }
    return make(Do::Member, lookups_[symbol.index], place->second);
  }

  std::uint32_t truth(const Node& n) {
    if (n.slot >= 0) return from_value(value(n));
    switch (n.kind) {
      case Kind::And:
        return make(Do::And, truth(n.children[0]), truth(n.children[1]));
      case Kind::Or:
        return make(Do::Or, truth(n.children[0]), truth(n.children[1]));
      case Kind::Equal:
      case Kind::NotEqual: {
        const Node &left = n.children[0], &right = n.children[1];
        const bool *is_left = boolean_constant(left), *is_right = boolean_constant(right);
        const std::uint32_t same = is_right && is_boolean(left)   ? truth_is(left, *is_right)
                                   : is_left && is_boolean(right) ? truth_is(right, *is_left)
                                   : right.kind == Kind::Null     ? make(Do::IsNull, value(left))
                                   : left.kind == Kind::Null      ? make(Do::IsNull, value(right))
                                                                  : make(Do::Equal, value(left), value(right));
        return n.kind == Kind::Equal ? same : make(Do::Not, same);
      }
      case Kind::Less:
      case Kind::LessEqual:
      case Kind::Greater:
      case Kind::GreaterEqual:
        return make(Do::Compare, value(n.children[0]), value(n.children[1]), 0,
                    static_cast<std::uint8_t>(static_cast<int>(n.kind) - static_cast<int>(Kind::Less)));
      case Kind::In:
        return range(value(n.children[0]), n.children[1].children[0]);
      case Kind::Call:
        if (n.children.size() == 2) return make(Do::Not, truth(n.children[1]));
        return make(Do::Contains, value(n.children[1]), value(n.children[2]));
      case Kind::If:
        if (is_boolean(n)) return make(Do::ChooseTruth, truth(n.children[0]), truth(n.children[1]), truth(n.children[2]));
        return from_value(value(n));
      default:
        return from_value(value(n));
    }
  }

  std::uint32_t value(const Node& n) {
    if (n.slot >= 0) return of(c_.symbol(n));
    switch (n.kind) {
      case Kind::Null:
        return constant(std::nullopt);
      case Kind::If:
        if (is_boolean(n)) return to_value(truth(n));
        return make(Do::Choose, truth(n.children[0]), value(n.children[1]), value(n.children[2]));
      case Kind::Add:
      case Kind::Subtract:
        return make(n.kind == Kind::Add ? Do::Add : Do::Subtract, value(n.children[0]), value(n.children[1]));
      default:
        return to_value(truth(n));
    }
  }

  std::uint32_t range(std::uint32_t tested, const Node& n) {
    return make(Do::And, make(Do::Compare, tested, value(n.children[0]), 0, n.open_start ? 2 : 3),
                make(Do::Compare, tested, value(n.children[1]), 0, n.open_end ? 0 : 1));
  }

  std::uint32_t cell(const Column& column, const Node& tests) {
    const Node& tree = column.expression.tree;
    const std::uint32_t tested = value(tree);
    std::optional<std::uint32_t> any;
    for (const Node& test : tests.children) {
      std::uint32_t one = 0;
      if (test.kind == Kind::Null) {
        one = is_boolean(tree) ? make(Do::TruthIsNull, truth(tree)) : make(Do::IsNull, tested);
      } else {
        if (test.kind == Kind::Compare) {
          const std::uint8_t sign = test.text == "<" ? 0 : test.text == "<=" ? 1 : test.text == ">" ? 2 : 3;
          one = make(Do::Compare, tested, value(test.children[0]), 0, sign);
        } else if (test.kind == Kind::Range) {
          one = range(tested, test);
        } else if (const bool* wanted = boolean_constant(test)) {
          one = truth_is(tree, *wanted);
        } else {
          one = make(Do::Equal, tested, value(test));
        }
        one = guarded(one, column.expression.tree), one = guarded(one, test);
        for (const Node& operand : test.children) one = guarded(one, operand);
      }
      any = any ? make(Do::Or, *any, one) : one;
    }
    return *any;
  }
  // An optional input that is empty answers no.
  std::uint32_t guarded(std::uint32_t truth_register, const Node& n) {
    if (n.slot < 0 || c_.symbol(n).is != Symbol::Is::Input || c_.inputs[c_.symbol(n).index].need != Need::Optional)
      return truth_register;
    return make(Do::NoHitIfMissing, truth_register, value(n));
  }

  const Compiled& c_;
  ColumnProgram& p_;
  std::uint32_t next_ = 0;
  std::map<std::tuple<Do, std::uint32_t, std::uint32_t, std::uint32_t, std::uint8_t, std::int64_t, bool>, std::uint32_t> made_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> members_;
  std::map<std::uint32_t, std::uint32_t> boxed_;  // the truths that values were made of
  std::vector<std::uint32_t> lookups_, derived_;
};

ColumnProgram::ColumnProgram(const RuleSet& rules) { Lowering(rules.compiled(), *this).run(); }

void ColumnProgram::append(std::span<const InputValue> record, Words& words, Columns& columns) {
  columns.resize(record.size());
  for (std::size_t i = 0; i < record.size(); ++i) {
    std::int64_t value = 0;
    if (const bool* b = std::get_if<bool>(&record[i]))
      value = *b;
    else if (const auto* n = std::get_if<std::int64_t>(&record[i]))
      value = *n;
    else if (const Day* d = std::get_if<Day>(&record[i]))
      value = d->days;
    else if (const auto* s = std::get_if<std::string>(&record[i]))
      value = words.id(*s);
    columns[i].values.push_back(value);
    columns[i].missing.push_back(std::holds_alternative<std::monostate>(record[i]));
  }
}

// One batch in registers of 32 or 64 bits. False when a value does not fit, with nothing answered: most days, codes and ages
// do, and twice as many of them go through one step of the machine.
template <class V>
HORISONT_INSIDE bool ColumnProgram::answer_batch(const Columns& columns, std::size_t begin, std::span<Answers> out,
                                                 bool& begun) const {
  // Kept by the thread from call to call; constants are filled in once a call.
  thread_local std::vector<Register<V>> r;
  if (!begun) {
    if (r.size() < registers_) r.resize(registers_);
    for (const Step& step : constants_) {
      r[step.out].values.fill(static_cast<V>(step.constant));
      r[step.out].flags.fill(step.null ? known : as_byte(present | known));
    }
    begun = true;
  }
  const std::size_t eights = (rows_ + 7) / 8, count = out.size();
  std::array<Flags, 8> hit, cannot_tell;
  for (std::size_t eight = 0; eight < eights; ++eight) hit[eight].fill(0), cannot_tell[eight].fill(0);
  for (const Step& s : steps_) {
    const Register<V>&a = r[reads(s.what) > 0 ? s.a : 0], &b = r[reads(s.what) > 1 ? s.b : 0];
    Register<V>& o = r[s.out];
    using Do = Step::Do;
    switch (s.what) {
      case Do::Constant:
        break;
      case Do::Load: {
        const InputColumn& column = columns[s.a];
        const std::int64_t* values = column.values.data() + begin;
        std::int64_t lost = 0;
        for (std::size_t i = 0; i < count; ++i) {
          o.values[i] = static_cast<V>(values[i]);
          lost |= values[i] ^ o.values[i];
        }
        if (lost != 0) return false;
        const std::uint8_t* missing = column.missing.data() + begin;
        for (std::size_t i = 0; i < count; ++i) o.flags[i] = bit(!missing[i], present | known);
        std::fill(o.flags.begin() + static_cast<std::ptrdiff_t>(count), o.flags.end(), std::uint8_t{0});
        std::fill(o.values.begin() + static_cast<std::ptrdiff_t>(count), o.values.end(), V{0});
        break;
      }
      case Do::FromValue:
        for (std::size_t i = 0; i < batch; ++i) {
          const int here = a.flags[i] & present, is = static_cast<int>(a.values[i]) & 1;
          o.flags[i] = as_byte((here & is) | (here & ~is & 1) << 1 | (a.flags[i] & known));
        }
        break;
      case Do::ToValue:
        for (std::size_t i = 0; i < batch; ++i) {
          const int x = a.flags[i];
          o.values[i] = x & yes;
          o.flags[i] = as_byte(((x | x >> 1) & present) | (x & known));
        }
        break;
      case Do::Compare:
        switch (s.sign) {
          case 0:
            compare(a, b, o.flags, [](auto x, auto y) { return x < y; });
            break;
          case 1:
            compare(a, b, o.flags, [](auto x, auto y) { return x <= y; });
            break;
          case 2:
            compare(a, b, o.flags, [](auto x, auto y) { return x > y; });
            break;
          default:
            compare(a, b, o.flags, [](auto x, auto y) { return x >= y; });
        }
        break;
      case Do::Equal:
        for (std::size_t i = 0; i < batch; ++i) {
          const int x = a.flags[i], y = b.flags[i], here = x & y & present;
          const bool same = here ? a.values[i] == b.values[i] : ((x ^ y) & present) == 0;
          o.flags[i] = as_byte((same ? yes : no) | (x & y & known & here << 2));
        }
        break;
      case Do::IsNull:
        for (std::size_t i = 0; i < batch; ++i) {
          const int here = a.flags[i] & present;
          o.flags[i] = as_byte(here ? no | (a.flags[i] & known) : yes | known);
        }
        break;
      case Do::Not:
        negated(a.flags, o.flags);
        break;
      case Do::And:
        both(a.flags, b.flags, o.flags);
        break;
      case Do::Or:
        either(a.flags, b.flags, o.flags);
        break;
      case Do::Choose: {
        const Register<V>& otherwise = r[s.c];
        for (std::size_t i = 0; i < batch; ++i) {
          const int condition = a.flags[i];
          const bool then = condition & yes;
          const int taken = then ? b.flags[i] : otherwise.flags[i];
          const int told = ((condition | condition >> 1) & 1) << 2 & condition;
          o.values[i] = then ? b.values[i] : otherwise.values[i];
          o.flags[i] = as_byte((taken & present) | (taken & told));
        }
        break;
      }
      case Do::ChooseTruth: {
        const Flags& otherwise = r[s.c].flags;
        for (std::size_t i = 0; i < batch; ++i) {
          const int condition = a.flags[i], then = -(condition & yes);
          const int taken = (b.flags[i] & then) | (otherwise[i] & ~then);
          const int told = ((condition | condition >> 1) & 1) << 2 & condition;
          o.flags[i] = as_byte((taken & (yes | no)) | (taken & told));
        }
        break;
      }
      case Do::TruthIs:
        for (std::size_t i = 0; i < batch; ++i) {
          const int x = a.flags[i], is = (s.sign ? x : x >> 1) & 1, here = (x | x >> 1) & 1;
          o.flags[i] = as_byte(is | (is ^ 1) << 1 | (x & here << 2));
        }
        break;
      case Do::TruthIsNull:
        for (std::size_t i = 0; i < batch; ++i) {
          const int x = a.flags[i], here = (x | x >> 1) & 1;
          o.flags[i] = as_byte((here ^ 1) | here << 1 | (x & known) | (here ^ 1) << 2);
        }
        break;
      case Do::Add:
      case Do::Subtract: {
        bool lost = false;
        for (std::size_t i = 0; i < batch; ++i) {
          V sum = 0;
          const bool over = s.what == Do::Add ? __builtin_add_overflow(a.values[i], b.values[i], &sum)
                                              : __builtin_sub_overflow(a.values[i], b.values[i], &sum);
          const bool here = (a.flags[i] & b.flags[i] & present) && !over;
          lost = lost || (over && (a.flags[i] & b.flags[i] & present));
          o.values[i] = sum;
          o.flags[i] = as_byte(here ? present | (a.flags[i] & b.flags[i] & known) : 0);
        }
        if (lost && sizeof(V) < sizeof(std::int64_t)) return false;
        break;
      }
      case Do::Contains:
        for (std::size_t i = 0; i < batch; ++i) {
          if (!(a.flags[i] & present))
            o.flags[i] = 0;
          else if (!(b.flags[i] & present))
            o.flags[i] = no;
          else {
            const auto& list = word_lists_[static_cast<std::size_t>(a.values[i])];
            const auto word = static_cast<std::size_t>(b.values[i]);
            o.flags[i] = as_byte((word < list.size() && list[word] ? yes : no) | (a.flags[i] & b.flags[i] & known));
          }
        }
        break;
      case Do::FirstRow:
        o.values.fill(static_cast<V>(s.constant));
        o.flags.fill(known);
        break;
      case Do::NextRow:
        for (std::size_t i = 0; i < batch; ++i) {
          const bool takes = !(a.flags[i] & present) && (b.flags[i] & yes);
          o.values[i] = takes ? static_cast<V>(s.constant) : a.values[i];
          o.flags[i] = as_byte((a.flags[i] & present) | (takes ? present : 0) | (a.flags[i] & b.flags[i] & known));
        }
        break;
      case Do::FindRow: {
        // As FirstRow and NextRow with the rows' cells: a row is told when the key is another one, or both are there, or the
        // day alone rules it out. Rows do not overlap, so no more than one takes.
        const std::vector<Span>& spans = spans_[static_cast<std::size_t>(s.constant)];
        std::array<std::uint8_t, batch> open;
        open.fill(0);
        o.flags.fill(0);
        o.values.fill(static_cast<V>(spans.size()));
        for (std::size_t row = 0; row < spans.size(); ++row) {
          const V key = static_cast<V>(spans[row].key), from = static_cast<V>(spans[row].from),
                  to = static_cast<V>(spans[row].to), number = static_cast<V>(row);
          for (std::size_t i = 0; i < batch; ++i) {
            const bool same = a.values[i] == key;
            const bool inside = (b.values[i] >= from) & (b.values[i] <= to);
            const int here = a.flags[i] & present, there = b.flags[i] & present;
            const int may = (same | (here ^ 1)) & (inside | (there ^ 1));  // nothing that is known rules the row out
            const int takes = may & here & there;
            o.values[i] = takes ? number : o.values[i];
            o.flags[i] = as_byte(o.flags[i] | takes);
            open[i] = as_byte(open[i] | (may & ((here & there) ^ 1)));
          }
        }
        for (std::size_t i = 0; i < batch; ++i) o.flags[i] = as_byte(o.flags[i] | (open[i] ^ 1) << 2);
        break;
      }
      case Do::Member: {
        const auto& values = tables_[s.b];
        const auto& flags = table_flags_[s.b];
        for (std::size_t i = 0; i < batch; ++i) {
          const auto row = static_cast<std::size_t>(a.values[i]);
          o.values[i] = static_cast<V>(values[row]);
          o.flags[i] = as_byte(flags[row] | (a.flags[i] & known));
        }
        break;
      }
      case Do::NoHitIfMissing:
        for (std::size_t i = 0; i < batch; ++i) o.flags[i] = b.flags[i] & present ? a.flags[i] : as_byte(no | known);
        break;
      case Do::Emit: {
        // Eight rows share a byte, so that the masks grow as narrow as the flags are.
        const auto eight = static_cast<std::size_t>(s.constant) / 8;
        const int place = static_cast<int>(s.constant % 8);
        Flags &h = hit[eight], &c = cannot_tell[eight];
        for (std::size_t i = 0; i < batch; ++i) {
          const int x = a.flags[i], told = x >> 2 & 1, sure_yes = x & told, sure_no = x >> 1 & told;
          h[i] = as_byte(h[i] | sure_yes << place);
          c[i] = as_byte(c[i] | ((sure_yes | sure_no) ^ 1) << place);
        }
        break;
      }
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    Answers answers;
    for (std::size_t eight = 0; eight < eights; ++eight) {
      answers.hit |= std::uint64_t{hit[eight][i]} << 8 * eight;
      answers.cannot_tell |= std::uint64_t{cannot_tell[eight][i]} << 8 * eight;
    }
    out[i] = answers;
  }
  return true;
}

HORISONT_CLONES void ColumnProgram::answer(const Columns& columns, std::size_t first, std::span<Answers> out) const {
  bool narrow_begun = false, wide_begun = false;
  for (std::size_t begin = 0; begin < out.size(); begin += batch) {
    const auto part = out.subspan(begin, std::min(batch, out.size() - begin));
    if (!narrow_ || !answer_batch<std::int32_t>(columns, first + begin, part, narrow_begun))
      answer_batch<std::int64_t>(columns, first + begin, part, wide_begun);
  }
}

}  // namespace dmn
