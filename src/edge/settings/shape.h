#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/values/finding.h"
#include "edge/toml/toml.h"

namespace horisont {

/// What a table of a settings file may hold: the loader checks with it, and the JSON Schemas for editors are made of it,
/// so the two cannot disagree.
struct Shape {
  enum class Kind {
    Text,     ///< not empty
    Integer,  ///< least … most
    Boolean,
    Day,
    Money,   ///< whole kronor as a number, or text with two decimals: "674.80", "674,80"; at least `least` öre
      Hours,   ///< whole hours as a number, or text "13:30"; least … most in minutes
    Choice,  ///< one of `choices`
    Texts,   ///< a list of texts
    Table,
    Tables,  ///< [[key]], any number
  };
  std::string key;
  Kind kind = Kind::Text;
  std::string about;  ///< one English sentence for people who edit the file
  bool required = false;
  std::vector<std::string> choices;
  std::int64_t least = 0, most = std::numeric_limits<std::int64_t>::max();
  std::vector<Shape> members;
};

/// Collects what is wrong with one file.
struct FileFindings {
  std::string file;
  std::vector<Finding>& found;
  void add(std::string code, int line, std::string heading, std::vector<std::string> values);
};

/// Every key that is not known, missing or of the wrong type, in one pass; `path` names the table ("unit_cost[2]").
void check_shape(const TomlNode& table, const Shape& shape, const std::string& path, FileFindings& findings);

/// The öre of a Money value and the minutes of an Hours value; nothing when the value has another form.
std::optional<std::int64_t> ore_of(const TomlNode&);
std::optional<std::int64_t> minutes_of(const TomlNode&);

/// The shape as JSON Schema (draft 2020-12), with a line feed at the end.
std::string json_schema(const Shape& shape, const std::string& title);

/// The whole of a programme file and of a project file.
Shape programme_shape();
Shape project_shape();

}  // namespace horisont
