#include "core/values/texts.h"

// What the commands about money, double funding, follow-up and effects say.

namespace horisont {

std::span<const Text> texts_money() {
  static constexpr Text texts[] = {
      {"cli.c.claim", "Vad som får sökas för en period: varje belopp med formel, källa och säkerhet",
       "What may be claimed for a period: every amount with formula, source and confidence"},
      {"cli.o.claim-period", "En månad, ÅÅÅÅ-MM", "One month, YYYY-MM"},
      {"cli.o.claim-from", "Periodens första månad, ÅÅÅÅ-MM", "The period's first month, YYYY-MM"},
      {"cli.o.claim-to", "Periodens sista månad, ÅÅÅÅ-MM", "The period's last month, YYYY-MM"},
      {"cli.o.other-direct", "Andra direkta kostnader i perioden, kronor", "Other direct costs of the period, kronor"},
      {"cli.o.allowances", "Ersättningar till deltagare i perioden, kronor", "Allowances of participants in the period, kronor"},
      {"cli.o.cofinancing-given", "Medfinansiering som lämnats för perioden, kronor: jämförs med andelen",
       "Co-financing given for the period, kronor: compared with the share"},
      {"cli.claim-which", "Säg vilken period: --period ÅÅÅÅ-MM, eller --from och --to.",
       "Say which period: --period YYYY-MM, or --from and --to."},
      {"cli.money", "{0}: {1} är inget belopp i kronor. Skriv till exempel 60000 eller 482,50.",
       "{0}: {1} is no amount in kronor. Write for example 60000 or 482.50."},
      {"cli.c.hourly-rate", "Timkostnad av årets bruttokostnad: gräns, ej godkända timmar, belopp",
       "The hourly-rate method, of a year's gross cost: cap, refused hours, amount"},
      {"cli.o.annual-gross", "Årets bruttokostnad för anställningen, kronor", "The employment's gross cost of a year, kronor"},
      {"cli.o.hours-worked", "Arbetade timmar under året, 1040 eller 1040:30", "Hours worked in the year, 1040 or 1040:30"},
      {"cli.o.employment", "Tjänstgöringsgrad i procent", "Share of employment in percent"},
      {"cli.o.rate-day", "Dagen vars årsgräns gäller, ÅÅÅÅ-MM-DD; annars i dag",
       "The day whose cap of the year holds, YYYY-MM-DD; else today"},
      {"cli.hours-worked", "--hours: {0} är inga timmar. Skriv till exempel 1040 eller 1040:30.",
       "--hours: {0} are no hours. Write for example 1040 or 1040:30."},
      {"cli.employment", "--employment: {0} är ingen tjänstgöringsgrad, över 0 och högst 100. Skriv till exempel 60.",
       "--employment: {0} is no share of employment, above 0 and at most 100. Write for example 60."},

      {"cli.c.follow-up", "Vem som ska följas upp: resultat efter avslut och sex månader efter",
       "Whom to follow up: results after leaving and six months after"},
      {"follow-up.late", "försenad", "late"},
      {"follow-up.in-time", "i tid", "in time"},
      {"follow-up.due", "kan ställas nu", "can be asked now"},
      {"follow-up.to-come", "kommande", "to come"},
      {"follow-up.result", "läget efter avslut", "the situation on leaving"},
      {"follow-up.six_months", "läget sex månader efter avslut", "the situation six months after leaving"},

      {"claim.nothing", "Inget belopp räknas förrän allt finns.", "No amount is worked out until everything is there."},
      {"claim.without-staff",
       "Ingen personaltid är godkänd {0}: ingen kostnad för personal kan sökas. Läs in personaltiden, eller se horisont staff-time.",
       "No staff time is accepted in {0}: no staff cost can be claimed. Read the staff time in, or see horisont staff-time."},
      {"claim.not-over", "{0} är inte slut: beloppen är ett utkast.", "{0} is not over: the amounts are a draft."},
      {"claim.no-share", "Projektet {0} säger inte hur stor medfinansieringen ska vara.",
       "The project {0} does not say what share of co-financing is due."},
      {"claim.no-share.do", "Lägg in cofinancing_percent med källa i projektfilen.",
       "Enter cofinancing_percent with its source in the project file."},
      {"claim.no-year", "Programmet {0} har inga årstimmar som gäller {1}: timkostnaden räknas inte.",
       "The programme {0} has no hours of a year that hold on {1}: the rate is not worked out."},
      {"claim.no-employment", "Tjänstgöringsgraden är inte känd, och den antas inte vara 100 %. Ange --employment.",
       "The share of employment is not known, and is not taken to be 100 %. State --employment."},
      {"claim-line.cofinancing_given", "Medfinansiering som lämnats", "Co-financing given"},
      {"claim-line.share_kept", "Andelen hålls", "The share is kept"},
      {"claim-line.share_missed", "Andelen missas: lämnat minus det som ska lämnas",
       "The share is missed: given less what is due"},
      {"claim-line.share_exceeded", "Andelen överskrids: lämnat minus det som ska lämnas",
       "The share is exceeded: given less what is due"},
      {"claim-term.money_rounding", "Avrundning av belopp, en gång, till öre", "Rounding of amounts, once, to öre"},
      {"claim-term.whole_hours_rounding", "Hela timmar per person, funktion och månad",
       "Whole hours by person, function and month"},
      {"claim-term.staff_cost_model", "Hur personal kostnadsberäknas", "How staff is costed"},
      {"claim-term.rate_area", "Område för timkostnader", "Area of unit costs"},
      {"claim-term.flat_rate", "Schablon", "Flat rate"},
      {"claim-term.cofinancing_percent", "Medfinansieringens andel", "Share of co-financing"},
      {"rounding.down", "nedåt", "down"},
      {"rounding.half_up", "hälften uppåt", "half up"},
      {"rate-line.cap", "Årsgräns", "Cap of the year"},
      {"rate-line.accepted", "Timmar som räknas", "Hours that count"},
      {"rate-line.refused", "Timmar över gränsen, godkänns inte", "Hours above the cap, refused"},
      {"rate-line.cost", "Kostnad", "Cost"},
  };
  return texts;
}

}  // namespace horisont
