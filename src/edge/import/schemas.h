#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/cases/record.h"
#include "core/cases/terms.h"
#include "edge/import/import.h"

namespace horisont {

enum class FieldType : std::uint8_t {
  Code,
  Text,
  Identity,
  Reference,
  YesNo,
  YesNoUnknown,
  YesNoUndisclosed,
  Date,
  Month,
  Time,
  Hours,
  Integer,
  Percent,
  Choice,
  Municipality,
  OrganisationNumber,
  Email,
  Phone,
  Hex
};

enum class Need : std::uint8_t { Must, OneOf, For, May, Off };

/// One value of a choice list and the spellings that only propose it.
struct ListedChoice {
  std::string word;
  Bilingual shown;                 ///< the first spelling of each language, for templates and proposals
  std::vector<std::string> asked;  ///< spellings that are a question, not an answer
};

struct ChoiceList {
  std::string name;
  std::vector<ListedChoice> choices;
  std::map<std::string, std::size_t, std::less<>> by_key;      ///< normal form of a spelling → index
  std::map<std::string, std::size_t, std::less<>> asked_keys;  ///< normal form of a question → proposed index
};

struct ImportField {
  std::string key;
  FieldType type = FieldType::Text;
  Need need = Need::May;
  std::vector<std::string> purposes;  ///< what the value is for: "rules", "ind14", "claim" …
  std::string when;                   ///< needed in some cases only, for example "school projects"
  std::string group, with;            ///< one-of group; a field that must stand beside this one
  const ChoiceList* list = nullptr;
  std::int64_t max = 0;  ///< characters of a text, minutes of hours, value of an integer; 0: no limit
  std::vector<std::string> headings_sv, headings_en;
  std::string example;
  int line = 0;

  bool is_for(std::string_view purpose) const;
};

/// At least one of the fields must have a column and, in each row, a value.
struct FieldGroup {
  std::string name;
  std::vector<std::string> fields;
};

struct ImportSchema {
  RecordKind kind = RecordKind::Participants;
  int version = 0;
  Bilingual sheet;
  std::vector<std::string> key;
  std::vector<FieldGroup> groups;
  std::vector<ImportField> fields;
  std::map<std::string, std::size_t, std::less<>> by_heading;  ///< normal form → field
  std::map<std::string, std::size_t, std::less<>> by_plain;    ///< the same without å ä ö é
  std::set<std::string, std::less<>> not_read;                 ///< normal forms that a profile has set aside

  std::set<std::string, std::less<>> told;                     ///< normal forms that a profile or an answer has given their field

  std::optional<std::size_t> field(std::string_view key) const;
  /// The first heading of a field, as templates and messages write it.
  const std::string& heading(std::size_t field) const { return fields[field].headings_sv.front(); }
};

struct ImportSchemas {
  std::array<ImportSchema, 5> schemas;  ///< by RecordKind
  std::map<std::string, ChoiceList, std::less<>> lists;

  const ImportSchema& of(RecordKind kind) const { return schemas[static_cast<std::size_t>(kind)]; }
};

}  // namespace horisont
