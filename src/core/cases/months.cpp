#include "core/cases/months.h"

#include <algorithm>

#include "core/cases/deadlines.h"

namespace horisont {

std::string_view name_of(MonthEvent::Kind kind) {
  constexpr std::string_view names[] = {"attested", "filed", "closed", "reopened"};
  return names[static_cast<std::size_t>(kind)];
}
std::string_view name_of(MonthState state) {
  constexpr std::string_view names[] = {"open", "attested", "filed", "closed"};
  return names[static_cast<std::size_t>(state)];
}
std::string_view name_of(FileState state) {
  constexpr std::string_view names[] = {"not_open", "open", "submitted", "stale"};
  return names[static_cast<std::size_t>(state)];
}

std::string MonthContent::text() const {
  return people + "." + claim + "." + rules + "." + programme + "." + project + "." + program;
}

MonthContent MonthContent::of(std::string_view text) {
  MonthContent found;
  for (std::string* part : {&found.people, &found.claim, &found.rules, &found.programme, &found.project}) {
    const std::size_t end = text.find('.');
    *part = text.substr(0, end);
    if (end == text.npos) return found;
    text.remove_prefix(end + 1);
  }
  found.program = text;
  return found;
}

bool same_people(std::string_view a, std::string_view b) { return MonthContent::of(a).people == MonthContent::of(b).people; }

bool same_claim(std::string_view then, std::string_view now, bool closed) {
  const std::string before = MonthContent::of(then).claim, after = MonthContent::of(now).claim;
  return before.empty() || after.empty() || before == after || (before == MonthContent::no_claim && !closed);
}

std::vector<std::string> causes(std::string_view filed, std::string_view now) {
  const MonthContent a = MonthContent::of(filed), b = MonthContent::of(now);
  std::vector<std::string> found;
  if (a.rules != b.rules) found.push_back("rules");
  if (a.programme != b.programme) found.push_back("programme");
  if (a.project != b.project) found.push_back("project");
  if (a.program != b.program) found.push_back("program");
  if (found.empty()) found.push_back("elsewhere");
  return found;
}

namespace {

MonthStanding standing(std::span<const MonthEvent> events, Month month, Date today, const std::string& content) {
  MonthStanding found{.month = month};
  for (const MonthEvent& event : events) {
    if (event.month != month) continue;
    switch (event.kind) {
      case MonthEvent::Kind::Attested:
        found.state = MonthState::Attested;
        found.attested = event;
        break;
      case MonthEvent::Kind::Filed:
        if (found.state != MonthState::Closed) found.state = MonthState::Filed;  // sent once more, nothing else
        found.filed = event;
        if (++found.versions == 1) found.first_filed_on = event.filed_on;
        break;
      case MonthEvent::Kind::Closed:
        found.state = MonthState::Closed;
        found.closed = event;
        break;
      case MonthEvent::Kind::Reopened:
        found.state = MonthState::Open;
        found.reopened = event;
        break;
    }
  }
  // Facts of an attested month may be changed: the attest falls.
  if (found.state == MonthState::Attested && !same_content(found.attested->content, content)) {
    found.state = MonthState::Open;
    found.attest_fell = true;
  }
  if (found.filed) {
    const std::string& then = found.filed->content;
    found.changed = !same_people(then, content);
    const bool closed = found.state == MonthState::Closed;
    found.claim_changed = !same_claim(closed ? found.closed->content : then, content, closed);
    // What the claim differs from is what was closed.
    const std::string& since = closed && !found.changed ? found.closed->content : then;
    if (is_filed(found) && (found.changed || found.claim_changed)) found.differs_because = causes(since, content);
    // A month that is open again has the file that was sent, as long as what stands in it is the same.
    found.file = found.changed ? FileState::Stale : FileState::Submitted;
  } else {
    found.file = today > month.last() ? FileState::Open : FileState::NotOpen;
  }
  return found;
}

}  // namespace

std::vector<MonthStanding> standings(std::span<const MonthEvent> events, Month first, Month last, Date today,
                                     const ProgrammeTerms& terms, const std::map<Month, std::string>& contents) {
  std::vector<MonthStanding> all;
  // The reason that the first file of all was sent with says how the months before it were reported.
  const MonthEvent* first_file = nullptr;
  for (const MonthEvent& event : events)
    if (event.kind == MonthEvent::Kind::Filed && (!first_file || event.order < first_file->order)) first_file = &event;
  const bool told = first_file && !first_file->reason.empty();
  bool earlier_is_stale = false;
  std::int64_t newest_filing_before = 0;
  for (Month month = first; month <= last; month = month.next()) {
    const auto content = contents.find(month);
    MonthStanding found = standing(events, month, today, content == contents.end() ? std::string() : content->second);
    found.due = month_due(terms, "scb_month", month);
    const std::optional<Date> sent = found.first_filed_on;
    found.settled = told && !found.filed && month < first_file->month;
    found.late = found.due && !found.settled && (sent ? *sent : today) > *found.due;
    // A file that was adjusted takes every later one with it (SCB): each is read in again after the one before it.
    if (found.filed && (earlier_is_stale || newest_filing_before > found.filed->order)) found.file = FileState::Stale;
    earlier_is_stale |= found.file == FileState::Stale;
    if (found.filed) newest_filing_before = std::max(newest_filing_before, found.filed->order);
    all.push_back(std::move(found));
  }
  return all;
}

std::string listed(std::span<const Month> months) {
  std::string text;
  for (const Month month : months) text += (text.empty() ? "" : ", ") + month.iso();
  return text;
}

std::vector<Month> to_send_again(std::span<const MonthStanding> all) {
  std::vector<Month> months;
  for (const MonthStanding& one : all)
    if (one.file == FileState::Stale) months.push_back(one.month);
  return months;
}

Result<bool> may_become(MonthEvent::Kind kind, Month month, std::span<const MonthStanding> all, Date today) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const MonthStanding& one) { return one.month == month; });
  if (found == all.end())
    return problem("month.outside-project", month.iso(), all.empty() ? "" : all.front().month.iso(),
                   all.empty() ? "" : all.back().month.iso());
  const std::string state(name_of(found->state));
  switch (kind) {
    case MonthEvent::Kind::Attested:
      if (today <= month.last()) return problem("month.not-over", month.iso(), month.last().iso());
      if (found->state != MonthState::Open) return problem("month.is-" + state, month.iso());
      return true;
    case MonthEvent::Kind::Filed: {
      if (is_filed(*found) && !is_sent_once_more(*found))
        return problem(found->differs_because.empty() ? "month.is-" + state : "month.reopen-first", month.iso());
      if (found->state == MonthState::Open)
        return problem(found->attest_fell ? "month.attest-fell" : "month.not-attested", month.iso());
      if (!is_filed(*found) && found->file == FileState::Submitted) return problem("month.nothing-to-send", month.iso());
      for (auto before = all.begin(); before != found; ++before)
        if (before->file == FileState::Stale) return problem("month.earlier-first", month.iso(), before->month.iso());
      const bool begun = std::any_of(all.begin(), found, [](const MonthStanding& one) { return one.filed.has_value(); });
      if (begun && !std::prev(found)->filed) return problem("month.gap", month.iso(), std::prev(found)->month.iso());
      return true;
    }
    case MonthEvent::Kind::Closed:
      if (found->state == MonthState::Closed) return problem("month.is-" + state, month.iso());
      // Opened and attested anew because of the claim: the file that was sent is still the right one.
      if (!found->filed || found->state == MonthState::Open) return problem("month.not-filed", month.iso());
      if (found->file != FileState::Submitted) return problem("month.must-be-sent-again", month.iso());
      if (!found->differs_because.empty()) return problem("month.reopen-first", month.iso());
      return true;
    case MonthEvent::Kind::Reopened:
      if (found->state == MonthState::Open) return problem("month.is-" + state, month.iso());
      return true;
  }
  return true;
}

}  // namespace horisont
