#pragma once

#include <string>
#include <vector>

#include "app/workspace.h"

namespace horisont {

struct CorrectionRequest {
  std::string project, participant;  ///< key and reference
  struct Change {
    std::string field, text;  ///< as a person types it; an empty text withdraws the value
  };
  std::vector<Change> changes;
  std::string reason;  ///< ten characters at least, blanks around them not counted
  Date today = Date::of_days(0);
  Actor actor;
  Moment now = Moment::of_seconds(0);
};

/// Whether a reason says something, and can be shown to anybody: ten characters that are not blanks around it, no identity number.
bool is_reason(std::string_view);
/// Why a text is no reason: the identity number that it holds, else that it is too short.
Problem why_no_reason(std::string_view);
/// Whether a text holds an identity number: ten or twelve digits, with or without "-", "+" or a blank before the last four, not part
/// of a longer number.
bool names_a_person(std::string_view);

/// Lays corrections over a participant's facts: all of them or none. A Problem names the field or value that cannot be,
/// the reason that is too short, the participant that is not there, or the spells that the correction would turn
/// around or run together. Throws StoreError.
Result<std::vector<Month>> correct(Workspace&, const CorrectionRequest&);

/// The field of a participant's facts that a word means: its key, or its heading in either language ("kön"). A Problem names the
/// nearest one, or all by their headings.
Result<std::string> field_named(const Workspace&, const std::string& word);

/// What of a correction speaks against the identity number, once it is laid: the gender, the birth date. Warnings, with both values:
/// the number may be the wrong one of the two, so the correction is taken.
std::vector<Finding> against_the_number(const Workspace&, const CorrectionRequest&);

}  // namespace horisont
