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
      {"log.not-shown", "Inte visat", "Not shown"},
  };
  return texts;
}

}  // namespace horisont
