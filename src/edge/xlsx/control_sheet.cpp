#include <algorithm>
#include <numeric>
#include <string>

#include "core/reports/said.h"
#include "edge/xlsx/placed.h"
#include "edge/xlsx/rendering.h"

namespace horisont {
namespace {

constexpr lxw_col_t last_column = 4;
// The second holds what is long: values beside their labels, digests, sources. Nothing is merged.
constexpr double widths[last_column + 1] = {44, 68, 22, 12, 10};

// The rows of the sheet in order. What core and app know comes in Report::control; the rest is made here.
constexpr std::string_view labels[] = {
    "control.report",   "control.template",      "control.project",     "control.organisation", "control.period",
    "control.known_on", "control.produced",      "control.produced_by", "control.attested",     "control.program",
    "control.rule_set", "control.terms",         "control.fingerprint", "control.checkpoint",   "control.verifier_key",
    "control.anchor",   "control.personal_data", "control.source_files"};

// "7f3a 91c2 0b4e 55d0 a1c7"
std::string short_form(const std::string& hex) {
  std::string out;
  for (std::size_t i = 0; i < 20 && i < hex.size(); i += 4) out += (i > 0 ? " " : "") + hex.substr(i, 4);
  return out;
}

// What stands beside a label; empty: the row is left out.
std::string value_of(std::string_view label, const Report& report, const ReportTemplate& layout, Language language, const std::string& created,
                     const std::string& fingerprint) {
  const auto word = [&](std::string id) { return words({std::move(id), {}}, language); };
  for (const auto& [known, value] : report.control)
    if (known == label && label != "control.produced") return value;
  if (label == "control.report") return report.id.empty() ? word("xlsx.preview") : report.id;
  if (label == "control.template")
    return layout.id + ", " + words({"xlsx.version", {std::to_string(layout.version)}}, language) + ", " + layout.sha256.substr(0, 16) +
           ", " + word(layout.verified ? "control.template.verified" : "control.template.unverified");
  if (label == "control.project") {
    const std::string& name = report.project_name.in(language);
    return name + (name.empty() || report.record_number.empty() ? "" : ", ") + report.record_number;
  }
  if (label == "control.produced") return words({"control.moment", {created}}, language);
  if (label == "control.fingerprint") return fingerprint + "  (" + short_form(fingerprint) + ")";
  if (label == "control.personal_data") return word("personal_data." + layout.personal_data);
  return {};
}

class ControlSheet {
 public:
  explicit ControlSheet(Rendering& r)
      : r_(r), language_(r.options.language), out_(r.book.add_sheet(word("xlsx.control.sheet"))) {
    for (lxw_col_t c = 0; c <= last_column; ++c) must(worksheet_set_column(out_, c, c, widths[c], nullptr));
  }

  void write(const std::vector<std::pair<std::string, std::string>>& others) {
    must(worksheet_set_row(out_, 0, 24, nullptr));
    put_text(out_, 0, 0, word("control.title"), r_.looks.of(Style::Title));
    put_text(out_, 1, 0, word("control.how"), r_.looks.of(Style::Subtitle));
    row_ = 3;
    for (const std::string_view label : labels)
      if (const std::string value = this->value(label); !value.empty()) label_and_value(word(std::string(label)), value);
    label_and_value(word("control.language"), word("xlsx.language"));
    if (r_.report.draft) label_and_value(word("xlsx.control.state"), draft_words());
    files(others);
    checkpoint();
    reconciliations();
    cut();
    unverified();
    remaining();
    worksheet_freeze_panes(out_, 2, 0);
    must(worksheet_ignore_errors(out_, LXW_IGNORE_NUMBER_STORED_AS_TEXT, ("A1:" + cell_address(row_, last_column)).c_str()));
    // What runs little over a leaf would leave a table's end alone on another: it is made a little smaller.
    const double points = 15.0 * (row_ + more_lines_), leaf = r_.file.page.landscape ? 480 : 1020;
    const lxw_row_t title = 0;  // on each leaf, so that a loose one says what it is of
    set_page(out_, r_, &title, std::accumulate(std::begin(widths), std::end(widths), 0.0), 0, points <= 1.45 * leaf);
  }

 private:
  std::string word(std::string id) const { return words({std::move(id), {}}, language_); }
  std::string value(std::string_view label) const {
    return value_of(label, r_.report, r_.layout, language_, time_words(r_.options.created.iso()), r_.fingerprint);
  }
  // Whoever asks where a number of this sheet is from finds it where it was said to stand.
  void stand_at(lxw_row_t row) const {
    if (row_ != row) throw std::logic_error("a table of the control sheet does not stand where it was said to");
  }

  // "Utkast, får inte lämnas in: månaden är inte slut …"
  std::string draft_words() const {
    std::string why;
    for (const Message& reason : why_draft(r_.report)) why += (why.empty() ? "" : " ") + words(reason, language_);
    return words({"xlsx.draft-explained", {why}}, language_);
  }

  void label_and_value(const std::string& label, const std::string& value) {
    set_lines(lines_of(value, letters_in(widths[1])));
    put_text(out_, row_, 0, label, r_.looks.of(Style::Label));
    put_text(out_, row_++, 1, value, r_.looks.of(Style::Subtitle, "@", Side::Left, true));
  }

  void set_lines(int lines) {
    if (lines <= 1) return;
    must(worksheet_set_row(out_, row_, std::min(15.0 * lines, 409.0), nullptr));
    more_lines_ += lines - 1;
  }

  // A blank row, the table's title, its headings.
  void begin(const std::string& title, std::initializer_list<std::pair<std::string, Side>> headings) {
    ++row_;
    put_text(out_, row_++, 0, title, r_.looks.of(Style::Label));
    lxw_col_t column = 0;
    for (const auto& [heading, side] : headings)
      put_text(out_, row_, column++, heading, r_.looks.of(Style::Heading, "", side, true));
    ++row_;
  }

  void files(const std::vector<std::pair<std::string, std::string>>& others) {
    if (others.empty()) return;
    begin(word("control.files"), {{word("control.files.name"), Side::Left}, {"SHA-256", Side::Left}});
    for (const auto& [name, digest] : others) {
      set_lines(lines_of(name, letters_in(widths[0])));
      put_text(out_, row_, 0, name, r_.looks.of(Style::Body, "@", Side::Left, true));
      put_text(out_, row_++, 1, digest, r_.looks.of(Style::Body, "@"));
    }
  }

  // The log's note as it was before the report, a line a row, so that the column can be copied into a text file.
  void checkpoint() {
    std::string note = value("control.checkpoint_table");
    if (note.empty()) return;
    ++row_;
    put_text(out_, row_++, 0, word("control.checkpoint_table"), r_.looks.of(Style::Label));
    put_text(out_, row_++, 0, word("control.checkpoint.how"), r_.looks.of(Style::Subtitle));
    for (std::size_t end; (end = note.find('\n')) != note.npos; note.erase(0, end + 1))
      put_text(out_, row_++, 0, note.substr(0, end), r_.looks.of(Style::Subtitle, "@"));
  }

  void reconciliations() {
    if (r_.report.checks.empty()) return;
    begin(word("control.checks"), {{word("control.checks.what"), Side::Left},
                                   {word("control.checks.in_report"), Side::Right},
                                   {word("control.checks.in_register"), Side::Right},
                                   {word("control.checks.difference"), Side::Right},
                                   {word("control.checks.agrees"), Side::Left}});
    stand_at(rows_.checks);
    for (const Report::Check& check : r_.report.checks) reconcile(check);
  }

  void reconcile(const Report::Check& check) {
    const As as = check.minutes ? As::Hours : check.money ? As::Money : As::Integer;
    const auto value = [&](std::int64_t n) {
      return written(check.minutes ? Cell::Value{Minutes{n}}
                     : check.money ? Cell::Value{Money::of_ore(n)}
                                   : Cell::Value{n},
                     as, language_);
    };
    const Written in_report = value(check.in_report), in_register = value(check.in_register),
                  difference = value(check.in_report - check.in_register);
    const auto number = [&](const Written& w) { return r_.looks.of(Style::Number, w.format, Side::Right); };
    std::string what = words(check.what, language_);
    if (check.minutes) what += word("xlsx.in-hours");
    if (check.money) what += word("xlsx.in-kronor");
    set_lines(lines_of(what, letters_in(widths[0])));
    put_text(out_, row_, 0, what, r_.looks.of(Style::Body, "", Side::Left, true));

    const auto source = r_.sources.find(check.what.id);
    const bool linked = source != r_.sources.end() && source->second.value == check.in_report;
    if (linked)
      must(worksheet_write_formula_num(out_, row_, 1, ("=" + source->second.formula).c_str(), number(in_report),
                                       in_report.number));
    else
      put(out_, row_, 1, in_report, number(in_report));
    put(out_, row_, 2, in_register, number(in_register));

    const std::string b = cell_address(row_, 1), c = cell_address(row_, 2);
    must(worksheet_write_formula_num(out_, row_, 3, ("=" + b + "-" + c).c_str(), number(difference), difference.number));
    const std::string yes = word("xlsx.agrees"), no = word("xlsx.agrees-not");
    const std::string parts = check.minutes ? "60" : "100";
    const std::string test =
        check.minutes || check.money ? "ROUND((" + b + "-" + c + ")*" + parts + ",0)=0" : b + "-" + c + "=0";
    must(worksheet_write_formula_str(out_, row_, 4, ("=IF(" + test + ",\"" + yes + "\",\"" + no + "\")").c_str(),
                                     r_.looks.of(check.agrees() ? Style::Good : Style::Bad),
                                     (check.agrees() ? yes : no).c_str()));
    ++row_;
  }

  // Which texts are not whole in this report's files, and where they are.
  void cut() {
    if (r_.cut.empty()) return;
    begin(words({"control.cut", {std::to_string(most_units_of_a_cell)}}, language_),
          {{word("control.cut.cell"), Side::Left}, {word("control.cut.units"), Side::Right}});
    stand_at(rows_.cut);
    constexpr std::size_t most = PlacedControl::most_cut;
    for (std::size_t i = 0; i < std::min(r_.cut.size(), most); ++i) {
      put_text(out_, row_, 0, r_.cut[i].cell, r_.looks.of(Style::Body, "@"));
      const Written value = written(static_cast<std::int64_t>(r_.cut[i].units), As::Integer, language_);
      put(out_, row_++, 1, value, r_.looks.of(Style::Number, value.format, Side::Right));
    }
    if (r_.cut.size() > most)
      put_text(out_, row_++, 0, words({"control.cut.more", {std::to_string(r_.cut.size() - most)}}, language_),
               r_.looks.of(Style::Note));
  }

  void unverified() {
    if (r_.report.unverified.empty()) return;
    begin(word("control.unverified"), {{word("control.unverified.what"), Side::Left},
                                       {word("control.unverified.where"), Side::Left},
                                       {word("control.unverified.value"), Side::Left}});
    for (const Report::Unverified& one : r_.report.unverified) {
      const auto [what, value, where] = said(one, language_);
      int lines = 1;
      lxw_col_t column = 0;
      for (const std::string& text : {what, where, value}) {
        lines = std::max(lines, lines_of(text, letters_in(widths[column])));
        put_text(out_, row_, column++, text, r_.looks.of(Style::Body, "", Side::Left, true));
      }
      set_lines(lines);
      ++row_;
    }
  }

  void remaining() {
    if (r_.report.remaining.empty()) return;
    begin(word("control.remaining"),
          {{word("control.remaining.what"), Side::Left}, {word("control.remaining.number"), Side::Right}});
    stand_at(rows_.remaining);
    for (const auto& [what, number] : r_.report.remaining) {
      const std::string text = words(what, language_);
      set_lines(lines_of(text, letters_in(widths[0])));
      put_text(out_, row_, 0, text, r_.looks.of(Style::Body, "", Side::Left, true));
      const Written value = written(number, As::Integer, language_);
      put(out_, row_++, 1, value, r_.looks.of(Style::Number, value.format, Side::Right));
    }
  }

  Rendering& r_;
  Language language_;
  lxw_worksheet* out_;
  lxw_row_t row_ = 0;
  const PlacedControl rows_ = control_rows(r_.report, r_.layout, language_, r_.cut.size());
  int more_lines_ = 0;  ///< beyond one a row, of all rows
};

}  // namespace

PlacedControl control_rows(const Report& report, const ReportTemplate& layout, Language language, std::size_t cut) {
  PlacedControl placed{.name = words({"xlsx.control.sheet", {}}, language), .texts = {}};
  std::uint32_t row = 3;
  for (const std::string_view label : labels) row += !value_of(label, report, layout, language, "-", "-").empty();
  row += 1 + (report.draft ? 1 : 0);
  // A blank row, a title, headings.
  const auto table = [&](std::size_t lines) {
    const std::uint32_t first = row + 3;
    if (lines > 0) row = first + static_cast<std::uint32_t>(lines);
    return first;
  };
  table(static_cast<std::size_t>(std::count_if(layout.files.begin(), layout.files.end(),
                                               [](const TemplateFile& file) { return file.stamp != Stamp::ControlSheet; })));
  const std::string note = value_of("control.checkpoint_table", report, layout, language, "-", "-");
  table(static_cast<std::size_t>(std::count(note.begin(), note.end(), '\n')));
  placed.checks = table(report.checks.size());
  placed.cut = table(std::min(cut, PlacedControl::most_cut) + (cut > PlacedControl::most_cut ? 1 : 0));
  table(report.unverified.size());
  placed.remaining = table(report.remaining.size());
  return placed;
}

void write_control_sheet(Rendering& r, const std::vector<std::pair<std::string, std::string>>& others) {
  ControlSheet(r).write(others);
}

}  // namespace horisont
