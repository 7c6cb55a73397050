#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <regex>
#include <sstream>

#include "core/values/personal_identity_number.h"
#include "support/shared_data.h"

namespace horisont {
namespace {

using Kind = IdentityKind;
using Repair = IdentityRepair;
using Repairs = std::vector<IdentityRepair>;

Date day(const char* iso) { return *Date::parse(iso); }
const Date reference = day("2026-01-31");

struct ReadCase {
  const char* name;
  const char* text;
  const char* digits;
  Kind kind;
  std::optional<const char*> born_on;
  std::optional<int> gender_digit;
  Repairs repairs;
};

TEST(IdentityNumber, reads_every_form_that_people_and_spreadsheets_write) {
  const ReadCase cases[] = {
      {"PN-01 twelve with hyphen", "19640823-3234", "196408233234", Kind::Personal, "1964-08-23", 3, {}},
      {"PN-02 ten with plus", "090527+1474", "190905271474", Kind::Personal, "1909-05-27", 7, {}},
      {"PN-02 twelve with plus", "19090527+1474", "190905271474", Kind::Personal, "1909-05-27", 7, {}},
      {"PN-03", "090121+9931", "190901219931", Kind::Personal, "1909-01-21", 3, {}},
      {"PN-04 leap day", "20000229-2399", "200002292399", Kind::Personal, "2000-02-29", 9, {}},
      {"PN-06 a woman", "19460823-9986", "194608239986", Kind::Personal, "1946-08-23", 8, {}},
      {"PN-07 ten digits are 2000, not 1900", "000405-9937", "200004059937", Kind::Personal, "2000-04-05", 3, {}},
      {"PN-08 coordination number", "19730288-9931", "197302889931", Kind::Coordination, "1973-02-28", 3, {}},
      {"PN-09 coordination number", "20210791-9967", "202107919967", Kind::Coordination, "2021-07-31", 6, {}},
      {"PN-10 coordination number, ten digits", "701063-2391", "197010632391", Kind::Coordination, "1970-10-03", 9, {}},
      {"PN-16 month unknown", "200300802394", "200300802394", Kind::Coordination, {}, 9, {}},
      {"PN-17 day unknown", "201010602397", "201010602397", Kind::Coordination, {}, 9, {}},
      {"PN-18 month and day unknown", "198000602394", "198000602394", Kind::Coordination, {}, 9, {}},
      {"PN-19 31 November", "199611912388", "199611912388", Kind::Coordination, {}, 8, {}},
      {"PN-20 31 February", "200302912381", "200302912381", Kind::Coordination, {}, 8, {}},
      {"PN-26 nine digits left", "503042384", "200503042384", Kind::Personal, "2005-03-04", 8, {Repair::ZeroRestored}},
      {"PN-27 seven digits left", "4059937", "200004059937", Kind::Personal, "2000-04-05", 3, {Repair::ZeroRestored}},
      {"PN-28 eight digits left", "10052389", "200010052389", Kind::Personal, "2000-10-05", 8, {Repair::ZeroRestored}},
      {"six digits left, month unknown", "802397", "200000802397", Kind::Coordination, {}, 9, {Repair::ZeroRestored}},
      {"PN-31 SCB's protected code", "20050304Tf29", "20050304TF29", Kind::Protected, "2005-03-04", 2, {}},
      {"PN-31 in capitals with hyphen", "20050304-TF29", "20050304TF29", Kind::Protected, "2005-03-04", 2, {}},
      {"PN-33 T code", "20050304-T123", "20050304T123", Kind::Temporary, "2005-03-04", 2, {}},
      {"PN-34 TF code", "20050304-TF19", "20050304TF19", Kind::Temporary, "2005-03-04", 1, {}},
      {"a T code of unknown day", "20050300-T123", "20050300T123", Kind::Temporary, {}, 2, {}},
      {"a T code that would also pass as an interim number",
       "20000101-T220",
       "20000101T220",
       Kind::Temporary,
       "2000-01-01",
       2,
       {}},
      {"a T code with ten characters", "050304-t123", "20050304T123", Kind::Temporary, "2005-03-04", 2, {}},
      {"PN-35 no separator", "0503042384", "200503042384", Kind::Personal, "2005-03-04", 8, {Repair::CenturyAssumed}},
      {"blanks around", "  20050304-2384 ", "200503042384", Kind::Personal, "2005-03-04", 8, {Repair::Cleaned}},
      {"non-breaking blanks around",
       "\u00A020050304-2384\u00A0",
       "200503042384",
       Kind::Personal,
       "2005-03-04",
       8,
       {Repair::Cleaned}},
      {"a blank for the hyphen", "20050304 2384", "200503042384", Kind::Personal, "2005-03-04", 8, {Repair::Cleaned}},
      {"a non-breaking blank for the hyphen, ten digits", "050304\u00A02384", "200503042384", Kind::Personal, "2005-03-04", 8, {Repair::Cleaned}},
      {"blanks around the hyphen", "20050304 - 2384", "200503042384", Kind::Personal, "2005-03-04", 8, {Repair::Cleaned}},
      {"en dash", "20050304\u20132384", "200503042384", Kind::Personal, "2005-03-04", 8, {Repair::Cleaned}},
      {"em dash", "20050304\u20142384", "200503042384", Kind::Personal, "2005-03-04", 8, {Repair::Cleaned}},
      {"minus", "20050304\u22122384", "200503042384", Kind::Personal, "2005-03-04", 8, {Repair::Cleaned}},
      {"non-breaking hyphen", "20050304\u20112384", "200503042384", Kind::Personal, "2005-03-04", 8, {Repair::Cleaned}},
      {"leading apostrophe", "'200503042384", "200503042384", Kind::Personal, "2005-03-04", 8, {Repair::Cleaned}},
      {"full-width digits",
       "\uFF12\uFF10\uFF10\uFF15\uFF10\uFF13\uFF10\uFF14\uFF0D\uFF12\uFF13\uFF18\uFF14",
       "200503042384",
       Kind::Personal,
       "2005-03-04",
       8,
       {Repair::Cleaned}},
      {"a byte order mark before it",
       "\uFEFF20050304-2384",
       "200503042384",
       Kind::Personal,
       "2005-03-04",
       8,
       {Repair::Cleaned}},
      {"apostrophe and lost zero",
       "'503042384",
       "200503042384",
       Kind::Personal,
       "2005-03-04",
       8,
       {Repair::Cleaned, Repair::ZeroRestored}},
  };
  for (const ReadCase& c : cases) {
    const auto parsed = PersonalIdentityNumber::parse(c.text, reference);
    ASSERT_TRUE(parsed) << c.name << ": " << parsed.error().message.id;
    EXPECT_EQ(parsed->number.digits(), c.digits) << c.name;
    EXPECT_EQ(parsed->number.kind(), c.kind) << c.name;
    EXPECT_EQ(parsed->number.born_on(),
              c.born_on ? Date::of(day(*c.born_on).year(), day(*c.born_on).month(), day(*c.born_on).day()) : std::nullopt)
        << c.name;
    EXPECT_EQ(parsed->number.gender_digit(), c.gender_digit) << c.name;
    EXPECT_EQ(parsed->repairs, c.repairs) << c.name;
    EXPECT_EQ(parsed->number.names_one_person(), c.kind == Kind::Personal || c.kind == Kind::Coordination) << c.name;
    const auto stored = PersonalIdentityNumber::of_normal_form(c.digits);
    ASSERT_TRUE(stored) << c.name;
    EXPECT_EQ(*stored, parsed->number) << c.name;
  }
}

struct RefusedCase {
  const char* name;
  const char* text;
  const char* code;
};

TEST(IdentityNumber, says_why_it_refuses) {
  const RefusedCase cases[] = {
      {"PN-11 serial 000 with a right check digit", "20150916-0006", "pnr.serial-000"},
      {"PN-12", "19700428-9895", "pnr.check-digit"},
      {"PN-13", "19600430-9886", "pnr.check-digit"},
      {"PN-14", "19420566-9899", "pnr.check-digit"},
      {"PN-15", "19721086-9924", "pnr.check-digit"},
      {"PN-21 coordination number", "19640883-3224", "pnr.check-digit"},
      {"PN-23 organisation number", "212000-1850", "pnr.organisation"},
      {"organisation number without hyphen", "2120001850", "pnr.organisation"},
      {"organisation number in twelve digits", "162120001850", "pnr.organisation"},
      {"PN-25 E is not an interim letter", "20000101-E220", "pnr.form"},
      {"interim number", "20000101-R220", "pnr.interim"},
      {"PN-29 nine digits with a wrong check digit", "503042385", "pnr.check-digit"},
      {"nine digits, serial 000", "509160000", "pnr.serial-000"},
      {"nine digits without a possible date", "599042384", "pnr.length"},
      {"nine digits that begin with zero have lost nothing in front", "050304238", "pnr.length"},
      {"PN-30 scientific notation", "2,00503E+11", "pnr.digits-lost"},
      {"scientific notation with a point", "2.00503e+11", "pnr.digits-lost"},
      {"scientific notation without decimals", "2E+11", "pnr.digits-lost"},
      {"twelve digits rounded by a spreadsheet", "200503000000", "pnr.digits-lost"},
      {"twelve digits rounded to four zeros", "200503040000", "pnr.digits-lost"},
      {"eleven digits", "20050304238", "pnr.length"},
      {"thirteen digits", "2005030423840", "pnr.length"},
      {"five digits", "42384", "pnr.length"},
      {"twelve digits with decimals", "200503042384.0", "pnr.decimals"},
      {"twelve digits with a decimal comma", "200503042384,5", "pnr.decimals"},
      {"only the birth date", "20050304", "pnr.birth-date-only"},
      {"only the birth date, six digits", "050304", "pnr.birth-date-only"},
      {"30 February", "20050230-2384", "pnr.not-in-calendar"},
      {"29 February of a common year", "19990229-2383", "pnr.not-in-calendar"},
      {"a plus with the year of somebody young", "19960101+2389", "pnr.plus-contradicts"},
      {"a plus the year before the hundredth", "19270527+1474", "pnr.plus-contradicts"},
      {"29 February of 1900", "000229+2399", "pnr.not-in-calendar"},
      {"month 00 of a personal number", "20050004-2384", "pnr.not-in-calendar"},
      {"month 13", "20051304-2384", "pnr.not-in-calendar"},
      {"day 00 of a personal number", "20050300-2384", "pnr.not-in-calendar"},
      {"day 92", "20050392-2384", "pnr.not-in-calendar"},
      {"a T code with a date that does not exist", "20050230-T123", "pnr.not-in-calendar"},
      {"a blank at the wrong place", "2005 03042384", "pnr.blank-for-hyphen"},
      {"a blank for the hyphen and a wrong check digit", "20050304 2385", "pnr.check-digit"},
      {"letter O for zero", "2OO50304-2384", "pnr.letter-for-digit"},
      {"letter l for one", "l9640823-3234", "pnr.letter-for-digit"},
      {"the year 1799", "17990101-2384", "pnr.form"},
      {"the year 2100", "21000101-2384", "pnr.form"},
      {"hyphen at the wrong place", "2005-0304-2384", "pnr.form"},
      {"a hyphen and a lost zero", "50304-2384", "pnr.form"},
      {"a T code with a letter", "20050304-T12A", "pnr.form"},
      {"empty", "", "pnr.form"},
      {"blanks only", "   ", "pnr.form"},
      {"a word", "saknas", "pnr.form"},
      {"bytes that are no text", "\xff\xfe\x80", "pnr.form"},
      {"half of a character at the end", "20050304-238\xE2\x80", "pnr.form"},
      {"a number and more", "20050304-2384 Åsa", "pnr.form"},
      {"a very long text", "20050304238420050304238420050304238420050304238420050304238420050304238420050304", "pnr.length"},
  };
  for (const RefusedCase& c : cases) {
    const auto parsed = PersonalIdentityNumber::parse(c.text, reference);
    ASSERT_FALSE(parsed) << c.name;
    EXPECT_EQ(parsed.error().message.id, c.code) << c.name;
    EXPECT_TRUE(text_of(c.code)) << c.code;
    EXPECT_TRUE(text_of(std::string(c.code) + ".do")) << c.code;
  }
}

struct CenturyCase {
  const char* name;
  const char* text;
  const char* reference;
  const char* digits;
  Repairs repairs;
};

TEST(CenturyOfTenDigits, is_the_latest_that_makes_the_person_younger_than_100) {
  const CenturyCase cases[] = {
      {"born in the reference year, birthday today", "160104-2383", "2016-01-04", "201601042383", {}},
      {"PN-36 born tomorrow: a hundred years earlier, and said",
       "160104-2383",
       "2016-01-03",
       "191601042383",
       {Repair::CenturyAssumed}},
      {"a year later than the reference year", "170104-2382", "2016-01-03", "191701042382", {}},
      {"PN-37 with plus in the year of the 100th birthday", "261224+2384", "2026-01-01", "192612242384", {}},
      {"an old file keeps its answer", "090527-1474", "2008-12-31", "190905271474", {}},
      {"the same number a year later is a child", "090527-1474", "2009-12-31", "200905271474", {}},
      {"a coordination number of tomorrow", "160164-2398", "2016-01-03", "191601642398", {Repair::CenturyAssumed}},
  };
  for (const CenturyCase& c : cases) {
    const auto parsed = PersonalIdentityNumber::parse(c.text, day(c.reference));
    ASSERT_TRUE(parsed) << c.name << ": " << parsed.error().message.id;
    EXPECT_EQ(parsed->number.digits(), c.digits) << c.name;
    EXPECT_EQ(parsed->repairs, c.repairs) << c.name;
  }
}

TEST(CenturyOfTenDigits, outside_the_window_of_the_call_twelve_digits_are_asked_for) {
  const CenturyWindow window{1996, 2012};
  struct {
    const char* name;
    const char* text;
    bool read;
  } const cases[] = {
      {"the first year", "960102-2396", true},
      {"the year before", "950102-2397", false},
      {"the last year", "120102-2397", true},
      {"the year after", "130102-2396", false},
      {"twelve digits are not doubted", "19950102-2397", true},
      {"a restored zero counts as ten digits", "503042384", true},
  };
  for (const auto& c : cases) {
    const auto parsed = PersonalIdentityNumber::parse(c.text, reference, &window);
    EXPECT_EQ(parsed.has_value(), c.read) << c.name << (parsed ? "" : ": " + parsed.error().message.id);
    if (parsed) continue;
    EXPECT_EQ(parsed.error().message.id, "pnr.century-unclear") << c.name;
  }
  const CenturyWindow younger{2006, 2012};
  EXPECT_EQ(PersonalIdentityNumber::parse("503042384", reference, &younger).error().message.id, "pnr.century-unclear");
}

TEST(IdentityNumber, proposes_what_the_writer_most_likely_meant) {
  EXPECT_EQ(proposed_identity("20050304 2384", reference), "20050304-2384");
  EXPECT_EQ(proposed_identity("050304 2384", reference), "050304-2384");
  EXPECT_EQ(proposed_identity("2OO5O3O4-2384", reference), "20050304-2384");
  EXPECT_EQ(proposed_identity("l9640823-3234", reference), "19640823-3234");
  EXPECT_EQ(proposed_identity("20050304 - 2384", reference), "20050304-2384");
  EXPECT_EQ(proposed_identity("20050304 2385", reference), std::nullopt) << "the check digit would be wrong";
  EXPECT_EQ(proposed_identity("20050304-2385", reference), std::nullopt) << "nothing to replace";
}

TEST(IdentityNumber, is_masked_and_stored_in_one_form_only) {
  EXPECT_EQ(PersonalIdentityNumber::of_normal_form("200503042384")->masked(), "20050304-****");
  for (const char* text : {"20050304-2384", "0503042384", "20050304tf29", "200503042385", "", "2005030423840"})
    EXPECT_FALSE(PersonalIdentityNumber::of_normal_form(text)) << text;
}

TEST(Luhn, weighs_nine_digits_and_compares_the_tenth) {
  for (const char* right : {"6408233234", "7010632391", "0503042384", "1509160006", "2120001850"})
    EXPECT_TRUE(luhn(right)) << right;
  for (const char* wrong : {"6408233235", "640823323", "64082332345", "640823323a", ""}) EXPECT_FALSE(luhn(wrong)) << wrong;
}

std::string contents(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// Every text between quotation marks that is not a key.
std::vector<std::string> texts_in(const std::string& json) {
  static const std::regex quoted("\"([^\"]*)\"(\\s*:)?");
  std::vector<std::string> found;
  for (std::sregex_iterator it(json.begin(), json.end(), quoted), end; it != end; ++it)
    if (!(*it)[2].matched) found.push_back((*it)[1]);
  return found;
}

std::string member(const std::string& object, const std::string& key) {
  std::smatch match;
  if (!std::regex_search(object, match, std::regex("\"" + key + "\"\\s*:\\s*\"?([^\",}\\n]*)\"?"))) return "";
  return match[1];
}

std::vector<std::string> objects_in(const std::string& json) {
  static const std::regex object("\\{[^{}]*\\}");
  std::vector<std::string> found;
  for (std::sregex_iterator it(json.begin(), json.end(), object), end; it != end; ++it) found.push_back(it->str());
  return found;
}

TEST(PublicIdentityNumbers, of_the_tax_agency_are_read_in_every_spelling) {
  NEED_SHARED_DATA(data);
  struct {
    const char* file;
    Kind kind;
    std::size_t at_least, incomplete_at_least;
  } const lists[] = {{"allPins.json", Kind::Personal, 100, 0}, {"allCoords.json", Kind::Coordination, 100, 1}};
  for (const auto& list : lists) {
    std::size_t read = 0, incomplete = 0;
    for (const std::string& twelve : texts_in(contents(data / "personnummer" / list.file))) {
      const auto number = PersonalIdentityNumber::parse(twelve, reference);
      ASSERT_TRUE(number) << twelve << " " << number.error().message.id;
      ASSERT_EQ(number->number.digits(), twelve);
      ASSERT_EQ(number->number.kind(), list.kind);
      ASSERT_TRUE(number->repairs.empty());
      const bool plus = reference.year() - std::stoi(twelve.substr(0, 4)) >= 100;
      const std::string ten = twelve.substr(2, 6) + (plus ? "+" : "-") + twelve.substr(8);
      const auto short_form = PersonalIdentityNumber::parse(ten, reference);
      // Two centuries back no ten digits reach.
      if (reference.year() - std::stoi(twelve.substr(0, 4)) < 126) {
        ASSERT_TRUE(short_form) << ten << " " << short_form.error().message.id;
        ASSERT_EQ(short_form->number.digits(), twelve) << ten;
      }
      ++read;
      incomplete += !number->number.born_on();
    }
    EXPECT_GE(read, list.at_least) << list.file;
    EXPECT_GE(incomplete, list.incomplete_at_least) << list.file;
  }
}

TEST(PublicIdentityNumbers, list_is_read_and_refused_as_it_says) {
  NEED_SHARED_DATA(data);
  const auto objects = objects_in(contents(data / "personnummer" / "list.json"));
  ASSERT_GT(objects.size(), 5u);
  for (const std::string& object : objects) {
    const bool valid = member(object, "valid") == "true";
    for (const char* key : {"long_format", "short_format", "separated_format", "separated_long"}) {
      // The list refuses a blank for the hyphen, which people write and intake cleans (decision 233).
      if (member(object, key).find(' ') != std::string::npos) continue;
      const auto parsed = PersonalIdentityNumber::parse(member(object, key), reference);
      EXPECT_EQ(parsed.has_value(), valid) << object << key;
      if (!parsed || !valid) continue;
      EXPECT_EQ(parsed->number.kind(), member(object, "type") == "con" ? Kind::Coordination : Kind::Personal) << object;
      EXPECT_EQ(*parsed->number.gender_digit() % 2 == 1, member(object, "isMale") == "true") << object;
      // Ten digits without a plus do not tell that somebody is older than 100.
      if (std::string(key) == "short_format") continue;
      EXPECT_EQ(parsed->number.digits(), member(object, "long_format")) << object << key;
    }
  }
}

TEST(PublicIdentityNumbers, structured_list_is_read_and_refused_as_it_says) {
  NEED_SHARED_DATA(data);
  const std::string json = contents(data / "personnummer" / "structured.json");
  static const std::regex group("\"(valid|invalid)\"\\s*:\\s*\\[([^\\]]*)\\]");
  static const std::regex item("\"([^\"]*)\"|(\\d+)");
  std::size_t seen = 0;
  for (std::sregex_iterator it(json.begin(), json.end(), group), end; it != end; ++it) {
    const std::string items = (*it)[2];
    for (std::sregex_iterator one(items.begin(), items.end(), item); one != end; ++one) {
      const std::string text = (*one)[1].matched ? (*one)[1] : (*one)[2];
      if (text.find(' ') != std::string::npos) continue;  // as above
      EXPECT_EQ(PersonalIdentityNumber::parse(text, reference).has_value(), (*it)[1] == "valid") << text;
      ++seen;
    }
  }
  EXPECT_GT(seen, 20u);
}

TEST(PublicIdentityNumbers, interim_and_organisation_numbers_name_nobody) {
  NEED_SHARED_DATA(data);
  for (const std::string& object : objects_in(contents(data / "personnummer" / "interim.json")))
    for (const char* key : {"long_format", "short_format", "separated_format", "separated_long"}) {
      const std::string text = member(object, key);
      const auto parsed = PersonalIdentityNumber::parse(text, reference);
      // T and three digits is first of all a temporary code, which names nobody either.
      if (text.find('T') != std::string::npos)
        EXPECT_TRUE(parsed && parsed->number.kind() == Kind::Temporary) << text;
      else
        EXPECT_EQ(parsed.error().message.id, member(object, "valid") == "true" ? "pnr.interim" : "pnr.form") << text;
    }
  for (const std::string& object : objects_in(contents(data / "personnummer" / "orgnumber.json")))
    for (const char* key : {"integer", "short_format", "separated_format"})
      EXPECT_EQ(PersonalIdentityNumber::parse(member(object, key), reference).error().message.id, "pnr.organisation") << object;
}

}  // namespace
}  // namespace horisont
