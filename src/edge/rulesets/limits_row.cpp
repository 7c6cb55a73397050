#include "edge/rulesets/limits_row.h"

#include <algorithm>

#include "dmn/model.h"
#include "edge/rulesets/rulesets.h"

namespace horisont {
namespace {

std::string feel_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      default: out += c;
    }
  return out;
}

std::string listed(const std::vector<std::string>& all) {
  std::string out;
  for (const std::string& one : all) out += (out.empty() ? "" : ", ") + feel_text(one);
  return out;
}

std::size_t beginning_of_line(std::string_view text, int line) {
  std::size_t at = 0;
  for (int seen = 1; seen < line && at != std::string_view::npos; ++seen) {
    at = text.find('\n', at);
    if (at != std::string_view::npos) ++at;
  }
  return at;
}

const dmn::DecisionTable* limits_of(const dmn::Model& model) {
  for (const dmn::Decision& decision : model.decisions)
    if (decision.name == "limits" && decision.expression && decision.expression->table) return &*decision.expression->table;
  return nullptr;
}

}  // namespace

Result<std::string> with_limits(std::string_view file, const NewLimits& stated) {
  const auto document = read_dmn(file);
  if (!document) return tl::make_unexpected(document.error());
  const auto model = dmn::read(*document);
  const dmn::DecisionTable* table = model ? limits_of(*model) : nullptr;
  if (!table || table->inputs.size() != 2) return problem("rules.row-by-hand");
  const auto like = std::find_if(table->rules.rbegin(), table->rules.rend(),
                                 [&](const auto& row) { return row.inputs.front() == feel_text(stated.like); });
  if (like == table->rules.rend()) return problem("rules.like-no-limits", stated.like);

  std::vector<std::string> cells{feel_text(stated.project)};
  const std::string from = "date(\"" + stated.entered.first.iso() + "\")";
  cells.push_back(stated.entered.last ? "[" + from + "..date(\"" + stated.entered.last->iso() + "\")]" : ">= " + from);
  for (std::size_t i = 0; i < table->outputs.size(); ++i) {
    const std::string& name = table->outputs[i].name;
    cells.push_back(name == "min_age" && stated.min_age   ? std::to_string(*stated.min_age)
                    : name == "max_age" && stated.max_age ? std::to_string(*stated.max_age)
                    : name == "municipalities"            ? "[" + listed(stated.municipalities) + "]"
                    : name == "citation"                  ? feel_text(stated.citation)
                                                          : like->outputs[i]);
  }
  std::string row = "      <rule id=\"limits_" + stated.project + "\">\n";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string element = i < 2 ? "inputEntry" : "outputEntry";
    row += "        <" + element + " id=\"limits_" + stated.project + "_" + std::to_string(i + 1) + "\"><text>" + xml_text(cells[i]) + "</text></" + element + ">\n";
  }
  row += "      </rule>\n";

  std::string out(file);
  const std::size_t begin = beginning_of_line(out, table->line);
  const std::size_t end = begin == std::string::npos ? begin : out.find("</decisionTable>", begin);
  if (end == std::string::npos) return problem("rules.row-by-hand");
  const std::size_t line = out.rfind('\n', end) + 1;
  out.insert(out.find_first_not_of(' ', line) == end ? line : end, row);

  // The list of municipalities that a row may name is the item type of the column.
  std::string type;
  for (const dmn::DecisionTable::Output& output : table->outputs)
    if (output.name == "municipalities") type = output.type;
  const auto item = std::find_if(model->items.begin(), model->items.end(), [&](const auto& one) { return one.name == type; });
  if (item == model->items.end() || item->allowed_values.empty()) return out;
  std::vector<std::string> more;
  for (const std::string& code : stated.municipalities)
    if (item->allowed_values.find(feel_text(code)) == std::string::npos) more.push_back(code);
  if (more.empty()) return out;
  const std::size_t allowed = out.find(item->allowed_values, beginning_of_line(out, item->line));
  if (allowed == std::string::npos) return problem("rules.row-by-hand");
  return out.insert(allowed + item->allowed_values.size(), ", " + listed(more));
}

}  // namespace horisont
