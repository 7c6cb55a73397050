#include "core/audit/sample.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>
#include <utility>

#include "core/audit/exact.h"

namespace horisont {
namespace {

std::string big_endian(std::uint64_t number, std::size_t bytes) {
  std::string text(bytes, '\0');
  for (std::size_t i = bytes; i-- > 0; number >>= 8) text[i] = static_cast<char>(number & 0xFF);
  return text;
}

std::string bytes_of(const tlog::Digest& digest) { return {digest.begin(), digest.end()}; }

// A digest made of the seed for one purpose: 1 keys of units, 2 the start among the money, 3 the seed of a stratum.
tlog::Digest derived(const tlog::Digest& seed, char purpose, std::string_view of) {
  return tlog::sha256(bytes_of(seed) + purpose + std::string(of));
}

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

void sort_by_id(std::vector<SampleUnit>& units) {
  std::sort(units.begin(), units.end(), [](const SampleUnit& a, const SampleUnit& b) { return a.id < b.id; });
}

std::vector<SampleUnit> drawn_simple(const std::vector<SampleUnit>& units, std::uint64_t places, const tlog::Digest& seed) {
  std::vector<std::pair<tlog::Digest, const SampleUnit*>> keyed;
  for (const SampleUnit& unit : units) keyed.emplace_back(derived(seed, 1, unit.id), &unit);
  std::sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<SampleUnit> drawn;
  for (const auto& [key, unit] : keyed)
    if (drawn.size() < places) drawn.push_back(*unit);
  return drawn;
}

// A number in [0, end), each as likely as the others: numbers above the last whole multiple of `end` are passed over.
std::uint64_t uniform(const tlog::Digest& seed, std::uint64_t end) {
  const Wide all = Wide{1} << 64;
  for (std::uint64_t c = 0;; ++c) {
    const tlog::Digest digest = derived(seed, 2, big_endian(c, 4));
    const std::uint64_t number = std::accumulate(digest.begin(), digest.begin() + 8, std::uint64_t{0},
                                                 [](std::uint64_t n, std::uint8_t byte) { return n << 8 | byte; });
    if (number < all - all % end) return number % end;
  }
}

Wide worth(const SampleUnit& unit) { return static_cast<Wide>(unit.value.ore()); }
Wide worth(const std::vector<SampleUnit>& units) {
  return std::accumulate(units.begin(), units.end(), Wide{0},
                         [](Wide sum, const SampleUnit& unit) { return sum + worth(unit); });
}

// `rest` are the units by id, of positive value. Above the interval are always fewer units than places, so places are left.
void draw_money(std::vector<SampleUnit> rest, std::uint64_t places, Sample& sample) {
  for (;;) {
    const Wide book = worth(rest);
    const auto above =
        std::stable_partition(rest.begin(), rest.end(), [&](const SampleUnit& unit) { return worth(unit) * places <= book; });
    if (above == rest.end()) break;
    places -= static_cast<std::uint64_t>(rest.end() - above);
    sample.exhaustive.insert(sample.exhaustive.end(), above, rest.end());
    rest.erase(above, rest.end());
  }
  sort_by_id(sample.exhaustive);
  if (rest.empty()) return;
  const Wide book = worth(rest);
  const Wide start = uniform(sample.seed, static_cast<std::uint64_t>(book));
  Wide after = 0;
  std::uint64_t next = 0;
  for (const SampleUnit& unit : rest) {
    after += worth(unit);
    if (next == places || (start + next * book) / places >= after) continue;
    sample.drawn.push_back(unit);  // no unit is above the interval, so no two places fall on one
    ++next;
  }
}

std::vector<SampleUnit> drawn_stratified(const std::vector<SampleUnit>& units, std::uint64_t places, std::uint64_t least,
                                         const tlog::Digest& seed) {
  std::map<std::string, std::vector<SampleUnit>> strata;
  for (const SampleUnit& unit : units) strata[unit.stratum].push_back(unit);
  std::vector<std::uint64_t> sizes;
  for (const auto& [name, members] : strata) sizes.push_back(members.size());
  const std::vector<std::uint64_t> shares = proportional_places(sizes, places, least);
  std::vector<SampleUnit> drawn;
  auto share = shares.begin();
  for (const auto& [name, members] : strata) {
    const auto part = drawn_simple(members, *share++, derived(seed, 3, name));
    drawn.insert(drawn.end(), part.begin(), part.end());
  }
  return drawn;
}

}  // namespace

std::string frame_text(SampleMethod method, std::vector<SampleUnit> units) {
  sort_by_id(units);
  std::string text;
  for (const SampleUnit& unit : units) {
    text += unit.id;
    if (method == SampleMethod::MonetaryUnit) text += '\t' + std::to_string(unit.value.ore());
    if (method == SampleMethod::Stratified) text += '\t' + unit.stratum;
    text += '\n';
  }
  return text;
}

tlog::Digest sample_seed(const SampleBasis& basis, const tlog::Digest& frame) {
  std::string bytes = "horisont/sample/v1";
  bytes += '\0';
  bytes += basis.origin;
  bytes += '\0';
  return tlog::sha256(bytes + big_endian(basis.size, 8) + bytes_of(basis.root) + bytes_of(frame) + basis.nonce);
}

std::vector<std::uint64_t> proportional_places(const std::vector<std::uint64_t>& sizes, std::uint64_t places,
                                               std::uint64_t least) {
  const Wide all = std::accumulate(sizes.begin(), sizes.end(), Wide{0});
  std::vector<std::uint64_t> shares(sizes.size(), 0);
  if (all == 0) return shares;
  assert(places <= all);
  std::vector<std::size_t> by_remainder(sizes.size());
  std::iota(by_remainder.begin(), by_remainder.end(), std::size_t{0});
  const auto remainder = [&](std::size_t i) { return Wide{sizes[i]} * places % all; };
  std::stable_sort(by_remainder.begin(), by_remainder.end(),
                   [&](std::size_t a, std::size_t b) { return remainder(a) > remainder(b); });
  std::uint64_t left = places;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    shares[i] = static_cast<std::uint64_t>(Wide{sizes[i]} * places / all);
    left -= shares[i];
  }
  for (const std::size_t i : by_remainder)
    if (left > 0) ++shares[i], --left;
  for (std::size_t i = 0; i < sizes.size(); ++i) shares[i] = std::max(shares[i], std::min(least, sizes[i]));
  return shares;
}

Result<Sample> draw_sample(SampleMethod method, std::vector<SampleUnit> frame, std::uint64_t places, const SampleBasis& basis,
                           std::uint64_t least) {
  if (frame.empty()) return problem("sample.no-units");
  if (places == 0) return problem("sample.no-places");
  if (basis.nonce.size() < 16 || basis.nonce.size() > 32)
    return problem("sample.seed-length", std::to_string(basis.nonce.size()));
  sort_by_id(frame);
  Wide book = 0;
  for (std::size_t i = 0; i < frame.size(); ++i) {
    const SampleUnit& unit = frame[i];
    if (!is_word(unit.id)) return problem("sample.id-form", unit.id);
    if (method == SampleMethod::Stratified && !is_word(unit.stratum))
      return problem("sample.stratum-form", unit.id, unit.stratum);
    if (i > 0 && unit.id == frame[i - 1].id) return problem("sample.id-twice", unit.id);
    if (unit.value.ore() > 0) book += worth(unit);
  }
  if (method == SampleMethod::MonetaryUnit && book >> 63 != 0) return problem("sample.too-much-money");

  Sample sample;
  sample.frame = tlog::sha256(frame_text(method, frame));
  sample.seed = sample_seed(basis, sample.frame);
  places = std::min<std::uint64_t>(places, frame.size());
  if (method == SampleMethod::MonetaryUnit) {
    const auto positive =
        std::stable_partition(frame.begin(), frame.end(), [](const SampleUnit& unit) { return unit.value.ore() <= 0; });
    sample.left_out.assign(frame.begin(), positive);
    frame.erase(frame.begin(), positive);
    if (frame.empty()) return problem("sample.no-money");
    draw_money(std::move(frame), places, sample);
  } else if (method == SampleMethod::Stratified) {
    sample.drawn = drawn_stratified(frame, places, least, sample.seed);
  } else {
    sample.drawn = drawn_simple(frame, places, sample.seed);
  }
  return sample;
}

}  // namespace horisont
