#include "edge/demo/records.h"

#include <algorithm>

namespace horisont::demo {
namespace {

std::uint32_t count(const std::vector<std::string>& headings) { return static_cast<std::uint32_t>(headings.size()); }

void head(Paper& paper, const std::string& title, const std::vector<std::string>& headings) {
  if (!title.empty()) {
    paper.title(title, count(headings));
    paper.gap();
  }
  std::vector<PlainCell> cells;
  for (const std::string& heading : headings) cells.push_back(text(heading, true));
  paper.row(std::move(cells));
  paper.widths(std::vector<double>(headings.size(), 16.0));
}

std::uint32_t column(const std::vector<std::string>& headings, const std::string& heading) {
  return static_cast<std::uint32_t>(std::find(headings.begin(), headings.end(), heading) - headings.begin()) + 1;
}

// The places at which `faults` problems are planted in a list of `rows`.
bool fault_due(std::size_t row, std::size_t rows, std::size_t planted, std::size_t faults) {
  return planted < faults && (row + 1) * (faults + 1) >= (planted + 1) * rows;
}

}  // namespace

void write_results(const std::filesystem::path& folder, Manifest& manifest, Registry& registry, const std::string& project,
                   const ResultHabits& habits, std::vector<const Participant*> leavers) {
  std::stable_sort(leavers.begin(), leavers.end(),
                   [](const Participant* a, const Participant* b) { return a->exit < b->exit; });
  Paper paper(manifest, project, "results", habits.file, "Avslut", habits.form);
  std::vector<std::string> headings{"Personnummer", "Namn",        "Slutdatum",      "Fullföljt insatsen", "Avslutsorsak",
                                    "Status efter", "Statusdatum", "Studerar efter", "Ny kvalifikation"};
  if (habits.school)
    headings.insert(headings.end(), {"Fullständiga betyg", "Kommit in på nationellt program"});
  else
    headings.push_back("Fått erbjudande");
  headings.push_back("Källa");
  if (habits.health) headings.push_back("Förbättrad hälsa");
  const bool follow_up = habits.followed_up_until >= 0;
  if (follow_up)
    headings.insert(headings.end(), {"Uppföljningsdatum", "Svar vid uppföljning", "Status efter 6 månader", "Studier efter 6 månader"});
  head(paper, habits.title, headings);
  if (habits.health && !habits.health_collected) paper.habit("header.not-collected");

  const auto cells = [&](const Participant& person, const Replacement& replaced = {}) {
    const Outcome& after = person.outcome;
    RowBuilder row(replaced);
    row.add([&] { return paper.number(person.number, habits.numbers); }).words(person.listed_name());
    row.add([&] { return paper.dated(person.exit, habits.dates, "Slutdatum"); });
    row.words(after.completed ? "ja" : "nej").words(after.reason).words(after.status_after);
    row.add([&] { return paper.dated(person.status_on(habits.made_on), habits.dates, "Statusdatum"); });
    row.words(after.studies_after).words(after.qualification);
    if (habits.school)
      row.words(after.grades_after).words(after.programme_after);
    else
      row.words(after.offer);
    row.words(person.born % 3 == 0 ? "deltagaren" : "handling");
    if (habits.health) row.words(after.health_improved ? "ja" : "nej");
    if (follow_up) {
      const Day asked = person.exit + 184 + person.born % 9;
      const bool due = asked <= habits.followed_up_until, reached = due && person.born % 4 != 0;
      row.add([&] { return due ? paper.dated(asked, habits.dates, "Uppföljningsdatum") : PlainCell{}; });
      row.words(!due ? "" : reached ? "svarat" : person.born % 8 == 0 ? "vill inte svara" : "ej nådd");
      row.words(!reached ? "" : person.born % 3 == 0 ? "arbetslös" : person.born % 3 == 1 ? "anställd" : "ej i arbetskraften");
      row.words(!reached ? "" : person.born % 3 == 2 ? "ja" : "nej");
    }
    return row.row();
  };
  std::size_t planted = 0;
  for (std::size_t i = 0; i < leavers.size(); ++i) {
    paper.data(cells(*leavers[i]));
    if (!fault_due(i, leavers.size(), planted, habits.faults.size())) continue;
    Participant person = *leavers[i];
    const auto refused = [&](const std::string& heading, PlainCell cell, std::string code, std::string what) {
      const std::uint32_t at = column(headings, heading), row = paper.data(cells(person, {at, std::move(cell)}));
      paper.fault(row, at, std::move(code), std::move(what));
      return row;
    };
    switch (habits.faults[planted++]) {
      case ResultFault::UnknownPerson: {
        const Participant stranger = registry.someone(day_of(1993, 1, 1), day_of(1999, 12, 31));
        person.number = stranger.number, person.family = stranger.family, person.given = stranger.given;
        paper.fault(paper.data(cells(person)), 1, "row.unknown-person", "somebody who is in no register");
        break;
      }
      case ResultFault::ExitBeforeEntry:
        refused("Slutdatum", date(person.entry - 10, DateForm::Iso), "order.exit-before-entry", "left before coming");
        break;
      case ResultFault::UnknownReason: {
        person.exit += 1;
        const std::uint32_t row = refused("Avslutsorsak", text("tröttnade"), "choice.unknown", "a reason that is in no list");
        if (habits.register_has_exits) paper.fault(row, column(headings, "Slutdatum"), "result.other-exit", "another end date than the register's");
        break;
      }
      case ResultFault::NotInCalendar:
        refused("Slutdatum", text("2017-11-31"), "date.not-in-calendar", "left on 31 November");
        break;
    }
  }
  paper.save(folder);
}

void write_evidence(const std::filesystem::path& folder, Manifest& manifest, Registry& registry, const std::string& project,
                    const EvidenceHabits& habits, const std::vector<const Participant*>& people) {
  Paper paper(manifest, project, "evidence", habits.file, "Underlag", habits.form);
  const std::vector<std::string> headings{habits.local_id ? "Deltagar-id" : "Personnummer",
                                          "Krav",
                                          "Dokument",
                                          "Datum",
                                          "Utfärdare",
                                          "Beteckning",
                                          "Kontrollerat datum",
                                          "Kontrollerat av",
                                          "Förvaras hos",
                                          "Pärm"};
  head(paper, habits.title, headings);
  int running = 0;
  struct Document {
    std::string criterion, kind, letter, issued_by;
    Day issued;
  };
  const auto on_entry = [&](const Participant& person, bool residence) {
    const bool late = person.evidence_days > 0;
    const Day issued = person.entry + (late ? person.evidence_days : -((person.born + (residence ? 0 : 7)) % 15));
    return residence ? Document{"bosättning", "registerutdrag", "FB ", "Skatteverket", issued}
                     : Document{"sysselsättning", "intyg", "U ", habits.status_from, issued};
  };
  const auto cells = [&](const Participant& person, const Document& document, const Replacement& replaced = {}) {
    RowBuilder row(replaced);
    row.add([&] { return habits.local_id ? text(person.local_id) : paper.number(person.number, habits.numbers); });
    row.words(document.criterion).words(document.kind);
    row.add([&] { return paper.dated(document.issued, habits.dates, "Datum"); });
    row.words(document.issued_by);
    row.words(document.letter + std::to_string(ymd(document.issued).year) + "-" + std::to_string(1000 + ++running));
    row.add([&] { return paper.dated(std::max(document.issued, person.entry), habits.dates, "Kontrollerat datum"); });
    row.words("Karin Berg").words(habits.held_by).words("Pärm " + std::to_string(1 + running / 120));
    return row.row();
  };
  std::size_t planted = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Participant& person = *people[i];
    if (person.evidence)
      for (const bool residence : {true, false}) {
        const std::uint32_t row = paper.data(cells(person, on_entry(person, residence)));
        if (person.evidence_days > 0)
          paper.fault(row, column(headings, "Datum"), "evidence.after-entry",
                      "dated " + std::to_string(person.evidence_days) + " days after the entry");
      }
    // Who left to work or studies brings a certificate; one in ten is still to come.
    const Outcome& after = person.outcome;
    const bool works = after.status_after == "anställd" || after.status_after == "eget företag";
    if (person.exit >= 0 && after.completed && (works || after.studies_after == "ja") && person.born % 10 != 0)
      paper.data(cells(
          person, {"status vid avslut", "intyg", "A ", works ? "Arbetsgivaren" : "Skolan", person.status_on(habits.made_on)}));
    if (!fault_due(i, people.size(), planted, habits.faults.size()) || !person.evidence || person.evidence_days > 0) continue;
    const auto refused = [&](const std::string& heading, PlainCell cell, std::string code, std::string what) {
      const std::uint32_t at = column(headings, heading);
      paper.fault(paper.data(cells(person, on_entry(person, true), {at, std::move(cell)})), at, std::move(code),
                  std::move(what));
    };
    switch (habits.faults[planted++]) {
      case EvidenceFault::UnknownPerson:
        if (habits.local_id) {
          refused(headings[0], text("UH-997"), "row.unknown-person", "an id that no register has");
        } else {
          Participant stranger = registry.someone(day_of(1993, 1, 1), day_of(1999, 12, 31));
          stranger.entry = person.entry;
          paper.fault(paper.data(cells(stranger, on_entry(stranger, true))), 1, "row.unknown-person",
                      "somebody who is in no register");
        }
        break;
      case EvidenceFault::UnknownCriterion:
        refused("Krav", text("allmänt intryck"), "choice.unknown", "a criterion that is in no list");
        break;
      case EvidenceFault::DateMissing:
        refused("Datum", {}, "cell.must-missing", "a document without its date");
        break;
      case EvidenceFault::HolderMissing:
        refused("Förvaras hos", {}, "cell.must-missing", "nobody is said to keep the document");
        break;
    }
  }
  paper.save(folder);
}

void write_staff(const std::filesystem::path& folder, Manifest& manifest, Lottery& lottery, const std::string& project,
                 const StaffHabits& habits) {
  Paper paper(manifest, project, "staff-time", habits.file, "Personaltid", habits.form);
  const std::vector<std::string> headings{"Anst.nr",           "Medarbetare",  "Arbetsgivare", "Funktion",
                                          "Tjänstgöringsgrad", "Datum",        "Arbetad tid",  "Timmar i andra EU-projekt",
                                          "Beskrivning",       "Underskrivet", "Godkänd av",   "Godkänd datum"};
  head(paper, habits.title, headings);
  struct Colleague {
    std::string name, function, share;
  };
  static const std::vector<Colleague> colleagues{
      {"Karin Berg", "projektledare", "100 %"},   {"Lars Holm", "projektmedarbetare", "100 %"},
      {"Eva Lund", "projektmedarbetare", "75 %"}, {"Per Dahl", "projektmedarbetare", "50 %"},
      {"Maria Ek", "projektekonom", "40 %"},      {"Anders Ås", "projektadministratör", "50 %"}};
  const std::vector<std::string> work{
      "Enskilda samtal",           "Planering av gruppverksamhet",  "Möte med Arbetsförmedlingen",
      "Studiebesök med deltagare", "Dokumentation och uppföljning", "Kontakt med arbetsgivare om praktik"};
  const auto total = static_cast<std::size_t>(habits.last - habits.first + 1);
  std::size_t planted = 0;
  for (Day day = habits.first; day <= habits.last; ++day) {
    if (is_free(day) || ymd(day).month == 7) continue;
    for (int i = 0; i < habits.people; ++i) {
      const Colleague& colleague = colleagues[static_cast<std::size_t>(i) % colleagues.size()];
      if (!lottery.chance(i == 0 ? 60 : 40)) continue;
      const auto [year, month, date_of_month] = ymd(day);
      const std::int64_t minutes = 30 * lottery.between(8, 16);
      // After the month, or after the last day where that is sooner: nothing is signed on a day that has not been.
      const Day signed_on = working_day_from(std::min(day_of(year, month, length_of_month(year, month)), habits.last) + 1);
      const Day approved_on = working_day_from(signed_on + 1);
      const auto cells = [&](int staff_number, std::int64_t worked, const Replacement& replaced = {}) {
        RowBuilder row(replaced);
        row.words(std::to_string(staff_number))
            .words(colleague.name)
            .words("Karlstads kommun")
            .words(colleague.function)
            .words(colleague.share);
        row.add([&] { return paper.dated(day, habits.dates, "Datum"); });
        row.add([&] { return hours(worked, habits.hours); }).add([] { return hours(0, HoursForm::Number); });
        row.words(lottery.one_of(work));
        row.add([&] { return paper.dated(signed_on, habits.dates, "Underskrivet"); }).words("Birgitta Norén");
        row.add([&] { return paper.dated(approved_on, habits.dates, "Godkänd datum"); });
        return row.row();
      };
      paper.data(cells(habits.first_staff_number + i, minutes));
      if (i != 0 || !fault_due(static_cast<std::size_t>(day - habits.first), total, planted, habits.faults.size())) continue;
      const auto refused = [&](const std::string& heading, PlainCell cell, std::string code, std::string what) {
        const std::uint32_t at = column(headings, heading);
        // Under a number of its own, so that the row contradicts no other.
        paper.fault(paper.data(cells(habits.first_staff_number + 50, 240, {at, std::move(cell)})), at, std::move(code),
                    std::move(what));
      };
      switch (habits.faults[planted++]) {
        case StaffFault::Over24:
          refused("Arbetad tid", hours(26 * 60, habits.hours), "hours.over-24", "26 hours on one day");
          break;
        case StaffFault::NotInCalendar:
          refused("Datum", text(std::to_string(year) + "-09-31"), "date.not-in-calendar", "work on 31 September");
          break;
        case StaffFault::UnknownFunction:
          refused("Funktion", text("allt i allo"), "choice.unknown", "a function that is in no list");
          break;
      }
    }
  }
  paper.save(folder);
}

}  // namespace horisont::demo
