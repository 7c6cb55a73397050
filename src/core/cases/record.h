#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/date.h"
#include "core/values/minutes.h"
#include "core/values/personal_identity_number.h"

namespace horisont {

/// The five canonical files (intake, section 18).
enum class RecordKind : std::uint8_t { Participants, Attendance, StaffTime, Results, Evidence };
std::string_view name_of(RecordKind);  ///< "participants", "attendance", "staff-time", "results", "evidence"
std::optional<RecordKind> record_kind(std::string_view name);

/// Where a fact came from. The import names file, digest, actor and time; the sheet is a number within the import.
struct Origin {
  std::uint32_t import = 0;  ///< 0 until the store has given the import its number
  std::uint16_t sheet = 0;   ///< index into the import's sheets; 0 for CSV
  std::uint32_t row = 0;     ///< 1-based row or line
  std::uint16_t column = 0;  ///< 1-based column; 0 when the origin is the row
  /// Which of the person's corrections, counted from 1, gave the value that now lies over that cell; 0: the file itself.
  std::uint16_t correction = 0;
  friend bool operator==(const Origin&, const Origin&) = default;
};

/// One value in canonical text: dates ISO, months yyyy-mm, hours as minutes, choices as machine words, yes/no/unknown,
/// identity numbers in normal form, municipalities as four digits, text NFC.
struct FieldValue {
  std::string field;  ///< key of schemas/import, for example "entry_date"
  std::string value;
  std::uint16_t column = 0;      ///< 1-based column in the row's sheet
  std::uint16_t correction = 0;  ///< as in Origin
  std::uint32_t row = 0;         ///< where it is not the record's: in a form each value has a row of its own
  friend bool operator==(const FieldValue&, const FieldValue&) = default;
};

/// A row of participants, results, evidence or staff time: everything that is not volume.
struct Record {
  RecordKind kind = RecordKind::Participants;
  Origin origin;
  std::uint32_t person = 0;  ///< index of the person within the project (see People); new people get the next one
  std::vector<FieldValue> values;

  const std::string* find(std::string_view field) const {
    for (const FieldValue& value : values)
      if (value.field == field) return &value.value;
    return nullptr;
  }
};

/// Where a value of a record stood.
inline Origin origin_of(const Record& record, const FieldValue& value) {
  Origin origin = record.origin;
  origin.column = value.column;
  origin.correction = value.correction;
  if (value.row != 0) origin.row = value.row;
  return origin;
}

/// One person's minutes on one day in one activity: the volume of the store, so it is kept small.
struct TimeRecord {
  std::uint32_t person = 0;   ///< as in Record
  std::int32_t day = 0;       ///< Date::days(); for a monthly total the first day of the month
  std::int16_t start = -1;    ///< minute of the day, -1: not stated
  std::int16_t end = -1;
  std::uint16_t minutes = 0;  ///< attended
  std::uint8_t activity = 0;  ///< index into the project's activities (ProjectTerms::activities)
  std::uint8_t flags = 0;     ///< bits of TimeFlag
  Origin origin;
};
enum TimeFlag : std::uint8_t {
  TimeAbsent = 1,           ///< absence on that day; minutes are 0 unless both are stated
  TimeExcused = 2,          ///< giltig frånvaro
  TimeMonthly = 4,          ///< a month's total: daily rules cannot be tested
  TimeSigned = 8,           ///< signature other than none
  TimeNotSigned = 16,       ///< signature stated as none
  TimePortalCode = 32,      ///< of a signature: a code by SMS or e-mail in the participants' portal
  TimeEmailException = 64,  ///< of a signature: by e-mail, which the funder accepts as an exception
  TimePaper = 96,           ///< of a signature: on paper; these three are two bits
  TimeLate = 128            ///< read in when its month was filed or closed, and not let in
};
/// "paper", "portal_code", "email_exception", "signed" (of a kind that was not told), "none", "not_stated"
std::string_view signature_of(const TimeRecord&);

/// The people of a project, as the import needs them: who is known under which number or reference. A person's index is
/// his or her place in the order of first import, and gives the reference D-0001, D-0002 …
struct Person {
  std::optional<PersonalIdentityNumber> number;
  std::string local_id;
  std::string name;  ///< "Efternamn, Förnamn" or as written
  friend bool operator==(const Person&, const Person&) = default;
};
using People = std::vector<Person>;
using SomePeople = std::map<std::uint32_t, Person>;  ///< some of them, by index

/// D-0042 for index 41.
std::string participant_reference(std::uint32_t person);
std::optional<std::uint32_t> person_of_reference(std::string_view reference);

}  // namespace horisont
