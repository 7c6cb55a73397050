#pragma once

#include <span>
#include <string>

#include "core/values/message.h"
#include "web/html.h"

namespace horisont::web {

/// A chapter of the handbook (docs/handbook). Its name in addresses is the same in both languages.
struct Chapter {
  std::string name, title;
  Html body;
};
std::span<const Chapter> handbook(Language);

/// The chapter that helps on the page with this path inside a project ("/inlasningar"); empty where none does.
std::string_view chapter_for(std::string_view path);

/// Headings ("## Title {#name}"), paragraphs, numbered and unnumbered lists, **bold** and [links](/to) become chapters. What else
/// Markdown knows stays as it is written.
std::vector<Chapter> chapters_of(std::string_view markdown);

}  // namespace horisont::web
