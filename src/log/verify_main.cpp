// horisont-verify: checks an eligibility log without trusting the installation that wrote it. Log and crypto only.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>

#include "log/receipt.h"
#include "log/verify.h"

namespace {

constexpr const char* form =
    "horisont-verify FILE [--policy POLICY] [--since CHECKPOINT[@DATE]]... [--receipt FILE]... [--file MADE]...\n"
    "                [--leaf FILE] [--open FILE]... [--challenge TEXT]... [--tsa-ca PEM] [--entry N]... [--max-age DAYS] "
    "[--now YYYY-MM-DDTHH:MM:SS.mmmZ] "
    "[--lang sv|en]\n";
constexpr const char* told_sv =
    "FILE är en export (*.eliglog), ett bevis (*.tlog-proof, med --leaf) eller ett kvitto (*.kvitto.txt).\n"
    "0 stämmer, och något utanför håller det   1 ändrad (var)   2 går inte att läsa, eller fel användning   3 stämmer, men "
    "inget utanför håller "
    "det\n";
constexpr const char* told_en =
    "FILE is an export (*.eliglog), a proof (*.tlog-proof, with --leaf) or a receipt (*.kvitto.txt).\n"
    "0 good, and something outside holds it   1 altered (where)   2 cannot be read, or wrong usage   3 good, but nothing "
    "outside holds it\n";

// What stopped the check, in both languages.
struct Wrong {
  std::string sv, en;
  explicit Wrong(const std::string& what) : sv(what), en(what) {}
  Wrong(const char* in_swedish, const char* in_english) : sv(in_swedish), en(in_english) {}
  Wrong(const std::string& what, const char* in_swedish, const char* in_english)
      : sv(what + ": " + in_swedish), en(what + ": " + in_english) {}
};

// What a terminal would obey or hide (controls, marks that turn the direction of text) stands as its code: a file's names are
// whoever made the file's.
std::string visible(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  const auto code = [](std::string& out, unsigned char c) { ((out += "\\x") += digits[c >> 4]) += digits[c & 15]; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto at = [&](std::size_t k) { return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0u; };
    const bool control = at(0) < 0x20 || at(0) == 0x7F;
    const bool high_control = at(0) == 0xC2 && at(1) >= 0x80 && at(1) <= 0x9F;                    // U+0080 to U+009F
    const bool direction = (at(0) == 0xE2 && at(1) == 0x80 && at(2) >= 0x8B && at(2) <= 0x8F) ||  // U+200B to U+200F
                           (at(0) == 0xE2 && at(1) == 0x80 && at(2) >= 0xA8 && at(2) <= 0xAE) ||  // U+2028 to U+202E
                           (at(0) == 0xE2 && at(1) == 0x81 && at(2) >= 0xA0 && at(2) <= 0xAF) ||  // U+2060 to U+206F
                           (at(0) == 0xEF && at(1) == 0xBB && at(2) == 0xBF);
    const std::size_t hidden = control ? 1 : high_control ? 2 : direction ? 3 : 0;
    if (hidden == 0) out += text[i];
    for (std::size_t k = 0; k < hidden; ++k) code(out, static_cast<unsigned char>(text[i + k]));
    if (hidden > 1) i += hidden - 1;
  }
  return out;
}

// As told on the line; else as the surroundings say, and Swedish where they do not.
bool in_swedish(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i + 1 < arguments.size(); ++i)
    if (arguments[i] == "--lang") return arguments[i + 1] != "en";
  for (const char* name : {"HORISONT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value && *value) return !std::string_view(value).starts_with("en");
  return true;
}

std::string contents(const std::string& path, std::size_t most) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Wrong(path, "kan inte öppnas", "cannot be opened");
  std::string text(most + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > most) throw Wrong(path, "för stor", "too large");
  return text;
}

tlog::Digest digest_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Wrong(path, "kan inte öppnas", "cannot be opened");
  tlog::Sha256 hash;
  std::string part(1 << 16, '\0');
  while (in.read(part.data(), static_cast<std::streamsize>(part.size())), in.gcount() > 0)
    hash.add(std::string_view(part).substr(0, static_cast<std::size_t>(in.gcount())));
  return hash.finish();
}

tlog::HeldCheckpoint held(std::string given) {
  tlog::HeldCheckpoint found;
  if (const std::size_t mark = given.rfind('@'); mark != given.npos && given.size() - mark == 11) {
    const auto time = tlog::time_from(given.substr(mark + 1) + "T23:59:59.000Z");
    if (!time) throw Wrong(given, "ingen dag", "no day");
    found.received = *time / 1000;
    given.resize(mark);
  }
  const auto note = tlog::checkpoint_copied(contents(given, 65536));
  if (!note) throw Wrong(given, "ingen kontrollpunkt", "no checkpoint");
  found.note = *note;
  return found;
}

tlog::Receipt receipt(const std::string& path) {
  const auto found = tlog::receipt_from(contents(path, 1 << 17));
  return found ? *found : throw Wrong(path, "inget kvitto", "no receipt");
}

std::uint64_t number(const std::string& text) {
  const auto found = tlog::number_from(text.starts_with("L-") ? text.substr(2) : text);
  if (!found) throw Wrong(text, "inget tal", "no number");
  return *found;
}

int run(const std::vector<std::string>& arguments) {
  tlog::Question question;
  question.swedish = in_swedish(arguments);
  question.now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  std::string file, leaf;
  std::vector<tlog::Receipt> receipts;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    if (!name.starts_with("--")) {
      if (!file.empty()) throw Wrong(name, "okänt ord, eller utan värde", "unknown, or without a value");
      file = name;
      continue;
    }
    if (++i == arguments.size()) throw Wrong(name, "okänt ord, eller utan värde", "unknown, or without a value");
    const std::string& value = arguments[i];
    if (name == "--policy") {
      question.policy = tlog::policy_from(contents(value, 1 << 20));
      if (!question.policy) throw Wrong(value, "ingen policy", "no policy");
    } else if (name == "--tsa-ca") {
      question.authorities = tlog::TimeAuthorities::from_pem(contents(value, 1 << 20));
      if (!question.authorities) throw Wrong(value, "inga certifikat (PEM)", "no certificates (PEM)");
    } else if (name == "--since") {
      question.since.push_back(held(value));
    } else if (name == "--receipt") {
      receipts.push_back(receipt(value));
    } else if (name == "--file") {
      question.files.push_back(digest_of_file(value));
    } else if (name == "--leaf") {
      leaf = contents(value, 4096);
    } else if (name == "--open") {
      const auto openings = tlog::openings_from(contents(value, 16 << 20));
      if (!openings) throw Wrong(value, "ingen öppning", "no opening");
      question.openings.insert(question.openings.end(), openings->begin(), openings->end());
    } else if (name == "--challenge") {
      question.challenges.push_back(value);
    } else if (name == "--entry") {
      question.entries.push_back(number(value));
    } else if (name == "--max-age") {
      question.max_age_days = static_cast<int>(std::min<std::uint64_t>(number(value), 100'000));
    } else if (name == "--now") {
      const auto time = tlog::time_from(value);
      if (!time || *time < 1000) throw Wrong(value, "ingen tid", "no time");  // 0 would be no question about age at all
      question.now = *time / 1000;
    } else if (name != "--lang" || (value != "sv" && value != "en")) {
      throw Wrong(name, "okänt ord, eller utan värde", "unknown, or without a value");
    }
  }
  if (file.empty()) throw Wrong("Ingen fil är angiven", "No file is named");
  // A day that has come nowhere on earth is none on which anything was received, and no support from outside.
  constexpr std::int64_t day = 86'400, furthest_east = 14 * 3'600;
  for (const tlog::HeldCheckpoint& one : question.since)
    if (one.received && *one.received - day + 1 > question.now + furthest_east)
      throw Wrong("--since …@" + tlog::time_text(*one.received * 1000).substr(0, 10), "dagen har inte kommit än",
                  "that day has not come yet");
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Wrong(file, "kan inte öppnas", "cannot be opened");
  std::string first(std::max(tlog::proof_begins.size(), tlog::receipt_begins.size()), '\0');
  in.read(first.data(), static_cast<std::streamsize>(first.size()));
  first.resize(static_cast<std::size_t>(in.gcount()));
  in.clear();
  in.seekg(0);
  constexpr std::string_view pack_receipt = "horisont-pack-receipt";
  if (first.starts_with(pack_receipt))
    throw Wrong(file, "kvittot på ett granskningspaket: pröva paketet med horisont audit open PAKET --manifest KVITTO",
                "the receipt of an audit pack: check the pack with horisont audit open PACK --manifest RECEIPT");
  const auto answered = [&]() -> tlog::Answer {
    if (first.starts_with(tlog::proof_begins)) return tlog::verify_proof(contents(file, 1 << 17), leaf, question);
    if (first.starts_with(tlog::receipt_begins)) return tlog::verify_receipt(receipt(file), question);
    return tlog::verify_export(in, receipts, question);
  };
  const tlog::Answer answer = answered();
  for (const std::string& line : answer.lines) std::cout << visible(line) << "\n";
  for (std::string_view note : answer.contradiction)
    for (std::cout << "\n"; !note.empty();) {
      const std::string_view line = note.substr(0, note.find('\n'));
      std::cout << visible(line) << "\n";
      note.remove_prefix(std::min(note.size(), line.size() + 1));
    }
  std::cout.flush();
  return std::cout ? static_cast<int>(answer.shown) : 2;
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string> arguments{values + 1, values + count};
  const bool swedish = in_swedish(arguments);
  for (const std::string& word : arguments)
    if (word == "--help" || word == "-h") {
      std::cout << form << (swedish ? told_sv : told_en);
      return 0;
    }
  try {
    return run(arguments);
  } catch (const Wrong& wrong) {
    std::cerr << visible(swedish ? wrong.sv : wrong.en) << "\n" << form << (swedish ? told_sv : told_en);
  } catch (const std::exception& error) {
    std::cerr << visible(error.what()) << "\n";
  }
  return 2;
}
