// Pages of many people cost what pages of few cost; what is written about some changes what stands of them; a large file is read while
// other pages are looked at.

#include <sqlite3.h>

#include <cstdlib>
#include <new>
#include <regex>

#include "app/correct.h"
#include "support/pages.h"

namespace {
// How often memory was asked for: what goes through everybody asks for more where there are more.
thread_local std::size_t asked_for_memory = 0;
}  // namespace

// Not inlined: the compiler would see memory of one kind given back as another.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++asked_for_memory;
  if (void* memory = std::malloc(size ? size : 1)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++asked_for_memory;
  return std::malloc(size ? size : 1);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace horisont::web {
namespace {

using testing::HasSubstr;

class Growth : public Pages {
 protected:
  int files = 0;

  void read(const std::string& text) {
    write("Fil " + std::to_string(++files) + ".csv", text);
    auto workspace = open_workspace(folder / "home", HORISONT_SOURCE_DIR);
    ImportRequest asked{.project = "ung-horisont", .file = folder / ("Fil " + std::to_string(files) + ".csv")};
    asked.good_rows_only = true;
    asked.today = *Date::parse("2016-04-15"), asked.actor = {"anna", "case-worker"}, asked.now = *Moment::parse("2016-04-15T08:00:00Z");
    const ImportOutcome outcome = import_file(*workspace, asked);
    ASSERT_EQ(outcome.state, ImportOutcome::State::Stored) << outcome.findings.front().code;
  }
  void people(int from, int to) {
    std::string text = "Deltagar-id;Namn;Födelsedatum;Hemkommun;Startdatum;Slutdatum;Sysselsättning;KAA\n", hours = hours_head;
    for (int i = from; i <= to; ++i) {
      const std::string id = "A" + std::to_string(i);
      text += id + ";Ek, Bo;1998-05-1" + std::to_string(i % 10) + ";" + (i % 3 ? "Karlstad" : "Hammarö") + ";2016-02-0" +
              std::to_string(i % 9 + 1) + ";" + (i % 7 ? "" : "2016-03-31") + ";arbetslös;" + (i % 11 ? "ja" : "nej") + "\n";
      hours += id + ";2016-03-01;7,5;praktik\n" + id + ";2016-03-02;6;studiebesök\n";
    }
    read(text);
    read(hours);
  }
  const std::string hours_head = "Deltagar-id;Datum;Timmar;Aktivitet\n";
};

TEST_F(Growth, no_page_asks_for_more_memory_when_there_are_twenty_times_as_many_people) {
  const std::string pages[] = {"", "/manader", "/manad/2016-03", "/inlasningar", "/inlasningar/I-3", "/problem", "/problem?level=warning",
                               "/problem?sortera=participant&sida=3", "/deltagare", "/deltagare?verdict=undecided",
                               "/deltagare?sortera=-accepted_min&sida=2", "/deltagare/D-0007", "/deltagare/D-0007/bedomning", "/timmar",
                               "/timmar?per=participant", "/timmar?per=reason", "/timmar?per=day", "/timmar?manad=2016-03", "/ekonomi",
                               "/underlag", "/beslut", "/stickprov", "/visningar", "/deltagare/D-0007/historik", "/rapporter",
                               "/rapporter/ny?mall=project-outcome&period=", "/rapporter/ny?mall=hours-summary&period=", "/rapporter/ny?mall=scb-month&period=2016-03", "/granskning", "/logg", "/installningar"};
  std::map<std::string, std::size_t> few;
  int last = 2;
  for (const int many : {150, 3'000}) {
    people(last + 1, many);
    last = many;
    for (const std::string& page : pages) {
      get(project + page);  // works out what is kept
      get(project + page);
      const std::size_t before = asked_for_memory;
      const Response shown = get(project + page);
      const std::size_t asked = asked_for_memory - before;
      EXPECT_EQ(shown.status, 200) << page;
      if (few.emplace(page, asked).second) continue;
      EXPECT_LE(asked, 2 * few.at(page)) << page << " asked for memory " << few.at(page) << " times with few people";
    }
  }
}

TEST_F(Growth, what_is_asked_of_one_person_is_found_without_everybody_the_first_time_too) {
  const std::string pages[] = {"/deltagare/D-01", "/deltagare/D-01/bedomning", "/deltagare/D-01/historik", "/underlag?participant=D-01",
                               "/timmar?per=day&manad=2016-03&deltagare=D-01"};
  std::map<std::string, std::size_t> few;
  int last = 2;
  for (const int many : {150, 3'000}) {
    people(last + 1, many);
    last = many;
    for (const std::string& page : pages) {
      const auto of = [&](const std::string& who) { return std::string(page).replace(page.find("D-01"), 4, who); };
      get(project + of("D-0120"));  // what everybody's pages have in common
      const std::size_t before = asked_for_memory;
      const Response shown = get(project + of("D-0100"));
      const std::size_t asked = asked_for_memory - before;
      EXPECT_EQ(shown.status, 200) << page;
      if (few.emplace(page, asked).second) continue;
      EXPECT_LE(asked, 2 * few.at(page)) << page << " asked for memory " << few.at(page) << " times with few people";
    }
  }
}

TEST_F(Growth, a_correction_is_looked_at_and_saved_without_going_through_everybody) {
  std::map<std::string, std::size_t> few;
  int last = 2, day = 10;
  for (const int many : {150, 3'000}) {
    people(last + 1, many);
    last = many;
    for (const char* step : {"visa", "spara"})
      for (int time = 0; time < 2; ++time) {
        ++day;
        get(project + "/deltagare/D-0050");
        const std::size_t before = asked_for_memory;
        const Response answer = post(project + "/deltagare/D-0050/ratta", {{"falt", "information_given_on"},
                                                                           {"varde", "2016-02-" + std::to_string(day)},
                                                                           {"skal", "står fel i papperen"},
                                                                           {"steg", step}});
        const std::size_t asked = asked_for_memory - before;
        EXPECT_LT(answer.status, 400) << step;
        if (time == 0 || few.emplace(step, asked).second) continue;
        // Findings and the list of everybody are still read whole (docs/benchmarks.md): three times for each person, beside what the
        // settings take; what is asked of one person takes tens.
        EXPECT_LE(asked, few.at(step) + 4 * (3'000 - 150)) << step << " asked for memory " << few.at(step) << " times with few people";
      }
  }
}

TEST_F(Growth, problems_stand_by_how_bad_they_are) {
  read("Deltagar-id;Namn;Födelsedatum;Hemkommun;Startdatum;Sysselsättning;KAA;Skostorlek\n"
       "C1;Ek, Bo;1998-05-10;Karlstad;2016-02-01;arbetslös;ja;42\nC2;Ek, Åsa;1998-05-10;Karlstd;2016-02-01;arbetslös;ja;42\n");
  const std::string json = get(project + "/problem.json").body;
  const std::regex level("\"(error|warning|notice)\"");
  std::vector<std::string> levels;
  for (auto one = std::sregex_iterator(json.begin(), json.end(), level); one != std::sregex_iterator(); ++one)
    if (levels.empty() || levels.back() != (*one)[1]) levels.push_back((*one)[1]);
  EXPECT_EQ(levels, (std::vector<std::string>{"error", "warning", "notice"}));
}

TEST_F(Growth, lists_that_were_mended_are_those_that_are_made_anew) {
  people(3, 200);
  const std::string lists[] = {"/deltagare", "/deltagare?verdict=eligible", "/deltagare?sortera=-accepted_min", "/problem",
                               "/problem?level=warning", "/problem?sortera=participant", "/timmar?per=participant",
                               "/timmar?per=participant&manad=2016-03", "/timmar?per=day", "/timmar", "/manader"};
  const auto json = [](std::string address) {
    address.insert(std::min(address.find('?'), address.size()), ".json");
    return address;
  };
  const auto compare = [&](const std::string& what) {
    std::map<std::string, std::string> mended;
    for (const std::string& list : lists) mended[list] = get(project + json(list)).body;
    const std::string facets = get(project + "/deltagare").body;
    auto workspace = open_workspace(folder / "home", HORISONT_SOURCE_DIR);
    Site anew(site->options, std::move(*workspace));
    const Response opened = anew.answer({.head = head("GET", anew.opening("/", std::chrono::seconds(60))), .form = {}, .upload = {}});
    const std::string mine = std::exchange(cookie, value_of(opened.headers, "Set-Cookie").substr(0, value_of(opened.headers, "Set-Cookie").find(';')));
    for (const std::string& list : lists) {
      const Response made = anew.answer({.head = head("GET", project + json(list)), .form = {}, .upload = {}});
      EXPECT_EQ(made.status, 200) << list;
      EXPECT_EQ(mended[list], made.body) << what << ": " << list;
    }
    const auto counts = [](const std::string& body) {
      return body.substr(body.find("<details class=\"facets\""), body.find("<table") - body.find("<details class=\"facets\""));
    };
    EXPECT_EQ(counts(facets), counts(anew.answer({.head = head("GET", project + "/deltagare"), .form = {}, .upload = {}}).body)) << what;
    cookie = mine;
  };
  compare("at first");
  const std::size_t read_before = site->snapshots.people_read();
  const Response corrected = post(project + "/deltagare/D-0050/ratta",
                                  {{"falt", "entry_date"}, {"varde", "2016-03-02"}, {"skal", "står fel i papperen"}, {"steg", "spara"}});
  ASSERT_EQ(corrected.status, 303);
  compare("a correction");
  read(hours_head + "A3;2016-04-01;6;praktik\nA150;2016-04-01;6;praktik\n");
  read("Deltagar-id;Namn;Födelsedatum;Hemkommun;Startdatum;Sysselsättning;KAA\nB1;Ny, Eva;1999-01-02;Karlstad;2016-03-01;arbetslös;ja\n"
       "B2;Ny, Åke;;Karlstad;2016-03-01;arbetslös;ja\n");
  compare("two files");
  const Response undone = post(project + "/inlasningar/I-5/angra", {{"skal", "det var fel fil som kom"}, {"steg", "angra"}});
  ASSERT_EQ(undone.status, 303);
  compare("a file taken back");
  EXPECT_LE(site->snapshots.people_read() - read_before, 10u) << "only those of whom something was written";
}

TEST_F(Growth, a_file_of_sixty_thousand_rows_is_read_while_one_looks_elsewhere_and_is_found_finished) {
  people(3, 302);
  site->options.patience = std::chrono::milliseconds(0);
  std::string text = hours_head;
  for (int i = 3; i <= 302; ++i)
    for (int day = 0; day < 200; ++day)
      text += "A" + std::to_string(i) + ";" + Date::parse("2016-04-02")->plus_days(day).iso() + ";0,5;praktik\n";
  const std::string work = where(upload("Hela hösten.csv", text));
  ASSERT_THAT(work, HasSubstr("/arbete/"));
  const Response progress = get(work);
  ASSERT_EQ(progress.status, 200);
  EXPECT_THAT(progress.body, testing::AllOf(HasSubstr("Hela hösten.csv"), HasSubstr("<progress"), HasSubstr("data-poll=\"" + work)));
  EXPECT_EQ(get(project + "/deltagare").status, 200) << "elsewhere meanwhile";
  Response later = get(work);
  for (int i = 0; i < 1200 && later.status == 200; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    later = get(work);
  }
  ASSERT_EQ(later.status, 303) << later.body;
  const std::string draft = where(later);
  EXPECT_THAT(draft, HasSubstr("/utkast/U-1"));
  EXPECT_EQ(where(get(work)), draft) << "who comes back once more";
  const Response difference = get(draft + "/skillnad");
  EXPECT_EQ(difference.status, 200) << draft;
  EXPECT_THAT(difference.body, HasSubstr("Hela hösten.csv"));
}

TEST_F(Growth, who_asks_while_a_project_is_read_is_told_so_and_comes_to_the_page_when_it_has_been) {
  people(3, 12);
  SiteOptions options = site->options;
  options.patience = std::chrono::milliseconds(0);
  Site fresh(options, std::move(*open_workspace(folder / "home", HORISONT_SOURCE_DIR)));
  const Response opened = fresh.answer({.head = head("GET", fresh.opening("/", std::chrono::seconds(60))), .form = {}, .upload = {}});
  cookie = value_of(opened.headers, "Set-Cookie").substr(0, value_of(opened.headers, "Set-Cookie").find(';'));
  const auto asked = [&](const std::string& path) { return fresh.answer({.head = head("GET", path), .form = {}, .upload = {}}); };
  fresh.snapshots.with_store([&](const Workspace&) {
    // Nobody else reads meanwhile.
    const Response told = asked(project + "/deltagare?sida=2");
    EXPECT_EQ(told.status, 503);
    EXPECT_THAT(told.body, testing::AllOf(HasSubstr("Projektet läses in"), HasSubstr("data-poll=\"" + project + "/deltagare?sida=2\""),
                                          HasSubstr("<progress")));
    EXPECT_EQ(value_of(told.headers, "Retry-After"), "2");
    EXPECT_EQ(asked("/").status, 200) << "elsewhere meanwhile";
    return 0;
  });
  Response later = asked(project + "/deltagare");
  for (int i = 0; i < 200 && later.status == 503; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    later = asked(project + "/deltagare");
  }
  EXPECT_EQ(later.status, 200);
  EXPECT_THAT(later.body, HasSubstr("D-0003"));
}

TEST_F(Growth, a_check_of_the_log_says_when_it_was_made_and_what_has_come_since) {
  people(3, 12);
  const Response checked = get(project + "/logg/kontroll");
  ASSERT_EQ(checked.status, 200);
  EXPECT_THAT(checked.body, HasSubstr("Kedjan är hel"));
  EXPECT_THAT(checked.body, testing::Not(HasSubstr("har kommit till sedan dess")));
  ASSERT_EQ(post(project + "/deltagare/D-0005/ratta",
                 {{"falt", "entry_date"}, {"varde", "2016-03-02"}, {"skal", "står fel i papperen"}, {"steg", "spara"}})
                .status,
            303);
  EXPECT_THAT(get(project + "/logg/kontroll").body, HasSubstr("1 poster har kommit till sedan dess"));
  const Response again = post(project + "/logg/kontroll", {});
  ASSERT_EQ(again.status, 303);
  EXPECT_EQ(where(again), project + "/logg/kontroll");
  EXPECT_THAT(get(project + "/logg/kontroll").body,
              testing::AllOf(HasSubstr("Kedjan är hel"), testing::Not(HasSubstr("har kommit till sedan dess"))));
}

TEST_F(Growth, a_log_that_was_taken_away_is_told_where_it_is_looked_for) {
  people(3, 12);
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((folder / "home" / "data" / "horisont.db").c_str(), &database), SQLITE_OK);
  const auto all = [&](const char* asked) {
    std::string script;
    const auto add = [](void* to, int, char** row, char**) {
      *static_cast<std::string*>(to) += std::string(row[0]) + ";";
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(database, asked, add, &script, nullptr), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, script.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << script;
  };
  all("SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'");
  all("SELECT 'DELETE FROM ' || name FROM sqlite_master WHERE type = 'table' AND name GLOB 'log*'");
  sqlite3_close(database);
  Site fresh(site->options, std::move(*open_workspace(folder / "home", HORISONT_SOURCE_DIR)));
  const Response opened = fresh.answer({.head = head("GET", fresh.opening("/", std::chrono::seconds(60))), .form = {}, .upload = {}});
  cookie = value_of(opened.headers, "Set-Cookie").substr(0, value_of(opened.headers, "Set-Cookie").find(';'));
  for (const std::string path : {"/logg", "/logg/kontroll"})
    EXPECT_THAT(fresh.answer({.head = head("GET", project + path), .form = {}, .upload = {}}).body, HasSubstr("den är borttagen")) << path;
}

}  // namespace
}  // namespace horisont::web
