#include "core/values/texts.h"

namespace horisont {

std::span<const Text> texts_log() {
  static constexpr Text texts[] = {
      {"log.other-key",
       "Loggen {0} är undertecknad med en annan nyckel än den i keys/log-signing.key. Lägg tillbaka rätt nyckelfil; inget har "
       "ändrats.",
       "The log {0} is signed with another key than the one in keys/log-signing.key. Put the right key file back; nothing has "
       "changed."},
      {"log.no-leaf", "En post av slaget {0} går inte att skriva i loggen. Inget har ändrats.",
       "An entry of kind {0} cannot be written to the log. Nothing has changed."},
      {"log.secret-damaged", "Nyckelfilen {0} är skadad. Lägg tillbaka den från er säkerhetskopia; inget har ändrats.",
       "The key file {0} is damaged. Put it back from your backup; nothing has changed."},
      {"log.altered", "Loggen stämmer inte: {0}", "The log does not agree: {0}"},
      {"log.row-differs", "{0}: uppgifterna i databasen är inte de som loggen har åtagit sig.",
       "{0}: the facts in the database are not those that the log committed to."},
      {"log.unknown-rows", "Tabellen {0} har {1} rader som loggen inte känner.",
       "The table {0} has {1} rows that the log does not know."},
      {"log.empty", "Projektet {0} har ingen logg än: den börjar med första inläsningen.",
       "The project {0} has no log yet: it begins with the first import."},
      {"log.no-entry", "Posten {0} finns inte i loggen, som har {1} poster.", "The log of {1} entries has no entry {0}."},
      {"log.agrees", "alla poster, rötter, underskrifter och åtaganden stämmer",
       "all entries, roots, signatures and commitments agree"},
      {"log.rests-on-key", "Inget utanför visar det: kör horisont-verify med en kontrollpunkt som någon annan har.",
       "Nothing outside shows it: run horisont-verify with a checkpoint that someone else holds."},
      {"log.origin", "Loggens namn", "Name of the log"},
      {"log.size", "Antal poster", "Entries"},
      {"log.root", "Rot", "Root"},
      {"log.code", "Kortkod att läsa upp", "Short code for reading aloud"},
      {"log.check", "Kontroll", "Check"},
      {"sample.no-units", "Det finns inget att dra ett urval ur.", "There is nothing to draw a sample from."},
      {"sample.no-places", "Ett urval har minst 1 enhet.", "A sample has at least 1 unit."},
      {"sample.seed-length", "Granskarens frö ska vara 16 till 32 byte, inte {0}.",
       "The auditor's seed must be 16 to 32 bytes, not {0}."},
      {"sample.id-form", "Beteckningen \"{0}\" får bara ha synliga ASCII-tecken utan mellanslag.",
       "The id \"{0}\" may only have visible ASCII characters without spaces."},
      {"sample.stratum-form", "{0}: skiktet \"{1}\" får bara ha synliga ASCII-tecken utan mellanslag.",
       "{0}: the stratum \"{1}\" may only have visible ASCII characters without spaces."},
      {"sample.id-twice", "Beteckningen {0} finns två gånger i ramen.", "The id {0} is in the frame twice."},
      {"sample.too-much-money", "Beloppen i ramen är för stora för att räknas exakt.",
       "The amounts of the frame are too large to be counted exactly."},
      {"sample.no-money", "Ingen enhet i ramen har ett belopp över 0: välj en annan metod.",
       "No unit of the frame has an amount above 0: choose another method."},
      {"sample.out-of-range",
       "Ett belopp eller antal ligger utanför det som kan räknas exakt, eller ett fel är större än sitt belopp.",
       "An amount or a number is outside what can be counted exactly, or an error is larger than its amount."},
      {"sample.no-room-for-errors", "Planen går inte: det väntade felet är lika stort som det tillåtna, eller större.",
       "The plan is not possible: the error expected is as large as the tolerable error, or larger."},
      {"sample.book-differs", "Det som granskats stämmer inte med det bokförda beloppet eller antalet.",
       "What was audited does not agree with the book value or the number of units."},
      {"sample.no-spread", "Minst två dragna enheter behövs för att skatta felet.",
       "At least two drawn units are needed to estimate the error."},
      {"log.not-shown", "Inte visat", "Not shown"},
  };
  return texts;
}

}  // namespace horisont
