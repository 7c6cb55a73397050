#pragma once

#include <string>
#include <utility>
#include <vector>

#include "edge/demo/paper.h"

namespace horisont::demo {

/// What a column of a register holds. Nothing: a column left empty; PhoneOfRelative: one that no field reads.
enum class Field {
  LocalId,
  Number,
  Family,
  Given,
  Name,
  Gender,
  Unit,
  Home,
  SchoolMunicipality,
  Entry,
  Exit,
  Status,
  UnemployedSince,
  Studies,
  Training,
  Education,
  UpperSecondary,
  Kaa,
  Stage,
  School,
  AtRisk,
  ReferredBy,
  Informed,
  Jobless,
  JoblessChildren,
  SingleAdult,
  Email,
  Mobile,
  PhoneOfRelative,
  Nothing
};
using Columns = std::vector<std::pair<Field, std::string>>;

/// A row too many, wrong in one way; it is not read in, so the sizes stay as published.
enum class RowFault {
  CheckDigit,
  NotInCalendar,
  SerialZero,
  DigitsLost,
  NumberForm,
  EntryMissing,
  EntryNotInCalendar,
  EntryWithoutDay,
  UnknownChoice,
  ExitBeforeEntry,
  UnknownMunicipality,
  NoPerson
};

/// How one office keeps its register.
struct RegisterHabits {
  std::string file, sheet = "Deltagare", title;
  FileForm form = FileForm::Excel;
  NumberForm numbers = NumberForm::TwelveHyphen;
  DateForm dates = DateForm::Cell;
  Columns columns;
  std::vector<RowFault> faults;
  int hidden_rows = 0;
  bool municipality_as_code = false, heading_in_two_rows = false, repeated_heading = false, hidden_sheet = false;
  std::string note;
};

/// Writes the register, with e-mail and mobile number last, which SCB asked for until August 2019; the people get their place
/// in the order of reading in from `next_index`.
void write_register(const std::filesystem::path& folder, Manifest&, Registry&, const std::string& project,
                    const RegisterHabits&, const std::vector<Participant*>& people, std::uint32_t& next_index);

}  // namespace horisont::demo
