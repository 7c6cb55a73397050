// Time stamps, another key, a checkpoint that someone holds: each through the commands, with files that come and go.

#include <gmock/gmock.h>

#include <sstream>

#include "cli/cli_fixture.h"
#include "edge/files/files.h"
#include "edge/json/json.h"
#include "edge/store/store.h"
#include "log/note.h"
#include "log/receipt.h"
#include "log/time_authority.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

class LogCli : public Cli {
 protected:
  std::string p = "--project=ung-horisont";
  TimeAuthority authority;

  std::string at(const std::string& name) const { return (folder.path() / name).string(); }
  std::string exported(const std::string& name) {
    EXPECT_EQ(run({"log", "export", "-o", at(name), p}).status, 0);
    return read_file(at(name));
  }
  std::string request(const std::string& name) {
    EXPECT_EQ(run({"log", "timestamp", "-o", at(name), p}).status, 0);
    return at(name);
  }
  std::string reply(const std::string& asked, const std::string& name, std::int64_t late = 0) {
    return file(name, authority.reply(read_file(asked), now.seconds() + late));
  }
  Said take(const std::string& answer, const std::string& asked) {
    return run({"log", "timestamp", answer, "--request", asked, "--ca", at("ca.pem"), p});
  }
  void SetUp() override {
    ASSERT_EQ(run({"import", register_file(), p, "--yes"}).status, 0);
    file("ca.pem", authority.pem());
  }
};

TEST_F(LogCli, a_time_stamp_is_asked_for_taken_in_exported_and_shown) {
  EXPECT_THAT(run({"log", "status", p}).out, HasSubstr("vilar bara på systemägarens nyckel"));
  const std::string asked = request("cp.tsq");
  const Said taken = take(reply(asked, "cp.tsr"), asked);
  ASSERT_EQ(taken.status, 0) << taken.messages;
  EXPECT_THAT(taken.out, HasSubstr("2016-04-15 10:00, vid 2 poster"));
  const std::string text = exported("stamped.eliglog");
  EXPECT_THAT(text, HasSubstr("\ntoken rfc3161 "));
  EXPECT_THAT(text, HasSubstr(" anchor "));
  EXPECT_EQ(run({"log", "verify", p}).status, 0);
  now = Moment::of_seconds(now.seconds() + 3 * 86'400 - 1);
  EXPECT_THAT(run({"log", "status", p}).out, HasSubstr("2 dagar"));
  now = Moment::of_seconds(now.seconds() + 1);
  EXPECT_THAT(run({"log", "status", p}).out, HasSubstr("3 dagar"));
  EXPECT_THAT(run({"log", "verify", p}).out, HasSubstr("Nyaste stöd utifrån"));
}

TEST_F(LogCli, each_wrong_reply_is_refused_and_the_log_stays) {
  const std::string before = exported("before.eliglog"), first = request("1.tsq"), second = request("2.tsq");
  const std::string good = reply(first, "good.tsr");
  const TimeAuthority stranger;
  const std::string by_stranger = file("stranger.tsr", stranger.reply(read_file(first), now.seconds()));
  const struct {
    const char* what;
    std::vector<std::string> arguments;
    int status;
    const char* words;
  } cases[] = {
      {"to another request", {good, "--request", second, "--ca", at("ca.pem")}, 4, "annan begäran"},
      {"by a stranger", {by_stranger, "--request", first, "--ca", at("ca.pem")}, 4, "inte undertecknad"},
      {"no reply", {first, "--request", first, "--ca", at("ca.pem")}, 3, "inget svar"},
      {"no request", {good, "--request", good, "--ca", at("ca.pem")}, 3, "ingen begäran"},
      {"no certificates", {good, "--request", first, "--ca", first}, 3, "inga certifikat"},
      {"a clock five minutes and a second ahead",
       {reply(first, "late.tsr", 301), "--request", first, "--ca", at("ca.pem")},
       5,
       "klockan"},
      {"a clock five minutes and a second behind",
       {reply(first, "early.tsr", -301), "--request", first, "--ca", at("ca.pem")},
       5,
       "klockan"},
      {"without its request", {good, "--ca", at("ca.pem")}, 2, "--request"},
      {"asked and answered at once", {good, "--request", first, "--ca", at("ca.pem"), "-o", at("3.tsq")}, 2, "antingen"},
  };
  for (const auto& one : cases) {
    std::vector<std::string> arguments{"log", "timestamp", p};
    arguments.insert(arguments.end(), one.arguments.begin(), one.arguments.end());
    const Said said = run(arguments);
    EXPECT_EQ(said.status, one.status) << one.what << said.messages;
    EXPECT_THAT(said.messages, HasSubstr(one.words)) << one.what;
  }
  EXPECT_EQ(exported("after.eliglog"), before);
  EXPECT_EQ(run({"log", "timestamp", "-o", first, p}).status, 5) << "nothing is written over";
  EXPECT_EQ(take(reply(first, "edge.tsr", 300), first).status, 0) << "300 seconds are allowed";
  EXPECT_THAT(take(at("edge.tsr"), first).messages, HasSubstr("finns redan"));
}

TEST_F(LogCli, the_key_is_changed_by_an_entry_that_both_keys_sign) {
  const std::string old_key = run({"log", "key", "show", p}).out;
  EXPECT_EQ(run({"log", "key", "rotate", p}).status, 5) << "nobody said yes";
  EXPECT_EQ(run({"log", "key", "show", p}).out, old_key);
  const Said done = run({"log", "key", "rotate", p, "--yes"});
  ASSERT_EQ(done.status, 0) << done.messages;
  EXPECT_THAT(done.messages, HasSubstr("L-2"));
  const std::string new_key = run({"log", "key", "show", p}).out;
  EXPECT_NE(new_key, old_key);
  EXPECT_THAT(run({"log", "status", p}).out, HasSubstr(new_key.substr(0, new_key.size() - 1)));
  EXPECT_EQ(run({"log", "challenge", "efter bytet", "-o", at("c.tlog-proof"), p}).status, 0);
  EXPECT_EQ(run({"log", "key", "rotate", p, "--yes"}).status, 0) << "again";
  const std::string text = exported("rotated.eliglog");
  EXPECT_THAT(text, HasSubstr("\nlog " + old_key + "log " + new_key + "log "));
  EXPECT_EQ(run({"log", "verify", p}).status, 0);
  EXPECT_EQ(tlog::checkpoint_copied(read_file(at("c.tlog-proof")).substr(read_file(at("c.tlog-proof")).find("\n\n") + 2))
                ->signatures.size(),
            1u);
}

TEST_F(LogCli, a_witness_follows_a_change_of_key_when_it_is_told_which_key_goes) {
  const auto key = [&] {
    std::string vkey = run({"log", "key", "show", p}).out;
    vkey.pop_back();
    return vkey;
  };
  const std::string old_key = key(), state = at("w.state"), secret = at("w.key");
  const auto witness = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"log", "witness", "--state", state, "--key", secret});
    return run(more);
  };
  const auto asked = [&](const std::string& since, const std::string& name) {
    EXPECT_EQ(run({"log", "checkpoint", "--since", since, "-o", at(name), p}).status, 0);
    return at(name);
  };
  ASSERT_EQ(witness({"--name", "w.example/1", "--watch", old_key}).status, 0);
  ASSERT_EQ(witness({asked("0", "r1")}).status, 0);
  ASSERT_EQ(run({"log", "key", "rotate", p, "--yes"}).status, 0);
  EXPECT_EQ(witness({asked("2", "r2")}).status, 0) << "the old key signs the change itself";
  ASSERT_EQ(run({"log", "challenge", "efter bytet", "-o", at("c.tlog-proof"), p}).status, 0);
  EXPECT_EQ(witness({asked("3", "r3")}).out, "403\n");
  EXPECT_EQ(witness({"--watch", key()}).status, 5);
  EXPECT_EQ(witness({"--watch", key(), "--replaces", "00000000"}).status, 5);
  EXPECT_EQ(witness({"--watch", key(), "--replaces", old_key.substr(old_key.find('+') + 1, 8)}).status, 0);
  EXPECT_EQ(witness({at("r3")}).status, 0);
}

TEST_F(LogCli, a_checkpoint_that_someone_holds_is_found_or_contradicted) {
  ASSERT_EQ(run({"log", "checkpoint", "-o", at("held"), p}).status, 0);
  std::filesystem::copy(home, at("other"), std::filesystem::copy_options::recursive);
  ASSERT_EQ(run({"log", "challenge", "en historia", "-o", at("a.tlog-proof"), p}).status, 0);
  const Said agrees = run({"log", "compare", at("held"), p});
  EXPECT_EQ(agrees.status, 0) << agrees.out;
  EXPECT_THAT(agrees.out, HasSubstr("Kontrollpunkt vid 2 poster: stämmer."));
  ASSERT_EQ(run({"log", "checkpoint", "-o", at("newer"), p}).status, 0);
  exported("a.eliglog");
  // Another history from the same beginning.
  std::filesystem::remove_all(home);
  std::filesystem::rename(at("other"), home);
  const Said cut = run({"log", "compare", at("newer"), p});
  EXPECT_EQ(cut.status, 4);
  EXPECT_THAT(cut.out, HasSubstr("avhugget"));
  ASSERT_EQ(run({"log", "challenge", "en annan", "-o", at("b.tlog-proof"), p}).status, 0);
  const Said fork = run({"log", "compare", at("newer"), "-o", at("proof"), p});
  EXPECT_EQ(fork.status, 4);
  EXPECT_THAT(fork.out, HasSubstr("en annan historia"));
  const std::string both = read_file(at("proof"));
  EXPECT_THAT(both, HasSubstr(read_file(at("newer"))));
  EXPECT_EQ(run({"log", "compare", at("held"), p}).status, 0) << "both histories begin alike";
  EXPECT_EQ(run({"log", "compare", at("newer"), "--export", at("a.eliglog"), p}).status, 0);
  EXPECT_EQ(run({"log", "compare", file("hello", "hello\n"), p}).status, 3);
}

TEST_F(LogCli, a_workbook_bears_the_checkpoint_before_it_and_is_made_again_with_the_same_bytes) {
  const Said made = run({"report", "make", "hours-summary", "--period", "2016-03", "-o", at("out"), p, "--json"});
  ASSERT_LE(made.status, 1) << made.messages;
  const auto json = parse_json(made.out);
  ASSERT_TRUE(json);
  const std::string workbook = json->find("rows")->items.at(0).find("file")->text;
  const Said agrees = run({"log", "compare", workbook, p});
  EXPECT_EQ(agrees.status, 0) << agrees.out << agrees.messages;
  EXPECT_THAT(agrees.out, HasSubstr("Kontrollpunkt vid 2 poster: stämmer."));
  // The workbooks of several months, as a shell names them.
  const Said both = run({"log", "compare", workbook, workbook, p});
  EXPECT_EQ(both.status, 0) << both.messages;
  EXPECT_EQ(both.out, workbook + "\n" + agrees.out + workbook + "\n" + agrees.out);
  const auto rows = parse_json(run({"log", "compare", workbook, workbook, p, "--json"}).out);
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->find("rows")->items.size(), 2u);
  EXPECT_EQ(run({"log", "compare", workbook, file("hello", "hello\n"), p}).status, 3);
  EXPECT_THAT(run({"report", "check", workbook, p, "--json"}).out, HasSubstr("identical"));
  const Said again = run({"report", "remake", json->find("rows")->items.at(0).find("report")->text, "-o", at("again"), p});
  EXPECT_EQ(again.status, 0) << again.messages << again.out;
  EXPECT_EQ(read_file(at("again") + "/" + std::filesystem::path(workbook).filename().string()), read_file(workbook));
  // Another history: an installation from before the workbook's own import.
  std::filesystem::remove_all(home);
  ASSERT_EQ(run({"import", register_file(), p, "--yes"}).status, 0);
  const Said other = run({"log", "compare", workbook, p});
  EXPECT_EQ(other.status, 4) << other.out;
}

TEST_F(LogCli, an_eligibility_log_has_the_checkpoints_known_then_and_is_made_again_after_later_ones) {
  const std::string asked = request("cp.tsq");
  ASSERT_EQ(take(reply(asked, "cp.tsr"), asked).status, 0);
  const auto preview = [&](const char* sheet) {
    return run({"report", "preview", "eligibility-log", "--sheet", sheet, "--format", "text", p}).out;
  };
  // The opening and the file that was read in; that the time stamp came; the decisions, which are recorded before the report.
  EXPECT_THAT(preview("checkpoints"), testing::ContainsRegex("body\ti:2\t[^\n]*\tk:anchor/authority\t[^\n]*\te:\nbody\ti:3\t"));
  const Said made = run({"report", "make", "eligibility-log", "-o", at("out"), p, "--json"});
  ASSERT_LE(made.status, 1) << made.messages;
  const auto json = parse_json(made.out);
  ASSERT_TRUE(json);
  const std::string report = json->find("rows")->items.at(0).find("report")->text;
  const std::string workbook = json->find("rows")->items.at(0).find("file")->text;
  EXPECT_THAT(made.out, HasSubstr("\"agrees\":\"yes\"")) << "as many entries as the newest checkpoint holds";
  const auto frozen = [&] {
    const Store store = Store::open(home + "/data/horisont.db", std::filesystem::path(HORISONT_SOURCE_DIR) / "schemas/store");
    return store.reports("ung-horisont").front().sheets_text;
  }();
  EXPECT_THAT(frozen, testing::AllOf(HasSubstr("\nbody\ti:2\t"), HasSubstr("\nbody\ti:3\t"), HasSubstr("\nbody\ti:5\t")));
  EXPECT_THAT(frozen, Not(HasSubstr("\nbody\ti:6\t"))) << "that the report was made came after it";

  ASSERT_EQ(run({"log", "challenge", "en senare fråga", "-o", at("c.tlog-proof"), p}).status, 0);
  const std::string later = preview("checkpoints");
  EXPECT_THAT(later, testing::AllOf(HasSubstr("\nbody\ti:6\t"), HasSubstr("\nbody\ti:7\t")));
  EXPECT_THAT(later, testing::ContainsRegex("body\ti:5\t[^\n]*\ts:" + report + "\n")) << "whose control sheet bears it";
  EXPECT_THAT(later, testing::ContainsRegex("body\ti:6\t[^\n]*\te:\n"));
  const Said again = run({"report", "remake", report, "-o", at("again"), p});
  EXPECT_EQ(again.status, 0) << again.messages << again.out;
  EXPECT_EQ(read_file(at("again") + "/" + std::filesystem::path(workbook).filename().string()), read_file(workbook));
  EXPECT_THAT(run({"report", "check", workbook, p, "--json"}).out, HasSubstr("identical"));
}

TEST_F(LogCli, an_eligibility_log_names_the_files_and_nobody) {
  const std::string time = "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-01;5;praktik\n";
  ASSERT_LE(run({"import", file("19990517-9819 mars.csv", time), p, "--yes"}).status, 1);
  ASSERT_LE(run({"imports", "undo", "I-2", p, "--reason=Filen gällde en annan månad"}).status, 1);
  const std::string log = run({"report", "preview", "eligibility-log", "--sheet", "log", "--format", "text", p}).out;
  const std::string digest = sha256_of_file(register_file()).substr(0, 16);
  EXPECT_THAT(log, HasSubstr("\ts:F-1 deltagare.csv\ts:" + digest + "\tk:role/"));
  EXPECT_THAT(log, Not(HasSubstr("19990517"))) << "a file that is named after a person is told by its number alone";
  EXPECT_THAT(log, testing::ContainsRegex("k:log-event/import\te:\tk:log-outcome/accepted\te:\te:\ts:F-2\ts:[0-9a-f]{16}\t"));
  EXPECT_THAT(log, testing::ContainsRegex("k:log-event/import\te:\tk:log-outcome/undone\te:\te:\ts:F-2\ts:[0-9a-f]{16}\t"))
      << "what is taken back is the file that was read in";
}

TEST_F(LogCli, a_receipt_goes_with_each_file_of_a_report_and_holds_against_the_export) {
  const Said made = run({"report", "make", "hours-summary", "--period", "2016-03", "-o", at("out"), p, "--json"});
  ASSERT_LE(made.status, 1) << made.messages;
  const auto json = parse_json(made.out);
  ASSERT_TRUE(json);
  const std::string report = json->find("rows")->items.at(0).find("report")->text;
  const std::string workbook = json->find("rows")->items.at(0).find("file")->text;
  const Said given = run({"report", "receipt", report, "-o", at("kvitton"), p, "--json"});
  ASSERT_EQ(given.status, 0) << given.messages;
  const auto rows = parse_json(given.out);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->find("rows")->items.size(), json->find("rows")->items.size()) << "one a file";
  const std::string name = std::filesystem::path(workbook).filename().string();
  const std::string text = read_file(at("kvitton/" + name + ".kvitto.txt"));
  const auto receipt = tlog::receipt_from(text);
  ASSERT_TRUE(receipt) << text;
  EXPECT_EQ(text_of(*receipt), text);
  EXPECT_EQ(receipt->report, report);
  EXPECT_EQ(receipt->file, name);
  EXPECT_EQ(receipt->sha256, sha256_of_file(workbook));
  EXPECT_EQ(tlog::verify_receipt(*receipt, {}).shown, tlog::Shown::NothingOutside);
  // The history goes on, and still has it.
  ASSERT_EQ(run({"log", "challenge", "går vidare", "-o", at("c.tlog-proof"), p}).status, 0);
  std::istringstream log(exported("a.eliglog"));
  const tlog::Answer answer = tlog::verify_export(log, {*receipt}, {});
  EXPECT_NE(answer.shown, tlog::Shown::Altered);
  EXPECT_THAT(answer.lines, testing::Contains(HasSubstr("The workbook: made in entry")));

  const Said twice = run({"report", "receipt", report, "-o", at("kvitton"), p});
  EXPECT_EQ(twice.status, 5);
  EXPECT_THAT(twice.messages, HasSubstr("finns redan"));
  EXPECT_EQ(run({"report", "receipt", "R-2016-03-999", "-o", at("annat"), p}).status, 5);
  EXPECT_FALSE(std::filesystem::exists(at("annat")));
}

TEST_F(LogCli, a_challenge_is_short_text_that_points_to_nobody) {
  std::string long_text;
  for (int i = 0; i < 200; ++i) long_text += "ö";
  const struct {
    const char* what;
    std::string text;
    int status;
  } cases[] = {
      {"two hundred characters", long_text, 0},
      {"one more", long_text + "x", 5},
      {"one", "x", 0},
      {"bytes that are no UTF-8", "fr\xE5ga", 5},
      {"a control character", "fr\x1B[2Jaga", 5},
      {"a new line", "fråga\n17", 5},
      {"an identity number", "gäller 19900118-9811", 5},
      {"of ten digits", "900118-9811", 5},
      {"run together", "x199001189811y", 5},
      {"with a wrong last digit", "gäller 19900118-9812", 0},
      {"as part of a longer number", "4199001189811", 0},
      {"a number and a day", "tärning 4711, 2016-04-15", 0},
  };
  int n = 0;
  for (const auto& one : cases)
    EXPECT_EQ(run({"log", "challenge", one.text, "-o", at("c" + std::to_string(++n)), p}).status, one.status) << one.what;
}

}  // namespace
}  // namespace horisont
