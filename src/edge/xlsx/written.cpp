#include "edge/xlsx/written.h"

#include "edge/xlsx/book.h"

namespace horisont {
namespace {

constexpr const char *whole = "#,##0", *hundredths = "#,##0.00", *clock_hours = "[h]:mm", *day_format = "yyyy-mm-dd",
                     *month_format = "yyyy-mm", *time_format = "hh:mm", *share = "0.0%", *three_decimals = "0.000", *as_text = "@";

Written number(double value, const char* format) { return {Written::Kind::Number, value, {}, format}; }
Written text(std::string value, const char* format = "") { return {Written::Kind::Text, 0, std::move(value), format}; }

std::string_view word_of(YesNo answer) { return answer == YesNo::Yes ? "yes" : answer == YesNo::No ? "no" : "unknown"; }

// The word of a list, or the machine word itself where a list is open.
std::string word(std::string id, std::string_view machine, Language language) {
  return text_of(id) ? words({std::move(id), {}}, language) : std::string(machine);
}

struct Writer {
  As as;
  Language language;

  Written operator()(std::monostate) const { return {}; }
  Written operator()(const std::string& value) const { return value.empty() ? Written{} : text(value); }
  Written operator()(std::int64_t value) const {
    if (as == As::Thousandths) return number(static_cast<double>(value) / 1000, three_decimals);
    return number(static_cast<double>(value), whole);
  }
  Written operator()(Minutes minutes) const {
    const auto count = static_cast<double>(minutes.count());
    if (as == As::Minutes) return number(count, whole);
    if (as == As::HoursMinutes) return number(count / 1440, clock_hours);
    return number(count / 60, hundredths);
  }
  Written operator()(Money money) const { return number(static_cast<double>(money.ore()) / 100, hundredths); }
  Written operator()(Date day) const {
    return excel_has(day) ? number(excel_serial(day), day_format) : text(day.iso(), as_text);
  }
  Written operator()(Month month) const {
    return excel_has(month.first()) ? number(excel_serial(month.first()), month_format) : text(month.iso(), as_text);
  }
  Written operator()(Clock clock) const { return number(clock.minute / 1440.0, time_format); }
  Written operator()(Ratio ratio) const {
    if (ratio.denominator == 0) return {};
    return number(static_cast<double>(ratio.numerator) / static_cast<double>(ratio.denominator), share);
  }
  Written operator()(const Reference& reference) const { return text(reference.text, as_text); }
  Written operator()(const Identity& identity) const { return text(identity.digits, as_text); }
  Written operator()(const Hash& hash) const { return text(hash.hex, as_text); }
  Written operator()(const Choice& choice) const {
    return choice.word.empty() ? Written{} : text(word(choice.list + "." + choice.word, choice.word, language));
  }
  Written operator()(YesNo answer) const { return text(words({"yesno." + std::string(word_of(answer)), {}}, language)); }
  Written operator()(Verdict verdict) const { return text(words({"verdict." + std::string(name_of(verdict)), {}}, language)); }
  Written operator()(const Message& message) const { return text(words(message, language)); }
  Written operator()(const Bilingual& value) const { return value.in(language).empty() ? Written{} : text(value.in(language)); }
};

}  // namespace

Written written(const Cell::Value& value, As as, Language language) { return std::visit(Writer{as, language}, value); }

As as_for(const Cell::Value& value) {
  if (std::holds_alternative<std::int64_t>(value)) return As::Integer;
  if (std::holds_alternative<Minutes>(value)) return As::Hours;
  if (std::holds_alternative<Money>(value)) return As::Money;
  if (std::holds_alternative<Ratio>(value)) return As::Ratio;
  return As::Text;
}

std::string_view machine_word(const Cell::Value& value) {
  if (const auto* verdict = std::get_if<Verdict>(&value)) return name_of(*verdict);
  if (const auto* choice = std::get_if<Kept<Choice>>(&value)) return (*choice)->word;
  if (const auto* answer = std::get_if<YesNo>(&value)) return word_of(*answer);
  if (const auto* plain = std::get_if<std::string>(&value)) return *plain;
  return {};
}

bool shown_right(As as) {
  switch (as) {
    case As::Integer:
    case As::Thousandths:
    case As::Hours:
    case As::HoursMinutes:
    case As::Minutes:
    case As::Money:
    case As::Ratio:
    case As::Any:
      return true;
    default:
      return false;
  }
}

}  // namespace horisont
