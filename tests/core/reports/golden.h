#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "core/reports/sheet.h"
#include "support/places.h"

namespace horisont {

/// Compares a report's canonical text, notes, reconciliations and unverified defaults with tests/golden/<name>.txt.
/// UPDATE_GOLDEN=1 writes the file instead; the change is then reviewed like any other.
inline void expect_golden(const Report& report, const std::string& name) {
  std::string text = to_text(report);
  text += "\n" + report.kind + " " + report.period + (report.draft ? " draft" : "") + "\n";
  for (const Message& note : report.notes) text += "note: " + words(note, Language::Swedish) + "\n";
  for (const auto& check : report.checks)
    text += "check: " + words(check.what, Language::Swedish) + ": " + std::to_string(check.in_report) + " = " +
            std::to_string(check.in_register) + (check.agrees() ? "\n" : " DIFFERS\n");
  for (const auto& unverified : report.unverified)
    text += "unverified: " + words({unverified.what, {}}, Language::Swedish) + ": " +
            words({"table.text", {unverified.value}}, Language::Swedish) + " (" +
            unverified.where + ")\n";
  for (const auto& remaining : report.remaining)
    text += "remaining: " + words(remaining.what, Language::Swedish) + ": " + std::to_string(remaining.number) + "\n";
  for (const auto& [label, value] : report.control)
    text += "control: " + words({label, {}}, Language::Swedish) + ": " + value + "\n";

  const std::string file = std::string(HORISONT_SOURCE_DIR) + "/tests/golden/" + name + ".txt";
  if (const char* update = std::getenv("UPDATE_GOLDEN"); update && std::string_view(update) == "1") {
    std::ofstream(file) << text;
    return;
  }
  std::ifstream in(file);
  ASSERT_TRUE(in) << file << " is missing; run with UPDATE_GOLDEN=1 and review it";
  std::stringstream expected;
  expected << in.rdbuf();
  EXPECT_EQ(text, expected.str());
}

/// The text of a cell, found by sheet, row and field.
inline const Cell& cell_at(const Report& report, std::string_view sheet_id, std::size_t row, std::string_view field) {
  for (const Sheet& sheet : report.sheets)
    if (sheet.id == sheet_id)
      for (std::size_t column = 0; column < sheet.fields.size(); ++column)
        if (sheet.fields[column] == field) return sheet.rows.at(row)[column];
  throw std::out_of_range(std::string(sheet_id) + "." + std::string(field));
}

inline const Sheet& sheet_of(const Report& report, std::string_view id) {
  for (const Sheet& sheet : report.sheets)
    if (sheet.id == id) return sheet;
  throw std::out_of_range(std::string(id));
}

/// A cell in canonical text.
inline std::string text_of_cell(const Cell& cell) {
  const std::string text = to_text(Sheet{.id = "s", .fields = {"f"}, .rows = {{cell}}});
  const std::size_t body = text.find("body\t") + 5;
  return text.substr(body, text.size() - body - 1);
}
inline std::string text_at(const Report& report, std::string_view sheet, std::size_t row, std::string_view field) {
  return text_of_cell(cell_at(report, sheet, row, field));
}

/// All words of a report that a reader could see, for asking that something is nowhere among them.
inline std::string everything(const Report& report) {
  std::string text = to_text(report);
  for (const auto& [label, value] : report.control) text += value + "\n";
  for (const auto& unverified : report.unverified) text += unverified.value + " " + unverified.where + "\n";
  return text;
}

inline void expect_all_agree(const Report& report) {
  EXPECT_FALSE(report.checks.empty());
  for (const auto& check : report.checks)
    EXPECT_TRUE(check.agrees()) << words(check.what, Language::English) << ": " << check.in_report << " is not "
                                << check.in_register;
}

}  // namespace horisont
