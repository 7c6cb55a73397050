// What the numbers of the control sheet are made of. Every reconciliation of every report has a line below; a test walks them all.

#include "core/reports/control_trace.h"

#include <algorithm>
#include <set>

namespace horisont {
namespace {

using Row = std::vector<Cell>;

// A part of a number: cells of one field of a sheet.
struct Part {
  enum class Of : std::uint8_t {
    Total,   ///< the field's total
    Cells,   ///< the rows' cells
    Filled,  ///< how many rows have something in the field
    Last     ///< the last row's cell
  };
  std::string_view sheet, field;  ///< a sheet that ends in "*" is every one that begins so
  Of of = Of::Total;
  std::string_view row{};  ///< only rows with this word: a message's id, a choice, yes or no, a verdict
  std::string_view also{};
  int times = 1;
};

// How the parts become a number.
enum class How : std::uint8_t {
  Sum,        ///< what they say, added up
  Anew,       ///< what stands behind each, counted anew
  Different,  ///< how many different texts their cells hold
  Reported,   ///< minutes of the records behind them, each record once
  Accepted,
  Refused,
  Matters,    ///< rows, and the problems that are nobody's
  Register    ///< counted in the register when the report was made
};

struct Side {
  std::vector<Part> parts;
  How how = How::Sum;
};

struct Known {
  std::string_view kind, check;  ///< a kind that is empty: whichever has the parts
  Side in_report, in_register;
};

constexpr auto total = Part::Of::Total, cells = Part::Of::Cells, filled = Part::Of::Filled, last = Part::Of::Last;

Side reported_is(std::string_view sheet) { return {{{sheet, "accepted_minutes"}, {sheet, "refused_minutes"}}}; }

const std::vector<Known>& known() {
  static const std::vector<Known> all = {
      {"scb-month", "check.persons", {{{"audit_rows", "participant", filled}, {"excluded", "participant", filled}}},
       {{{"audit_rows", "participant", cells}, {"excluded", "participant", cells}}, How::Different}},
      {"scb-month", "check.reported_is_accepted_and_refused", {{{"audit_rows", "reported_minutes"}}}, reported_is("audit_rows")},
      {"scb-month", "check.accepted", {{{"audit_rows", "accepted_minutes"}}}, {{{"audit_rows", "accepted_minutes"}}, How::Accepted}},
      {"scb-month", "check.whole_hours", {{{"audit_rows", "whole_hours", total, {}, {}, 60}, {"audit_rows", "lost_minutes"}}},
       {{{"audit_rows", "accepted_minutes"}}}},
      {"scb-month", "check.block", {{{"rows", "whole_hours", cells}}}, {{{"audit_rows", "whole_hours"}}}},
      {"scb-month", "check.rows_are_total", {{{"audit_rows", "reported_minutes"}}}, {{{"audit_rows", "reported_minutes", cells}}}},
      {"scb-month", "check.all_minutes", {{{"audit_rows", "reported_minutes"}, {"excluded", "reported_minutes"}}},
       {{{"audit_rows", "reported_minutes"}, {"excluded", "reported_minutes"}}, How::Reported}},
      {"attendance-certificate", "check.reported", {{{"list", "reported_minutes"}}}, {{{"list", "reported_minutes"}}, How::Reported}},
      {"attendance-certificate", "check.reported_is_accepted_and_refused", {{{"list", "reported_minutes"}}}, reported_is("list")},
      {"attendance-certificate", "check.certificates_are_list", {{{"certificate_*", "accepted_minutes", cells}}},
       {{{"list", "accepted_minutes"}}}},
      {"hours-summary", "check.reported_is_accepted_and_refused", {{{"summary", "reported_minutes"}}}, reported_is("summary")},
      {"hours-summary", "check.reported", {{{"summary", "reported_minutes"}}}, {{{"summary", "reported_minutes"}}, How::Reported}},
      {"hours-summary", "check.accepted", {{{"summary", "accepted_minutes"}}}, {{{"summary", "accepted_minutes"}}, How::Accepted}},
      {"hours-summary", "check.refused", {{{"refused", "refused_minutes"}}}, {{{"summary", "refused_minutes"}}, How::Refused}},
      {"hours-summary", "check.whole_hours", {{{"summary", "whole_hours", total, {}, {}, 60}, {"summary", "lost_minutes"}}},
       {{{"summary", "accepted_minutes"}}}},
      {"hours-summary", "check.months_are_participants", {{{"summary", "accepted_minutes"}}}, {{{"participants", "accepted_minutes"}}}},
      {"hours-summary", "check.months_are_activities", {{{"summary", "reported_minutes"}}}, {{{"month_activity", "reported_minutes"}}}},
      {"hours-summary", "check.rows_are_total", {{{"participants", "reported_minutes"}}},
       {{{"participants", "reported_minutes", cells}}}},
      {"hours-summary", "check.months_are_days", {{{"summary", "reported_minutes"}}}, {{{"days", "reported_minutes"}}}},
      {"findings", "check.findings_are_persons", {{{"summary", "number"}}},
       {{{"per_person", "participant", filled}, {"summary", "number", cells}}, How::Matters}},
      {"findings", "check.file_findings", {{{"per_file", "open"}}}, {{{"per_file", "errors"}, {"per_file", "warnings"}, {"per_file", "notices"}}}},
      {"findings", "check.refused", {{{"summary", "minutes_affected"}}}, {{{"summary", "minutes_affected"}}, How::Refused}},
      {"findings", "check.causes_are_persons", {{{"summary", "minutes_affected"}}}, {{{"per_person", "minutes"}}}},
      {"eligibility-log", "check.assessed", {{{"assessments", "participant", filled}}}, {{{"assessments", "participant", cells}}, How::Different}},
      {"eligibility-log", "check.checkpoint", {{{"log", "log_entry", filled}}}, {{{"checkpoints", "size", last}}}},
      {"project-outcome", "check.outcome_parts",
       {{{"outcome", "number", cells, "measure.completed_employed"},
         {"outcome", "number", cells, "measure.completed_in_studies"},
         {"outcome", "number", cells, "measure.completed_both", {}, -1},
         {"outcome", "number", cells, "measure.completed_other"},
         {"outcome", "number", cells, "measure.completed_neither"},
         {"outcome", "number", cells, "measure.completed_not_known"}}},
       {{{"outcome", "number", cells, "measure.completed"}}}},
      {"project-outcome", "check.subprojects", {{{"subprojects", "taken_part"}}}, {{{"outcome", "number", cells, "measure.taken_part"}}}},
      {"project-outcome", "check.subprojects_completed", {{{"subprojects", "completed"}}}, {{{"outcome", "number", cells, "measure.completed"}}}},
      {"project-outcome", "check.entries", {{{"per_month", "entries"}}}, {{{"outcome", "number", cells, "measure.taken_part"}}}},
      {"project-outcome", "check.exits", {{{"per_month", "exits"}}}, {{{"outcome", "number", cells, "measure.left"}}}},
      {"", "check.indicator_records",
       {{{"completeness", "participants", cells, "indicator-group.complete"}, {"completeness", "participants", cells, "indicator-group.incomplete"}}},
       {{{"completeness", "participants", cells, "indicator-group.participants"}}}},
      {"", "check.indicator_columns", {{{"completeness", "participants", cells, "indicator-group.complete"}}, How::Register},
       {{{"completeness", "participants", cells, "indicator-group.complete"}}}},
      {"long-term-sample", "check.long_term_frame", {{{"plan", "value", cells, "long-term.plan.population"}}}, {{}, How::Register}},
      {"long-term-sample", "check.long_term_drawn", {{{"plan", "value", cells, "long-term.plan.drawn"}}}, {{{"sample", "participant", filled}}}},
      {"long-term-sample", "check.long_term_groups", {{{"distribution", "population", cells}}},
       {{{"plan", "value", cells, "long-term.plan.population", {}, 3}}}},
      {"payment-claim", "check.accepted", {{{"staff", "accepted_minutes"}}}, {{{"staff", "accepted_minutes"}}, How::Accepted}},
      {"payment-claim", "check.claim_hours", {{{"staff", "whole_hours"}}}, {{{"staff", "whole_hours", cells}}, How::Anew}},
      {"payment-claim", "check.claim_rows", {{{"staff", "amount"}}}, {{{"staff", "amount", cells}}, How::Anew}},
      {"payment-claim", "check.claim_month", {{{"to_date", "total", last}}}, {{{"claim", "amount", cells, "claim-line.total"}}}},
      {"payment-claim", "check.claim_parts",
       {{{"claim", "amount", cells, "claim-line.cofinancing"}, {"claim", "amount", cells, "claim-line.support"}}},
       {{{"claim", "amount", cells, "claim-line.total"}}}},
      {"annex-xvii", "check.annex_costs", {{{"costs", "amount"}}}, {{{"costs", "amount", cells}}, How::Anew}},
      {"staff-time", "check.reported_is_accepted_and_refused", {{{"months", "reported_minutes"}}}, reported_is("months")},
      {"staff-time", "check.reported", {{{"months", "reported_minutes"}}}, {{{"months", "reported_minutes"}}, How::Reported}},
      {"staff-time", "check.accepted", {{{"months", "accepted_minutes"}}}, {{{"months", "accepted_minutes"}}, How::Accepted}},
      {"staff-time", "check.refused", {{{"refused", "refused_minutes"}}}, {{{"months", "refused_minutes"}}, How::Refused}},
      {"staff-time", "check.months_are_activities", {{{"months", "reported_minutes"}}}, {{{"activities", "reported_minutes"}}}},
  };
  return all;
}

struct Left {
  std::string_view kind, what;
  Side side;
};

const std::vector<Left>& left() {
  static const std::vector<Left> all = {
      {"", "remaining.annex_unknown", {{{"fields", "known", filled, "no"}}}},
      {"payment-claim", "remaining.claim_months", {{{"to_date", "stops", filled}}}},
      {"", "remaining.certificate_not_signed", {{{"list", "signed", filled, "no"}}}},
      {"eligibility-log", "remaining.undecided", {{{"assessments", "verdict", filled, "undecided"}}}},
      {"scb-month", "remaining.undecided", {{{"excluded", "why", filled, "undecided"}}}},
      {"", "remaining.without_number", {{{"excluded", "why", filled, "protected_code_unknown"}, {"excluded", "why", filled, "no_number"}}}},
      {"", "remaining.scb_errors", {{{"checks", "result", filled, "no", "error"}}}},
      {"", "remaining.findings", {{{"summary", "number"}}}},
      {"", "remaining.evidence", {{{"without_evidence", "participant", filled}}}},
      {"", "remaining.practice_texts", {{{"practice", "hint", filled}}}},
      {"", "remaining.indicator_incomplete", {{{"completeness", "participants", cells, "indicator-group.incomplete"}}}},
      {"", "remaining.indicator_checks", {{{"checks", "agrees", filled, "no"}}}},
      {"", "remaining.long_term_not_standing", {{{"tests", "answered_stands", filled, "no"}}}},
      {"", "remaining.outcome_not_known", {{{"outcome", "number", cells, "measure.completed_not_known"}}}},
  };
  return all;
}

bool says(const Cell::Value& value, std::string_view word) {
  if (const auto* message = std::get_if<Kept<Message>>(&value)) return (*message)->id == word;
  if (const auto* choice = std::get_if<Kept<Choice>>(&value)) return (*choice)->word == word;
  if (const auto* yes = std::get_if<YesNo>(&value)) return word == (*yes == YesNo::Yes ? "yes" : *yes == YesNo::No ? "no" : "unknown");
  if (const auto* verdict = std::get_if<Verdict>(&value)) return name_of(*verdict) == word;
  return false;
}

bool empty(const Cell& cell) { return std::holds_alternative<std::monostate>(cell.value); }

std::string text_in(const Cell::Value& value) {
  if (const auto* reference = std::get_if<Reference>(&value)) return reference->text;
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : std::string();
}

// The places of a part; nothing when the report has no such sheet (of a very long report some are left out).
std::optional<std::vector<CellPlace>> places_of(const FrozenReport& frozen, const Part& part) {
  std::vector<CellPlace> places;
  bool there = false;
  const bool many = part.sheet.ends_with('*');
  for (std::size_t at = 0; at < frozen.report.sheets.size(); ++at) {
    const Sheet& sheet = frozen.report.sheets[at];
    if (many ? !sheet.id.starts_with(part.sheet.substr(0, part.sheet.size() - 1)) : sheet.id != part.sheet) continue;
    const auto found = std::find(sheet.fields.begin(), sheet.fields.end(), part.field);
    if (found == sheet.fields.end()) continue;
    there = true;
    const auto field = static_cast<std::size_t>(found - sheet.fields.begin());
    if (part.of == Part::Of::Total) {
      if (!sheet.totals.empty()) places.push_back({.sheet = at, .field = field, .total = true});
      continue;
    }
    const bool has_lines = !part.row.empty() || part.of == Part::Of::Last;
    for (std::size_t row = part.of == Part::Of::Last && !sheet.rows.empty() ? sheet.rows.size() - 1 : 0; row < sheet.rows.size(); ++row) {
      const Row& line = sheet.rows[row];
      // Sums and remarks below the rows are asked for by their own word.
      if (!has_lines && role_of(sheet, row) != Role::Body) continue;
      const auto has = [&](std::string_view word) {
        return word.empty() || std::any_of(line.begin(), line.end(), [&](const Cell& one) { return says(one.value, word); });
      };
      if (has(part.row) && has(part.also) && !empty(line[field])) places.push_back({.sheet = at, .row = row, .field = field});
    }
  }
  return there ? std::optional(places) : std::nullopt;
}

class Counter {
 public:
  Counter(const FrozenReport& frozen, Trace& found) : frozen_(frozen), found_(found) {}

  // Nothing of the report that the number is made of.
  void stated() {
    found_.derivation = Derivation::Register, found_.made_of = found_.number;
  }

  void from(const Side& side) {
    std::vector<std::pair<std::vector<CellPlace>, const Part*>> all;
    for (const Part& part : side.parts) {
      auto places = places_of(frozen_, part);
      if (!places) return stated();
      all.emplace_back(std::move(*places), &part);
    }
    std::int64_t sum = 0, rows = 0, anew = 0, nobody = 0;
    bool only_rows = !all.empty();
    std::set<std::string> texts;
    for (const auto& [places, part] : all) {
      only_rows = only_rows && part->of == Part::Of::Filled;
      for (const CellPlace& place : places) {
        const Sheet& sheet = frozen_.report.sheets[place.sheet];
        const Cell& cell = place.total ? sheet.totals[place.field] : sheet.rows[place.row][place.field];
        texts.insert(text_in(cell.value));
        found_.cells.push_back(place);
        if (part->of == Part::Of::Filled) {
          ++rows;
          continue;
        }
        const auto one = trace(frozen_, place);
        if (!one) continue;
        nobody += std::count(one->persons.begin(), one->persons.end(), FrozenReport::nobody);
        sum += part->times * one->number, anew += part->times * one->made_of;
        found_.difference += one->difference;
        take(*one);
      }
    }
    const auto is = [&](Derivation derivation, std::int64_t number) { found_.derivation = derivation, found_.made_of = number; };
    switch (side.how) {
      case How::Sum:
        return is(only_rows ? Derivation::Rows : Derivation::Cells, rows + sum);
      case How::Anew:
        return is(Derivation::Cells, anew);
      case How::Different:
        return is(Derivation::Different, std::ssize(texts));
      case How::Reported:
        return is(Derivation::Reported, minutes(&Behind::Time::reported, &Behind::Staff::reported));
      case How::Accepted:
        return is(Derivation::Accepted, minutes(&Behind::Time::accepted, &Behind::Staff::accepted));
      case How::Refused:
        return is(Derivation::Refused, minutes(&Behind::Time::refused, &Behind::Staff::refused));
      case How::Matters:
        return is(Derivation::Rows, rows + nobody);
      case How::Register:
        return stated();
    }
  }

 private:
  void take(const Trace& part) {
    const auto add = [](std::vector<std::uint32_t>& all, const std::vector<std::uint32_t>& more) {
      all.insert(all.end(), more.begin(), more.end());
      std::sort(all.begin(), all.end());
      all.erase(std::unique(all.begin(), all.end()), all.end());
    };
    add(found_.persons, part.persons), add(found_.times, part.times), add(found_.staff, part.staff);
  }

  std::int64_t minutes(std::int64_t Behind::Time::*of_time, std::int64_t Behind::Staff::*of_staff) const {
    std::int64_t all = 0;
    for (const std::uint32_t one : found_.times)
      if (one < frozen_.behind.times.size()) all += frozen_.behind.times[one].*of_time;
    for (const std::uint32_t one : found_.staff)
      if (one < frozen_.behind.staff.size()) all += frozen_.behind.staff[one].*of_staff;
    return all;
  }

  const FrozenReport& frozen_;
  Trace& found_;
};

// What one side of a reconciliation is made of.
Side side_of(const FrozenReport& frozen, std::size_t at, bool in_report) {
  const std::string& check = frozen.report.checks[at].what.id;
  // Of several projects each has a reconciliation, in the order of their columns.
  if (check == "check.reported_of") {
    for (const Sheet& sheet : frozen.report.sheets) {
      if (sheet.id != "comparison" || at + 1 >= sheet.fields.size()) continue;
      const std::string_view field = sheet.fields[at + 1];
      return {{{"comparison", field, cells, "measure.accepted_hours"}, {"comparison", field, cells, "measure.refused_hours"}},
              in_report ? How::Sum : How::Reported};
    }
  }
  for (const Known& one : known())
    if ((one.kind.empty() || one.kind == frozen.report.kind) && one.check == check) return in_report ? one.in_report : one.in_register;
  return {{}, How::Register};
}

Side side_of(const FrozenReport& frozen, const Report::Remaining& remaining, std::vector<std::string>& texts) {
  for (const Left& one : left())
    if ((one.kind.empty() || one.kind == frozen.report.kind) && one.what == remaining.what.id) return one.side;
  // Evidence of a claim is told by the words of its row.
  if (remaining.what.id.starts_with("claim-evidence.")) {
    texts.push_back(remaining.what.id);
    return {{{"evidence", "missing", cells, texts.back()}}};
  }
  return {{}, How::Register};
}

}  // namespace

std::int64_t units_of(std::string_view text) {
  std::int64_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0) != 0x80 ? (byte >= 0xF0 ? 2 : 1) : 0;
  }
  return units;
}

std::optional<std::int64_t> control_number(const FrozenReport& frozen, const CellPlace& place) {
  const Report& report = frozen.report;
  switch (place.control) {
    case Control::None:
      break;
    case Control::Check: {
      if (place.row >= report.checks.size() || place.field > 2) break;
      const Report::Check& check = report.checks[place.row];
      return place.field == 0 ? check.in_report : place.field == 1 ? check.in_register : check.in_report - check.in_register;
    }
    case Control::Remaining:
      if (place.row < report.remaining.size()) return report.remaining[place.row].number;
      break;
    case Control::Cut:
      if (place.sheet < report.sheets.size() && place.row < report.sheets[place.sheet].rows.size() &&
          place.field < report.sheets[place.sheet].rows[place.row].size())
        return units_of(text_in(report.sheets[place.sheet].rows[place.row][place.field].value));
      break;
  }
  return std::nullopt;
}

std::optional<Trace> trace_control(const FrozenReport& frozen, const CellPlace& place) {
  const auto number = control_number(frozen, place);
  if (!number) return std::nullopt;
  Trace found;
  found.place = place, found.number = *number, found.value = *number;
  Counter count(frozen, found);
  if (place.control == Control::Cut) {
    CellPlace whole = place;
    whole.control = Control::None;
    found.derivation = Derivation::Letters, found.made_of = *number, found.cells = {whole};
  } else if (place.control == Control::Remaining) {
    std::vector<std::string> texts;
    texts.reserve(1);
    count.from(side_of(frozen, frozen.report.remaining[place.row], texts));
  } else {
    const Report::Check& check = frozen.report.checks[place.row];
    if (check.minutes) found.value = Minutes{*number};
    if (check.money) found.value = Money::of_ore(*number);
    if (place.field < 2) {
      count.from(side_of(frozen, place.row, place.field == 0));
    } else {
      CellPlace in_report = place, in_register = place;
      in_report.field = 0, in_register.field = 1;
      found.derivation = Derivation::Disagreement, found.cells = {in_report, in_register};
      found.made_of = *control_number(frozen, in_report) - *control_number(frozen, in_register);
    }
  }
  found.difference += found.number - found.made_of;
  return found;
}

}  // namespace horisont
