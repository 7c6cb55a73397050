#pragma once

#include <string>

#include "app/table.h"
#include "core/reports/said.h"

namespace horisont {

/// Where a value comes from, as a cell: people read their own language of it, programs the text as the settings have it.
inline Table::Value cited_value(const std::string& text) {
  if (text.empty()) return std::string();
  return Table::Word{text, citation_words(text)};
}

}  // namespace horisont
