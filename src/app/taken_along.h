#pragma once

#include "app/import_file.h"

namespace horisont {

/// What is asked of a file, over what was answered and fixed in the draft whose place it takes. Of another file than the draft's
/// own, only the answers to what that file asks too, over columns of the same headings (TakenAlong::left are the others), and the
/// fixes are to follow their rows.
ImportRequest with_taken_along(const Workspace&, const ImportRequest& asked, const StoredDraft& before, TakenAlong&);

}  // namespace horisont
