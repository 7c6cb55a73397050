#include "cli/usage.h"

#include <algorithm>
#include <optional>

#include "app/workspace.h"

namespace horisont {
namespace {

// The command that the line got to.
const CLI::App* deepest_of(const CLI::App& app) {
  const CLI::App* deepest = &app;
  for (bool deeper = true; deeper;) {
    deeper = false;
    for (const CLI::App* sub : deepest->get_subcommands())
      if (sub->parsed()) deepest = sub, deeper = true;
  }
  return deepest;
}

Message with_nearest(const char* id, const char* id_near, const std::string& word, const std::vector<std::string>& known) {
  const std::string near = nearest_word(word, known);
  return near.empty() || near == word ? Message{id, {word}} : Message{id_near, {word, near}};
}

std::string name_in(const std::string& word) { return word.substr(0, word.find('=')); }

const CLI::Option* option_of(const CLI::App& app, const std::string& word) { return app.get_option_no_throw(name_in(word)); }

// The option of that name of any command; several commands that share a name share what it takes.
const CLI::Option* option_anywhere(const CLI::App& app, const std::string& word) {
  if (const CLI::Option* option = option_of(app, word)) return option;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
    if (const CLI::Option* option = option_anywhere(*sub, word)) return option;
  return nullptr;
}

const CLI::App* sub_of(const CLI::App& app, const std::string& name) {
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
    if (sub->get_name() == name) return sub;
  return nullptr;
}

bool is_option(const std::string& word) { return word.size() > 1 && word.front() == '-'; }

// An argument as it may be typed again: in quotes where it has blanks, and never with the digits of an identity number.
std::string typed(const std::string& argument) {
  if (std::count_if(argument.begin(), argument.end(), [](char c) { return '0' <= c && c <= '9'; }) >= 10) return "…";
  return argument.find(' ') == argument.npos ? argument : '"' + argument + '"';
}

// An option of the command that stands before the command's name: where it belongs, and the line to type. Nothing for an
// option that the command does not have.
std::optional<Message> too_early(const CLI::App& app, const std::string& word, const std::vector<std::string>& arguments) {
  const CLI::App* command = &app;
  std::string path, rest;
  std::size_t named_at = 0;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const CLI::App* sub = is_option(arguments[i]) ? nullptr : sub_of(*command, arguments[i]);
    if (sub) {
      command = sub, named_at = i;
      path += (path.empty() ? "" : " ") + arguments[i];
      continue;
    }
    rest += " " + typed(arguments[i]);
    const CLI::Option* option = is_option(arguments[i]) ? option_anywhere(app, arguments[i]) : nullptr;
    // Its value is no command, whatever it is called.
    if (option && option->get_items_expected_max() > 0 && arguments[i].find('=') == std::string::npos &&
        i + 1 < arguments.size())
      rest += " " + typed(arguments[++i]);
  }
  const auto at = std::find(arguments.begin(), arguments.end(), word);
  if (at == arguments.end() || static_cast<std::size_t>(at - arguments.begin()) > named_at) return std::nullopt;
  for (const CLI::App* level = command; level; level = level->get_parent())
    if (option_of(*level, word)) return Message{"cli.option-too-early", {name_in(word), path, "horisont " + path + rest}};
  return std::nullopt;
}

// The first word that nothing took: an option or a command that does not exist, or a word too many.
Message unknown(const CLI::App& app, const std::string& word, const std::vector<std::string>& arguments) {
  const CLI::App* deepest = deepest_of(app);
  std::vector<std::string> known;
  if (is_option(word)) {
    if (const auto early = too_early(app, word, arguments)) return *early;
    for (const CLI::App* level = deepest; level; level = level->get_parent())
      for (const CLI::Option* option : level->get_options())
        for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    return with_nearest("cli.unknown-option", "cli.unknown-option-near", name_in(word), known);
  }
  for (const CLI::App* sub : deepest->get_subcommands([](const CLI::App*) { return true; })) known.push_back(sub->get_name());
  if (known.empty()) return {"cli.word-too-many", {word}};
  return with_nearest("cli.unknown-word", "cli.unknown-word-near", word, known);
}

// What stands between the braces of "--by: week not in {month,day}", with blanks behind the commas.
std::string choices_in(const std::string& text) {
  const std::size_t from = text.find('{'), to = text.find('}', from == text.npos ? 0 : from);
  if (from == text.npos || to == text.npos) return "";
  std::string list;
  for (const char c : text.substr(from + 1, to - from - 1)) list += c == ',' ? std::string(", ") : std::string(1, c);
  return list;
}

std::string before(const std::string& text, const char* mark) { return text.substr(0, text.find(mark)); }

// "--size: Value 0 not in range 1 to 1000000", as the parser says it of a number out of its limits and of what is no number. A
// limit with decimals is that of a machine's number, which is none to a person.
std::optional<Message> out_of_range(const std::string& name, const std::string& what) {
  constexpr std::string_view value_mark = "Value ", range_mark = " not in range ", to_mark = " to ";
  const std::size_t value_at = what.find(value_mark), range_at = what.rfind(range_mark), to_at = what.rfind(to_mark);
  if (value_at == what.npos || range_at == what.npos || to_at == what.npos || to_at < range_at) return std::nullopt;
  const std::string value = what.substr(value_at + value_mark.size(), range_at - value_at - value_mark.size());
  const bool number = !value.empty() && value.find_first_not_of("0123456789", value.front() == '-' ? 1 : 0) == value.npos &&
                      value != "-";
  if (!number) return Message{"cli.not-a-number", {name, value}};
  const std::string least = what.substr(range_at + range_mark.size(), to_at - range_at - range_mark.size()),
                    most = what.substr(to_at + to_mark.size());
  return Message{"cli.not-in-range", {name, value, before(least, "."), most.find('.') == most.npos ? most : std::string()}};
}

}  // namespace

std::string name_of_option(const CLI::Option& option) {
  if (!option.get_lnames().empty()) return "--" + option.get_lnames().front();
  return option.get_name(true);
}

Message usage_message(const CLI::ParseError& error, const CLI::App& app, const std::vector<std::string>& arguments) {
  const std::string what = error.what();
  const auto extras = app.remaining(true);
  const bool needed = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
  if (dynamic_cast<const CLI::ExtrasError*>(&error) || (needed && !extras.empty())) {
    if (!extras.empty()) return unknown(app, extras.front(), arguments);
    return unknown(app, arguments.empty() ? "" : arguments.front(), arguments);
  }
  if (needed) {
    if (what.find("ubcommand") == what.npos) {
      const std::string name = before(what, " ");
      const CLI::Option* option = deepest_of(app)->get_option_no_throw(name);
      if (!option || option->get_description().empty()) return {"cli.needed", {name}};
      std::string meaning = option->get_description();
      while (meaning.ends_with('.')) meaning.pop_back();
      return {"cli.needed-what", {name, meaning}};
    }
    std::string commands;
    for (const CLI::App* sub : deepest_of(app)->get_subcommands([](const CLI::App*) { return true; }))
      commands += (commands.empty() ? "" : ", ") + sub->get_name();
    return {"cli.command-needed", {commands}};
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error)) {
    const std::string name = before(what, ":");
    if (what.find("received") != what.npos && what.find("At Most") != what.npos)
      return {name == "--project" ? "cli.project-twice" : "cli.value-twice", {name}};
    const std::string choices = choices_in(what);
    return choices.empty() ? Message{"cli.value-missing", {name}} : Message{"cli.value-missing-of", {name, choices}};
  }
  if (dynamic_cast<const CLI::ValidationError*>(&error)) {
    const std::string name = before(what, ":"), choices = choices_in(what);
    const std::size_t from = what.find(": "), to = what.rfind(" not in ");
    if (!choices.empty() && from != what.npos && to != what.npos && to > from)
      return {"cli.not-a-choice", {name, what.substr(from + 2, to - from - 2), choices}};
    if (const auto limits = out_of_range(name, what)) return *limits;
  }
  if (dynamic_cast<const CLI::ConversionError*>(&error)) {
    const std::size_t from = what.find("--"), equals = what.find(" = ");
    if (from != what.npos && equals != what.npos && equals > from)
      return {"cli.not-a-number", {what.substr(from, equals - from), what.substr(equals + 3)}};
  }
  return {"cli.wrong-usage", {}};
}

}  // namespace horisont
