#include "app/draft_request.h"

#include <algorithm>

namespace horisont {
namespace {

constexpr char astray_mark = 'a', leaves_out_mark = 'l';

// A text between tabs.
std::string in_a_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}
CellFix fix_in(std::string_view text) {
  CellFix fix;
  std::vector<std::string> parts;
  for (std::size_t tab; (tab = text.find('\t')) != text.npos; text.remove_prefix(tab + 1))
    parts.emplace_back(text.substr(0, tab));
  parts.emplace_back(text);
  const bool known = parts.size() > 7;  // what stood beneath was not kept at first, nor what the row is about
  parts.resize(11);
  fix.sheet = parts[0];
  fix.row = static_cast<std::uint32_t>(std::stoul(parts[1])), fix.column = static_cast<std::uint32_t>(std::stoul(parts[2]));
  fix.value = parts[3], fix.reason = parts[4], fix.by = parts[5];
  fix.at = Moment::of_seconds(std::stoll(parts[6]));
  if (known) fix.beneath = parts[7];
  fix.of_row = parts[8], fix.heading = parts[9];
  fix.astray = parts[10].find(astray_mark) != parts[10].npos, fix.leaves_out = parts[10].find(leaves_out_mark) != parts[10].npos;
  return fix;
}

}  // namespace

std::string request_text(const ImportRequest& asked) {
  std::string text = "today\t" + asked.today.iso() + "\n";
  if (asked.kind) text += "record\t" + std::string(name_of(*asked.kind)) + "\n";
  if (asked.month) text += "month\t" + asked.month->iso() + "\n";
  if (asked.sheet) text += "sheet\t" + *asked.sheet + "\n";
  if (asked.header)
    text += "header\t" + std::to_string(asked.header->first) + "-" + std::to_string(asked.header->second) + "\n";
  for (const CellFix& fix : asked.fixes) {
    text += "fix";
    for (const std::string& part : {fix.sheet, std::to_string(fix.row), std::to_string(fix.column), fix.value, fix.reason,
                                    fix.by, std::to_string(fix.at.seconds())})
      text += "\t" + in_a_line(part);
    std::string marks;
    if (fix.astray) marks += astray_mark;
    if (fix.leaves_out) marks += leaves_out_mark;
    // A fix that has never lain over anything follows nothing.
    if (fix.beneath || !marks.empty())
      for (const std::string& part : {fix.beneath.value_or(""), fix.beneath ? fix.of_row : std::string(), fix.heading, marks})
        text += "\t" + in_a_line(part);
    text += "\n";
  }
  if (asked.profile) text += "profile\n" + text_of(*asked.profile);  // to the end
  return text;
}
void read_request(std::string_view text, ImportRequest& asked) {
  for (std::size_t end; (end = text.find('\n')) != text.npos; text.remove_prefix(end + 1)) {
    const std::string line(text.substr(0, end));
    if (line == "profile") {
      asked.profile = read_profile(text.substr(end + 1)).value();  // written by ourselves: what cannot be read is our fault
      return;
    }
    const std::size_t tab = line.find('\t');
    const std::string key = line.substr(0, tab), value = line.substr(tab + 1);
    if (key == "today") asked.today = *Date::parse(value);
    if (key == "record") asked.kind = record_kind(value);
    if (key == "month") asked.month = *Month::parse(value);
    if (key == "sheet") asked.sheet = value;
    if (key == "fix") asked.fixes.push_back(fix_in(value));
    if (key == "header")
      asked.header = {static_cast<std::uint32_t>(std::stoul(value)),
                      static_cast<std::uint32_t>(std::stoul(value.substr(value.find('-') + 1)))};
  }
}

}  // namespace horisont
