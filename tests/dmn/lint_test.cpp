// Every fault that the linter must find, seeded one at a time into the smallest rule set.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "dmn/rule_set.h"
#include "edge/rulesets/rulesets.h"
#include "support/minimal_rules.h"

namespace dmn {
namespace {

// "L04 check_age/2/p.entry_date": id, table, row, cell.
std::vector<std::string> complaints(const std::string& xml, std::span<const InputName> known = {}) {
  const auto document = horisont::read_dmn(xml);
  if (!document) return {document.error().message.id};
  const auto rules = RuleSet::load(*document, known);
  std::vector<std::string> out;
  if (!rules)
    for (const Complaint& c : rules.error()) {
      EXPECT_FALSE(c.sv.empty());
      EXPECT_FALSE(c.en.empty());
      out.push_back(c.id + " " + c.table + (c.row ? "/" + std::to_string(c.row) : "") + (c.cell.empty() ? "" : "/" + c.cell));
    }
  return out;
}

struct Fault {
  const char *what, *was, *becomes, *complaint;
};

constexpr const char* second_limits =
    R"(</rule><rule><inputEntry><text>"ung-horisont"</text></inputEntry><inputEntry><text>[date("2018-08-01")..date("2018-12-31")]</text></inputEntry>)"
    R"(<outputEntry><text>15</text></outputEntry><outputEntry><text>24</text></outputEntry><outputEntry><text>["1780"]</text></outputEntry>)"
    R"(<outputEntry><text>"x"</text></outputEntry></rule></decisionTable></decision><decision id="limits_known")";
constexpr const char* overlapping_limits =
    R"(</rule><rule><inputEntry><text>"ung-horisont"</text></inputEntry><inputEntry><text>[date("2018-06-30")..date("2018-12-31")]</text></inputEntry>)"
    R"(<outputEntry><text>15</text></outputEntry><outputEntry><text>24</text></outputEntry><outputEntry><text>["1780"]</text></outputEntry>)"
    R"(<outputEntry><text>"x"</text></outputEntry></rule></decisionTable></decision><decision id="limits_known")";
constexpr const char* end_of_limits = "</rule>\n    </decisionTable>\n  </decision>\n  <decision id=\"limits_known\"";

const Fault faults[] = {
    // L01
    {"not well-formed", "</definitions>", "", "xml.damaged"},
    {"a DOCTYPE", "<definitions ", "<!DOCTYPE x><definitions ", "xml.doctype"},
    {"an unknown version", "DMN/20191111/MODEL/\" xmlns:h", "DMN/20151101/MODEL/\" xmlns:h", "L01 "},
    {"an unknown element", "<inputData id=\"code\"", "<surprise/><inputData id=\"code\"", "L01 "},
    {"an id twice", "inputData id=\"code\"", "inputData id=\"p\"", "L01 "},
    {"an href that leads nowhere", "href=\"#in_area\"", "href=\"#in_areas\"", "L01 check_place"},
    {"a circle of decisions", "requiredInput href=\"#p\"/></informationRequirement>\n    <decisionTable id=\"limits_table\"",
     "requiredDecision href=\"#in_area\"/></informationRequirement>\n    <decisionTable id=\"limits_table\"", "L01 limits"},
    {"a row with a cell too few", "<inputEntry><text>null</text></inputEntry>\n        <inputEntry><text>-</text></inputEntry>",
     "<inputEntry><text>null</text></inputEntry>", "L01 check_age/1"},
    // L02
    {"today()", "limits != null</text>", "p.entry_date &lt;= today()</text>", "L02 limits_known"},
    {"now()", "limits != null</text>", "now() = null</text>", "L02 limits_known"},
    {"a hit policy that hides", "check_age_table\" hitPolicy=\"RULE ORDER\"", "check_age_table\" hitPolicy=\"FIRST\"",
     "L02 check_age"},
    {"not in a cell", "<text>&lt; limits.min_age</text>", "<text>not(5)</text>", "L02 check_age/3/p.age_at_entry"},
    {"an expression in a cell", "<text>&lt; limits.min_age</text>", "<text>&lt; limits.min_age + 1</text>",
     "L02 check_age/3/p.age_at_entry"},
    {"multiplication", "limits != null</text>", "limits.min_age * 2 = 30</text>", "L02 limits_known"},
    {"a loop", "limits != null</text>", "some x in limits.municipalities satisfies x = p.project</text>", "L02 limits_known"},
    {"a filter", "limits != null</text>", "limits.municipalities[1] = p.project</text>", "L02 limits_known"},
    {"another function", "limits != null</text>", "string length(p.project) > 3</text>", "L02 limits_known"},
    {"a text that is no FEEL", "limits != null</text>", "limits != </text>", "L02 limits_known"},
    {"a type outside the profile", "name=\"limits_known\" typeRef=\"boolean\"", "name=\"limits_known\" typeRef=\"time\"",
     "L02 limits_known"},
    {"a name with a space", "id=\"limits_known\" name=\"limits_known\"", "id=\"limits_known\" name=\"limits known\"",
     "L02 limits known"},
    {"a business knowledge model", "<inputData id=\"code\"",
     "<businessKnowledgeModel id=\"b\" name=\"b\"/><inputData id=\"code\"", "L02 b"},
    // L03
    {"an undefined name", "&lt; limits.min_age</text>", "&lt; limits.minimum</text>", "L03 check_age/3/p.age_at_entry"},
    {"an input that no list declares", "<text>p.birth_date</text>", "<text>p.born</text>", "L03 check_age/p.born"},
    {"a requirement that is missing",
     "<informationRequirement id=\"check_age_d1\"><requiredDecision href=\"#limits\"/></informationRequirement>", "",
     "L03 check_age"},
    {"a requirement that is not used", "<requiredDecision href=\"#limits_known\"/>",
     "<requiredDecision href=\"#entry_in_project\"/>", "L03 check_place"},
    {"an input of another type than its structure", "<h:input name=\"exit_date\" type=\"date\"",
     "<h:input name=\"exit_date\" type=\"string\"", "L04 tParticipation/exit_date"},
    {"an input that the structure lacks", "<itemComponent name=\"exit_date\"><typeRef>date</typeRef></itemComponent>", "",
     "L03 tParticipation/exit_date"},
    // L04
    {"a text compared with a number", "&lt; limits.min_age</text>", "\"15\"</text>", "L04 check_age/3/p.age_at_entry"},
    {"a number beyond the scale", "&lt; limits.min_age</text>", "&lt; 15.5</text>", "L04 check_age/3/p.age_at_entry"},
    {"a day that does not exist", "date(\"2018-06-30\")", "date(\"2018-06-31\")", "L04 limits/1/p.entry_date"},
    {"an interval with swapped ends", "[date(\"2016-01-01\")..date(\"2018-06-30\")]",
     "[date(\"2018-06-30\")..date(\"2016-01-01\")]", "L04 limits/1/p.entry_date"},
    {"an output of the wrong type", "<outputEntry><text>24</text></outputEntry>",
     "<outputEntry><text>\"24\"</text></outputEntry>", "L04 limits/1/max_age"},
    {"an expression of the wrong type", "limits != null</text>", "p.entry_date</text>", "L04 limits_known"},
    {"texts compared by size", "limits != null</text>", "p.project > \"a\"</text>", "L04 limits_known"},
    {"a structure compared with a value", "limits != null</text>", "limits = p.project</text>", "L02 limits_known"},
    // L05, L06
    {"a gap between two rows of limits", end_of_limits, second_limits, "L05 limits/2"},
    {"an overlap of one day", end_of_limits, overlapping_limits, "L06 limits/2"},
    // L07
    {"an empty interval", "&lt; limits.min_age</text>", "(5..6)</text>", "L07 check_age/3/p.age_at_entry"},
    {"a row like another", "&gt; limits.max_age</text>", "&lt; limits.min_age</text>", "L07 check_age/4"},
    {"a row without a condition", "&lt; limits.min_age</text>", "-</text>", "L07 check_age/3"},
    // L08
    {"no UNKNOWN row for the birth date",
     "<inputEntry><text>null</text></inputEntry>\n        <inputEntry><text>-</text></inputEntry>",
     "<inputEntry><text>date(\"2000-01-01\")</text></inputEntry>\n        <inputEntry><text>-</text></inputEntry>",
     "L08 check_age/3/birth_date"},
    {"an UNKNOWN row that only remarks",
     "\"UNKNOWN\"</text></outputEntry>\n        <outputEntry><text>\"blocking\"</text></outputEntry>\n        "
     "<outputEntry><text>\"Hemkommun",
     "\"UNKNOWN\"</text></outputEntry>\n        <outputEntry><text>\"remark\"</text></outputEntry>\n        "
     "<outputEntry><text>\"Hemkommun",
     "L08 check_place/2/home_municipality"},
    // L09
    {"a derived value that answers although something is missing",
     "if p.home_municipality = null or limits.municipalities = null then null else ", "", "L09 in_area"},
    // L10
    {"no code", "<text>\"P03\"</text></outputEntry>", "<text>\"\"</text></outputEntry>", "L10 check_age/3/code"},
    {"no citation", "<text>\"needed for every limit\"</text>", "<text></text>", "L02 check_age/2/legal_basis"},
    {"an empty citation", "<text>\"needed for every limit\"</text>", "<text>\"\"</text>", "L10 check_age/2/legal_basis"},
    {"no English message", "\"The entry date is missing.\"", "\"\"", "L10 check_age/2/message_en"},
    {"an unknown outcome", "<text>\"FAIL\"</text>", "<text>\"FAILS\"</text>", "L10 check_age/3/outcome"},
    {"an unknown severity", "<text>\"blocking\"</text>", "<text>\"severe\"</text>", "L10 check_age/1/severity"},
    {"a code in two tables", "<text>\"P09\"</text></outputEntry>", "<text>\"P03\"</text></outputEntry>",
     "L10 check_dates/1/code"},
    {"a code without texts", "<text>\"P03\"</text></outputEntry>", "<text>\"P33\"</text></outputEntry>",
     "L10 check_age/3/code"},
    {"a retired code", "<h:inputs", "<h:retired codes=\"P01 P77\"/><h:inputs", "L10 check_age/1/code"},
    {"a limit without a citation",
     "\"project bank 2015/00678\"</text></outputEntry>\n      </rule>\n    </decisionTable>\n  </decision>\n  <decision "
     "id=\"limits_known",
     "null</text></outputEntry>\n      </rule>\n    </decisionTable>\n  </decision>\n  <decision id=\"limits_known",
     "L10 limits/1/citation"},
    {"a text without its translation", "\"Is the date of birth known?\"", "\"\"", "L10 rule_texts/1/question_en"},
    // L11
    {"a message that names an unknown value", "än {limits.min_age} år", "än {limits.minimum} år", "L11 check_age/3/message_sv"},
    {"two messages that name different values", "Younger than {limits.min_age} on entry", "Too young on entry",
     "L11 check_age/3/message_en"},
    // L12
    {"another closing decision", "count(findings) &gt; 0 then \"eligible-with-remarks\"",
     "count(findings) &gt; 1 then \"eligible-with-remarks\"", "L12 verdict"},
    {"a finding table that is left out", "flatten([check_age, check_place, check_dates])", "flatten([check_age, check_place])",
     "L03 findings"},
    {"finding tables in another order than they stand", "flatten([check_age, check_place, check_dates])",
     "flatten([check_place, check_age, check_dates])", "L12 findings"},
    {"no end of validity", "validTo=\"2018-06-30\"", "", "L12 h:ruleSet/validTo"},
    {"validity that ends before it begins", "validTo=\"2018-06-30\"", "validTo=\"2015-06-30\"", "L12 h:ruleSet/validTo"},
    {"no approval", "approvedBy=\"example, not approved\"", "approvedBy=\"\"", "L12 h:ruleSet/approvedBy"},
    {"no predecessor", "supersedes=\"none\"", "supersedes=\"version 0\"", "L12 h:ruleSet/supersedes"},
    {"no version", "version=\"1\" valid", "version=\"\" valid", "L12 h:ruleSet/version"},
    {"limits without an end", "[date(\"2016-01-01\")..date(\"2018-06-30\")]", "&gt;= date(\"2016-01-01\")",
     "L12 limits/1/p.entry_date"},
    // Seeded later: what an earlier linter let pass, and variations.
    {"a row twice with two outcomes",
     "<inputEntry><text>true</text></inputEntry>\n        <inputEntry><text>false</text></inputEntry>",
     "<inputEntry><text>true</text></inputEntry>\n        <inputEntry><text>null</text></inputEntry>",
     "L07 check_place/2/outcome"},
    {"a case of one code that is answered twice",
     "<inputEntry><text>true</text></inputEntry>\n        <inputEntry><text>null</text></inputEntry>",
     "<inputEntry><text>true</text></inputEntry>\n        <inputEntry><text>-</text></inputEntry>",
     "L07 check_place/2/outcome"},
    {"an age without a birth date",
     "<inputEntry><text>-</text></inputEntry>\n        <inputEntry><text>-</text></inputEntry>\n        <inputEntry><text>&gt; "
     "limits.max_age",
     "<inputEntry><text>null</text></inputEntry>\n        <inputEntry><text>-</text></inputEntry>\n        "
     "<inputEntry><text>&gt; limits.max_age",
     "L07 check_age/4"},
    {"an age without an entry date",
     "<inputEntry><text>-</text></inputEntry>\n        <inputEntry><text>-</text></inputEntry>\n        <inputEntry><text>&gt; "
     "limits.max_age",
     "<inputEntry><text>-</text></inputEntry>\n        <inputEntry><text>null</text></inputEntry>\n        "
     "<inputEntry><text>&gt; limits.max_age",
     "L07 check_age/4"},
    {"no age although both dates are there",
     "<inputEntry><text>-</text></inputEntry>\n        <inputEntry><text>-</text></inputEntry>\n        <inputEntry><text>&gt; "
     "limits.max_age",
     "<inputEntry><text>&gt; date(\"1900-01-01\")</text></inputEntry>\n        <inputEntry><text>&gt; "
     "date(\"1900-01-01\")</text></inputEntry>\n        <inputEntry><text>null",
     "L07 check_age/4"},
    {"an area without limits",
     "<inputEntry><text>true</text></inputEntry>\n        <inputEntry><text>false</text></inputEntry>",
     "<inputEntry><text>false</text></inputEntry>\n        <inputEntry><text>false</text></inputEntry>", "L07 check_place/2"},
    {"limits that are neither known nor unknown",
     "<inputEntry><text>true</text></inputEntry>\n        <inputEntry><text>false</text></inputEntry>",
     "<inputEntry><text>null</text></inputEntry>\n        <inputEntry><text>false</text></inputEntry>", "L07 check_place/2"},
    {"a lowest age above the highest", "<outputEntry><text>15</text></outputEntry>",
     "<outputEntry><text>25</text></outputEntry>", "L04 limits/1/max_age"},
    {"a negative age", "<outputEntry><text>15</text></outputEntry>", "<outputEntry><text>-15</text></outputEntry>",
     "L04 limits/1/min_age"},
    {"no age at all", "<outputEntry><text>15</text></outputEntry>", "<outputEntry><text>null</text></outputEntry>",
     "L04 limits/1/min_age"},
    {"no municipality", "[\"1780\", \"1761\"]", "[]", "L04 limits/1/municipalities"},
    {"a municipality that does not exist", "[\"1780\", \"1761\"]", "[\"178O\", \"1761\"]", "L04 limits/1/municipalities"},
    {"a municipality twice", "[\"1780\", \"1761\"]", "[\"1780\", \"1780\"]", "L07 limits/1/municipalities"},
    {"a number among the municipalities", "[\"1780\", \"1761\"]", "[1780, \"1761\"]", "L04 limits/1/municipalities"},
    {"a municipality with a space", "[\"1780\", \"1761\"]", "[\"1780 \", \"1761\"]", "L04 limits/1/municipalities"},
    {"texts without allowed values", "<allowedValues><text>\"1761\", \"1780\"</text></allowedValues>", "",
     "L04 limits/municipalities"},
    {"allowed values that are no texts", "<text>\"1761\", \"1780\"</text></allowedValues>",
     "<text>1761, 1780</text></allowedValues>", "L04 tStrings/allowedValues"},
    {"limits whose first day is left out", "[date(\"2016-01-01\")..date(\"2018-06-30\")]",
     "(date(\"2016-01-01\")..date(\"2018-06-30\")]", "L12 limits/1/p.entry_date"},
    {"limits whose last day is left out", "[date(\"2016-01-01\")..date(\"2018-06-30\")]",
     "[date(\"2016-01-01\")..date(\"2018-06-30\"))", "L12 limits/1/p.entry_date"},
    {"limits whose ends are left out, written the other way", "[date(\"2016-01-01\")..date(\"2018-06-30\")]",
     "]date(\"2016-01-01\")..date(\"2018-06-30\")[", "L12 limits/1/p.entry_date"},
    {"limits for all projects", "<text>\"ung-horisont\"</text>", "<text>-</text>", "L12 limits/1/p.project"},
    {"limits for two projects in one row", "<text>\"ung-horisont\"</text>", "<text>\"ung-horisont\", \"varmlands-unga\"</text>",
     "L12 limits/1/p.project"},
    {"a blank message", "\"The entry date is missing.\"", "\" \"", "L10 check_age/2/message_en"},
    {"a message of a no-break space", "\"Startdatum saknas.\"", "\"\u00A0\"", "L10 check_age/2/message_sv"},
    {"a message of invisible characters", "\"Startdatum saknas.\"", "\"\u200B\u2060\uFEFF\"", "L10 check_age/2/message_sv"},
    {"a message of a Hangul filler", "\"Startdatum saknas.\"", "\"\u3164\"", "L10 check_age/2/message_sv"},
    {"a message of a dash", "\"Startdatum saknas.\"", "\"–\"", "L10 check_age/2/message_sv"},
    {"a citation that is only a mark", "\"needed for every limit\"", "\"°\"", "L10 check_age/2/legal_basis"},
    {"a question of a tab", "\"Is the date of birth known?\"", "\"\t\"", "L10 rule_texts/1/question_en"},
    {"a blank fix", "\"Fill in the date of birth.\"", "\"  \"", "L10 rule_texts/1/fix_en"},
    {"a version of spaces", "version=\"1\" valid", "version=\" \" valid", "L12 h:ruleSet/version"},
    {"an approval of spaces", "approvedBy=\"example, not approved\"", "approvedBy=\"\u00A0\"", "L12 h:ruleSet/approvedBy"},
    {"an approval on no day", "approvedOn=\"2026-01-01\"", "approvedOn=\"2026-02-30\"", "L12 h:ruleSet/approvedOn"},
    {"validity from no day", "validFrom=\"2016-01-01\"", "validFrom=\"2016\"", "L12 h:ruleSet/validFrom"},
    {"an unknown version of our own namespace", "xmlns:h=\"urn:horisont:rules:1\"", "xmlns:h=\"urn:horisont:rules:2\"",
     "L12 h:ruleSet/xmlns:h"},
    {"something unknown in the head", "<h:inputs", "<h:approved/><h:inputs", "L12 h:approved"},
    {"something unknown among the inputs", "<h:input name=\"exit_date\"", "<h:output/><h:input name=\"exit_date\"",
     "L03 h:inputs/output"},
    {"an unknown need", "name=\"exit_date\" type=\"date\" need=\"optional\"",
     "name=\"exit_date\" type=\"date\" need=\"sometimes\"", "L03 h:inputs/exit_date"},
    {"missing only with nothing", "need=\"missing-only-with\" with=\"birth_date entry_date\"", "need=\"missing-only-with\"",
     "L03 h:inputs/age_at_entry"},
    {"missing only with what is not declared", "with=\"birth_date entry_date\"", "with=\"birth_day entry_date\"",
     "L03 h:inputs/age_at_entry"},
    {"an input twice", "<h:input name=\"exit_date\"",
     "<h:input name=\"entry_date\" type=\"date\" need=\"optional\"/><h:input name=\"exit_date\"", "L03 h:inputs/entry_date"},
    {"an input of an unknown type", "name=\"exit_date\" type=\"date\"", "name=\"exit_date\" type=\"time\"",
     "L04 h:inputs/exit_date"},
    {"a scale on a date", "name=\"exit_date\" type=\"date\"", "name=\"exit_date\" type=\"date\" scale=\"2\"",
     "L04 h:inputs/exit_date"},
    {"an output cell too many", "<outputEntry><text>\"needed for every limit\"</text></outputEntry>",
     "<outputEntry><text>\"needed for every limit\"</text></outputEntry><outputEntry><text>\"x\"</text></outputEntry>",
     "L01 check_age/2"},
    {"a row without cells", "<rule id=\"check_age_r2\">", "<rule/><rule id=\"check_age_r2\">", "L01 check_age/2"},
    {"the id of a row twice", "<rule id=\"check_age_r2\">", "<rule id=\"check_age_r1\">", "L01 check_age/2"},
    {"an unknown element in a row", "<rule id=\"check_age_r2\">", "<rule id=\"check_age_r2\"><note/>", "L01 check_age/2"},
    {"an unknown element in a decision", "<decisionTable id=\"check_age_table\"",
     "<tale/><decisionTable id=\"check_age_table\"", "L01 check_age"},
    {"a code in small letters that has no texts", "<text>\"P03\"</text></outputEntry>", "<text>\"p03\"</text></outputEntry>",
     "L10 check_age/3/code"},
    {"texts for a code that nobody uses", "<text>\"P09\"</text></inputEntry>", "<text>\"P99\"</text></inputEntry>",
     "L10 rule_texts/code"},
    {"the texts of a code twice", "<text>\"P09\"</text></inputEntry>", "<text>\"P05\"</text></inputEntry>",
     "L06 rule_texts/6/code"},
    {"an input that no row reads", "<inputEntry><text>&lt; p.entry_date</text></inputEntry>",
     "<inputEntry><text>-</text></inputEntry>", "L07 check_dates/2"},
    {"a comparison with null", "&lt; limits.min_age</text>", "&lt; null</text>", "L04 check_age/3/p.age_at_entry"},
    {"an equals sign in a cell", "&lt; limits.min_age</text>", "= 5</text>", "L02 check_age/3/p.age_at_entry"},
    {"the clock in a cell", "<text>&lt; p.entry_date</text>", "<text>&lt; today()</text>", "L02 check_dates/2/p.exit_date"},
    {"an expression over two lines", "limits != null</text>", "limits !=\nnull</text>", "L02 limits_known"},
    {"a derived value that nothing uses", "<decision id=\"entry_in_project\"",
     "<decision id=\"spare\" name=\"spare\"><variable name=\"spare\" "
     "typeRef=\"boolean\"/><literalExpression><text>true</text></literalExpression></decision><decision "
     "id=\"entry_in_project\"",
     "L03 spare"},
    {"a brace that names nothing", "({p.age_at_entry} år).\"</text></outputEntry>", "({} år).\"</text></outputEntry>",
     "L11 check_age/3/message_sv"},
    {"a brace that does not end", "Younger than {limits.min_age} on entry ({p.age_at_entry}).",
     "Younger than {limits.min_age} on entry ({p.age_at_entry.", "L11 check_age/3/message_en"},
};

const Fault faults_of_youth[] = {
    {"a misspelt way to choose the municipality", "<text>\"school\"</text></outputEntry>",
     "<text>\"scool\"</text></outputEntry>", "L04 limits/3/area_basis"},
    {"a capital letter", "<text>\"school\"</text></outputEntry>", "<text>\"School\"</text></outputEntry>",
     "L04 limits/3/area_basis"},
    {"a misspelt target group", "<text>\"pupil at risk\"</text></outputEntry>", "<text>\"pupils at risk\"</text></outputEntry>",
     "L04 limits/3/target"},
    {"a misspelling in the expression that asks", "limits.area_basis = \"school\"", "limits.area_basis = \"schol\"",
     "L04 municipality"},
    {"a municipality outside the county", "[\"1780\"]", "[\"0180\"]", "L04 limits/1/municipalities"},
    {"negative days", "<text>30</text></outputEntry>", "<text>-30</text></outputEntry>", "L04 limits/1/evidence_days"},
    {"an answer that is text", "<outputEntry id=\"limits_r1_8\"><text>true</text>",
     "<outputEntry id=\"limits_r1_8\"><text>\"true\"</text>", "L04 limits/1/grades_asked"},
    {"ages of two rows exchanged", "<outputEntry id=\"limits_r4_3\"><text>16</text>",
     "<outputEntry id=\"limits_r4_3\"><text>61</text>", "L04 limits/4/max_age"},
    {"a row of another project's time twice", "<text>\"varmlands-framtid\"</text>", "<text>\"ung-horisont\"</text>",
     "L06 limits/2"},
    {"a day before the calendar", "[date(\"2016-01-01\")", "[date(\"0000-01-01\")", "L04 limits/1/Startdatum / entry date"},
    {"evidence that is required and asked to be missing", "<inputEntry id=\"check_evidence_r1_2\"><text>false</text>",
     "<inputEntry id=\"check_evidence_r1_2\"><text>null</text>", "L07 check_evidence/1"},
    {"a diagram's id twice", "id=\"check_age_r2\"", "id=\"check_age_r1\"", "L01 check_age/2"},
};

bool has(const std::vector<std::string>& found, const std::string& one) {
  return std::find(found.begin(), found.end(), one) != found.end();
}
std::string list(const std::vector<std::string>& found) {
  std::string lines = found.empty() ? " nothing found" : "";
  for (const std::string& one : found) lines += "\n  " + one;
  return lines;
}

void expect_found(const std::string& whole, std::span<const Fault> seeded) {
  ASSERT_TRUE(complaints(whole).empty()) << list(complaints(whole));
  for (const Fault& fault : seeded) {
    const std::string was = fault.was;
    std::string xml = whole;
    const std::size_t at = xml.find(was);
    ASSERT_NE(at, std::string::npos) << fault.what << ": the example no longer holds the text";
    xml.replace(at, was.size(), fault.becomes);
    const auto found = complaints(xml);
    EXPECT_TRUE(has(found, fault.complaint)) << fault.what << ":" << list(found);
  }
}

TEST(Linter, finds_every_seeded_fault_and_says_where) { expect_found(minimal_rules(), faults); }

TEST(Linter, finds_every_fault_seeded_into_the_shipped_rule_set) {
  expect_found(horisont::read_file(std::string(HORISONT_SOURCE_DIR) + "/config/rules/youth.dmn"), faults_of_youth);
}

TEST(Linter, compares_the_declared_inputs_with_those_that_the_program_knows) {
  const auto document = horisont::read_dmn(minimal_rules());
  const auto rules = RuleSet::load(*document, {});
  ASSERT_TRUE(rules);
  std::vector<InputName> known(rules->inputs().begin(), rules->inputs().end());
  EXPECT_TRUE(complaints(minimal_rules(), known).empty());
  auto other_type = known;
  other_type[1].type = InputType::String;
  EXPECT_EQ(complaints(minimal_rules(), other_type), std::vector<std::string>{"L03 h:inputs/birth_date"});
  auto other_need = known;
  other_need[3].need = Need::MayBeMissing;
  EXPECT_EQ(complaints(minimal_rules(), other_need), std::vector<std::string>{"L03 h:inputs/exit_date"});
  auto unknown = known;
  unknown.erase(unknown.begin() + 5);
  EXPECT_EQ(complaints(minimal_rules(), unknown), std::vector<std::string>{"L03 h:inputs/home_municipality"});
}

TEST(Linter, sixty_four_rows_fit_into_the_mask_and_sixty_five_do_not) {
  const std::string whole = minimal_rules();
  const auto with_rows = [&](int added) {
    std::string rows;
    for (int i = 0; i < added; ++i)
      rows +=
          "<rule><inputEntry><text>true</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>\"P09\"</"
          "text></outputEntry>"
          "<outputEntry><text>\"FAIL\"</text></outputEntry><outputEntry><text>\"remark\"</text></"
          "outputEntry><outputEntry><text>\"m\"</text></outputEntry>"
          "<outputEntry><text>\"m\"</text></outputEntry><outputEntry><text>\"x\"</text></outputEntry></rule>";
    std::string xml = whole;
    return xml.insert(xml.find("<rule id=\"check_dates_r1\">"), rows);
  };
  const auto too_many = [](const std::vector<std::string>& found) {
    return std::find(found.begin(), found.end(), "L13 ") != found.end();
  };
  EXPECT_FALSE(too_many(complaints(with_rows(56))));
  EXPECT_TRUE(too_many(complaints(with_rows(57))));
}

}  // namespace
}  // namespace dmn
