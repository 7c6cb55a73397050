#include "core/values/texts.h"

namespace horisont {

std::span<const Text> texts_app() {
  static constexpr Text texts[] = {
      {"file.already-read", "Filen är redan inläst {0} av {1} ({2}). Inget har ändrats.",
       "The file was read in already on {0} by {1} ({2}). Nothing has changed."},
      {"file.already-read.do", "Du behöver inte göra något.", "You need do nothing."},
      {"report.needs-month", "Rapporten {0} gäller en månad: ange --period ÅÅÅÅ-MM.",
       "The report {0} is for a month: give --period YYYY-MM."},
      {"report.unknown", "Rapporten {0} finns inte.", "There is no report {0}."},
      {"correct.unknown-field", "Fältet {0} finns inte bland deltagarnas uppgifter. Närmast: {1}",
       "Participants have no field {0}. Nearest: {1}"},
      {"correct.value", "{0}: {1}", "{0}: {1}"},
      {"correct.reason", "Skälet ska ha minst tio tecken.", "The reason needs at least ten characters."},
      {"correct.participant", "{0} finns inte i projektet {1}.", "There is no {0} in the project {1}."},
      {"import-state.stored", "inläst", "read in"},
      {"import-state.already-read", "redan inläst", "already read"},
      {"import-state.refused", "ej inläst", "refused"},
      {"import-state.checked", "kontrollerad", "checked"},
      {"record.participants", "deltagare", "participants"},
      {"record.attendance", "närvaro", "attendance"},
      {"record.staff-time", "personaltid", "staff time"},
      {"record.results", "avslut och resultat", "exits and results"},
      {"record.evidence", "underlag", "evidence"},
      {"table.total", "Summa", "Total"},
      {"table.missing", "saknas", "missing"},
      {"table.unverified", "overifierad", "unverified"},
      {"doctor.store", "databas", "database"},
      {"doctor.sound", "i ordning", "sound"},
      {"demo.making", "Gör påhittade indata i {0} …", "Making invented inputs in {0} …"},
      {"demo.made", "{0} filer, så som handläggare har dem.", "{0} files, as administrators keep them."},
      {"demo.read", "{0}: {1} filer inlästa, {2} rader; {3} rader med fel lämnades utanför.",
       "{0}: {1} files read in, {2} rows; {3} rows with errors were left out."},
      {"demo.decided", "{0}: {1} deltagare bedömda, {2} arbetsböcker skapade.", "{0}: {1} participants decided, {2} workbooks made."},
      {"demo.agrees", "Alla planterade fel hittades, och inga andra. Sammanfattning: {0}", "All planted faults were found, and no others. Summary: {0}"},
      {"demo.differs", "Det som hittades skiljer sig från det som planterades på {1} ställen; se {0}",
       "What was found differs from what was planted in {1} places; see {0}"},
      {"demo.not-a-folder", "{0} är ingen mapp. Ange en ny mapp.", "{0} is not a folder. Name a new folder."},
      {"demo.not-empty", "Mappen {0} är inte tom och inte gjord av en tidigare demonstration. Ange en ny mapp; inget har ändrats.",
       "The folder {0} is neither empty nor made by an earlier demonstration. Name a new folder; nothing has changed."},
      {"demo.all-projects", "Alla tre", "All three"},
      {"report.scb-month", "SCB-rapport", "SCB report"},
      {"report.hours-summary", "Timmar", "Hours"},
      {"report.eligibility-log", "Behörighetslogg", "Eligibility log"},
      {"report.findings", "Brister", "Findings"},
      {"report.project-outcome", "Utfall", "Outcome"},
      {"report.good-practice", "God praxis", "Good practice"},
      {"place.sheet", "blad {0}", "sheet {0}"},
      {"place.cell", "cell {0}", "cell {0}"},
      {"place.row", "rad {0}", "row {0}"},
  };
  return texts;
}

}  // namespace horisont
