#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>

#include "edge/spreadsheet/apart.h"

// A child that reads as the program's does ("read"), or that misbehaves in the reader's place. What should have been
// stopped and was not ends as a refusal that the tests do not expect.

namespace {

using namespace horisont;

void say(std::string_view bytes) {
  if (::write(STDOUT_FILENO, bytes.data(), bytes.size()) < 0) _exit(9);
}

Result<Workbook> not_stopped() { return problem("file.empty"); }

const std::map<std::string, std::function<Result<Workbook>(std::string)>> behaviours{
    {"read", {}},
    {"crash", [](std::string) { return std::raise(SIGSEGV), not_stopped(); }},
    {"abort", [](std::string) -> Result<Workbook> { std::abort(); }},
    {"hang", [](std::string) -> Result<Workbook> { for (volatile bool on = true; on;) {} return not_stopped(); }},
    {"allocate", [](std::string) { return std::string(2ull << 30, 'x').size() == 0 ? problem("file.damaged", "") : Result<Workbook>(not_stopped()); }},
    {"grow",
     [](std::string bytes) {
       for (int i = 0; i < 200; ++i) bytes.append(10u << 20, 'x');
       return not_stopped();
     }},
    {"open", [](std::string) { return ::open("/etc/passwd", O_RDONLY), not_stopped(); }},
    {"write", [](std::string) { return ::open("written-by-the-child", O_WRONLY | O_CREAT, 0600), not_stopped(); }},
    {"connect", [](std::string) { return ::socket(AF_INET, SOCK_STREAM, 0), not_stopped(); }},
    {"fork", [](std::string) { return ::fork(), not_stopped(); }},
    {"start", [](std::string) { return ::execl("/bin/true", "true", nullptr), not_stopped(); }},
    {"throw", [](std::string) -> Result<Workbook> { throw std::runtime_error("?"); }},
    {"half", [](std::string) -> Result<Workbook> { say(std::string("W\0\0\0\4xl", 7)), _exit(0); }},
    {"silent", [](std::string) -> Result<Workbook> { _exit(0); }},
    {"nonsense", [](std::string) -> Result<Workbook> { say(std::string(1 << 20, '\xFF')), _exit(0); }},
    {"huge text", [](std::string) -> Result<Workbook> { say("W\x7F\xFF\xFF\xFFxlsx"), _exit(0); }},
    {"other format", [](std::string) -> Result<Workbook> { say(std::string("W\0\0\0\3exeE\0\0\0\0\0\0\0\0", 17)), _exit(0); }},
    {"wrong counts", [](std::string) -> Result<Workbook> { say(std::string("W\0\0\0\3odsE\0\0\0\0\0\0\0\1", 17)), _exit(0); }},
    {"row without sheet", [](std::string) -> Result<Workbook> { say(std::string("W\0\0\0\3odsR\0\0\0\1\0\0\0\0\0", 18)), _exit(0); }},
    {"no UTF-8", [](std::string) -> Result<Workbook> { say(std::string("W\0\0\0\3odsP\0\0\0\1\xFF\0\0\0\0E\0\0\0\0\0\0\0\0", 27)), _exit(0); }},
    {"own words", [](std::string) -> Result<Workbook> { say(std::string("X\0\0\0\5hello\0\0\0\0", 14)), _exit(0); }},
    {"more after the end", [](std::string) -> Result<Workbook> { say(std::string("W\0\0\0\3odsE\0\0\0\0\0\0\0\0E", 18)), _exit(0); }},
    {"whole, but failed", [](std::string) -> Result<Workbook> { say(std::string("W\0\0\0\3odsE\0\0\0\0\0\0\0\0", 17)), _exit(7); }},
    {"whole", [](std::string) -> Result<Workbook> { say(std::string("W\0\0\0\3odsE\0\0\0\0\0\0\0\0", 17)), _exit(0); }},
};

}  // namespace

// A text file's answer: sound, and then with one thing wrong.
const std::string head = std::string("GT;\0\0\0\5utf-8\1\0\0\0\0\0\0\0\7", 21);
const auto number = [](std::size_t value) {
  return std::string("\0\0", 2) + static_cast<char>(value >> 8) + static_cast<char>(value);
};
const std::string sent = std::string("B\0\0\0\0\0\0\0\7\0\0\0\5utf-8\0\0\0\0", 22), in_file = "F" + sent.substr(1);
const auto lines_of = [](const std::string& sizes, const std::string& text) {
  return sent + number(sizes.size()) + number(text.size()) + sizes + text;
};
// One line of two cells, the first so long.
const auto line = [](char later, char length, const std::string& text) { return lines_of({later, 2, length, 3}, text); };
// Lines of the file, which is "abcåd\n".
const auto line_in_file = [](std::size_t place, const std::string& sizes, std::size_t text) {
  return in_file + std::string(4, '\0') + number(place) + number(sizes.size()) + number(text) + sizes;
};
const std::map<std::string, std::string> text_answers{
    {"text whole", head + line(1, 3, "abc;åd\n") + "E"},
    {"text with a long size", head + lines_of(std::string("\1\2\3\xFF\0\0\0\3", 8), "abc;åd\n") + "E"},
    {"text of an empty line", head + lines_of(std::string("\1\0", 2), "\n") + "E"},
    {"text with the line end of Windows", head + line(1, 3, "abc;åd\r\n") + "E"},
    {"text cut", head + line(1, 3, "abc;åd\n")},
    {"text half of it", head + line(1, 3, "abc;åd\n").substr(0, 30)},
    {"text of other lengths", head + line(1, 2, "abc;åd\n") + "E"},
    {"text with another separator", head + line(1, 3, "abc,åd\n") + "E"},
    {"text without its last byte", head + line(1, 3, "abc;åd") + "E"},
    {"text with a byte more", head + line(1, 3, "abc;åd\n\n") + "E"},
    {"text cut inside a character", head + line(1, 2, "abåcd\n") + "E"},
    {"text ended by a character of two bytes", head + line(1, 2, "abåd\n\n") + "E"},
    {"text longer than it is", head + lines_of(std::string("\1\1\xFF\0\1\0\0", 7), "abc\n") + "E"},
    {"text no UTF-8", head + line(1, 3, "abc;\xE5xd\n") + "E"},
    {"text the same line again", head + line(1, 3, "abc;åd\n") + line(0, 3, "abc;åd\n") + "E"},
    {"text line nought", head + line(0, 3, "abc;åd\n") + "E"},
    {"text lines beyond all numbers", head + lines_of(std::string("\1\0\xFF\xFF\xFF\xFF\xFF\0", 8), "\n\n") + "E"},
    {"text sizes that end too early", head + lines_of("\1\2\3", "abc;åd\n") + "E"},
    {"text a long size cut", head + lines_of("\1\2\3\xFF", "abc;åd\n") + "E"},
    {"text a size too many", head + lines_of("\1\2\3\3\3", "abc;åd\n") + "E"},
    {"text without sizes", head + lines_of("", "abc;åd\n") + "E"},
    {"text too many cells", head + lines_of(std::string("\1\xFF\0\0\4\1", 6) + std::string(1025, '\0'), std::string(1024, ';') + "\n") + "E"},
    {"text beyond the file", head + sent.substr(0, 8) + '\x8' + sent.substr(9) + std::string("\0\0\0\0\0\0\0\0E", 9)},
    {"text too many sizes", head + sent + std::string("\x7F\xFF\xFF\xFF\0\0\0\0", 8)},
    {"text too much of it", head + sent + std::string("\0\0\0\0\x7F\xFF\xFF\xFF", 8)},
    {"text in the file", head + line_in_file(0, "\1\1\6", 7) + "E"},
    {"text in the file after three bytes", head + line_in_file(3, "\1\1\3", 4) + "E"},
    {"text in the file without its end", head + line_in_file(0, "\1\1\6", 6) + "E"},
    {"text in the file of other lengths", head + line_in_file(0, "\1\1\5", 7) + "E"},
    {"text in the file inside a character", head + line_in_file(4, "\1\1\2", 3) + "E"},
    {"text in the file beyond its end", head + line_in_file(0, "\1\1\6", 8) + "E"},
    {"text in the file at no place", head + line_in_file(8, "", 0) + "E"},
    {"text in the file at a place beyond all numbers", head + in_file + std::string(8, '\xFF') + number(3) + number(7) + "\1\1\6E"},
    {"text in a file that became shorter", head.substr(0, 20) + '\x8' + line_in_file(0, "\1\1\6", 8) + "E"},
    {"text more after the end", head + "EE"},
    {"text a workbook", std::string("GW\0\0\0\3odsE\0\0\0\0\0\0\0\0", 18)},
    {"text own words", std::string("GX\0\0\0\5hello\0\0\0\0", 15)},
};

int main(int count, char** words) {
  if (count == 5 && words[1] == std::string("read")) {
    const std::vector<std::string> more(words + 2, words + count);
    return serve_text_child(more);
  }
  if (const auto answer = text_answers.find(count == 5 ? words[1] : ""); answer != text_answers.end()) return say(answer->second), 0;
  const bool stalls = count == 5 && words[1] == std::string("text stalled between lines");
  if (stalls) say(head + line(1, 3, "abc;åd\n").substr(0, 32));  // sizes are told, the text is not
  if (stalls || (count == 5 && words[1] == std::string("hang")))
    for (volatile bool on = true; on;) {}
  const auto behaviour = behaviours.find(count == 2 ? words[1] : "");
  return behaviour == behaviours.end() ? 9 : horisont::serve_reading_child(behaviour->second);
}
