#pragma once

#include "core/values/message.h"

namespace horisont {

/// Where a sentence is read. What one can do differs: a command is typed in a terminal, a button pressed on a page.
enum class Surface { Terminal, Page };

/// The text of an id, or the words of a message, as they read there: on a page a text of `texts_on_pages` stands in the place of the one
/// with the same id; in a terminal, and in what is written to be kept, it is that of `text_of` and `words` without a surface.
const Text* text_of(std::string_view id, Surface);
std::string words(const Message&, Language, Surface);

}  // namespace horisont
