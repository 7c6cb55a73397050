#include "log/verify.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <future>
#include <set>

namespace tlog {

namespace {

constexpr std::int64_t tolerance = 300'000;  // ms by which a clock may differ from a witness's
constexpr std::size_t longest_line = 65'536;

constexpr std::array<std::string_view, 37> known_kinds{"log-opened",       "key-rotated",     "basis-adopted",
                                                       "import",           "facts",           "correction",
                                                       "decision",         "override",        "month",
                                                       "report",           "filed",           "challenge",
                                                       "sample-drawn",     "disclosure",      "anchor",
                                                       "replay",           "restriction",     "erased",
                                                       "exported",         "account-created", "account-disabled",
                                                       "password-changed", "role-granted",    "role-withdrawn",
                                                       "settings-changed", "program-version", "backup",
                                                       "restore",          "clock-step",      "heads",
                                                       "viewed",           "viewed-list",     "revealed",
                                                       "reviewed",         "assessed",        "same-person",
                                                       "profile"};

struct Stop {
  Shown shown;
  std::string sv, en;
};
[[noreturn]] void altered(std::string sv, std::string en) { throw Stop{Shown::Altered, std::move(sv), std::move(en)}; }
[[noreturn]] void unreadable(std::string sv, std::string en) { throw Stop{Shown::Unreadable, std::move(sv), std::move(en)}; }

std::string at(std::uint64_t seq) { return "L-" + std::to_string(seq); }
std::string day(std::int64_t seconds) { return time_text(seconds * 1000).substr(0, 10); }

// Lines of a stream, each once, with a running hash of all but the last.
class Lines {
 public:
  explicit Lines(std::istream& in) : in_(in), buffer_(1 << 17, '\0') {}

  // Without its newline; nothing at the end. The view holds until the next call.
  std::optional<std::string_view> next() {
    if (pending_) hash_.add({buffer_.data() + hashed_, from_ - hashed_});
    hashed_ = from_;
    pending_ = true;
    while (true) {
      const void* end = std::memchr(buffer_.data() + from_, '\n', filled_ - from_);
      if (end) {
        const std::size_t to = static_cast<std::size_t>(static_cast<const char*>(end) - buffer_.data());
        const std::string_view line(buffer_.data() + from_, to - from_);
        if (line.size() > longest_line) break;
        from_ = to + 1;
        ++number_;
        return line;
      }
      if (filled_ - from_ > longest_line) break;
      std::memmove(buffer_.data(), buffer_.data() + from_, filled_ - from_);
      filled_ -= from_;
      from_ = hashed_ = 0;
      in_.read(buffer_.data() + filled_, static_cast<std::streamsize>(buffer_.size() - filled_));
      const std::size_t got = static_cast<std::size_t>(in_.gcount());
      filled_ += got;
      if (got == 0) {
        if (in_.bad()) unreadable("filen kan inte läsas", "the file cannot be read");
        if (filled_ != 0)
          unreadable("sista raden saknar radslut: filen är avkortad", "the last line has no end: the file is cut short");
        return std::nullopt;
      }
    }
    unreadable("rad " + std::to_string(number_ + 1) + " är för lång", "line " + std::to_string(number_ + 1) + " is too long");
  }
  Digest digest_before_this_line() { return hash_.finish(); }
  std::uint64_t number() const { return number_; }

 private:
  std::istream& in_;
  std::string buffer_;
  std::size_t from_ = 0, filled_ = 0, hashed_ = 0;
  bool pending_ = false;
  std::uint64_t number_ = 0;
  Sha256 hash_;
};

// Signatures cost most of all: they are checked some hundred at a time while the reading goes on. Which one fails first is
// told, whatever is found further down.
class Signatures {
 public:
  void expect(const Verifier& verifier, std::string signature, std::string message, std::uint64_t size) {
    waiting_.push_back({verifier, std::move(signature), std::move(message), size});
    if (waiting_.size() < 256) return;
    settle_running();
    running_ = std::async([batch = std::exchange(waiting_, {})] { return first_bad(batch); });
  }
  // Throws for the first that does not verify.
  void settle() {
    settle_running();
    stop_at(first_bad(std::exchange(waiting_, {})));
  }
  [[noreturn]] static void bad(std::uint64_t size) {
    altered("underskriften på kontrollpunkt " + std::to_string(size) + " stämmer inte",
            "the signature of checkpoint " + std::to_string(size) + " does not verify");
  }

 private:
  struct Expected {
    Verifier verifier;
    std::string signature, message;
    std::uint64_t size;
  };
  static std::optional<std::uint64_t> first_bad(const std::vector<Expected>& all) {
    for (const Expected& one : all)
      if (!one.verifier.verify(one.signature, one.message)) return one.size;
    return std::nullopt;
  }
  static void stop_at(std::optional<std::uint64_t> size) {
    if (size) bad(*size);
  }
  void settle_running() {
    if (running_.valid()) stop_at(running_.get());
  }

  std::vector<Expected> waiting_;
  std::future<std::optional<std::uint64_t>> running_;
};

struct Signer {
  VKey key;
  Verifier verifier;
  bool trusted = false;
};

class Check {
 public:
  Check(std::istream& in, const Question& question, Answer& answer) : lines_(in), q_(question), a_(answer) {}

  void run() {
    try {
      header();
      while (!body_line(needed("end"))) {
      }
      if (lines_.next()) unreadable("text efter slutraden", "text after the end line");
    } catch (const Stop&) {
      signatures_.settle();
      throw;
    }
    signatures_.settle();
    finish();
  }

 private:
  void say(std::string sv, std::string en) { a_.lines.push_back(q_.swedish ? std::move(sv) : std::move(en)); }

  std::string_view needed(std::string_view what) {
    const auto line = lines_.next();
    if (!line)
      unreadable("filen slutar innan " + std::string(what) + ": den är avkortad",
                 "the file ends before " + std::string(what) + ": it is cut short");
    return *line;
  }
  [[noreturn]] void damaged() {
    const std::string n = std::to_string(lines_.number());
    unreadable("rad " + n + " har inte loggens form: filen är skadad",
               "line " + n + " has not the log's form: the file is damaged");
  }
  std::string tagged(std::string_view line, std::string_view tag) {
    if (!line.starts_with(tag) || line.size() <= tag.size() || line[tag.size()] != ' ') damaged();
    return std::string(line.substr(tag.size() + 1));
  }
  std::uint64_t count(std::string_view line, std::string_view tag) {
    const auto number = number_from(tagged(line, tag));
    if (!number) damaged();
    return *number;
  }

  void header() {
    if (needed("origin") != "horisont-eliglog 1")
      unreadable("det här är ingen behörighetslogg (*.eliglog)", "this is no eligibility log (*.eliglog)");
    origin_ = tagged(needed("origin"), "origin");
    std::set<std::string> seen;
    std::string_view line = needed("log");
    while (line.starts_with("log ") || line.starts_with("witness ")) {
      const bool log = line.starts_with("log ");
      const std::string text = tagged(line, log ? "log" : "witness");
      const auto key = vkey_from(text);
      if (!key || (key->type == KeyType::Log) != log || (log && !witnesses_.empty())) damaged();
      if (!seen.insert(text).second) damaged();
      if (log && key->name != origin_) altered("nyckeln är inte denna loggs", "the key is not this log's");
      bool trusted = false;
      if (q_.policy && log) trusted = std::find(q_.policy->logs.begin(), q_.policy->logs.end(), *key) != q_.policy->logs.end();
      if (q_.policy && !log)
        for (const auto& [name, known] : q_.policy->witnesses) trusted = trusted || known == *key;
      (log ? keys_ : witnesses_).push_back({*key, Verifier(key->key), trusted});
      line = needed("entries");
    }
    if (keys_.empty()) damaged();
    if (keys_.size() > 64 || witnesses_.size() > 64) damaged();
    declared_entries_ = count(line, "entries");
    declared_checkpoints_ = count(needed("checkpoints"), "checkpoints");
    if (!needed("entries").empty()) damaged();
    if (q_.policy) {
      if (std::none_of(keys_.begin(), keys_.end(), [](const Signer& key) { return key.trusted; }))
        altered("loggens nyckel är inte den som policyn litar på", "the log's key is not the one that the policy trusts");
      if (!keys_[0].trusted)
        say("Nyckeln ni litar på är inte loggens första: det äldre vilar på kedjan av nycklar.",
            "The key that you trust is not the log's first: what is older rests on the chain of keys.");
      pinned_ = true;
    }
    for (const Signer& witness : witnesses_)
      if (!witness.trusted)
        say("Okänt vittne " + witness.key.name + " (" + witness.key.id + "): räknas inte.",
            "Unknown witness " + witness.key.name + " (" + witness.key.id + "): counts for nothing.");
  }

  // Whether it was the end line.
  bool body_line(std::string_view line) {
    if (line.starts_with("L1 ")) {
      leaf(line);
    } else if (line.starts_with("checkpoint ")) {
      checkpoint(count(line, "checkpoint"));
    } else if (line.starts_with("token rfc3161 ")) {
      token(tagged(line, "token rfc3161"));
    } else if (line.starts_with("end ")) {
      const std::string written = tagged(line, "end");
      const std::string now = hex(lines_.digest_before_this_line());
      if (written != now)
        unreadable("filens kontrollsumma stämmer inte: filen är skadad eller ändrad",
                   "the file's checksum does not agree: the file is damaged or altered");
      return true;
    } else {
      damaged();
    }
    return false;
  }

  void leaf(std::string_view line) {
    const auto leaf = leaf_from(line);
    if (!leaf) damaged();
    const std::uint64_t seq = tree_.size();
    const std::string here = at(seq);
    stampable_.reset();
    if (leaf->seq != seq)
      altered(
          "post " + here + " väntades men " + at(leaf->seq) + " står där: poster saknas, är dubbla eller omkastade",
          "entry " + here + " was expected but " + at(leaf->seq) + " stands there: entries are missing, doubled or swapped");
    if (leaf->milliseconds < last_time_)
      altered("post " + here + " är äldre än den före", "entry " + here + " is older than the one before");
    if (leaf->milliseconds < floor_)
      altered("post " + here + " uppger en tid före det intyg utifrån som redan hade kommit: tillbakadaterad",
              "entry " + here + " claims a time before the outside anchor that had arrived already: back-dated");
    last_time_ = leaf->milliseconds;
    if (q_.now && !later_ && last_time_ > q_.now * 1000 + tolerance) later_ = seq;
    if (seq == 0 && (leaf->kind != "log-opened" || value_of(leaf->refs, "key") != keys_[0].key.id))
      altered("loggen börjar inte med sin egen öppning", "the log does not begin with its own opening");
    if (seq != 0 && leaf->kind == "log-opened") altered("loggen öppnas igen i " + here, "the log is opened again in " + here);
    if (leaf->refs != "-") references(*leaf, here);
    decisions_.push_back(leaf->kind == "decision" || leaf->kind == "override");
    if (std::find(known_kinds.begin(), known_kinds.end(), leaf->kind) == known_kinds.end()) ++unknown_kinds_;
    if (leaf->kind == "key-rotated") rotate(*leaf, here);
    if (leaf->kind == "anchor") anchor(*leaf, here);
    if (leaf->kind == "report" && !q_.files.empty()) {
      for (std::size_t i = 0; i < q_.files.size(); ++i)
        if (value_of(leaf->refs, "file") == hex(q_.files[i])) found_files_.insert(i), made(i, here, leaf->time);
    }
    if (leaf->kind == "challenge") {
      for (std::size_t i = 0; i < q_.challenges.size(); ++i)
        if (value_of(leaf->refs, "nonce") == hex(sha256(q_.challenges[i]))) {
          found_challenges_.insert(i);
          say("Er fråga \"" + q_.challenges[i] + "\": post " + here + ".",
              "Your challenge \"" + q_.challenges[i] + "\": entry " + here + ".");
        }
    }
    if (std::find(q_.entries.begin(), q_.entries.end(), seq) != q_.entries.end())
      a_.lines.push_back(here + ": " + std::string(line));
    for (const Opening& opening : q_.openings)
      if (opening.index == seq) open(*leaf, opening, here);
    if (first_uncovered_ == seq) lower_of_uncovered_ = lower_;
    tree_.push(leaf_hash(line));
  }

  void references(const Leaf& leaf, const std::string& here) {
    const auto earlier = [&](std::string_view name) -> std::optional<std::uint64_t> {
      const std::string_view value = value_of(leaf.refs, name);
      if (value.empty()) return std::nullopt;
      const auto number = number_from(value);
      if (!number || *number >= leaf.seq)
        altered("post " + here + " hänvisar inte bakåt", "entry " + here + " does not refer backwards");
      return number;
    };
    earlier("asof");
    if (leaf.kind == "correction") earlier("corrects");
    if (leaf.kind == "override") {
      const auto of = earlier("of");
      if (!of || !decisions_[*of])
        altered("post " + here + " ändrar något som inte är ett beslut", "entry " + here + " overrides what is no decision");
    }
  }

  void rotate(const Leaf& leaf, const std::string& here) {
    const auto pub = from_hex(value_of(leaf.refs, "pub"));
    const std::size_t next = current_ + 1;
    if (rotating_ || next >= keys_.size() || !pub || value_of(leaf.refs, "key") != keys_[next].key.id ||
        *pub != std::string(keys_[next].key.key.begin(), keys_[next].key.key.end()))
      altered("nyckelbytet i " + here + " stämmer inte med filens nycklar",
              "the change of key in " + here + " does not fit the file's keys");
    rotating_ = true;
    say("Nyckeln byttes i " + here + ": " + keys_[current_].key.id + " skrev under " + keys_[next].key.id + ".",
        "The key was changed in " + here + ": " + keys_[current_].key.id + " signed " + keys_[next].key.id + ".");
  }

  void anchor(const Leaf& leaf, const std::string& here) {
    const std::string digest(value_of(leaf.refs, "digest"));
    if (!anchors_.count(digest))
      altered("det intyg utifrån som " + here + " nämner är utelämnat",
              "the outside anchor that " + here + " names is left out");
    for (const auto& [line_digest, time] : outside_) {
      if (line_digest != digest) continue;
      floor_ = std::max(floor_, time * 1000 - tolerance);
      lower_ = std::max(lower_.value_or(time), time);
    }
    tokens_.erase(digest);
  }

  void made(std::size_t, const std::string& here, std::string_view time) {
    say("Arbetsboken: gjord i post " + here + " (" + std::string(time.substr(0, 10)) + ").",
        "The workbook: made in entry " + here + " (" + std::string(time.substr(0, 10)) + ").");
  }

  void open(const Leaf& leaf, const Opening& opening, const std::string& here) {
    if (value_of(leaf.commits, opening.group) != hex(commitment(opening.group, opening.salt, opening.fields)))
      altered("öppningen av " + opening.group + " i " + here + " stämmer inte med loggen: uppgifterna är ändrade",
              "the opening of " + opening.group + " in " + here + " does not fit the log: the facts were altered");
    ++opened_;
    say("Öppning " + here + " " + opening.group + ": stämmer.", "Opening " + here + " " + opening.group + ": agrees.");
  }

  void checkpoint(std::uint64_t note_lines) {
    if (note_lines < 5 || note_lines > 68) damaged();
    std::string text;
    for (std::uint64_t i = 0; i < note_lines; ++i) text.append(needed("note")) += '\n';
    const auto note = checkpoint_note_from(text);
    if (!note) damaged();
    const std::string size = std::to_string(note->checkpoint.size);
    if (note->checkpoint.origin != origin_)
      altered("kontrollpunkt " + size + " hör till en annan logg", "checkpoint " + size + " belongs to another log");
    if (note->checkpoint.size != tree_.size() || (a_.newest && note->checkpoint.size <= a_.newest->size))
      altered("kontrollpunkt " + size + " står efter " + std::to_string(tree_.size()) + " poster",
              "checkpoint " + size + " stands after " + std::to_string(tree_.size()) + " entries");
    if (note->checkpoint.root != tree_.root())
      altered("roten vid " + size + " poster är en annan: något före den är ändrat",
              "the root at " + size + " entries differs: something before it was altered");
    signatures(*note, size);
    stampable_ = sha256(text_of(note->checkpoint));
    last_token_.clear();
    a_.newest = note->checkpoint;
    ++a_.checkpoints;
    for (std::size_t i = 0; i < q_.since.size(); ++i)
      if (q_.since[i].note.checkpoint.size == tree_.size()) held(i, text);
  }

  void signatures(const CheckpointNote& note, const std::string& size) {
    const std::string text = text_of(note.checkpoint);
    std::size_t i = 0;
    const auto by_log = [&](const Signer& key) {
      if (i >= note.signatures.size() || note.signatures[i].name != key.key.name || note.signatures[i].id != key.key.id)
        Signatures::bad(note.checkpoint.size);
      signatures_.expect(key.verifier, note.signatures[i++].signature, text, note.checkpoint.size);
    };
    by_log(keys_[current_]);
    if (rotating_) by_log(keys_[++current_]), rotating_ = false;
    std::vector<VKey> cosigned;
    std::int64_t newest = 0;
    for (std::size_t first = i; i < note.signatures.size(); ++i) {
      const NoteSignature& signature = note.signatures[i];
      if (i > first && note.signatures[i - 1].line >= signature.line)
        altered("vittnesintygen vid " + size + " står inte i ordning", "the cosignatures at " + size + " are not in order");
      const auto witness = std::find_if(witnesses_.begin(), witnesses_.end(), [&](const Signer& known) {
        return known.key.name == signature.name && known.key.id == signature.id;
      });
      std::uint64_t time = 0;
      if (witness == witnesses_.end() || std::find(cosigned.begin(), cosigned.end(), witness->key) != cosigned.end() ||
          !signed_by(note.checkpoint, signature, witness->key, witness->verifier, &time) || time > 253402300799)
        Signatures::bad(note.checkpoint.size);
      cosigned.push_back(witness->key);
      anchors_.insert(hex(sha256(signature.line)));
      if (!witness->trusted) continue;
      const auto seconds = static_cast<std::int64_t>(time);
      outside_.emplace_back(hex(sha256(signature.line)), seconds);
      newest = std::max(newest, seconds);
      existed_by(seconds, size);
    }
    if (newest && (q_.policy->met_by(cosigned) || q_.policy->quorum == "none"))
      witnessed_time_ = std::max(witnessed_time_.value_or(newest), newest), witnessed_size_ = tree_.size(),
      outside(newest, q_.swedish ? "vittne" : "witness");
  }

  // All entries so far were there at that time.
  void existed_by(std::int64_t seconds, const std::string& size) {
    if (last_time_ > seconds * 1000 + tolerance)
      altered("posterna före " + size + " uppger en tid efter att någon utanför sett dem",
              "the entries before " + size + " claim a time after someone outside had seen them");
    if (tree_.size() > first_uncovered_) {
      if (lower_of_uncovered_)
        widest_ = std::max(widest_.value_or(0), seconds - *lower_of_uncovered_);
      else
        unbounded_size_ = tree_.size();
      first_uncovered_ = tree_.size();
    }
  }

  void outside(std::int64_t seconds, std::string what) {
    if (!anchor_time_ || seconds >= *anchor_time_) anchor_time_ = seconds, anchor_what_ = std::move(what);
    anchored_size_ = std::max(anchored_size_, tree_.size());
  }

  void held(std::size_t i, const std::string& ours) {
    const HeldCheckpoint& held = q_.since[i];
    const std::string size = std::to_string(held.note.checkpoint.size);
    if (held.note.checkpoint.origin != origin_)
      altered("den kontrollpunkt ni har hör till en annan logg", "the checkpoint that you hold belongs to another log");
    const bool ours_signed = std::any_of(keys_.begin(), keys_.end(), [&](const Signer& key) {
      return std::any_of(held.note.signatures.begin(), held.note.signatures.end(),
                         [&](const NoteSignature& s) { return signed_by(held.note.checkpoint, s, key.key, key.verifier); });
    });
    if (!ours_signed)
      altered("den kontrollpunkt ni har (" + size + ") är undertecknad med en annan nyckel än filens",
              "the checkpoint that you hold (" + size + ") was signed with another key than the file's");
    if (held.note.checkpoint.root != tree_.root()) {
      a_.contradiction = {text_of(held.note), ours};
      altered("den kontrollpunkt ni har (" + size + ") visar en annan historia: två underskrivna rötter för samma antal poster",
              "the checkpoint that you hold (" + size + ") shows another history: two signed roots for one number of entries");
    }
    pinned_ = true;
    found_held_.insert(i);
    say("Kontrollpunkt vid " + size + " poster" + (held.received ? ", mottagen " + day(*held.received) : "") + ": stämmer.",
        "Checkpoint at " + size + " entries" + (held.received ? ", received " + day(*held.received) : "") + ": agrees.");
    if (held.received) {
      existed_by(*held.received, size);
      outside(*held.received, q_.swedish ? "mottagen kontrollpunkt" : "received checkpoint");
    }
  }

  void token(const std::string& text) {
    const auto bytes = from_base64(text);
    const auto stamp = bytes ? timestamp_from(*bytes) : std::nullopt;
    if (!stamp || !stampable_) damaged();
    const std::string size = std::to_string(tree_.size());
    if (text <= last_token_)
      altered("tidsstämplarna vid " + size + " står inte i ordning", "the time stamps at " + size + " are not in order");
    last_token_ = text;
    const std::string digest = hex(sha256(*bytes));
    tokens_.insert(digest);
    anchors_.insert(digest);
    if (stamp->imprint != *stampable_)
      altered("tidsstämpeln vid " + size + " gäller något annat än kontrollpunkten",
              "the time stamp at " + size + " is of something else than the checkpoint");
    if (!q_.authorities) return void(++tokens_unchecked_);
    if (!q_.authorities->signed_for(*bytes, *stampable_)) {
      say("Tidsstämpeln vid " + size +
              " är inte från en utfärdare ni litar på (eller dess underskrift stämmer inte): räknas inte.",
          "The time stamp at " + size +
              " is not by an authority that you trust (or its signature does not verify): counts for nothing.");
      return;
    }
    say("Tidsstämpel vid " + size + " poster: " + time_text(stamp->time * 1000) + ", utfärdaren " + stamp->by + ": stämmer.",
        "Time stamp at " + size + " entries: " + time_text(stamp->time * 1000) + ", authority " + stamp->by + ": agrees.");
    outside_.emplace_back(digest, stamp->time);
    existed_by(stamp->time, size);
    outside(stamp->time, q_.swedish ? "tidsstämpel" : "time stamp");
  }

  void finish() {
    a_.entries = tree_.size();
    if (tree_.size() != declared_entries_ || a_.checkpoints != declared_checkpoints_ || !a_.newest ||
        a_.newest->size != tree_.size())
      altered("antalet poster eller kontrollpunkter är inte det som filen uppger",
              "the number of entries or checkpoints is not what the file states");
    if (current_ + 1 != keys_.size())
      altered("filen har en nyckel som ingen post tillkännager", "the file has a key that no entry announces");
    if (!tokens_.empty()) altered("en tidsstämpel saknar sin post i loggen", "a time stamp has no entry in the log");
    for (std::size_t i = 0; i < q_.since.size(); ++i) {
      if (found_held_.count(i)) continue;
      const auto& held = q_.since[i].note.checkpoint;
      const std::string size = std::to_string(held.size);
      if (held.origin != origin_)
        altered("den kontrollpunkt ni har hör till en annan logg", "the checkpoint that you hold belongs to another log");
      if (held.size > tree_.size())
        altered("ni har en kontrollpunkt vid " + size + " poster, filen har " + std::to_string(tree_.size()) +
                    ": slutet är avhugget",
                "you hold a checkpoint at " + size + " entries, the file has " + std::to_string(tree_.size()) +
                    ": the tail was cut");
      altered("kontrollpunkten vid " + size + " poster finns inte i filen",
              "the checkpoint at " + size + " entries is not in the file");
    }
    if (found_files_.size() != q_.files.size())
      altered("arbetsboken är inte gjord av denna logg, eller är ändrad efteråt",
              "the workbook was not made under this log, or was altered afterwards");
    if (found_challenges_.size() != q_.challenges.size())
      altered("er fråga finns inte i filen: den är äldre än frågan, eller en annan logg",
              "your challenge is not in the file: it is older than the challenge, or another log");
    if (opened_ != q_.openings.size())
      altered("en öppning gäller en post som inte finns", "an opening is of an entry that is not there");
    const std::string entries = std::to_string(a_.entries), points = std::to_string(a_.checkpoints);
    a_.lines.insert(a_.lines.begin(), q_.swedish ? origin_ + ": " + entries + " poster, " + points +
                                                       " kontrollpunkter, alla rötter och underskrifter stämmer."
                                                 : origin_ + ": " + entries + " entries, " + points +
                                                       " checkpoints, all roots and signatures agree.");
    if (unknown_kinds_)
      say(std::to_string(unknown_kinds_) + " poster är av okänt slag: räknade, inte tolkade.",
          std::to_string(unknown_kinds_) + " entries are of unknown kinds: counted, not interpreted.");
    limits();
  }

  // What was not shown.
  void limits() {
    // Either the reader's clock stands behind or the log's stood ahead; which of them, the file does not tell.
    if (later_) {
      a_.shown = Shown::NothingOutside;
      const std::string span = *later_ + 1 == a_.entries ? at(*later_) : at(*later_) + "–" + at(a_.entries - 1);
      say("INTE VISAT: att " + span + " är skrivna: de uppger tider efter nu (" + time_text(q_.now * 1000) +
              "). Klockan här går fel (eller --now), eller så är loggen daterad i förväg.",
          "NOT SHOWN: that " + span + " have been written: they claim times later than now (" + time_text(q_.now * 1000) +
              "). The clock here is wrong (or --now), or the log is dated ahead.");
    }
    if (!pinned_)
      say("INTE VISAT: att nyckeln är den rätta. Filen och nyckeln i den bevisar ensamma inget mot den som driver systemet.",
          "NOT SHOWN: that the key is the right one. The file and the key in it alone prove nothing against the operator.");
    if (tokens_unchecked_)
      say("INTE VISAT: tidsstämplarna (" + std::to_string(tokens_unchecked_) +
              ") är bundna till loggen men inte prövade mot sin utfärdare (ge --tsa-ca).",
          "NOT SHOWN: the time stamps (" + std::to_string(tokens_unchecked_) +
              ") are bound to the log but not checked against their authority (give --tsa-ca).");
    if (anchor_time_) {
      say("Nyaste stöd utifrån: " + anchor_what_ + ", " + day(*anchor_time_) + ".",
          "Newest outside anchor: " + anchor_what_ + ", " + day(*anchor_time_) + ".");
      if (anchored_size_ < a_.entries)
        say("INTE VISAT: posterna " + at(anchored_size_) + " till " + at(a_.entries - 1) +
                " vilar bara på systemägarens nyckel.",
            "NOT SHOWN: entries " + at(anchored_size_) + " to " + at(a_.entries - 1) + " rest on the operator's key alone.");
      if (widest_)
        say("Största möjliga tillbakadatering: " + std::to_string((*widest_ + 86399) / 86400) + " dagar.",
            "Largest possible back-dating: " + std::to_string((*widest_ + 86399) / 86400) + " days.");
      if (unbounded_size_ > 0 || !widest_) {
        const std::uint64_t last = (unbounded_size_ > 0 ? unbounded_size_ : a_.entries) - 1;
        const std::string span = last == 0 ? at(0) : at(0) + (q_.swedish ? " till " : " to ") + at(last);
        say("INTE VISAT: hur tidigt " + span + " skrevs; inget utifrån säger det.",
            "NOT SHOWN: how early " + span + " were written; nothing outside tells.");
      }
      if (witnessed_size_ < anchored_size_)
        say("INTE VISAT: att " + at(witnessed_size_) +
                " och framåt är den enda historien. En tidsstämpel eller mottagen kontrollpunkt "
                "visar att en fanns; bara ett vittne visar att den är ensam.",
            "NOT SHOWN: that " + at(witnessed_size_) +
                " and onwards are the only history. A time stamp or received checkpoint shows that "
                "one was there; only a witness shows that it is alone.");
      // A reader who asks for witnesses is not content with less.
      const bool asked = q_.policy && q_.policy->quorum != "none";
      if (asked && !witnessed_time_) {
        a_.shown = Shown::NothingOutside;
        say("INTE VISAT: de vittnen som policyn kräver har inte intygat loggen.",
            "NOT SHOWN: the witnesses that the policy demands have not cosigned the log.");
      }
      const std::int64_t supported = asked ? witnessed_time_.value_or(*anchor_time_) : *anchor_time_;
      const std::int64_t age = (q_.now - supported) / 86400;
      if (q_.now && age <= -2) {  // a held day ends after the hour at which it is held
        a_.shown = Shown::NothingOutside;
        say("INTE VISAT: något stöd utifrån: det nyaste är daterat " + day(supported) + ", efter nu (" + day(q_.now) + ").",
            "NOT SHOWN: any outside anchor: the newest is dated " + day(supported) + ", after now (" + day(q_.now) + ").");
      }
      if (age > q_.max_age_days) {
        a_.shown = Shown::NothingOutside;
        say("INTE VISAT: inget utanför stöder loggen efter " + day(supported) + " (" + std::to_string(age) + " dagar).",
            "NOT SHOWN: nothing outside supports the log after " + day(supported) + " (" + std::to_string(age) + " days).");
      }
    } else {
      a_.shown = Shown::NothingOutside;
      say("INTE VISAT: inget utanför stöder loggen. Den som har maskinen och nyckeln kan ha skrivit om allt.",
          "NOT SHOWN: nothing outside supports the log. Whoever has the machine and the key could have rewritten all of it.");
    }
    say("INTE VISAT: att det som skrevs var sant när det skrevs, eller att inget skrevs utanför loggen.",
        "NOT SHOWN: that what was written was true when it was written, or that nothing was done outside the log.");
  }

  Lines lines_;
  const Question& q_;
  Answer& a_;
  Signatures signatures_;
  std::string origin_;
  std::vector<Signer> keys_, witnesses_;
  std::size_t current_ = 0;
  bool rotating_ = false, pinned_ = false;
  std::uint64_t declared_entries_ = 0, declared_checkpoints_ = 0, unknown_kinds_ = 0, tokens_unchecked_ = 0, anchored_size_ = 0,
                witnessed_size_ = 0, first_uncovered_ = 0,
                unbounded_size_ = 0;  // entries below it: nothing outside says how early they were written
  std::size_t opened_ = 0;
  CompactRange tree_;
  std::vector<bool> decisions_;
  std::optional<std::uint64_t> later_;  // the first entry that claims a time after the reader's now
  std::int64_t last_time_ = INT64_MIN, floor_ = INT64_MIN;
  std::optional<std::int64_t> lower_, lower_of_uncovered_, widest_, anchor_time_, witnessed_time_;
  std::string anchor_what_;
  std::vector<std::pair<std::string, std::int64_t>> outside_;  // digests of trusted cosignatures and time stamps, their times
  std::set<std::string> anchors_;                              // digests of all cosignatures and time stamps
  std::set<std::string> tokens_;                               // digests that no entry has named yet
  std::optional<Digest> stampable_;  // the SHA-256 of the checkpoint that stands above, while tokens may follow
  std::string last_token_;
  std::set<std::size_t> found_files_, found_challenges_, found_held_;
};

}  // namespace

Answer verify_export(std::istream& in, const Question& question) {
  Answer answer;
  try {
    Check(in, question, answer).run();
  } catch (const Stop& stop) {
    answer.shown = stop.shown;
    const bool broken = stop.shown == Shown::Altered;
    answer.lines.push_back((question.swedish ? (broken ? "ÄNDRAD: " : "OLÄSLIG: ") : (broken ? "ALTERED: " : "UNREADABLE: ")) +
                           (question.swedish ? stop.sv : stop.en) + ".");
  }
  return answer;
}

std::string proof_file(std::uint64_t index, const Proof& proof, std::string_view note) {
  std::string out = std::string(proof_begins) + "index " + std::to_string(index) + "\n";
  for (const Digest& hash : proof) out += base64({reinterpret_cast<const char*>(hash.data()), hash.size()}) + "\n";
  return out + "\n" + std::string(note);
}

Answer verify_proof(std::string_view text, std::string_view leaf, const Question& question) {
  Answer answer;
  const auto tell = [&](Shown shown, std::string sv, std::string en) {
    answer.shown = shown;
    answer.lines.push_back(question.swedish ? std::move(sv) : std::move(en));
    return answer;
  };
  const auto bad_form = [&] {
    return tell(Shown::Unreadable, "OLÄSLIG: filen är inget bevis i loggens form.",
                "UNREADABLE: the file is no proof of the log's form.");
  };
  if (!text.starts_with(proof_begins)) return bad_form();
  text.remove_prefix(proof_begins.size());
  std::optional<std::uint64_t> index;
  Proof proof;
  for (std::size_t end; (end = text.find('\n')) != text.npos;) {
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line.empty()) break;
    if (line.starts_with("extra ") && !index && proof.empty()) continue;
    if (line.starts_with("index ") && !index) {
      if (!(index = number_from(line.substr(6)))) return bad_form();
      continue;
    }
    const auto hash = from_base64(line);
    if (!index || !hash || hash->size() != 32 || proof.size() == 63) return bad_form();
    std::copy(hash->begin(), hash->end(), proof.emplace_back().begin());
  }
  const auto note = checkpoint_note_from(text);
  const auto fields = leaf_from(leaf);
  if (!index || !note || !fields) return bad_form();
  const std::string here = at(*index);
  if (fields->seq != *index || !includes(*index, note->checkpoint.size, leaf_hash(leaf), proof, note->checkpoint.root))
    return tell(Shown::Altered, "ÄNDRAD: beviset stämmer inte för " + here + ".",
                "ALTERED: the proof does not hold for " + here + ".");
  if (question.policy) {
    bool good = false;
    std::vector<VKey> cosigned;
    for (const NoteSignature& signature : note->signatures) {
      const auto check = [&](const VKey& key) {
        if (key.name != signature.name || key.id != signature.id) return true;
        // A key that the policy trusts for one log says nothing of another.
        if (key.type == KeyType::Log && key.name != note->checkpoint.origin) return false;
        if (!signed_by(note->checkpoint, signature, key, Verifier(key.key))) return false;
        (key.type == KeyType::Log ? good = true : (cosigned.push_back(key), true));
        return true;
      };
      bool fits = true;
      for (const VKey& key : question.policy->logs) fits = fits && check(key);
      for (const auto& [name, key] : question.policy->witnesses) fits = fits && check(key);
      if (!fits) good = false, cosigned.clear();
      if (!fits) break;
    }
    if (!good)
      return tell(Shown::Altered, "ÄNDRAD: kontrollpunkten är inte undertecknad med den nyckel som policyn litar på.",
                  "ALTERED: the checkpoint is not signed with the key that the policy trusts.");
    tell(Shown::NothingOutside,
         "Post " + here + " står i loggen " + note->checkpoint.origin + " med " + std::to_string(note->checkpoint.size) + " poster.",
         "Entry " + here + " stands in the log " + note->checkpoint.origin + " of " + std::to_string(note->checkpoint.size) + " entries.");
    if (question.policy->met_by(cosigned)) answer.shown = Shown::Good;
  } else {
    tell(Shown::NothingOutside,
         "Post " + here + " står i trädet av " + note->checkpoint.origin + " med " + std::to_string(note->checkpoint.size) +
             " poster. INTE VISAT: underskriften (ge --policy).",
         "Entry " + here + " stands in the tree of " + note->checkpoint.origin + ", of " + std::to_string(note->checkpoint.size) +
             " entries. NOT SHOWN: the signature (give --policy).");
  }
  answer.newest = note->checkpoint;
  return answer;
}

}  // namespace tlog
