#include "edge/xlsx/template.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <set>
#include <utility>

#include "core/values/visible.h"
#include "edge/files/files.h"
#include "edge/toml/toml.h"
#include "edge/xlsx/book.h"
#include "edge/xlsx/render.h"

namespace horisont {
namespace {

using Kind = TomlNode::Kind;

template <class T>
struct Word {
  std::string_view word;
  T value;
};

constexpr Word<Layout> layouts[] = {{"table", Layout::Table}, {"block", Layout::Block}, {"form", Layout::Form}};
constexpr Word<As> as_words[] = {
    {"text", As::Text},       {"integer", As::Integer}, {"hours", As::Hours},   {"hours-minutes", As::HoursMinutes},
    {"minutes", As::Minutes}, {"money", As::Money},     {"date", As::Date},     {"month", As::Month},
    {"ratio", As::Ratio},     {"verdict", As::Verdict}, {"choice", As::Choice}, {"yesno", As::YesNo},
    {"any", As::Any},         {"thousandths", As::Thousandths}};
constexpr Word<Total> totals[] = {{"sum", Total::Sum}, {"count", Total::Count}, {"none", Total::None}};
constexpr Word<Look> looks[] = {{"good", Look::Good}, {"bad", Look::Bad}, {"note", Look::Note}};
constexpr Word<ChartKind> chart_kinds[] = {{"column", ChartKind::Column},
                                           {"stacked-column", ChartKind::StackedColumn},
                                           {"bar", ChartKind::Bar},
                                           {"line", ChartKind::Line}};
constexpr Word<Stamp> stamps[] = {
    {"control-sheet", Stamp::ControlSheet}, {"companion", Stamp::Companion}, {"none", Stamp::None}};
constexpr Word<bool> statuses[] = {{"verified", true}, {"unverified-default", false}};
constexpr Word<bool> orientations[] = {{"landscape", true}, {"portrait", false}};
constexpr Word<std::uint8_t> styles[] = {{"light1", 1}, {"light9", 9}, {"light15", 15}, {"none", 0}};
constexpr Word<bool> kinds[] = {{"write", false}, {"fill", true}};
constexpr Word<bool> rests[] = {{"leave", false}, {"clear", true}};
constexpr Word<int> papers[] = {{"A4", 0}};
constexpr Word<std::string_view> periods[] = {
    {"month", "month"}, {"quarter", "quarter"}, {"year", "year"}, {"project", "project"}, {"date", "date"}};
constexpr Word<std::string_view> personal_data[] = {
    {"identified", "identified"}, {"referenced", "referenced"}, {"none", "none"}};

std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, change}));
    }
  }
  return row[b.size()];
}

std::string nearest(std::string_view word, const std::vector<std::string_view>& known) {
  std::string_view best;
  for (std::size_t least = std::string_view::npos; const std::string_view candidate : known)
    if (const std::size_t n = edits(word, candidate); n < least) least = n, best = candidate;
  return std::string(best);
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

constexpr std::size_t longest_sheet_name = 31;
constexpr std::size_t longest_reference = 12;  // "D-4294967295": what stands for a star

// Enough for headings and sheet names: Excel compares them without case, and ours are Swedish or English.
std::string folded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool capital = (c >= 'A' && c <= 'Z') || (i > 0 && text[i - 1] == '\xC3' && c >= 0x80 && c <= 0x9E);
    out += static_cast<char>(capital ? c + 32 : c);
  }
  return out;
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) out += (out.empty() ? "" : ", ") + std::string(word);
  return out;
}

bool fits(As as, FieldType type) {
  switch (type) {
    case FieldType::Integer:
      return as == As::Integer || as == As::Thousandths;
    case FieldType::Minutes:
      return as == As::Hours || as == As::HoursMinutes || as == As::Minutes;
    case FieldType::Money:
      return as == As::Money;
    case FieldType::Date:
      return as == As::Date;
    case FieldType::Month:
      return as == As::Month;
    case FieldType::Ratio:
      return as == As::Ratio;
    case FieldType::Verdict:
      return as == As::Verdict;
    case FieldType::Choice:
      return as == As::Choice;
    case FieldType::YesNo:
      return as == As::YesNo;
    case FieldType::Any:
      return as == As::Any;
    default:
      return as == As::Text;
  }
}

// Reads one template and keeps everything that is wrong with it, so that the writer of a template sees all of it at once.
class Reader {
 public:
  Reader(std::string file, ReportTemplate& out) : file_(std::move(file)), out_(out) {}

  std::vector<Finding> read(const TomlNode& root) {
    known_keys(root, "");
    out_.id = text(root, "id");
    out_.version = integer(root, "version", 1, 1'000'000);
    const bool fills = word(root, "kind", kinds);
    out_.verified = word(root, "status", statuses);
    out_.period = word(root, "period", periods);
    out_.personal_data = word(root, "personal_data", personal_data);
    out_.valid_from = month(root, "valid_from");
    out_.valid_to = month(root, "valid_to");
    if (out_.valid_from && out_.valid_to && *out_.valid_to < *out_.valid_from)
      fault("template.period", line(root, "valid_to"), {});
    out_.title = with_placeholders(root, "title", true);
    for (const TomlNode& programme : items(root, "programmes", Kind::Text)) out_.programmes.push_back(programme.text);
    for (const TomlNode& source : items(root, "source", Kind::Table)) {
      known_keys(source, "source");
      out_.sources.push_back({text(source, "what"), text(source, "where"), text(source, "seen", false)});
    }
    out_.report = text(root, "report");
    std::vector<std::string_view> reports;
    for (const SheetOffer& offer : report_fields())
      if (reports.empty() || reports.back() != offer.report) reports.push_back(offer.report);
    if (!out_.report.empty() && std::find(reports.begin(), reports.end(), out_.report) == reports.end())
      return fault("template.unknown-report", line(root, "report"), {out_.report, nearest(out_.report, reports)}), faults_;

    out_.workbook = text(root, "workbook");
    out_.workbook_sha256 = text(root, "workbook_sha256");
    out_.write_locked = boolean(root, "write_locked", false);
    if (out_.workbook.find_first_of("/\\") != std::string::npos)
      fault("template.workbook", line(root, "workbook"), {out_.workbook});
    if (fills)
      for (const char* key : {"workbook", "workbook_sha256"})
        if (!root.find(key)) fault("template.missing-key", root.line, {key});
    bool stamped = false, alone = false;
    int last_line = 0;
    for (const TomlNode& file : items(root, "file", Kind::Table)) {
      read_file_table(file);
      stamped = stamped || out_.files.back().stamp == Stamp::ControlSheet;
      if (out_.files.back().stamp != Stamp::ControlSheet) alone = true, last_line = line(file, "stamp");
    }
    if (alone && !stamped) fault("template.no-companion", last_line, {});
    const bool any = std::any_of(out_.files.begin(), out_.files.end(), [](const TemplateFile& file) { return file.fill.any(); });
    if (fills != any) fault("template.fill", line(root, "kind"), {});
    return std::move(faults_);
  }

 private:
  void fault(std::string code, int line, std::vector<std::string> values) {
    Finding finding;
    finding.code = std::move(code);
    finding.place.file = file_;
    finding.place.row = static_cast<std::uint32_t>(std::max(line, 0));
    finding.values = std::move(values);
    faults_.push_back(std::move(finding));
  }

  static int line(const TomlNode& table, std::string_view key) {
    const TomlNode* node = table.find(key);
    return node ? node->line : table.line;
  }

  void known_keys(const TomlNode& table, std::string_view name) {
    const auto tables = template_tables();
    const auto known = std::find_if(tables.begin(), tables.end(), [&](const TemplateTable& t) { return t.table == name; });
    std::vector<std::string_view> all = known->required;
    all.insert(all.end(), known->optional.begin(), known->optional.end());
    for (const auto& [key, node] : table.members)
      if (std::find(all.begin(), all.end(), key) == all.end())
        fault("template.unknown-key", node.line, {key, nearest(key, all)});
    for (const std::string_view key : known->required)
      if (!table.find(key)) fault("template.missing-key", table.line, {std::string(key)});
  }

  // The value under a key when it has the right type; otherwise a fault (a missing one was reported by known_keys).
  const TomlNode* typed(const TomlNode& table, std::string_view key, Kind kind) {
    static constexpr std::array<std::string_view, 6> names = {"table", "array", "text", "integer", "boolean", "date"};
    const TomlNode* node = table.find(key);
    if (!node || node->kind == kind) return node;
    fault("template.type", node->line, {std::string(key), std::string(names[static_cast<std::size_t>(kind)])});
    return nullptr;
  }

  std::string text(const TomlNode& table, std::string_view key, bool filled = true, std::size_t longest = 1000) {
    const TomlNode* node = typed(table, key, Kind::Text);
    if (!node) return {};
    if (filled && node->text.empty()) fault("template.empty", node->line, {std::string(key)});
    if (characters(node->text) > longest) fault("template.too-long", node->line, {std::string(key), std::to_string(longest)});
    return node->text;
  }

  std::int64_t integer(const TomlNode& table, std::string_view key, std::int64_t least, std::int64_t most) {
    const TomlNode* node = typed(table, key, Kind::Integer);
    if (!node) return least;
    if (node->integer >= least && node->integer <= most) return node->integer;
    fault("template.range", node->line, {std::string(key), std::to_string(least), std::to_string(most)});
    return least;
  }

  bool boolean(const TomlNode& table, std::string_view key, bool otherwise) {
    const TomlNode* node = typed(table, key, Kind::Boolean);
    return node ? node->boolean : otherwise;
  }

  template <class T, std::size_t n>
  T word(const TomlNode& table, std::string_view key, const Word<T> (&known)[n]) {
    const TomlNode* node = typed(table, key, Kind::Text);
    if (!node) return known[0].value;
    std::vector<std::string_view> all;
    for (const auto& [name, value] : known) {
      if (name == node->text) return value;
      all.push_back(name);
    }
    fault("template.unknown-word", node->line, {std::string(key), node->text, joined(all)});
    return known[0].value;
  }

  const std::vector<TomlNode>& items(const TomlNode& table, std::string_view key, Kind kind) {
    static const std::vector<TomlNode> none;
    const TomlNode* node = typed(table, key, Kind::Array);
    if (!node) return none;
    for (const TomlNode& item : node->items)
      if (item.kind != kind)
        return fault("template.type", item.line, {std::string(key), kind == Kind::Text ? "text" : "table"}), none;
    return node->items;
  }

  std::optional<Month> month(const TomlNode& table, std::string_view key) {
    const TomlNode* node = typed(table, key, Kind::Text);
    if (!node || node->text.empty()) return std::nullopt;
    if (const auto read = Month::parse(node->text)) return *read;
    fault("template.month", node->line, {std::string(key), node->text});
    return std::nullopt;
  }

  Bilingual both(const TomlNode& table, std::string_view key, bool filled, std::size_t longest = 1000) {
    const TomlNode* node = typed(table, key, Kind::Table);
    if (!node) return {};
    for (const auto& [name, member] : node->members)
      if (name != "sv" && name != "en")
        fault("template.unknown-key", member.line, {std::string(key) + "." + name, std::string(key) + ".sv"});
    for (const char* language : {"sv", "en"})
      if (!node->find(language)) fault("template.language", node->line, {std::string(key) + "." + language});
    return {text(*node, "sv", filled, longest), text(*node, "en", filled, longest)};
  }

  void check_placeholders(int at_line, std::string_view in, bool star) {
    std::vector<std::string_view> known(placeholders().begin(), placeholders().end());
    if (star) known.push_back("*");
    for (std::size_t at = in.find("{{"); at != std::string_view::npos; at = in.find("{{", at + 2)) {
      const std::size_t end = in.find("}}", at);
      const std::string_view name = in.substr(at + 2, end == std::string_view::npos ? end : end - at - 2);
      if (end == std::string_view::npos || std::find(known.begin(), known.end(), name) == known.end())
        fault("template.placeholder", at_line, {std::string(name), nearest(name, known)});
    }
  }

  Bilingual with_placeholders(const TomlNode& table, std::string_view key, bool filled, std::size_t longest = 1000,
                              bool star = false) {
    Bilingual value = both(table, key, filled, longest);
    const TomlNode* node = table.find(key);
    if (!node) return value;
    check_placeholders(line(*node, "sv"), value.sv, star);
    if (value.en != value.sv) check_placeholders(line(*node, "en"), value.en, star);
    return value;
  }

  // "A5" → row 4, column 0.
  void place(const TomlNode& table, std::string_view key, std::uint32_t& row, std::uint16_t& column) {
    const TomlNode* node = typed(table, key, Kind::Text);
    if (!node) return;
    const std::string& at = node->text;
    std::size_t i = 0;
    std::uint32_t letters = 0, digits = 0;
    for (; i < at.size() && at[i] >= 'A' && at[i] <= 'Z' && i < 3; ++i)
      letters = letters * 26 + static_cast<std::uint32_t>(at[i] - 'A' + 1);
    const auto [end, error] = std::from_chars(at.data() + i, at.data() + at.size(), digits);
    if (i == 0 || error != std::errc{} || end != at.data() + at.size() || digits == 0 || digits > 1'048'576 || letters > 16'384)
      return fault("template.place", node->line, {std::string(key), at});
    row = digits - 1;
    column = static_cast<std::uint16_t>(letters - 1);
  }

  void once(std::set<std::string>& seen, std::string_view what, std::string_view value, int at) {
    if (!value.empty() && !seen.insert(folded(value)).second)
      fault("template.twice", at, {std::string(what), std::string(value)});
  }

  void read_file_table(const TomlNode& node) {
    known_keys(node, "file");
    TemplateFile file;
    file.id = text(node, "id");
    file.name = with_placeholders(node, "name", true, 120);
    // Nothing of a name leads out of the folder, and nobody gets a file of another name than the template says without a word.
    for (const auto& [side, name] : {std::pair("sv", &file.name.sv), std::pair("en", &file.name.en)})
      if (const TomlNode* names = node.find("name");
          names && !name->empty() && (name->find_first_of("/\\:*?\"<>|") != name->npos || name->starts_with('.') ||
                                      !(name->ends_with(".xlsx") || name->ends_with(".xlsm"))))
        fault("template.file-name", line(*names, side), {*name});
    file.stamp = word(node, "stamp", stamps);
    once(file_ids_, "id", file.id, line(node, "id"));
    if (const TomlNode* page = typed(node, "page", Kind::Table)) read_page(*page, file.page);
    sheet_names_sv_ = sheet_names_en_ = {"kontroll", "control"};  // the control sheet's own
    table_names_.clear(), defined_names_.clear();
    for (const TomlNode& sheet : items(node, "sheet", Kind::Table)) read_sheet(sheet, file);
    read_fill(node, file);
    if (file.fill.any() == (node.find("sheet") != nullptr)) fault("template.sheet-or-put", node.line, {file.id});
    out_.files.push_back(std::move(file));
  }

  void read_fill(const TomlNode& node, TemplateFile& file) {
    TemplateFill& fill = file.fill;
    for (const TomlNode& put : items(node, "put", Kind::Table)) fill.values.push_back(read_value(put, "file.put"));
    for (const TomlNode& result : items(node, "result", Kind::Table)) fill.results.push_back(read_value(result, "file.result"));
    for (const TomlNode& expect : items(node, "expect", Kind::Table)) {
      known_keys(expect, "file.expect");
      fill.expected.push_back({text(expect, "sheet"), cell(expect, "at"), text(expect, "text")});
    }
    for (const TomlNode& table : items(node, "table", Kind::Table)) read_fill_table(table, fill);
    const std::string ending = out_.workbook.substr(std::min(out_.workbook.rfind('.'), out_.workbook.size()));
    for (const std::string& name : {file.name.sv, file.name.en})
      if (fill.any() && !name.ends_with(ending)) fault("template.workbook-ending", line(node, "name"), {name, ending});
  }

  std::string cell(const TomlNode& table, std::string_view key) {
    std::uint32_t row = 0;
    std::uint16_t column = 0;
    place(table, key, row, column);
    return text(table, key);
  }

  TemplateFill::Value read_value(const TomlNode& node, std::string_view table) {
    known_keys(node, table);
    TemplateFill::Value value{.sheet = text(node, "sheet"), .at = cell(node, "at"), .name = text(node, "name"),
                              .field = text(node, "field"), .source = text(node, "source"), .as = word(node, "as", as_words)};
    if (value.name.empty() == (value.sheet.empty() || value.at.empty())) fault("template.put-place", node.line, {});
    const auto names = placeholders();
    if (value.source.empty()) {
      if (std::find(names.begin(), names.end(), value.field) == names.end())
        fault("template.placeholder", line(node, "field"), {value.field, nearest(value.field, {names.begin(), names.end()})});
      else if (value.as != As::Text)
        fault("template.as", line(node, "as"), {value.field, "text", "text"});
      return value;
    }
    const SheetOffer* offer = offered(node, "source", value.source);
    if (!offer) return value;
    if (value.field == "count") {
      if (value.as != As::Integer) fault("template.as", line(node, "as"), {value.field, "integer", "integer"});
      return value;
    }
    if (!value.field.starts_with("total."))
      return fault("template.no-total", line(node, "field"), {value.field}), value;
    TemplateColumn column{.field = value.field.substr(6), .as = value.as};
    column.total = Total::Sum;
    check_field(node, *offer, column);
    return value;
  }

  void read_fill_table(const TomlNode& node, TemplateFill& fill) {
    known_keys(node, "file.table");
    TemplateFill::Table table{.sheet = text(node, "sheet"), .source = text(node, "source")};
    table.first_row = static_cast<std::uint32_t>(integer(node, "first_row", 1, 1'048'576)) - 1;
    table.most_rows = static_cast<std::uint32_t>(integer(node, "max_rows", 1, 100'000));
    if (node.find("rest")) table.clear = word(node, "rest", rests);
    const SheetOffer* offer = offered(node, "source", table.source);
    const TomlNode* columns = typed(node, "columns", Kind::Table);
    const TomlNode* forms = typed(node, "as", Kind::Table);
    if (!columns || !forms || !offer) return;
    for (const auto& [letters, field] : columns->members) {
      TomlNode at{};
      at.kind = Kind::Text, at.text = letters + "1", at.line = field.line;
      TomlNode holder{};
      holder.kind = Kind::Table, holder.line = field.line;
      holder.members.emplace_back("columns", at);
      std::uint32_t row = 0;
      TemplateFill::Table::Column column;
      place(holder, "columns", row, column.at);
      column.field = text(*columns, letters);
      if (!forms->find(letters)) fault("template.missing-key", forms->line, {"as." + letters});
      column.as = word(*forms, letters, as_words);
      if (const FieldOffer* known = column.field.empty() ? nullptr : known_field(*columns, letters, *offer, column.field))
        must_fit(forms->line, column.field, column.as, known->type);
      table.columns.push_back(std::move(column));
    }
    fill.tables.push_back(std::move(table));
  }

  const SheetOffer* offered(const TomlNode& node, std::string_view key, const std::string& sheet) {
    std::vector<std::string_view> known;
    for (const SheetOffer& offer : report_fields()) {
      if (offer.report != out_.report) continue;
      if (offer.sheet == sheet) return &offer;
      known.push_back(offer.sheet);
    }
    if (!sheet.empty()) fault("template.unknown-sheet", line(node, key), {sheet, nearest(sheet, known)});
    return nullptr;
  }

  void read_page(const TomlNode& node, Page& page) {
    known_keys(node, "file.page");
    word(node, "paper", papers);
    page.landscape = word(node, "orientation", orientations);
    for (const auto& [key, texts] :
         {std::pair{std::string_view("header"), page.header}, {std::string_view("footer"), page.footer}}) {
      const TomlNode* part = typed(node, key, Kind::Table);
      if (!part) continue;
      known_keys(*part, std::string("file.page.") + std::string(key));
      std::size_t whole = 0;
      for (std::size_t i = 0; const std::string_view side : {"left", "centre", "right"}) {
        texts[i] = text(*part, side, false, 200);
        check_placeholders(line(*part, side), texts[i], false);
        whole += characters(texts[i++]) + 2;
      }
      if (whole > 255) fault("template.too-long", part->line, {std::string(key), "255"});
    }
  }

  void read_sheet(const TomlNode& node, TemplateFile& file) {
    known_keys(node, "file.sheet");
    TemplateSheet sheet;
    sheet.id = text(node, "id");
    sheet.layout = word(node, "layout", layouts);
    sheet.name = both(node, "name", true);
    const bool star = sheet.id.ends_with('*');
    const TomlNode* named = node.find("name");
    for (const auto& [language, whole] : {std::pair("sv", &sheet.name.sv), std::pair("en", &sheet.name.en)}) {
      const int at_line = named ? line(*named, language) : node.line;
      std::string name = *whole;
      const auto at = name.find("{{*}}");
      if (star && at == name.npos) fault("template.heading-star", at_line, {name});
      if (star && at != name.npos) name.erase(at, 5);
      const std::size_t room = longest_sheet_name - (star ? longest_reference : 0);
      if (utf16_units(name) > room) fault("template.too-long", at_line, {"name." + std::string(language), std::to_string(room)});
      const bool control = std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < ' ' || c == 127; });
      if (control || name.find_first_of("[]:*?/\\'") != std::string::npos) fault("template.sheet-name", at_line, {visible_in_line(name)});
      // Excel keeps this name for its own list of changes, whatever the case.
      if (folded(name) == "history") fault("template.sheet-name-kept", at_line, {name});
    }
    // Each would have a table of the same name, and charts and names of cells on the same place.
    if (star && sheet.layout != Layout::Form) fault("template.star-form", line(node, "layout"), {sheet.id});
    once(sheet_names_sv_, "name.sv", sheet.name.sv, named ? line(*named, "sv") : node.line);
    once(sheet_names_en_, "name.en", sheet.name.en, named ? line(*named, "en") : node.line);
    sheet.title = with_placeholders(node, "title", false);
    sheet.empty = both(node, "empty", false);
    sheet.header = boolean(node, "header", sheet.layout != Layout::Form);
    if (sheet.layout != Layout::Block) sheet.start_row = 3;
    place(node, "start", sheet.start_row, sheet.start_column);
    if (const TomlNode* freeze = typed(node, "freeze", Kind::Table)) {
      known_keys(*freeze, "file.sheet.freeze");
      sheet.freeze_rows = static_cast<std::uint32_t>(integer(*freeze, "rows", 0, 100));
      sheet.freeze_columns = static_cast<std::uint16_t>(integer(*freeze, "columns", 0, 20));
    }
    if (sheet.layout == Layout::Table && !node.find("table")) fault("template.missing-key", node.line, {"table"});
    if (const TomlNode* table = typed(node, "table", Kind::Table)) {
      known_keys(*table, "file.sheet.table");
      sheet.table = text(*table, "name", true, 60);
      if (table->find("style")) sheet.style = word(*table, "style", styles);
      if (!sheet.table.starts_with("T_") || !std::all_of(sheet.table.begin(), sheet.table.end(), name_character))
        fault("template.table-name", line(*table, "name"), {sheet.table});
      once(table_names_, "table.name", sheet.table, line(*table, "name"));
    }

    const SheetOffer* offer = offered(node, "id", sheet.id);
    headings_sv_.clear(), headings_en_.clear();
    for (const TomlNode& column : items(node, "column", Kind::Table))
      read_column(column, offer, sheet);
    for (const TomlNode& chart : items(node, "chart", Kind::Table)) read_chart(chart, sheet);
    file.sheets.push_back(std::move(sheet));
  }

  static bool name_character(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  }

  void read_column(const TomlNode& node, const SheetOffer* offer, TemplateSheet& sheet) {
    known_keys(node, "file.sheet.column");
    TemplateColumn column;
    column.field = text(node, "field");
    column.as = word(node, "as", as_words);
    column.width = static_cast<double>(integer(node, "width", 3, 120));
    column.wrap = boolean(node, "wrap", false);
    if (node.find("total")) column.total = word(node, "total", totals);
    const bool star = column.field.ends_with('*');
    column.heading = with_placeholders(node, "heading", sheet.header, 100, star);
    if (sheet.header && !node.find("heading")) fault("template.missing-key", node.line, {"heading"});
    column.instead = text(node, "instead");
    for (const std::string& heading : {column.heading.sv, column.heading.en}) {
      if (heading.find_first_of("[]#'\n\r\t") != std::string::npos) fault("template.heading", line(node, "heading"), {heading});
      if (star && heading.find("{{*}}") == std::string::npos) fault("template.heading-star", line(node, "heading"), {heading});
    }
    once(headings_sv_, "heading.sv", column.heading.sv, line(node, "heading"));
    once(headings_en_, "heading.en", column.heading.en, line(node, "heading"));
    column.note = text(node, "note");
    if (!column.note.empty() && !text_of("def." + column.note))
      fault("template.no-definition", line(node, "note"), {column.note});
    column.check = text(node, "check");
    column.name = text(node, "name", true, 60);
    const bool named_well =
        column.name.empty() || (column.name.size() > 4 && std::isalpha(static_cast<unsigned char>(column.name[0])) &&
                                std::all_of(column.name.begin(), column.name.end(), name_character) &&
                                !std::isdigit(static_cast<unsigned char>(column.name.back())));
    if (!named_well) fault("template.defined-name", line(node, "name"), {column.name});
    once(defined_names_, "name", column.name, line(node, "name"));
    for (const TomlNode& highlight : items(node, "highlight", Kind::Table)) {
      known_keys(highlight, "file.sheet.column.highlight");
      column.highlights.push_back({text(highlight, "equals"), word(highlight, "style", looks)});
    }
    if (offer && !column.field.empty()) check_field(node, *offer, column);
    if (offer && !column.instead.empty()) known_field(node, "instead", *offer, column.instead);
    sheet.columns.push_back(std::move(column));
  }

  const FieldOffer* known_field(const TomlNode& node, std::string_view key, const SheetOffer& offer, const std::string& name) {
    std::vector<std::string_view> keys;
    for (const FieldOffer& field : offer.fields) {
      if (field.key == name) return &field;
      keys.push_back(field.key);
    }
    fault("template.unknown-field", line(node, key), {name, std::string(offer.sheet), nearest(name, keys)});
    return nullptr;
  }

  void must_fit(int at, const std::string& field, As as, FieldType type) {
    if (fits(as, type)) return;
    std::vector<std::string_view> fitting;
    for (const auto& [name, known] : as_words)
      if (fits(known, type)) fitting.push_back(name);
    fault("template.as", at, {field, std::string(name_of(type)), joined(fitting)});
  }

  void check_field(const TomlNode& node, const SheetOffer& offer, const TemplateColumn& column) {
    const FieldOffer* known = known_field(node, "field", offer, column.field);
    if (!known) return;
    if (node.find("as")) must_fit(line(node, "as"), column.field, column.as, known->type);
    // A share's total is no sum, and a table's total row has nothing else.
    if (column.total == Total::Sum && (!known->summed || known->type == FieldType::Ratio))
      fault("template.no-total", line(node, "total"), {column.field});
    if (!column.name.empty() && column.total == Total::None)
      fault("template.name-without-total", line(node, "name"), {column.name});
  }

  void read_chart(const TomlNode& node, TemplateSheet& sheet) {
    known_keys(node, "file.sheet.chart");
    TemplateChart chart;
    chart.kind = word(node, "kind", chart_kinds);
    chart.title = with_placeholders(node, "title", true, 200);
    chart.alt = with_placeholders(node, "alt", true, 1000);
    if (const TomlNode* at = node.find("at"); at && at->text == "below")
      chart.below = true;
    else
      place(node, "at", chart.row, chart.column);
    chart.category = text(node, "category");
    for (const TomlNode& series : items(node, "series", Kind::Text)) chart.series.push_back(series.text);
    std::vector<std::string> shown = chart.series;
    shown.push_back(chart.category);
    for (const std::string& field : shown)
      if (std::none_of(sheet.columns.begin(), sheet.columns.end(), [&](const TemplateColumn& c) { return c.field == field; }))
        fault("template.chart-field", line(node, "series"), {field});
    if (const TomlNode* size = typed(node, "size", Kind::Table)) {
      known_keys(*size, "file.sheet.chart.size");
      chart.width = static_cast<std::uint32_t>(integer(*size, "width", 100, 3000));
      chart.height = static_cast<std::uint32_t>(integer(*size, "height", 100, 3000));
    }
    sheet.charts.push_back(std::move(chart));
  }

  std::string file_;
  ReportTemplate& out_;
  std::vector<Finding> faults_;
  std::set<std::string> file_ids_, sheet_names_sv_, sheet_names_en_, table_names_, defined_names_, headings_sv_, headings_en_;
};

}  // namespace

bool stands_for(std::string_view key, std::string_view field) {
  return key.ends_with('*') ? field.starts_with(key.substr(0, key.size() - 1)) : key == field;
}

std::span<const TemplateTable> template_tables() {
  static const std::vector<TemplateTable> tables = {
      {"",
       {"id", "kind", "version", "report", "status", "period", "personal_data", "title", "source", "file"},
       {"valid_from", "valid_to", "programmes", "workbook", "workbook_sha256", "write_locked"}},
      {"source", {"what", "where"}, {"seen"}},
      {"file", {"id", "name", "stamp"}, {"sheet", "page", "put", "table", "expect", "result"}},
      {"file.put", {"field", "as"}, {"sheet", "at", "name", "source"}},
      {"file.result", {"field", "as"}, {"sheet", "at", "name", "source"}},
      {"file.expect", {"sheet", "at", "text"}, {}},
      {"file.table", {"sheet", "first_row", "max_rows", "source", "columns", "as"}, {"rest"}},
      {"file.page", {}, {"paper", "orientation", "header", "footer"}},
      {"file.page.header", {}, {"left", "centre", "right"}},
      {"file.page.footer", {}, {"left", "centre", "right"}},
      {"file.sheet", {"id", "name", "layout", "column"}, {"title", "empty", "start", "header", "table", "freeze", "chart"}},
      {"file.sheet.table", {"name"}, {"style"}},
      {"file.sheet.freeze", {"rows", "columns"}, {}},
      {"file.sheet.column",
       {"field", "as", "width"},
       {"heading", "wrap", "instead", "total", "note", "check", "name", "highlight"}},
      {"file.sheet.column.highlight", {"equals", "style"}, {}},
      {"file.sheet.chart", {"kind", "category", "series", "title", "alt", "at"}, {"size"}},
      {"file.sheet.chart.size", {"width", "height"}, {}},
  };
  return tables;
}

std::span<const std::string_view> placeholders() {
  static constexpr std::string_view names[] = {"project.name",
                                               "project.short_name",
                                               "project.record_number",
                                               "organisation",
                                               "period",
                                               "period.words",
                                               "year",
                                               "month_name",
                                               "month_name.sv",
                                               "report.id",
                                               "fund_text",
                                               "version"};
  return names;
}

std::pair<std::string, std::string> workbook_of(const ReportTemplate& layout) {
  return {layout.workbook_sha256, layout.workbook_bytes};
}

tl::expected<std::shared_ptr<const ReportTemplate>, std::vector<Finding>> load_report_template(
    const std::filesystem::path& template_toml, const KeptBytes& kept) {
  const std::string bytes = read_file(template_toml);
  const auto root = parse_toml(bytes);
  auto loaded = std::make_shared<ReportTemplate>();
  loaded->sha256 = sha256_of(bytes);
  if (!root) {
    Finding finding;
    finding.code = root.error().message.id == "toml.syntax" ? "template.toml" : "template.toml-type";
    finding.place.file = template_toml.string();
    finding.values = root.error().message.values;
    if (!finding.values.empty()) finding.place.row = static_cast<std::uint32_t>(std::stoul(finding.values[0]));
    return tl::make_unexpected(std::vector{std::move(finding)});
  }
  auto faults = Reader(template_toml.string(), *loaded).read(*root);
  if (!faults.empty()) return tl::make_unexpected(std::move(faults));
  if (loaded->workbook.empty()) return loaded;
  const auto beside = template_toml.parent_path() / loaded->workbook;
  const auto fault = [&](const char* code, std::vector<std::string> values) {
    Finding finding;
    finding.code = code;
    finding.place.file = template_toml.string();
    finding.values = std::move(values);
    return tl::make_unexpected(std::vector{std::move(finding)});
  };
  auto workbook = kept ? kept(loaded->workbook_sha256) : std::nullopt;
  if (!workbook && !std::filesystem::exists(beside)) return fault("template.no-workbook", {loaded->workbook});
  loaded->workbook_bytes = workbook ? *std::move(workbook) : read_file(beside);
  const std::string digest = sha256_of(loaded->workbook_bytes);
  if (digest != loaded->workbook_sha256) return fault("template.other-workbook", {loaded->workbook, digest});
  return loaded;
}

}  // namespace horisont
