#pragma once

#include <cstdint>
#include <span>

#include "core/cases/terms.h"
#include "edge/import/import.h"
#include "edge/store/store.h"

namespace horisont {

/// Holds staff time that is about to be read in against what is stored, and against the rest of its file: nothing is counted twice.
/// A month's total is not read in where days of the month are known, nor days where a total is stored (as of attendance); rows
/// without employer are not read in beside rows of the same number with one, nor the other way round. What is dropped is a finding
/// of the draft. So is a row of an activity that is new to a day of which another is stored, unless the file has that one as well or
/// the times of the day are apart: whether the activity was corrected cannot be seen. Files of one import are parts of one export:
/// their activities (`beside`: the imports of those before) come besides. The same number and name under two
/// employers, or on one day in another function, is told. Throws StoreError.
void hold_staff_against_stored(const Store&, const std::string& project, ImportDraft&, std::span<const std::uint32_t> beside = {});

/// Tells of staff time that can be accepted as little after it is read in as before: of another activity than the project's, outside the
/// operation, and not signed as the programme asks. It is read in all the same, and `staff-time` refuses it with the same reason.
void tell_what_cannot_be_funded(const ProjectTerms&, const ProgrammeTerms&, ImportDraft&);

/// Tells, once a member, of time whose share of employment is known neither from this file nor from what is stored, up to its month:
/// where the programme has a year's cap it cannot be decided, and the claim stops. Throws StoreError.
void tell_whose_share_is_not_known(const Store&, const std::string& project, const ProgrammeTerms&, ImportDraft&);

}  // namespace horisont
