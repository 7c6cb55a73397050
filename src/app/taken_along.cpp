#include "app/taken_along.h"

#include <algorithm>
#include <set>

#include "app/draft_request.h"
#include "app/questions.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

// A profile as it was stored, without what was answered after it was taken; an empty one where it has no name.
ImportProfile as_stored(const Workspace& workspace, const std::string& project, const ImportProfile& profile) {
  if (profile.name.empty()) return {};
  const auto stored = workspace.store.profile(project, profile.name, profile.version);
  auto read = stored ? read_profile(stored->text) : Result<ImportProfile>(ImportProfile{});
  if (!read) return {};
  read->name = profile.name, read->version = profile.version;
  return *read;
}

// "Rubrik=field", and neither "field:value=word" nor "hidden=skip".
bool says_heading(const std::string& answer) {
  const std::size_t equals = answer.rfind('='), colon = answer.find(':');
  if (equals == answer.npos || answer.starts_with("hidden=")) return false;
  return colon == answer.npos || colon > equals || answer.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") != colon;
}
std::string left_of(const std::string& answer) { return answer.substr(0, answer.rfind('=')); }

// What one reading of a file has to ask, and what its headings are.
struct WhatItAsks {
  std::vector<Question> questions;
  std::set<std::string> headings;
  std::vector<std::pair<std::string, std::string>> mapping;
  std::set<std::string> codes;

  WhatItAsks(const Workspace& workspace, ImportRequest asked) {
    asked.fixes.clear();
    ImportDraft draft = read_as_asked(workspace, asked);
    for (const auto& columns : draft.columns)
      for (const std::string& heading : columns) headings.insert(heading_key(heading));
    for (const Finding& finding : draft.findings) codes.insert(finding.code);
    mapping = draft.mapping;
    ImportOutcome outcome{.project = asked.project};
    outcome.kind = draft.kind, outcome.findings = std::move(draft.findings), outcome.mapping = std::move(draft.mapping);
    questions = questions_of(workspace, outcome);
  }
  bool tells(const char* code) const { return codes.contains(code); }
  bool asks_of_headings() const {
    return std::any_of(codes.begin(), codes.end(), [](const std::string& code) {
      return code == "header.not-found" || code == "header.must-missing" || code == "header.other-kind";
    });
  }
  // The headings of the columns over which the question arises that an answer answers.
  std::set<std::string> over(const std::string& answer) const {
    std::set<std::string> found;
    for (const Question& question : questions)
      for (const Question::Choice& choice : question.choices)
        if (choice.answer == answer || (answer.find('=') != answer.npos && heading_key(left_of(choice.answer)) == heading_key(left_of(answer))))
          found.insert(question.headings.begin(), question.headings.end());
    return found;
  }
};

std::string option(const char* name, const std::string& value) { return std::string(name) + " " + value; }
std::string rows_words(const std::pair<std::uint32_t, std::uint32_t>& rows) {
  return std::to_string(rows.first) + "-" + std::to_string(rows.second);
}

// What was said of sheet, heading and month, where the new file asks for it too.
void take_places(const Workspace& workspace, ImportRequest& with, const ImportRequest& was, const WhatItAsks* before, TakenAlong& taken) {
  const auto sort_in = [&](bool stays, const std::string& words) { (stays ? taken.answers : taken.left).push_back(words); };
  if (was.sheet && !with.sheet) {
    with.sheet = was.sheet;
    const bool there = !WhatItAsks(workspace, with).tells("sheet.not-found");
    if (!there) with.sheet.reset();
    sort_in(there, option("--sheet", *was.sheet));
  }
  if (was.header && !with.header) {
    with.header = was.header;
    const bool same = before && WhatItAsks(workspace, with).mapping == before->mapping;
    if (!same) with.header.reset();
    sort_in(same, option("--header", rows_words(*was.header)));
  }
  if (was.month && !with.month) {
    const WhatItAsks now(workspace, with);
    const bool asked = now.tells("month.not-found") || now.tells("month.contradiction");
    if (asked) with.month = was.month;
    sort_in(asked, option("--month", was.month->iso()));
  }
}

// The answers that lie over a profile: of headings those that the file has, of all others those that it asks of the same columns.
void take_answers(const Workspace& workspace, ImportRequest& with, const std::vector<std::string>& answers, const WhatItAsks* before,
                  const std::vector<std::string>& given, TakenAlong& taken) {
  const ImportProfile base = *with.profile;
  const auto lay = [&](const std::vector<std::string>& some) {
    with.profile = base;
    for (const std::string& one : some) (void)answer(*with.profile, one);
    for (const std::string& one : given) (void)answer(*with.profile, one);  // checked where they were given
  };
  std::vector<std::string> held, of_headings;
  std::copy_if(answers.begin(), answers.end(), std::back_inserter(of_headings), says_heading);
  lay(of_headings);
  const WhatItAsks now(workspace, with);
  for (const std::string& one : answers) {
    bool stays = false;
    if (says_heading(one)) {
      stays = now.headings.contains(heading_key(left_of(one)));
    } else if (one.starts_with("hidden=")) {
      stays = now.tells("row.hidden") || now.tells("row.filtered");
    } else {
      const std::set<std::string> here = now.over(one), there = before ? before->over(one) : std::set<std::string>();
      stays = !here.empty() && std::includes(there.begin(), there.end(), here.begin(), here.end());
    }
    (stays ? held : taken.left).push_back(one);
  }
  lay(held);
  const auto hold = answers_in(*with.profile);
  for (const std::string& one : held)
    if (std::find(hold.begin(), hold.end(), one) != hold.end()) taken.answers.push_back(one);
}

}  // namespace

ImportRequest with_taken_along(const Workspace& workspace, const ImportRequest& asked, const StoredDraft& stored, TakenAlong& taken) {
  ImportRequest with = asked, was;
  read_request(stored.draft.request, was);
  was.project = asked.project;
  taken.draft = stored.id;
  if (!with.kind && was.kind) with.kind = was.kind, taken.answers.push_back(option("--record", std::string(name_of(*was.kind))));
  const bool same_file = sha256_of_file(asked.file) == stored.draft.sha256;

  std::vector<std::string> answers;
  std::optional<ImportProfile> base;
  if (was.profile) {
    base = as_stored(workspace, asked.project, *was.profile);
    answers = answers_in(*was.profile);
    for (const std::string& known : answers_in(*base)) std::erase(answers, known);
  }
  if (!with.profile || with.profile->name.empty()) with.profile = base ? base : with.profile;

  // What the draft's own file asks where only its headings are answered.
  std::optional<WhatItAsks> before;
  if (!same_file)
    if (const auto opened = open_draft(workspace, asked.project, stored.id)) {
      ImportRequest& own = (*opened)->request;
      own.profile = base;
      for (const std::string& one : answers)
        if (says_heading(one)) (void)answer(*own.profile, one);
      before.emplace(workspace, own);
    }
  if (same_file) {
    const auto keep = [&](auto& now, const auto& then, const char* name, const auto& words_of) {
      if (now || !then) return;
      now = then;
      taken.answers.push_back(option(name, words_of(*then)));
    };
    keep(with.month, was.month, "--month", [](Month month) { return month.iso(); });
    keep(with.sheet, was.sheet, "--sheet", [](const std::string& sheet) { return sheet; });
    keep(with.header, was.header, "--header", rows_words);
    for (const std::string& one : answers) (void)answer(*with.profile, one);
    for (const std::string& one : asked.answers)
      if (with.profile) (void)answer(*with.profile, one);
    const auto hold = with.profile ? answers_in(*with.profile) : answers;
    for (const std::string& one : answers)
      if (std::find(hold.begin(), hold.end(), one) != hold.end()) taken.answers.push_back(one);
  } else {
    take_places(workspace, with, was, before ? &*before : nullptr, taken);
    if (!answers.empty()) take_answers(workspace, with, answers, before ? &*before : nullptr, asked.answers, taken);
  }
  with.fixes = was.fixes;
  if (!same_file)
    for (CellFix& fix : with.fixes) fix.astray = true;
  return with;
}

}  // namespace horisont
