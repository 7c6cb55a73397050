// horisont-verify: checks an eligibility log without trusting the installation that wrote it. Log and crypto only.

#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>

#include "log/receipt.h"
#include "log/verify.h"

namespace {

constexpr const char* usage =
    "horisont-verify FILE [--policy POLICY] [--since CHECKPOINT[@DATE]]... [--receipt FILE]... [--file MADE]...\n"
    "                [--leaf FILE] [--open FILE]... [--challenge TEXT]... [--tsa-ca PEM] [--entry N]... [--max-age DAYS] [--now YYYY-MM-DDTHH:MM:SS.mmmZ] "
    "[--lang sv|en]\n"
    "FILE is an export (*.eliglog), a proof (*.tlog-proof, with --leaf) or a receipt (*.kvitto.txt).\n"
    "0 good, and something outside holds it   1 altered (where)   2 cannot be read, or wrong usage   3 good, but nothing "
    "outside "
    "holds it\n";

struct Wrong {
  std::string what;
};

std::string contents(const std::string& path, std::size_t most) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Wrong{path + ": cannot be opened / kan inte öppnas"};
  std::string text(most + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > most) throw Wrong{path + ": too large / för stor"};
  return text;
}

tlog::Digest digest_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Wrong{path + ": cannot be opened / kan inte öppnas"};
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
    if (!time) throw Wrong{given + ": no day / ingen dag"};
    found.received = *time / 1000;
    given.resize(mark);
  }
  const auto note = tlog::checkpoint_copied(contents(given, 65536));
  if (!note) throw Wrong{given + ": no checkpoint / ingen kontrollpunkt"};
  found.note = *note;
  return found;
}

tlog::Receipt receipt(const std::string& path) {
  const auto found = tlog::receipt_from(contents(path, 1 << 17));
  return found ? *found : throw Wrong{path + ": no receipt / inget kvitto"};
}

std::uint64_t number(const std::string& text) {
  const auto found = tlog::number_from(text.starts_with("L-") ? text.substr(2) : text);
  if (!found) throw Wrong{text + ": no number / inget tal"};
  return *found;
}

int run(const std::vector<std::string>& arguments) {
  tlog::Question question;
  question.now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  std::string file, leaf;
  std::vector<tlog::Receipt> receipts;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    if (!name.starts_with("--")) {
      if (!file.empty()) throw Wrong{name};
      file = name;
      continue;
    }
    if (++i == arguments.size()) throw Wrong{name};
    const std::string& value = arguments[i];
    if (name == "--policy") {
      question.policy = tlog::policy_from(contents(value, 1 << 20));
      if (!question.policy) throw Wrong{value + ": no policy / ingen policy"};
    } else if (name == "--tsa-ca") {
      question.authorities = tlog::TimeAuthorities::from_pem(contents(value, 1 << 20));
      if (!question.authorities) throw Wrong{value + ": no certificates (PEM) / inga certifikat (PEM)"};
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
      if (!openings) throw Wrong{value + ": no opening / ingen öppning"};
      question.openings.insert(question.openings.end(), openings->begin(), openings->end());
    } else if (name == "--challenge") {
      question.challenges.push_back(value);
    } else if (name == "--entry") {
      question.entries.push_back(number(value));
    } else if (name == "--max-age") {
      question.max_age_days = static_cast<int>(std::min<std::uint64_t>(number(value), 100'000));
    } else if (name == "--now") {
      const auto time = tlog::time_from(value);
      if (!time) throw Wrong{value};
      question.now = *time / 1000;
    } else if (name == "--lang" && (value == "sv" || value == "en")) {
      question.swedish = value == "sv";
    } else {
      throw Wrong{name};
    }
  }
  if (file.empty()) throw Wrong{"FILE"};
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Wrong{file + ": cannot be opened / kan inte öppnas"};
  std::string first(23, '\0');
  in.read(first.data(), 23);
  first.resize(static_cast<std::size_t>(in.gcount()));
  in.clear();
  in.seekg(0);
  const auto answered = [&]() -> tlog::Answer {
    if (first == "c2sp.org/tlog-proof@v1\n") return tlog::verify_proof(contents(file, 1 << 17), leaf, question);
    if (first.starts_with("horisont-receipt 1\n")) return tlog::verify_receipt(receipt(file), question);
    return tlog::verify_export(in, receipts, question);
  };
  const tlog::Answer answer = answered();
  for (const std::string& line : answer.lines) std::cout << line << "\n";
  for (const std::string& note : answer.contradiction) std::cout << "\n" << note;
  std::cout.flush();
  return std::cout ? static_cast<int>(answer.shown) : 2;
}

}  // namespace

int main(int count, char** values) {
  for (int i = 1; i < count; ++i)
    if (values[i] == std::string_view("--help") || values[i] == std::string_view("-h")) {
      std::cout << usage;
      return 0;
    }
  try {
    return run({values + 1, values + count});
  } catch (const Wrong& wrong) {
    std::cerr << wrong.what << "\n" << usage;
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
  }
  return 2;
}
