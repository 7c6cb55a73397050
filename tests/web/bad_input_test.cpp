#include <map>

#include "edge/files/files.h"
#include "support/pages.h"
#include "support/raw_socket.h"
#include "web/server.h"

namespace horisont::web {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace std::chrono_literals;

// What people and programs send that is wrong, over real sockets to the pages as they are: each gets the status that says why
// and a page that says it in words, and every file of the installation is the same bytes afterwards.
class BadInput : public Pages {
 protected:
  ServerLimits limits{.head = 1500ms, .answer = 20s, .body_bytes_per_second = 16 << 20, .connections = 64, .uploads = 4};
  std::unique_ptr<Server> server;
  std::thread running;
  std::string host = "127.0.0.1:8421";  // the name that the browser was given; the port of the socket is another

  void SetUp() override {
    Pages::SetUp();
    server = Server::bind(0, limits);
    ASSERT_TRUE(server);
    running = std::thread([this] {
      server->run({.admit = [this](const Head& one) { return site->admit(one); },
                   .answer = [this](const Request& one) { return site->answer(one); },
                   .refuse = [this](const Refusal& one) { return site->refuse(one); }},
                  folder / "uploads", 600s);
    });
  }
  void TearDown() override {
    if (server) server->stop();
    if (running.joinable()) running.join();
    Pages::TearDown();
  }

  // Every file of the installation; what was only looked at leaves them as they were.
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "home")) {
      if (!entry.is_regular_file()) continue;
      all[entry.path().lexically_relative(folder).string()] = sha256_of_file(entry.path());
    }
    return all;
  }
  // What a page says, without its markup.
  static std::string said(const std::string& answer) {
    const std::size_t main = answer.find("<main");
    return std::regex_replace(main == answer.npos ? answer : answer.substr(main), std::regex("<[^>]*>"), " ");
  }
  std::string head_of(const std::string& line, const std::string& more = "") {
    return line + " HTTP/1.1\r\nHost: " + host + "\r\nCookie: " + cookie + "\r\n" + more;
  }
  std::string own_post(const std::string& path, const std::string& type, const std::string& body,
                       std::optional<std::size_t> length = {}) {
    return head_of("POST " + path, "Origin: http://" + host + "\r\nContent-Type: " + type +
                                       "\r\nContent-Length: " + std::to_string(length.value_or(body.size())) + "\r\n\r\n") +
           body;
  }
  std::string file_form(const std::string& name, const std::string& bytes) {
    return "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n" + token +
           "\r\n--b\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"" + name + "\"\r\n\r\n" + bytes +
           "\r\n--b--\r\n";
  }
  const std::string multipart = "multipart/form-data; boundary=b", words_of_form = "application/x-www-form-urlencoded";
  std::string answer_to(const std::string& bytes, bool ends = false) {
    Raw raw{server->port()};
    raw.send(bytes);
    if (ends) raw.end();
    return raw.all(20s);
  }
  // The content that the month's page shows, which its forms carry.
  std::string shown_of(const std::string& month) {
    const std::string body = get(month).body;
    std::smatch found;
    return std::regex_search(body, found, std::regex("name=\"innehall\" value=\"([^\"]*)\"")) ? std::string(found[1]) : "";
  }
  std::string once_of(const std::string& body) {
    std::smatch found;
    return std::regex_search(body, found, std::regex("name=\"nyckel\" value=\"([0-9a-f]+)\"")) ? std::string(found[1]) : "";
  }
};

TEST_F(BadInput, gets_the_status_that_says_why_and_words_and_changes_no_byte) {
  const std::string rows = "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-04-05;5;praktik\n",
                    imports = project + "/inlasningar";
  const std::string whole = own_post(imports, multipart, file_form("April.csv", rows));
  const std::string month = project + "/manad/2016-03", person = project + "/deltagare/D-0001";
  const auto form = [&](const std::string& path, const std::string& fields, const std::string& with_token = "") {
    return own_post(path, words_of_form, "token=" + (with_token.empty() ? token : with_token) + "&" + fields);
  };
  const auto replaced = [](std::string in, const std::string& what, const std::string& with) {
    const std::size_t at = in.find(what);
    EXPECT_NE(at, in.npos) << what;
    return at == in.npos ? in : in.replace(at, what.size(), with);
  };
  struct Case {
    const char* sentence;
    std::string bytes;
    int status;
    const char* says;
    bool ends = false;  // the sender closes its side
  };
  const Case cases[] = {
      // cut off, and lengths that lie
      {"a file cut off in its rows", whole.substr(0, whole.size() - 40), 400, "Innehållet tog slut för tidigt", true},
      {"a file cut off before its rows", whole.substr(0, whole.find("--b") + 20), 400, "Innehållet tog slut för tidigt", true},
      {"a file of which the rest never comes", whole.substr(0, whole.size() - 40), 408, "Begäran kom för långsamt"},
      {"a length that says more than there is", own_post(imports, multipart, file_form("April.csv", rows), 5000), 400,
       "Innehållet tog slut för tidigt", true},
      {"a length that says less than there is", own_post(imports, multipart, file_form("April.csv", rows), 200), 400,
       "mer innehåll än som angavs"},
      {"a length of nothing before a body", own_post(imports, multipart, file_form("April.csv", rows), 0), 400,
       "mer innehåll än som angavs"},
      {"two lengths", replaced(whole, "Content-Length", "Content-Length: 5\r\nContent-Length"), 400, "står två gånger"},
      {"a length in letters", replaced(whole, "Content-Length: ", "Content-Length: a"), 400, "Innehållets längd är inget tal"},
      {"no length", replaced(form(month + "/stang", "x=1"), "Content-Length", "X-Length"), 411,
       "Innehållets längd måste anges"},
      {"a file of more than 20 MiB", own_post(imports, multipart, "", 25'000'000), 413, "större än 20 MiB"},
      // wrong types
      {"a picture called a workbook", own_post(imports, multipart, file_form("bild.xlsx", "\x89PNG\r\n\x1a\n no workbook")),
       422, "Ingenting har ändrats"},
      {"a program called a text file",
       own_post(imports, multipart,
                file_form("a.csv", std::string("\x7F"
                                               "ELF\0\0\0\1",
                                               8))),
       422, "Ingenting har ändrats"},
      {"an empty file", own_post(imports, multipart, file_form("tom.csv", "")), 422, "Filen tom.csv är tom (0 byte)"},
      {"a form with a boundary that its parts do not have",
       own_post(imports, "multipart/form-data; boundary=c", file_form("a.csv", rows)), 400, "Formuläret går inte att läsa"},
      {"a file in a form that takes none, without its fields", own_post(person + "/visa", multipart, file_form("a.csv", rows)),
       422, "varför du behöver se"},
      {"a form that is JSON", own_post(imports, "application/json", "{\"fil\":1}"), 415, "av ett slag som inte tas emot"},
      {"a day in words", form(person + "/ratta", "falt=entry_date&varde=i+mars&skal=st%C3%A5r+i+beslutet&steg=spara"), 422,
       "datum"},
      {"a field that there is not", form(person + "/ratta", "falt=langd&varde=180&skal=st%C3%A5r+i+beslutet&steg=spara"), 422,
       "langd"},
      {"a day of filing in words", form(month + "/lamna", "rapport=R-1&till=SCB&den=ig%C3%A5r&innehall=x"), 422, "igår"},
      {"a report of no kind", form(project + "/rapporter/ny", "mall=hemlig&period=2016-03"), 404, "hemlig"},
      {"a report of no month", form(project + "/rapporter/ny", "mall=scb-month&period=2016-13"), 422, "2016-13"},
      {"a sample of letters",
       form(project + "/stickprov", "ur=participants&metod=simple&storlek=tv%C3%A5&fro=00112233445566778899aabbccddeeff"), 422,
       "tal"},
      {"a month that there is not", form(project + "/manad/2016-13/stang", "x=1"), 404, "2016-13"},
      {"a participant that there is not", form(project + "/deltagare/D-0900/visa", "syfte=ringer+om+mars"), 404, "D-0900"},
      {"a draft that there is not", form(project + "/utkast/U-77/las-in", "x=1"), 422, "U-77"},
      {"an escape that is broken", own_post(month + "/stang", words_of_form, "token=%zz"), 400, "Formuläret går inte att läsa"},
      {"a page that is asked with POST", form(project + "/deltagare", "x=1"), 405, "leder inte till någon sida"},
      {"a form's address that is asked with GET", head_of("GET " + month + "/stang") + "\r\n", 405,
       "leder inte till någon sida"},
      {"a method that nobody answers", head_of("DELETE " + person) + "\r\n", 405, "GET, HEAD och POST"},
      // other names, other sites
      {"another name (DNS rebinding)", replaced(head_of("GET " + person) + "\r\n", "Host: " + host, "Host: ond.example:8421"),
       400, "ett namn som sidorna inte har"},
      {"another name, and a form", replaced(whole, "Host: " + host, "Host: ond.example:8421"), 400,
       "ett namn som sidorna inte har"},
      {"a form from another site", replaced(whole, "Origin: http://" + host, "Origin: http://ond.example"), 403,
       "en annan webbplats"},
      {"a form from another port", replaced(whole, "Origin: http://" + host, "Origin: http://127.0.0.1:9000"), 403,
       "en annan webbplats"},
      {"a form from a page of nowhere", replaced(whole, "Origin: http://" + host, "Origin: null"), 403, "en annan webbplats"},
      {"a form of another site that hides where it is from",
       replaced(whole, "Origin: http://" + host + "\r\n", "Sec-Fetch-Site: cross-site\r\n"), 403, "en annan webbplats"},
      {"a form without a word of where it is from", replaced(whole, "Origin: http://" + host + "\r\n", ""), 403,
       "en annan webbplats"},
      {"a form without its token", form(month + "/stang", "x=1", std::string(64, '0')), 403, "Formuläret"},
      {"a visitor without the cookie", replaced(head_of("GET " + person) + "\r\n", cookie, "a=b"), 403, "öppn"},
  };
  const auto before = files();
  for (const Case& one : cases) {
    const std::string answer = answer_to(one.bytes, one.ends);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + std::to_string(one.status) + " ")) << one.sentence;
    EXPECT_THAT(said(answer), HasSubstr(one.says)) << one.sentence;
    EXPECT_THAT(answer, HasSubstr("<html lang=\"sv\">")) << one.sentence;
    EXPECT_THAT(said(answer), Not(testing::ContainsRegex("web\\.[a-z]|Öberg|990517-9819|199905179819|entry_date:|--[a-z]")))
        << one.sentence;
    ASSERT_EQ(files(), before) << one.sentence;
  }
  const bool uploads = std::filesystem::exists(folder / "uploads");
  EXPECT_TRUE(!uploads || std::filesystem::is_empty(folder / "uploads")) << "a file stayed behind";
  // The same, sound, is taken: what was refused above was refused for its fault alone.
  EXPECT_THAT(answer_to(whole), StartsWith("HTTP/1.1 303 "));
  EXPECT_NE(files(), before);
}

// A button pressed twice, in one window or two, and a form that the back button brought up again: done once.
TEST_F(BadInput, a_form_sent_twice_does_its_work_once) {
  const auto twice = [&](const char* what, const std::function<Response()>& send, std::initializer_list<int> second) {
    const Response first = send();
    const std::string end = first.status == 303 ? end_of(first) : "";
    ASSERT_EQ(first.status, 303) << what << said(first.body);
    const auto before = files();
    const Response again = send();
    EXPECT_THAT(second, testing::Contains(again.status)) << what << said(again.body);
    if (again.status == 303) {
      EXPECT_EQ(end_of(again), end) << what;
    } else {
      EXPECT_GT(said(again.body).size(), 60u) << what;
    }
    EXPECT_EQ(files(), before) << what;
  };
  ASSERT_EQ(end_of(upload("April.csv",
                          "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-04-05;5;praktik\nUH-2;2016-04-05;hel;praktik\n")),
            project + "/utkast/U-1");
  const std::string draft = project + "/utkast/U-1";
  twice("a cell fixed",
        [&] {
          return post(draft + "/ratta", {{"cell", "C3"}, {"varde", "6"}, {"skal", "enligt underskriven lista"}});
        },
        {404});
  const std::string second = project + "/utkast/U-2", key = once_of(get(second + "/skillnad").body);
  ASSERT_NE(key, "");
  twice("an import confirmed", [&] { return post(second + "/las-in", {{"nyckel", key}}); }, {303});
  twice("an import confirmed from a page without its key",
        [&, sent = false]() mutable {
          if (!std::exchange(sent, true)) return Response{.status = 303, .headers = {}, .body = {}};
          return post(second + "/las-in", {});
        },
        {422});
  const std::string undo = project + "/inlasningar/I-3/angra";
  twice("an import undone", [&] { return post(undo, {{"skal", "fel fil inläst"}, {"steg", "angra"}}); }, {422});
  twice("a correction",
        [&] {
          return post(project + "/deltagare/D-0001/ratta",
                      {{"falt", "entry_date"}, {"varde", "2016-02-03"}, {"skal", "står så i beslutet"}, {"steg", "spara"}});
        },
        {422});
  twice("a report made",
        [&] {
          return post(project + "/rapporter/ny", {{"mall", "hours-summary"}, {"period", "2016-03"}, {"nyckel", "en"}});
        },
        {303});
  twice("a sample drawn",
        [&] {
          return post(
              project + "/stickprov",
              {{"ur", "participants"}, {"metod", "simple"}, {"storlek", "2"}, {"fro", "00112233445566778899aabbccddeeff"}});
        },
        {422});
  const std::string month = project + "/manad/2016-03", content = shown_of(month);
  twice("a month attested",
        [&] {
          return post(month + "/attestera", {{"skal", "Underlag kommer i april"}, {"innehall", content}});
        },
        {409});
  ASSERT_EQ(post(project + "/rapporter/ny", {{"mall", "scb-month"}, {"period", "2016-03"}, {"nyckel", "två"}}).status, 303);
  const std::string attested = shown_of(month);
  twice("a month filed",
        [&] {
          return post(month + "/lamna", {{"rapport", "R-2016-03-002"},
                                         {"till", "SCB"},
                                         {"den", "2016-04-05"},
                                         {"skal", "Underlag kommer i april"},
                                         {"innehall", attested}});
        },
        {409, 422});
  const std::string filed = shown_of(month);
  twice("a month closed", [&] { return post(month + "/stang", {{"innehall", filed}}); }, {409});
  twice("a month opened again", [&] { return post(month + "/oppna", {{"skal", "Närvaron ska rättas"}}); }, {409});
}

// Two windows, the back button, and a month that somebody else takes on meanwhile: what a window still shows is not done when
// it no longer holds, and the page says so and what holds now.
TEST_F(BadInput, a_window_that_shows_what_was_changes_nothing) {
  const std::string month = project + "/manad/2016-03";
  const std::string old = shown_of(month);
  ASSERT_EQ(end_of(upload(
                "Underlag.csv",
                "Deltagar-id;Krav;Dokument;Datum;Utfärdare;Beteckning;Kontrollerat datum;Kontrollerat av;Förvaras hos\n"
                "UH-1;bosättning;registerutdrag;2016-01-25;Skatteverket;FB 2016-1;2016-01-26;Karin Berg;Karlstads kommun\n")),
            project + "/utkast/U-1");
  ASSERT_EQ(end_of(post(project + "/utkast/U-1/las-in", {})), project + "/inlasningar/I-3?klar=1");
  const auto refused = [&](const char* what, const Response& answer, int status, const char* says) {
    EXPECT_EQ(answer.status, status) << what << said(answer.body);
    EXPECT_THAT(said(answer.body), HasSubstr(says)) << what;
  };
  auto before = files();
  refused("attesting what was before evidence came",
          post(month + "/attestera", {{"skal", "Underlag kommer i april"}, {"innehall", old}}), 409, "ändrats");
  EXPECT_EQ(files(), before);

  ASSERT_EQ(where(post(project + "/inlasningar/I-3/angra", {{"skal", "fel fil inläst"}, {"steg", "angra"}})),
            project + "/inlasningar/I-3");

  // A draft that another window has fixed: its page leads on, its form says that it is gone.
  ASSERT_EQ(end_of(upload("April.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-04-05;hel;praktik\n")),
            project + "/utkast/U-2");
  const std::string first = project + "/utkast/U-2", second = project + "/utkast/U-3";
  ASSERT_EQ(where(post(first + "/ratta", {{"cell", "C2"}, {"varde", "6"}, {"skal", "enligt underskriven lista"}})),
            second + "/problem");
  before = files();
  EXPECT_EQ(where(get(first + "/problem")), second + "/problem") << "the back button";
  refused("confirming the draft that was", post(first + "/las-in", {}), 422, "U-2");
  refused("dropping the draft that was", post(first + "/slang", {}), 404, "U-2");
  EXPECT_EQ(files(), before);
  // The difference was shown; then other facts came. What is confirmed is only what was shown: this import adds the same all
  // the same.
  const std::string key = once_of(get(second + "/skillnad").body);
  ASSERT_EQ(end_of(post(second + "/las-in", {{"nyckel", key}})), project + "/inlasningar/I-4?klar=1");
  before = files();
  for (const char* step : {"", "/fil", "/blad", "/kolumner", "/problem", "/skillnad", "/ratta?cell=C2"})
    refused("the back button after it was read in", get(second + step), 404, "U-3");
  refused("the form of a page from before", post(second + "/las-in", {{"nyckel", "annan"}}), 422, "U-3");
  EXPECT_EQ(files(), before);

  // Somebody else attests, files and closes the month while a form about it is open.
  const std::string open = shown_of(month);
  const Response attested_first = post(month + "/attestera", {{"skal", "Underlag kommer i april"}, {"innehall", open}});
  ASSERT_EQ(attested_first.status, 303) << said(attested_first.body);
  ASSERT_EQ(post(project + "/rapporter/ny", {{"mall", "scb-month"}, {"period", "2016-03"}, {"nyckel", "en"}}).status, 303);
  const std::string attested = shown_of(month);
  ASSERT_EQ(post(month + "/lamna", {{"rapport", "R-2016-03-001"},
                                    {"till", "SCB"},
                                    {"den", "2016-04-05"},
                                    {"skal", "Underlag kommer i april"},
                                    {"innehall", attested}})
                .status,
            303);
  ASSERT_EQ(post(month + "/stang", {{"innehall", shown_of(month)}}).status, 303);
  ASSERT_EQ(end_of(upload(
                "Deltagare.csv",
                "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;I annan utbildning eller praktik;"
                "Fullständiga gymnasiebetyg;KAA\n"
                "UH-2;19980303-9800;<b>Ek</b>, Bo;Karlstad;2016-02-08;arbetslös;nej;nej;ja;ja\n")),
            project + "/utkast/U-4");
  before = files();
  for (const auto& [step, form] : {std::pair{"/attestera", Fields{{"skal", "Underlag kommer i april"}, {"innehall", open}}},
                                   {"/lamna", Fields{{"rapport", "R-2016-03-001"},
                                                     {"till", "SCB"},
                                                     {"den", "2016-04-06"},
                                                     {"skal", "Underlag kommer i april"},
                                                     {"innehall", attested}}},
                                   {"/stang", Fields{{"innehall", attested}}}})
    refused(step, post(month + step, form), 409, "stängd");
  refused("a register that changes a closed month, without a reason", post(project + "/utkast/U-4/las-in", {}), 422, "2016-03");
  for (const auto& [reason, says] : {std::pair{"kort", "minst tio tecken"}, {"gäller 900101-1239 bara", "innehåller ett personnummer"}})
    refused("a register that changes a closed month, with a reason that is none", post(project + "/utkast/U-4/las-in", {{"skal", reason}}), 422, says);
  EXPECT_THAT(post(project + "/utkast/U-4/las-in", {{"skal", "kort"}}).body, HasSubstr("value=\"kort\"")) << "what was typed stays";
  refused("a correction of a closed month, saved without a reason",
          post(project + "/deltagare/D-0002/ratta",
               {{"falt", "upper_secondary_complete"}, {"varde", "ja"}, {"skal", ""}, {"steg", "spara"}}),
          422, "Skälet ska ha minst tio tecken");
  EXPECT_EQ(files(), before);
}

TEST_F(BadInput, two_hundred_slow_clients_keep_no_page_waiting_for_three_seconds) {
  const auto before = files();
  std::atomic<bool> over = false;
  std::thread attack([&] {
    std::vector<Raw> slow;
    for (int i = 0; i < 200; ++i) slow.emplace_back(server->port());
    const std::string drip = "GET /p/ung-horisont HTTP/1.1\r\nHost: ";
    for (std::size_t at = 0; !over; at = (at + 1) % drip.size()) {
      for (Raw& one : slow) {
        if (!one.send({&drip[at], 1})) one = Raw(server->port());
        if (over) break;
      }
      std::this_thread::sleep_for(20ms);
    }
  });
  std::this_thread::sleep_for(500ms);
  for (const char* page :
       {"/", "/p/ung-horisont", "/p/ung-horisont/deltagare", "/p/ung-horisont/manad/2016-03", "/p/ung-horisont/timmar"}) {
    const auto began = std::chrono::steady_clock::now();
    std::string answer;
    // A browser tries again when its connection was closed before it had sent anything.
    for (int tried = 0; tried < 3 && answer.empty(); ++tried) answer = answer_to(head_of(std::string("GET ") + page) + "\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK")) << page;
    EXPECT_LT(std::chrono::steady_clock::now() - began, 3s) << page;
  }
  over = true;
  attack.join();
  EXPECT_EQ(files(), before);
}

TEST_F(BadInput, neither_slow_bodies_nor_who_does_not_read_keeps_a_page_waiting_for_three_seconds) {
  const auto before = files();
  const std::string form = own_post("/p/ung-horisont/deltagare/D-0001/ratta", "application/x-www-form-urlencoded", "token=", 60'000);
  const auto honest = [&](const std::string& among) {
    for (const char* page : {"/", "/p/ung-horisont/deltagare"}) {
      const auto began = std::chrono::steady_clock::now();
      EXPECT_THAT(answer_to(head_of(std::string("GET ") + page) + "\r\n"), StartsWith("HTTP/1.1 200 OK")) << page << " among " << among;
      EXPECT_LT(std::chrono::steady_clock::now() - began, 3s) << page << " among " << among;
    }
  };
  {
    std::vector<Raw> slow;
    for (int i = 0; i < 200; ++i) slow.emplace_back(server->port());
    for (Raw& one : slow) one.send(form);
    honest("bodies that do not come");
  }
  {
    std::vector<Raw> deaf;
    for (int i = 0; i < 200; ++i) deaf.emplace_back(server->port());
    for (Raw& one : deaf) one.send(head_of("GET /p/ung-horisont/deltagare") + "\r\n");
    honest("answers that nobody takes");
  }
  EXPECT_EQ(files(), before);
}

TEST_F(BadInput, a_day_that_there_is_not_is_not_taken_for_today) {
  for (const char* day : {"2016-02-30", "i%20g%C3%A5r", "2016", "2016-3-1"}) {
    const Response shown = get(project + "/deltagare?kand=" + day);
    EXPECT_EQ(shown.status, 400) << day;
    EXPECT_THAT(shown.body, testing::Not(HasSubstr("D-0001"))) << day;
  }
  EXPECT_EQ(get(project + "/deltagare?kand=2016-04-01").status, 200);
}

}  // namespace
}  // namespace horisont::web
