#include "core/audit/projection.h"

#include <cassert>

#include "core/audit/exact.h"

namespace horisont {
namespace {

constexpr std::int64_t most_ore = 1'000'000'000'000'000;
constexpr std::size_t most_units = 1'000'000;
constexpr std::uint64_t rate_parts = 1'000'000'000'000;

bool in_range(Money amount) { return amount.ore() >= 0 && amount.ore() <= most_ore; }
Wide ore(Money amount) { return static_cast<Wide>(amount.ore()); }
Money money(std::uint64_t ore) { return Money::of_ore(static_cast<std::int64_t>(ore)); }
Wide z(ConfidenceLevel confidence) { return static_cast<Wide>(confidence); }

// The first whole number at or above (a * b * c / denominator)^2, as far as 2^62.
std::uint64_t square_up(Wide a, Wide b, Wide c, Wide denominator) {
  if (a == 0 || b == 0 || c == 0) return 0;
  const Product square{a, b, c, a, b, c};
  // The last whole number strictly below the square, and one more.
  return 1 + last_that([&](std::uint64_t n) { return !(square <= Product{n, denominator, denominator}); });
}

Result<std::uint64_t> planned(Wide whole, ConfidenceLevel confidence, Wide spread, Wide spread_parts, Money tolerable,
                              Money anticipated) {
  if (!in_range(tolerable) || !in_range(anticipated)) return problem("sample.out-of-range");
  if (tolerable <= anticipated) return problem("sample.no-room-for-errors");
  const std::uint64_t size = square_up(whole, z(confidence), spread, ore(tolerable - anticipated) * 1000 * spread_parts);
  if (size >> 32 != 0) return problem("sample.out-of-range");
  return size;
}

struct Sums {
  Wide of_numbers = 0, of_squares = 0;
};

// whole * z * s / sqrt(n), half up, in the unit of `whole`; s is the standard deviation of n numbers in `parts`.
std::uint64_t precision(Wide whole, ConfidenceLevel confidence, const Sums& sums, Wide n, Wide parts) {
  const Wide spread = n * sums.of_squares - sums.of_numbers * sums.of_numbers;  // n (n - 1) times the variance
  const Product four_squares{4, whole, whole, z(confidence), z(confidence), spread};
  return last_that([&](std::uint64_t x) {
    if (x == 0) return true;
    const Wide odd = 2 * Wide{x} - 1;
    return Product{odd, odd, n, n, n - 1, 1000 * parts, 1000 * parts} <= four_squares;
  });
}

bool is_sound(const std::vector<Audited>& units) {
  if (units.size() > most_units) return false;
  for (const Audited& unit : units)
    if (unit.value.ore() <= 0 || !in_range(unit.value) || unit.error.ore() < 0 || unit.error > unit.value) return false;
  return true;
}

Wide values_of(const std::vector<Audited>& units) {
  Wide sum = 0;
  for (const Audited& unit : units) sum += ore(unit.value);
  return sum;
}

Projection concluded(Money book, Money projected, Money precision) {
  Projection p;
  p.projected = projected;
  p.precision = precision;
  p.upper_limit = projected + precision;
  p.tolerable = tolerable_error(book);
  p.rate_hundredths_of_percent = static_cast<std::int64_t>(half_up(ore(projected) * 10'000, ore(book)));
  p.verdict = audit_verdict(p.projected, p.upper_limit, p.tolerable);
  return p;
}

}  // namespace

Money tolerable_error(Money book) {
  return Money::of_ore(book.ore() / 100 * materiality_percent + book.ore() % 100 * materiality_percent / 100);
}

Result<std::uint64_t> size_of_money_sample(Money book, ConfidenceLevel confidence, std::uint32_t spread_millionths, Money tolerable,
                                           Money anticipated) {
  if (!in_range(book)) return problem("sample.out-of-range");
  return planned(ore(book), confidence, spread_millionths, 1'000'000, tolerable, anticipated);
}

Result<std::uint64_t> size_of_simple_sample(std::uint32_t units, ConfidenceLevel confidence, Money spread, Money tolerable,
                                            Money anticipated) {
  if (!in_range(spread)) return problem("sample.out-of-range");
  return planned(units, confidence, ore(spread), 1, tolerable, anticipated);
}

std::uint64_t answers_needed(std::uint32_t population, std::uint32_t points) {
  assert(points > 0);
  if (population == 0) return 0;
  constexpr Wide n0_times_square = 9604;  // 1.96^2 / 4, for points of a hundred
  const Wide square = Wide{points} * points;
  if (square >= n0_times_square) return 1;
  const Wide divisor = square * population + n0_times_square - square;
  return static_cast<std::uint64_t>((n0_times_square * population + divisor - 1) / divisor);
}

std::uint64_t people_to_ask(std::uint32_t population, std::uint64_t answers, std::uint32_t response_percent) {
  assert(response_percent > 0 && response_percent <= 100);
  const Wide wanted = (Wide{answers} * 100 + response_percent - 1) / response_percent;
  return static_cast<std::uint64_t>(wanted < population ? wanted : Wide{population});
}

AuditVerdict audit_verdict(Money projected, Money upper_limit, Money tolerable) {
  if (projected > tolerable) return AuditVerdict::Qualify;
  return upper_limit <= tolerable ? AuditVerdict::Accept : AuditVerdict::MoreWork;
}

Result<Projection> project_money_sample(Money book, const std::vector<Audited>& exhaustive, Money drawn_book,
                                        const std::vector<Audited>& drawn, ConfidenceLevel confidence) {
  if (!in_range(book) || !in_range(drawn_book) || !is_sound(exhaustive) || !is_sound(drawn))
    return problem("sample.out-of-range");
  if (book.ore() == 0 || values_of(exhaustive) + ore(drawn_book) != ore(book) || values_of(drawn) > ore(drawn_book))
    return problem("sample.book-differs");
  // Without drawn units all that is worth something stands in the exhaustive part, and nothing is estimated.
  if (drawn.size() == 1 || (drawn.empty() && drawn_book.ore() > 0)) return problem("sample.no-spread");
  std::int64_t found = 0;
  for (const Audited& unit : exhaustive) found += unit.error.ore();
  if (drawn.empty()) return concluded(book, Money::of_ore(found), Money());
  Sums rates;
  for (const Audited& unit : drawn) {
    const Wide rate = half_up(ore(unit.error) * rate_parts, ore(unit.value));
    rates.of_numbers += rate;
    rates.of_squares += rate * rate;
  }
  const Wide n = drawn.size();
  // The mean rate is at most 1, so neither product passes 10^15 * 10^6 * 10^12.
  const Money projected = Money::of_ore(found) + money(half_up(ore(drawn_book) * rates.of_numbers, n * rate_parts));
  return concluded(book, projected, money(precision(ore(drawn_book), confidence, rates, n, rate_parts)));
}

Result<Projection> project_simple_sample(Money book, std::uint32_t units, const std::vector<Audited>& drawn,
                                         ConfidenceLevel confidence) {
  if (!in_range(book) || !is_sound(drawn)) return problem("sample.out-of-range");
  if (drawn.size() < 2) return problem("sample.no-spread");
  const Wide values = values_of(drawn);
  if (values > ore(book) || drawn.size() > units) return problem("sample.book-differs");
  Sums errors;
  for (const Audited& unit : drawn) {
    errors.of_numbers += ore(unit.error);
    errors.of_squares += ore(unit.error) * ore(unit.error);
  }
  const Wide n = drawn.size();
  if (units * errors.of_numbers > n * most_ore) return problem("sample.out-of-range");
  Projection p =
      concluded(book, money(half_up(units * errors.of_numbers, n)), money(precision(units, confidence, errors, n, 1)));
  p.projected_by_ratio = money(half_up(ore(book) * errors.of_numbers, values));
  return p;
}

}  // namespace horisont
