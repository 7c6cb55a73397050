#include "core/values/texts.h"

namespace horisont {

std::span<const Text> texts_readers() {
  static constexpr Text texts[] = {
      // whole files
      {"file.empty", "Filen är tom", "The file is empty"},
      {"file.empty.do", "Kontrollera att rätt fil valdes, öppna den och spara den igen.",
       "Check that the right file was chosen, open it and save it again."},
      {"file.too-large", "Filen är större än {0}, som är det mesta som läses",
       "The file is larger than {0}, the most that is read"},
      {"file.too-large.do", "Dela filen i flera, till exempel en per månad, eller ta bort blad och bilder som inte behövs.",
       "Split the file, for example one per month, or remove sheets and pictures that are not needed."},
      {"file.not-text", "Filen är inte en textfil utan en arbetsbok, en PDF eller ett arkiv med fel filändelse",
       "The file is not a text file but a workbook, a PDF or an archive with the wrong ending"},
      {"file.not-text.do", "Öppna filen i Excel eller LibreOffice och spara den som .xlsx eller CSV UTF-8.",
       "Open the file in Excel or LibreOffice and save it as .xlsx or CSV UTF-8."},

      // text files
      {"text.encoding-assumed", "Filen säger inte vilken teckenkodning den har; den läses som {0}",
       "The file does not say how its letters are coded; it is read as {0}"},
      {"text.encoding-assumed.do",
       "Kontrollera att å, ä och ö är rätt i exemplen. Är de fel: spara filen som CSV UTF-8 och läs in den igen.",
       "Check that å, ä and ö are right in the examples. If not, save the file as CSV UTF-8 and read it again."},
      {"text.unknown-encoding", "Teckenkodningen {0} läses inte", "The encoding {0} is not read"},
      {"text.unknown-encoding.do", "Välj utf-8, utf-16le, utf-16be eller windows-1252.",
       "Choose utf-8, utf-16le, utf-16be or windows-1252."},
      {"text.invalid-encoding", "Rad {0}, tecken {1}: här står något som inte är ett tecken i {2}",
       "Line {0}, character {1}: what stands here is no character of {2}"},
      {"text.invalid-encoding.do", "Öppna filen i Excel eller LibreOffice, spara den som CSV UTF-8 och läs in den igen.",
       "Open the file in Excel or LibreOffice, save it as CSV UTF-8 and read it again."},
      {"text.nul", "Rad {0}, tecken {1}: här står ett nolltecken, som inte finns i textfiler (läst som {2})",
       "Line {0}, character {1}: here is a NUL, which no text file has (read as {2})"},
      {"text.nul.do", "Filen är skadad eller ingen textfil. Hämta den på nytt, eller spara den som CSV UTF-8.",
       "The file is damaged or no text file. Get it again, or save it as CSV UTF-8."},
      {"text.line-too-long", "Rad {0} är längre än {1}", "Line {0} is longer than {1}"},
      {"text.line-too-long.do", "Kontrollera att filen är en tabell med en rad per post.",
       "Check that the file is a table with one line per record."},
      {"text.quote-not-closed", "Citattecknet som öppnas på rad {0} stängs aldrig",
       "The quote that opens on line {0} is never closed"},
      {"text.quote-not-closed.do", "Ta bort citattecknet på raden eller skriv ett till där cellen slutar.",
       "Remove the quote on that line or write another where the cell ends."},
      {"text.cell-too-long", "Rad {0}, kolumn {1}: cellen har fler än {2} tecken",
       "Line {0}, column {1}: the cell has more than {2} characters"},
      {"text.cell-too-long.do", "Korta cellen, eller leta efter ett citattecken som saknas.",
       "Shorten the cell, or look for a missing quote."},
      {"text.too-many-columns", "Rad {0} har {1} kolumner; fler än {2} läses inte",
       "Line {0} has {1} columns; no more than {2} are read"},
      {"text.too-many-columns.do", "Ta bort de kolumner som inte behövs.", "Remove the columns that are not needed."},
      {"text.lone-quote", "{0} rader har citattecken som inte omger hela cellen och läses som text (rad {1})",
       "{0} lines have quotes that do not enclose the whole cell and are read as text (line {1})"},
      {"text.lone-quote.do", "Kontrollera att raderna har rätt antal kolumner.",
       "Check that these lines have the right number of columns."},
      {"text.excel-mark-removed", "På {0} rader har Excels märken för text, ' eller =\"…\", tagits bort (rad {1})",
       "On {0} lines Excel's marks for text, ' or =\"…\", were removed (line {1})"},
      {"text.excel-mark-removed.do", "Inget behöver göras.", "Nothing needs to be done."},
      {"text.control-characters", "{0} rader har osynliga styrtecken (rad {1})",
       "{0} lines have invisible control characters (line {1})"},
      {"text.control-characters.do", "Kontrollera cellerna på raderna och skriv dem på nytt om något ser fel ut.",
       "Check the cells of these lines and type them again if anything looks wrong."},
  };
  return texts;
}

}  // namespace horisont
