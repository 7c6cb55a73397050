#include "edge/import/people_index.h"

#include <algorithm>
#include <vector>

#include "core/cases/cell_view.h"
#include "edge/import/values.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

std::uint64_t digits_of(const PersonalIdentityNumber& number) {
  std::uint64_t value = 0;
  for (const char c : number.digits()) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  return value;
}

std::string special_key(const PersonalIdentityNumber& number, std::string_view name) {
  return number.digits() + " " + name_key(name);
}

}  // namespace

PeopleIndex::PeopleIndex(const People& people) {
  for (std::uint32_t i = 0; i < people.size(); ++i) add(people[i], i);
}

void PeopleIndex::add(const Person& person, std::uint32_t index) {
  count_ = std::max(count_, index + 1);
  if (person.number) add_number(*person.number, person.name, index);
  if (!person.local_id.empty()) local_ids_.insert(lower_case(person.local_id), index);
}

void PeopleIndex::add_number(const PersonalIdentityNumber& number, std::string_view name, std::uint32_t index) {
  if (number.names_one_person())
    numbers_.insert(digits_of(number), index);
  else
    special_numbers_.insert(special_key(number, name), index);
}

std::uint32_t PeopleIndex::by_number(const PersonalIdentityNumber& number, std::string_view name) const {
  const auto* found =
      number.names_one_person() ? numbers_.find(digits_of(number)) : special_numbers_.find(special_key(number, name));
  return found ? *found : nobody;
}

std::uint32_t PeopleIndex::by_reference(std::string_view tidied) const {
  if (const auto* found = local_ids_.find(lower_case(tidied))) return *found;
  const auto person = person_of_reference(tidied);
  return person && *person < count_ ? *person : nobody;
}

NameIndex::NameIndex(const People& people) {
  for (std::uint32_t i = 0; i < people.size(); ++i)
    if (!people[i].name.empty()) names_[name_key(people[i].name)].push_back(i);
}

std::span<const std::uint32_t> NameIndex::all(std::string_view name) const {
  const auto found = names_.find(name_key(name));
  return found == names_.end() ? std::span<const std::uint32_t>() : found->second;
}

std::uint32_t NameIndex::find(std::string_view name) const {
  const auto found = all(name);
  return found.size() == 1 ? found.front() : nobody;
}

std::uint32_t NameIndex::nearest(std::string_view name) const {
  const std::string key = name_key(name);
  std::uint32_t best = nobody;
  int distance = 3;
  for (const auto& [other, people] : names_) {
    const int away = edits(key, other, 2);
    if (away > 2 || away > distance) continue;
    best = away == distance || people.size() > 1 ? nobody : people.front();
    distance = away;
  }
  return best;
}

std::vector<std::uint32_t> NameIndex::near(std::string_view name) const {
  constexpr std::size_t most = 3;
  const std::string key = name_key(name);
  struct Likely {
    int distance;  // letters apart; more than `letters`: by how many of its words are other words
    std::uint32_t person;
  };
  constexpr int letters = 4;
  const auto words_of = [](std::string_view of) {
    std::vector<std::string> words;
    // "Al-Hassan" is said as two words too.
    for (std::size_t at = 0, end; (end = of.find_first_of(" -", at)) != of.npos; at = end + 1) words.emplace_back(of.substr(at, end - at));
    return words;
  };
  const std::vector<std::string> said = words_of(key);
  std::vector<Likely> likely;
  for (const auto& [other, people] : names_) {
    int away = edits(key, other, letters);
    if (away > letters || 2 * static_cast<std::size_t>(away) >= characters(key)) {
      int shared = 0;
      for (const std::string& word : words_of(other))
        shared += std::any_of(said.begin(), said.end(), [&](const std::string& one) {
          return one == word || plain_key(one) == plain_key(word) || (characters(one) > 4 && characters(word) > 4 && edits(one, word, 1) <= 1);
        });
      if (shared == 0) continue;
      // "Ida B": an initial tells Berg from Sjö.
      const std::vector<std::string> whole = words_of(other);
      for (const std::string& one : said)
        shared += characters(one) == 1 && std::any_of(whole.begin(), whole.end(), [&](const std::string& word) { return characters(word) > 1 && word.starts_with(one); });
      away = letters + 1 + static_cast<int>(said.size()) - shared;
    }
    for (const std::uint32_t person : people) likely.push_back({away, person});
  }
  std::stable_sort(likely.begin(), likely.end(), [](const Likely& a, const Likely& b) { return std::pair(a.distance, a.person) < std::pair(b.distance, b.person); });
  std::vector<std::uint32_t> out;
  for (const Likely& one : likely)
    if (out.size() < most && one.distance <= likely.front().distance + 1) out.push_back(one.person);
  return out;
}

std::string NameIndex::near_words(std::string_view name) const {
  std::string words;
  for (const std::uint32_t person : near(name)) words += (words.empty() ? "" : ", ") + participant_reference(person);
  return words.empty() ? "\u2013" : words;
}

std::string name_key(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const std::string lower = lower_case(nfc(name));
  for (const char c : lower) {
    if (c == ' ' || c == ',' || c == '.') {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
    } else {
      word += c;
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  std::sort(words.begin(), words.end());
  std::string out;
  for (const std::string& each : words) out += each + " ";
  return out;
}

std::string identity_text(const CellView& cell) {
  if (cell.kind != CellView::Kind::Number) return std::string(cell.text);
  const auto decimal = decimal_of(cell.text);
  const auto whole = decimal ? whole_of(*decimal) : std::nullopt;
  if (!whole || *whole < 0) return std::string(cell.text);
  std::string digits = std::to_string(*whole);
  // A format such as 000000-0000 shows the zeros: they were never lost.
  const auto zeros = static_cast<std::size_t>(std::count(cell.format.begin(), cell.format.end(), '0'));
  if ((zeros == 10 || zeros == 12) && digits.size() < zeros && digits.size() >= 6) digits.insert(0, zeros - digits.size(), '0');
  // So is its hyphen.
  if (digits.size() == zeros && zeros >= 10 && cell.format.find('-') != cell.format.npos) digits.insert(zeros - 4, "-");
  return digits;
}

bool names_differ(std::string_view written, std::string_view stored) {
  const std::string here = name_key(written), there = name_key(stored);
  if (here.empty() || there.empty() || here == there) return false;
  std::size_t missing = 0;
  for (std::string_view rest = here; !rest.empty();) {
    const auto blank = rest.find(' ');
    if ((" " + there + " ").find(" " + std::string(rest.substr(0, blank)) + " ") == std::string::npos) ++missing;
    rest = blank == std::string_view::npos ? std::string_view() : rest.substr(blank + 1);
  }
  return missing > 0 && edits(here, there, 2) > 2;
}

}  // namespace horisont
