#include "core/values/texts.h"

namespace horisont {

std::span<const Text> texts_rules() {
  static constexpr Text texts[] = {
      {"xml.damaged", "Rad {0}: filen är inte hel XML ({1}). Öppna den i programmet som skrev den och spara om.",
       "Line {0}: the file is not whole XML ({1}). Open it in the program that wrote it and save it again."},
      {"xml.doctype", "Rad {0}: filen har en DOCTYPE och läses inte. Ta bort den raden.",
       "Line {0}: the file has a DOCTYPE and is not read. Remove that line."},
      {"xml.too-deep", "Rad {0}: filen är nästlad djupare än något vi läser. Be om en ny fil.",
       "Line {0}: the file is nested deeper than anything we read. Ask for a new file."},
      {"rules.L01", "Filens form: {0}", "The file's form: {1}"},
      {"rules.L02", "Utanför regelverkens språk: {0}", "Outside the language of rule sets: {1}"},
      {"rules.L03", "Namn och indata: {0}", "Names and inputs: {1}"},
      {"rules.L04", "Typer: {0}", "Types: {1}"},
      {"rules.L05", "Lucka mellan gränser: {0}", "Gap between limits: {1}"},
      {"rules.L06", "Två rader för samma fall: {0}", "Two rows for one case: {1}"},
      {"rules.L07", "Rad som aldrig kan träffa: {0}", "A row that can never hit: {1}"},
      {"rules.L08", "Saknad uppgift täcks inte: {0}", "A missing fact is not covered: {1}"},
      {"rules.L09", "Saknad uppgift täcks inte: {0}", "A missing fact is not covered: {1}"},
      {"rules.L10", "Regel utan kod, text eller källa: {0}", "A rule without code, text or source: {1}"},
      {"rules.L11", "Meddelandet nämner något okänt: {0}", "The message names something unknown: {1}"},
      {"rules.L12", "Regelverkets egna uppgifter: {0}", "What the rule set says of itself: {1}"},
      {"rules.L13", "Regelverket är för stort: {0}", "The rule set is too large: {1}"},
  };
  return texts;
}

}  // namespace horisont
