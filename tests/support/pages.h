#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <regex>
#include <set>
#include <thread>

#include "app/import_file.h"
#include "support/places.h"
#include "web/gate.h"
#include "web/site.h"

namespace horisont::web {

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
    EXPECT_THAT(set, testing::HasSubstr("; HttpOnly; SameSite=Strict; Path=/"));
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
      if (response.status != 200)
        to = where(response);  // 200: it goes on
      else
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
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

}  // namespace horisont::web
