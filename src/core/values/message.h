#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace horisont {

enum class Language { Swedish, English };

/// A sentence for a person, as an id and its values ("date.not-in-calendar", {"2026-02-30"}). The Swedish and
/// the English text of every id stand side by side in one list (`texts()`), so neither can be forgotten.
/// Values are already text in canonical form; they never hold an identity number or a name.
struct Message {
  std::string id;
  std::vector<std::string> values;
  friend bool operator==(const Message&, const Message&) = default;
};

/// A value that reads differently in the two languages; `words` takes the right half.
std::string in_both(std::string_view sv, std::string_view en);

/// Both languages of one message id. `{0}`, `{1}` … stand for the values.
struct Text {
  std::string_view id, sv, en;
};

/// All texts of the program: the lists of every area (texts_*.cpp), each id once.
const Text* text_of(std::string_view id);

/// The words of a message. An id without text gives the id itself in brackets, which a test forbids.
std::string words(const Message&, Language);

/// Every text there is, for the tests that compare the languages.
std::vector<Text> all_texts();

}  // namespace horisont
