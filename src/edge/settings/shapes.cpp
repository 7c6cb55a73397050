#include "edge/settings/shape.h"

namespace horisont {
namespace {

using Kind = Shape::Kind;
using Members = std::vector<Shape>;

Shape required(Shape shape) {
  shape.required = true;
  return shape;
}

Shape text(std::string key, std::string about = "") { return {.key = std::move(key), .about = std::move(about)}; }

Shape whole(std::string key, std::string about, std::int64_t least, std::int64_t most) {
  return {.key = std::move(key), .kind = Kind::Integer, .about = std::move(about), .least = least, .most = most};
}

// More than nothing: what is missing is left out, and never stands as 0.
Shape amount(std::string key, std::string about) {
  return {.key = std::move(key), .kind = Kind::Money, .about = std::move(about), .least = 1};
}

// More than none and no more than the calendar holds; counted in minutes, as `minutes_of` gives them.
Shape hours(std::string key, std::string about, std::int64_t most_hours) {
  return {.key = std::move(key), .kind = Kind::Hours, .about = std::move(about), .least = 1, .most = most_hours * 60};
}

Shape choice(std::string key, std::string about, std::vector<std::string> choices) {
  return {.key = std::move(key), .kind = Kind::Choice, .about = std::move(about), .choices = std::move(choices)};
}

Shape of(Kind kind, std::string key, std::string about) {
  return {.key = std::move(key), .kind = kind, .about = std::move(about)};
}

Shape table(std::string key, std::string about, Members members) {
  return {.key = std::move(key), .kind = Kind::Table, .about = std::move(about), .members = std::move(members)};
}

Shape tables(std::string key, std::string about, Members members) {
  return {.key = std::move(key), .kind = Kind::Tables, .about = std::move(about), .members = std::move(members)};
}

Members operator+(Members first, const Members& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Members cited() {
  return {required(text("cited", "Where the value comes from: regulation and article, call, decision, page.")),
          required(choice("confidence",
                          "verified: read in its source; secondary: read in a text about it; unverified-default: assumed.",
                          {"verified", "secondary", "unverified-default"}))};
}

Members dated() {
  return Members{required(of(Kind::Day, "from", "First day on which the value holds.")),
                 of(Kind::Day, "to", "Last day on which the value holds; absent: until further notice.")} +
         cited();
}

Members both_languages() { return {required(text("sv", "Swedish.")), required(text("en", "English."))}; }

// A setting whose value changes with time.
Shape over_time(Shape value, bool needed) {
  const std::string key = value.key, about = value.about;
  value.key = "value";
  value.about.clear();
  Shape shape = tables(key, about, Members{required(std::move(value))} + dated());
  shape.required = needed;
  return shape;
}

Shape cited_value(Shape value) {
  const std::string key = value.key, about = value.about;
  value.key = "value";
  value.about.clear();
  return table(key, about, Members{required(std::move(value))} + cited());
}

}  // namespace

Shape programme_shape() {
  const std::int64_t day = 24, month = 31 * day, year = 366 * day;
  return table(
      "", "",
      Members{
          required(text("key", "The name of this file without .toml.")),
          required(table("name", "", both_languages())),
          required(table("period", "First and last day on which expenditure is eligible.",
                         Members{required(of(Kind::Day, "from", "")), required(of(Kind::Day, "to", ""))} + cited())),
          over_time(choice("leap_birthday", "When somebody born on 29 February turns a year older in a common year.",
                           {"feb28", "mar1"}),
                    true),
          over_time(
              choice("whole_hours_rounding", "How minutes become the whole hours that are reported.", {"down", "half_up"}),
              true),
          over_time(choice("whole_hours_level", "What is rounded: each row, day, month or period.",
                           {"row", "day", "month", "period"}),
                    true),
          over_time(hours("participant_day_cap", "Most time of one participant's day that may be funded.", day), false),
          over_time(hours("participant_month_cap", "Most time of one participant's month that may be funded.", month), false),
          over_time(hours("participant_month_minimum", "Least time of one participant's month for any of it to be funded; all of it is refused below.",
                          month),
                    false),
          over_time(hours("participant_year_cap", "Most time of one participant's calendar year that may be funded.", year),
                    false),
          over_time(hours("participant_project_cap", "Most time of one participant in a whole project that may be funded.",
                          10 * year),
                    false),
          over_time(
              of(Kind::Boolean, "participant_signature", "Whether participants' time is accepted only when it is signed."),
              false),
          over_time(of(Kind::Boolean, "participant_evidence",
                       "Whether participants' time is accepted only on days on which a document of theirs is good."),
                    false),
          over_time(of(Kind::Boolean, "clock_change_counts",
                       "Whether times of day are counted in minutes that pass, also in the nights in which the clocks change; "
                       "absent: "
                       "they are. false: as the clocks show."),
                    false),
          over_time(of(Kind::Boolean, "participant_holidays",
                       "Whether participants' time on public holidays is accepted; absent: it is."),
                    false),
          over_time(of(Kind::Boolean, "staff_holidays", "The same for staff."), false),
          over_time(hours("plausible_day", "More time on a day is a warning.", day), true),
          over_time(hours("staff_year_cap", "Most hours of one employee and calendar year, full time.", year), true),
          over_time(hours("staff_day_cap", "Most hours of one employee and day.", day), false),
          over_time(hours("hourly_rate_year",
                          "Hours by which the hourly-rate method divides a year's gross employment cost, full time; absent: the method "
                          "is not known.",
                          year),
                    false),
          over_time(of(Kind::Boolean, "part_year_cap", "Whether the year's cap shrinks with the months employed."), true),
          over_time(of(Kind::Boolean, "staff_fixed_share",
                       "Whether a fixed share of a post, by the employer's document, may stand for time sheets."),
                    false),
          over_time(of(Kind::Money, "simplified_up_to", "Total cost in euro up to which real costs alone are refused."), false),
          over_time(choice("staff_signature", "Whose signature staff time needs before it is accepted.",
                           {"person", "person_and_approver"}),
                    false),
          over_time(choice("money_rounding", "How an amount is rounded to öre, once, at the end.", {"down", "half_up"}), true),
          required(
              tables("fund_text", "What every document of a project must say about the fund.", both_languages() + dated())),
          tables("unit_cost", "What an hour of staff costs, before any flat rate.",
                 Members{required(text("function", "Machine word of the staff function, such as project_worker.")),
                         required(choice("area", "Rate area.", {"riket", "stockholm"})),
                         required(amount("per_hour", "Kronor per hour, more than none."))} +
                     dated()),
          tables(
              "flat_rate", "A percentage of one kind of cost that stands for others.",
              Members{required(text("key", "Name of the rate, such as indirect_15.")), required(whole("percent", "", 0, 100)),
                      of(Kind::Boolean, "at_most", "The call or decision may say less."),
                      required(choice("base", "Cost that the percentage is taken of.",
                                      {"direct_staff", "direct", "direct_other_than_staff"})),
                      required(choice("covers", "Cost that the rate stands for.", {"indirect", "all_other", "direct_staff"}))} +
                  dated()),
          tables(
              "cofinancing", "National share of the cost, neither exceeded nor missed.",
              Members{required(text("area", "Programme area or region.")), required(whole("percent", "", 0, 100))} + dated()),
          over_time(choice("owner_cofinancing", "What the project's owner may give as co-financing.", {"cash_only", "any"}),
                    false),
          tables("participant_rate", "What an attested hour of a participant is worth as co-financing.",
                 Members{required(text("compensation", "Kind of compensation, such as activity_support.")),
                         whole("age_from", "Youngest age, inside.", 0, 120), whole("age_to", "Oldest age, inside.", 0, 120),
                         required(amount("per_hour", "Kronor per hour, more than none."))} +
                     dated()),
          required(tables(
              "deadline", "When a duty is due.",
              Members{required(choice(
                          "duty", "",
                          {"scb_month", "claim", "last_claim", "final_report", "quarterly_report", "undertaking", "payment"})),
                      required(choice("after", "What it is counted from.",
                                      {"month_end", "operation_start", "operation_end", "decision", "claim"})),
                      required(whole("count", "", 0, 10000)), required(choice("unit", "", {"days", "months"})),
                      choice("reading", "Of months after the end of a shorter month: the same day, or the end of the month.",
                             {"earlier", "end_of_month"})} +
                  dated())),
          over_time(whole("evidence_months", "Months that a document without a last day of its own is good for.", 1, 240),
                    false),
          over_time(whole("immediate_result_days", "Days after leaving within which a result is immediate.", 1, 366), true),
          over_time(whole("longer_term_months", "Months after leaving at which longer-term results are asked for.", 1, 60),
                    true),
          over_time(whole("retention_years", "Years that documents are kept after the year of the last payment.", 1, 100),
                    false),
          over_time(whole("retention_years_state_aid", "The same with State aid.", 1, 100), false),
          over_time(whole("longest_project_months", "Longest operation of a project.", 1, 240), false),
          over_time(of(Kind::Money, "largest_advance", "Largest advance in kronor."), false),
          over_time(whole("largest_advance_percent", "Largest advance in percent of the support.", 0, 100), false),
          over_time(whole("small_cell_limit", "Publications leave smaller counts out.", 1, 100), true),
          over_time(text("scb_protected_woman", "Written behind the birth date of a woman with protected identity."), false),
          over_time(text("scb_protected_man", "The same for men; not known publicly: ask SCB."), false),
          over_time(choice("scb_reentry", "Entry date of a person who came back.", {"same_start_date", "new_start_date"}),
                    true),
          over_time(text("scb_contact_filler",
                         "What stands for e-mail and mobile in the SCB file while it holds; no value: the real ones."),
                    false),
          over_time(choice("scb_zero_hours", "Whether participants without hours in a month are in SCB's file.",
                           {"include", "leave_out"}),
                    true),
          over_time(whole("scb_extreme_hours", "More hours in a month is a warning.", 1, month), false),
      });
}

Shape project_shape() {
  return table(
      "", "",
      Members{
          required(text("key", "The name of this file without .toml.")),
          required(table("name", "", both_languages())),
          required(text("short_name", "For file names: letters and digits only.")),
          required(text("programme", "Key of a file in config/programmes.")),
          of(Kind::Texts, "not_known", "Fields that no public source tells; reports show them as not known."),
          cited_value(text("record_number", "The funder's record number (diarienummer).")),
          cited_value(text("call_number", "Number of the call.")),
          cited_value(text("owner", "Project owner.")),
          cited_value(text("organisation_number", "Ten digits, with or without hyphen.")),
          cited_value(text("programme_area", "Programme area, such as PO3.")),
          cited_value(text("nuts2", "NUTS-2 region, such as SE31.")),
          cited_value(text("cci", "Number of the programme (CCI).")),
          cited_value(text("intervention_type", "Code of the type of intervention, as decided; never derived.")),
          required(table("target_group", "", both_languages() + cited())),
          table("aim", "", both_languages() + cited()),
          of(Kind::Boolean, "school_project", "Outcomes are grades and admission to a national programme."),
          of(Kind::Boolean, "two_persons", "A decision by hand (horisont override) needs the approval of a second person."),
          required(table("subproject_word", "What the project calls its parts.", both_languages())),
          of(Kind::Boolean, "attest_by_another",
             "A month is attested by somebody else than who read in or corrected its facts last."),
          of(Kind::Texts, "staff_activities", "What staff time may be spent on; absent: not checked."),
          of(Kind::Texts, "collect", "Fields that are switched on, by their name in schemas/import."),
          cited_value(
              choice("scb_reporting", "Whether participants are reported to SCB each month.", {"yes", "no", "when_decided"})),
          cited_value(of(Kind::Boolean, "participant_time_is_cofinancing", "Whether participants' time is co-financing.")),
          cited_value(of(Kind::Boolean, "state_aid", "Whether the support is State aid.")),
          cited_value(choice("staff_cost_model", "How hours of staff become cost.", {"function", "occupation", "real"})),
          cited_value(choice("rate_area", "Rate area of unit costs.", {"riket", "stockholm"})),
          cited_value(text("flat_rate", "Key of a flat_rate of the programme.")),
          cited_value(whole("cofinancing_percent", "National share of the cost.", 0, 100)),
          required(
              tables("grant", "A grant decision or amendment, oldest first; none is ever removed.",
                     Members{of(Kind::Day, "decided_on", "Day of the decision; absent: not known."),
                             required(of(Kind::Day, "operation_from", "First day of the operation.")),
                             of(Kind::Day, "operation_to", "Last day of the operation; absent: open."),
                             whole("planned_participants", "", 0, 1000000), of(Kind::Money, "budget", "Kronor."),
                             of(Kind::Money, "granted_esf", "Kronor, as the record shows it."),
                             of(Kind::Money, "granted_yei", "Kronor of the special YEI allocation, where the record shows it."),
                             text("union_rate_stated", "As written, such as 67 %; never computed."),
                             text("amounts_other_currency", "As written, for records in euro.")} +
                         cited())),
          of(Kind::Money, "total_cost_eur", "Total cost in euro, as the decision states it; never worked out from kronor."),
          tables("budget_line", "What the budget of the decision allows for one kind of cost.",
                 Members{required(choice("line", "As the lines of a claim.",
                                         {"staff", "flat_rate", "other_direct", "participant_allowances"})),
                         required(of(Kind::Money, "amount", "Kronor, for the whole operation."))} +
                     cited()),
          tables("money", "Money that came or was refused, by its document.",
                 Members{required(choice("kind",
                                         "Of the funder: advance, paid, refused; of those who co-finance: cash, in_kind.",
                                         {"advance", "paid", "refused", "cash", "in_kind"})),
                         required(of(Kind::Day, "on", "Day of the document.")),
                         of(Kind::Day, "month", "First day of the month whose claim it is about."),
                         required(of(Kind::Money, "amount", "Kronor.")), text("who", "Who co-finances.")} +
                     cited()),
          tables("subproject", "A municipality or site.",
                 Members{required(text("key", "Municipality code or a key of its own.")), required(text("name")),
                         required(text("municipality", "Four digits, SCB's code.")),
                         whole("planned_participants", "", 0, 1000000)} +
                     cited()),
          required(tables(
              "activity", "What participants do.",
              Members{required(text("key", "Machine word, such as work_placement.")),
                      required(table("name", "", both_languages())),
                      table("report_name", "What reports that leave the project print; absent: the name.", both_languages()),
                      of(Kind::Texts, "spellings", "Other words that sheets use for it."),
                      of(Kind::Boolean, "funded", "Whether its hours may be funded; absent: yes."),
                      of(Kind::Boolean, "sensitive", "Whether attendance reveals something about health; absent: no.")} +
                  cited())),
          required(tables("rule_set", "The rule set that assessments use from a day on.",
                          Members{required(text("file", "File in config/rules.")), required(of(Kind::Day, "from", "")),
                                  of(Kind::Day, "to", "")})),
          tables("published", "A published figure that a report must be able to reproduce.",
                 Members{required(text("key", "participants, completed, employed_share, studies_share")),
                         required(of(Kind::Day, "as_of", "")), required(text("value", "As printed: 571, 25 %."))} +
                     cited()),
          tables("target", "What an indicator is to reach, as decided. A result's may be a percentage of its base.",
                 Members{required(text("indicator", "Code, such as EECO01 or CR03.")),
                         of(Kind::Boolean, "percent", "The numbers are percentages of the base; absent: whole numbers."),
                         whole("total", "", 0, 10000000), whole("men", "", 0, 10000000), whole("women", "", 0, 10000000),
                         whole("non_binary", "", 0, 10000000),
                         whole("milestone", "To be reached by the end of 2024 (ESF+ outputs).", 0, 10000000)} +
                     cited()),
          tables("estimate", "A number that is estimated instead of asked for (EECO12-EECO17; before ESF+ CO18 and CO19).",
                 Members{required(text("indicator", "Code, such as EECO12.")),
                         required(of(Kind::Day, "on", "The day that it speaks of.")), required(whole("total", "", 0, 10000000)),
                         required(whole("men", "", 0, 10000000)), required(whole("women", "", 0, 10000000)),
                         whole("non_binary", "Absent: 0.", 0, 10000000), required(table("method", "", both_languages()))} +
                     cited()),
          tables("operation_item", "What the fund's systems keep of the operation and no other key says (Annex XVII).",
                 Members{required(choice("item", "",
                                         {"beneficiary_kind", "beneficial_owners", "beneficiary_role", "contact", "art_94_95",
                                          "strategic_importance", "application_date", "completion_date", "issuing_body",
                                          "de_minimis", "public_private_partnership", "contractors", "subcontractors",
                                          "cascaded_grants", "vat", "priority", "specific_objective", "region_category",
                                          "secondary_theme", "public_contribution", "claim_received", "last_payment",
                                          "claims_paid", "pro_rata", "verifications", "audits", "verifying_body"})),
                         required(text("value", "As the decision or the fund's system writes it."))} +
                     cited()),
          tables("good_practice", "The project's own words for the good-practice sheet, at most 1,500 characters each.",
                 Members{required(choice("field", "",
                                         {"problem", "aim", "steps", "partners", "young_people", "resources", "worked",
                                          "did_not_work", "follow_up", "copying", "contact"}))} +
                     both_languages() + cited()),
      });
}

}  // namespace horisont
