#include "core/values/texts.h"

namespace horisont {

std::span<const Text> texts_files() {
  static constexpr Text texts[] = {
      {"file.not-found", "Filen {0} finns inte. Kontrollera namn och mapp.",
       "The file {0} does not exist. Check name and folder."},
      {"file.not-readable", "Filen {0} får inte läsas ({1}). Be den som äger filen om läsrätt.",
       "The file {0} may not be read ({1}). Ask its owner for read access."},
      {"file.is-folder", "{0} är en mapp, inte en fil. Ange en fil i mappen.",
       "{0} is a folder, not a file. Name a file in it."},
      {"file.not-regular",
       "{0} är ett rör, en enhet eller liknande, inte en vanlig fil. Spara innehållet i en fil och ange den.",
       "{0} is a pipe, a device or the like, not an ordinary file. Save its content in a file and name that."},
      {"file.stdin", "Standard in (-) kan inte läsas in. Spara innehållet i en fil och ange den.",
       "Standard input (-) cannot be imported. Save its content in a file and name that."},
      {"file.read-failed", "Filen {0} gick inte att läsa ({1}). Kontrollera disken och försök igen.",
       "The file {0} could not be read ({1}). Check the disk and try again."},
      {"file.disk-full", "Disken är full: {0} skrevs inte. Frigör utrymme och kör kommandot igen; inget har ändrats.",
       "The disk is full: {0} was not written. Free some space and run the command again; nothing has changed."},
      {"file.not-writable", "{0} får inte skrivas ({1}). Välj en annan mapp eller ändra rättigheterna; inget har ändrats.",
       "{0} may not be written ({1}). Choose another folder or change the permissions; nothing has changed."},
      {"file.name-too-long", "Namnet är för långt: {0}. Ange ett kortare.", "The name is too long: {0}. Give a shorter one."},
      {"file.too-big-to-write",
       "{0} skrevs inte: den blev större än vad som får skrivas här. Höj gränsen (ulimit -f) eller välj en kortare period; "
       "inget "
       "har ändrats.",
       "{0} was not written: it became larger than what may be written here. Raise the limit (ulimit -f) or choose a shorter "
       "period; nothing has changed."},
      {"file.machine", "{0}: {1}. Kontrollera sökvägen och rättigheterna.", "{0}: {1}. Check the path and the permissions."},
      {"file.not-a-folder", "{0} ska vara en mapp men är en fil. Ta bort eller byt namn på filen.",
       "{0} must be a folder but is a file. Remove or rename the file."},
      {"file.folder-not-made", "Mappen {0} kan inte skapas där. Välj en annan mapp; inget har ändrats.",
       "The folder {0} cannot be made there. Choose another folder; nothing has changed."},
      {"file.folder-missing", "Mappen till {0} finns inte. Skapa mappen först.",
       "The folder of {0} does not exist. Create it first."},
      {"file.write-failed", "{0} gick inte att skriva ({1}). Kontrollera disken; inget har ändrats.",
       "{0} could not be written ({1}). Check the disk; nothing has changed."},
      {"json.syntax", "Filen är inte riktig JSON ({0}). Hämta den på nytt från programmet som skrev den.",
       "The file is not proper JSON ({0}). Get it again from the program that wrote it."},
      {"toml.syntax", "Rad {0}, kolumn {1}: filen är inte riktig TOML ({2}). Rätta raden.",
       "Line {0}, column {1}: the file is not proper TOML ({2}). Correct the line."},
      {"toml.type",
       "Rad {0}: värdet för {1} har en typ som inte används här (decimaltal eller klockslag). Skriv text, heltal, "
       "sant/falskt eller datum.",
       "Line {0}: the value of {1} has a type that is not used here (float or time). Write text, an integer, true/false or a "
       "date."},
  };
  return texts;
}

}  // namespace horisont
