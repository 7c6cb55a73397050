#include "core/values/texts.h"

// Staff time, claims and certificates: the words of their workbooks.

namespace horisont {

std::span<const Text> texts_funding() {
  static constexpr Text texts[] = {
      {"staff-function.project_leader_large", "projektledare, större projekt", "project leader, larger project"},
      {"staff-function.project_leader", "projektledare", "project leader"},
      {"staff-function.project_worker", "projektmedarbetare", "project worker"},
      {"staff-function.project_economist", "projektekonom", "project economist"},
      {"staff-function.project_administrator", "projektadministratör", "project administrator"},

      {"report.staff-time", "Personaltid", "Staff time"},
      {"report.payment-claim", "Ansökan om utbetalning", "Payment claim"},

      // Why staff time is refused. What is undecided is the share of employment.
      {"staff-reason.outside_project", "utanför projekttiden", "outside the project"},
      {"staff-reason.outside_project.do", "Kontrollera dagen; gäller ett nytt beslut, lägg in det i projektfilen.",
       "Check the day; if a new decision holds, enter it in the project file."},
      {"staff-reason.undecided", "tjänstgöringsgraden är inte känd", "the share of employment is not known"},
      {"staff-reason.undecided.do", "Fyll i tjänstgöringsgraden i personaltiden och läs in filen igen.",
       "Fill in the share of employment in the staff time and read the file in again."},
      {"staff-reason.over_day_limit", "över dagsgränsen, alla projekt", "over the daily limit, all projects"},
      {"staff-reason.over_day_limit.do", "Kontrollera dagens tider, även i andra projekt.",
       "Check the day's hours, in other projects too."},
      {"staff-reason.over_year_limit", "över årsgränsen, alla projekt", "over the yearly limit, all projects"},
      {"staff-reason.over_year_limit.do", "Tiden ger inget stöd. Kontrollera årets tider och tjänstgöringsgraden.",
       "The time is not funded. Check the year's hours and the share of employment."},
      {"staff-reason.absence", "frånvaro", "absence"},
      {"staff-reason.absence.do", "Inget behöver göras om personen var borta; annars rätta raden.",
       "Nothing needs to be done if the person was away; otherwise correct the row."},
      {"staff-reason.not_signed", "inte underskriven som programmet kräver", "not signed as the programme asks"},
      {"staff-reason.not_signed.do", "Låt personen, och chefen där det krävs, skriva under och läs in filen igen.",
       "Have the person, and the approver where asked for, sign it and read the file in again."},

      {"hours.two_places.text", "{0}: deltagaren står under samma klockslag också i {1} ({2} minuter).",
       "{0}: the participant also stands in {1} at the same time of day ({2} minutes)."},
      {"hours.two_places.do", "Ta reda på i vilket projekt personen var och rätta det andra projektets rad.",
       "Find out in which project the person was and correct the row of the other project."},

      {"grant.share-differs", "Beloppen ger {0},{1} % av budgeten, men beslutet anger {2}. Kontrollera beloppen mot beslutet.",
       "The amounts make {0}.{1} % of the budget, but the decision states {2}. Check the amounts against the decision."},
      {"grant.one-of-two-parts",
       "Beloppet är {0},{1} % av budgeten, men beslutet anger {2}. Pengar ur ungdomssysselsättningsinitiativet har två lika delar; "
       "troligen visas bara den ena.",
       "The amount is {0}.{1} % of the budget, but the decision states {2}. Money of the Youth Employment Initiative has two equal "
       "parts; probably only one is shown."},

      {"def.staff.reported", "All tid i projektet som har lästs in för månaden", "All time in the project that was read in"},
      {"def.staff.accepted",
       "Tid som ryms i dagens och årets gräns över alla projekt och är underskriven som programmet kräver",
       "Time within the limits of day and year over all projects, signed as the programme asks"},
      {"def.staff.cap", "Programmets årsgräns gånger tjänstgöringsgraden, i medeltal över årets månader",
       "The programme's yearly limit times the share of employment, the mean of the year's months"},
      {"def.staff.elsewhere", "Rapporterad tid i andra projekt som Horisont känner till",
       "Reported time in other projects that Horisont knows"},
      {"def.staff.other_eu", "Tid som uppges för andra EU-projekt, utöver den som Horisont känner till",
       "Time stated for other EU projects, beyond what Horisont knows"},
      {"def.staff.left", "Årsgränsen minus all tid; en gräns som nås exakt är tillåten",
       "The limit less all time; a limit that is reached exactly is allowed"},
      {"def.staff.over", "All tid minus årsgränsen; den delen godkänns inte", "All time less the limit; that part is refused"},
      {"def.claim.rate", "Timkostnad för funktionen i projektets område, den dag arbetet gjordes",
       "What an hour of the function costs in the project's area on the day of the work"},
      {"def.claim.amount", "Hela timmar gånger timkostnad, avrundat en gång", "Whole hours times the rate, rounded once"},

      {"check.claim_hours", "Hela timmar för personal", "Whole hours of staff"},
      {"check.claim_rows", "Personalens belopp, rad för rad", "Amounts of staff, row by row"},
      {"check.claim_month", "Månaden i tabellen hittills är ansökans summa",
       "The month in the table to date is the claim's total"},
      {"check.claim_parts", "Medfinansiering och stöd är summan", "Co-financing and support are the total"},
      {"remaining.staff_share", "Anställda vars tjänstgöringsgrad inte är känd: deras tid godkänns inte",
       "Staff whose share of employment is not known: their time is refused"},
      {"remaining.staff_undecided", "Rader med personaltid som inte kan avgöras", "Rows of staff time that cannot be decided"},
      {"remaining.staff_part_year", "Anställda över den del av årsgränsen som svarar mot månaderna med tid (varning)",
       "Staff above the part of the yearly limit for the months with time (warning)"},
      {"remaining.staff_unsigned", "Månader med personaltid som inte är underskrivna",
       "Months of staff time that are not signed"},
      {"remaining.claim_months", "Tidigare månader vars belopp inte kan räknas",
       "Earlier months whose amount cannot be worked out"},
      {"unverified.staff_year_cap", "Årsgräns för personal", "Yearly limit of staff"},
      {"unverified.staff_day_cap", "Dagsgräns för personal", "Daily limit of staff"},
      {"unverified.part_year_cap", "Om årsgränsen minskar vid del av år",
       "Whether the yearly limit shrinks for part of a year"},
      {"unverified.staff_signature", "Underskrifter som personaltid kräver", "Signatures that staff time needs"},
      {"unverified.latest_refused_first", "Tid över årsgränsen tas från den senaste tiden",
       "Time above the yearly limit is taken from the latest time"},
      {"unverified.money_rounding", "Avrundning av belopp till öre", "Rounding of amounts to öre"},
      {"unverified.claim_rate", "Sats i ansökan", "Rate in the claim"},
      {"unverified.claim_term", "Projektets villkor för ansökan", "The project's terms of the claim"},
      {"unverified.claim_due", "Sista dag för ansökan: den tidigare läsningen", "Due date of the claim: the earlier reading"},

      {"claim.stopped", "Ansökan räknas inte förrän allt finns. {0}",
       "The claim is not worked out until everything is there. {0}"},
      {"claim.due", "ansökan lämnas senast {0}", "claim due on {0}"},
      {"claim-line.staff", "Personal: {0}", "Staff: {0}"},
      {"claim-line.flat_rate", "Schablon {0}", "Flat rate {0}"},
      {"claim-line.other_direct", "Andra direkta kostnader", "Other direct costs"},
      {"claim-line.participant_time", "Deltagares tid: {0}", "Participants' time: {0}"},
      {"claim-line.participant_allowances", "Deltagarersättning", "Participants' allowances"},
      {"claim-line.total", "Summa kostnader", "Total cost"},
      {"claim-line.cofinancing", "Medfinansiering", "Co-financing"},
      {"claim-line.support", "Stöd som söks", "Support asked for"},
      {"claim-line.rounding",
       "Avrundning: personalens rader avrundade var för sig, minus summan avrundad en gång (räknas inte)",
       "Rounding: rows of staff each rounded, less the sum rounded once (not claimed)"},
      {"claim-line.rounding_months", "Avrundning: månadernas totaler avrundade var för sig, minus summan avrundad en gång (räknas inte)",
       "Rounding: the months' totals each rounded, less the sum rounded once (not claimed)"},
      {"claim-evidence.signed", "Rader med personaltid som ska vara underskrivna", "Rows of staff time to be signed"},
      {"claim-evidence.approved", "Rader med personaltid som ska vara attesterade", "Rows of staff time to be approved"},
      {"claim-evidence.function", "Rader med personaltid som ska ha funktion", "Rows of staff time to have a function"},
      {"claim-evidence.activity", "Rader med personaltid som ska ha aktivitet", "Rows of staff time to have an activity"},
  };
  return texts;
}

}  // namespace horisont
