#pragma once

#include <filesystem>
#include <string>

#include "app/report.h"

namespace horisont {

/// A sheet of a report as a file for Swedish Excel: `;`, a byte order mark, CR LF, the template's headings, a comma as decimal sign
/// (in English a point), no groups of thousands; identity numbers with a hyphen, so that they stay text.
std::string as_excel_csv(const Table&, Language);
/// A sheet as a file for programs: `,`, UTF-8 without a mark, LF, keys as headings, minutes and öre as whole numbers, days as
/// yyyy-mm-dd, shares as 67/269, machine words.
std::string as_program_csv(const Sheet&, Language);

/// Writes a file that only its owner may read. Throws FileError.
void write_private_file(const std::filesystem::path&, const std::string& bytes);

}  // namespace horisont
