#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/date.h"
#include "core/values/result.h"

namespace horisont {

/// Personal: ÅÅÅÅMMDD + serial + check digit. Coordination: day + 60; month or day may never have been known.
/// Temporary: T or TF in the serial, no check digit; two people may share one. Protected: the code that SCB prescribes
/// for persons with protected identity. Only Personal and Coordination name one human being.
/// Source: Tax agency SKV 704 and 707; ../domain text "personal identity numbers".
enum class IdentityKind : std::uint8_t { Personal, Coordination, Temporary, Protected };

/// What the reader had to do to the text ("pnr.zero-restored", "pnr.century-assumed", …); each is shown to the user.
enum class IdentityRepair : std::uint8_t { ZeroRestored, CenturyAssumed, Cleaned };

struct CenturyWindow;

/// A Swedish identity number whose form (and check digit, where the kind has one) is right. It has no stream operator on
/// purpose: logs name people by pseudonym, a screen may show masked(), and only the store and the funder's own file get
/// digits().
class PersonalIdentityNumber {
 public:
  struct Parsed;
  /// Reads every form of intake 8.2: ten or twelve digits, with - or +, T/TF, SCB's code, damaged by spreadsheets.
  /// `reference` settles the century of ten digits; `window`, when given, limits the plausible birth years.
  static Result<Parsed> parse(std::string_view text, Date reference, const CenturyWindow* window = nullptr);
  /// Exactly the twelve characters of the normal form, as stored.
  static Result<PersonalIdentityNumber> of_normal_form(std::string_view twelve);

  IdentityKind kind() const { return kind_; }
  /// Nothing for numbers whose month or day was never known or whose day does not exist: a question for the case
  /// worker, not a wrong number.
  std::optional<Date> born_on() const;
  /// '1'..'9' or '0' at the ninth place from the start of the serial (odd man, even woman); nothing where the kind has none.
  std::optional<int> gender_digit() const;
  bool names_one_person() const { return kind_ == IdentityKind::Personal || kind_ == IdentityKind::Coordination; }

  std::string masked() const { return digits_.substr(0, 8) + "-****"; }
  const std::string& digits() const { return digits_; }  ///< twelve characters without separator
  friend auto operator<=>(const PersonalIdentityNumber&, const PersonalIdentityNumber&) = default;

 private:
  PersonalIdentityNumber(std::string digits, IdentityKind kind) : digits_(std::move(digits)), kind_(kind) {}
  std::string digits_;
  IdentityKind kind_;
};

struct PersonalIdentityNumber::Parsed {
  PersonalIdentityNumber number;
  std::vector<IdentityRepair> repairs;
};

/// Birth years that make sense for a call; a ten-digit number that falls outside asks for twelve digits.
struct CenturyWindow {
  int first_year, last_year;
};

std::string_view name_of(IdentityKind);  ///< "personal", "coordination", "temporary", "protected"
std::string_view code_of(
    IdentityRepair);  ///< the notice that is shown: "pnr.zero-restored", "pnr.century-assumed", "pnr.cleaned"

/// What the writer of a refused text most likely meant (hyphen for a blank, zero for the letter O, one for l and I),
/// where that reads without fault; nothing otherwise. To be shown as a proposal, never taken.
std::optional<std::string> proposed_identity(std::string_view text, Date reference, const CenturyWindow* window = nullptr);

/// Whether the last digit of ten is right (Luhn over the first nine).
bool luhn(std::string_view ten_digits);

}  // namespace horisont
