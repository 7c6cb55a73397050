#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "core/reports/report_fields.h"
#include "core/reports/sheet.h"
#include "support/places.h"

namespace horisont {

/// A report of any kind with every field of every sheet filled by its type, so that each shipped template can be written
/// apart from the rules and the register. `hostile` goes into every text.
struct SampleOptions {
  std::size_t rows = 12;
  std::string hostile;
  bool made = false;  ///< rows are made when they are asked for
};

/// Every template that is shipped, by its folder: none is left out of a test by a list that somebody forgot.
inline std::vector<std::string> shipped_kinds() {
  std::vector<std::string> kinds;
  for (const auto& folder : std::filesystem::directory_iterator(std::filesystem::path(HORISONT_SOURCE_DIR) / "report-templates"))
    kinds.push_back(folder.path().filename());
  std::sort(kinds.begin(), kinds.end());
  return kinds;
}

inline Cell::Value sample_value(const FieldOffer& field, std::size_t n, const SampleOptions& options) {
  const auto i = static_cast<std::int64_t>(n);
  switch (field.type) {
    case FieldType::Text:
      return options.hostile.empty() ? "Text " + std::to_string(n) : options.hostile;
    case FieldType::Reference:
      return Reference{options.hostile.empty() ? "D-" + std::to_string(1001 + n) : options.hostile};
    case FieldType::Identity:
      return Identity{"1998010198" + std::to_string(10 + n % 90)};
    case FieldType::Hash:
      return Hash{"7f3a91c20b4e55d0"};
    case FieldType::Integer:
      return 3 * i + 1;
    case FieldType::Minutes:
      return Minutes{100 * i + 50};
    case FieldType::Money:
      return Money::of_ore(12'345 * i + 7);
    case FieldType::Date:
      if (n % 5 == 4) return std::monostate{};
      return Date::of_days(16'922 + static_cast<std::int32_t>(n));  // 2016-05-01 and on
    case FieldType::Month:
      return *Month::of(2016 + static_cast<int>(n) / 12, 1 + static_cast<int>(n) % 12);
    case FieldType::Ratio:
      return Ratio{i, n % 4 == 3 ? 0 : i + 7};
    case FieldType::Verdict:
      return std::vector{Verdict::Eligible, Verdict::EligibleWithRemarks, Verdict::NotEligible, Verdict::Undecided}[n % 4];
    case FieldType::Choice:
      return Choice{"level", std::vector<std::string>{"error", "warning", "notice"}[n % 3]};
    case FieldType::YesNo:
      return std::vector{YesNo::Yes, YesNo::No, YesNo::Unknown}[n % 3];
    case FieldType::Message:
      return options.hostile.empty() ? Message{"yesno.yes", {}} : Message{"xlsx.version", {options.hostile}};
    case FieldType::Bilingual:
      return options.hostile.empty() ? Bilingual{"Praktik", "Work placement"} : Bilingual{options.hostile, options.hostile};
    case FieldType::Any:
      if (n % 3 == 0) return i;
      if (n % 3 == 1) return Minutes{60 * i + 30};
      return Ratio{i, 9};
  }
  return std::monostate{};
}

/// Sums what can be summed, as core does.
inline Cell sample_total(const Sheet& sheet, std::size_t column, FieldType type) {
  std::int64_t sum = 0;
  each_row(sheet, [&](const std::vector<Cell>& row) {
    if (const auto* minutes = std::get_if<Minutes>(&row[column].value)) sum += minutes->count();
    if (const auto* number = std::get_if<std::int64_t>(&row[column].value)) sum += *number;
    if (const auto* money = std::get_if<Money>(&row[column].value)) sum += money->ore();
  });
  if (type == FieldType::Money) return {Money::of_ore(sum)};
  if (type == FieldType::Minutes) return {Minutes{sum}};
  if (type == FieldType::Integer) return {sum};
  return {};
}

inline Report sample_report(const std::string& kind, const SampleOptions& options = {}) {
  const std::string& h = options.hostile;
  Report report;
  report.kind = kind;
  report.id = "R-2016-05-002";
  report.project = "ung-horisont";
  report.project_name = h.empty() ? Bilingual{"Ung Horisont", "Young Horizon"} : Bilingual{h, h};
  report.record_number = h.empty() ? "2015/00678" : h;
  report.organisation = h.empty() ? "Karlstads kommun & Kil" : h;
  report.period = "2016-05";
  report.period_words = {"maj 2016", "May 2016"};
  report.fund_text =
      h.empty() ? Bilingual{"Medfinansieras av Europeiska unionen", "Co-financed by the European Union"} : Bilingual{h, h};
  report.today = Date::of_days(16'990);
  report.names = {{"b-projekt", h.empty() ? Bilingual{"Andra projektet", "The second project"} : Bilingual{h, h}}};
  report.control = {{"control.organisation", report.organisation},
                    {"control.period", report.period},
                    {"control.known_on", "2016-07-01"},
                    {"control.program", "0.1"},
                    {"control.rule_set", "yei.dmn, " + std::string(64, 'c')}};
  for (const SheetOffer& offer : report_fields()) {
    if (offer.report != kind) continue;
    Sheet sheet;
    sheet.id = offer.sheet;
    if (sheet.id.ends_with('*')) sheet.id.replace(sheet.id.size() - 1, 1, "D-0042");
    std::vector<FieldOffer> offers;
    for (const FieldOffer& field : offer.fields) {
      if (!field.key.ends_with('*')) {
        sheet.fields.emplace_back(field.key);
        offers.push_back(field);
        continue;
      }
      const std::string stem(field.key.substr(0, field.key.size() - 1));
      const std::vector<std::string> parts = stem == "accepted_" ? std::vector<std::string>{"2016-04", "2016-05", "2016-06"}
                                             : stem == "rule_"   ? std::vector<std::string>{"P03", "P05"}
                                                                 : std::vector<std::string>{"a-projekt", "b-projekt"};
      for (const std::string& part : parts) sheet.fields.push_back(stem + part), offers.push_back(field);
    }
    const auto row = [offers, options](std::size_t n) {
      std::vector<Cell> cells;
      cells.reserve(offers.size());
      for (const FieldOffer& field : offers) cells.push_back({sample_value(field, n, options)});
      return cells;
    };
    if (options.made) sheet.made = {options.rows, row};
    for (std::size_t n = 0; n < options.rows && !options.made; ++n) sheet.rows.push_back(row(n));
    for (std::size_t i = 0; i < offers.size(); ++i)
      sheet.totals.push_back(offers[i].summed ? sample_total(sheet, i, offers[i].type) : Cell{});
    report.sheets.push_back(std::move(sheet));
  }
  report.unverified = {{"whole_hours.level", "month", "config/programmes/yei.toml: whole_hours.level, 17"}};
  report.remaining = {{{"yesno.unknown", {}}, 3}};
  return report;
}

/// The total of a field, in whole units.
inline std::int64_t total_in(const Report& report, const std::string& sheet_id, const std::string& field) {
  for (const Sheet& sheet : report.sheets) {
    if (sheet.id != sheet_id) continue;
    const auto at = static_cast<std::size_t>(std::find(sheet.fields.begin(), sheet.fields.end(), field) - sheet.fields.begin());
    if (const auto* minutes = std::get_if<Minutes>(&sheet.totals[at].value)) return minutes->count();
    if (const auto* number = std::get_if<std::int64_t>(&sheet.totals[at].value)) return *number;
  }
  return 0;
}

}  // namespace horisont
