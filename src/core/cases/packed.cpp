#include "core/cases/packed.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <type_traits>
#include <utility>

namespace horisont {
namespace {

// All members of a value, in order. A member more or less does not compile.
auto members(auto& value)
  requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(value)>>, Traits>
{
  auto& [a, b, c, d, e, f, g, h, i, j] = value;
  return std::tie(a, b, c, d, e, f, g, h, i, j);
}
auto members(auto& value)
  requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(value)>>, LabourEvent>
{
  auto& [status, on, origin] = value;
  return std::tie(origin, status, on);
}
auto members(auto& value)
  requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(value)>>, EvidenceItem>
{
  auto& [criterion, type, reference, held_by, issued_by, seen_by, location, file_name, file_sha256, dated, from, to, seen_on, origin] = value;
  return std::tie(origin, criterion, type, reference, held_by, issued_by, seen_by, location, file_name, file_sha256, dated, from, to,
                  seen_on);
}
auto members(auto& value)
  requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(value)>>, ExitResult>
{
  auto& [exit_date, exit_reason, status_after, education_kind, status_source, offer_kind, status_after_date, completed,
         in_education_after, national_programme, completed_grades, qualification, offer, health_improved, events,
         qualification_date, offer_date, six_month_date, six_month_response, six_month_status, six_month_self_employed,
         six_month_education, six_month_improved, origin] = value;
  return std::tie(origin, exit_date, exit_reason, status_after, education_kind, status_source, offer_kind, status_after_date,
                  completed, in_education_after, national_programme, completed_grades, qualification, offer, health_improved,
                  events, qualification_date, offer_date, six_month_date, six_month_response, six_month_status,
                  six_month_self_employed, six_month_education, six_month_improved);
}
auto members(auto& value)
  requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(value)>>, Participation>
{
  auto& [person, reference, number, protected_identity, name, email, mobile, gender, local_id, gender_by_number, born_on, entered_on, left_on,
         spells, subproject, school, home_municipality, school_municipality, employment_status, isced_level, school_stage,
         target_group, referred_by, compensation, works, studies, pupil_at_risk, upper_secondary_complete, kaa_registered, unemployed_since,
         information_given_on, traits, result, evidence, origin, overlap_days, overlap_with] = value;
  return std::tie(person, origin, reference, number, protected_identity, name, email, mobile, gender, local_id, gender_by_number, born_on,
                  entered_on, left_on, spells, subproject, school, home_municipality, school_municipality, employment_status,
                  isced_level, school_stage, target_group, referred_by, compensation, works, studies, pupil_at_risk, upper_secondary_complete,
                  kaa_registered, unemployed_since, information_given_on, traits, result, evidence, overlap_days, overlap_with);
}

template <class T>
concept WithMembers = requires(T& value) { members(value); };
template <class T>
concept Whole = std::is_integral_v<T> || std::is_enum_v<T>;

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  // Seven bits a byte, the sign in the lowest: what is small is short.
  template <Whole T>
  void put(const T& value) {
    const auto number = static_cast<std::int64_t>(value);
    std::uint64_t left = (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
    for (; left >= 0x80; left >>= 7) out_.push_back(static_cast<char>(left | 0x80));
    out_.push_back(static_cast<char>(left));
  }
  void put(const std::string& text) { put(text.size()), out_ += text; }
  void put(const Date& day) { put(day.days()); }
  void put(const PersonalIdentityNumber& number) { put(number.digits()); }
  void put(const Period& period) { put(period.first), put(period.last); }
  // Most facts stand in the row that the one before stands in.
  void put(const Origin& origin) {
    Origin same = row_;
    same.column = origin.column;
    put(origin != same);
    if (origin != same) put(origin.import), put(origin.sheet), put(origin.row), put(origin.correction);
    put(origin.column);
    row_ = origin;
  }
  template <class T>
  void put(const Known<T>& known) {
    put(known.value), put(known.origin);
  }
  template <class T>
  void put(const std::optional<T>& maybe) {
    put(maybe.has_value());
    if (maybe) put(*maybe);
  }
  template <class T>
  void put(const std::vector<T>& many) {
    put(many.size());
    for (const T& one : many) put(one);
  }
  template <WithMembers T>
  void put(const T& value) {
    std::apply([&](const auto&... each) { (put(each), ...); }, members(value));
  }

 private:
  std::string& out_;
  Origin row_;
};

class Reader {
 public:
  explicit Reader(const char* at) : at_(at) {}

  template <Whole T>
  void get(T& value) {
    std::uint64_t number = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<std::uint64_t>(static_cast<unsigned char>(*at_++));
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    value = static_cast<T>(static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1));
  }
  void get(std::string& text) {
    const auto size = taken<std::size_t>();
    text.assign(at_, size);
    at_ += size;
  }
  void get(Date& day) { day = Date::of_days(taken<std::int32_t>()); }
  void get(Period& period) { get(period.first), get(period.last); }
  void get(Origin& origin) {
    if (taken<bool>()) get(row_.import), get(row_.sheet), get(row_.row), get(row_.correction);
    get(row_.column);
    origin = row_;
  }
  template <class T>
  void get(Known<T>& known) {
    get(known.value), get(known.origin);
  }
  void get(std::optional<PersonalIdentityNumber>& number) {
    if (taken<bool>()) number = PersonalIdentityNumber::of_normal_form(taken<std::string>()).value();
  }
  template <class T>
  void get(std::optional<T>& maybe) {
    if (taken<bool>()) get(maybe.emplace(nothing<T>()));
  }
  template <class T>
  void get(std::vector<T>& many) {
    many.resize(taken<std::size_t>(), nothing<T>());
    for (T& one : many) get(one);
  }
  template <WithMembers T>
  void get(T& value) {
    std::apply([&](auto&... each) { (get(each), ...); }, members(value));
  }

 private:
  template <class T>
  T taken() {
    T value{};
    get(value);
    return value;
  }
  // A value to be read over; days have none of their own.
  template <class T>
  static T nothing() {
    if constexpr (std::is_same_v<T, Date>)
      return Date::of_days(0);
    else if constexpr (std::is_same_v<T, Period>)
      return {Date::of_days(0), {}};
    else if constexpr (std::is_same_v<T, Known<Date>>)
      return {Date::of_days(0), {}};
    else
      return {};
  }
  const char* at_;
  Origin row_;
};

}  // namespace

// Fills pieces one after the other.
class PackedParticipations::Adding {
 public:
  explicit Adding(PackedParticipations& to) : to_(to) {}
  ~Adding() { close(); }
  Adding(const Adding&) = delete;
  Adding& operator=(const Adding&) = delete;
  void add(const Participation& one) {
    begin(one.person);
    Writer(piece_.bytes).put(one);
  }
  // As it lies in another piece.
  void copy(const Piece& of, std::size_t i) {
    begin(of.persons[i]);
    const std::size_t end = i + 1 < of.begins.size() ? of.begins[i + 1] : of.bytes.size();
    piece_.bytes.append(of.bytes, of.begins[i], end - of.begins[i]);
  }
  void share(const std::shared_ptr<const Piece>& piece) {
    close();
    to_.pieces_.push_back({piece, to_.size_});
    to_.size_ += piece->persons.size();
  }
  void close() {
    if (piece_.persons.empty()) return;
    const Piece full = std::exchange(piece_, {});
    share(std::make_shared<const Piece>(full));  // a copy takes no more than it holds
  }

 private:
  static constexpr std::size_t most = 256;
  void begin(std::uint32_t person) {
    if (piece_.persons.size() == most) close();
    piece_.begins.push_back(static_cast<std::uint32_t>(piece_.bytes.size()));
    piece_.persons.push_back(person);
  }
  PackedParticipations& to_;
  Piece piece_;
};

PackedParticipations::PackedParticipations(const std::vector<Participation>& participations) {
  Adding adding(*this);
  for (const Participation& one : participations) adding.add(one);
}

PackedParticipations PackedParticipations::with(std::span<const std::uint32_t> persons,
                                                const std::vector<Participation>& now) const {
  PackedParticipations out;
  Adding adding(out);
  auto replaced = persons.begin();
  auto next = now.begin();
  const auto add_before = [&](std::uint32_t person) {
    for (; next != now.end() && next->person < person; ++next) adding.add(*next);
  };
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const bool last = i + 1 == pieces_.size();
    const Piece& piece = *pieces_[i].piece;
    // Of nobody who is replaced or added.
    if (replaced == persons.end() || (!last && *replaced >= pieces_[i + 1].piece->persons.front())) {
      adding.share(pieces_[i].piece);
      continue;
    }
    for (std::size_t one = 0; one < piece.persons.size(); ++one) {
      const std::uint32_t person = piece.persons[one];
      while (replaced != persons.end() && *replaced < person) ++replaced;
      add_before(person);
      if (replaced == persons.end() || *replaced != person) adding.copy(piece, one);
    }
    if (!last) {
      const std::uint32_t end = pieces_[i + 1].piece->persons.front();
      while (replaced != persons.end() && *replaced < end) ++replaced;
      add_before(end);
    }
  }
  for (; next != now.end(); ++next) adding.add(*next);
  adding.close();
  return out;
}

const PackedParticipations::Place& PackedParticipations::at(std::size_t place) const {
  return *std::prev(std::upper_bound(pieces_.begin(), pieces_.end(), place,
                                     [](std::size_t wanted, const Place& one) { return wanted < one.first; }));
}

Participation PackedParticipations::operator[](std::size_t place) const {
  const auto& [piece, first] = at(place);
  Participation one;
  Reader(piece->bytes.data() + piece->begins[place - first]).get(one);
  return one;
}

std::uint32_t PackedParticipations::person_at(std::size_t place) const {
  const auto& [piece, first] = at(place);
  return piece->persons[place - first];
}

std::optional<std::size_t> PackedParticipations::place_of(std::uint32_t person) const {
  const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), person,
                                      [](std::uint32_t wanted, const Place& one) { return wanted < one.piece->persons.front(); });
  if (after == pieces_.begin()) return std::nullopt;
  const Place& at = *std::prev(after);
  const auto found = std::lower_bound(at.piece->persons.begin(), at.piece->persons.end(), person);
  if (found == at.piece->persons.end() || *found != person) return std::nullopt;
  return at.first + static_cast<std::size_t>(found - at.piece->persons.begin());
}

std::vector<Participation> PackedParticipations::all() const {
  std::vector<Participation> all;
  all.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) all.push_back((*this)[i]);
  return all;
}

}  // namespace horisont
