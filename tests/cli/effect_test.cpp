// What a correction would do, before anything is changed.

#include <gmock/gmock.h>

#include "cli/cli_fixture.h"

namespace horisont {
namespace {

using testing::HasSubstr;

class EffectOf : public Cli {
 protected:
  const std::string p = "--project=ung-horisont";
  void SetUp() override {
    ASSERT_LE(run({"import", register_file(), p, "--yes"}).status, 1);
  }
};

TEST_F(EffectOf, a_gender_that_the_number_speaks_against_is_warned_of_to_programs_and_people) {
  const Said programs = run({"effect", "D-0001", "gender=woman", p, "--json"});
  EXPECT_THAT(programs.out, HasSubstr("\"code\":\"correct.gender-differs\",\"level\":\"warning\""));
  EXPECT_THAT(run({"effect", "D-0001", "gender=woman", p}).messages, HasSubstr("correct.gender-differs"));
  EXPECT_THAT(run({"effect", "D-0001", "gender=man", p, "--json"}).out, HasSubstr("\"problems\":[]")) << "the number says the same";
}

}  // namespace
}  // namespace horisont
