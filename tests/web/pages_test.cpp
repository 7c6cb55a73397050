#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <thread>

#include "app/import_file.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "support/places.h"
#include "web/gate.h"
#include "web/site.h"

namespace horisont::web {
namespace {

using testing::HasSubstr;
using testing::Not;

// An installation with two participants of Ung Horisont, asked without sockets. The clock says 15 April 2016.
class Pages : public testing::Test {
 protected:
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("horisont-pages-" + random_secret());
  std::unique_ptr<Site> site;
  std::string cookie, token;
  const std::string project = "/p/ung-horisont";

  void SetUp() override {
    std::filesystem::create_directories(folder);
    write("Deltagare.csv",
          "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;I annan utbildning eller praktik;"
          "Fullständiga gymnasiebetyg;KAA\n"
          "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-02-01;arbetslös;nej;nej;nej;ja\n"
          "UH-2;19980303-9800;<b>Ek</b>, Bo;Karlstad;2016-02-08;arbetslös;nej;nej;nej;ja\n");
    write("Närvaro.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-01;7,5;praktik\nUH-2;2016-03-02;6;praktik\n");
    auto workspace = open_workspace(folder / "home", HORISONT_SOURCE_DIR);
    ASSERT_TRUE(workspace);
    for (const char* name : {"Deltagare.csv", "Närvaro.csv"}) {
      ImportRequest asked{.project = "ung-horisont", .file = folder / name};
      asked.today = *Date::parse("2016-04-15");
      asked.actor = {"anna", "case-worker"};
      asked.now = *Moment::parse("2016-04-15T08:00:00Z");
      const ImportOutcome outcome = import_file(*workspace, asked);
      ASSERT_EQ(outcome.state, ImportOutcome::State::Stored) << outcome.findings.front().code;
    }
    SiteOptions options{.home = folder / "home", .share = HORISONT_SOURCE_DIR, .account = "anna"};
    options.today = [] { return *Date::parse("2016-04-15"); };
    options.now = [] { return *Moment::parse("2016-04-15T08:00:00Z"); };
    options.secret = "secret";
    site = std::make_unique<Site>(options, std::move(*workspace));
    const Response opened = get(site->opening("/", std::chrono::seconds(60)));
    ASSERT_EQ(opened.status, 303);
    const std::string& set = value_of(opened.headers, "Set-Cookie");
    EXPECT_THAT(set, HasSubstr("; HttpOnly; SameSite=Strict; Path=/"));
    cookie = set.substr(0, set.find(';'));
    const Response start = get("/");
    std::smatch found;
    ASSERT_TRUE(std::regex_search(start.body, found, std::regex("name=\"token\" value=\"([0-9a-f]{64})\"")));
    token = found[1];
  }
  void TearDown() override {
    site.reset();
    std::filesystem::remove_all(folder);
  }

  void write(const std::string& name, const std::string& text) { std::ofstream(folder / name) << text; }
  Head head(const std::string& method, const std::string& target) {
    const ReadHead read = read_head(
        method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:8421\r\nOrigin: http://127.0.0.1:8421\r\n" +
        (cookie.empty() ? "" : "Cookie: " + cookie + "\r\n") + (method == "POST" ? "Content-Length: 0\r\n" : "") + "\r\n");
    EXPECT_TRUE(std::holds_alternative<Head>(read.outcome)) << target;
    return std::get<Head>(read.outcome);
  }
  Response ask(Request request) {
    if (auto refused = site->admit(request.head)) return std::move(*refused);
    return site->answer(request);
  }
  Response get(const std::string& target) { return ask({.head = head("GET", target), .form = {}, .upload = {}}); }
  Response post(const std::string& target, Fields form, std::optional<Upload> upload = {}) {
    form.emplace_back("token", token);
    return ask({.head = head("POST", target), .form = std::move(form), .upload = std::move(upload)});
  }
  Response upload(const std::string& name, const std::string& text, const std::string& to = "/p/ung-horisont/inlasningar") {
    const auto own = folder / random_secret();
    std::filesystem::create_directories(own);
    std::ofstream(own / name) << text;
    return post(to, {}, Upload{.name = name, .file = own / name, .size = text.size()});
  }
  static std::string where(const Response& response) { return value_of(response.headers, "Location"); }
  // Where long work ends, which short work does before it is asked about.
  std::string end_of(Response response) {
    std::string to = where(response);
    for (int i = 0; i < 600 && to.find("/arbete/") != std::string::npos; ++i) {
      response = get(to);
      if (response.status != 200) to = where(response);  // 200: it goes on
      else std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return to;
  }
  std::set<std::string> links_of(const std::string& body) {
    std::set<std::string> links;
    static const std::regex href("href=\"(/[^\"#]*)\"");
    for (std::sregex_iterator one(body.begin(), body.end(), href), end; one != end; ++one) {
      std::string link = (*one)[1];
      for (std::size_t at; (at = link.find("&amp;")) != link.npos;) link.replace(at, 5, "&");
      if (!link.starts_with("/statisk/")) links.insert(link);
    }
    return links;
  }
};

TEST_F(Pages, every_link_leads_to_a_page_that_is_whole_and_names_nobody_and_changes_nothing) {
  std::set<std::string> seen, left{"/"};
  const auto version = [&] { return open_workspace(folder / "home", HORISONT_SOURCE_DIR)->store.seen("ung-horisont"); };
  const std::string before = version();
  std::size_t pages = 0;
  while (!left.empty() && pages < 400) {
    const std::string target = *left.begin();
    left.erase(left.begin());
    if (!seen.insert(target).second) continue;
    ++pages;
    const Response response = get(target);
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
    for (const std::string& link : links_of(response.body)) {
      // One project, and the first words of each filter, are enough.
      if ((link.starts_with("/p/") && !link.starts_with(project)) || link.find("sortera=") != link.npos) continue;
      if (std::count(link.begin(), link.end(), '&') > 1) continue;
      left.insert(link);
    }
  }
  EXPECT_GT(pages, 40u);
  EXPECT_EQ(version(), before);
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
  EXPECT_THAT(get(page + "?rader=500").body, testing::AllOf(HasSubstr("programmes/yei.toml"), HasSubstr("overifierad"), HasSubstr("212000-1850")));
  const std::string unverified = get(page + ".csv?confidence=unverified-default").body;
  EXPECT_THAT(unverified, testing::AllOf(HasSubstr("organisation_number;212000-1850;;;"), Not(HasSubstr("record_number;"))));
}

// How many rows a table has in a form that programs read.
std::size_t csv_rows(const std::string& csv) {
  std::size_t rows = 0;
  bool quoted = false;
  for (const char c : csv) quoted ^= c == '"', rows += c == '\n' && !quoted;
  return rows - 1;
}

TEST_F(Pages, every_table_there_is_has_an_address_an_order_and_pages_and_is_the_same_rows_in_three_files) {
  ASSERT_EQ(end_of(upload("Timmar.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-04-05;5;praktik\nUH-9;2016-04-05;5;praktik\n")),
            project + "/utkast/U-1");
  for (const char* kind : {"scb-month", "hours-summary"})
    ASSERT_EQ(post(project + "/rapporter/ny", {{"mall", kind}, {"period", "2016-03"}, {"nyckel", kind}}).status, 303);
  ASSERT_EQ(post(project + "/stickprov", {{"ur", "participants"}, {"metod", "simple"}, {"storlek", "2"}, {"fro", "00112233445566778899aabbccddeeff"}}).status, 303);
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
      const Response csv = get(target), json = get(bare + ".json" + rest), xlsx = get(bare + ".xlsx" + rest), page = get(bare + rest);
      ASSERT_EQ(csv.status * 1000000000ll + json.status * 1000000ll + xlsx.status * 1000ll + page.status, 200200200200ll) << target;
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
      if (link.find(".json") != link.npos || link.find(".xlsx") != link.npos || std::count(link.begin(), link.end(), '&') > 1) continue;
      left.insert(link);
    }
  }
  EXPECT_GT(tables, 60u);
  for (const char* schema : {"projects", "participants", "hours", "imports", "reports", "months", "settings", "runs", "calendar", "project",
                             "problem-help", "drafts", "log"})
    EXPECT_TRUE(std::any_of(schemas.begin(), schemas.end(), [&](const std::string& one) { return one.find(std::string("-") + schema + ".csv\"") != one.npos; }))
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

TEST_F(Pages, what_a_file_leaves_open_is_chosen_from_lists_once_for_all_cells_alike) {
  const auto has = [&](const std::string& path, const char* text) { return get(path).body.find(text) != std::string::npos; };
  const auto step_of = [&](const std::string& draft) { return where(get(draft)); };
  const std::string draft = end_of(upload("Timmar.csv",
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
  const std::string answered =
      end_of(post(asks + "/las-om", {{"fraga-1", "activity:praktikk=work_placement"}, {"fraga-2", "dmy"}, {"spara", "kontoret"}}));
  ASSERT_EQ(answered, project + "/utkast/U-3");
  EXPECT_TRUE(has(step_of(answered), "3 nya · 0 ändrade"));
  EXPECT_FALSE(has(step_of(answered), "Svara och läs om filen"));
  EXPECT_TRUE(has(project + "/inlasningar", ">kontoret</option>"));
  const std::string without = end_of(post(answered + "/las-om", {{"rubrik-3", "Antal"}, {"falt-3", "not-read"}}));
  EXPECT_TRUE(has(without + "/skillnad", "Ingen rad kan läsas in")) << "the answer that was given last holds";
  EXPECT_TRUE(has(step_of(end_of(post(without + "/las-om", {{"rubrik-1", "Antal"}, {"falt-1", "hours"}}))), "3 nya · 0 ändrade"));
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
  EXPECT_EQ(where(fix(project + "/utkast/U-4", {{"cell", "C4"}, {"varde", "2,5"}, {"skal", why}})), project + "/utkast/U-5/problem");
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
  for (const auto& [name, wrong] : {std::pair("fro", "kort"), std::pair("storlek", "0"), std::pair("storlek", "många"), std::pair("ur", "pengar"),
                                    std::pair("fran", "2016-13-99"), std::pair("till", "igår")}) {
    Fields other{{"ur", "participants"}, {"metod", "simple"}, {"storlek", "2"}, {"fro", "ff112233445566778899aabbccddeeff"},
                 {"fran", ""}, {"till", ""}};
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
  EXPECT_EQ(press(month + "/lamna", {{"rapport", "R-2016-03-001"}, {"till", "SCB"}, {"den", "i går"}}).status, 422);
  const Fields filing{{"rapport", "R-2016-03-001"}, {"till", "SCB"}, {"den", "2016-04-05"}};
  EXPECT_THAT(press(month + "/lamna", filing).body, HasSubstr("utkast")) << "a draft is not filed without a reason";
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
