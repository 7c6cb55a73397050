#include "dmn/feel/functions.h"
#include "dmn/feel_parser.h"

// The relations of points and ranges as DMN 1.5 defines them (10.3.4.9).
namespace dmn::feel {
namespace {

using Args = const Arguments&;
using Maybes = std::optional<bool>;

// One end of a range, or a point. Without a value it lies endlessly far on its side.
struct End {
  const Value& value;
  int side = 0;  // -1: a start, 1: an end
  bool included = true;
};
End start_of(const Range& r) { return {r.start, -1, r.start_included}; }
End end_of(const Range& r) { return {r.end, 1, r.end_included}; }
End point(const Value& v) { return {v}; }

std::optional<int> compared(const End& a, const End& b) {
  const int far_a = a.value.is_null() ? a.side : 0, far_b = b.value.is_null() ? b.side : 0;
  if (far_a || far_b) return far_a < far_b ? -1 : far_a > far_b ? 1 : 0;
  return order(a.value, b.value);
}
Maybes less(const End& a, const End& b) {
  const auto o = compared(a, b);
  return o ? Maybes(*o < 0) : std::nullopt;
}
Maybes same(const End& a, const End& b) {
  const auto o = compared(a, b);
  return o ? Maybes(*o == 0) : std::nullopt;
}
Maybes less_or_touching(const End& a, const End& b, bool touch) { return either(less(a, b), both(same(a, b), touch)); }

Maybes before_ends(const End& a, const End& b) { return less_or_touching(a, b, !a.included || !b.included); }
Maybes reaches(const End& start, const End& end) { return less_or_touching(start, end, start.included && end.included); }

Value before_points(Machine&, Args a) { return less(point(a[0]), point(a[1])); }
Value before_point_range(Machine&, Args a) { return before_ends(point(a[0]), start_of(a.range(1))); }
Value before_range_point(Machine&, Args a) { return before_ends(end_of(a.range(0)), point(a[1])); }
Value before_ranges(Machine&, Args a) { return before_ends(end_of(a.range(0)), start_of(a.range(1))); }
Value after_points(Machine&, Args a) { return less(point(a[1]), point(a[0])); }
Value after_point_range(Machine&, Args a) { return before_ends(end_of(a.range(1)), point(a[0])); }
Value after_range_point(Machine&, Args a) { return before_ends(point(a[1]), start_of(a.range(0))); }
Value after_ranges(Machine&, Args a) { return before_ends(end_of(a.range(1)), start_of(a.range(0))); }

Maybes meet(const Range& a, const Range& b) { return both(a.end_included && b.start_included, same(end_of(a), start_of(b))); }
Value meets(Machine&, Args a) { return meet(a.range(0), a.range(1)); }
Value met_by(Machine&, Args a) { return meet(a.range(1), a.range(0)); }

Value overlaps(Machine&, Args a) {
  const Range &x = a.range(0), &y = a.range(1);
  return both(reaches(start_of(y), end_of(x)), reaches(start_of(x), end_of(y)));
}
Maybes overlap_before(const Range& x, const Range& y) {
  const Maybes begins = less_or_touching(start_of(x), start_of(y), x.start_included && !y.start_included);
  const Maybes ends = less_or_touching(end_of(x), end_of(y), !x.end_included || y.end_included);
  return both(begins, both(reaches(start_of(y), end_of(x)), ends));
}
Value overlaps_before(Machine&, Args a) { return overlap_before(a.range(0), a.range(1)); }

Maybes overlap_after(const Range& x, const Range& y) {
  const Maybes begins = less_or_touching(start_of(y), start_of(x), y.start_included && !x.start_included);
  const Maybes ends = less_or_touching(end_of(y), end_of(x), !y.end_included || x.end_included);
  return both(ends, both(reaches(start_of(x), end_of(y)), begins));
}
Value overlaps_after(Machine&, Args a) { return overlap_after(a.range(0), a.range(1)); }

Maybes finish_point(const Value& p, const Range& r) { return both(r.end_included, same(end_of(r), point(p))); }
Maybes finish(const Range& x, const Range& y) {
  const Maybes ends = both(x.end_included == y.end_included, same(end_of(x), end_of(y)));
  return both(ends, less_or_touching(start_of(y), start_of(x), !x.start_included || y.start_included));
}
Value finishes_point(Machine&, Args a) { return finish_point(a[0], a.range(1)); }
Value finishes(Machine&, Args a) { return finish(a.range(0), a.range(1)); }
Value finished_by_point(Machine&, Args a) { return finish_point(a[1], a.range(0)); }
Value finished_by(Machine&, Args a) { return finish(a.range(1), a.range(0)); }

Maybes start_point(const Value& p, const Range& r) { return both(r.start_included, same(start_of(r), point(p))); }
Maybes start(const Range& x, const Range& y) {
  const Maybes starts = both(x.start_included == y.start_included, same(start_of(x), start_of(y)));
  return both(starts, less_or_touching(end_of(x), end_of(y), !x.end_included || y.end_included));
}
Value starts_point(Machine&, Args a) { return start_point(a[0], a.range(1)); }
Value starts(Machine&, Args a) { return start(a.range(0), a.range(1)); }
Value started_by_point(Machine&, Args a) { return start_point(a[1], a.range(0)); }
Value started_by(Machine&, Args a) { return start(a.range(1), a.range(0)); }

Maybes include_point(const Range& r, const Value& p) {
  return both(reaches(start_of(r), point(p)), reaches(point(p), end_of(r)));
}
Maybes include(const Range& x, const Range& y) {
  return both(less_or_touching(start_of(x), start_of(y), x.start_included || !y.start_included),
              less_or_touching(end_of(y), end_of(x), x.end_included || !y.end_included));
}
Value includes_point(Machine&, Args a) { return include_point(a.range(0), a[1]); }
Value includes(Machine&, Args a) { return include(a.range(0), a.range(1)); }
Value during_point(Machine&, Args a) { return include_point(a.range(1), a[0]); }
Value during(Machine&, Args a) { return include(a.range(1), a.range(0)); }

Value coincide_points(Machine&, Args a) { return same(point(a[0]), point(a[1])); }
Value coincide(Machine&, Args a) {
  const Range &x = a.range(0), &y = a.range(1);
  return both(x.start_included == y.start_included && x.end_included == y.end_included,
              both(same(start_of(x), start_of(y)), same(end_of(x), end_of(y))));
}

// An end of a written range: a literal, or a date and the like made of literals.
bool is_literal(const Node& n) {
  switch (n.kind) {
    case Kind::Number:
    case Kind::String:
    case Kind::At:
    case Kind::Boolean:
      return true;
    case Kind::Negate:
      return n.children[0].kind == Kind::Number;
    case Kind::Call: {
      const Node& function = n.children[0];
      if (function.kind != Kind::Name || (function.text != "date" && function.text != "time" &&
                                          function.text != "date and time" && function.text != "duration"))
        return false;
      for (std::size_t i = 1; i < n.children.size(); ++i)
        if (!is_literal(n.children[i])) return false;
      return true;
    }
    default:
      return false;
  }
}

Value range_of_text(Machine& m, Args a) {
  // An end may be left out, which the expression language itself does not know.
  std::string_view text = a.text(0);
  const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  if (text.size() < 5 || std::string_view("[](").find(text.front()) == std::string_view::npos ||
      std::string_view("[])").find(text.back()) == std::string_view::npos)
    return {};
  Range out;
  out.start_included = text.front() == '[', out.end_included = text.back() == ']';
  text = text.substr(1, text.size() - 2);
  std::size_t dots = std::string_view::npos;
  bool quoted = false;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (!quoted && text.substr(i, 2) == "..") {
      dots = i;
      break;
    }
  }
  if (dots == std::string_view::npos) return {};
  const auto end = [&](std::string_view one, Value& value, bool included) {
    if (one.find_first_not_of(" \t\r\n") == std::string_view::npos) return !included;
    const auto feel = parse_expression(one);
    if (!feel || !is_literal(feel->tree)) return false;
    value = m.evaluate(feel->tree, nullptr);
    return !value.is_null();
  };
  if (!end(text.substr(0, dots), out.start, out.start_included) || !end(text.substr(dots + 2), out.end, out.end_included))
    return {};
  if (out.start.is_null() && out.end.is_null()) return {};
  if (out.start.is_null()) out.form = out.end_included ? Range::Form::LessEqual : Range::Form::Less;
  if (out.end.is_null()) out.form = out.start_included ? Range::Form::GreaterEqual : Range::Form::Greater;
  if (!out.start.is_null() && !out.end.is_null() &&
      (!out.start.same_kind(out.end) || order(out.start, out.end).value_or(1) > 0))
    return {};
  return out;
}

constexpr FunctionRow rows[] = {
    {"before", "point1: point, point2: point", before_points},
    {"before", "point: point, range: range", before_point_range},
    {"before", "range: range, point: point", before_range_point},
    {"before", "range1: range, range2: range", before_ranges},
    {"after", "point1: point, point2: point", after_points},
    {"after", "point: point, range: range", after_point_range},
    {"after", "range: range, point: point", after_range_point},
    {"after", "range1: range, range2: range", after_ranges},
    {"meets", "range1: range, range2: range", meets},
    {"met by", "range1: range, range2: range", met_by},
    {"overlaps", "range1: range, range2: range", overlaps},
    {"overlaps before", "range1: range, range2: range", overlaps_before},
    {"overlaps after", "range1: range, range2: range", overlaps_after},
    {"finishes", "point: point, range: range", finishes_point},
    {"finishes", "range1: range, range2: range", finishes},
    {"finished by", "range: range, point: point", finished_by_point},
    {"finished by", "range1: range, range2: range", finished_by},
    {"includes", "range: range, point: point", includes_point},
    {"includes", "range1: range, range2: range", includes},
    {"during", "point: point, range: range", during_point},
    {"during", "range1: range, range2: range", during},
    {"starts", "point: point, range: range", starts_point},
    {"starts", "range1: range, range2: range", starts},
    {"started by", "range: range, point: point", started_by_point},
    {"started by", "range1: range, range2: range", started_by},
    {"coincides", "point1: point, point2: point", coincide_points},
    {"coincides", "range1: range, range2: range", coincide},
    {"range", "from: string", range_of_text},
};

}  // namespace

std::span<const FunctionRow> range_functions() { return rows; }

}  // namespace dmn::feel
