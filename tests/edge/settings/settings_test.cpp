#include "edge/settings/settings.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "edge/files/files.h"
#include "edge/settings/shape.h"
#include "support/places.h"

namespace horisont {
namespace {

namespace fs = std::filesystem;

fs::path shipped() { return fs::path(HORISONT_SOURCE_DIR) / "config"; }

Date day(const char* iso) { return *Date::parse(iso); }

std::string told(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& f : findings)
    text += f.place.file + ":" + std::to_string(f.place.row) + " " + f.code + " " +
            words({f.code, f.values}, Language::English) + "\n";
  return text;
}

// One fault put into the shipped files: in `file`, the `nth` line that contains `at` is replaced (or removed, when `by` is
// null), and the finding must stand at that line plus `line_off`.
struct FaultCase {
  const char* name;
  const char* file;
  const char* at;
  const char* by;
  const char* code;
  int line_off;
  const char* value;  // one of the values of the finding
};

// A copy of the shipped configuration to damage.
struct Copy {
  TemporaryFolder folder;
  fs::path config = folder.path() / "config";

  Copy() {
    fs::copy(shipped(), config, fs::copy_options::recursive);
    // The loader asks only whether a rule set is there; edge/rulesets reads it.
    fs::create_directories(config / "rules");
    std::ofstream(config / "rules" / "youth.dmn", std::ios::app);
  }

  // The line (from 1) that was changed.
  int change(const FaultCase& fault) {
    std::ifstream in(config / fault.file);
    std::string out;
    int line = 0, changed = 0;
    for (std::string text; std::getline(in, text);) {
      ++line;
      if (!changed && text.find(fault.at) != std::string::npos) {
        changed = line;
        if (fault.by) out += std::string(fault.by) + "\n";
      } else {
        out += text + "\n";
      }
    }
    in.close();
    std::ofstream(config / fault.file) << out;
    return changed;
  }
};

const Configuration& configuration() {
  static const Copy copy;
  static const auto loaded = load_configuration(copy.config);
  if (!loaded) throw std::runtime_error(told(loaded.error()));
  return *loaded;
}

TEST(ShippedConfiguration, loads_without_a_finding) {
  const Copy copy;
  const auto loaded = load_configuration(copy.config);
  ASSERT_TRUE(loaded) << told(loaded.error());
  EXPECT_EQ(loaded->programmes.size(), 3u);
  EXPECT_EQ(loaded->projects.size(), 4u);
}

TEST(ShippedConfiguration, holds_what_is_known_of_the_grant_decisions) {
  const auto& projects = configuration().projects;
  const ProjectTerms& horisont = projects.at("ung-horisont");
  EXPECT_EQ(horisont.record_number, "2015/00678");
  EXPECT_EQ(horisont.operation(), (Period{day("2016-01-01"), day("2018-06-30")}));
  EXPECT_EQ(horisont.grants.at(0).planned_participants, 300);
  EXPECT_EQ(horisont.grants.at(0).budget, Money::of_ore(12'851'062'00));
  EXPECT_EQ(horisont.grants.at(0).granted_esf, Money::of_ore(4'285'713'00));
  EXPECT_EQ(horisont.grants.at(0).granted_yei, std::nullopt) << "never derived from the other amount";
  EXPECT_EQ(horisont.grants.at(0).union_rate_stated, "67 %");
  EXPECT_EQ(horisont.organisation_number, "2120001850");

  const ProjectTerms& framtid = projects.at("varmlands-framtid");
  ASSERT_EQ(framtid.grants.size(), 2u) << "amendments are kept";
  EXPECT_EQ(framtid.grants[0].planned_participants, 900);
  EXPECT_EQ(framtid.grants[1].planned_participants, 1337);
  EXPECT_EQ(framtid.operation(), (Period{day("2015-05-01"), day("2018-06-30")}));
  EXPECT_EQ(framtid.subprojects.size(), 16u);
  EXPECT_EQ(framtid.call_number, "2015/00348");
  ASSERT_EQ(framtid.published.size(), 4u);
  EXPECT_EQ(framtid.published[0].value, "571");
  EXPECT_EQ(framtid.published[3].value, "29 %");
  EXPECT_EQ(framtid.published[3].as_of, day("2017-04-04"));
  EXPECT_EQ(framtid.published[3].cited.confidence, Confidence::Verified);

  const ProjectTerms& unga = projects.at("varmlands-unga");
  EXPECT_TRUE(unga.school_project);
  EXPECT_EQ(unga.record_number, "");
  EXPECT_NE(std::find(unga.not_known.begin(), unga.not_known.end(), "record_number"), unga.not_known.end());
  ASSERT_EQ(unga.subprojects.size(), 8u);
  int assumed = 0;
  for (const Subproject& municipality : unga.subprojects)
    assumed += municipality.cited.confidence == Confidence::UnverifiedDefault;
  EXPECT_EQ(assumed, 3) << "five of eight municipalities are named in public sources";

  const ProjectTerms& arbete = projects.at("varmlands-unga-i-arbete");
  EXPECT_EQ(arbete.subprojects.size(), 10u);
  EXPECT_EQ(arbete.cci, "2021SE05SFPR");
  EXPECT_EQ(arbete.intervention_type, "140");
  EXPECT_EQ(arbete.grants.at(0).budget, std::nullopt) << "known in euro only";
  EXPECT_EQ(arbete.citations.at("flat_rate").confidence, Confidence::Secondary);
  for (const auto& [key, project] : projects) {
    EXPECT_EQ(project.sha256.size(), 64u) << key;
    EXPECT_EQ(project.key, key);
  }
}

TEST(ShippedConfiguration, holds_the_caps_and_rates_of_each_programme) {
  const auto& programmes = configuration().programmes;
  const ProgrammeTerms& yei = programmes.at("yei");
  const ProgrammeTerms& plus = programmes.at("esf-plus-2021-2027");
  const Date then = day("2017-03-01"), now = day("2024-03-01");
  EXPECT_EQ(yei.staff_year_cap.on(then)->value, Minutes(1662 * 60));
  EXPECT_EQ(yei.staff_day_cap.on(then), nullptr);
  EXPECT_EQ(plus.staff_year_cap.on(now)->value, Minutes(1720 * 60));
  EXPECT_EQ(plus.staff_day_cap.on(now)->value, Minutes(13 * 60));
  EXPECT_EQ(yei.leap_birthday.on(then)->value, LeapBirthday::Feb28);
  EXPECT_EQ(yei.leap_birthday.on(then)->cited.confidence, Confidence::UnverifiedDefault);
  EXPECT_EQ(yei.whole_hours_rounding.on(then)->value, Rounding::Down);
  EXPECT_EQ(yei.whole_hours_level.on(then)->value, RoundingLevel::Month);
  EXPECT_EQ(yei.scb_protected_woman.on(then)->value, "Tf29");
  EXPECT_EQ(yei.scb_protected_man.on(then), nullptr) << "not known: ask SCB";
  EXPECT_EQ(yei.scb_contact_filler.on(day("2019-07-31")), nullptr);
  EXPECT_EQ(yei.scb_contact_filler.on(day("2019-08-01"))->value, "okänt");
  EXPECT_EQ(plus.fund_text_sv.on(now)->value, "Medfinansieras av Europeiska unionen");
  EXPECT_EQ(yei.period, (Period{day("2013-09-01"), day("2023-12-31")}));
  EXPECT_TRUE(yei.unit_costs.empty()) << "amounts 2014-2020 are not known";
  EXPECT_TRUE(plus.participant_rates.empty()) << "amounts are not known";
}

TEST(ShippedConfiguration, has_the_printed_rates_of_the_function_table) {
  struct {
    const char* function;
    const char* area;
    std::int64_t wage, with_15, with_40;  // öre
  } const printed[] = {
      {"project_leader_large", "riket", 646'00, 742'90, 904'40},
      {"project_leader_large", "stockholm", 695'00, 799'25, 973'00},
      {"project_leader", "riket", 592'00, 680'80, 828'80},
      {"project_leader", "stockholm", 641'00, 737'15, 897'40},
      {"project_worker", "riket", 482'00, 554'30, 674'80},
      {"project_worker", "stockholm", 513'00, 589'95, 718'20},
      {"project_economist", "riket", 579'00, 665'85, 810'60},
      {"project_economist", "stockholm", 635'00, 730'25, 889'00},
      {"project_administrator", "riket", 441'00, 507'15, 617'40},
      {"project_administrator", "stockholm", 484'00, 556'60, 677'60},
  };
  const auto& plus = configuration().programmes.at("esf-plus-2021-2027");
  const auto percent = [&](std::string_view key) {
    for (const auto& rate : plus.flat_rates)
      if (rate.value.key == key) return rate.value.percent;
    return -1;
  };
  ASSERT_EQ(plus.unit_costs.size(), std::size(printed));
  for (const auto& row : printed) {
    const auto found = std::find_if(plus.unit_costs.begin(), plus.unit_costs.end(), [&](const Dated<UnitCost>& cost) {
      return cost.value.function == row.function && cost.value.area == row.area;
    });
    ASSERT_NE(found, plus.unit_costs.end()) << row.function << row.area;
    EXPECT_EQ(found->value.per_hour.ore(), row.wage) << row.function;
    EXPECT_EQ(found->value.per_hour.ore() * (100 + percent("indirect_15")), row.with_15 * 100) << "HM-28 " << row.function;
    EXPECT_EQ(found->value.per_hour.ore() * (100 + percent("other_40")), row.with_40 * 100) << "HM-28 " << row.function;
  }
}

TEST(Activities, are_found_by_any_spelling) {
  const ProjectTerms& project = configuration().projects.at("ung-horisont");
  struct {
    const char* word;
    const char* key;
  } const cases[] = {
      {"Praktik", "work_placement"},
      {"work_placement", "work_placement"},
      {"STUDIE OCH YRKESVÄGLEDNING", "study_career_guidance"},
      {"Studie- och yrkesvägledning", "study_career_guidance"},
      {" syv ", "study_career_guidance"},
      {"K.B.T.", "cbt"},
      {"Individuellt\u00A0stöd", "individual_support"},
      {"ÖVRIGT", "other"},
  };
  for (const auto& c : cases) {
    const auto found = project.activity(c.word);
    ASSERT_TRUE(found) << c.word;
    EXPECT_EQ(project.activities[*found].key, c.key) << c.word;
  }
  for (const char* word : {"", "-", "fika", "praktikk"}) EXPECT_FALSE(project.activity(word)) << word;
  const Activity& cbt = project.activities[*project.activity("KBT")];
  EXPECT_TRUE(cbt.sensitive);
  EXPECT_EQ(cbt.report_name.sv, "individuellt stöd") << "reports that leave the project do not name it";
}

const char* yei = "programmes/yei.toml";
const char* plus = "programmes/esf-plus-2021-2027.toml";
const char* ung = "projects/ung-horisont.toml";
const char* framtid = "projects/varmlands-framtid.toml";
const char* unga = "projects/varmlands-unga.toml";

const FaultCase faults[] = {
    {"unknown key with the nearest known", ung, "short_name = ", "shortname = \"UngHorisont\"", "settings.unknown-key", 0,
     "short_name"},
    {"unknown key in a dated value", yei, "value      = \"feb28\"", "valeu = \"feb28\"", "settings.unknown-key", 0, "value"},
    {"unknown setting", plus, "[[largest_advance_percent]]", "[[largest_advance_percents]]", "settings.unknown-key", 0,
     "largest_advance_percent"},
    {"missing value", ung, "programme  = ", nullptr, "settings.missing", -100, "programme"},
    {"missing value of a dated setting", plus, "per_hour   = \"646.00\"", nullptr, "settings.missing", -3,
     "unit_cost[1].per_hour"},
    {"empty value", ung, "short_name = ", "short_name = \"\"", "settings.missing", 0, "short_name"},
    {"missing field that is not said to be unknown", framtid, "not_known  = ",
     "not_known = [\"cci\", \"intervention_type\", \"participant_time_is_cofinancing\", \"state_aid\", "
     "\"cofinancing_percent\"]",
     "settings.missing-or-not-known", -100, "aim"},
    {"field that is known and said to be unknown", framtid, "not_known  = ",
     "not_known = [\"aim\", \"cci\", \"intervention_type\", \"participant_time_is_cofinancing\", \"state_aid\", "
     "\"cofinancing_percent\", \"owner\"]",
     "settings.known-and-not-known", 0, "owner"},
    {"text where a number is due", ung, "planned_participants = 300", "planned_participants = \"300\"", "settings.not-integer",
     0, "grant[1].planned_participants"},
    {"number where text is due", ung, "short_name = ", "short_name = 7", "settings.not-text", 0, "short_name"},
    {"text where yes or no is due", unga, "school_project  = true", "school_project = \"ja\"", "settings.not-boolean", 0,
     "school_project"},
    {"text where a day is due", ung, "operation_from       = ", "operation_from = \"2016-01-01\"", "settings.not-day", 0,
     "grant[1].operation_from"},
    {"amount with one decimal", plus, "per_hour   = \"646.00\"", "per_hour = \"646.0\"", "settings.not-money", 0,
     "unit_cost[1].per_hour"},
    {"an hour of staff for nothing", plus, "per_hour   = \"646.00\"", "per_hour = \"0.00\"", "settings.no-amount", 0,
     "unit_cost[1].per_hour"},
    {"an hour of staff for nothing, in whole kronor", plus, "per_hour   = \"646.00\"", "per_hour = 0", "settings.no-amount", 0,
     "unit_cost[1].per_hour"},
    {"amount in another currency", plus, "per_hour   = \"646.00\"", "per_hour = \"646.00 EUR\"", "settings.not-money", 0,
     "unit_cost[1].per_hour"},
    {"more hours than a month has", plus, "[[participant_day_cap]]",
     "[[participant_month_cap]]\nvalue = 745\nfrom = 2021-01-01\ncited = \"x\"\nconfidence = \"secondary\"\n"
     "[[participant_day_cap]]",
     "settings.hours-out-of-range", 1, "745:00"},
    {"amount as a decimal number", plus, "per_hour   = \"646.00\"", "per_hour = 646.0", "settings.value-kind", 0, "per_hour"},
    {"hours with 60 minutes", plus, "value      = 13", "value = \"12:60\"", "settings.not-hours", 0, "staff_day_cap[1].value"},
    {"no hours a day", plus, "value      = 13", "value = 0", "settings.hours-out-of-range", 0, "0:00"},
    {"more hours than a day has", plus, "value      = 13", "value = 25", "settings.hours-out-of-range", 0, "25:00"},
    {"a minute more than a day has", plus, "value      = 24", "value = \"24:01\"", "settings.hours-out-of-range", 0, "24:01"},
    {"more hours than a year has", plus, "value      = 1720", "value = 8785", "settings.hours-out-of-range", 0, "8785:00"},
    {"text where a list is due", ung, "collect         = ", "collect = \"health_improved\"", "settings.not-texts", 0,
     "collect"},
    {"text where a table is due", ung, "name       = { sv = \"Ung Horisont\"", "name = \"Ung Horisont\"", "settings.not-table",
     0, "name"},
    {"one table where several are due", plus, "[[largest_advance]]", "[largest_advance]", "settings.not-tables", 0,
     "largest_advance"},
    {"number out of range", plus, "percent    = 46", "percent = 146", "settings.out-of-range", 0, "146"},
    {"word that is not a choice", yei, "value      = \"feb28\"", "value = \"feb29\"", "settings.choice", 0, "feb28, mar1"},
    {"confidence that is not a choice", ung, "confidence = \"verified\"", "confidence = \"certain\"", "settings.choice", 0,
     "verified, secondary, unverified-default"},
    {"dated value without citation", yei, "cited      = \"Lag (1930:173)", nullptr, "settings.no-citation", -3,
     "leap_birthday[1]"},
    {"dated value without confidence", yei, "confidence = \"unverified-default\"", nullptr, "settings.no-confidence", -4,
     "leap_birthday[1]"},
    {"day that is not in the calendar", ung, "operation_to         = ", "operation_to = 2018-06-31", "settings.syntax", 0,
     nullptr},
    {"line that is not TOML", ung, "short_name = ", "short_name := \"UngHorisont\"", "settings.syntax", 0, nullptr},
    {"period that ends before it starts", ung, "operation_to         = ", "operation_to = 2015-12-31", "settings.period-order",
     0, "2015-12-31"},
    {"two values for one day", yei, "[[whole_hours_rounding]]",
     "[[leap_birthday]]\nvalue = \"mar1\"\nfrom = 2016-01-01\ncited = \"x\"\nconfidence = "
     "\"secondary\"\n[[whole_hours_rounding]]",
     "settings.overlap", 0, "2016-01-01"},
    {"two rates of one function on one day", plus, "function   = \"project_worker\"",
     "function   = \"project_worker\"\narea = \"riket\"\nper_hour = \"500.00\"\nfrom = 2024-01-01\ncited = \"x\"\n"
     "confidence = \"secondary\"\n[[unit_cost]]\nfunction = \"project_worker\"",
     "settings.overlap", 6, "2024-01-01"},
    {"gap before the first value", yei, "value      = \"feb28\"", "value = \"feb28\"\nto = 2017-12-31", "settings.gap", -1,
     "2018-01-01"},
    {"youngest age above the oldest", plus, "# What a participant's hour is worth",
     "[[participant_rate]]\ncompensation = \"activity_support\"\nage_from = 21\nage_to = 19\nper_hour = 50\nfrom = 2021-01-01\n"
     "cited = \"x\"\nconfidence = \"secondary\"\n#",
     "settings.min-above-max", 0, "21"},
    {"rates of one age twice", plus, "# What a participant's hour is worth",
     "[[participant_rate]]\ncompensation = \"activity_support\"\nage_to = 24\nper_hour = 50\nfrom = 2021-01-01\n"
     "cited = \"x\"\nconfidence = \"secondary\"\n"
     "[[participant_rate]]\ncompensation = \"activity_support\"\nage_from = 24\nper_hour = 60\nfrom = 2022-01-01\n"
     "cited = \"x\"\nconfidence = \"secondary\"\n#",
     "settings.overlap", 7, "2022-01-01"},
    {"organisation number with a wrong check digit", ung, "value      = \"212000-1850\"", "value = \"212000-1851\"",
     "settings.organisation-number", -1, "2120001851"},
    {"programme that is not there", ung, "programme  = ", "programme = \"yea\"", "settings.programme-not-there", 0, "yea"},
    {"rule set that is not there", ung, "file = \"youth.dmn\"", "file = \"old.dmn\"", "settings.rule-set-not-there", 0,
     "old.dmn"},
    {"rule set outside its folder", ung, "file = \"youth.dmn\"", "file = \"../programmes/yei.toml\"",
     "settings.rule-set-not-there", 0, "../programmes/yei.toml"},
    {"no rule set on the first days", ung, "from = 2016-01-01", "from = 2016-02-01", "settings.gap", -2, "2016-01-31"},
    {"key of another file", ung, "key        = ", "key = \"varmlands-unga\"", "settings.key-twice", 0, "varmlands-unga"},
    {"key that is not the file's name", ung, "key        = ", "key = \"ung-horizont\"", "settings.key-not-file-name", 0,
     "ung-horizont"},
    {"record number of another project", framtid, "value      = \"2015/00439\"", "value = \"2015/00678\"",
     "settings.record-number-twice", -1, "2015/00678"},
    {"municipality by name", ung, "municipality = \"1780\"", "municipality = \"Karlstad\"", "settings.municipality", 0,
     "Karlstad"},
    {"municipality twice", framtid, "key          = \"1730\"", "key = \"1715\"", "settings.twice", 0, "1715"},
    {"one word for two activities", ung, "spellings   = [\"praktikplats\"", "spellings = [\"kbt\"]", "settings.twice", -3,
     "kbt"},
    {"short name with a blank", ung, "short_name = ", "short_name = \"Ung Horisont\"", "settings.short-name", 0,
     "Ung Horisont"},
    {"support above the budget", ung, "budget               = ", "budget = 4285712", "settings.granted-above-budget", -4,
     nullptr},
    {"operation outside the programme", ung, "operation_to         = ", "operation_to = 2024-01-01",
     "settings.outside-programme", -2, "2023-12-31"},
    {"target of an indicator of another programme", ung, "[[rule_set]]",
     "[[target]]\nindicator = \"EECO01\"\ntotal = 10\ncited = \"x\"\nconfidence = \"secondary\"\n[[rule_set]]",
     "settings.choice", 1, "EECO01"},
    {"target twice", ung, "[[rule_set]]",
     "[[target]]\nindicator = \"CO01\"\ncited = \"x\"\nconfidence = \"secondary\"\n"
     "[[target]]\nindicator = \"CO01\"\ncited = \"x\"\nconfidence = \"secondary\"\n[[rule_set]]",
     "settings.twice", 5, "CO01"},
    {"target whose genders are not its total", ung, "[[rule_set]]",
     "[[target]]\nindicator = \"CO01\"\ntotal = 10\nmen = 5\nwomen = 6\ncited = \"x\"\nconfidence = "
     "\"secondary\"\n[[rule_set]]",
     "settings.columns-not-total", 2, "11"},
    {"percentage of an output", ung, "[[rule_set]]",
     "[[target]]\nindicator = \"CO01\"\ntotal = 10\npercent = true\ncited = \"x\"\nconfidence = \"secondary\"\n[[rule_set]]",
     "settings.percent-of-output", 3, "CO01"},
    {"101 per cent", ung, "[[rule_set]]",
     "[[target]]\nindicator = \"CR03\"\ntotal = 101\npercent = true\ncited = \"x\"\nconfidence = \"secondary\"\n[[rule_set]]",
     "settings.out-of-range", 2, "101"},
    {"estimate of what everybody must be asked", ung, "[[rule_set]]",
     "[[estimate]]\nindicator = \"CO16\"\non = 2017-12-31\ntotal = 2\nmen = 1\nwomen = 1\nmethod = { sv = \"x\", en = \"x\" }\n"
     "cited = \"x\"\nconfidence = \"secondary\"\n[[rule_set]]",
     "settings.choice", 1, "CO16"},
    {"estimate that does not add up", ung, "[[rule_set]]",
     "[[estimate]]\nindicator = \"CO19\"\non = 2017-12-31\ntotal = 2\nmen = 1\nwomen = 2\nmethod = { sv = \"x\", en = \"x\" }\n"
     "cited = \"x\"\nconfidence = \"secondary\"\n[[rule_set]]",
     "settings.columns-not-total", 3, "3"},
    {"estimate of what the project also collects", ung, "collect         = ",
     "collect = [\"homeless\"]\n[[estimate]]\nindicator = \"CO18\"\non = 2017-12-31\ntotal = 2\nmen = 1\nwomen = 1\nmethod = { "
     "sv = \"x\", en = \"x\" }\n"
     "cited = \"x\"\nconfidence = \"secondary\"",
     "settings.estimate-collected", 2, "CO18"},
    {"item of the operation that is no day", ung, "[[rule_set]]",
     "[[operation_item]]\nitem = \"application_date\"\nvalue = \"2015-02-30\"\ncited = \"x\"\nconfidence = "
     "\"secondary\"\n[[rule_set]]",
     "settings.not-day", 2, "operation_item.application_date"},
    {"item of the operation twice", ung, "[[rule_set]]",
     "[[operation_item]]\nitem = \"priority\"\nvalue = \"1\"\ncited = \"x\"\nconfidence = \"secondary\"\n"
     "[[operation_item]]\nitem = \"priority\"\nvalue = \"2\"\ncited = \"x\"\nconfidence = \"secondary\"\n[[rule_set]]",
     "settings.twice", 6, "priority"},
    {"support of less than nothing", ung, "[[rule_set]]",
     "[[money]]\nkind = \"paid\"\non = 2016-05-01\namount = \"-1.00\"\ncited = \"x\"\nconfidence = \"verified\"\n[[rule_set]]",
     "settings.not-money", 3, "money[1].amount"},
    {"whole kronor of less than nothing", ung, "[[rule_set]]",
     "[[money]]\nkind = \"paid\"\non = 2016-05-01\namount = -1\ncited = \"x\"\nconfidence = \"verified\"\n[[rule_set]]",
     "settings.not-money", 3, "money[1].amount"},
    {"support in euro", ung, "[[rule_set]]",
     "[[money]]\nkind = \"paid\"\non = 2016-05-01\namount = \"100.00 EUR\"\ncited = \"x\"\nconfidence = "
     "\"verified\"\n[[rule_set]]",
     "settings.not-money", 3, "money[1].amount"},
    {"a currency of its own", ung, "[[rule_set]]",
     "[[money]]\nkind = \"paid\"\non = 2016-05-01\namount = \"100.00\"\ncurrency = \"EUR\"\ncited = \"x\"\n"
     "confidence = \"verified\"\n[[rule_set]]",
     "settings.unknown-key", 4, nullptr},
    {"support that came on no day", ung, "[[rule_set]]",
     "[[money]]\nkind = \"paid\"\namount = \"100.00\"\ncited = \"x\"\nconfidence = \"verified\"\n[[rule_set]]",
     "settings.missing", 0, "money[1].on"},
    {"support on 29 February of a common year", ung, "[[rule_set]]",
     "[[money]]\nkind = \"paid\"\non = 2017-02-29\namount = \"100.00\"\ncited = \"x\"\nconfidence = \"verified\"\n[[rule_set]]",
     "settings.syntax", 2, nullptr},
    {"money of another kind", ung, "[[rule_set]]",
     "[[money]]\nkind = \"gift\"\non = 2016-05-01\namount = \"100.00\"\ncited = \"x\"\nconfidence = \"verified\"\n[[rule_set]]",
     "settings.choice", 1, "gift"},
    {"money without its document", ung, "[[rule_set]]",
     "[[money]]\nkind = \"paid\"\non = 2016-05-01\namount = \"100.00\"\nconfidence = \"verified\"\n[[rule_set]]",
     "settings.no-citation", 0, "money[1]"},
    {"money of one document twice", ung, "[[rule_set]]",
     "[[money]]\nkind = \"paid\"\non = 2016-05-01\namount = \"100.00\"\ncited = \"Dnr 7\"\nconfidence = \"verified\"\n"
     "[[money]]\nkind = \"paid\"\non = 2016-05-01\namount = \"100.00\"\ncited = \"Dnr 7\"\nconfidence = "
     "\"verified\"\n[[rule_set]]",
     "settings.twice", 6, "Dnr 7"},
    {"co-financing of nobody", ung, "[[rule_set]]",
     "[[money]]\nkind = \"cash\"\non = 2016-05-01\namount = \"100.00\"\ncited = \"x\"\nconfidence = \"verified\"\n[[rule_set]]",
     "settings.missing", 0, "money.who"},
    {"budget of less than nothing", ung, "[[rule_set]]",
     "[[budget_line]]\nline = \"staff\"\namount = \"-0.01\"\ncited = \"x\"\nconfidence = \"verified\"\n[[rule_set]]",
     "settings.not-money", 2, "budget_line[1].amount"},
    {"budget in another currency", ung, "[[rule_set]]",
     "[[budget_line]]\nline = \"staff\"\namount = \"1 USD\"\ncited = \"x\"\nconfidence = \"verified\"\n[[rule_set]]",
     "settings.not-money", 2, "budget_line[1].amount"},
    {"budget of one line twice", ung, "[[rule_set]]",
     "[[budget_line]]\nline = \"staff\"\namount = 1\ncited = \"x\"\nconfidence = \"verified\"\n"
     "[[budget_line]]\nline = \"staff\"\namount = 2\ncited = \"y\"\nconfidence = \"verified\"\n[[rule_set]]",
     "settings.twice", 5, "staff"},
    {"budget of a line that a claim does not have", ung, "[[rule_set]]",
     "[[budget_line]]\nline = \"travel\"\namount = 1\ncited = \"x\"\nconfidence = \"verified\"\n[[rule_set]]",
     "settings.choice", 1, "travel"},
    {"flat rate that the programme does not have", ung, "value      = \"indirect_15\"", "value = \"indirect_16\"",
     "settings.choice", -1, "indirect_16"},
};

TEST(Configuration, may_limit_a_participants_month_and_year_where_a_call_does) {
  Copy copy;
  copy.change({"", plus, "[[participant_day_cap]]",
               "[[participant_month_cap]]\nvalue = 744\nfrom = 2021-01-01\ncited = \"x\"\nconfidence = \"secondary\"\n"
               "[[participant_month_minimum]]\nvalue = 8\nfrom = 2021-01-01\ncited = \"x\"\nconfidence = \"secondary\"\n"
               "[[participant_year_cap]]\nvalue = \"1000:30\"\nfrom = 2023-01-01\ncited = \"x\"\nconfidence = \"secondary\"\n"
               "[[participant_day_cap]]",
               "", 0, nullptr});
  const auto loaded = load_configuration(copy.config);
  ASSERT_TRUE(loaded);
  const ProgrammeTerms& terms = loaded->programmes.at("esf-plus-2021-2027");
  EXPECT_EQ(terms.participant_month_cap.on(*Date::of(2021, 1, 1))->value, Minutes{744 * 60});
  EXPECT_EQ(terms.participant_month_minimum.on(*Date::of(2021, 1, 1))->value, Minutes{8 * 60});
  EXPECT_EQ(terms.participant_year_cap.on(*Date::of(2022, 12, 31)), nullptr) << "no limit before its first day";
  EXPECT_EQ(terms.participant_year_cap.on(*Date::of(2023, 1, 1))->value, Minutes{1000 * 60 + 30});
}

TEST(Configuration, takes_money_of_29_February_of_a_leap_year_and_rates_that_meet_on_it) {
  Copy copy;
  copy.change({"", ung, "[[rule_set]]",
               "[[money]]\nkind = \"paid\"\non = 2016-02-29\nmonth = 2016-02-01\namount = \"0.01\"\ncited = \"x\"\n"
               "confidence = \"verified\"\n[[rule_set]]",
               "", 0, nullptr});
  copy.change({"", plus, "# What a participant's hour is worth",
               "[[participant_rate]]\ncompensation = \"activity_support\"\nper_hour = 50\nfrom = 2023-01-01\nto = 2024-02-28\n"
               "cited = \"x\"\nconfidence = \"secondary\"\n"
               "[[participant_rate]]\ncompensation = \"activity_support\"\nper_hour = 60\nfrom = 2024-02-29\nto = 2024-12-31\n"
               "cited = \"x\"\nconfidence = \"secondary\"\n#",
               "", 0, nullptr});
  const auto loaded = load_configuration(copy.config);
  ASSERT_TRUE(loaded) << told(loaded.error());
  const MoneyMoved& paid = loaded->projects.at("ung-horisont").money.at(0);
  EXPECT_EQ(paid.on, day("2016-02-29"));
  EXPECT_EQ(paid.amount, Money::of_ore(1));
  const ProgrammeTerms& terms = loaded->programmes.at("esf-plus-2021-2027");
  const auto rate = [&](const char* on) -> std::int64_t {
    for (const Dated<ParticipantRate>& one : terms.participant_rates)
      if (one.valid.contains(day(on))) return one.value.per_hour.ore();
    return -1;
  };
  EXPECT_EQ(rate("2024-02-28"), 5'000);
  EXPECT_EQ(rate("2024-02-29"), 6'000);
  EXPECT_EQ(rate("2024-12-31"), 6'000);
  EXPECT_EQ(rate("2025-01-01"), -1) << "no rate of that year";
}

TEST(ConfigurationFault, is_told_with_file_line_and_what_to_do) {
  for (const FaultCase& fault : faults) {
    Copy copy;
    const int changed = copy.change(fault);
    ASSERT_GT(changed, 0) << fault.name << ": no line holds " << fault.at;
    const auto loaded = load_configuration(copy.config);
    ASSERT_FALSE(loaded) << fault.name;
    const int line = fault.line_off == -100 ? 1 : changed + fault.line_off;
    bool told_right = false;
    for (const Finding& finding : loaded.error()) {
      const bool value =
          !fault.value || std::find(finding.values.begin(), finding.values.end(), fault.value) != finding.values.end();
      told_right |= finding.code == fault.code && finding.place.row == static_cast<std::uint32_t>(line) && value &&
                    finding.place.file == (copy.config / fault.file).string();
      EXPECT_TRUE(text_of(finding.code)) << finding.code;
      EXPECT_TRUE(text_of(finding.code + ".do")) << finding.code;
      EXPECT_EQ(finding.level, Level::Error);
    }
    EXPECT_TRUE(told_right) << fault.name << ", line " << line << ", told:\n" << told(loaded.error());
  }
}

TEST(ConfigurationLimit, of_hours_may_be_all_that_the_calendar_holds) {
  const FaultCase cases[] = {{"one minute", plus, "value      = 13", "value = \"0:01\"", "", 0, nullptr},
                             {"a whole day", plus, "value      = 13", "value = 24", "", 0, nullptr},
                             {"a whole leap year", plus, "value      = 1720", "value = 8784", "", 0, nullptr}};
  for (const FaultCase& c : cases) {
    Copy copy;
    ASSERT_GT(copy.change(c), 0) << c.name;
    EXPECT_TRUE(load_configuration(copy.config)) << c.name;
  }
}

TEST(ConfigurationFaults, are_told_all_in_one_pass_in_the_order_of_files_and_lines) {
  Copy copy;
  const FaultCase several[] = {
      {"", ung, "short_name = ", "shortname = \"UngHorisont\"", "", 0, nullptr},
      {"", ung, "operation_to         = ", "operation_to = 2015-12-31", "", 0, nullptr},
      {"", yei, "value      = \"feb28\"", "value = \"feb29\"", "", 0, nullptr},
      {"", unga, "school_project  = true", "school_project = = true", "", 0, nullptr},
  };
  for (const FaultCase& fault : several) ASSERT_GT(copy.change(fault), 0) << fault.at;
  const auto loaded = load_configuration(copy.config);
  ASSERT_FALSE(loaded);
  std::vector<std::string> codes;
  for (const Finding& finding : loaded.error()) codes.push_back(finding.code);
  EXPECT_EQ(codes, (std::vector<std::string>{"settings.choice", "settings.missing", "settings.unknown-key",
                                             "settings.period-order", "settings.syntax"}))
      << told(loaded.error());
}

std::vector<std::string> lines_of(const fs::path& file) {
  std::ifstream in(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Whatever line is lost or cut, the answer is a configuration or findings that point into the files.
TEST(ConfigurationFault, of_any_lost_or_cut_line_has_a_place) {
  const Copy copy;
  int refused = 0;
  for (const char* name : {yei, ung, unga}) {
    const fs::path file = copy.config / name;
    const auto lines = lines_of(file);
    for (std::size_t at = 0; at < lines.size(); at += 3) {
      if (lines[at].empty()) continue;
      for (const bool cut : {false, true}) {
        std::string text;
        for (std::size_t i = 0; i < lines.size(); ++i)
          if (i != at || cut) text += (i == at ? lines[i].substr(0, lines[i].size() / 2) : lines[i]) + "\n";
        std::ofstream(file) << text;
        const auto loaded = load_configuration(copy.config);
        if (loaded) continue;
        ++refused;
        ASSERT_FALSE(loaded.error().empty());
        for (const Finding& finding : loaded.error()) {
          EXPECT_GE(finding.place.row, 1u) << name << ":" << at + 1 << " " << finding.code;
          EXPECT_LE(finding.place.row, lines.size()) << name << ":" << at + 1 << " " << finding.code;
        }
      }
    }
    std::string whole;
    for (const std::string& line : lines) whole += line + "\n";
    std::ofstream(file) << whole;
  }
  EXPECT_GT(refused, 100);
}

TEST(ConfigurationFolder, must_be_there) {
  const TemporaryFolder empty;
  EXPECT_THROW((void)load_configuration(empty.path()), FileError);
  EXPECT_THROW((void)load_configuration(empty.path() / "none"), FileError);
}

TEST(ConfigurationFolder, with_other_files_beside_is_read_the_same) {
  Copy copy;
  std::ofstream(copy.config / "projects" / "anteckningar.txt") << "not TOML";
  std::ofstream(copy.config / "projects" / ".ung-horisont.toml.swp") << "not TOML";
  std::ofstream(copy.config / "projects" / ".hidden.toml") << "not = = TOML";
  EXPECT_TRUE(load_configuration(copy.config));
}

// The schemas that editors use are made of what the loader checks. HORISONT_WRITE_SCHEMAS=1 writes them anew.
TEST(ConfigurationSchema, is_the_loader_s_own) {
  struct {
    const char* file;
    Shape shape;
    const char* title;
  } const schemas[] = {
      {"programme.schema.json", programme_shape(), "A programme of the European Social Fund (config/programmes)"},
      {"project.schema.json", project_shape(), "A project and its grant decisions (config/projects)"}};
  for (const auto& schema : schemas) {
    const fs::path file = fs::path(HORISONT_SOURCE_DIR) / "schemas" / "config" / schema.file;
    const std::string text = json_schema(schema.shape, schema.title);
    if (std::getenv("HORISONT_WRITE_SCHEMAS")) write_file(file, text);
    EXPECT_EQ(read_file(file), text) << schema.file;
  }
}

}  // namespace
}  // namespace horisont
