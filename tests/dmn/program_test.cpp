// Whole models: boxed expressions, tables with every hit policy, knowledge models, services, imports, and files that mean harm.

#include "dmn/program.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ctime>
#include <functional>
#include <string>

#include "edge/rulesets/rulesets.h"

namespace dmn {
namespace {

using feel::Context;
using feel::Number;
using feel::Value;

const feel::DateTime now{{2026, 1, 15}, {12, 0, 0, 0, *feel::offset_zone(3600)}};

std::string definitions(const std::string& inside, const std::string& space = "own",
                        const std::string& version = "https://www.omg.org/spec/DMN/20230324/MODEL/") {
  return "<definitions xmlns=\"" + version + "\" name=\"m\" id=\"m\" namespace=\"" + space + "\">" + inside + "</definitions>";
}
std::string literal(const std::string& text) { return "<literalExpression><text>" + text + "</text></literalExpression>"; }
std::string decision(const std::string& name, const std::string& inside, const std::string& type = "") {
  return "<decision name=\"" + name + "\" id=\"" + name + "\"><variable name=\"" + name + "\"" +
         (type.empty() ? "" : " typeRef=\"" + type + "\"") + "/>" + inside + "</decision>";
}
std::string needs(const std::string& what, const std::string& href) {
  const std::string around = what == "Knowledge" ? "knowledgeRequirement" : "informationRequirement";
  return "<" + around + "><required" + what + " href=\"" + href + "\"/></" + around + ">";
}
std::string input(const std::string& name, const std::string& type) {
  return "<inputData name=\"" + name + "\" id=\"" + name + "\"><variable name=\"" + name + "\" typeRef=\"" + type +
         "\"/></inputData>";
}

Model model(const std::string& xml) {
  const auto element = horisont::read_dmn(xml);
  if (!element) throw std::runtime_error(element.error().message.id);
  auto read_model = read(*element);
  if (!read_model) throw std::runtime_error(read_model.error().front().en);
  return std::move(*read_model);
}

std::string ask(const std::vector<std::string>& files, const std::string& name, const Context& inputs = {}) {
  std::vector<Model> models;
  for (const std::string& xml : files) models.push_back(model(xml));
  const auto program = Program::make(std::move(models));
  if (!program) return "! " + program.error().front().en;
  const auto value = program->evaluate(name, inputs, now);
  return value ? feel::text_of(*value, true) : "! " + value.error().en;
}

Context with(std::initializer_list<std::pair<std::string, Value>> entries) {
  Context out;
  for (const auto& [name, value] : entries) out.put(name, value);
  return out;
}

// A table over the number `n`: "big" from 10, "even" by the remainder, "any" always; outputs ranked "big", "any", "even".
std::string table(const std::string& policy, const std::string& rows, const std::string& output = "") {
  return input("n", "number") +
         decision("d", needs("Input", "#n") + "<decisionTable " + policy +
                           "><input><inputExpression typeRef=\"number\"><text>n</text>" +
                           "</inputExpression></input><output name=\"o\">" + output + "</output>" + rows + "</decisionTable>");
}
std::string row(const std::string& cell, const std::string& output) {
  return "<rule><inputEntry><text>" + cell + "</text></inputEntry><outputEntry><text>" + output +
         "</text></outputEntry></rule>";
}

TEST(Program, every_hit_policy_decides_as_the_standard_says) {
  const std::string texts = row("&gt;= 10", "\"big\"") + row("even(?)", "\"even\"") + row("&lt; 100", "\"any\"");
  const std::string numbers = row("&gt;= 10", "30") + row("even(?)", "5") + row("&lt; 100", "20");
  const std::string order = "<outputValues><text>\"any\", \"big\", \"even\"</text></outputValues>";
  const std::string fallback = "<defaultOutputEntry><text>\"none\"</text></defaultOutputEntry>";
  struct Case {
    const char* what;
    std::string policy, rows, output;
    int n;
    const char* value;
  };
  const Case cases[] = {
      {"unique, one hit", "", texts, "", 3, "\"any\""},
      {"unique, two hits are an error", "", texts, "", 4, "null"},
      {"unique, no hit", "", texts, "", 101, "\"big\""},
      {"first", "hitPolicy=\"FIRST\"", texts, "", 12, "\"big\""},
      {"any, different outputs are an error", "hitPolicy=\"ANY\"", texts, "", 12, "null"},
      {"any, equal outputs", "hitPolicy=\"ANY\"", row("&gt; 1", "7") + row("&lt; 9", "7"), "", 5, "7"},
      {"priority", "hitPolicy=\"PRIORITY\"", texts, order, 12, "\"any\""},
      {"rule order", "hitPolicy=\"RULE ORDER\"", texts, "", 12, "[\"big\", \"even\", \"any\"]"},
      {"output order", "hitPolicy=\"OUTPUT ORDER\"", texts, order, 12, "[\"any\", \"big\", \"even\"]"},
      {"collect", "hitPolicy=\"COLLECT\"", texts, "", 12, "[\"big\", \"even\", \"any\"]"},
      {"collect and sum", "hitPolicy=\"COLLECT\" aggregation=\"SUM\"", numbers, "", 12, "55"},
      {"collect the least", "hitPolicy=\"COLLECT\" aggregation=\"MIN\"", numbers, "", 12, "5"},
      {"collect the greatest", "hitPolicy=\"COLLECT\" aggregation=\"MAX\"", numbers, "", 12, "30"},
      {"collect and count", "hitPolicy=\"COLLECT\" aggregation=\"COUNT\"", numbers, "", 12, "3"},
      {"no hit, no default", "", row("&lt; 0", "1"), "", 5, "null"},
      {"no hit, a default", "", row("&lt; 0", "1"), fallback, 5, "\"none\""},
  };
  for (const Case& c : cases)
    EXPECT_EQ(ask({definitions(table(c.policy, c.rows, c.output))}, "d", with({{"n", Number(c.n)}})), c.value) << c.what;
  EXPECT_EQ(ask({definitions(table("", texts))}, "d"), "null") << "nothing hits a missing number";
  EXPECT_EQ(ask({definitions(table("", row("-", "1")))}, "d"), "1") << "a dash hits a missing number";
  EXPECT_EQ(ask({definitions(table("", row("null", "1") + row("not(null)", "2")))}, "d"), "1") << "null in a cell asks for it";
}

TEST(Program, boxed_expressions_are_what_their_texts_would_be) {
  struct Case {
    const char* what;
    std::string boxed;
    const char* value;
  };
  const auto entry = [](const std::string& name, const std::string& inside) {
    return "<contextEntry>" + (name.empty() ? "" : "<variable name=\"" + name + "\"/>") + inside + "</contextEntry>";
  };
  const auto loop = [](const std::string& element, const std::string& list, const std::string& part, const std::string& body) {
    return "<" + element + " iteratorVariable=\"x\"><in>" + literal(list) + "</in><" + part + ">" + literal(body) + "</" +
           part + "></" + element + ">";
  };
  const Case cases[] = {
      {"a context", "<context>" + entry("a b", literal("1")) + entry("c", literal("a b + 1")) + "</context>", "{a b: 1, c: 2}"},
      {"a context with a result", "<context>" + entry("a", literal("1")) + entry("", literal("a + 1")) + "</context>", "2"},
      {"a list", "<list>" + literal("1") + literal("\"x\"") + "</list>", "[1, \"x\"]"},
      {"a relation",
       "<relation><column name=\"a\"/><column name=\"b\"/><row>" + literal("1") + literal("2") + "</row></relation>",
       "[{a: 1, b: 2}]"},
      {"a function that is called",
       "<context>" +
           entry("f", "<functionDefinition><formalParameter name=\"x\" typeRef=\"number\"/>" + literal("x * 2") +
                          "</functionDefinition>") +
           entry("", "<invocation>" + literal("f") + "<binding><parameter name=\"x\"/>" + literal("4") +
                         "</binding></invocation>") +
           "</context>",
       "8"},
      {"other people's code is never run",
       "<context>" +
           entry("f", "<functionDefinition kind=\"Java\"><formalParameter name=\"x\"/>" +
                          literal("{class: \"java.lang.Math\"}") + "</functionDefinition>") +
           entry("", literal("f(1)")) + "</context>",
       "null"},
      {"a condition",
       "<conditional><if>" + literal("1 &gt; 2") + "</if><then>" + literal("1") + "</then><else>" + literal("2") +
           "</else></conditional>",
       "2"},
      {"a condition that is none",
       "<conditional><if>" + literal("1") + "</if><then>" + literal("1") + "</then><else>" + literal("2") +
           "</else></conditional>",
       "null"},
      {"a filter", "<filter><in>" + literal("[1, 2, 3]") + "</in><match>" + literal("item &gt; 1") + "</match></filter>",
       "[2, 3]"},
      {"a loop", loop("for", "1..3", "return", "x"), "null"},
      {"a loop over a list", loop("for", "[1, 2]", "return", "x + count(partial)"), "[1, 3]"},
      {"some", loop("some", "[1, 2]", "satisfies", "x = 2"), "true"},
      {"every", loop("every", "[1, 2]", "satisfies", "x = 2"), "false"},
  };
  for (const Case& c : cases) EXPECT_EQ(ask({definitions(decision("d", c.boxed))}, "d"), c.value) << c.what;
}

TEST(Program, values_take_the_declared_type_or_become_null) {
  const std::string items =
      "<itemDefinition name=\"tList\" isCollection=\"true\"><typeRef>number</typeRef></itemDefinition>"
      "<itemDefinition name=\"tColour\"><typeRef>string</typeRef><allowedValues><text>\"red\", \"blue\"</text></allowedValues>"
      "</itemDefinition>"
      "<itemDefinition name=\"tPerson\"><itemComponent name=\"name\"><typeRef>string</typeRef></itemComponent><itemComponent "
      "name=\"age\"><typeRef>number</typeRef></itemComponent></itemDefinition>"
      "<itemDefinition name=\"tShort\" isCollection=\"true\"><typeRef>number</typeRef><typeConstraint><text>count(?) &lt; "
      "3</text>"
      "</typeConstraint></itemDefinition>";
  struct Case {
    const char *expression, *type, *value;
  };
  const Case cases[] = {
      {"1", "string", "null"},
      {"[1]", "number", "1"},
      {"[1, 2]", "number", "null"},
      {"1", "tList", "[1]"},
      {"\"a\"", "tList", "null"},
      {"@\"2024-02-29\"", "date and time", "2024-02-29T00:00:00Z"},
      {"\"red\"", "tColour", "\"red\""},
      {"\"green\"", "tColour", "null"},
      {"{name: \"a\", age: 1, more: 2}", "tPerson", "{name: \"a\", age: 1, more: 2}"},
      {"{name: \"a\"}", "tPerson", "null"},
      {"[1, 2]", "tShort", "[1, 2]"},
      {"[1, 2, 3]", "tShort", "null"},
      {"null", "number", "null"},
  };
  for (const Case& c : cases)
    EXPECT_EQ(ask({definitions(items + decision("d", literal(c.expression), c.type))}, "d"), c.value)
        << c.expression << " as " << c.type;
}

TEST(Program, knowledge_models_services_and_imports_are_called) {
  const std::string knowledge =
      "<businessKnowledgeModel name=\"twice\" id=\"twice\"><variable name=\"twice\"/><encapsulatedLogic><formalParameter "
      "name=\"x\" "
      "typeRef=\"number\"/>" +
      literal("x * 2") + "</encapsulatedLogic></businessKnowledgeModel>";
  const std::string shared =
      definitions(knowledge + input("n", "number") + decision("next", needs("Input", "#n") + literal("n + 1"), "number") +
                      "<itemDefinition name=\"tSmall\"><typeRef>number</typeRef><allowedValues><text>&lt; "
                      "10</text></allowedValues></itemDefinition>",
                  "shared");
  const std::string import =
      "<import name=\"other one\" namespace=\"shared\" importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>";

  EXPECT_EQ(ask({definitions(knowledge + decision("d", needs("Knowledge", "#twice") + literal("twice(4)")))}, "d"), "8");
  EXPECT_EQ(ask({definitions(knowledge)}, "twice", with({{"x", Number(5)}})), "10");
  EXPECT_EQ(ask({definitions(knowledge)}, "twice", with({{"x", "text"}})), "null");
  EXPECT_EQ(ask({definitions(import + decision("d", needs("Knowledge", "shared#twice") + needs("Decision", "shared#next") +
                                                        literal("other one.twice(other one.next)"))),
                 shared},
                "d", with({{"n", Number(1)}})),
            "4");
  EXPECT_EQ(ask({definitions(import + decision("d", needs("Decision", "shared#next") + literal("other one.next"))), shared},
                "d", with({{"other one", Value(with({{"n", Number(1)}}))}})),
            "2");
  EXPECT_EQ(ask({definitions(import + decision("d", literal("12"), "other one.tSmall")), shared}, "d"), "null");
  EXPECT_EQ(ask({definitions(import + decision("d", literal("2"), "other one.tSmall")), shared}, "d"), "2");

  const std::string service =
      input("a", "number") + decision("inner", literal("1"), "number") +
      decision("sum", needs("Input", "#a") + needs("Decision", "#inner") + literal("a + inner")) +
      "<decisionService name=\"s\" id=\"s\"><variable name=\"s\"/><outputDecision href=\"#sum\"/><inputDecision "
      "href=\"#inner\"/>"
      "<inputData href=\"#a\"/></decisionService>" +
      decision("d", needs("Knowledge", "#s") + needs("Decision", "#sum") + literal("[s(2, 3), s(inner: 3, a: 2), s(2), sum]"));
  EXPECT_EQ(ask({definitions(service)}, "d", with({{"a", Number(10)}})), "[5, 5, null, 11]");
  EXPECT_EQ(ask({definitions(service)}, "s", with({{"a", Number(10)}, {"inner", Number(20)}})), "30");
}

TEST(Program, a_knowledge_model_may_call_itself_as_deep_as_the_limit) {
  const std::string count =
      "<businessKnowledgeModel name=\"f\" id=\"f\"><variable name=\"f\"/><encapsulatedLogic><formalParameter name=\"n\"/>" +
      literal("if n = 0 then 0 else 1 + f(n - 1)") + "</encapsulatedLogic>" + needs("Knowledge", "#f") +
      "</businessKnowledgeModel>";
  EXPECT_EQ(ask({definitions(count)}, "f", with({{"n", Number(100)}})), "100");
  EXPECT_NE(ask({definitions(count)}, "f", with({{"n", Number(100'000)}})).find("depth of calls"), std::string::npos);
}

TEST(Program, every_version_from_1_2_is_read) {
  for (const char* version : {"http://www.omg.org/spec/DMN/20180521/MODEL/", "https://www.omg.org/spec/DMN/20191111/MODEL/",
                              "https://www.omg.org/spec/DMN/20211108/MODEL/", "https://www.omg.org/spec/DMN/20230324/MODEL/"})
    EXPECT_EQ(ask({definitions(decision("d", literal("1")), "own", version)}, "d"), "1") << version;
}

TEST(Program, a_text_that_cannot_be_read_is_null_and_named_with_its_line) {
  std::vector<Model> models;
  models.push_back(model(definitions(decision("d", literal("1 +")) + "\n" + decision("e", literal("2")))));
  const auto program = Program::make(std::move(models));
  ASSERT_TRUE(program);
  ASSERT_EQ(program->faults().size(), 1u);
  EXPECT_EQ(program->faults()[0].line, 1);
  EXPECT_EQ(program->faults()[0].en, "The expression ends too early: a value is expected here.");
  EXPECT_TRUE(program->evaluate("d", {}, now)->is_null());
  EXPECT_EQ(feel::text_of(*program->evaluate("e", {}, now)), "2");
}

// What `read_dmn` and `read` say of a text, in English; empty when they take it.
std::string refusal(const std::string& xml) {
  const auto element = horisont::read_dmn(xml);
  if (!element) return element.error().message.id;
  const auto read_model = read(*element);
  if (!read_model) return read_model.error().front().en;
  std::vector<Model> models;
  models.push_back(*read_model);
  const auto program = Program::make(std::move(models));
  if (!program) return program.error().front().en;
  return program->faults().empty() ? "" : program->faults().front().en;
}

TEST(Program, what_cannot_be_right_is_refused_with_its_reason) {
  struct Case {
    const char* what;
    std::string xml;
    const char* says;
  };
  const Case cases[] = {
      {"an unknown version", definitions("", "own", "https://www.omg.org/spec/DMN/20991231/MODEL/"), "is not DMN 1.2 to 1.5"},
      {"no DMN at all", "<html/>", "is no DMN file"},
      {"damaged XML", "<definitions", "xml.damaged"},
      {"two decisions that need each other",
       definitions(decision("a", needs("Decision", "#b") + literal("b")) +
                   decision("b", needs("Decision", "#a") + literal("a"))),
       "depends on itself"},
      {"a decision that needs itself", definitions(decision("a", needs("Decision", "#a") + literal("a"))), "depends on itself"},
      {"an import that is absent",
       definitions("<import name=\"x\" namespace=\"gone\" importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>"),
       "The imported model \"gone\" is missing"},
      {"a reference into a file that is not imported", definitions(decision("a", needs("Decision", "gone#b") + literal("1"))),
       "leads nowhere"},
      {"the same id twice", definitions(decision("a", "") + decision("a", "")), "occurs twice"},
  };
  for (const Case& c : cases) EXPECT_NE(refusal(c.xml).find(c.says), std::string::npos) << c.what << ": " << refusal(c.xml);
}

TEST(Program, models_that_import_each_other_are_refused) {
  const auto importing = [](const std::string& space) {
    return "<import name=\"x\" namespace=\"" + space + "\" importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>";
  };
  EXPECT_EQ(ask({definitions(importing("b"), "a"), definitions(importing("a"), "b")}, "d"),
            "! The model \"m\" imports itself in the end.");
}

struct Cost {
  bool refused, within_a_second;
  long kilobytes;  // of the whole process
};

// In a process of its own, so that the memory is the text's alone. Its own time counts: others may be busy too.
Cost cost_of(const std::function<std::string()>& text) {
  const pid_t child = fork();
  if (child == 0) {
    const std::string xml = text();
    const std::clock_t begin = std::clock();
    const bool refused = !refusal(xml).empty();
    _exit(!refused ? 3 : std::clock() - begin < CLOCKS_PER_SEC ? 0 : 2);
  }
  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 4;
  return {code == 0 || code == 2, code == 0, used.ru_maxrss};
}

TEST(Program, files_that_mean_harm_are_refused_within_a_second_and_200_mebibytes) {
  const auto repeat = [](const std::string& piece, std::size_t times) {
    std::string out;
    out.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += piece;
    return out;
  };
  const std::string bomb =
      "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
      "\"&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
  const std::pair<const char*, std::function<std::string()>> cases[] = {
      {"a bomb of entities", [&] { return bomb + definitions(decision("d", literal("&c;"))); }},
      {"an external entity", [&] { return "<!DOCTYPE d SYSTEM \"file:///etc/passwd\">" + definitions(""); }},
      {"a million nested elements", [&] { return definitions(repeat("<context>", 1'000'000)); }},
      {"an expression of a megabyte", [&] { return definitions(decision("d", literal("1" + repeat("+1", 1 << 19)))); }},
      {"a text of a megabyte", [&] { return definitions(decision("d", literal("\"" + repeat("a", 1 << 20) + "\""))); }},
      {"a cell of a megabyte", [&] { return definitions(table("", row(repeat("1,", 1 << 19) + "1", "1"))); }},
      {"a hundred thousand brackets", [&] { return definitions(decision("d", literal(repeat("(", 100'000)))); }},
      {"ten thousand names that begin alike",
       [&] {
         std::string all;
         for (int i = 0; i < 10'000; ++i) all += input("a b" + std::to_string(i), "number");
         return definitions(all);
       }},
      {"a circle of ten thousand decisions",
       [&] {
         std::string all;
         for (int i = 0; i < 10'000; ++i)
           all += decision("d" + std::to_string(i), needs("Decision", "#d" + std::to_string((i + 1) % 10'000)) + literal("1"));
         return definitions(all);
       }},
  };
  for (const auto& [what, text] : cases) {
    const Cost cost = cost_of(text);
    EXPECT_TRUE(cost.refused) << what;
#ifndef __SANITIZE_ADDRESS__
    EXPECT_TRUE(cost.within_a_second) << what;
    EXPECT_LT(cost.kilobytes, 200 * 1024) << what;
#endif
  }
}

}  // namespace
}  // namespace dmn
