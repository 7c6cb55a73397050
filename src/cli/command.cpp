#include "cli/command.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>

#include "app/answers.h"
#include "cli/usage.h"
#include "core/values/visible.h"

namespace horisont {

void must_have_folder(const std::string& file) {
  std::error_code ignored;
  const auto folder = std::filesystem::absolute(file, ignored).parent_path();
  if (!file.empty() && !std::filesystem::is_directory(folder, ignored))
    throw Stop{MachineFailed, {"file.folder-missing", {file}}};
}

void must_be_new(const std::string& file) {
  std::error_code ignored;
  if (!file.empty() && std::filesystem::exists(std::filesystem::symlink_status(file, ignored)))
    throw Stop{Refused, {"cli.file-exists", {file}}};
}

Language Command::language() const {
  return common_.language == "en" ? Language::English : common_.language == "sv" ? Language::Swedish : here_.language;
}

std::filesystem::path Command::home() const {
  const auto home = common_.home.empty() ? here_.default_home : std::filesystem::path(common_.home);
  if (home.empty()) throw Stop{WrongUsage, {"cli.home-needed", {}}};
  std::error_code error;
  const auto about = std::filesystem::status(home, error);
  if (error == std::errc::filename_too_long || home.filename().string().size() > 255)
    throw Stop{WrongUsage, {"cli.home-too-long", {home.string()}}};
  if (error == std::errc::not_a_directory || (std::filesystem::exists(about) && !std::filesystem::is_directory(about)))
    throw Stop{WrongUsage, {"cli.home-not-a-folder", {home.string()}}};
  // A folder that may be seen but not entered would else pass for one without an installation.
  std::error_code inside;
  static_cast<void>(std::filesystem::status(home / "data", inside));
  if (error == std::errc::permission_denied || inside == std::errc::permission_denied)
    throw Stop{MachineFailed, {"cli.home-forbidden", {home.string()}}};
  return home;
}

bool Command::confirmed(const Message& question) const {
  if (!may_ask()) return false;
  *here_.messages << words(question, language()) << ' ' << words({"cli.yes-no", {}}, language()) << ' ' << std::flush;
  std::string answer;
  std::getline(*here_.in, answer);
  return answer == "j" || answer == "J" || answer == "ja" || answer == "y" || answer == "Y" || answer == "yes";
}

Date Command::date(const std::string& text, const char* option) const {
  const auto day = Date::parse(text);
  if (!day) throw Stop{WrongUsage, {"cli.date", {option, text}}};
  return *day;
}

std::optional<Month> Command::month(const std::string& text, const char* option) const {
  if (text.empty()) return std::nullopt;
  const auto month = Month::parse(text);
  if (!month) throw Stop{WrongUsage, {"cli.month", {option, text}}};
  return *month;
}

std::optional<Moment> Command::known_at() const {
  if (common_.as_of.empty()) return std::nullopt;
  return Moment::of_seconds((std::int64_t{date(common_.as_of, "--as-of").days()} + 1) * 86400 - 1);
}

Date Command::today() const {
  if (!common_.today.empty()) return date(common_.today, "--today");
  return common_.as_of.empty() ? here_.today : std::min(here_.today, date(common_.as_of, "--as-of"));
}

Workspace Command::open() const {
  std::error_code error;
  if (!std::filesystem::exists(home() / "data" / "horisont.db", error))
    throw Stop{Refused, {"cli.no-installation", {home().string()}}};
  return create();
}

Workspace Command::create() const {
  auto workspace = open_workspace(home(), here_.share);
  if (!workspace) throw Unusable{workspace.error()};
  return std::move(*workspace);
}

Workspace Command::open_to_try() const {
  auto workspace = open_workspace_to_try(home(), here_.share);
  if (!workspace) throw Unusable{workspace.error()};
  return std::move(*workspace);
}

Configuration Command::configuration() const {
  auto found = read_configuration(home(), here_.share);
  if (!found) throw Unusable{found.error()};
  return std::move(*found);
}

std::string Command::project(const Configuration& configuration) const {
  std::vector<std::string> keys;
  for (const auto& [key, terms] : configuration.projects) keys.push_back(key);
  std::string key = common_.project;
  if (key.empty()) {
    if (keys.size() == 1) return keys[0];
    throw Stop{WrongUsage, {"cli.project-needed", {joined(keys)}}};
  }
  if (configuration.projects.contains(key)) return key;
  for (const auto& [known, terms] : configuration.projects)
    if (terms.record_number == key) return known;
  const std::string near = nearest_word(key, keys);
  throw Stop{WrongUsage, {near.empty() ? "cli.project-unknown" : "cli.project-unknown-near", {key, joined(keys), near}}};
}

std::string Command::named_project(const Configuration& configuration) const {
  return common_.project.empty() ? std::string() : project(configuration);
}

std::uint32_t Command::person(const ProjectState& state, const std::string& reference) const {
  const auto number = person_of_reference(reference);
  if (number)
    for (const Participation& participation : state.participations)
      if (participation.person == *number) return *number;
  throw Stop{Refused, {"cli.participant-unknown", {reference, state.project->key}}};
}

void Command::print(const Table& table, const std::vector<Finding>& problems, const std::vector<Table>& parts) const {
  if (form() == Form::Json) {
    out() << (parts.empty() ? as_json(table, problems) : as_json(table, problems, parts)) << '\n';
    return;
  }
  const auto words_of = [&](const Table& one) {
    return form() == Form::Plain ? as_plain(one, language()) : as_text(one, language());
  };
  out() << words_of(table);
  for (const Table& part : parts) out() << '\n' << words_of(part);
}

void Command::done(const std::string& what, std::vector<std::pair<std::string, Table::Fact>> facts,
                   const Message& message, const std::vector<Finding>& problems) const {
  if (form() == Form::Json) {
    Table table{.schema = what};
    table.facts = std::move(facts);
    print(table, problems);
  }
  say(message);
  say(problems, Level::Warning);
}

void Command::text(const std::string& what, const std::string& member, const std::string& text) const {
  if (form() != Form::Json) {
    out() << text;
    return;
  }
  Table table{.schema = what};
  table.facts = {{member, text}};
  print(table);
}

void Command::say(const Message& message) const {
  if (form() == Form::Text && !common_.quiet) *here_.messages << words(message, language()) << '\n';
}

namespace {

std::string notices_in_words(const std::vector<Finding>& findings, Language language) {
  // What the notices are about, by the first word of their codes.
  static constexpr std::pair<std::string_view, std::string_view> kinds[] = {
      {"row", "row"},     {"header", "header"}, {"sheet", "sheet"}, {"form", "sheet"}, {"pnr", "person"}, {"person", "person"}, {"name", "person"},
      {"hours", "hours"}, {"day", "hours"},     {"date", "date"},   {"cell", "cell"},  {"text", "cell"},  {"file", "file"}};
  std::vector<std::pair<std::string_view, int>> counts;
  for (const Finding& finding : findings) {
    // These two are said in sentences of their own.
    if (finding.level != Level::Notice || finding.place.file.empty() || finding.code == "header.not-read" || finding.code == "sheet.form") continue;
    const std::string_view first = std::string_view(finding.code).substr(0, finding.code.find('.'));
    const auto kind = std::find_if(std::begin(kinds), std::end(kinds), [&](const auto& one) { return one.first == first; });
    if (kind == std::end(kinds)) continue;
    const auto known = std::find_if(counts.begin(), counts.end(), [&](const auto& one) { return one.first == kind->second; });
    if (known == counts.end())
      counts.emplace_back(kind->second, 1);
    else
      ++known->second;
  }
  std::string said;
  for (const auto& [kind, count] : counts)
    said += (said.empty() ? "" : ", ") + words({"cli.notices." + std::string(kind), {std::to_string(count)}}, language);
  return said;
}

}  // namespace

void Command::say(const std::vector<Finding>& findings, Level least) const {
  if (form() == Form::Json) return;
  // Three of a kind show what is wrong; of the others it is enough to know where they are.
  constexpr std::size_t shown = 3, named = 12;
  std::vector<std::pair<const Finding*, std::vector<std::string>>> kinds;  // the first of a kind, and the places of all
  for (const Finding& finding : findings) {
    if (finding.level > least && !common_.verbose) continue;
    auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto& known) {
      return known.first->code == finding.code && known.first->place.file == finding.place.file;
    });
    if (kind == kinds.end()) kind = kinds.emplace(kinds.end(), &finding, std::vector<std::string>{});
    kind->second.push_back(finding.place.cell);
    if (kind->second.size() <= shown || common_.verbose) *here_.messages << as_text(finding, language());
  }
  for (const auto& [first, cells] : kinds) {
    if (cells.size() <= shown || common_.verbose) continue;
    // Each further cell once, and none that stands above already.
    std::vector<std::string> places, seen(cells.begin(), cells.begin() + shown);
    for (auto cell = cells.begin() + shown; cell != cells.end(); ++cell)
      if (!cell->empty() && std::find(seen.begin(), seen.end(), *cell) == seen.end()) seen.push_back(*cell), places.push_back(*cell);
    if (places.size() > named) places.resize(named), places.push_back("…");
    const std::string where = first->place.file + (places.empty() ? "" : ", " + joined(places));
    *here_.messages << words({"cli.more-alike", {std::to_string(cells.size() - shown), first->code, where}}, language())
                    << '\n';
  }
  // What was left out or done without being wrong is not shown one by one, and not unsaid either.
  if (least < Level::Notice && !common_.verbose && !common_.quiet)
    if (const std::string said = notices_in_words(findings, language()); !said.empty()) say(Message{"cli.notices", {said}});
}

int Command::trouble(int status, std::vector<Finding> findings) const {
  if (form() == Form::Json)
    out() << error_as_json(status, findings) << '\n';
  else
    for (const Finding& finding : findings) *here_.messages << as_text(finding, language());
  return status;
}

std::function<void(std::uint64_t, std::uint64_t)> Command::progress(const std::string& what) const {
  if (!draws_progress()) return {};
  struct Line {
    std::ostream& out;
    std::string what;
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now(), drawn = started;
    bool shown = false;
    ~Line() {
      if (shown) out << "\r\033[K" << std::flush;
    }
  };
  auto line = std::make_shared<Line>(Line{drawn_, visible_in_line(what)});
  return [line](std::uint64_t done, std::uint64_t total) {
    using namespace std::chrono_literals;
    const auto now = std::chrono::steady_clock::now();
    if (now - line->started < 1s || now - line->drawn < 100ms) return;
    line->drawn = now;
    line->shown = true;
    line->out << '\r' << line->what << "  ";
    if (total) {
      const auto tenths = static_cast<int>(done * 20 / total);
      line->out << '[' << std::string(static_cast<std::size_t>(tenths), '#')
                << std::string(static_cast<std::size_t>(20 - tenths), '-') << "] " << done * 100 / total << " %";
    } else {
      line->out << done;
    }
    line->out << "\033[K" << std::flush;
  };
}

void say_reopened(const Command& command, const std::vector<Month>& months) {
  if (!months.empty()) command.say({"month.reopened", {listed(months)}});
}

}  // namespace horisont
