#include "app/identity.h"

#include <sstream>

#include "edge/files/files.h"

namespace horisont {

std::vector<IdentityCheck> check_identities(std::istream& lines, Date reference) {
  std::vector<IdentityCheck> checks;
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (line.find_first_not_of(" \t") == line.npos) continue;
    IdentityCheck check{.line = number, .given = line};
    if (auto read = PersonalIdentityNumber::parse(line, reference))
      check.read = std::move(*read);
    else
      check.refused = read.error().message;
    checks.push_back(std::move(check));
  }
  return checks;
}

std::vector<IdentityCheck> check_identities(const std::filesystem::path& file, Date reference) {
  std::istringstream lines{read_file(file)};
  return check_identities(lines, reference);
}

Table identity_table(const std::vector<IdentityCheck>& checks) {
  using Kind = Table::Column::Kind;
  Table table{.schema = "identity"};
  table.columns = {{"line", {"Rad", "Line"}, Kind::Count},
                   {"given", {"Skrivet", "Given"}},
                   {"normal_form", {"Normalform", "Normal form"}},
                   {"kind", {"Slag", "Kind"}},
                   {"born", {"Född", "Born"}},
                   {"gender_digit", {"Könssiffra", "Gender digit"}},
                   {"reason", {"Anmärkning", "Remark"}}};
  table.when_empty = {"Inga rader", "No lines"};
  for (const IdentityCheck& check : checks) {
    std::vector<Table::Value> row{static_cast<std::int64_t>(check.line), check.given};
    if (check.read) {
      const PersonalIdentityNumber& number = check.read->number;
      const auto born = number.born_on();
      const auto digit = number.gender_digit();
      std::string repairs;
      for (const IdentityRepair repair : check.read->repairs) {
        if (!repairs.empty()) repairs += " ";
        repairs += repair == IdentityRepair::ZeroRestored     ? "pnr.zero-restored"
                   : repair == IdentityRepair::CenturyAssumed ? "pnr.century-assumed"
                                                              : "pnr.cleaned";
      }
      row.insert(row.end(), {number.digits(), Message{"identity-kind." + std::string(name_of(number.kind())), {}},
                             born ? Table::Value(born->iso()) : Table::Value(Message{"born.incomplete", {}}),
                             digit ? std::to_string(*digit) : "", repairs});
    } else {
      row.insert(row.end(), {"", Message{"identity-kind.refused", {}}, "", "", check.refused});
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace horisont
