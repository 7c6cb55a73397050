#pragma once

#include "app/import_file.h"
#include "web/pages.h"

namespace horisont::web {

// What the pages before, in and after an import say alike.

/// The steps of an import, each with its address; those before `now` are behind, and those of `open` still ask something.
Html import_steps(const Visit&, const std::string& draft, std::string_view now, const std::vector<std::string_view>& open = {});
/// The form for a file; with `draft` it is the corrected file of that draft, which goes when this one is read.
Html upload_form(const Visit&, const std::string& draft = "");
Html kind_choice(const Visit&, const std::string& name);
Html reason_field(const Visit&);
/// Where the outcome of a reading is seen.
std::string leads_to(const std::string& base, const ImportOutcome&);
Response no_draft(const Visit&, const Message& why);

}  // namespace horisont::web
