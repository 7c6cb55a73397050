#include "core/cases/packed.h"

#include <algorithm>
#include <tuple>
#include <type_traits>

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

PackedParticipations::PackedParticipations(const std::vector<Participation>& participations) {
  begins_.reserve(participations.size());
  persons_.reserve(participations.size());
  for (const Participation& one : participations) add(one);
  bytes_.shrink_to_fit();
}

void PackedParticipations::add(const Participation& one) {
  begins_.push_back(bytes_.size());
  persons_.push_back(one.person);
  Writer(bytes_).put(one);
}

PackedParticipations PackedParticipations::with(std::span<const std::uint32_t> persons,
                                                const std::vector<Participation>& now) const {
  PackedParticipations out;
  out.begins_.reserve(size() + now.size()), out.persons_.reserve(size() + now.size());
  out.bytes_.reserve(bytes_.size() + now.size() * (bytes_.size() / (size() + 1) + 1));
  const auto keep = [&](std::size_t from, std::size_t to) {
    if (from == to) return;
    const std::size_t begin = begins_[from], end = to == size() ? bytes_.size() : begins_[to], moved = out.bytes_.size();
    for (std::size_t i = from; i < to; ++i) {
      out.begins_.push_back(begins_[i] - begin + moved);
      out.persons_.push_back(persons_[i]);
    }
    out.bytes_.append(bytes_, begin, end - begin);
  };
  std::size_t kept = 0;
  auto next = now.begin();
  for (const std::uint32_t person : persons) {
    const auto at = std::lower_bound(persons_.begin() + static_cast<std::ptrdiff_t>(kept), persons_.end(), person);
    const auto place = static_cast<std::size_t>(at - persons_.begin());
    keep(kept, place);
    kept = place + (at != persons_.end() && *at == person);
    for (; next != now.end() && next->person == person; ++next) out.add(*next);
  }
  keep(kept, size());
  return out;
}

Participation PackedParticipations::operator[](std::size_t place) const {
  Participation one;
  Reader(bytes_.data() + begins_[place]).get(one);
  return one;
}

std::optional<std::size_t> PackedParticipations::place_of(std::uint32_t person) const {
  const auto found = std::lower_bound(persons_.begin(), persons_.end(), person);
  if (found == persons_.end() || *found != person) return std::nullopt;
  return static_cast<std::size_t>(found - persons_.begin());
}

std::vector<Participation> PackedParticipations::all() const {
  std::vector<Participation> all;
  all.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) all.push_back((*this)[i]);
  return all;
}

}  // namespace horisont
