#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/rules/rules.h"
#include "core/values/finding.h"

namespace horisont {

/// A DMN document as dmn's plain values; its depth is bounded.
Result<dmn::Element> read_dmn(std::string_view bytes);

/// Reads a rule set file, lints it against `eligibility_facts()`, and gives it with the SHA-256 of its bytes; or every
/// complaint as a Finding with file, table, row and cell. Throws FileError (edge/files) when the file cannot be read.
tl::expected<LoadedRuleSet, std::vector<Finding>> load_rule_set(const std::filesystem::path& file);
/// The same of bytes that were kept, `file` being the name they had.
tl::expected<LoadedRuleSet, std::vector<Finding>> read_rule_set(std::string_view bytes, const std::string& file);

}  // namespace horisont
