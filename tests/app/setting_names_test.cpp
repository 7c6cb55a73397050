#include "app/setting_names.h"

#include <gtest/gtest.h>

#include "app/answers.h"
#include "edge/settings/settings.h"
#include "support/places.h"

namespace horisont {
namespace {

TEST(SettingNames, a_setting_is_called_by_its_name_its_number_and_its_part) {
  struct Case {
    const char *key, *sv, *en;
  };
  for (const Case& one : {Case{"record_number", "Diarienummer", "Record number"},
                          Case{"unit_cost[3].per_hour", "Enhetskostnad 3: kronor per timme", "Unit cost 3: kronor per hour"},
                          Case{"grant[1].budget", "Beslut om stöd 1: budget, kronor", "Grant decision 1: budget, kronor"},
                          Case{"fund_text[2]", "Text om fonden 2", "Text about the fund 2"},
                          Case{"of_tomorrow", "of_tomorrow", "of_tomorrow"}}) {
    EXPECT_EQ(words(setting_name(one.key), Language::Swedish), one.sv);
    EXPECT_EQ(words(setting_name(one.key), Language::English), one.en);
  }
}

TEST(SettingNames, every_setting_of_the_configuration_has_a_name_and_keeps_its_key) {
  const auto read = load_configuration(std::filesystem::path(HORISONT_SOURCE_DIR) / "config");
  ASSERT_TRUE(read);
  for (const SettingValue& value : read->values) {
    const std::string name = words(setting_name(value.key), Language::Swedish);
    EXPECT_EQ(name.find('_'), std::string::npos) << value.key << " is called " << name;
  }
  const Table before = settings_table(*read, "ung-horisont"), table = settings_in_words(before);
  ASSERT_EQ(table.rows.size(), before.rows.size());
  EXPECT_EQ(table.columns.back().key, "key");
  for (std::size_t i = 0; i < table.rows.size(); ++i) EXPECT_EQ(std::get<std::string>(table.rows[i].back()), std::get<std::string>(before.rows[i].front()));
}

}  // namespace
}  // namespace horisont
