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
const std::string head = std::string("GT;\0\0\0\5utf-8\0\0\0\0\0\0\0\7", 20);
const auto number = [](std::size_t value) {
  return std::string("\0\0", 2) + static_cast<char>(value >> 8) + static_cast<char>(value);
};
const auto block_of = [](std::size_t lines, const std::string& sizes, const std::string& text) {
  return std::string("B\0\0\0\0\0\0\0\7\0\0\0\0", 13) + number(lines) + number(sizes.size()) + number(text.size()) + sizes + text;
};
// One line of two cells, the first so long.
const auto block = [](char later, char length, const std::string& text) {
  return block_of(1, {later, 2, length, 3}, text);
};
const std::map<std::string, std::string> text_answers{
    {"text whole", head + block(1, 3, "abc\nåd\n") + "E"},
    {"text with a long size", head + block_of(1, std::string("\1\2\3\xFF\0\0\0\3", 8), "abc\nåd\n") + "E"},
    {"text of an empty line", head + block_of(1, std::string("\1\0", 2), "") + "E"},
    {"text cut", head + block(1, 3, "abc\nåd\n")},
    {"text half a block", head + block(1, 3, "abc\nåd\n").substr(0, 20)},
    {"text of other lengths", head + block(1, 2, "abc\nåd\n") + "E"},
    {"text without its last byte", head + block(1, 3, "abc\nåd") + "E"},
    {"text with a byte more", head + block(1, 3, "abc\nåd\n\n") + "E"},
    {"text cut inside a character", head + block(1, 2, "abåcd\n") + "E"},
    {"text ended by a character of two bytes", head + block(1, 2, "abåd\n\n") + "E"},
    {"text no UTF-8", head + block(1, 3, "abc\n\xE5xd\n") + "E"},
    {"text the same line again", head + block(1, 3, "abc\nåd\n") + block(0, 3, "abc\nåd\n") + "E"},
    {"text line nought", head + block(0, 3, "abc\nåd\n") + "E"},
    {"text lines beyond all numbers", head + block_of(2, std::string("\1\0\xFF\xFF\xFF\xFF\xFF\0", 8), "") + "E"},
    {"text sizes that end too early", head + block_of(1, "\1\2\3", "abc\nåd\n") + "E"},
    {"text a long size cut", head + block_of(1, "\1\2\3\xFF", "abc\nåd\n") + "E"},
    {"text a size too many", head + block_of(1, "\1\2\3\3\3", "abc\nåd\n") + "E"},
    {"text too many cells", head + block_of(1, std::string("\1\xFF\0\0\4\1", 6) + std::string(1025, '\0'), std::string(1025, '\n')) + "E"},
    {"text beyond the file", head + std::string("B\0\0\0\0\0\0\0\x8\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0E", 26)},
    {"text too many lines", head + std::string("B\0\0\0\0\0\0\0\7\0\0\0\0\0\0\x10\1", 17)},
    {"text too many sizes", head + std::string("B\0\0\0\0\0\0\0\7\0\0\0\0\0\0\0\1\x7F\xFF\xFF\xFF\0\0\0\0", 25)},
    {"text too much of it", head + std::string("B\0\0\0\0\0\0\0\7\0\0\0\0\0\0\0\1\0\0\0\0\x7F\xFF\xFF\xFF", 25)},
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
  const bool stalls = count == 5 && words[1] == std::string("text stalled in a block");
  if (stalls) say(head + block(1, 3, "abc\nåd\n").substr(0, 27));  // sizes are told, the text is not
  if (stalls || (count == 5 && words[1] == std::string("hang")))
    for (volatile bool on = true; on;) {}
  const auto behaviour = behaviours.find(count == 2 ? words[1] : "");
  return behaviour == behaviours.end() ? 9 : horisont::serve_reading_child(behaviour->second);
}
