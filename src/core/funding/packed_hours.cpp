#include "core/funding/packed_hours.h"

#include <algorithm>
#include <string_view>

namespace horisont {
namespace {

// A record is told by what differs from the one before it: a byte of signs, then what they announce, then the row.
enum Differs : std::uint8_t { Person = 1, Day = 2, Clock = 4, Length = 8, What = 16, Source = 32, Outcome = 64 };
constexpr std::uint32_t between_marks = 256;

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
  explicit Adding(PackedHours& to) : to_(to), packer_(to.bytes_) {}
  ~Adding() { to_.bytes_.shrink_to_fit(), to_.marks_.shrink_to_fit(); }
  Adding(const Adding&) = delete;
  Adding& operator=(const Adding&) = delete;
  void add(const TimeRecord& time, std::uint16_t refused, Reason reason) {
    const Line now{time, refused, reason};
    if (to_.size_ > 0 && time.person < last_person_) to_.by_person_ = false;
    if (in_block_ == 0 || in_block_ == between_marks) begin_block(time.person);
    ++in_block_;
    packer_.put(now, before_);
    before_ = now;
    last_person_ = time.person;
    ++to_.size_;
  }
  // The record after a block's last.
  static std::size_t block_end(const PackedHours& of, std::size_t block) {
    return block + 1 < of.marks_.size() ? of.marks_[block + 1].record : of.size_;
  }
  // The records of a block, one after the other.
  template <class What>
  static void each_in(const PackedHours& of, std::size_t block, What what) {
    Unpacker unpacker(of.bytes_.data() + of.marks_[block].at);
    Line line;
    for (std::size_t i = of.marks_[block].record, end = block_end(of, block); i < end; ++i) {
      unpacker.next(line);
      what(line.time, LedgerLine{.record = static_cast<std::uint32_t>(i),
                                 .accepted = static_cast<std::uint16_t>(line.time.minutes - line.refused),
                                 .refused = line.refused,
                                 .reason = line.reason});
    }
  }
  // As it lies in another: records, the last of which is this person's.
  void copy_block(std::string_view bytes, std::uint32_t first_person, std::uint32_t last_person, std::size_t records) {
    begin_block(first_person);
    to_.bytes_ += bytes;
    to_.size_ += records;
    last_person_ = last_person;  // in_block_ is 0: the next record begins a block
  }

 private:
  PackedHours& to_;
  Packer packer_;
  void begin_block(std::uint32_t person) {
    to_.marks_.push_back({to_.bytes_.size(), static_cast<std::uint32_t>(to_.size_), person});
    before_ = {};
    in_block_ = 0;
  }
  Line before_;
  std::uint32_t last_person_ = 0, in_block_ = 0;
};

PackedHours::PackedHours(const std::vector<TimeRecord>& times, const std::vector<LedgerLine>& lines) {
  Adding adding(*this);
  for (std::size_t i = 0; i < times.size(); ++i) adding.add(times[i], lines[i].refused, lines[i].reason);
}

void PackedHours::each(const std::function<void(const TimeRecord&, const LedgerLine&)>& what) const {
  for (std::size_t block = 0; block < marks_.size(); ++block) Adding::each_in(*this, block, what);
}

PackedHours PackedHours::with(std::span<const std::uint32_t> persons, const Records& now) const {
  PackedHours out;
  out.bytes_.reserve(bytes_.size() + now.times.size() * 16);
  {
    Adding adding(out);
    std::size_t next = 0;
    const auto add_until = [&](std::uint32_t person) {
      for (; next < now.times.size() && now.times[next].person < person; ++next)
        adding.add(now.times[next], now.lines[next].refused, now.lines[next].reason);
    };
    auto replaced = persons.begin();
    for (std::size_t block = 0; block < marks_.size(); ++block) {
      const bool last = block + 1 == marks_.size();
      const std::uint32_t from = marks_[block].person, to = last ? UINT32_MAX : marks_[block + 1].person;
      while (replaced != persons.end() && *replaced < from) ++replaced;
      // Of nobody who is replaced or added: as it lies.
      if (!last && (replaced == persons.end() || *replaced > to)) {
        add_until(from);
        const std::size_t end = marks_[block + 1].at;
        adding.copy_block(std::string_view(bytes_).substr(marks_[block].at, end - marks_[block].at), from, to,
                          Adding::block_end(*this, block) - marks_[block].record);
        continue;
      }
      Adding::each_in(*this, block, [&](const TimeRecord& time, const LedgerLine& line) {
        while (replaced != persons.end() && *replaced < time.person) ++replaced;
        if (replaced != persons.end() && *replaced == time.person) return;
        add_until(time.person);
        adding.add(time, line.refused, line.reason);
      });
    }
    add_until(UINT32_MAX);
  }
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

// From the mark before the first record that may be the person's; `what` says whether to go on.
template <class What>
void PackedHours::near(std::uint32_t person, What what) const {
  auto from = marks_.begin();
  if (by_person_) {
    from = std::partition_point(marks_.begin(), marks_.end(), [&](const Mark& mark) { return mark.person < person; });
    if (from != marks_.begin()) --from;
  }
  if (from == marks_.end()) return;
  for (auto block = static_cast<std::size_t>(from - marks_.begin()); block < marks_.size(); ++block) {
    Unpacker unpacker(bytes_.data() + marks_[block].at);
    Line line;
    for (std::size_t i = marks_[block].record, end = Adding::block_end(*this, block); i < end; ++i) {
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
  const auto after = std::partition_point(marks_.begin(), marks_.end(), [&](const Mark& mark) { return mark.record <= record; });
  std::uint32_t person = 0;
  const auto block = static_cast<std::size_t>(after - marks_.begin()) - 1;
  Adding::each_in(*this, block, [&](const TimeRecord& time, const LedgerLine& line) {
    if (line.record == record) person = time.person;
  });
  return person;
}

}  // namespace horisont
