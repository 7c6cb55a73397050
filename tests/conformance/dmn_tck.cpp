// Runs folders of OMG's Technology Compatibility Kit for DMN: every *-test-*.xml beside its models.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "core/values/message.h"
#include "dmn/feel/machine.h"
#include "dmn/program.h"
#include "edge/rulesets/rulesets.h"

namespace {

namespace fs = std::filesystem;
using dmn::Element;
using dmn::feel::Context;
using dmn::feel::List;
using dmn::feel::Number;
using dmn::feel::Value;

constexpr const char* usage =
    "usage: dmn-tck [--cases] [--table] DIR...\n"
    "\n"
    "Runs every *-test-*.xml below the folders against the models beside it, prints what passed and failed in each folder,\n"
    "and ends with \"N passed, N failed\". A test case passes when all its result nodes are as expected: numbers as\n"
    "decimals exactly, texts, dates and durations part by part. Only a number without end (30 digits and more: a third, a\n"
    "root) is rounded to the decimals that the test is written with; where the kit gives what a binary double holds, it may\n"
    "differ by less than 10^-8. How many these were is printed.\n"
    "\n"
    "  --cases   also each test case that failed, with what was expected and what came\n"
    "  --table   the folders as a Markdown table\n"
    "  --help    this text\n"
    "\n"
    "Exit: 0 all passed; 1 a test case failed; 2 the command is wrong; 3 a folder or file cannot be read or holds no tests.\n";

struct Trouble {
  std::string what;
};

// The tiers of docs/rules-engine.md; what is not named here is of tier A.
char tier_of(const std::string& folder) {
  static const std::set<std::string> b{"0016-some-every",
                                       "0084-feel-for-loops",
                                       "0013-sort",
                                       "0051-feel-sqrt-function",
                                       "0052-feel-exp-function",
                                       "0053-feel-log-function",
                                       "0061-feel-median-function",
                                       "0062-feel-mode-function",
                                       "0063-feel-stddev-function",
                                       "0094-feel-product-function",
                                       "0067-feel-split-function",
                                       "1109-feel-replace-function",
                                       "1111-feel-matches-function",
                                       "0070-feel-instance-of",
                                       "0080-feel-getvalue-function",
                                       "0081-feel-getentries-function",
                                       "1145-feel-context-function",
                                       "1146-feel-context-put-function",
                                       "1147-feel-context-merge-function",
                                       "1155-list-replace-function",
                                       "1156-range-function",
                                       "1150-boxed-conditional",
                                       "1151-boxed-filter",
                                       "1152-boxed-for",
                                       "1153-boxed-some",
                                       "1154-boxed-every",
                                       "0091-local-hrefs",
                                       "0005-literal-invocation",
                                       "0009-invocation-arithmetic",
                                       "0033-for-loops",
                                       "0003-iteration",
                                       "0014-loan-comparison"};
  static const std::set<std::string> c{"0004-lending",
                                       "0030-user-defined-functions",
                                       "0031-user-defined-functions",
                                       "0034-drg-scopes",
                                       "0035-test-structure-output",
                                       "0037-dt-on-bkm-implicit-params",
                                       "0038-dt-on-bkm-explicit-params",
                                       "0076-feel-external-java",
                                       "0082-feel-coercion",
                                       "0085-decision-services",
                                       "0086-import",
                                       "0087-chapter-11-example",
                                       "0088-no-decision-logic",
                                       "0089-nested-inputdata-imports",
                                       "0092-feel-lambda",
                                       "1130-feel-interval"};
  return b.count(folder) ? 'B' : c.count(folder) ? 'C' : 'A';
}

Element read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  if (!in) throw Trouble{file.string() + " cannot be read."};
  auto element = horisont::read_dmn(bytes.str());
  if (!element) throw Trouble{file.string() + ": " + horisont::words(element.error().message, horisont::Language::English)};
  return std::move(*element);
}

std::string attribute(const Element& e, std::string_view name) {
  const std::string* found = e.attribute(name);
  return found ? *found : std::string();
}

// A value as the test file writes it.
Value value_of(const Element& e) {
  const std::string written = attribute(e, "type");
  const std::string type = written.substr(written.find(':') == std::string::npos ? 0 : written.find(':') + 1);
  if (attribute(e, "nil") == "true") return {};
  std::string trimmed = e.text;
  trimmed.erase(0, std::min(trimmed.find_first_not_of(" \t\r\n"), trimmed.size()));
  while (!trimmed.empty() && std::string_view(" \t\r\n").find(trimmed.back()) != std::string_view::npos) trimmed.pop_back();
  Value value;
  if (type == "boolean") {
    if (trimmed == "true" || trimmed == "false") value = trimmed == "true";
  } else if (type == "date" || type == "time" || type == "dateTime" || type.find("uration") != std::string::npos) {
    value = dmn::feel::at_literal(trimmed);
  } else if (type == "decimal" || type == "double" || type == "float" || type.find("int") != std::string::npos ||
             type == "long") {
    value = Number::parse(trimmed);
  } else {
    value = e.text;
  }
  if (value.is_null()) throw Trouble{"line " + std::to_string(e.line) + ": \"" + trimmed + "\" is no " + type + "."};
  return value;
}

// What a node holds: a value, a list of nodes or named components.
Value content_of(const Element& node) {
  Context members;
  for (const Element& e : node.children) {
    if (e.name == "value") return value_of(e);
    if (e.name == "list") {
      std::vector<Value> items;
      for (const Element& item : e.children) items.push_back(content_of(item));
      return items;
    }
    if (e.name == "component") members.put(attribute(e, "name"), content_of(e));
  }
  if (members.entries.empty()) return {};
  return members;
}

// Numbers without end: rounded to the decimals that the test is written with, or only near.
int without_end = 0, nearly = 0;

std::int64_t decimals(const std::string& number) {
  const std::size_t point = number.find('.');
  return point == std::string::npos ? 0 : static_cast<std::int64_t>(number.size() - point - 1);
}

bool same_number(const Number& got, const Number& expected) {
  if (got == expected) return true;
  if (got.digits() < 30) return false;  // more come only from what has no end: thirds, roots, powers
  ++without_end;
  if (dmn::feel::rounded(got, decimals(expected.text()), dmn::feel::Round::HalfEven) == expected) return true;
  // Some of the kit's numbers are what a binary double gives, so they cannot be met; this much is allowed for.
  static const Number allowed = *Number::parse("0.00000001");
  const auto off = dmn::feel::subtract(got, expected);
  if (!off || !(off->magnitude() < allowed)) return false;
  ++nearly;
  return true;
}

bool same(const Value& got, const Value& expected) {
  if (const Number* n = expected.as<Number>()) return got.as<Number>() && same_number(*got.as<Number>(), *n);
  if (const List* list = expected.as<List>()) {
    const List* other = got.as<List>();
    return other && std::equal(list->items.begin(), list->items.end(), other->items.begin(), other->items.end(),
                               [](const Value& e, const Value& g) { return same(g, e); });
  }
  if (const Context* context = expected.as<Context>()) {
    const Context* other = got.as<Context>();
    return other && context->entries.size() == other->entries.size() &&
           std::all_of(context->entries.begin(), context->entries.end(), [&](const auto& entry) {
             const Value* found = other->find(entry.first);
             return found && same(*found, entry.second);
           });
  }
  return identical(got, expected);
}

struct Count {
  int passed = 0, failed = 0;
  void add(const Count& other) { passed += other.passed, failed += other.failed; }
};

struct Folder {
  std::string name, level;
  Count count;
  std::vector<std::string> failures;
};

// The model that the tests name, and all that it imports, from the folder.
dmn::Program program_for(const fs::path& folder, const fs::path& tests, const std::string& model_name) {
  std::map<fs::path, dmn::Model> models;
  std::string complaints;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".dmn") continue;
    if (auto model = dmn::read(read(entry.path())))
      models.emplace(entry.path().filename(), std::move(*model));
    else
      for (const dmn::Complaint& c : model.error())
        complaints += entry.path().string() + " line " + std::to_string(c.line) + ": " + c.en + " ";
  }
  auto main = models.find(model_name);
  if (main == models.end() && models.size() == 1) main = models.begin();
  if (main == models.end()) throw Trouble{tests.string() + ": its model \"" + model_name + "\" cannot be read. " + complaints};
  std::vector<dmn::Model> needed;
  std::vector<std::string> open;
  const auto take = [&](decltype(main) one) {
    for (const dmn::Import& i : one->second.imports) open.push_back(i.space);
    needed.push_back(std::move(one->second));
    models.erase(one);
  };
  take(main);
  while (!open.empty()) {
    const std::string space = open.back();
    open.pop_back();
    const auto found = std::find_if(models.begin(), models.end(), [&](const auto& m) { return m.second.space == space; });
    if (found != models.end()) take(found);
  }
  auto program = dmn::Program::make(std::move(needed));
  if (program) return std::move(*program);
  for (const dmn::Complaint& c : program.error()) complaints += "line " + std::to_string(c.line) + ": " + c.en + " ";
  throw Trouble{tests.string() + ": " + complaints};
}

void run_case(const dmn::Program& program, const Element& test, const std::string& file, Folder& out) {
  Context inputs;
  for (const Element& e : test.children)
    if (e.name == "inputNode") inputs.put(attribute(e, "name"), content_of(e));
  const std::string invocable = attribute(test, "invocableName");
  // Any day will do, as long as it is given.
  const dmn::feel::DateTime now{{2026, 1, 15}, {12, 30, 0, 0, *dmn::feel::offset_zone(3600)}};
  std::string wrong;
  for (const Element& e : test.children) {
    if (e.name != "resultNode") continue;
    const std::string name = attribute(e, "name");
    const Element* expected_node = e.child("expected");
    const Value expected = expected_node ? content_of(*expected_node) : Value();
    auto got = program.evaluate(invocable.empty() ? name : invocable, inputs, now);
    if (got && !invocable.empty())
      if (const Context* all = got->as<Context>())
        if (const Value* one = all->find(name)) got = Value(*one);
    const bool as_expected = got ? same(*got, expected) : expected.is_null() && got.error().id == "limit";
    if (as_expected) continue;
    wrong += "  " + file + " " + attribute(test, "id") + " " + name + ": expected " + dmn::feel::text_of(expected, true) +
             ", got " + (got ? dmn::feel::text_of(*got, true) : got.error().en) + "\n";
  }
  wrong.empty() ? ++out.count.passed : ++out.count.failed;
  if (!wrong.empty()) out.failures.push_back(wrong);
}

Folder run_folder(const fs::path& folder, const std::vector<fs::path>& files) {
  Folder out;
  out.name = folder.filename().string();
  const std::string parent = folder.parent_path().filename().string();
  if (parent.starts_with("compliance-level-")) out.level = parent.substr(17);
  for (const fs::path& file : files) {
    const Element tests = read(file);
    const Element* model_name = tests.child("modelName");
    std::string model = model_name ? model_name->text : "";
    const dmn::Program program = program_for(folder, file, model);
    for (const dmn::Complaint& fault : program.faults())
      out.failures.push_back("  " + model + " line " + std::to_string(fault.line) + ": " + fault.en + "\n");
    try {
      for (const Element& test : tests.children)
        if (test.name == "testCase") run_case(program, test, file.filename().string(), out);
    } catch (const Trouble& t) {
      throw Trouble{file.string() + " " + t.what};
    }
  }
  return out;
}

std::map<fs::path, std::vector<fs::path>> find_tests(const fs::path& root) {
  std::map<fs::path, std::vector<fs::path>> found;
  if (!fs::is_directory(root)) throw Trouble{root.string() + " is no folder. Give a folder of the DMN TCK."};
  const auto options = fs::directory_options::skip_permission_denied;
  for (const auto& entry : fs::recursive_directory_iterator(fs::canonical(root), options)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && entry.path().extension() == ".xml" && name.find("-test") != std::string::npos)
      found[entry.path().parent_path()].push_back(entry.path());
  }
  for (auto& [folder, files] : found) std::sort(files.begin(), files.end());
  if (found.empty()) throw Trouble{root.string() + " holds no *-test-*.xml. Give a folder of the DMN TCK."};
  return found;
}

}  // namespace

int main(int argc, char** argv) {
  bool cases = false, table = false;
  std::vector<fs::path> roots;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--help") return std::cout << usage, 0;
    if (argument == "--cases")
      cases = true;
    else if (argument == "--table")
      table = true;
    else if (argument.starts_with("--"))
      return std::cerr << "dmn-tck: " << argument << " is no option.\n" << usage, 2;
    else
      roots.emplace_back(argument);
  }
  if (roots.empty()) return std::cerr << usage, 2;

  bool trouble = false;
  Count all;
  std::map<char, std::pair<int, Count>> tiers;
  if (table) std::cout << "| folder | level | tier | passed | failed |\n|---|---|---|---|---|\n";
  const auto report = [&](const Folder& f) {
    const char tier = tier_of(f.name);
    const std::string passed = std::to_string(f.count.passed), failed = std::to_string(f.count.failed);
    if (table)
      std::cout << "| " << f.name << " | " << f.level << " | " << tier << " | " << passed << " | " << failed << " |\n";
    else
      std::cout << f.name << " (level " << (f.level.empty() ? "?" : f.level) << ", tier " << tier << "): " << passed
                << " passed, " << failed << " failed\n";
    if (cases)
      for (const std::string& failure : f.failures) std::cout << failure;
    all.add(f.count);
    ++tiers[tier].first;
    tiers[tier].second.add(f.count);
  };
  for (const fs::path& root : roots) {
    try {
      for (const auto& [folder, files] : find_tests(root)) {
        try {
          report(run_folder(folder, files));
        } catch (const Trouble& t) {
          trouble = true;
          std::cerr << "dmn-tck: " << t.what << "\n";
        }
      }
    } catch (const Trouble& t) {
      trouble = true;
      std::cerr << "dmn-tck: " << t.what << "\n";
    } catch (const fs::filesystem_error& e) {
      trouble = true;
      std::cerr << "dmn-tck: " << e.what() << "\n";
    }
  }
  for (const auto& [tier, folders] : tiers)
    std::cout << (table ? "\n" : "") << "tier " << tier << ": " << folders.first << " folders, " << folders.second.passed
              << " passed, " << folders.second.failed << " failed\n";
  std::cout << (table ? "\n" : "") << "numbers without end: " << without_end << " rounded to the test's decimals, of these "
            << nearly << " within 10^-8 only\n";
  std::cout << (table ? "\n" : "") << all.passed << " passed, " << all.failed << " failed\n";
  return trouble ? 3 : all.failed ? 1 : 0;
}
