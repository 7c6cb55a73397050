// A home that two accounts of one group share.

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "cli/cli_fixture.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

mode_t mode_of(const std::filesystem::path& path) {
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0 ? about.st_mode & 07777 : 0;
}

struct Rights {
  const char* name;
  mode_t home;
  mode_t folder, file;  ///< of what the program makes below it
};
class SharedHome : public Cli, public testing::WithParamInterface<Rights> {};

TEST_P(SharedHome, gives_what_is_made_in_it_the_rights_that_it_says_itself) {
  std::filesystem::create_directories(home);
  ASSERT_EQ(::chmod(home.c_str(), GetParam().home), 0);
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  for (const char* name : {"data", "keys"}) {
    const std::filesystem::path made = std::filesystem::path(home) / name;
    EXPECT_EQ(mode_of(made), GetParam().folder) << name;
    for (const auto& entry : std::filesystem::directory_iterator(made)) {
      if (!entry.is_regular_file()) continue;
      EXPECT_EQ(mode_of(entry.path()), GetParam().file) << entry.path();
    }
  }
  EXPECT_THAT(run({"doctor"}).out, Not(HasSubstr("kan läsas av andra")));
}

INSTANTIATE_TEST_SUITE_P(By, SharedHome,
                         testing::Values(Rights{"of_one", 0700, 0700, 0600}, Rights{"open_to_all_as_a_folder_happens_to_be", 0755, 0700, 0600},
                                         Rights{"of_a_group", 02770, 02770, 0660},
                                         Rights{"of_a_group_that_others_may_look_into", 02775, 02700, 0600}),
                         [](const auto& one) { return one.param.name; });

TEST_F(Cli, what_others_than_the_group_may_read_is_told) {
  std::filesystem::create_directories(home);
  ASSERT_EQ(::chmod(home.c_str(), 02770), 0);
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(home) / "data"))
    if (entry.is_regular_file()) ::chmod(entry.path().c_str(), 0664);
  EXPECT_THAT(run({"doctor"}).out, HasSubstr("kan läsas av andra än mappens grupp"));
}

}  // namespace
}  // namespace horisont
