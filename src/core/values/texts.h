#pragma once

#include <span>

#include "core/values/message.h"

namespace horisont {

// One list of texts for each area of the program, each in a file of its own (texts_<area>.cpp), so that a new
// message is one line beside its neighbours. `text_of` looks through all of them.
std::span<const Text> texts_values();
std::span<const Text> texts_files();
std::span<const Text> texts_identity();
std::span<const Text> texts_readers();
std::span<const Text> texts_import();
std::span<const Text> texts_settings();
std::span<const Text> texts_rules();
std::span<const Text> texts_reports();
std::span<const Text> texts_indicators();
std::span<const Text> texts_funding();
std::span<const Text> texts_money();
std::span<const Text> texts_store();
std::span<const Text> texts_app();
std::span<const Text> texts_cli();
std::span<const Text> texts_log();
std::span<const Text> texts_audit();
std::span<const Text> texts_web();
std::span<const Text> texts_xlsx();
std::span<const Text> texts_setting_names();

/// What reads otherwise on a page, by the id of the text whose place it takes: mostly what to do, which in a terminal is a command.
/// In no list, since each id stands in one of them already.
std::span<const Text> texts_on_pages();

/// All of the lists above but the last.
inline constexpr std::span<const Text> (*text_lists[])() = {texts_values,   texts_files,   texts_identity, texts_readers, texts_import, texts_settings,
                                                             texts_rules,    texts_reports, texts_indicators, texts_funding, texts_money, texts_store,    texts_app,     texts_cli,    texts_log, texts_audit, texts_web, texts_xlsx, texts_setting_names};

}  // namespace horisont
