// What is said of a table in words above it and in names: when it was, and whether anybody has been there.

#include "edge/import/said.h"

#include <algorithm>
#include <array>
#include <span>

#include "edge/import/words_in.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

using Words = std::span<const std::string_view>;

struct Token {
  std::string_view written;
  std::string text;    // lower case
  bool number = false;
  std::string before;  // the signs between it and the one before, without blanks
  bool blank = false;  // and whether there was a blank
  bool used = false;   // part of a date or of a month
  int value() const { return number && text.size() <= 8 ? std::stoi(text) : -1; }
};

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> out;
  Token next;
  for (std::size_t at = 0; at < text.size();) {
    const auto kind_of = [&](std::size_t i) {
      // Dashes of typographers are signs, not letters.
      if (text.substr(i).starts_with("\u2013") || text.substr(i).starts_with("\u2014") || text.substr(i).starts_with("\u2212")) return 3;
      const auto c = static_cast<unsigned char>(text[i]);
      if (c >= '0' && c <= '9') return 1;
      return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 2 : 0;
    };
    const int kind = kind_of(at);
    if (kind == 0 || kind == 3) {
      if (kind == 3)
        next.before += '-';
      else if (text[at] == ' ')
        next.blank = true;
      else
        next.before += text[at];
      at += kind == 3 ? 3 : 1;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && kind_of(end) == kind) ++end;
    next.written = text.substr(at, end - at), next.text = lower_case(next.written), next.number = kind == 1;
    out.push_back(std::move(next));
    next = {};
    at = end;
  }
  return out;
}

constexpr std::string_view avser[] = {"avser", "avseende", "gäller", "gällande", "för", "period", "perioden", "månad", "månaden",
                                      "for", "regarding", "concerning", "covers", "covering", "month"};
constexpr std::string_view attends[] = {"närvar", "narvar", "attend", "tidrapport", "tidredovisning", "timmar", "hours"};
// What happened, or is to happen, to the file or the group and not in the month of the table.
constexpr std::string_view aside[] = {"ändrad", "ändrat", "reviderad", "rev", "reviderat", "revision", "sparad", "sparat", "skapad", "skapat", "utskriven",
                                      "utskrivet", "utskrift", "utskriftsdatum", "version", "ver", "senast", "uppdaterad", "uppdaterat", "upprättad", "upprättat",
                                      "inlämnas", "inlämning", "inlämnad", "inlämnat", "lämnas", "lämnad", "insänds", "skickas", "skickad", "deadline", "start",
                                      "starts", "startar", "startade", "startat", "startdatum", "gruppstart", "kursstart", "projektstart", "omstart", "uppstart",
                                      "started", "starting", "begins", "began", "utbetalning", "utbetalas", "utbetald", "utbetalningsdatum", "betalas", "löneutbetalning", "beslut",
                                      "beslutad", "beslutet", "beslutsdatum", "dnr", "diarienr", "diarienummer", "ref", "möte", "sedan", "since", "changed", "modified", "revised",
                                      "saved", "created", "printed", "updated", "due", "submit", "submitted", "deliver", "payment", "paid", "pay", "payout",
                                      "decision", "meeting", "last", "latest", "signerad", "attesterad", "signed", "approved", "godkänd"};
constexpr std::string_view numbered[] = {"grupp", "group", "team", "nr", "no", "klass", "class", "vecka", "v", "week", "w", "lag", "del", "part", "sida", "page",
                                         "blad", "sheet", "projekt", "project", "bilaga", "kurs", "omgång"};

int month_of_name(std::string_view word) {
  const auto mention = month_in(word);
  return mention ? mention->month : 0;
}
bool is_year(const Token& token) { return token.number && token.text.size() == 4 && token.value() >= 1990 && token.value() <= 2099; }
bool is_short(const Token& token) { return token.number && token.text.size() <= 2; }
bool is_month_number(const Token& token) { return is_short(token) && token.value() >= 1 && token.value() <= 12; }
bool is_day_number(const Token& token) { return is_short(token) && token.value() >= 1 && token.value() <= 31; }
bool is_dash(const Token& token) { return token.before == "-"; }

// A day or a month that a text names, at its tokens.
struct Found {
  std::size_t first, last;  // tokens
  MonthMention month;
  bool day = false;
};

class Reader {
 public:
  Reader(std::string_view text, std::size_t from) : tokens_(tokens_of(text)), from_(from) {}

  SaidWhen read() {
    for (std::size_t i = 0; i < tokens_.size();) i = one_at(i);
    join_periods();
    SaidWhen said;
    std::vector<SaidWhen::Mention> told;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      const Found& found = found_[i];
      if (found.day || position(found.first) < from_) continue;
      const Marker marker = marker_of(i);
      if (marker == Marker::Aside) continue;
      SaidWhen::Mention mention{found.month, words_of(found)};
      (marker == Marker::Avser ? told : said.months).push_back(std::move(mention));
    }
    if (!told.empty()) said.months = std::move(told);
    said.year = lone_year();
    return said;
  }

 private:
  enum class Marker { None, Avser, Attends, Aside };

  std::size_t position(std::size_t token) const { return static_cast<std::size_t>(tokens_[token].written.data() - tokens_.front().written.data()); }
  std::string words_of(const Found& found) const {
    const char* first = tokens_[found.first].written.data();
    const std::string_view& last = tokens_[found.last].written;
    return std::string(first, static_cast<std::size_t>(last.data() + last.size() - first));
  }
  bool is(std::size_t i, bool (*what)(const Token&)) const { return i < tokens_.size() && what(tokens_[i]); }
  std::size_t take(std::size_t first, std::size_t last, MonthMention month, bool day) {
    found_.push_back({first, last, month, day});
    for (std::size_t i = first; i <= last; ++i) tokens_[i].used = true;
    return last + 1;
  }
  // The day or the month that begins at a token; returns the token to go on at.
  std::size_t one_at(std::size_t i) {
    const Token& token = tokens_[i];
    if (!token.number) return named_at(i);
    const auto joined = [&](std::size_t at, char sign) { return at < tokens_.size() && tokens_[at].number && tokens_[at].before == std::string(1, sign); };
    for (const char sign : {'-', '/', '.'}) {
      // 2016-03-01, 2016-03
      if (is_year(token) && joined(i + 1, sign) && is(i + 1, is_month_number) && !tokens_[i + 1].blank) {
        if (joined(i + 2, sign) && is(i + 2, is_day_number) && !tokens_[i + 2].blank)
          return take(i, i + 2, {token.value(), tokens_[i + 1].value()}, true);
        return take(i, i + 1, {token.value(), tokens_[i + 1].value()}, false);
      }
      if (is_month_number(token) && is(i + 1, is_year) && joined(i + 1, sign) && !tokens_[i + 1].blank) return take(i, i + 1, {tokens_[i + 1].value(), token.value()}, false);  // 03/2016
      // 1/3 2016, 1.3.2016, 1/3
      if (sign != '-' && is_day_number(token) && joined(i + 1, sign) && is(i + 1, is_month_number) && !tokens_[i + 1].blank) {
        const bool year = is(i + 2, is_year) && (tokens_[i + 2].before.empty() || tokens_[i + 2].before == std::string(1, sign));
        return take(i, i + (year ? 2 : 1), {year ? std::optional(tokens_[i + 2].value()) : std::nullopt, tokens_[i + 1].value()}, true);
      }
    }
    if (token.text.size() == 6 || token.text.size() == 8) {
      const std::size_t years = token.text.size() - 4;
      const int month = std::stoi(token.text.substr(years, 2)), day = std::stoi(token.text.substr(years + 2)), year = std::stoi(token.text.substr(0, years));
      const int as_month = std::stoi(token.text.substr(4));
      if (years == 2 && std::stoi(token.text.substr(0, 4)) >= 1990 && std::stoi(token.text.substr(0, 4)) <= 2099 && as_month >= 1 && as_month <= 12)
        return take(i, i, {std::stoi(token.text.substr(0, 4)), as_month}, false);  // 201603
      if (month >= 1 && month <= 12 && day >= 1 && day <= 31) return take(i, i, {years == 2 ? 2000 + year : year, month}, true);
      return i + 1;
    }
    // 28 feb 2016, 1–31 mars 2016, 5:e april
    if (is_day_number(token) && !(i > 0 && is_one_of(tokens_[i - 1].text, numbered))) {
      std::size_t last = i;
      if (is(i + 1, is_day_number) && is_dash(tokens_[i + 1]) && tokens_[i + 1].value() > token.value()) last = i + 1;
      std::size_t name = last + 1;
      for (int skip = 0; skip < 2 && name < tokens_.size() && is_one_of(tokens_[name].text, ordinals); ++skip) ++name;
      const bool follows = name < tokens_.size() && !tokens_[name].number && (tokens_[name].before.empty() || tokens_[name].before == ".");
      if (const int month = follows ? month_of_name(tokens_[name].text) : 0) {
        const auto year = year_behind(name);
        return take(i, name + (year ? 1 : 0), {year, month}, last == i);
      }
    }
    return i + 1;
  }
  std::optional<int> year_behind(std::size_t name) const {
    if (is(name + 1, is_year)) return tokens_[name + 1].value();
    const bool period = name + 2 < tokens_.size() && ((tokens_[name + 2].number && is_dash(tokens_[name + 2])) || month_of_name(tokens_[name + 2].text) != 0);
    // "mars -16" and "mars 16"; "mars 1-15" is a part of it.
    if (is(name + 1, is_short) && tokens_[name + 1].text.size() == 2 && !period) return 2000 + tokens_[name + 1].value();
    return std::nullopt;
  }
  std::size_t named_at(std::size_t i) {
    const int month = month_of_name(tokens_[i].text);
    if (month == 0) return i + 1;
    // March 3, 2016
    if (is(i + 1, is_day_number) && tokens_[i + 1].before.empty()) {
      std::size_t year = i + 2;
      if (year < tokens_.size() && is_one_of(tokens_[year].text, ordinals)) ++year;
      if (is(year, is_year) && !is_dash(tokens_[year])) return take(i, year, {tokens_[year].value(), month}, true);
      if (year > i + 2) return take(i, year - 1, {std::nullopt, month}, true);
    }
    if (const auto year = year_behind(i)) return take(i, i + 1, {year, month}, false);
    if (i > 0 && is_year(tokens_[i - 1]) && !tokens_[i - 1].used) return take(i - 1, i, {tokens_[i - 1].value(), month}, false);
    if (may_be_a_name(i)) return i + 1;
    return take(i, i, {std::nullopt, month}, false);
  }
  // Jan Larsson and Maj Berg are people.
  bool may_be_a_name(std::size_t i) const {
    const std::string& word = tokens_[i].text;
    if (word != "jan" && word != "maj" && word != "may" && word != "april" && word != "june") return false;
    const auto capital = [&](std::size_t at) {
      const auto c = static_cast<unsigned char>(tokens_[at].written[0]);
      return !tokens_[at].number && ((c >= 'A' && c <= 'Z') || (c == 0xC3 && static_cast<unsigned char>(tokens_[at].written[1]) < 0xA0));
    };
    if (!capital(i) || tokens_[i].written == upper_ascii(tokens_[i].written)) return false;
    const bool surname_behind = i + 1 < tokens_.size() && tokens_[i + 1].before.empty() && capital(i + 1) && !names_attendance(i + 1);
    const bool surname_before = i > 0 && tokens_[i].before == "," && capital(i - 1) && !names_attendance(i - 1);
    return surname_behind || surname_before;
  }
  static std::string upper_ascii(std::string_view text) {
    std::string out(text);
    for (char& c : out)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
  }
  bool names_attendance(std::size_t i) const { return begins_with_one_of(tokens_[i].text, attends); }

  // "2016-03-01 – 2016-03-31" is March; two months with a dash between them are no month of a table.
  void join_periods() {
    for (std::size_t i = 0; i + 1 < found_.size(); ++i) {
      Found &one = found_[i], &other = found_[i + 1];
      if (!joins(one.last, other.first)) continue;
      if (!one.month.year) one.month.year = other.month.year;
      const bool same = one.month.month == other.month.month && one.month.year == other.month.year;
      one.day = true;
      other.day = !same;  // the second stands for both
      if (same) other.first = one.first;
      ++i;
    }
  }
  bool joins(std::size_t last, std::size_t next) const {
    if (next == last + 1) return is_dash(tokens_[next]);
    static constexpr std::string_view till[] = {"till", "to", "tom", "t", "o", "m", "och", "until", "through"};
    for (std::size_t i = last + 1; i < next; ++i)
      if (!is_one_of(tokens_[i].text, till) || tokens_[i].text == "och") return false;
    return next > last;
  }
  // The nearest word before that says what the month is of; a full stop or another date ends its reach.
  Marker marker_of(std::size_t of) const {
    const std::size_t end = of > 0 && !is_part(of - 1, of) ? found_[of - 1].last + 1 : 0;
    for (std::size_t i = found_[of].first; i > end; --i) {
      const Token& token = tokens_[i - 1];
      if (tokens_[i].before.find_first_of(";)|") != std::string::npos) return Marker::None;
      if (token.number) continue;
      if (is_one_of(token.text, avser)) return Marker::Avser;
      if (begins_with_one_of(token.text, attends)) return Marker::Attends;
      // "Version 2": its number is told already.
      const bool answered = (token.text == "version" || token.text == "ver" || token.text == "rev") && i < found_[of].first && tokens_[i].number;
      if (is_one_of(token.text, aside) && !answered) return Marker::Aside;
    }
    return Marker::None;
  }
  bool is_part(std::size_t earlier, std::size_t of) const { return found_[earlier].first == found_[of].first; }

  std::optional<int> lone_year() const {
    std::optional<int> year;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const Token& token = tokens_[i];
      if (!is_year(token) || token.used || position(i) < from_) continue;
      // "2015/00678", "KS 2015:12" and "2015-2017" are record numbers and spans of years.
      const auto joined = [&](std::size_t at) { return at < tokens_.size() && tokens_[at].number && !tokens_[at].before.empty() && tokens_[at].before.find_first_not_of("/:-.") == std::string::npos; };
      if (joined(i + 1) || (i > 0 && tokens_[i - 1].number && joined(i))) continue;
      bool of_something = false;
      for (std::size_t before = i; before > 0 && !of_something; --before) {
        const Token& word = tokens_[before - 1];
        if (word.used || begins_with_one_of(word.text, attends) || tokens_[before].before.find_first_of(";)|,") != std::string::npos) break;
        of_something = is_one_of(word.text, aside);
      }
      if (of_something) continue;
      if (year && *year != token.value()) return std::nullopt;
      year = token.value();
    }
    return year;
  }

  static constexpr std::string_view ordinals[] = {"e", "a", "th", "st", "nd", "rd", "den"};
  std::vector<Token> tokens_;
  std::size_t from_;  // the byte, counted from the first token, where the text begins that is read
  std::vector<Found> found_;
};

std::vector<std::string> words_in(std::string_view text) {
  const std::string normal = nfc(text);
  std::vector<std::string> words;
  for (const Token& token : tokens_of(normal))
    if (!token.number) words.push_back(token.text);
  return words;
}
template <class F>
bool any_word(std::string_view text, F&& is_it) {
  const std::vector<std::string> words = words_in(text);
  return std::any_of(words.begin(), words.end(), is_it);
}

}  // namespace

SaidWhen when_said(std::string_view text, std::string_view before) {
  std::string all = tidy(before).text;
  while (!all.empty() && (all.back() == ' ' || all.back() == ':')) all.pop_back();
  const std::string own = tidy(text).text;
  const auto first = tokens_of(all);
  if (first.empty()) return Reader(own, 0).read();
  const auto start = static_cast<std::size_t>(first.front().written.data() - all.data());
  const std::size_t length = all.size() + 1 - start;
  all += " " + own;
  return Reader(all, length).read();
}

std::optional<MonthMention> packed_month_in(std::string_view text) {
  std::optional<MonthMention> found;
  for (const Token& token : tokens_of(text)) {
    if (!token.number || token.text.size() != 4 || is_year(token)) continue;
    const int year = token.value() / 100, month = token.value() % 100;
    if (month < 1 || month > 12) continue;
    if (found) return std::nullopt;
    found = MonthMention{2000 + year, month};
  }
  return found;
}

bool says_planned(std::string_view text) {
  static constexpr std::string_view whole[] = {"schema", "schemat", "prognos", "mall", "mallen", "exempel", "exempelblad", "prel", "schedule", "timetable", "forecast",
                                               "template", "example", "sample", "tentative", "utkast", "draft"};
  static constexpr std::string_view beginning[] = {"planera", "planering", "planned", "planning", "preliminär", "preliminary", "bokade", "bokad", "bokning", "booked",
                                                   "booking", "önska", "önskemål", "wished", "requested", "schemalagd", "scheduled", "prognosti", "förväntad", "expected", "beräknad", "estimated"};
  return any_word(text, [](const std::string& word) {
    const bool compound = word.ends_with("schema") || word.ends_with("planering") || word.ends_with("prognos");
    return is_one_of(word, whole) || begins_with_one_of(word, beginning) || compound;
  });
}

bool says_absence(std::string_view text) {
  // "Sjukhuset" is a place.
  static constexpr std::string_view whole[] = {"sjuk", "sjuka", "sjukdom", "sick", "leave", "missed"};
  static constexpr std::string_view beginning[] = {"absen", "utebliv", "ledig", "sjukfrånvaro", "sjukskriv", "sjukled", "sjukdag", "sjuktim", "sjuklista", "semester"};
  return any_word(text, [](const std::string& word) {
    return is_one_of(word, whole) || begins_with_one_of(word, beginning) || word.find("frånvar") != word.npos || word.find("franvar") != word.npos || word.find("ledighet") != word.npos;
  });
}

bool says_attendance(std::string_view text) {
  return any_word(text, [](const std::string& word) { return word.find("närvar") != word.npos || word.find("narvar") != word.npos || word.starts_with("attend"); });
}

bool says_minutes(std::string_view text) {
  const std::string normal = nfc(text);
  const std::vector<Token> tokens = tokens_of(normal);
  bool says = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string& word = tokens[i].text;
    if (word == "timmar" || word == "tim" || word == "hours" || word == "h") return false;
    if (word != "minuter" && word != "min" && word != "minutes" && word != "mins") continue;
    says = says || tokens[i].before == "(" || (i > 0 && (tokens[i - 1].text == "i" || tokens[i - 1].text == "in"));
  }
  return says;
}

}  // namespace horisont
