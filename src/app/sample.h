#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/table.h"
#include "app/workspace.h"
#include "core/audit/projection.h"
#include "core/audit/sample.h"
#include "core/reports/long_term.h"

namespace horisont {

/// What an auditor can draw from: participants (a unit is a person, and so is an error), their accepted time (a unit is a row of
/// a day sheet, valued in minutes), or what staff cost (a unit is a member, function and month of the claims, valued in öre).
/// Leavers are no auditor's: those who have left, to be asked six months after (core/reports/long_term.h).
enum class SampleFrame { Participants, Hours, Claims, Leavers };
std::string_view name_of(SampleFrame);  ///< "participants", "hours", "claims", "leavers"
std::optional<SampleFrame> sample_frame(std::string_view);
std::string_view name_of(SampleMethod);  ///< "simple", "stratified", "monetary-unit"
std::optional<SampleMethod> sample_method(std::string_view);

struct SampleRequest {
  std::string project;
  SampleFrame frame = SampleFrame::Participants;
  SampleMethod method = SampleMethod::Simple;
  std::string strata;  ///< for stratified: verdict, gender, subproject; activity, month; function, month
  Period period;       ///< of hours and claims
  std::uint64_t places = 0, least = 0;
  std::uint32_t points = 0, response = 60;  ///< of leavers without `places`: margin (0: the programme's) and expected response
  std::string seed;  ///< the auditor's own, 32 to 64 hex digits, chosen after the checkpoint
  Date today = Date::of_days(0);
  Actor actor;
  Moment now = Moment::of_seconds(0);
};

/// A sample with what is known of its units; drawn again from what was stored, so it is the same for ever.
struct DrawnSample {
  StoredSample stored;
  Sample sample;
  struct Unit {
    SampleUnit unit;
    bool always = false;  ///< above the interval, taken without chance
  };
  std::vector<Unit> units;  ///< those to be audited, in the order of the draw; the ones always taken first
  std::map<std::string, SampleUnit> frame;
  std::string id() const { return "S-" + std::to_string(stored.number); }
};

/// Draws, stores and logs. A Problem: no log to bind the draw to, a seed of another form or one that was used before, a frame
/// without units, a stratum there is not, months whose cost cannot be told. Throws StoreError.
Result<DrawnSample> draw_sample(Workspace&, const SampleRequest&);
/// A sample that was drawn ("S-1"), drawn again from its stored frame.
Result<DrawnSample> drawn_sample(const Workspace&, const std::string& project, const std::string& id);

/// What a draw rests on that nobody but the auditor can tell: that the seed was chosen when he already held the checkpoint that it was
/// drawn at; and which other draws from the very same frame the log has. Whoever could choose either could draw until he likes what comes.
Message draw_holds_if(const Workspace&, const std::string& project, const DrawnSample&);

/// What each of the drawn units is made of, by its id: places in the state's time records, of costs in its staff time; units that are
/// persons have none.
std::map<std::string, std::vector<std::uint32_t>> unit_records(const ProjectState&, const DrawnSample&);
Table samples_table(const std::vector<StoredSample>&);
/// Of a sample of staff costs: whose they are (employer and number), and what each unit costs by the facts of the state.
struct SampledCosts {
  std::set<std::pair<std::string, std::string>> staff;
  std::map<std::string, Money> amounts;  ///< by the id of the unit; a unit that is not there costs nothing
};
/// A Problem: a month whose cost cannot be told.
Result<SampledCosts> sampled_costs(const ProjectState&, const DrawnSample&);
/// Each unit with what there is to say of it as the facts are now.
Table sample_table(const ProjectState&, const DrawnSample&, Language);
/// The same as a workbook to work in: a column for the error that the auditor finds in each unit, and one for a remark; and a
/// sheet that says how the sample can be drawn again. For leavers it is the file of results, to be read in like any other, with the
/// ways to reach those who have no protected identity. Throws FileError.
void write_sample(const Workspace&, const ProjectState&, const DrawnSample&, const std::filesystem::path&, Language);

/// The newest sample of leavers as its report wants it; nothing when there is none.
Result<std::optional<LongTermSample>> newest_leavers(const Workspace&, const std::string& project);

/// What the auditor's findings say of the whole.
struct SampleResult {
  std::string sample;
  SampleFrame frame = SampleFrame::Participants;
  std::int64_t audited = 0, with_error = 0;
  Money book;                                                 ///< of the whole frame: persons, minutes or öre
  Projection whole;                                           ///< stratified: errors and squared precisions added
  std::vector<std::pair<std::string, Projection>> strata;     ///< stratified only
};
/// Reads the errors from the workbook that write_sample made. A Problem: a unit without a finding (0 says that it
/// was right), one that was not drawn, one that comes twice, an error that is no number or above the unit's value.
Result<SampleResult> sample_result(const DrawnSample&, const std::filesystem::path&, ConfidenceLevel);
Table sample_result_table(const SampleResult&);

/// "1234,50" as 123450 by a scale of 100: exactly, or nothing.
std::optional<std::int64_t> whole_amount(const std::string& text, std::int64_t scale);
/// An amount of a frame as people read it: "3 personer", "12,50 h", "1 234,00 kr".
std::string amount_words(SampleFrame, Money, Language);

}  // namespace horisont
