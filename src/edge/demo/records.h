#pragma once

#include <string>
#include <vector>

#include "edge/demo/paper.h"

namespace horisont::demo {

enum class ResultFault { UnknownPerson, ExitBeforeEntry, UnknownReason, NotInCalendar };
struct ResultHabits {
  std::string file, title;
  Day made_on = 0;  ///< no status is of a later day
  FileForm form = FileForm::Excel;
  NumberForm numbers = NumberForm::TenHyphen;
  DateForm dates = DateForm::Cell;
  bool school = false;            ///< grades and programme instead of offers
  bool health = false;            ///< a column for improved health
  bool health_collected = false;  ///< whether the project collects it
  bool register_has_exits = false;  ///< another end date than its own is told
  Day followed_up_until = -1;     ///< those whose six months had passed by then were asked
  std::vector<ResultFault> faults;
};
void write_results(const std::filesystem::path& folder, Manifest&, Registry&, const std::string& project, const ResultHabits&,
                   std::vector<const Participant*> leavers);

enum class EvidenceFault { UnknownPerson, UnknownCriterion, DateMissing, HolderMissing };
struct EvidenceHabits {
  std::string file, title;
  Day made_on = 0;  ///< no certificate of the status after leaving is of a later day
  FileForm form = FileForm::Excel;
  NumberForm numbers = NumberForm::TenHyphen;
  DateForm dates = DateForm::Cell;
  bool local_id = false;
  std::string status_from, held_by;  ///< who certifies the status on entry; who keeps the documents
  std::vector<EvidenceFault> faults;
};
void write_evidence(const std::filesystem::path& folder, Manifest&, Registry&, const std::string& project,
                    const EvidenceHabits&, const std::vector<const Participant*>& people);

enum class StaffFault { Over24, NotInCalendar, UnknownFunction };
struct StaffHabits {
  std::string file, title;
  FileForm form = FileForm::Excel;
  DateForm dates = DateForm::Cell;
  HoursForm hours = HoursForm::Number;
  Day first = 0, last = 0;
  int first_staff_number = 10401, people = 4;
  std::vector<StaffFault> faults;
};
void write_staff(const std::filesystem::path& folder, Manifest&, Lottery&, const std::string& project, const StaffHabits&);

}  // namespace horisont::demo
