#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace horisont {

/// What a field holds (docs/formats/report-fields.md, "Types"). Any is for the one column that holds values of all types.
enum class FieldType : std::uint8_t {
  Text,
  Reference,
  Identity,
  Hash,
  Integer,
  Minutes,
  Money,
  Date,
  Month,
  Ratio,
  Verdict,
  Choice,
  YesNo,
  Message,
  Bilingual,
  Any
};
std::string_view name_of(FieldType);

/// One field that a sheet of a report offers. A key that ends in `*` stands for several fields, one a month, rule or project.
struct FieldOffer {
  std::string_view key;
  FieldType type;
  bool summed = false;  ///< has a value in Sheet::totals
};
/// An id that ends in `*` stands for several sheets, one a participant.
struct SheetOffer {
  std::string_view report, sheet;
  std::vector<FieldOffer> fields;
};

/// Every sheet of every report with its fields, as templates are checked against it before any report is made.
std::span<const SheetOffer> report_fields();

}  // namespace horisont
