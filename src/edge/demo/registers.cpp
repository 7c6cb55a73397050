#include "edge/demo/registers.h"

#include <algorithm>
#include <map>

namespace horisont::demo {
namespace {

const std::map<std::string, std::string>& municipality_codes() {
  static const std::map<std::string, std::string> codes{
      {"Kil", "1715"},      {"Eda", "1730"},          {"Torsby", "1737"},    {"Storfors", "1760"}, {"Hammarö", "1761"},
      {"Munkfors", "1762"}, {"Forshaga", "1763"},     {"Grums", "1764"},     {"Årjäng", "1765"},   {"Sunne", "1766"},
      {"Karlstad", "1780"}, {"Kristinehamn", "1781"}, {"Filipstad", "1782"}, {"Hagfors", "1783"},  {"Arvika", "1784"},
      {"Säffle", "1785"},   {"Åmål", "1492"}};
  return codes;
}

// Letters alone, at a name that is kept for examples (RFC 2606).
std::string address_of(const Participant& person) {
  static constexpr std::pair<std::string_view, char> plain[] = {{"å", 'a'}, {"ä", 'a'}, {"ö", 'o'}, {"é", 'e'}, {"ü", 'u'},
                                                                {"Å", 'a'}, {"Ä", 'a'}, {"Ö", 'o'}, {"É", 'e'}, {"Ü", 'u'}};
  const std::string name = person.given + "." + person.family;
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if ((c >= 'a' && c <= 'z') || c == '.') out += c;
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    for (const auto& [letter, instead] : plain)
      if (name.compare(i, letter.size(), letter) == 0) out += instead;
  }
  return out + std::to_string(person.born % 1000) + "@example.com";
}

class Register {
 public:
  Register(Paper& paper, const RegisterHabits& habits) : paper_(paper), habits_(habits) {}

  std::uint32_t column(Field field) const {
    for (std::size_t c = 0; c < habits_.columns.size(); ++c)
      if (habits_.columns[c].first == field) return static_cast<std::uint32_t>(c) + 1;
    return 0;
  }

  void headings() {
    const auto width = static_cast<std::uint32_t>(habits_.columns.size());
    if (!habits_.title.empty()) {
      paper_.title(habits_.title, width);
      paper_.gap();
    }
    if (habits_.heading_in_two_rows) {
      // Groups above the headings proper.
      std::vector<PlainCell> groups(habits_.columns.size());
      groups[0] = text("Deltagare", true);
      groups[column(Field::Entry) - 1] = text("Vid start", true);
      paper_.row(std::move(groups));
      if (column(Field::Entry) > 2) paper_.merge(1, column(Field::Entry) - 1);
    }
    heading_row();
  }
  void heading_row() {
    std::vector<PlainCell> cells;
    for (const auto& [field, heading] : habits_.columns) cells.push_back(text(heading, true));
    paper_.row(std::move(cells));
    for (const auto& [field, heading] : habits_.columns)
      if (field == Field::PhoneOfRelative && !told_) paper_.habit("header.not-read");
    told_ = true;
  }

  // `replaced` columns (1-based) get the given cell instead of the person's value.
  std::vector<PlainCell> cells(const Participant& person, const std::map<std::uint32_t, PlainCell>& replaced = {}) {
    std::vector<PlainCell> out;
    for (const auto& [field, heading] : habits_.columns) {
      const auto instead = replaced.find(static_cast<std::uint32_t>(out.size()) + 1);
      out.push_back(instead == replaced.end() ? cell(person, field, heading) : instead->second);
    }
    return out;
  }

 private:
  PlainCell municipality(const std::string& name) const {
    if (!habits_.municipality_as_code || name.empty()) return text(name);
    const std::string& code = municipality_codes().at(name);
    return paper_.excel() ? whole(std::stoi(code)) : text(code);
  }
  PlainCell cell(const Participant& person, Field field, const std::string& heading) {
    switch (field) {
      case Field::LocalId:
        return text(person.local_id);
      case Field::Number:
        return paper_.number(person.number, habits_.numbers);
      case Field::Family:
        return text(person.family);
      case Field::Given:
        return text(person.given);
      case Field::Name:
        return text(person.listed_name());
      case Field::Gender:
        return text(person.woman ? "K" : "M");
      case Field::Unit:
        return text(person.unit);
      case Field::Home:
        return municipality(person.home);
      case Field::SchoolMunicipality:
        return municipality(person.school_municipality);
      case Field::Entry:
        return paper_.dated(person.entry, habits_.dates, heading);
      case Field::Exit:
        return person.exit < 0 ? PlainCell{} : paper_.dated(person.exit, habits_.dates, heading);
      case Field::Status:
        return text(person.status);
      case Field::UnemployedSince:
        return person.status == "arbetslös" || person.codes == std::vector<std::string>{"P06"}
                   ? paper_.dated(person.entry - 60, habits_.dates, heading)
                   : PlainCell{};
      case Field::Studies:
        return text(person.studies);
      case Field::Training:
        return text(person.training);
      case Field::Education:
        return text(person.education);
      case Field::UpperSecondary:
        return text(person.upper_secondary);
      case Field::Kaa:
        return text(person.kaa);
      case Field::Stage:
        return text(person.stage);
      case Field::School:
        return text(person.school);
      case Field::AtRisk:
        return text(person.at_risk);
      case Field::ReferredBy:
        return text(person.referred_by);
      case Field::Informed:
        return paper_.dated(person.entry, habits_.dates, heading);
      // The household, which every record of before 2 August 2018 has to tell.
      case Field::Jobless:
        return text(person.born % 5 == 0 ? "ja" : "nej");
      case Field::JoblessChildren:
        return text(person.born % 10 == 0 ? "ja" : "nej");
      case Field::SingleAdult:
        return text(person.born % 7 == 0 ? "ja" : "nej");
      case Field::Email:
        return text(address_of(person));
      case Field::Mobile:
        return text("070-174 06 " + std::to_string(10 + person.born % 90));
      case Field::PhoneOfRelative:
        return text("054-540 00 " + std::to_string(10 + person.born % 90));
      case Field::Nothing:
        return {};
    }
    return {};
  }

  Paper& paper_;
  const RegisterHabits& habits_;
  bool told_ = false;
};

std::string with_wrong_check_digit(std::string number) {
  number.back() = number.back() == '9' ? '0' : static_cast<char>(number.back() + 1);
  return number;
}

void write_fault(Register& list, Paper& paper, const RegisterHabits& habits, Participant person, Registry& registry,
                 RowFault fault) {
  const std::uint32_t number = list.column(Field::Number), entry = list.column(Field::Entry);
  std::map<std::uint32_t, PlainCell> replaced;
  std::string code, what;
  std::uint32_t column = number;
  const auto with = [&](std::uint32_t at, PlainCell cell, std::string the_code, std::string the_what) {
    column = at;
    code = std::move(the_code);
    what = std::move(the_what);
    replaced[at] = std::move(cell);
  };
  const auto hyphened = [](const std::string& twelve) { return text(twelve.substr(0, 8) + "-" + twelve.substr(8)); };
  switch (fault) {
    case RowFault::CheckDigit:
      with(number, hyphened(with_wrong_check_digit(person.number)), "pnr.check-digit", "the last digit of the number is wrong");
      break;
    case RowFault::NotInCalendar:
      with(number, hyphened(registry.number_for("19970230", person.woman)), "pnr.not-in-calendar",
           "a number born on 30 February");
      break;
    case RowFault::SerialZero: {
      std::string nine = person.number.substr(2, 6) + "000";
      with(number, hyphened(person.number.substr(0, 8) + "000" + check_digit(nine)), "pnr.serial-000",
           "a number with the serial 000");
      break;
    }
    case RowFault::DigitsLost:
      with(number, text("2,00503E+11"), "pnr.digits-lost", "a spreadsheet has kept six digits of the number");
      break;
    case RowFault::NumberForm:
      with(number, text("kommer senare"), "pnr.form", "words instead of a number");
      break;
    case RowFault::EntryMissing:
      with(entry, {}, "cell.must-missing", "no entry date");
      break;
    case RowFault::EntryNotInCalendar:
      with(entry, text("2016-02-30"), "date.not-in-calendar", "entry on 30 February");
      break;
    case RowFault::EntryWithoutDay:
      with(entry, text("mars 2016"), "date.day-missing", "a month where a day is needed");
      break;
    case RowFault::UnknownChoice:
      with(list.column(Field::Status), text("hemmasittare"), "choice.unknown", "a word that is in no list");
      break;
    case RowFault::ExitBeforeEntry:
      with(list.column(Field::Exit), date(person.entry - 30, DateForm::Iso), "order.exit-before-entry", "left before coming");
      break;
    case RowFault::UnknownMunicipality: {
      const std::uint32_t home = list.column(Field::Home);
      with(home ? home : list.column(Field::SchoolMunicipality), text("Karlsberga"), "place.unknown-municipality",
           "a municipality that does not exist");
      break;
    }
    case RowFault::NoPerson:
      with(number, {}, "row.no-person", "neither number nor reference");
      if (const std::uint32_t local = list.column(Field::LocalId)) replaced[local] = {};
      break;
  }
  (void)habits;
  paper.fault(paper.data(list.cells(person, replaced)), column, code, what);
}

}  // namespace

void write_register(const std::filesystem::path& folder, Manifest& manifest, Registry& registry, const std::string& project,
                    const RegisterHabits& office, const std::vector<Participant*>& people, std::uint32_t& next_index) {
  RegisterHabits habits = office;
  for (const auto& [field, heading] : {std::pair(Field::Email, "E-post"), std::pair(Field::Mobile, "Mobil")})
    if (std::none_of(habits.columns.begin(), habits.columns.end(), [&, f = field](const auto& c) { return c.first == f; }))
      habits.columns.emplace_back(field, heading);
  Paper paper(manifest, project, "participants", habits.file, habits.sheet, habits.form);
  Register list(paper, habits);
  list.headings();
  paper.widths(std::vector<double>(habits.columns.size(), 16.0));

  const std::size_t every = habits.faults.empty() ? people.size() + 1 : people.size() / (habits.faults.size() + 1) + 1;
  std::size_t fault = 0;
  const auto plant = [&] {
    if (fault >= habits.faults.size()) return;
    // Everything about the row is right but the one thing.
    Participant extra = registry.someone(day_of(1996, 1, 1), day_of(1999, 12, 31));
    const Participant& like = *people.front();
    extra.entry = like.entry, extra.unit = like.unit, extra.home = like.unit.empty() ? like.home : like.unit;
    extra.school_municipality = like.school_municipality.empty() ? "" : like.unit;
    extra.stage = like.stage, extra.school = like.school, extra.at_risk = like.at_risk;
    extra.local_id = like.local_id.empty() ? "" : like.local_id + "b";
    write_fault(list, paper, habits, std::move(extra), registry, habits.faults[fault++]);
  };
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (i > 0 && i % every == 0) plant();
    // As a printed list repeats it on its second page.
    if (habits.repeated_heading && i == 40) {
      list.heading_row();
      paper.habit("row.repeated-header");
    }
    Participant& person = *people[i];
    person.index = next_index++;
    const std::uint32_t row = paper.data(list.cells(person));
    if (habits.hidden_rows > 0 && i >= 10 && i < 10 + static_cast<std::size_t>(habits.hidden_rows)) paper.hide(row);
    const auto missing = [&](Field field, const std::string& value) {
      if (const std::uint32_t column = list.column(field); column && value.empty())
        paper.fault(row, column, "cell.needed-missing", "left empty: the rules need it");
    };
    missing(Field::Home, person.home);
    missing(Field::SchoolMunicipality, person.school_municipality);
    if (person.number.substr(6, 2) == "60")
      paper.fault(row, list.column(Field::Number), "pnr.birth-date-incomplete",
                  "a coordination number whose day of birth was never known");
    if (const std::uint32_t since = list.column(Field::UnemployedSince); since && person.status == "anställd")
      paper.fault(row, since, "status.contradiction", "employed, and unemployed since a day");
  }
  while (fault < habits.faults.size()) plant();
  if (!habits.note.empty()) {
    paper.gap();
    paper.row({text(habits.note)});
    paper.habit("row.note");
  }
  if (habits.hidden_sheet) paper.hidden_sheet("Anteckningar", "Egna minnesanteckningar, inte för spridning.");
  paper.save(folder);
}

}  // namespace horisont::demo
