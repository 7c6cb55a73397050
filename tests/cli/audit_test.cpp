// What an auditor is given of a project, and what he can do with it: packs, evidence, decisions by hand, history.

#include <gmock/gmock.h>

#include "cli/cli_fixture.h"
#include "edge/zip/rewrite.h"
#include "edge/zip/zip.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

class Audit : public Cli {
 protected:
  const std::string p = "--project=ung-horisont", day = "--today=2016-04-01", seed = "--seed=00112233445566778899aabbccddeeff";
  void SetUp() override {
    must({"import",
          file("deltagare.csv",
               "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;I annan utbildning eller praktik;"
               "Fullständiga gymnasiebetyg;KAA\n"
               "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-02-01;arbetslös;nej;nej;nej;ja\n"
               "UH-2;19980303-9800;Ek, Bo;Karlstad;2016-02-08;arbetslös;nej;nej;nej;ja\n"
               "UH-3;19980304-9809;Lind, Cia;Hammarö;2016-02-08;arbetslös;nej;nej;nej;ja\n"),
          p, day, "--yes"});
    must({"import",
          file("underlag.csv",
               "Deltagar-id;Krav;Dokument;Datum;Utfärdare;Beteckning;Kontrollerat datum;Kontrollerat av;Förvaras hos\n"
               "UH-1;bosättning;registerutdrag;2016-01-25;Skatteverket;FB 1;2016-01-26;Karin Berg;Karlstads kommun\n"
               "UH-2;bosättning;registerutdrag;2015-11-07;Skatteverket;FB 2;2015-11-08;Karin Berg;Karlstads kommun\n"),
          p, day, "--yes"});
    must({"import", file("tid.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-01;5;praktik\nUH-2;2016-03-02;6;praktik\n"), p, day,
          "--yes"});
    must({"assess", p, day});
  }
  Said must(std::vector<std::string> line) {
    const Said said = run(line);
    EXPECT_LE(said.status, 1) << line[0] << ": " << said.messages;
    return said;
  }
  std::string place(const char* name) const { return (folder.path() / name).string(); }
  // A pack of all three, as it is on disk.
  std::string packed(std::vector<std::string> more = {}) {
    must({"sample", "draw", "participants", "--size=2", seed, p, day});
    std::vector<std::string> line{"audit", "pack", "--sample=S-1", "-o", place("paket.zip"), p, day};
    line.insert(line.end(), more.begin(), more.end());
    const Said said = run(line);
    EXPECT_EQ(said.status, 0) << said.messages;
    return place("paket.zip");
  }
  static std::map<std::string, std::string> parts_of(const std::string& zip) {
    const auto open = Zip::open(read_file(zip));
    std::map<std::string, std::string> parts;
    for (const ZipEntry& entry : open->entries()) parts[entry.name] = *open->text(entry, 64 << 20);
    return parts;
  }
  std::string altered(const std::string& zip, const std::string& part, const std::function<void(std::string&)>& how) {
    auto parts = parts_of(zip);
    how(parts[part]);
    write_file(place("annat.zip"), *zip_with_parts("", parts));
    return place("annat.zip");
  }
};

TEST_F(Audit, a_pack_holds_what_belongs_to_the_sample_and_names_nobody) {
  must({"correct", "D-0001", "home_municipality=Kil", "--reason=Åsa Öberg ringde", p, day});
  const auto parts = parts_of(packed());
  for (const char* there : {"manifest.txt", "pack.txt", "LAS-MIG.txt", "README.txt", "index.xlsx", "data/horisont.db", "log/project.eliglog",
                            "log/policy.txt", "sample/S-1.xlsx", "sample/S-1.txt", "evidence.txt", "config/projects/ung-horisont.toml"})
    EXPECT_TRUE(parts.contains(there)) << there;
  const auto some = [&](std::string_view begins, std::string_view ends) {
    return std::count_if(parts.begin(), parts.end(),
                         [&](const auto& part) { return part.first.starts_with(begins) && part.first.ends_with(ends); });
  };
  EXPECT_EQ(some("rules/", ".sql"), 1);
  EXPECT_EQ(some("rules/", ".sv.txt"), 1);
  EXPECT_EQ(some("decisions/D-", ".json"), 2);
  EXPECT_EQ(some("log/openings/", ".open"), 2) << "those of the sample and of nobody else";
  EXPECT_EQ(some("log/leaves/", ".leaf"), some("log/proofs/", ".tlog-proof"));
  EXPECT_GE(some("originals/", ".csv"), 2);
  for (const auto& [name, bytes] : parts) {
    for (const char* secret : {"Öberg", "Lind", "199905179819", "199803039800", "UH-1", "UH-2"})
      if (!name.ends_with(".xlsx") && !name.starts_with("config/") && !name.starts_with("log/leaves") && !name.starts_with("log/p")) {
        EXPECT_EQ(bytes.find(secret), bytes.npos) << secret << " in " << name;
      }
  }
  EXPECT_THAT(run({"log", "verify", p}).status, 0) << "that it was given out stands in the log";
}

TEST_F(Audit, the_same_facts_and_the_same_question_give_the_same_bytes) {
  must({"sample", "draw", "participants", "--size=2", seed, p, day});
  std::filesystem::copy(home, place("igen"), std::filesystem::copy_options::recursive);
  must({"audit", "pack", "--sample=S-1", "-o", place("a.zip"), p, day});
  home = place("igen");
  must({"audit", "pack", "--sample=S-1", "-o", place("b.zip"), p, day});
  const auto a = parts_of(place("a.zip")), b = parts_of(place("b.zip"));
  for (const auto& [name, bytes] : a) EXPECT_TRUE(b.contains(name) && b.at(name) == bytes) << name;
  EXPECT_EQ(read_file(place("a.zip")), read_file(place("b.zip")));
}

TEST_F(Audit, a_pack_opens_as_an_installation_that_is_read_and_never_written) {
  must({"report", "make", "hours-summary", "--output", place("ut"), p, day});
  const std::string zip = packed();
  const Said opened = run({"audit", "open", zip});
  ASSERT_EQ(opened.status, 0) << opened.out << opened.messages;
  EXPECT_THAT(opened.out, HasSubstr("Bedömningar gjorda på nytt"));
  home = place("paket");
  const Said people = run({"participants", p, day});
  EXPECT_EQ(people.status, 0) << people.messages;
  EXPECT_THAT(people.out, HasSubstr("D-000"));
  EXPECT_LE(run({"hours", p, day}).status, 1);
  EXPECT_LE(run({"evidence", "list", p, day}).status, 1);
  EXPECT_EQ(run({"log", "verify", p}).status, 0);
  EXPECT_EQ(run({"rules", "replay", p}).status, 0);
  EXPECT_EQ(run({"sample", "show", "S-1", p, day}).status, 0);
  const std::string before = read_file(place("paket/data/horisont.db"));
  const std::string more = file("mer.csv",
                                "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;I annan utbildning eller praktik;"
                                "Fullständiga gymnasiebetyg;KAA\n"
                                "UH-9;19980305-9808;Alm, Dan;Karlstad;2016-02-08;arbetslös;nej;nej;nej;ja\n");
  const std::vector<std::string> writing[] = {
      {"init"},
      {"import", more, p, day, "--yes"},
      {"correct", "D-0001", "home_municipality=Kil", "--reason=Flyttade till Kil i mars", p, day},
      {"assess", p, day},
      {"override", "D-0001", "P07", "--reason=Betyget finns på papper", p, day},
      {"report", "make", "hours-summary", "--output", place("ut2"), p, day},
      {"sample", "draw", "participants", "--size=1", "--seed=ff112233445566778899aabbccddeeff", p, day},
      {"month", "attest", "2016-03", p, day, "--reason=Allt är genomgånget"},
      {"log", "challenge", "fem ord som ingen vet", "-o", place("bevis"), p},
      {"audit", "pack", "--sample=S-1", "-o", place("p2.zip"), p, day},
  };
  for (const auto& line : writing) {
    const Said said = run(line);
    EXPECT_EQ(said.status, 5) << line[0] << ": " << said.out << said.messages;
  }
  EXPECT_EQ(read_file(place("paket/data/horisont.db")), before);
  EXPECT_EQ(run({"audit", "open", place("paket")}).status, 0) << "and it can be checked again";
}

TEST_F(Audit, a_pack_that_was_touched_is_named_file_by_file_and_not_unpacked) {
  const std::string zip = packed();
  for (const char* part : {"data/horisont.db", "log/project.eliglog", "evidence.txt", "index.xlsx", "pack.txt"}) {
    const Said said = run({"audit", "open", altered(zip, part, [](std::string& bytes) { bytes[bytes.size() / 2] ^= 1; }), "--folder",
                           place("aldrig")});
    EXPECT_EQ(said.status, part == std::string("pack.txt") ? said.status : 4) << part;
    EXPECT_NE(said.status, 0) << part;
    EXPECT_THAT(said.messages, HasSubstr(part == std::string("pack.txt") ? "" : part));
    EXPECT_FALSE(std::filesystem::exists(place("aldrig"))) << part;
  }
  EXPECT_EQ(run({"audit", "open", altered(zip, "extra.txt", [](std::string& bytes) { bytes = "mer"; }), "--folder", place("aldrig")}).status, 4);
  // Who also renews the list is found by the log: a leaf of it that proves nothing.
  const auto parts = parts_of(zip);
  const auto leaf = std::find_if(parts.begin(), parts.end(), [](const auto& part) { return part.first.starts_with("log/leaves/"); });
  auto forged = parts;
  forged[leaf->first].replace(forged[leaf->first].find(" local "), 7, " lokal ");
  std::string manifest;
  for (const auto& [name, bytes] : forged)
    if (name != "manifest.txt") manifest += sha256_of(bytes) + "  " + name + "\n";
  forged["manifest.txt"] = manifest;
  write_file(place("forfalskat.zip"), *zip_with_parts("", forged));
  const Said said = run({"audit", "open", place("forfalskat.zip")});
  EXPECT_EQ(said.status, 4) << said.out;
}

TEST_F(Audit, what_is_no_pack_is_refused_as_a_whole) {
  write_file(place("tom.zip"), "");
  write_file(place("text.zip"), "ingen zip");
  write_file(place("annan.zip"), *zip_with_parts("", {{"a.txt", "a"}}));
  write_file(place("ut.zip"), *zip_with_parts("", {{"../ut.txt", "a"}, {"manifest.txt", ""}, {"pack.txt", ""}}));
  for (const char* name : {"tom.zip", "text.zip", "annan.zip", "ut.zip"}) EXPECT_EQ(run({"audit", "open", place(name)}).status, 3) << name;
  EXPECT_FALSE(std::filesystem::exists(folder.path().parent_path() / "ut.txt"));
  EXPECT_EQ(run({"audit", "open", place("finns-inte.zip")}).status, 3);
}

TEST_F(Audit, names_are_given_out_with_a_reason_and_a_second_person_only_and_the_log_knows) {
  must({"sample", "draw", "participants", "--size=2", seed, p, day});
  const std::string out = place("namn.zip");
  const std::string why = "--reason=Granskning på plats hos ägaren", who = "--approved-by=karin";
  EXPECT_EQ(run({"audit", "pack", "--sample=S-1", "-o", out, "--names", p, day}).status, 5);
  EXPECT_EQ(run({"audit", "pack", "--sample=S-1", "-o", out, "--names", why, p, day}).status, 5);
  EXPECT_EQ(run({"audit", "pack", "--sample=S-1", "-o", out, "--names", why, "--approved-by=anna", p, day}).status, 5);
  EXPECT_EQ(run({"audit", "pack", "--sample=S-1", "-o", out, why, p, day}).status, 2);
  EXPECT_FALSE(std::filesystem::exists(out));
  ASSERT_EQ(run({"audit", "pack", "--sample=S-1", "-o", out, "--names", why, who, p, day}).status, 0);
  EXPECT_THAT(parts_of(out)["pack.txt"], HasSubstr("names yes"));
  EXPECT_EQ(run({"audit", "open", out}).status, 0);
  must({"log", "export", "-o", place("logg.eliglog"), p});
  EXPECT_THAT(read_file(place("logg.eliglog")), HasSubstr(" disclosure "));
  EXPECT_EQ(run({"audit", "pack", "--sample=S-9", "-o", place("x.zip"), p, day}).status, 5) << "there is no such sample";
}

TEST_F(Audit, evidence_says_what_there_is_what_is_too_old_and_what_is_missing) {
  const Said all = run({"evidence", "list", p, day, "--plain"});
  EXPECT_EQ(all.status, 1);
  EXPECT_THAT(all.out, HasSubstr("2016-04-25")) << "three months after its date";
  EXPECT_THAT(all.out, HasSubstr("Karin Berg"));
  const Said problems = run({"problems", "list", p, day});
  EXPECT_THAT(problems.out, HasSubstr("evidence.missing"));
  EXPECT_THAT(problems.out, HasSubstr("evidence.old")) << "2015-11-07 and three months end the day before the entry on 2016-02-08";
  EXPECT_THAT(run({"evidence", "show", "D-0001", p, day}).out, Not(HasSubstr("D-0002")));
}

TEST_F(Audit, a_decision_by_hand_has_a_reason_shows_everywhere_and_falls_with_its_facts) {
  const auto verdict = [&](const char* who) { return run({"explain", who, p, day, "--plain"}); };
  const Said before = run({"explain", "D-0003", p, day, "--json"});
  ASSERT_THAT(before.out, HasSubstr("\"not-met\"")) << "Hammarö is not in the area";
  const std::size_t at = before.out.find("not-met");
  const std::size_t rule = before.out.rfind("\"rule\"", at);
  const std::string code = before.out.substr(before.out.find('P', rule), 3);
  EXPECT_EQ(run({"override", "D-0003", code, "--reason=kort", p, day}).status, 5);
  EXPECT_EQ(run({"override", "D-0003", "P99", "--reason=Avtal med kommunen finns", p, day}).status, 5);
  EXPECT_EQ(run({"override", "D-0003", code, "--reason=Avtal med kommunen finns", "--approved-by=anna", p, day}).status, 5);
  const Said made = run({"override", "D-0003", code, "--reason=Avtal med kommunen finns", "--approved-by=karin", p, day});
  ASSERT_EQ(made.status, 0) << made.messages;
  EXPECT_THAT(verdict("D-0003").out, HasSubstr("Avtal med kommunen finns"));
  EXPECT_THAT(run({"overrides", p, day}).out, HasSubstr("gäller"));
  EXPECT_EQ(run({"log", "verify", p}).status, 0);
  EXPECT_EQ(run({"rules", "replay", p}).status, 0) << "before and after it";
  now = *Moment::parse("2016-04-20T08:00:00Z");
  must({"correct", "D-0003", "home_municipality=Kil", "--reason=Flyttade till Kil i mars", p, day});
  EXPECT_THAT(run({"problems", "list", p, day}).out, HasSubstr("manual.stale"));
  EXPECT_THAT(run({"overrides", p, day}).out, HasSubstr("gäller inte längre"));
  EXPECT_THAT(verdict("D-0003").out, Not(HasSubstr("Avtal med kommunen finns")));
  must({"assess", p, day});
  EXPECT_EQ(run({"rules", "replay", p}).status, 0);
  ASSERT_EQ(run({"override", "B-1", "--withdraw", "--reason=Flyttade från kommunen", p, day}).status, 0);
  EXPECT_THAT(run({"problems", "list", p, day}).out, Not(HasSubstr("manual.stale")));
  EXPECT_EQ(run({"override", "B-1", "--withdraw", "--reason=Flyttade från kommunen", p, day}).status, 5) << "once";
}

TEST_F(Audit, history_tells_each_value_with_its_source_and_reason) {
  now = *Moment::parse("2016-04-20T08:00:00Z");
  must({"correct", "D-0001", "home_municipality=Kil", "--reason=Flyttade till Kil i mars", p, day});
  const Said said = run({"history", "D-0001", p, day, "--plain"});
  EXPECT_THAT(said.out, HasSubstr("home_municipality\t1780\t2016-04-15"));
  EXPECT_THAT(said.out, HasSubstr("home_municipality\t1715\t2016-04-20"));
  EXPECT_THAT(said.out, HasSubstr("Flyttade till Kil i mars"));
  EXPECT_THAT(said.out, Not(HasSubstr("9819")));
  EXPECT_THAT(said.out, Not(HasSubstr("Öberg")));
}

TEST_F(Audit, as_known_on_a_day_is_what_was_known_then) {
  now = *Moment::parse("2016-04-20T08:00:00Z");
  must({"correct", "D-0002", "home_municipality=Stockholm", "--reason=Folkbokförd i Stockholm redan då", p, day});
  must({"assess", p, day});
  const auto verdicts = [&](const char* known) { return run({"participants", p, day, "--plain", known}).out; };
  EXPECT_NE(verdicts("--as-of=2016-04-19"), verdicts("--as-of=2016-04-20")) << "the verdict";
  const auto hours = [&](const char* known) { return run({"hours", p, day, "--plain", known}).out; };
  EXPECT_NE(hours("--as-of=2016-04-19"), hours("--as-of=2016-04-20")) << "and the hours that hang on it";
  EXPECT_EQ(verdicts("--as-of=2016-04-20"), run({"participants", p, day, "--plain"}).out);
  EXPECT_EQ(run({"rules", "replay", p}).status, 0) << "each decision from what was known when it was taken";
}

}  // namespace
}  // namespace horisont
