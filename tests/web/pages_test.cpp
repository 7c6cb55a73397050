#include "support/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <fstream>
#include <map>
#include <mutex>
#include <regex>
#include <set>
#include <thread>

#include "app/import_file.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "support/commands.h"
#include "web/chart.h"
#include "web/gate.h"
#include "web/site.h"

namespace horisont::web {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string id_that_stands_twice(const std::string& body) {
  static const std::regex id(" id=\"([^\"]*)\"");
  std::set<std::string> seen;
  for (std::sregex_iterator one(body.begin(), body.end(), id), end; one != end; ++one)
    if (!seen.insert((*one)[1]).second) return (*one)[1];
  return {};
}

TEST_F(Pages, every_link_leads_to_a_page_that_is_whole_and_names_nobody_and_changes_nothing) {
  // Drafts that wait have pages of their own, a step each: time of somebody unknown, and a register with names and a wrong
  // word.
  ASSERT_EQ(end_of(upload("Timmar.csv",
                          "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-04-05;7.30;praktik\nUH-9;2016-04-05;hel;praktik\n")),
            project + "/utkast/U-1");
  ASSERT_EQ(end_of(upload("Register.csv",
                          "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;KAA\n"
                          "UH-1;19990517-9819;Öberg, Åsa;Karlstd;2016-02-02;arbetslös;kanske\n")),
            project + "/utkast/U-2");
  for (const char* kind : {"scb-month", "project-outcome"})
    ASSERT_EQ(post(project + "/rapporter/ny", {{"mall", kind}, {"period", "2016-03"}, {"nyckel", kind}}).status, 303);
  std::set<std::string> seen, left{"/"}, steps;
  const auto version = [&] { return open_workspace(folder / "home", HORISONT_SOURCE_DIR)->store.seen("ung-horisont"); };
  const std::string before = version();
  std::size_t pages = 0;
  std::map<std::string, int> alike;  // a page for each number of a report, of each filter: some of each are enough
  while (!left.empty()) {
    const std::string target = *left.begin();
    left.erase(left.begin());
    if (!seen.insert(target).second) continue;
    if (++alike[std::regex_replace(std::regex_replace(target, std::regex("=[^&]*"), ""), std::regex("[0-9]+"), "#")] > 15)
      continue;
    ++pages;
    const Response response = get(target);
    static const std::regex step(".*/utkast/U-[0-9]+/([a-z]+).*"), address_of_draft(".*/utkast/U-[0-9]+");
    if (std::smatch found; std::regex_match(target, found, step)) steps.insert(found[1]);
    if (std::regex_match(target, address_of_draft)) {
      EXPECT_EQ(response.status, 303) << target;
      left.insert(where(response));
      continue;
    }
    EXPECT_EQ(response.status, 200) << target;
    for (const char* personal : {"990517-9819", "199905179819", "Öberg", "Åsa", "980303-9800", "Ek&lt;"})
      EXPECT_EQ(response.body.find(std::string(personal)), std::string::npos) << target << " shows " << personal;
    EXPECT_EQ(target.find("19990517"), std::string::npos) << target;
    if (response.type != "text/html; charset=utf-8") continue;
    EXPECT_THAT(response.body, Not(HasSubstr("[web."))) << target << " has a text that is missing";
    EXPECT_THAT(response.body, Not(testing::ContainsRegex("<(script|style)[^>]*>[^<]|style=\"| on[a-z]+=\""))) << target;
    const auto first = response.body.find("<h1>");
    ASSERT_NE(first, std::string::npos) << target;
    EXPECT_EQ(response.body.find("<h1>", first + 1), std::string::npos) << target << " has two headings of the first level";
    const Response english = get(target + (target.find('?') == target.npos ? "?" : "&") + "lang=en");
    EXPECT_THAT(english.body, HasSubstr("<html lang=\"en\">")) << target;
    EXPECT_EQ(id_that_stands_twice(response.body), "") << target << ": a label would lead to the wrong field";
    for (const std::string& body : {response.body, english.body})
      EXPECT_FALSE(test::names_a_command(body)) << target << " tells to type a command";
    for (const std::string& link : links_of(response.body)) {
      // One project, and the first words of each filter, are enough.
      if ((link.starts_with("/p/") && !link.starts_with(project)) || link.find("sortera=") != link.npos) continue;
      if (std::count(link.begin(), link.end(), '&') > 1) continue;
      left.insert(link);
    }
  }
  EXPECT_GT(pages, 40u);
  EXPECT_EQ(steps, (std::set<std::string>{"fil", "blad", "kolumner", "problem", "skillnad", "ratta", "rader"}));
  EXPECT_EQ(version(), before);
}

TEST_F(Pages, long_work_shows_how_far_it_has_come_and_can_be_left_and_come_back_to) {
  std::mutex mutex;
  std::condition_variable changed;
  bool finish = false, begun = false;  // begun: the one that goes well
  const auto work = [&](const char* fails) {
    return [&, fails](Job& job) {
      job.total = 200'000, job.done = 50'000;
      std::unique_lock lock(mutex);
      begun = begun || !fails;
      changed.notify_all();
      changed.wait(lock, [&] { return finish; });
      job.done = 200'000;
      if (fails)
        job.failed = Message{fails, {"U-9", "ung-horisont"}};
      else
        job.leads_to = project + "/utkast/U-9/skillnad";
    };
  };
  const std::uint32_t good = site->jobs.begin("ung-horisont", {"web.job.read", {"Mars.csv"}}, project + "/inlasningar",
                                              work(nullptr)),
                      bad = site->jobs.begin("ung-horisont", {"web.job.store", {"U-9"}}, project + "/inlasningar",
                                             work("draft.unknown"));
  const std::string here = project + "/arbete/" + std::to_string(good);
  {
    std::unique_lock lock(mutex);
    ASSERT_TRUE(changed.wait_for(lock, std::chrono::seconds(30), [&] { return begun; }));
  }
  for (int twice = 0; twice < 2; ++twice) {  // asked again, as somebody who comes back
    const Response shown = get(here);
    EXPECT_EQ(shown.status, 200);
    EXPECT_THAT(shown.body,
                testing::AllOf(HasSubstr("25 %"), HasSubstr("<progress max=\"100\" value=\"25\""), HasSubstr("Mars.csv"),
                               HasSubstr("data-poll=\"" + here + "\""), HasSubstr("role=\"status\"")));
    EXPECT_EQ(get(project + "/deltagare").status, 200) << "other pages are served meanwhile";
  }
  EXPECT_THAT(get(here + "?lang=en").body, HasSubstr("<html lang=\"en\">"));
  EXPECT_EQ(get("/p/varmlands-framtid/arbete/" + std::to_string(good)).status, 404) << "another project's";
  {
    const std::lock_guard lock(mutex);
    finish = true;
  }
  changed.notify_all();
  for (const std::uint32_t one : {good, bad})
    while (!site->jobs.is_over(one)) site->jobs.wait(one, std::chrono::milliseconds(100));
  EXPECT_EQ(where(get(here)), project + "/utkast/U-9/skillnad");
  EXPECT_EQ(where(get(here)), project + "/utkast/U-9/skillnad") << "the back button";
  const Response failed = get(project + "/arbete/" + std::to_string(bad));
  EXPECT_EQ(failed.status, 422);
  EXPECT_THAT(failed.body, HasSubstr("U-9"));
}

// Pictures stand beside the numbers that they show, and say them to who does not see.
TEST_F(Pages, a_picture_says_its_numbers_and_stands_beside_them) {
  const Response overview = get(project);
  EXPECT_THAT(overview.body, testing::ContainsRegex("<desc id=\"people-text\">planerade i beslutet: 300; har börjat: 2"));
  EXPECT_THAT(overview.body, HasSubstr("tabell=participants-plan"));
  Table table{.schema = "table_4a"};
  table.columns = {{"id", {"ID", "ID"}},
                   {"indicator", {"Indikator", "Indicator"}},
                   {"target_total", {"Mål", "Target"}, Table::Column::Kind::Count},
                   {"total", {"Summa", "Total"}, Table::Column::Kind::Count}};
  const auto row = [&](const char* id, std::int64_t target, std::int64_t total) {
    table.rows.push_back({std::string(id), std::string("arbetslösa <nu>"), target, total});
  };
  row("CO01", 40, 1200), row("CO02", 0, 0), row("CO03", 0, 7);
  const Request request{.head = head("GET", project), .form = {}, .upload = {}};
  const Visit visit{.site = *site,
                    .request = request,
                    .language = Language::Swedish,
                    .token = "",
                    .path = project,
                    .parts = {},
                    .project = "ung-horisont",
                    .snapshot = {},
                    .today = *Date::parse("2016-04-15"),
                    .now = *Moment::parse("2016-04-15T08:00:00Z")};
  const std::string drawn = sheet_chart(visit, table, "Tabell 4A").markup();
  EXPECT_THAT(drawn, testing::AllOf(HasSubstr("<svg role=\"img\" aria-labelledby=\"chart-title chart-text\""),
                                    HasSubstr("<desc id=\"chart-text\">CO01 arbetslösa &lt;nu&gt;: Mål 40, Summa 1\u00A0200; "
                                              "CO03 arbetslösa &lt;nu&gt;: Mål 0, Summa 7.</desc>"),
                                    HasSubstr("<title id=\"chart-title\">Tabell 4A</title>"), Not(HasSubstr("CO02"))));
  for (auto& one : table.rows) one[2] = std::int64_t{0};
  EXPECT_THAT(sheet_chart(visit, table, "Tabell 4A").markup(), Not(HasSubstr("Mål"))) << "no target is told, so none is drawn";
  table.rows.resize(2);
  EXPECT_TRUE(sheet_chart(visit, table, "Tabell 4A").empty()) << "one bar is no picture";
  // A sheet without numbers to compare has none.
  EXPECT_THAT(get(project + "/rapporter/ny?mall=eligibility-log").body, Not(HasSubstr("<svg")));
  const Response money = get(project + "/ekonomi");
  EXPECT_EQ(money.status, 200);
  EXPECT_THAT(money.body, HasSubstr("tabell=balance"));
  EXPECT_THAT(get(project + "/ekonomi.json?tabell=balance").body, HasSubstr("\"amount_ore\""));
}

TEST_F(Pages, swedish_pages_say_things_in_words) {
  ASSERT_EQ(end_of(upload("Register.csv",
                          "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar\n"
                          "UH-1;19990517-9819;Öberg, Åsa;Karlstd;2016-02-01;arbetslös;nej\n")),
            project + "/utkast/U-1");
  const std::string asked = get(project + "/utkast/U-1/kolumner").body;
  const std::size_t near = asked.find(">Karlstad (1780)</option>"), other = asked.find(">Arvika (1784)</option>");
  EXPECT_TRUE(near != asked.npos && other != asked.npos && near < other) << "names, the nearest first, the code after";
  const std::string history = get(project + "/deltagare/D-0001/historik").body;
  EXPECT_THAT(history, testing::AllOf(HasSubstr("Hemkommun"), HasSubstr("Startdatum"), HasSubstr("arbetslös"),
                                      Not(HasSubstr("home_municipality<"))));
  const std::string rules = get("/regler/youth.dmn").body;
  EXPECT_THAT(rules, testing::AllOf(HasSubstr("Behövs för alla gränser"), Not(HasSubstr("needed for every limit")),
                                    Not(HasSubstr("limits.")), HasSubstr("mindre än lägsta ålder"), Not(HasSubstr("in_area")),
                                    HasSubstr("förslag, inte godkänt</dd>")));
  EXPECT_THAT(get("/regler/youth.dmn?lang=en").body,
              testing::AllOf(HasSubstr("needed for every limit"), Not(HasSubstr("Behövs för alla"))));
  EXPECT_THAT(get(project + "/inlasningar/I-1").body, HasSubstr("2016-04-15 10:00, anna"));
  EXPECT_THAT(get(project + "/deltagare/D-0001").body, HasSubstr(">man</td>"));
  ASSERT_EQ(post(project + "/deltagare/D-0002/ratta",
                 {{"falt", "in_training"}, {"varde", ""}, {"skal", "uppgiften var fel"}, {"steg", "spara"}})
                .status,
            303);
  EXPECT_THAT(get(project + "/deltagare/D-0002/bedomning").body,
              HasSubstr("saknas: både Studerar och I annan utbildning eller praktik"));
}

TEST_F(Pages, every_route_refuses_who_has_not_opened_the_pages) {
  cookie.clear();
  for (const Route& route : routes()) {
    std::string path;
    for (const char c : route.pattern) path += c == '*' ? 'x' : c;
    EXPECT_EQ(ask({.head = head(std::string(route.method), path), .form = {}, .upload = {}}).status, 403) << path;
  }
}

TEST_F(Pages, a_form_without_its_token_changes_nothing) {
  for (const Route& route : routes()) {
    if (route.method != "POST") continue;
    std::string path = project;
    if (route.pattern.starts_with("/p/*/"))
      for (const char c : route.pattern.substr(4)) path += c == '*' ? 'x' : c;
    else
      path = route.pattern;
    EXPECT_EQ(ask({.head = head("POST", path), .form = {{"token", std::string(64, '0')}}, .upload = {}}).status, 403) << path;
  }
}

TEST_F(Pages, addresses_that_lead_nowhere_say_so) {
  for (const char* path : {"/finnsinte", "/p/okant/", "/p/ung-horisont/deltagare/D-9999", "/p/ung-horisont/deltagare/x",
                           "/p/ung-horisont/inlasningar/I-99", "/p/ung-horisont/utkast/U-9", "/p/ung-horisont/rapporter/R-1",
                           "/p/ung-horisont/manad/2016-13", "/regler/a..b", "/regler/okant", "/p/ung-horisont/arbete/7",
                           "/p/ung-horisont/mall/okant", "/p/ung-horisont/deltagare.xml"})
    EXPECT_EQ(get(path).status, 404) << path;
  EXPECT_EQ(get("/p/ung-horisont/deltagare?sida=999999&rader=9999&sortera=okant&verdict=okant").status, 200);
}

TEST_F(Pages, a_table_is_the_same_rows_as_page_csv_workbook_and_json) {
  const Response page = get(project + "/timmar?manad=2016-03"), csv = get(project + "/timmar.csv?manad=2016-03"),
                 json = get(project + "/timmar.json?manad=2016-03");
  EXPECT_THAT(page.body, HasSubstr("13,50"));
  EXPECT_THAT(csv.body, HasSubstr(";13,50;"));
  EXPECT_TRUE(csv.body.starts_with("\xEF\xBB\xBF"));
  EXPECT_THAT(json.body, HasSubstr("\"reported_min\":810"));
  EXPECT_THAT(value_of(csv.headers, "Content-Disposition"), HasSubstr("attachment; filename=\"ung-horisont-hours.csv\""));
  const Response book = get(project + "/timmar.xlsx?manad=2016-03");
  EXPECT_THAT(value_of(book.headers, "Content-Disposition"), HasSubstr("attachment; filename=\"ung-horisont-hours.xlsx\""));
  write("timmar.xlsx", book.body);
  const auto read = read_workbook(folder / "timmar.xlsx");
  ASSERT_TRUE(read) << read.error().message.id;
  ASSERT_EQ(read->sheets().size(), 2u);
  const SheetView& sheet = read->sheets().front();
  const std::string head = csv.body.substr(3, csv.body.find("\r\n") - 3);
  const auto columns = static_cast<std::size_t>(std::count(head.begin(), head.end(), ';')) + 1;
  ASSERT_EQ(sheet.rows.cells(0).size(), columns);
  EXPECT_EQ(sheet.rows.cells(0).front().text, head.substr(0, head.find(';')));
  bool hours = false;
  for (const CellView& cell : sheet.rows.cells(1)) hours |= cell.text == "13.5";
  EXPECT_TRUE(hours) << "no cell holds the number 13.5";
}

TEST_F(Pages, every_setting_stands_with_its_source_and_its_confidence) {
  const std::string page = project + "/installningar";
  EXPECT_THAT(get(page + "?rader=500").body,
              testing::AllOf(HasSubstr("programmes/yei.toml"), HasSubstr("overifierad"), HasSubstr("212000-1850")));
  const std::string unverified = get(page + ".csv?confidence=unverified-default").body;
  EXPECT_THAT(unverified, testing::AllOf(HasSubstr("Organisationsnummer;212000-1850;;;"), HasSubstr(";organisation_number\r\n"), Not(HasSubstr("Diarienummer;"))));
}

// How many rows a table has in a form that programs read.
std::size_t csv_rows(const std::string& csv) {
  std::size_t rows = 0;
  bool quoted = false;
  for (const char c : csv) quoted ^= c == '"', rows += c == '\n' && !quoted;
  return rows - 1;
}

TEST_F(Pages, every_table_there_is_has_an_address_an_order_and_pages_and_is_the_same_rows_in_three_files) {
  ASSERT_EQ(end_of(upload("Timmar.csv",
                          "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-04-05;5;praktik\nUH-9;2016-04-05;5;praktik\n")),
            project + "/utkast/U-1");
  for (const char* kind : {"scb-month", "hours-summary"})
    ASSERT_EQ(post(project + "/rapporter/ny", {{"mall", kind}, {"period", "2016-03"}, {"nyckel", kind}}).status, 303);
  ASSERT_EQ(post(project + "/stickprov",
                 {{"ur", "participants"}, {"metod", "simple"}, {"storlek", "2"}, {"fro", "00112233445566778899aabbccddeeff"}})
                .status,
            303);
  ASSERT_EQ(post(project + "/bedom", {}).status, 303);
  std::set<std::string> seen, left{"/"}, schemas;
  std::size_t tables = 0;
  while (!left.empty() && seen.size() < 600) {
    const std::string target = *left.begin();
    left.erase(left.begin());
    if (!seen.insert(target).second) continue;
    const std::size_t question = target.find('?');
    const std::string path = target.substr(0, question), rest = question == target.npos ? "" : target.substr(question);
    if (path.ends_with(".csv")) {
      const std::string bare = path.substr(0, path.size() - 4);
      const Response csv = get(target), json = get(bare + ".json" + rest), xlsx = get(bare + ".xlsx" + rest),
                     page = get(bare + rest);
      ASSERT_EQ(csv.status * 1000000000ll + json.status * 1000000ll + xlsx.status * 1000ll + page.status, 200200200200ll)
          << target;
      ++tables;
      const std::string name = value_of(csv.headers, "Content-Disposition");
      schemas.insert(name.substr(name.find('"')));
      const std::size_t rows = csv_rows(csv.body);
      write("table.xlsx", xlsx.body);
      const auto book = read_workbook(folder / "table.xlsx");
      ASSERT_TRUE(book) << target;
      EXPECT_EQ(book->sheets().front().rows.size(), rows + 1) << target;
      const std::size_t begin = json.body.find("\"rows\":[");
      ASSERT_NE(begin, std::string::npos) << target;
      EXPECT_EQ(json.body.find("\"rows\":[]") != std::string::npos, rows == 0) << target;
      // Each column orders the same rows, and a page of one row is a page.
      EXPECT_NE(page.body.find("sortera="), std::string::npos) << target;
      for (const std::string& link : links_of(page.body))
        if (link.find("sortera=") != link.npos) {
          EXPECT_EQ(get(link).status, 200) << link;
          const std::size_t at = link.find('?');
          EXPECT_EQ(csv_rows(get(link.substr(0, at) + ".csv" + link.substr(at)).body), rows) << link;
        }
      if (rows > 1) {
        const Response one = get(bare + rest + (rest.empty() ? "?" : "&") + "rader=1&sida=2");
        EXPECT_NE(one.body.find("class=\"pages\""), std::string::npos) << target << " of " << rows << " rows";
      }
      continue;
    }
    const Response response = get(target);
    if (response.type != "text/html; charset=utf-8") continue;
    for (const std::string& link : links_of(response.body)) {
      if ((link.starts_with("/p/") && !link.starts_with(project)) || link.find("sortera=") != link.npos) continue;
      if (link.find(".json") != link.npos || link.find(".xlsx") != link.npos || std::count(link.begin(), link.end(), '&') > 1)
        continue;
      left.insert(link);
    }
  }
  EXPECT_GT(tables, 60u);
  for (const char* schema : {"projects", "participants", "hours", "imports", "reports", "months", "settings", "runs",
                             "calendar", "project", "problem-help", "drafts", "log"})
    EXPECT_TRUE(std::any_of(schemas.begin(), schemas.end(),
                            [&](const std::string& one) { return one.find(std::string("-") + schema + ".csv\"") != one.npos; }))
        << schema << " is a table of some page";
  EXPECT_EQ(get(project + "/granskning.csv").status, 404) << "a page without a table of its own";
  EXPECT_EQ(get(project + ".json?tabell=okant").status, 404);
}

TEST_F(Pages, a_name_is_shown_for_a_purpose_and_the_look_is_written_first) {
  const std::string person = project + "/deltagare/D-0002";
  const Response refused = post(person + "/visa", {{"syfte", "kort"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, Not(HasSubstr("9800")));
  const Response shown = post(person + "/visa", {{"syfte", "ringer om närvaron i mars"}});
  EXPECT_EQ(shown.status, 200);
  EXPECT_THAT(shown.body, HasSubstr("19980303-9800"));
  EXPECT_THAT(shown.body, HasSubstr("&lt;b&gt;Ek&lt;/b&gt;, Bo"));
  std::ifstream log(folder / "home/data/access.log");
  std::string line;
  std::getline(log, line);
  EXPECT_EQ(line, "2016-04-15T08:00:00Z\tanna\tung-horisont\tD-0002\tringer om närvaron i mars");
  EXPECT_FALSE(std::getline(log, line));
  EXPECT_EQ(std::filesystem::status(folder / "home/data/access.log").permissions() & std::filesystem::perms::others_all,
            std::filesystem::perms::none);
}

TEST_F(Pages, a_file_waits_as_a_draft_until_it_is_confirmed_and_can_be_undone) {
  const std::string draft =
      end_of(upload("Närvaro april.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-04-05;5;praktik\n"));
  ASSERT_EQ(draft, project + "/utkast/U-1");
  ASSERT_EQ(where(get(draft)), draft + "/skillnad") << "nothing is asked";
  const Response seen = get(draft + "/skillnad");
  EXPECT_THAT(seen.body, HasSubstr("1 nya · 0 ändrade"));
  EXPECT_THAT(get(project + "/timmar?manad=2016-04").body, Not(HasSubstr("5,00")));
  const std::string import = end_of(post(draft + "/las-in", {}));
  ASSERT_EQ(import, project + "/inlasningar/I-3?klar=1");
  EXPECT_EQ(get(import).status, 200);
  EXPECT_THAT(get(project + "/timmar?manad=2016-04").body, HasSubstr("5,00"));
  EXPECT_EQ(get(draft).status, 404) << "what was confirmed waits no longer";
  EXPECT_EQ(post(draft + "/las-in", {}).status, 422) << "sent twice";
  const std::string undo = project + "/inlasningar/I-3/angra";
  EXPECT_THAT(post(undo, {{"skal", "fel fil inläst"}}).body, HasSubstr("Ingenting är gjort än"));
  EXPECT_EQ(post(undo, {{"skal", "kort"}, {"steg", "angra"}}).status, 422);
  EXPECT_EQ(where(post(undo, {{"skal", "fel fil inläst"}, {"steg", "angra"}})), project + "/inlasningar/I-3");
  EXPECT_THAT(get(project + "/timmar?manad=2016-04").body, Not(HasSubstr("5,00")));
}

TEST_F(Pages, a_draft_can_be_read_anew_dropped_and_got_back_marked_up) {
  const std::string draft = end_of(
      upload("Timmar.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-04-05;7.30;praktik\nUH-9;2016-04-05;5;praktik\n"));
  ASSERT_EQ(draft, project + "/utkast/U-1");
  EXPECT_EQ(where(get(draft)), draft + "/kolumner") << "a question comes before the problems";
  EXPECT_THAT(get(draft + "/kolumner").body, HasSubstr("hours.minutes"));
  const Response workbook = get(project + "/inlasningar/U-1/excel");
  EXPECT_TRUE(workbook.body.starts_with("PK"));
  const std::string again = end_of(post(draft + "/las-om", {{"fraga-1", "hours.minutes"}}));
  EXPECT_EQ(again, project + "/utkast/U-2");
  EXPECT_EQ(post(again + "/las-om", {{"fraga-1", "nonsens"}}).status, 422);
  EXPECT_EQ(where(post(again + "/slang", {})), project + "/inlasningar");
  EXPECT_EQ(get(again).status, 404);
}

TEST_F(Pages, rows_are_left_out_with_a_reason_seen_before_the_import_and_kept_with_it) {
  const std::string draft = end_of(upload("Timmar.csv",
                                          "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-04-05;5;praktik\nUH-9;2016-04-05;5;praktik\n"
                                          "UH-8;2016-04-06;4;praktik\n"));
  ASSERT_EQ(draft, project + "/utkast/U-1");
  EXPECT_THAT(get(draft + "/problem").body, HasSubstr("Välj bland 2 rader med fel"));
  const std::string rows = draft + "/rader";
  EXPECT_THAT(get(rows).body, testing::AllOf(HasSubstr("Rad 3:"), HasSubstr("Rad 4:"), Not(HasSubstr("Rad 2:"))));
  const Fields chosen{{"rad", "3"}, {"rad", "4"}, {"skal", "de går i ett annat projekt"}};
  struct Case {
    const char* what;
    Fields sent;
    const char* says;
  };
  for (const Case& one : {Case{"no reason", {{"rad", "3"}, {"skal", "kort"}}, "minst tio tecken"},
                          Case{"no row", {{"skal", "de går i ett annat projekt"}}, "Välj minst en rad"},
                          Case{"a row that there is not", {{"rad", "3"}, {"rad", "99"}, {"skal", "de går i ett annat projekt"}}, "99"},
                          Case{"a cell", {{"rad", "B3"}, {"skal", "de går i ett annat projekt"}}, "B3"}}) {
    const Response refused = post(rows, one.sent);
    EXPECT_EQ(refused.status, 422) << one.what;
    EXPECT_THAT(refused.body, testing::AllOf(HasSubstr("role=\"alert\""), HasSubstr(one.says))) << one.what;
  }
  EXPECT_EQ(where(post(rows, chosen)), project + "/utkast/U-2/problem");
  EXPECT_EQ(where(post(rows, chosen)), project + "/utkast/U-2/rader") << "sent twice";
  const std::string difference = project + "/utkast/U-2/skillnad";
  EXPECT_EQ(where(get(project + "/utkast/U-2")), difference) << "no error is left";
  EXPECT_THAT(get(difference).body, testing::AllOf(HasSubstr("1 nya · 0 ändrade"), HasSubstr("lämnas utanför"),
                                                   HasSubstr("de går i ett annat projekt"), HasSubstr("anna")));
  // One is taken in again, and left out once more.
  EXPECT_EQ(where(post(project + "/utkast/U-2/rader", {{"tillbaka", "1"}, {"rad", "4"}})), project + "/utkast/U-3/problem");
  EXPECT_EQ(where(get(project + "/utkast/U-3")), project + "/utkast/U-3/problem");
  EXPECT_EQ(where(post(project + "/utkast/U-3/rader", {{"rad", "4"}, {"skal", "tid av fel person"}})), project + "/utkast/U-4/problem");
  const std::string import = end_of(post(project + "/utkast/U-4/las-in", {}));
  ASSERT_EQ(import, project + "/inlasningar/I-3?klar=1");
  EXPECT_THAT(get(import).body, testing::AllOf(HasSubstr("de går i ett annat projekt"), HasSubstr("tid av fel person")));
}

TEST_F(Pages, what_a_file_leaves_open_is_chosen_from_lists_once_for_all_cells_alike) {
  const auto has = [&](const std::string& path, const char* text) { return get(path).body.find(text) != std::string::npos; };
  const auto step_of = [&](const std::string& draft) { return where(get(draft)); };
  const std::string draft =
      end_of(upload("Timmar.csv",
                    "Deltagar-id;Dag;Antal;Aktivitet\nUH-1;05/04/2016;5;praktikk\nUH-2;06/04/2016;5;praktikk\n"
                    "UH-1;07/04/2016;5;praktikk\n"));
  ASSERT_EQ(draft, project + "/utkast/U-1") << "a file without a column that is needed waits for somebody to say which it is";
  EXPECT_TRUE(has(step_of(draft), "Kolumnen Timmar / Minuter / Starttid + Sluttid saknas"));
  const std::string asks = end_of(post(draft + "/las-om", {{"rubrik-4", "Antal"}, {"falt-4", "hours"}}));
  ASSERT_EQ(asks, project + "/utkast/U-2");
  EXPECT_TRUE(has(step_of(asks), "Vad betyder &quot;praktikk&quot; i kolumnen Aktivitet?"));
  EXPECT_TRUE(has(step_of(asks), "Antal celler: 3. Den första: D2"));
  EXPECT_TRUE(has(step_of(asks), "I vilken ordning står datumen i kolumnen Dag (till exempel 05/04/2016)?"));
  EXPECT_EQ(post(asks + "/las-om", {{"fraga-1", "nonsens"}}).status, 422);
  const std::string answered = end_of(
      post(asks + "/las-om", {{"fraga-1", "activity:praktikk=work_placement"}, {"fraga-2", "dmy"}, {"spara", "kontoret"}}));
  ASSERT_EQ(answered, project + "/utkast/U-3");
  EXPECT_TRUE(has(step_of(answered), "3 nya · 0 ändrade"));
  EXPECT_FALSE(has(step_of(answered), "Svara och läs om filen"));
  EXPECT_TRUE(has(project + "/inlasningar", ">kontoret</option>"));
  const std::string without = end_of(post(answered + "/las-om", {{"rubrik-3", "Antal"}, {"falt-3", "not-read"}}));
  EXPECT_TRUE(has(without + "/skillnad", "Ingen rad kan läsas in")) << "the answer that was given last holds";
  EXPECT_TRUE(
      has(step_of(end_of(post(without + "/las-om", {{"rubrik-1", "Antal"}, {"falt-1", "hours"}}))), "3 nya · 0 ändrade"));
}

TEST_F(Pages, an_import_is_steps_with_an_address_each_that_can_be_left_and_come_back_to) {
  const std::string rows = "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-04-05;7.30;praktik\nUH-9;2016-04-05;5;praktik\n";
  const std::string draft = end_of(upload("Timmar.csv", rows));
  const std::string second = end_of(post(draft + "/las-om", {{"fraga-1", "hours.minutes"}}));
  ASSERT_EQ(second, project + "/utkast/U-2");
  struct Step {
    const char *name, *shows;
  };
  for (const Step& step : {Step{"fil", "SHA-256"}, Step{"blad", "Rubrikrad"}, Step{"kolumner", "känd rubrik"},
                           Step{"problem", "Läs in rättad fil"}, Step{"skillnad", "1 nya · 0 ändrade"}}) {
    const Response shown = get(second + "/" + step.name);
    EXPECT_EQ(shown.status, 200) << step.name;
    EXPECT_THAT(shown.body, HasSubstr(step.shows)) << step.name;
    EXPECT_THAT(shown.body, HasSubstr(second + "/" + step.name + "\" aria-current=\"step\"")) << step.name;
    EXPECT_EQ(where(get(draft + "/" + step.name)), second + "/" + step.name) << "the back button, after the file was read anew";
    EXPECT_EQ(get(project + "/utkast/U-9/" + step.name).status, 404) << step.name;
  }
  EXPECT_EQ(where(get(second)), second + "/problem") << "an error is what is left";
  EXPECT_THAT(get(project + "/inlasningar").body, HasSubstr(second)) << "it waits";
  EXPECT_THAT(get(second + "/problem.csv?level=error").body, HasSubstr(";A3;")) << "UH-9 is unknown";
  EXPECT_EQ(where(get(second + ".csv")), second + "/skillnad.csv") << "an address of earlier";
  EXPECT_EQ(post(second + "/las-om", {{"rubrik", "0"}}).status, 422);

  // The corrected file takes the draft's place, and needs no answer again.
  const auto own = folder / random_secret();
  std::filesystem::create_directories(own);
  const std::string corrected = "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-04-05;7.30;praktik\nUH-2;2016-04-05;5;praktik\n";
  std::ofstream(own / "Timmar.csv") << corrected;
  const Upload file{.name = "Timmar.csv", .file = own / "Timmar.csv", .size = corrected.size()};
  const std::string third = end_of(post(project + "/inlasningar", {{"ersatter", "U-2"}}, file));
  ASSERT_EQ(third, project + "/utkast/U-3");
  EXPECT_EQ(where(get(third)), third + "/skillnad");
  EXPECT_THAT(get(third + "/skillnad").body, HasSubstr("2 nya · 0 ändrade"));
  EXPECT_EQ(where(get(draft + "/fil")), third + "/fil");
  EXPECT_THAT(get(project + "/inlasningar").body, Not(HasSubstr("U-2\"")));

  // The button pressed twice, in two windows: one import.
  const std::string body = get(third + "/skillnad").body;
  std::smatch once;
  ASSERT_TRUE(std::regex_search(body, once, std::regex("name=\"nyckel\" value=\"([0-9a-f]+)\"")));
  const std::string import = end_of(post(third + "/las-in", {{"nyckel", once[1]}}));
  EXPECT_EQ(import, project + "/inlasningar/I-3?klar=1");
  EXPECT_EQ(end_of(post(third + "/las-in", {{"nyckel", once[1]}})), import);
  EXPECT_THAT(get(import).body, HasSubstr("<span aria-current=\"step\">Klar"));
  EXPECT_EQ(get(third + "/fil").status, 404) << "what was read in waits no longer";
}

TEST_F(Pages, a_wrong_cell_is_given_another_value_on_the_page_alone_or_with_all_alike) {
  const std::string draft = end_of(upload("Mars.csv",
                                          "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-02;hel dag;praktik\n"
                                          "UH-2;2016-03-02;hel dag;praktik\nUH-1;2016-03-03;25;praktik\n"));
  ASSERT_EQ(draft, project + "/utkast/U-1");
  EXPECT_THAT(get(draft + "/problem").body, HasSubstr("U-1/ratta?cell=C2"));
  const Response form = get(draft + "/ratta?cell=C2");
  EXPECT_EQ(form.status, 200);
  EXPECT_THAT(form.body, HasSubstr("Alla 2 likadana"));
  EXPECT_THAT(form.body, HasSubstr("C2, C3")) << "the cells are listed before anything is saved";
  EXPECT_EQ(get(draft + "/ratta?cell=C9").status, 422) << "a cell without a problem";
  EXPECT_EQ(get(draft + "/ratta").status, 422);
  EXPECT_EQ(get(project + "/utkast/U-9/ratta?cell=C2").status, 404);
  const auto fix = [&](const std::string& on, std::vector<std::pair<std::string, std::string>> fields) {
    return post(on + "/ratta", std::move(fields));
  };
  const std::string why = "enligt underskriven lista";
  EXPECT_EQ(fix(draft, {{"cell", "C2"}, {"varde", "6"}, {"skal", "kort"}}).status, 422);
  const Response again = fix(draft, {{"cell", "C2"}, {"varde", "sex"}, {"skal", why}});
  EXPECT_EQ(again.status, 422);
  EXPECT_THAT(again.body, HasSubstr("value=\"sex\"")) << "what was written is still there";
  EXPECT_EQ(where(fix(draft, {{"cell", "C2"}, {"varde", "6"}, {"skal", why}, {"lika", "1"}})), project + "/utkast/U-2/problem");
  EXPECT_EQ(fix(draft, {{"cell", "C4"}, {"varde", "2,5"}, {"skal", why}}).status, 404) << "the other window's draft";
  const std::string second = project + "/utkast/U-2";
  EXPECT_THAT(get(second + "/problem").body, HasSubstr("Läses som &quot;6&quot; i stället för &quot;hel dag&quot;"));
  EXPECT_EQ(get(second + "/ratta?tillbaka=1&cell=C3").status, 200);
  EXPECT_EQ(where(fix(second, {{"cell", "C3"}, {"tillbaka", "1"}})), project + "/utkast/U-3/problem");
  const std::string third = project + "/utkast/U-3";
  EXPECT_EQ(where(fix(third, {{"cell", "C3"}, {"varde", "7:30"}, {"skal", why}})), project + "/utkast/U-4/problem");
  EXPECT_EQ(where(fix(project + "/utkast/U-4", {{"cell", "C4"}, {"varde", "2,5"}, {"skal", why}})),
            project + "/utkast/U-5/problem");
  end_of(post(project + "/utkast/U-5/las-in", {}));
  EXPECT_THAT(get(project + "/timmar?manad=2016-03").body, HasSubstr("23,50")) << "6 + 7:30 + 2:30, beside 7:30 from before";
}

TEST_F(Pages, a_file_that_is_no_table_is_refused_with_what_to_do) {
  const Response response = upload("bild.xlsx", "\x89PNG not a workbook");
  EXPECT_EQ(response.status, 422);
  EXPECT_THAT(response.body, HasSubstr("Ingenting har ändrats"));
  EXPECT_EQ(post(project + "/inlasningar", {}).status, 422) << "no file";
}

TEST_F(Pages, a_report_has_the_numbers_of_its_preview_and_is_made_once) {
  const std::string preview = project + "/rapporter/ny?mall=hours-summary&period=2016-03";
  EXPECT_THAT(get(preview).body, HasSubstr("13,50"));
  const Fields form{{"mall", "hours-summary"}, {"period", "2016-03"}, {"nyckel", "a"}};
  const std::string made = end_of(post(project + "/rapporter/ny", form));
  ASSERT_EQ(made, project + "/rapporter/R-2016-03-001");
  EXPECT_EQ(end_of(post(project + "/rapporter/ny", form)), made) << "a double click";
  const Response report = get(made);
  std::smatch file;
  ASSERT_TRUE(std::regex_search(report.body, file, std::regex("href=\"([^\"]*/fil/[^\"]*)\"")));
  const Response workbook = get(file[1]);
  EXPECT_TRUE(workbook.body.starts_with("PK"));
  EXPECT_EQ(get(made + "/fil/annan.xlsx").status, 404);
  // From a number to the day, the file and the cell that it came from; what is no number says so.
  const std::regex to_number("href=\"([^\"]*/tal\\?cell=[^\"]*)\">13,50<");
  std::smatch number;
  ASSERT_TRUE(std::regex_search(report.body, number, to_number));
  const std::string cell = number[1];
  const Response traced = get(cell);
  EXPECT_EQ(traced.status, 200);
  EXPECT_THAT(traced.body, HasSubstr("skillnad 0"));
  EXPECT_THAT(get(made + "/tal.json?" + cell.substr(cell.find('?') + 1)).body, HasSubstr("\"file\":\"Närvaro.csv\""));
  for (const char* wrong : {"Rader!A1", "Rader!ZZZ9", "Lunch!A5", "hej", "", "TimmarGodkanda!"})
    EXPECT_EQ(get(made + "/tal?cell=" + percent_encoded(wrong)).status, 422) << wrong;
  const std::string check = project + "/granskning/fil";
  EXPECT_THAT(upload("Timmar.xlsx", workbook.body, check).body, HasSubstr("byte för byte den som skapades"));
  EXPECT_THAT(upload("Timmar.xlsx", workbook.body + "x", check).body, Not(HasSubstr("byte för byte den som skapades")));
  EXPECT_THAT(upload("Lunch.csv", "a;b\n", check).body, HasSubstr("ingen rapport i projektets register"));
  EXPECT_EQ(post(check, {}).status, 422) << "no file";
  EXPECT_EQ(post(project + "/rapporter/ny", {{"mall", "scb-month"}, {"period", ""}}).status, 422);
}

TEST_F(Pages, a_sample_is_drawn_once_for_a_seed_and_its_workbook_comes_back_filled_in) {
  const std::string samples = project + "/stickprov";
  Fields form{{"ur", "participants"}, {"metod", "simple"}, {"storlek", "2"}, {"fro", "00112233445566778899aabbccddeeff"}};
  const std::string sample = where(post(samples, form));
  ASSERT_EQ(sample, samples + "/S-1");
  EXPECT_EQ(post(samples, form).status, 422) << "the same seed again: nobody draws until it pleases";
  EXPECT_THAT(get(samples).body, HasSubstr(">S-1</a>"));
  const Response shown = get(sample);
  EXPECT_THAT(shown.body, testing::AllOf(HasSubstr("D-0001"), HasSubstr("D-0002"), HasSubstr("obundet slumpmässigt")));
  const Response workbook = get(sample + "/excel");
  ASSERT_TRUE(workbook.body.starts_with("PK"));
  const Response unfilled = upload("S-1.xlsx", workbook.body, sample + "/fel");
  EXPECT_EQ(unfilled.status, 422);
  EXPECT_THAT(unfilled.body, HasSubstr("2 enheter har inget fel ifyllt"));
  EXPECT_EQ(get(samples + "/S-9").status, 404);
  for (const auto& [name, wrong] : {std::pair("fro", "kort"), std::pair("storlek", "0"), std::pair("storlek", "många"),
                                    std::pair("ur", "pengar"), std::pair("fran", "2016-13-99"), std::pair("till", "igår")}) {
    Fields other{{"ur", "participants"}, {"metod", "simple"}, {"storlek", "2"}, {"fro", "ff112233445566778899aabbccddeeff"},
                 {"fran", ""},           {"till", ""}};
    for (auto& [field, value] : other)
      if (field == name) value = wrong;
    EXPECT_EQ(post(samples, other).status, 422) << name << " " << wrong;
  }
}

TEST_F(Pages, a_correction_is_shown_before_it_is_saved) {
  const std::string person = project + "/deltagare/D-0001";
  Fields form{{"falt", "entry_date"}, {"varde", "2016-03-08"}, {"skal", "står så i beslutet"}, {"steg", "visa"}};
  EXPECT_THAT(post(person + "/ratta", form).body, HasSubstr("Ingenting är sparat än"));
  EXPECT_THAT(get(person).body, HasSubstr("2016-02-01"));
  form.back().second = "spara";
  EXPECT_EQ(post(person + "/ratta", form).status, 303);
  EXPECT_THAT(get(person).body, HasSubstr("2016-03-08"));
  form[1].second = "i mars";
  EXPECT_EQ(post(person + "/ratta", form).status, 422);
}

TEST_F(Pages, a_correction_that_another_tab_overtook_is_shown_anew_before_it_is_saved) {
  const std::string person = project + "/deltagare/D-0001";
  const Fields first{{"falt", "entry_date"}, {"varde", "2016-03-08"}, {"skal", "står så i beslutet"}, {"steg", "visa"}};
  Fields second = first;
  second[1].second = "2016-03-09";
  const auto seen_in = [&](const Fields& form) {
    const std::string body = post(person + "/ratta", form).body;
    const std::size_t at = body.find("name=\"sett\" value=\"");
    return at == body.npos ? std::string() : body.substr(at + 19, body.find('"', at + 19) - at - 19);
  };
  const auto save = [&](Fields form, const std::string& seen) {
    form.back().second = "spara";
    form.emplace_back("sett", seen);
    return post(person + "/ratta", form);
  };
  const std::string seen = seen_in(first), same = seen_in(second);
  ASSERT_NE(seen, "");
  EXPECT_EQ(seen, same) << "both tabs saw the same facts";
  EXPECT_EQ(save(first, seen).status, 303);
  const Response overtaken = save(second, same);
  EXPECT_EQ(overtaken.status, 409);
  EXPECT_THAT(overtaken.body, testing::AllOf(HasSubstr("har ändrats sedan du såg"), HasSubstr("2016-03-08"), HasSubstr("2016-03-09")));
  EXPECT_THAT(get(person).body, HasSubstr("2016-03-08")) << "nothing is saved over the first";
  EXPECT_EQ(save(second, seen_in(second)).status, 303) << "seen anew, it is";
  EXPECT_THAT(get(person).body, HasSubstr("2016-03-09"));
}

TEST_F(Pages, a_gender_that_speaks_against_the_number_is_said_before_it_is_saved) {
  const std::string person = project + "/deltagare/D-0001";
  const auto shown = [&](const char* gender) {
    return post(person + "/ratta", {{"falt", "gender"}, {"varde", gender}, {"skal", "står så i beslutet"}, {"steg", "visa"}}).body;
  };
  const std::string man = shown("man"), woman = shown("kvinna");
  const auto warns = testing::HasSubstr("näst sista siffra säger");
  EXPECT_THAT(man, Not(warns)) << "the number's last digit but one is odd";
  EXPECT_THAT(woman, AllOf(warns, HasSubstr("Ingenting är sparat än"), HasSubstr("rätta Personnummer i stället")));
}

TEST_F(Pages, values_stand_by_their_headings_where_a_page_is_narrow) {
  const std::string body = get(project + "/deltagare").body;
  EXPECT_THAT(body, AllOf(HasSubstr("<table class=\"by-rows\">"), HasSubstr("data-heading=\"Bedömning\"")));
}

TEST_F(Pages, the_project_in_short_is_told_in_words) {
  const std::string swedish = get(project + "/installningar").body, english = get(project + "/installningar?lang=en").body;
  EXPECT_THAT(swedish, Not(HasSubstr("individual_support:")));
  EXPECT_THAT(swedish, AllOf(HasSubstr("individuellt stöd"), HasSubstr("planerade deltagare")));
  EXPECT_THAT(english, AllOf(HasSubstr("individual support"), HasSubstr("planned participants")));
}

TEST_F(Pages, a_second_start_needs_the_secret_of_the_first) {
  cookie.clear();
  EXPECT_EQ(ask({.head = head("POST", "/kontroll/kod"), .form = {{"hemlighet", "guess"}}, .upload = {}}).status, 403);
  const Response code =
      ask({.head = head("POST", "/kontroll/kod"), .form = {{"hemlighet", "secret"}, {"till", "//evil.example"}}, .upload = {}});
  EXPECT_EQ(code.status, 200);
  EXPECT_EQ(where(get(code.body)), "/") << "leads to our own pages only";
  EXPECT_EQ(get(code.body).status, 403) << "works once";
}

TEST_F(Pages, the_language_is_kept_by_the_button_and_not_by_the_address) {
  const Response kept = post("/sprak", {{"lang", "en"}, {"till", project + "/problem"}});
  EXPECT_EQ(where(kept), project + "/problem");
  EXPECT_THAT(value_of(kept.headers, "Set-Cookie"), HasSubstr("horisont-lang=en"));
  EXPECT_THAT(get("/?lang=en").body, HasSubstr("lang=\"en\""));
  EXPECT_THAT(get("/").body, HasSubstr("lang=\"sv\""));
}

TEST_F(Pages, a_month_is_attested_filed_closed_and_opened_again) {
  const std::string month = project + "/manad/2016-03";
  EXPECT_THAT(get(month).body, HasSubstr(month + "/attestera"));
  EXPECT_THAT(get(month).body, testing::AllOf(HasSubstr("#steg\""), HasSubstr("id=\"steg\""), HasSubstr("aria-label=\"Attestera"), Not(HasSubstr("aria-label=\"Stäng"))))
      << "the step that can be taken leads to its form";
  const auto content = [&](const std::string& page) {
    const std::string body = get(page).body;
    std::smatch found;
    return std::regex_search(body, found, std::regex("name=\"innehall\" value=\"([^\"]*)\"")) ? std::string(found[1]) : "";
  };
  // As a person does it: with what the page showed.
  const auto press = [&](const std::string& to, Fields form) {
    form.emplace_back("innehall", content(to.substr(0, to.rfind('/'))));
    return post(to, std::move(form));
  };
  ASSERT_NE(content(month), "");
  EXPECT_EQ(post(month + "/attestera", {{"skal", "Underlag kommer i april"}, {"innehall", "another"}}).status, 409);
  EXPECT_EQ(post(month + "/attestera", {{"skal", "Underlag kommer i april"}}).status, 409) << "nothing was shown";
  const Response refused = press(month + "/attestera", {});
  EXPECT_EQ(refused.status, 422) << "two people cannot be decided";
  EXPECT_THAT(refused.body, HasSubstr("kan inte avgöras"));
  EXPECT_EQ(press(project + "/manad/2016-04/attestera", {{"skal", "Underlag kommer i april"}}).status, 409)
      << "April is not over, and its page has no form";
  EXPECT_EQ(post(project + "/manad/igar/attestera", {}).status, 404);
  EXPECT_EQ(press(month + "/stang", {}).status, 422);
  EXPECT_EQ(post(month + "/oppna", {{"skal", "Den ska ändras nu"}}).status, 409) << "it is open, so somebody else opened it";

  ASSERT_EQ(press(month + "/attestera", {{"skal", "Underlag kommer i april"}}).status, 303);
  EXPECT_THAT(get(month + "?klar=1").body, HasSubstr("(samma person som läste in)"));
  ASSERT_EQ(post(project + "/rapporter/ny", {{"mall", "scb-month"}, {"period", "2016-03"}, {"nyckel", "a month's"}}).status,
            303);
  EXPECT_THAT(get(month).body, HasSubstr("<option value=\"R-2016-03-001\""));
  EXPECT_EQ(id_that_stands_twice(get(month).body), "") << "two forms stand here";
  const Response typed = press(month + "/lamna", {{"rapport", "R-2016-03-001"}, {"till", "SCB i Örebro"}, {"den", "2016-04-31"}, {"kvittens", "K-17"}, {"skal", "kort"}});
  EXPECT_EQ(typed.status, 422);
  for (const char* kept : {"value=\"SCB i Örebro\"", "value=\"2016-04-31\"", "value=\"K-17\"", "value=\"kort\""})
    EXPECT_THAT(typed.body, HasSubstr(kept)) << "what was typed stays";
  EXPECT_EQ(press(month + "/lamna", {{"rapport", "R-2016-03-001"}, {"till", "SCB"}, {"den", "i går"}}).status, 422);
  EXPECT_THAT(press(month + "/lamna", {{"rapport", "R-2016-03-001"}, {"till", "SCB"}, {"den", "2016-04-05"}, {"skal", "kort"}}).body,
              HasSubstr("minst tio tecken"));
  EXPECT_THAT(press(month + "/lamna", {{"rapport", "R-2016-03-001"}, {"till", "SCB"}, {"den", "2099-04-05"}}).body,
              HasSubstr("i dag eller tidigare")) << "and what to do";
  const Fields filing{{"rapport", "R-2016-03-001"}, {"till", "SCB"}, {"den", "2016-04-05"}};
  // The attest answered for those who are left out, so the file is no draft; people took part in months that were never filed.
  EXPECT_THAT(press(month + "/lamna", filing).body, HasSubstr("den första filen")) << "not without a reason";
  Fields with_reason = filing;
  with_reason.emplace_back("skal", "Underlag kommer i april");
  EXPECT_EQ(press(project + "/manad/2016-02/lamna", with_reason).status / 100, 4) << "the report of another month";
  ASSERT_EQ(press(month + "/lamna", with_reason).status, 303);
  const std::string seen = content(month);
  ASSERT_EQ(press(month + "/stang", {}).status, 303);
  const Response late = post(month + "/stang", {{"innehall", seen}});
  EXPECT_EQ(late.status, 409) << "somebody else closed it while the page was open";
  EXPECT_THAT(late.body, HasSubstr("är stängd"));

  // A correction says first which filed months it would open, and opens them when it is saved.
  const Fields correction{{"falt", "upper_secondary_complete"}, {"varde", "ja"}, {"skal", "Avtalet visar annan dag"}};
  Fields shown = correction, saved = correction;
  shown.emplace_back("steg", "visa");
  saved.emplace_back("steg", "spara");
  EXPECT_THAT(post(project + "/deltagare/D-0002/ratta", shown).body, HasSubstr("Månaderna 2016-03 är lämnade"));
  EXPECT_THAT(get(project + "/manader").body, Not(HasSubstr("Ska skickas om")));
  ASSERT_EQ(post(project + "/deltagare/D-0002/ratta", saved).status, 303);
  EXPECT_THAT(get(project + "/manader").body, HasSubstr("Ska skickas om"));
  EXPECT_THAT(get(month).body, HasSubstr(month + "/attestera")) << "it is open again";
  EXPECT_THAT(get(project + "/manader").body, HasSubstr("2016-04-28"));
}

}  // namespace
}  // namespace horisont::web
