#include "edge/settings/project_file.h"

#include <algorithm>
#include <functional>

#include "edge/toml/toml.h"

namespace horisont {
namespace {

std::string both(const Bilingual& text) {
  return "{ sv = " + toml_text(text.sv) + ", en = " + toml_text(text.en) + " }";
}

// The name without what a file name should not hold: "Ung framåt i Åmål" → "UngFramatIAmal".
std::string short_name(const std::string& key) {
  std::string name;
  bool begins = true;
  for (const char c : key) {
    if (c != '-') name += begins && c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = c == '-';
  }
  return name;
}

struct Source {
  std::string cited;
  const char* confidence;
  std::string lines() const { return "cited      = " + toml_text(cited) + "\nconfidence = \"" + confidence + "\"\n"; }
};

}  // namespace

std::string project_file(const NewProject& stated, const ProjectTerms& like) {
  const Source own = stated.basis.empty()
                         ? Source{"Angivet när projektet lades upp; ingen källa nämnd / Stated when the project was set up; no source named",
                                  "unverified-default"}
                         : Source{stated.basis, "verified"};
  const Source taken{"Taget från " + like.name.sv + " när projektet lades upp; inte jämfört med projektets beslut / Taken from " + like.name.en +
                         " when the project was set up; not compared with its decision",
                     "unverified-default"};
  std::string not_known, tables;
  // One cited field: the value as TOML, or nothing where it is not known.
  const auto field = [&](const char* key, const std::string& value, const Source& source) {
    if (value.empty())
      not_known += (not_known.empty() ? "" : ", ") + toml_text(key);
    else
      tables += "[" + std::string(key) + "]\nvalue      = " + value + "\n" + source.lines() + "\n";
  };
  const auto text = [](const std::string& value) { return value.empty() ? value : toml_text(value); };
  const auto flag = [](const std::optional<bool>& value) { return std::string(!value ? "" : *value ? "true" : "false"); };
  field("record_number", text(stated.record_number), own);
  field("call_number", "", own);
  field("owner", text(stated.owner), own);
  field("organisation_number", text(stated.organisation_number), own);
  field("programme_area", "", own);
  field("nuts2", text(like.nuts2), taken);
  field("cci", text(like.cci), taken);
  field("intervention_type", "", own);  // as decided; never derived
  field("scb_reporting", text(like.scb_reporting), taken);
  field("participant_time_is_cofinancing", flag(like.participant_time_is_cofinancing), taken);
  field("state_aid", flag(like.state_aid), taken);
  field("staff_cost_model", text(like.staff_cost_model), taken);
  field("rate_area", text(like.rate_area), taken);
  field("flat_rate", text(like.flat_rate), taken);
  field("cofinancing_percent", like.cofinancing_percent ? std::to_string(*like.cofinancing_percent) : "", taken);
  for (const char* key : {"aim", "budget", "granted_esf", "published"})
    not_known += (not_known.empty() ? "" : ", ") + toml_text(key);

  std::string file =
      "# Vad som är känt om projektet, varje uppgift med sin källa. Det som är taget från ett annat projekt är overifierat tills du har\n"
      "# jämfört det med beslutet: skriv då källan i cited och \"verified\" i confidence. Det som ingen har angett står i not_known.\n"
      "# What is known of the project, each value with its source. What was taken from another project is unverified until you have\n"
      "# compared it with the decision: then write the source in cited and \"verified\" in confidence. The rest stands in not_known.\n\n";
  file += "key        = " + toml_text(stated.key) + "\nname       = " + both(stated.name) + "\nshort_name = " + toml_text(short_name(stated.key)) +
          "\nprogramme  = " + toml_text(like.programme) + "\nnot_known  = [" + not_known + "]\nsubproject_word = " + both(like.subproject_word) + "\n";
  if (like.school_project) file += "school_project = true\n";
  if (!like.collect.empty()) {
    file += "collect    = [";
    for (const std::string& one : like.collect) file += (&one == &like.collect.front() ? "" : ", ") + toml_text(one);
    file += "]\n";
  }
  file += "\n" + tables;
  file += "[target_group]\nsv         = " + toml_text(like.target_group.sv) + "\nen         = " + toml_text(like.target_group.en) + "\n" + taken.lines() + "\n";
  file += "[[grant]]\noperation_from = " + stated.operation.first.iso() + "\n";
  if (stated.operation.last) file += "operation_to   = " + stated.operation.last->iso() + "\n";
  file += own.lines() + "\n";
  for (const Subproject& one : stated.municipalities)
    file += "[[subproject]]\nkey          = " + toml_text(one.key) + "\nname         = " + toml_text(one.name) + "\nmunicipality = " +
            toml_text(one.municipality) + "\n" + own.lines() + "\n";
  for (const Activity& one : like.activities) {
    file += "[[activity]]\nkey         = " + toml_text(one.key) + "\nname        = " + both(one.name) + "\n";
    if (!one.report_name.sv.empty() && one.report_name.sv != one.name.sv) file += "report_name = " + both(one.report_name) + "\n";
    if (!one.spellings.empty()) {
      file += "spellings   = [";
      for (const std::string& word : one.spellings) file += (&word == &one.spellings.front() ? "" : ", ") + toml_text(word);
      file += "]\n";
    }
    if (!one.funded) file += "funded      = false\n";
    if (one.sensitive) file += "sensitive   = true\n";
    file += taken.lines() + "\n";
  }
  // All of the operation is assessed by the rule set that the other project uses last.
  file += "[[rule_set]]\nfile = " + toml_text(like.rule_sets.back().file) + "\nfrom = " + stated.operation.first.iso() + "\n";
  return file;
}

}  // namespace horisont
