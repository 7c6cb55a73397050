#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/snapshot.h"
#include "app/table.h"
#include "core/values/surface.h"
#include "web/html.h"
#include "web/http.h"
#include "web/jobs.h"
#include "web/sessions.h"

namespace horisont::web {

struct SiteOptions {
  std::filesystem::path home, share;
  std::string account;
  Language language = Language::Swedish;
  std::function<Date()> today;
  std::function<Moment()> now;
  int port = 8421;
  std::string secret;          ///< opens /kontroll/kod to a second start of the program
  std::function<void()> stop;  ///< what *Avsluta* does
  std::chrono::milliseconds patience{1500};  ///< work that takes longer gets a page that tells how far it has come
};

/// What drafts have become: one that is read anew gets another number, and the back button leads to the old one. Kept while the
/// program runs.
class DraftTrail {
 public:
  void became(std::uint32_t before, std::uint32_t after);
  /// Where the trail ends; nothing when it does not begin here.
  std::optional<std::uint32_t> now(std::uint32_t draft) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::uint32_t, std::uint32_t> next_;
};

/// What the last check of each project's log found. In memory only: a file that says so proves nothing.
class LogChecks {
 public:
  struct Check {
    Moment at;
    std::uint64_t size = 0;  ///< entries of the log then
    std::vector<Message> faults;
  };
  void found(const std::string& project, Check);
  std::optional<Check> last(const std::string& project) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Check> last_;
};

/// The pages of one installation: requests in, responses out. May be asked by many threads.
class Site {
 public:
  Site(SiteOptions, Workspace&&);
  /// Before a body is read: the gate, and whether somebody has opened the pages.
  std::optional<Response> admit(const Head&);
  Response answer(const Request&);
  Response refuse(const Refusal&, Language);
  Response refuse(const Refusal& refusal) { return refuse(refusal, options.language); }
  /// A path with a code that opens it once.
  std::string opening(std::string path, std::chrono::seconds valid);

  SiteOptions options;
  Sessions sessions;
  Snapshots snapshots;
  DraftTrail drafts;
  Jobs jobs;
  LogChecks log_checks;

 private:
  Response routed(const Request&, const std::string& token);
};

/// One request on its way to a page.
struct Visit {
  Site& site;
  const Request& request;
  Language language;
  std::string token;  ///< of the session's forms
  enum class Form { Page, Csv, Json, Xlsx } form = Form::Page;
  std::string path;                ///< without ".csv", ".json" or ".xlsx"
  std::vector<std::string> parts;  ///< what the stars of the route stand for
  std::string project;             ///< key; empty outside a project
  std::shared_ptr<const Snapshot> snapshot;
  Date today;
  Moment now;

  /// Tables beside others, as the page meets them: each has an address of its own, at which it stands alone.
  struct Beside {
    std::map<std::string, int> named;
    std::optional<Response> alone;  ///< the one that the address asks for, which becomes the answer
  };
  mutable Beside beside = {};

  const Workspace& workspace() const { return site.snapshots.workspace(); }
  const ProjectState& state() const { return snapshot->state(); }
  Actor actor() const { return {site.options.account, "case-worker"}; }
  std::string base() const { return "/p/" + project; }
  std::string t(const char* id, std::vector<std::string> values = {}) const {
    return say({id, std::move(values)});
  }
  std::string say(const Message& message) const { return words(message, language, Surface::Page); }
  std::string told(const Finding& finding) const { return say({finding.code, finding.values}); }
  /// What to do about it; empty when there is no advice.
  std::string advice(const Finding& finding) const {
    const std::string id = finding.code + ".do";
    return text_of(id) ? say({id, finding.values}) : std::string();
  }
  /// Asks again: what was written meanwhile is seen.
  void refresh();
  std::optional<Moment> known_at() const;  ///< the end of the day that the address asks for
};

using Answerer = Response (*)(Visit&);
struct Route {
  std::string_view method, pattern;  ///< "/p/*/deltagare/*": a star is one part, the first star a project
  Answerer answer;
  bool lists = false;  ///< ".csv", ".xlsx" and ".json" give its table
};
/// Every route there is, for the router and for the tests that walk them.
std::span<const Route> routes();

/// A whole page around `main`. `title` is its only h1.
Response page(const Visit&, const std::string& title, const Html& main, int status = 200);
/// A page that says one thing, and where to go from there.
Response message_page(const Visit&, int status, const std::string& title, const std::string& text, const std::string& back);
/// A form that POSTs, with its token.
Html form_to(const Visit&, std::string action, const Html& inside);
/// A value that a form carries along unseen.
Html hidden(const std::string& name, const std::string& value);
/// A control under its label; the hint has the id that the control's aria-describedby names: `id` and "-hint".
Html field(const std::string& id, const std::string& label, const Html& control, const std::string& hint = "");
/// The rule of an answer that says why something could not be done.
Html error_box(const Visit&, const std::string& text);

}  // namespace horisont::web
