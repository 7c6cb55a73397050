#include "core/values/texts.h"

namespace horisont {

std::span<const Text> texts_store() {
  static constexpr Text texts[] = {
      {"store.foreign", "{0} är inte en Horisont-databas. Ange en annan fil eller mapp; inget har ändrats.",
       "{0} is not a Horisont database. Name another file or folder; nothing has changed."},
      {"store.newer",
       "{0} är skriven av en nyare version (schema {1}, det här programmet kan {2}). Installera den nyare versionen.",
       "{0} was written by a newer version (schema {1}, this program knows {2}). Install the newer version."},
      {"store.damaged", "Databasen {0} är skadad ({1}). Återställ den senaste säkerhetskopian.",
       "The database {0} is damaged ({1}). Restore the latest backup."},
      {"store.empty",
       "Databasen {0} är skadad: filen är tom. Återställ den senaste säkerhetskopian. Om inget har lästs in ännu: ta bort "
       "filen och kör kommandot igen.",
       "The database {0} is damaged: the file is empty. Restore the latest backup. If nothing has been read in yet: remove "
       "the file and run the command again."},
      {"store.damaged-row",
       "En rad i tabellen {0} går inte att läsa. Kör horisont doctor och återställ vid behov en säkerhetskopia.",
       "A row of the table {0} cannot be read. Run horisont doctor and restore a backup if needed."},
      {"store.busy", "Databasen {0} används av ett annat program just nu. Vänta en stund och försök igen; inget har ändrats.",
       "The database {0} is in use by another program. Wait a moment and try again; nothing has changed."},
      {"store.changed-meanwhile", "Projektet {0} ändrades av någon annan under tiden. Kör kommandot igen; inget har ändrats.",
       "The project {0} was changed by someone else meanwhile. Run the command again; nothing has changed."},
      {"store.disk-full", "Disken är full: {0} kunde inte skrivas. Frigör utrymme och försök igen; inget har ändrats.",
       "The disk is full: {0} could not be written. Free some space and try again; nothing has changed."},
      {"store.not-writable", "Databasen {0} får inte öppnas eller skrivas ({1}). Ändra rättigheterna eller välj en annan mapp.",
       "The database {0} may not be opened or written ({1}). Change the permissions or choose another folder."},
      {"store.failed", "Databasen {0} svarade med ett fel ({1}). Inget har ändrats; kontrollera disken och försök igen.",
       "The database {0} reported an error ({1}). Nothing has changed; check the disk and try again."},
      {"store.constraint", "Databasen {0} vägrade en ändring som skulle göra den motsägelsefull ({1}). Inget har ändrats.",
       "The database {0} refused a change that would make it contradict itself ({1}). Nothing has changed."},
      {"store.setting", "Databasens inställning {0} slog inte igenom (väntade {1}, fick {2}). Kontrollera SQLite-versionen.",
       "The database's setting {0} did not take effect (expected {1}, got {2}). Check the version of SQLite."},
      {"store.symbolic-link", "{0} är en symbolisk länk. Ange den riktiga filen.",
       "{0} is a symbolic link. Name the real file."},
      {"store.is-folder", "{0} är en mapp, inte en databas. Ange en fil i mappen.",
       "{0} is a folder, not a database. Name a file in it."},
      {"store.folder-missing", "Mappen {0} finns inte. Skapa den först.", "The folder {0} does not exist. Create it first."},
      {"store.no-migrations", "Databasens schemafiler saknas eller har luckor i {0}. Installera om programmet.",
       "The database's schema files are missing or have gaps in {0}. Install the program again."},
      {"store.activity-gone",
       "En lagrad aktivitet finns inte längre i projektfilen för {0}. Lägg tillbaka den: lagrad tid behöver sitt namn.",
       "A stored activity is no longer in the project file of {0}. Put it back: stored time needs its name."},
      {"store.nothing-to-correct", "{0} har ingen uppgift {1} att rätta. Läs in deltagaren först.",
       "{0} has no {1} to correct. Read the participant in first."},
      {"store.check-integrity", "Databasens innehåll är skadat: {0}", "The database's contents are damaged: {0}"},
      {"store.check-schema",
       "{0} är inte som programmet gör den: databasen är ändrad utanför programmet. Jämför innehållet: horisont log verify",
       "{0} is not as the program makes it: the database was changed outside the program. Compare the content: horisont log verify"},
      {"store.check-key", "En rad i {0} pekar på något som inte finns", "A row of {0} points to something that does not exist"},
      {"store.check-volume", "{1} rader i {0} pekar på något som inte finns",
       "{1} rows of {0} point to something that does not exist"},
  };
  return texts;
}

}  // namespace horisont
