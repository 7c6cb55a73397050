#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/cases/cell_view.h"

namespace horisont {

/// What a file itself says that a code in a day's cell means.
struct CodeMeaning {
  std::string meaning;                  ///< as written, at most 80 characters
  std::optional<std::int64_t> minutes;  ///< when the meaning states an amount of time: "studiebesök 4 tim"
};

/// The codes that a file explains: "S = studiebesök 4 tim, F = förmiddag" in a cell, or rows of a code and its meaning, above or
/// below a table or on a sheet of their own.
class Legend {
 public:
  void look(const RowView&, const std::string& sheet, bool date1904);
  /// By normal form; of several meanings all that were found.
  const CodeMeaning* find(std::string_view key) const;
  /// Whether the row is nothing but a code and its meaning; the code's normal form.
  std::optional<std::string> explained_in(const std::string& sheet, std::uint32_t row) const;
  /// How long everybody was there, where a line says "Tid: 09.00-12.00" and no other says otherwise.
  std::optional<std::int64_t> time_of_all() const { return other_time_ ? std::nullopt : time_; }

 private:
  void look_at(const std::string& text);
  void add(const std::string& code, const std::string& meaning);

  std::map<std::string, CodeMeaning, std::less<>> codes_;
  std::map<std::pair<std::string, std::uint32_t>, std::string> rows_;
  std::optional<std::int64_t> time_;
  bool other_time_ = false;
};

/// What a meaning says of absence: "excused", "not_excused", "unknown" (absence of no stated kind); empty when it is something else.
std::string_view absence_said(std::string_view meaning);

/// The amount of time that a text states: "6 tim", "halvdag 4 h", "09.00-12.00"; nothing when it states none, or several.
std::optional<std::int64_t> minutes_said(std::string_view text);

}  // namespace horisont
