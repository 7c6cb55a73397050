#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/reports/sheet.h"
#include "core/rules/decision.h"

namespace horisont {

// How what is kept in canonical form is said to people.

/// A citation that stands in both languages, "sv / en", in each of them; others are the same in both.
Bilingual citation_words(std::string_view);
Cell cited_cell(std::string_view);
/// "8 h"; "7:20 h" where it is not whole hours, since no decimal says that exactly. Never a time of day.
std::string span_text(Minutes);
/// "49:00 h x 365.00" as a formula is read: "49 h × 365,00".
Bilingual formula_words(std::string_view);
/// "2016-07-01T00:00:00Z" as "2016-07-01 00:00:00"; what is no moment comes back as it is.
std::string time_words(std::string_view iso);

/// Why a report is a draft, which is never filed: the one answer that its title, its control sheet, `report make`, filing and
/// `status` give. Empty: it is none.
std::vector<Message> why_draft(const Report&);
/// Sentences one after the other, as one value of a message.
std::string said_in_both(std::span<const Message>);

/// What a rule read, by the names that its rule set gives: "ålder vid start: 18; arbetar: nej". "–" stands for what was missing.
Bilingual read_words(const RuleAnswer&);

/// An unverified default without keys and machine words.
struct UnverifiedWords {
  std::string what, value, where;
};
UnverifiedWords said(const Report::Unverified&, Language);

}  // namespace horisont
