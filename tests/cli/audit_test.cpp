// What an auditor is given of a project, and what he can do with it: packs, evidence, decisions by hand, history.

#include <gmock/gmock.h>
#include <sqlite3.h>

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
  // A zip of these parts with a list that fits them.
  Said open_again(std::map<std::string, std::string> all) {
    std::string manifest;
    for (const auto& [name, bytes] : all)
      if (name != "manifest.txt") manifest += sha256_of(bytes) + "  " + name + "\n";
    all["manifest.txt"] = manifest;
    write_file(place("illa.zip"), *zip_with_parts("", all));
    std::filesystem::remove_all(place("upp"));
    return run({"audit", "open", place("illa.zip"), "--folder", place("upp")});
  }
  // A pack's database after a statement, built as it was before: its triggers go for as long as it takes.
  std::string changed_database(const std::string& bytes, const std::string& sql) {
    write_file(place("db"), bytes);
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(place("db").c_str(), &database), SQLITE_OK);
    std::vector<std::pair<std::string, std::string>> triggers;
    sqlite3_exec(
        database, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
        [](void* into, int, char** values, char**) {
          static_cast<std::vector<std::pair<std::string, std::string>>*>(into)->emplace_back(values[0], values[1]);
          return 0;
        },
        &triggers, nullptr);
    std::string all;
    for (const auto& [name, made] : triggers) all += "DROP TRIGGER " + name + ";";
    all += sql + ";";
    for (const auto& [name, made] : triggers) all += made + ";";
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(database, all.c_str(), nullptr, nullptr, &error), SQLITE_OK) << sql << ": " << (error ? error : "");
    sqlite3_close(database);
    return read_file(place("db"));
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
  EXPECT_EQ(some("log/openings/D-", ".open"), 2) << "those of the sample and of nobody else";
  EXPECT_GE(some("log/openings/L-", ".open"), 2) << "and those of the files that tell of the sample";
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
  const Said said = open_again(forged);
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

TEST_F(Audit, who_gives_another_file_is_told_what_it_is_and_what_to_do_with_it) {
  must({"log", "export", "-o", place("logg.eliglog"), p});
  must({"report", "make", "hours-summary", "--output", place("ut"), p, day});
  std::string workbook;
  for (const auto& entry : std::filesystem::directory_iterator(place("ut")))
    if (entry.path().extension() == ".xlsx") workbook = entry.path().string();
  write_file(place("text.zip"), "ingen zip");
  const std::pair<std::string, const char*> cases[] = {{place("logg.eliglog"), "horisont-verify logg.eliglog"},
                                                       {workbook, "horisont report check"},
                                                       {home, "horisont doctor"},
                                                       {place("text.zip"), "horisont audit pack"}};
  for (const auto& [file, advice] : cases) {
    const Said said = run({"audit", "open", file, "--folder", place("aldrig")});
    EXPECT_EQ(said.status, 3) << file;
    EXPECT_THAT(said.messages, HasSubstr(advice)) << file;
    EXPECT_THAT(said.messages, Not(HasSubstr("Excel eller LibreOffice"))) << file;
  }
}

TEST_F(Audit, a_pack_that_was_made_to_do_harm_is_refused_and_leaves_nothing) {
  const auto parts = parts_of(packed());
  const auto with = [&](const std::string& name, std::string bytes) {
    auto all = parts;
    all[name] = std::move(bytes);
    return all;
  };
  const auto without = [&](const char* name) {
    auto all = parts;
    all.erase(name);
    return all;
  };
  // Something of the user's own that has the name of what is made on the way.
  std::filesystem::create_directory(place("upp.part"));
  write_file(place("upp.part/mitt.txt"), "mitt");
  std::filesystem::create_symlink("/etc", place("lank"));
  const auto rules =
      std::find_if(parts.begin(), parts.end(), [](const auto& part) { return part.first.starts_with("config/rules/"); });
  struct Case {
    const char* what;
    std::map<std::string, std::string> parts;
  };
  const Case cases[] = {
      {"a path out of the folder", with("../ut.txt", "a")},
      {"one further down", with("config/../../ut.txt", "a")},
      {"an absolute one", with("/tmp/ut.txt", "a")},
      {"a file where a folder is", with("config", "a")},
      {"no database", without("data/horisont.db")},
      {"no key of the log", without("log/policy.txt")},
      {"no log", without("log/project.eliglog")},
      {"a database that is none", with("data/horisont.db", "SQLite format 3")},
      {"an empty database", with("data/horisont.db", "")},
      {"a key that is none", with("log/policy.txt", "x")},
      {"a project that is not there", with("pack.txt", "horisont-audit-pack 1\nproject x\nsample S-1\nday 2016-04-01\n")},
      {"no project", with("pack.txt", "horisont-audit-pack 1\n")},
      {"terms that cannot be read", with("config/projects/ung-horisont.toml", "[[")},
      {"rules that cannot be read", with(rules->first, "<a>")},
  };
  for (const Case& one : cases) {
    const Said said = open_again(one.parts);
    EXPECT_TRUE(said.status == 3 || said.status == 4 || said.status == 74)
        << one.what << ": " << said.status << said.out << said.messages;
    EXPECT_NE(said.messages + said.out, "") << one.what;
    std::filesystem::remove_all(place("upp"));
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
      EXPECT_FALSE(entry.path().filename().string().starts_with("upp.") && entry.path() != place("upp.part"))
          << one.what << " left " << entry.path();
  }
  EXPECT_EQ(read_file(place("upp.part/mitt.txt")), "mitt");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "ut.txt"));
  EXPECT_FALSE(std::filesystem::exists("/tmp/ut.txt"));
  EXPECT_EQ(run({"audit", "open", place("paket.zip"), "--folder", place("lank")}).status, 5) << "a link is not followed";
}

TEST_F(Audit, no_changed_bit_of_a_pack_makes_another_pack_that_agrees) {
  const std::string zip = read_file(packed());
  const auto good = parts_of(place("paket.zip"));
  std::size_t refused = 0;
  for (std::size_t i = 0; i < 200; ++i) {
    std::string flipped = zip;
    const std::size_t at = i * 7919 % zip.size();
    flipped[at] = static_cast<char>(flipped[at] ^ 1 << i % 8);
    write_file(place("bit.zip"), flipped);
    const Said said = run({"audit", "open", place("bit.zip"), "--folder", place("bit")});
    ASSERT_TRUE(said.status == 0 || said.status == 3 || said.status == 4) << at << ": " << said.status << said.messages;
    if (said.status == 0) {
      EXPECT_EQ(parts_of(place("bit.zip")), good) << at << ": a bit of a date, say";
    } else {
      ++refused;
    }
    std::filesystem::remove_all(place("bit"));
  }
  EXPECT_GT(refused, 150u);
}

// Who has a pack may make every list and digest of it anew; what the log signed he cannot.
TEST_F(Audit, a_database_that_was_changed_in_a_pack_differs_from_the_log_beside_it) {
  const auto parts = parts_of(packed());
  const std::pair<const char*, const char*> changes[] = {
      {"a verdict", "UPDATE decision SET verdict = 1 - verdict"},
      {"a verdict, and what opens its entry", "UPDATE decision SET verdict = 2; DELETE FROM log_opening"},
      {"a verdict, what opens its entry, and whose it is",
       "UPDATE decision SET verdict = 2; DELETE FROM log_opening; DELETE FROM log_name"},
      {"an entry", "UPDATE log_entry SET leaf = CAST(replace(CAST(leaf AS TEXT), ' decision ', ' override ') AS BLOB)"},
      {"an entry with its hash",
       "UPDATE log_entry SET leaf = (SELECT leaf FROM log_entry WHERE seq = 1), leaf_hash = (SELECT leaf_hash FROM log_entry "
       "WHERE seq = 1) "
       "WHERE seq = 2"},
      {"a trigger", "CREATE TRIGGER illa AFTER INSERT ON fact BEGIN SELECT 1; END"},
      {"a view", "CREATE VIEW illa AS SELECT 1 AS id"},
  };
  for (const auto& [what, sql] : changes) {
    auto all = parts;
    all["data/horisont.db"] = changed_database(all["data/horisont.db"], sql);
    const Said said = open_again(all);
    EXPECT_EQ(said.status, 4) << what << ": " << said.out << said.messages;
  }
  EXPECT_EQ(open_again(parts).status, 0);
}

// Whoever has a pack may change any file of it and make the list anew. What the log vouches for is found, what follows from the rest too;
// what nothing vouches for is said.
// In shares, as each opening takes its time.
class ChangedPack : public Audit, public testing::WithParamInterface<std::size_t> {};
constexpr std::size_t shares = 4;

TEST_P(ChangedPack, is_found_or_said_to_rest_on_its_list_alone) {
  must({"report", "make", "hours-summary", "--output", place("ut"), p, day});
  now = *Moment::parse("2016-04-20T08:00:00Z");
  must({"correct", "D-0001", "home_municipality=Kil", "--reason=Flyttade till Kil i mars", p, day});
  must({"sample", "draw", "participants", "--size=3", seed, p, day});
  ASSERT_EQ(run({"audit", "pack", "--sample=S-1", "-o", place("namn.zip"), "--names", "--reason=Granskning hos ägaren", "--approved-by=karin",
                 p, day})
                .status,
            0);
  const auto parts = parts_of(place("namn.zip"));
  const Said untouched = open_again(parts);
  ASSERT_EQ(untouched.status, 0) << untouched.out << untouched.messages;
  EXPECT_THAT(untouched.out, HasSubstr("Vilar på paketets egen lista"));
  EXPECT_THAT(untouched.out, HasSubstr(sha256_of(parts.at("manifest.txt")))) << "and what it is to be compared with";

  const auto some = [&](std::string_view begins, std::string_view ends) {
    for (const auto& [name, bytes] : parts)
      if (name.starts_with(begins) && name.ends_with(ends)) return name;
    return std::string(begins);
  };
  const auto in_text = [](std::string from, std::string to) {
    return [from, to](std::string& bytes) {
      const std::size_t at = bytes.find(from);
      if (at == bytes.npos) ADD_FAILURE() << from << " is not in it";
      bytes.replace(at, from.size(), to);
    };
  };
  const auto in_data = [&](const char* sql) { return [this, sql](std::string& bytes) { bytes = changed_database(bytes, sql); }; };
  const auto more = [](std::string& bytes) { bytes += "\n"; };
  struct Change {
    const char* what;
    std::string part;
    std::function<void(std::string&)> how;
    const char* code;
  };
  const std::string data = "data/horisont.db";
  const Change changes[] = {
      {"minutes of a time", data, in_data("UPDATE time_record SET minutes = minutes + 60"), "audit.rows-differ"},
      {"the day of a time", data, in_data("UPDATE time_record SET day = day + 1"), "audit.rows-differ"},
      {"the activity of a time", data,
       in_data("UPDATE time_record SET activity = (SELECT min(id) FROM activity WHERE id <> time_record.activity)"), "audit.rows-differ"},
      {"a time that is gone", data, in_data("DELETE FROM time_record"), "audit.rows-differ"},
      {"one person's facts that are gone", data, in_data("DELETE FROM fact WHERE person = 1"), "audit."},
      {"a fact that decides nothing", data,
       in_data("UPDATE fact SET \"values\" = replace(\"values\", 'register_extract', 'certificate')"), "audit.rows-differ"},
      {"a person's number", data, in_data("UPDATE person SET identity = '199905179827' WHERE number = 0"), "audit.rows-differ"},
      {"a person's name", data, in_data("UPDATE person SET name = 'Ek, Ada' WHERE number = 0"), "audit.rows-differ"},
      {"a name that the register states", data, in_data("UPDATE fact SET \"values\" = replace(\"values\", 'Öberg', 'Oberg')"),
       "audit.rows-differ"},
      {"the value of a correction", data, in_data("UPDATE correction SET value = '1780'"), "log.row-differs"},
      {"the reason of a correction", data, in_data("UPDATE correction SET reason = 'Flyttade inte till Kil'"), "log.row-differs"},
      {"who corrected", data, in_data("UPDATE correction SET actor = 'karin'"), "log.row-differs"},
      {"a correction that is gone", data, in_data("DELETE FROM correction"), "log.row-differs"},
      {"the name of a file that was read in", data, in_data("UPDATE import SET file_name = 'annan.csv'"), "log.row-differs"},
      {"a heading of one", data, in_data("UPDATE import_column SET heading = 'Ort' WHERE heading = 'Hemkommun'"), "log.row-differs"},
      {"the day of an assessment", data, in_data("UPDATE decision_run SET today = today - 1"), "log.row-differs"},
      {"the program of an assessment", data, in_data("UPDATE decision_run SET program = '0.0.1'"), "log.row-differs"},
      {"a made report's cells", data, in_data("UPDATE made_report SET sheets = sheets || 'x'"), "log.row-differs"},
      {"a made report's digest", data, in_data("UPDATE made_file SET sha256 = substr(sha256, 2) || substr(sha256, 1, 1)"), "log."},
      {"the frame of the sample", data, in_data("UPDATE sample SET units = units || 'D-0009' || char(9) || char(9) || '1' || char(10)"), "log.row-differs"},
      {"a rule set that is kept", data, in_data("UPDATE kept SET bytes = CAST(bytes || ' ' AS BLOB) WHERE kind LIKE 'rule%'"), "log.bytes-differ"},
      {"a row that no entry knows", data,
       in_data("INSERT INTO correction SELECT id + 1, project, person, kind, over, field, value, reason, actor, role, at FROM correction"),
       "log.unknown-rows"},
      {"a decision's explanation", some("decisions/", ".json"), in_text("\"met\"", "\"not-met\""), "audit.part-differs"},
      {"the evidence", "evidence.txt", more, "audit.part-differs"},
      {"the index", "index.xlsx", [](std::string& bytes) { bytes = *zip_with_parts(bytes, {{"docProps/mer.xml", "<a/>"}}); },
       "audit.part-differs"},
      {"the cells of a file", some("originals/", ".cells.csv"), more, "audit.part-differs"},
      {"a file that was read in", some("originals/F-", ".original.csv"), more, "audit.original-differs"},
      {"the units of the sample", some("sample/", ".units.txt"), more, "audit.part-differs"},
      {"the list of the sample", "sample/S-1.txt", more, "audit.part-differs"},
      {"the workbook of the sample", "sample/S-1.xlsx", more, "audit.part-differs"},
      {"the rules as they are", some("rules/", ".dmn"), more, "audit.part-differs"},
      {"the rules in words", some("rules/", ".sv.txt"), more, "audit.part-differs"},
      {"the rules as SQL", some("rules/", ".sql"), more, "audit.part-differs"},
      {"a made report", some("reports/", ".xlsx"), more, "audit.part-differs"},
      {"what to read first", "LAS-MIG.txt", in_text("manifest.txt", "lista.txt"), "audit.part-differs"},
      {"the proof of a person's rows", some("log/rows/", ".rows"), in_text("person D-0001 0 ", "person D-0001 1 "), "audit.rows-differ"},
      {"an opening", some("log/openings/L-", ".open"), more, "audit.part-differs"},
      {"the log's key", "log/policy.txt", more, "audit.part-differs"},
      {"the project's terms", "config/projects/ung-horisont.toml", more, "audit.terms-differ"},
      {"the rules in use", some("config/rules/", "youth.dmn"), more, "audit."},
      {"how many entries there were", "pack.txt", in_text("entries ", "entries 1"), "audit.order-differs"},
      {"which log it was", "pack.txt", in_text("origin horisont/", "origin horisent/"), "audit.order-differs"},
      {"whether there are names", "pack.txt", in_text("names yes", "names no"), "audit."},
  };
  for (std::size_t i = GetParam(); i < std::size(changes); i += shares) {
    const Change& one = changes[i];
    auto all = parts;
    ASSERT_TRUE(all.contains(one.part)) << one.what << ": " << one.part;
    one.how(all[one.part]);
    const Said said = open_again(all);
    EXPECT_EQ(said.status, 4) << one.what << ": " << said.out << said.messages;
    EXPECT_THAT(said.messages, HasSubstr(one.code)) << one.what;
  }
  // Nothing but the list and the index knows what is said to rest on the list alone.
  auto other_project = parts;
  other_project["config/projects/varmlands-unga.toml"] += "\n";
  const Said declared = open_again(other_project);
  EXPECT_EQ(declared.status, 4) << declared.messages;
  EXPECT_THAT(declared.messages, HasSubstr("index.xlsx"));
  EXPECT_THAT(declared.out, HasSubstr("config/projects/varmlands-unga.toml"));
}
INSTANTIATE_TEST_SUITE_P(Whatever, ChangedPack, testing::Range(std::size_t{0}, shares));

TEST_F(Audit, a_pack_holds_no_files_of_other_kinds_and_none_that_it_was_not_asked_for) {
  const auto parts = parts_of(packed());
  const std::pair<const char*, const char*> files[] = {{"keys/log-signing.key", "audit.unknown-part"},
                                                       {"data/horisont.db-journal", "audit.unknown-part"},
                                                       {"config/projects/kör.sh", "audit.unknown-part"},
                                                       {"mer.txt", "audit.unknown-part"},
                                                       {"decisions/D-0777.json", "audit.part-unasked"},
                                                       {"reports/R-2016-01-001/annan.xlsx", "audit.part-unasked"},
                                                       {"originals/F-77.original.csv", "audit.original-differs"},
                                                       {"log/rows/L-0.rows", "audit.rows-differ"}};
  for (const auto& [name, code] : files) {
    auto all = parts;
    all[name] = "mer";
    const Said said = open_again(all);
    EXPECT_EQ(said.status, 4) << name << said.out << said.messages;
    EXPECT_THAT(said.messages, HasSubstr(std::filesystem::path(name).filename() == "L-0.rows" ? "L-0" : name));
    if (code == std::string("audit.unknown-part")) {
      EXPECT_FALSE(std::filesystem::exists(place("upp"))) << name << ": nothing is unpacked";
    } else {
      EXPECT_THAT(said.messages, HasSubstr(code)) << name;
    }
  }
  // Nor does a folder that was unpacked before.
  ASSERT_EQ(open_again(parts).status, 0);
  std::filesystem::create_directory(place("upp/keys"));
  write_file(place("upp/keys/log-signing.key"), "a");
  EXPECT_EQ(run({"audit", "open", place("upp")}).status, 4);
}

TEST_F(Audit, a_pack_is_held_to_its_digest_its_receipt_or_a_newer_log) {
  const std::string zip = packed(), receipt = place("paket.kvitto.txt");
  const std::string digest = sha256_of(parts_of(zip).at("manifest.txt"));
  must({"log", "export", "-o", place("logg.eliglog"), p});
  write_file(place("annan.kvitto.txt"), std::string("horisont-pack-receipt 1\n"));
  std::string other_receipt = read_file(receipt);
  other_receipt.replace(other_receipt.find(digest), 64, std::string(64, 'a'));
  write_file(place("andrad.kvitto.txt"), other_receipt);
  std::string other_entry = read_file(receipt);
  other_entry.replace(other_entry.find(" caseworker "), 12, " approvers! ");
  write_file(place("andrad-post.kvitto.txt"), other_entry);
  const std::pair<std::string, int> cases[] = {{digest, 0},
                                               {std::string(64, 'a'), 4},
                                               {receipt, 0},
                                               {place("logg.eliglog"), 0},
                                               {place("annan.kvitto.txt"), 4},
                                               {place("andrad.kvitto.txt"), 4},
                                               {place("andrad-post.kvitto.txt"), 4},
                                               {zip, 4},
                                               {place("finns-inte"), 3}};
  for (const auto& [expected, status] : cases) {
    const Said said = run({"audit", "open", zip, "--folder", place("upp"), "--manifest", expected});
    EXPECT_EQ(said.status, status) << expected << said.out << said.messages;
    EXPECT_EQ(std::filesystem::exists(place("upp")), status == 0) << expected;
    if (status == 0) {
      EXPECT_THAT(said.out, Not(HasSubstr("posten disclosure"))) << "it was compared";
    }
    std::filesystem::remove_all(place("upp"));
  }
  // A log of before the pack does not tell of it.
  write_file(place("gammal.eliglog"), parts_of(zip).at("log/project.eliglog"));
  EXPECT_EQ(run({"audit", "open", zip, "--folder", place("upp"), "--manifest", place("gammal.eliglog")}).status, 4);
}

TEST_F(Audit, a_sample_of_costs_has_a_pack_with_the_staff_rows_and_their_amounts) {
  const std::string q = "--project=varmlands-unga-i-arbete", then = "--today=2024-05-02";
  must({"import",
        file("personal.csv",
             "Anställningsnummer;Namn;Arbetsgivare;Datum;Timmar;Aktivitet;Funktion;Tjänstgöringsgrad;Beskrivning;Underskrivet;"
             "Underskrivet av\n"
             "10417;Berg, Karin;Karlstad;2024-03-04;8;projektarbete;projektmedarbetare;100;möte med Åsa;2024-04-02;Karin Berg\n"
             "10418;Lund, Per;Karlstad;2024-03-05;6;projektarbete;projektmedarbetare;100;;2024-04-02;Per Lund\n"
             "10419;Dal, Siv;Karlstad;2024-03-05;4;projektarbete;projektledare;100;;2024-04-02;Siv Dal\n"),
        q, then, "--record", "staff-time", "--yes"});
  // A log begins with what is logged first; the draw is bound to a checkpoint before it, and to what was known then.
  now = *Moment::parse("2016-04-16T08:00:00Z");
  must({"sample", "draw", "claims", "--size=2", "--method=monetary-unit", seed, q, then});
  now = *Moment::parse("2016-04-17T08:00:00Z");
  const Said made = run({"audit", "pack", "--sample=S-1", "-o", place("kostnad.zip"), q, then});
  ASSERT_EQ(made.status, 0) << made.messages;
  const auto parts = parts_of(place("kostnad.zip"));
  std::size_t rows = 0;
  for (const auto& [name, bytes] : parts)
    if (name.starts_with("originals/")) rows += static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
  EXPECT_GT(rows, 10u) << "the cells of the drawn rows";
  EXPECT_THAT(parts.at("sample/S-1.txt"), HasSubstr("h × "));
  EXPECT_TRUE(std::any_of(parts.begin(), parts.end(), [](const auto& one) { return one.first.starts_with("log/proofs/"); }));
  for (const auto& [name, bytes] : parts)
    for (const char* secret : {"Berg", "Lund", "Dal", "Åsa"}) {
      EXPECT_TRUE(name.ends_with(".xlsx") || bytes.find(secret) == bytes.npos) << secret << " in " << name;
    }
  const Said opened = run({"audit", "open", place("kostnad.zip")});
  EXPECT_EQ(opened.status, 0) << opened.out << opened.messages;
  EXPECT_THAT(opened.out, testing::ContainsRegex("Kostnader räknade på nytt +2 +0"));
  // A minute more for everybody, and all lists made anew: the amount that was drawn is another.
  auto all = parts;
  all["data/horisont.db"] = changed_database(all["data/horisont.db"],
                                             "UPDATE fact SET \"values\" = replace(\"values\", char(10) || 'hours' || char(9), "
                                             "char(10) || 'hours' || char(9) || '1')");
  const Said forged = open_again(all);
  EXPECT_EQ(forged.status, 4) << forged.out << forged.messages;
  EXPECT_THAT(forged.messages, HasSubstr("audit.amount-differs"));
  EXPECT_THAT(forged.messages, HasSubstr("audit.rows-differ"));
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
  // Nothing proves anything of the third, who is out: no document of his is wanting. One who cannot be decided wants both.
  EXPECT_THAT(all.out, Not(HasSubstr("D-0003")));
  must({"correct", "D-0003", "home_municipality=Karlstad", "--reason=Bor i Karlstad sedan 2014", p, day});
  ASSERT_THAT(run({"participants", "--verdict=undecided", p, day, "--plain"}).out, HasSubstr("D-0003"));
  const Said third = run({"evidence", "show", "D-0003", p, day, "--plain"});
  EXPECT_EQ(third.status, 1);
  EXPECT_THAT(third.out, HasSubstr("D-0003\tresidence\tmissing\tregister_extract\t"));
  EXPECT_THAT(third.out, HasSubstr("D-0003\tlabour_status\tmissing\tcertificate\t"));
  EXPECT_THAT(run({"evidence", "list", "--missing", p, day}).out,
              testing::ContainsRegex("D-0003 +bosättning +saknas +registerutdrag"));
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
  EXPECT_THAT(said.out, HasSubstr("home_municipality\t1780\t2016-04-15T08:00:00Z\tanna\tF-1 deltagare.csv, cell D2\t\n"));
  EXPECT_THAT(said.out,
              HasSubstr("home_municipality\t1715\t2016-04-20T08:00:00Z\tanna\trättat av anna 2016-04-20 10:00: Flyttade "
                        "till Kil i mars; i filen: F-1 deltagare.csv, cell D2\tFlyttade till Kil i mars\n"))
      << "the correction is the source of a corrected value";
  EXPECT_THAT(said.out, HasSubstr("entry_date\t2016-02-01\t2016-04-15T08:00:00Z\tanna\tF-1 deltagare.csv, cell E2\t\n"))
      << "and the cell alone of one that was not";
  const Said people = run({"history", "D-0001", p, day});
  EXPECT_THAT(people.out, HasSubstr("Hemkommun"));
  EXPECT_THAT(people.out, HasSubstr("2016-04-20 10:00")) << "the clock of the place";
  EXPECT_THAT(people.out, HasSubstr("arbetslös"));
  EXPECT_THAT(people.out, Not(testing::ContainsRegex("home_municipality|entry_date|unemployed|T08:00:00Z")));
  EXPECT_THAT(run({"history", "D-0001", p, day, "--json"}).out,
              HasSubstr("\"field\":\"home_municipality\",\"value\":\"1715\""));
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
