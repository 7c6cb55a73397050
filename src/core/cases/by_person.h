#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <span>
#include <vector>

namespace horisont {

/// Values ordered by their `person`, in pieces that are shared with every list made of this one: what is known anew of a few people costs
/// their pieces, however many the others are. Nothing in it changes.
template <class T>
class ByPerson {
 public:
  ByPerson() = default;
  explicit ByPerson(std::vector<T>&& all) { add(std::move(all)); }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T& operator[](std::size_t place) const {
    const Piece& piece = *std::prev(std::upper_bound(pieces_.begin(), pieces_.end(), place,
                                                     [](std::size_t at, const Piece& one) { return at < one.first; }));
    return (*piece.values)[place - piece.first];
  }
  std::span<const T> of(std::uint32_t person) const {
    const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), person,
                                        [](std::uint32_t whose, const Piece& one) { return whose < one.values->front().person; });
    if (after == pieces_.begin()) return {};
    const std::vector<T>& values = *std::prev(after)->values;
    const auto [from, to] = std::equal_range(values.begin(), values.end(), person, Order{});
    return {from, to};
  }
  std::vector<T> all() const {
    std::vector<T> all;
    all.reserve(size_);
    for (const Piece& piece : pieces_) all.insert(all.end(), piece.values->begin(), piece.values->end());
    return all;
  }
  /// The same with what is now known of some people, both ordered: whoever is not in `now` has no value any more.
  ByPerson with(std::span<const std::uint32_t> persons, const std::vector<T>& now) const {
    ByPerson out;
    out.pieces_.reserve(pieces_.size() + 1);
    auto replaced = persons.begin();
    auto next = now.begin();
    const auto take = [&](const std::vector<T>* before, auto last) {
      std::vector<T> values;
      if (before) {
        std::remove_copy_if(before->begin(), before->end(), std::back_inserter(values), [&](const T& one) {
          return std::binary_search(replaced, last, one.person);
        });
      }
      const auto added = values.insert(values.end(), next, last == persons.end() ? now.end() : std::lower_bound(next, now.end(), *last, Order{}));
      next += std::distance(added, values.end());
      std::inplace_merge(values.begin(), added, values.end(), [](const T& a, const T& b) { return a.person < b.person; });
      replaced = last;
      out.add(std::move(values));
    };
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const auto last = i + 1 == pieces_.size() ? persons.end() : std::lower_bound(replaced, persons.end(), pieces_[i + 1].values->front().person);
      if (replaced == last)
        out.share(pieces_[i].values);
      else
        take(pieces_[i].values.get(), last);
    }
    if (pieces_.empty()) take(nullptr, persons.end());
    return out;
  }

 private:
  static constexpr std::size_t most = 512;  // of a piece, but that a person's values stay together
  struct Order {
    bool operator()(const T& one, std::uint32_t person) const { return one.person < person; }
    bool operator()(std::uint32_t person, const T& one) const { return person < one.person; }
  };
  using Values = std::shared_ptr<const std::vector<T>>;
  struct Piece {
    Values values;          // at least one
    std::size_t first = 0;  // the place of the first of them
  };
  void share(const Values& values) {
    pieces_.push_back({values, size_});
    size_ += values->size();
  }
  void add(std::vector<T>&& values) {
    if (values.size() <= most && !values.empty()) return share(std::make_shared<const std::vector<T>>(std::move(values)));
    for (auto from = values.begin(); from != values.end();) {
      auto to = from + std::min<std::ptrdiff_t>(most / 2, values.end() - from);
      while (to != values.end() && to->person == std::prev(to)->person) ++to;
      share(std::make_shared<const std::vector<T>>(std::make_move_iterator(from), std::make_move_iterator(to)));
      from = to;
    }
  }
  std::vector<Piece> pieces_;
  std::size_t size_ = 0;
};

}  // namespace horisont
