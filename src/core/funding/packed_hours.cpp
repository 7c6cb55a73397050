#include "core/funding/packed_hours.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace horisont {
namespace {

// A record is told by what differs from the one before it: a byte of signs, then what they announce, then the row.
enum Differs : std::uint8_t { Person = 1, Day = 2, Clock = 4, Length = 8, What = 16, Source = 32, Outcome = 64 };
constexpr std::uint32_t most = 256;  // records of a piece

struct Line {
  TimeRecord time;
  std::uint16_t refused = 0;
  Reason reason = Reason::Accepted;
};

class Packer {
 public:
  explicit Packer(std::string& out) : out_(out) {}
  void put(const Line& now, const Line& before) {
    const TimeRecord &t = now.time, &b = before.time;
    const Origin &o = t.origin, &p = b.origin;
    std::uint8_t differs = 0;
    const auto mark = [&](Differs what, bool holds) { differs = static_cast<std::uint8_t>(differs | (holds ? what : 0)); };
    mark(Person, t.person != b.person);
    mark(Day, t.day != b.day);
    mark(Clock, t.start != b.start || t.end != b.end);
    mark(Length, t.minutes != b.minutes);
    mark(What, t.activity != b.activity || t.flags != b.flags);
    mark(Source, o.import != p.import || o.sheet != p.sheet || o.column != p.column || o.correction != p.correction);
    mark(Outcome, now.refused != before.refused || now.reason != before.reason);
    out_ += static_cast<char>(differs);
    if (differs & Person) number(std::int64_t{t.person} - b.person);
    if (differs & Day) number(std::int64_t{t.day} - b.day);
    if (differs & Clock) number(t.start), number(t.end);
    if (differs & Length) number(t.minutes);
    if (differs & What) out_ += static_cast<char>(t.activity), out_ += static_cast<char>(t.flags);
    if (differs & Source) number(o.import), number(o.sheet), number(o.column), number(o.correction);
    if (differs & Outcome) number(now.refused), out_ += static_cast<char>(now.reason);
    number(std::int64_t{o.row} - p.row);
  }

 private:
  void number(std::int64_t value) {
    auto left = static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
    for (; left >= 0x80; left >>= 7) out_ += static_cast<char>(left | 0x80);
    out_ += static_cast<char>(left);
  }
  std::string& out_;
};

class Unpacker {
 public:
  explicit Unpacker(const char* at) : at_(at) {}
  void next(Line& line) {
    TimeRecord& t = line.time;
    const std::uint8_t differs = byte();
    if (differs & Person) t.person = static_cast<std::uint32_t>(t.person + number());
    if (differs & Day) t.day = static_cast<std::int32_t>(t.day + number());
    if (differs & Clock) t.start = static_cast<std::int16_t>(number()), t.end = static_cast<std::int16_t>(number());
    if (differs & Length) t.minutes = static_cast<std::uint16_t>(number());
    if (differs & What) t.activity = byte(), t.flags = byte();
    if (differs & Source) {
      t.origin.import = static_cast<std::uint32_t>(number());
      t.origin.sheet = static_cast<std::uint16_t>(number());
      t.origin.column = static_cast<std::uint16_t>(number());
      t.origin.correction = static_cast<std::uint16_t>(number());
    }
    if (differs & Outcome) line.refused = static_cast<std::uint16_t>(number()), line.reason = static_cast<Reason>(byte());
    t.origin.row = static_cast<std::uint32_t>(t.origin.row + number());
  }

 private:
  std::uint8_t byte() { return static_cast<std::uint8_t>(*at_++); }
  std::int64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const std::uint8_t one = byte();
      value |= std::uint64_t{one & 0x7fu} << shift;
      if (one < 0x80) return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
    }
  }
  const char* at_;
};

void add(PackedHours::Records& to, const Line& line) {
  to.lines.push_back({.record = static_cast<std::uint32_t>(to.times.size()),
                      .accepted = static_cast<std::uint16_t>(line.time.minutes - line.refused),
                      .refused = line.refused,
                      .reason = line.reason});
  to.times.push_back(line.time);
}

}  // namespace

// Packs records one after the other.
class PackedHours::Adding {
 public:
  explicit Adding(PackedHours& to) : to_(to) {}
  ~Adding() { close(); }
  Adding(const Adding&) = delete;
  Adding& operator=(const Adding&) = delete;
  void add(const TimeRecord& time, std::uint16_t refused, Reason reason) {
    const Line now{time, refused, reason};
    if ((to_.size_ > 0 || piece_.records > 0) && time.person < last_person_) to_.by_person_ = false;
    if (piece_.records == most) close();
    if (piece_.records++ == 0) piece_.person = time.person, before_ = {};
    Packer(piece_.bytes).put(now, before_);
    before_ = now;
    last_person_ = time.person;
  }
  // As it lies in another: records, the last of which is this person's or an earlier one's.
  void share(const std::shared_ptr<const Piece>& piece, std::uint32_t last_person) {
    close();
    to_.pieces_.push_back({piece, to_.size_});
    to_.size_ += piece->records;
    last_person_ = last_person;
  }
  void close() {
    if (piece_.records == 0) return;
    const Piece full = std::exchange(piece_, {});
    share(std::make_shared<const Piece>(full), last_person_);  // a copy takes no more than it holds
  }
  // The records of a piece, one after the other.
  template <class What>
  static void each_in(const Place& of, What what) {
    Unpacker unpacker(of.piece->bytes.data());
    Line line;
    for (std::size_t i = of.first, end = i + of.piece->records; i < end; ++i) {
      unpacker.next(line);
      what(line.time, LedgerLine{.record = static_cast<std::uint32_t>(i),
                                 .accepted = static_cast<std::uint16_t>(line.time.minutes - line.refused),
                                 .refused = line.refused,
                                 .reason = line.reason});
    }
  }

 private:
  PackedHours& to_;
  Piece piece_;
  Line before_;
  std::uint32_t last_person_ = 0;
};

PackedHours::PackedHours(const std::vector<TimeRecord>& times, const std::vector<LedgerLine>& lines) {
  Adding adding(*this);
  for (std::size_t i = 0; i < times.size(); ++i) adding.add(times[i], lines[i].refused, lines[i].reason);
}

void PackedHours::each(const std::function<void(const TimeRecord&, const LedgerLine&)>& what) const {
  for (const Place& place : pieces_) Adding::each_in(place, what);
}

PackedHours PackedHours::with(std::span<const std::uint32_t> persons, const Records& now) const {
  PackedHours out;
  Adding adding(out);
  std::size_t next = 0;
  const auto add_until = [&](std::uint32_t person) {
    for (; next < now.times.size() && now.times[next].person < person; ++next)
      adding.add(now.times[next], now.lines[next].refused, now.lines[next].reason);
  };
  auto replaced = persons.begin();
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const bool last = i + 1 == pieces_.size();
    const std::uint32_t from = pieces_[i].piece->person, to = last ? UINT32_MAX : pieces_[i + 1].piece->person;
    while (replaced != persons.end() && *replaced < from) ++replaced;
    add_until(from);
    // Of nobody who is replaced or added: as it lies.
    if (replaced == persons.end() || *replaced > to) {
      adding.share(pieces_[i].piece, last ? from : to);
      continue;
    }
    Adding::each_in(pieces_[i], [&](const TimeRecord& time, const LedgerLine& line) {
      while (replaced != persons.end() && *replaced < time.person) ++replaced;
      if (replaced != persons.end() && *replaced == time.person) return;
      add_until(time.person);
      adding.add(time, line.refused, line.reason);
    });
  }
  add_until(UINT32_MAX);
  adding.close();
  return out;
}

PackedHours::Records PackedHours::all() const {
  Records out;
  out.times.reserve(size_), out.lines.reserve(size_);
  each([&](const TimeRecord& time, const LedgerLine& line) { out.times.push_back(time), out.lines.push_back(line); });
  return out;
}

PackedHours::Records PackedHours::of(std::span<const std::uint32_t> persons) const {
  Records out;
  for (const std::uint32_t person : persons) {
    const Records one = of(person);
    for (LedgerLine line : one.lines) {
      out.times.push_back(one.times[line.record]);
      line.record = static_cast<std::uint32_t>(out.lines.size());
      out.lines.push_back(line);
    }
  }
  return out;
}

// From the piece before the first record that may be the person's; `what` says whether to go on.
template <class What>
void PackedHours::near(std::uint32_t person, What what) const {
  auto from = pieces_.begin();
  if (by_person_) {
    from = std::partition_point(pieces_.begin(), pieces_.end(), [&](const Place& one) { return one.piece->person < person; });
    if (from != pieces_.begin()) --from;
  }
  for (; from != pieces_.end(); ++from) {
    Unpacker unpacker(from->piece->bytes.data());
    Line line;
    for (std::size_t i = from->first, end = i + from->piece->records; i < end; ++i) {
      unpacker.next(line);
      if (!what(i, line.time.person, [&](Records& to) { horisont::add(to, line); })) return;
    }
  }
}

PackedHours::Records PackedHours::of(std::uint32_t person) const {
  Records out;
  near(person, [&](std::size_t, std::uint32_t whose, auto add_to) {
    if (whose == person) add_to(out);
    return !by_person_ || whose <= person;
  });
  return out;
}

std::size_t PackedHours::first_of(std::uint32_t person) const {
  std::size_t first = size_;
  near(person, [&](std::size_t record, std::uint32_t whose, auto) {
    if (whose >= person) first = record;
    return whose < person;
  });
  return first;
}

std::uint32_t PackedHours::person_of(std::size_t record) const {
  const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), record,
                                      [](std::size_t wanted, const Place& one) { return wanted < one.first; });
  std::uint32_t person = 0;
  Adding::each_in(*std::prev(after), [&](const TimeRecord& time, const LedgerLine& line) {
    if (line.record == record) person = time.person;
  });
  return person;
}

}  // namespace horisont
