#include "edge/store/person_rows.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "log/entry.h"
#include "log/evp.h"

namespace horisont {
namespace {

constexpr std::string_view first_line = "horisont-rows 1";

std::string raw(const tlog::Digest& digest) { return {digest.begin(), digest.end()}; }

void add_number(std::string& out, std::int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  (out += ' ').append(digits, end);
}

// A line's parts between blanks.
std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (;;) {
    const std::size_t end = line.find(' ');
    words.push_back(line.substr(0, end));
    if (end == line.npos) return words;
    line.remove_prefix(end + 1);
  }
}

constexpr std::size_t salt_size = 16;

std::optional<std::string> salt_from(std::string_view hex) {
  auto bytes = tlog::from_hex(hex);
  return bytes && bytes->size() == salt_size ? bytes : std::nullopt;
}

std::optional<tlog::Digest> digest_from(std::string_view hex) {
  const auto bytes = tlog::from_hex(hex);
  tlog::Digest digest{};
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

std::string text_of(const RowProof& proof) {
  std::string out = std::to_string(proof.index) + " " + tlog::hex(proof.open_salt) + " " +
                    (proof.hidden_salt.empty() ? "-" : tlog::hex(proof.hidden_salt)) + " " + tlog::hex(proof.hidden);
  for (const tlog::Digest& hash : proof.path) out += " " + tlog::hex(hash);
  return out + "\n";
}

// Index, two salts, digest and path.
std::optional<RowProof> proof_from(const std::vector<std::string_view>& words) {
  if (words.size() < 6) return std::nullopt;
  const auto index = tlog::number_from(words[2]);
  const auto open = salt_from(words[3]);
  const auto hidden = digest_from(words[5]);
  if (!index || !open || !hidden) return std::nullopt;
  RowProof proof{.index = *index, .open_salt = *open, .hidden_salt = {}, .hidden = *hidden, .path = {}};
  if (words[4] != "-") {
    const auto salt = salt_from(words[4]);
    if (!salt) return std::nullopt;
    proof.hidden_salt = *salt;
  }
  for (std::size_t i = 6; i < words.size(); ++i) {
    const auto hash = digest_from(words[i]);
    if (!hash) return std::nullopt;
    proof.path.push_back(*hash);
  }
  return proof;
}

tlog::Digest hidden_digest(const std::string& salt, const std::string& text) {
  return text.empty() ? tlog::Digest{} : tlog::sha256(salt + text);
}

tlog::Digest leaf_from_digests(const tlog::Digest& open, const tlog::Digest& hidden) {
  return tlog::leaf_hash(raw(open) + raw(hidden));
}

}  // namespace

bool names_somebody(RecordKind kind, std::string_view field) {
  constexpr std::string_view known[] = {"identity_number", "name",   "family_name", "given_name", "email", "note", "mobile", "local_id",
                                        "kaa_reference",   "reason", "employer_org_number", "file_name", "participant"};
  constexpr std::string_view of_staff[] = {"description", "signed_by", "approved_by"};
  const auto is_in = [&](const auto& fields) { return std::find(std::begin(fields), std::end(fields), field) != std::end(fields); };
  return is_in(known) || (kind == RecordKind::StaffTime ? is_in(of_staff) : field == "employer");
}

void RowsByPerson::person(std::uint32_t number, std::optional<std::string_view> identity, std::string_view local_id,
                          std::string_view name) {
  RowTexts& texts = persons_[number];
  texts.open += "person\n";
  texts.hidden += "person\n";
  if (identity) (texts.hidden += "identity\t").append(*identity) += '\n';
  for (const auto& [what, value] : {std::pair("local_id\t", local_id), std::pair("name\t", name)})
    (texts.hidden += what).append(value) += '\n';
}

void RowsByPerson::fact(std::uint32_t person, RecordKind kind, std::int64_t sheet, std::int64_t row, std::string_view values) {
  RowTexts lines;
  StaffKey key;
  while (!values.empty()) {
    const std::string_view line = values.substr(0, values.find('\n'));
    values.remove_prefix(std::min(values.size(), line.size() + 1));
    const std::string_view field = line.substr(0, line.find('\t'));
    ((names_somebody(kind, field) ? lines.hidden : lines.open) += line) += '\n';
    const std::string_view rest = line.substr(std::min(line.size(), field.size() + 1));
    if (field == "employer") key.first = rest.substr(0, rest.find('\t'));
    if (field == "staff_id") key.second = rest.substr(0, rest.find('\t'));
  }
  RowTexts& texts = kind == RecordKind::StaffTime ? staff_[key] : persons_[person];
  std::string begins = "fact";
  for (const std::int64_t number : {std::int64_t{static_cast<int>(kind)}, sheet, row}) add_number(begins, number);
  (texts.open += begins + "\n") += lines.open;
  (texts.hidden += begins + "\n") += lines.hidden;
}

void RowsByPerson::time(std::uint32_t person, const Time& time, std::string_view activity) {
  if (!timed_ || *timed_ != person) {
    if (timed_) hand_out(*timed_);
    timed_ = person;
    of_timed_ = &persons_[person];
  }
  std::string& open = of_timed_->open;
  open += "time";
  for (const std::int64_t number : {time.day, time.start, time.end, time.minutes, time.flags, time.sheet, time.row, time.column})
    add_number(open, number);
  ((open += ' ') += activity) += '\n';
}

void RowsByPerson::hand_out(std::uint32_t person) {
  const auto found = persons_.find(person);
  each_(person, found->second);
  persons_.erase(found);
}

std::map<StaffKey, RowTexts> RowsByPerson::finish() {
  while (!persons_.empty()) hand_out(persons_.begin()->first);
  return std::move(staff_);
}

namespace {

std::string_view half(const tlog::Digest& digest, std::size_t which) {
  return {reinterpret_cast<const char*>(digest.data()) + which * salt_size, salt_size};
}

}  // namespace

tlog::Digest RowTree::salts(std::uint64_t index) {
  char place[8];
  for (std::size_t i = 0; i < sizeof place; ++i) place[i] = static_cast<char>((index >> (56 - 8 * i)) & 255);
  hash_.add(secret_);
  hash_.add({place, sizeof place});
  return hash_.finish();
}

tlog::Digest RowTree::hidden(const tlog::Digest& salts, const RowTexts& texts) {
  if (texts.hidden.empty()) return {};
  hash_.add(half(salts, 1));
  hash_.add(texts.hidden);
  return hash_.finish();
}

// As leaf_from_digests gives it, without a text of its own for each of a hundred thousand.
tlog::Digest RowTree::leaf(std::uint64_t index, const RowTexts& texts) {
  const tlog::Digest both = salts(index), rest = hidden(both, texts);
  hash_.add(half(both, 0));
  hash_.add(texts.open);
  const tlog::Digest open = hash_.finish();
  hash_.add(std::string_view("\0", 1));
  for (const tlog::Digest* part : {&open, &rest}) hash_.add({reinterpret_cast<const char*>(part->data()), part->size()});
  return hash_.finish();
}

void RowTree::person(std::uint32_t number, const RowTexts& texts) {
  leaves_[number] = leaf(number, texts);
  set_[number] = true;
}

void RowTree::staff(const std::map<StaffKey, RowTexts>& rows) {
  for (const auto& [key, texts] : rows) {
    leaves_.push_back(leaf(leaves_.size(), {text_of_staff(key) + texts.open, texts.hidden}));
    set_.push_back(true);
  }
}

tlog::Digest RowTree::root() {
  for (std::size_t i = 0; i < leaves_.size(); ++i)
    if (!set_[i]) leaves_[i] = leaf(i, {}), set_[i] = true;
  return tlog::root_of(leaves_);
}

RowProof RowTree::proof(std::uint64_t index, const RowTexts& texts, bool with_hidden) {
  const tlog::Digest both = salts(index);
  return {.index = index,
          .open_salt = std::string(half(both, 0)),
          .hidden_salt = with_hidden ? std::string(half(both, 1)) : std::string(),
          .hidden = hidden(both, texts),
          .path = tlog::inclusion_proof(leaves_, index)};
}

bool proves(const RowProof& proof, const RowTexts& texts, std::uint64_t leaves, const tlog::Digest& root) {
  const tlog::Digest hidden = proof.hidden_salt.empty() ? proof.hidden : hidden_digest(proof.hidden_salt, texts.hidden);
  return hidden == proof.hidden &&
         tlog::includes(proof.index, leaves, leaf_from_digests(tlog::sha256(proof.open_salt + texts.open), hidden), proof.path, root);
}

std::string text_of_staff(const StaffKey& key) { return "staff\t" + key.first + "\t" + key.second + "\n"; }

std::string text_of(const RowProofs& proofs) {
  std::string out = std::string(first_line) + "\nindex " + std::to_string(proofs.entry) + "\n";
  for (const auto& [person, proof] : proofs.persons) out += "person " + participant_reference(person) + " " + text_of(proof);
  for (const auto& [key, proof] : proofs.staff) out += "staff " + tlog::hex(key.first + "\t" + key.second) + " " + text_of(proof);
  return out;
}

std::optional<RowProofs> row_proofs_from(std::string_view text) {
  RowProofs proofs;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == text.npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (number++ == 0) {
      if (line != first_line) return std::nullopt;
      continue;
    }
    const auto words = words_of(line);
    if (number == 2) {
      const auto entry = words.size() == 2 && words[0] == "index" ? tlog::number_from(words[1]) : std::nullopt;
      if (!entry) return std::nullopt;
      proofs.entry = *entry;
      continue;
    }
    auto proof = proof_from(words);
    if (!proof) return std::nullopt;
    if (words[0] == "person") {
      const auto person = person_of_reference(words[1]);
      if (!person || !proofs.persons.emplace(*person, std::move(*proof)).second) return std::nullopt;
    } else {
      const auto key = words[0] == "staff" ? tlog::from_hex(words[1]) : std::nullopt;
      const std::size_t tab = key ? key->find('\t') : std::string::npos;
      if (tab == std::string::npos || !proofs.staff.emplace(StaffKey{key->substr(0, tab), key->substr(tab + 1)}, std::move(*proof)).second)
        return std::nullopt;
    }
  }
  return number >= 2 ? std::optional(std::move(proofs)) : std::nullopt;
}

}  // namespace horisont
