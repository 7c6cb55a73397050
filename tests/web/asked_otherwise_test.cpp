// Pages that are asked for what is not there say so, and projects are chosen to stand side by side.

#include "support/pages.h"

namespace horisont::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST_F(Pages, a_month_outside_the_project_offers_no_steps) {
  const Response outside = get(project + "/manad/2031-01");
  EXPECT_EQ(outside.status, 404);
  EXPECT_THAT(outside.body, AllOf(HasSubstr("hör inte till projektets månader"), Not(HasSubstr("<form method=\"post\" action=\"/p/ung-horisont/manad"))));
  EXPECT_EQ(get(project + "/manad/2016-03").status, 200);
}

TEST_F(Pages, hours_by_what_there_is_not_are_told_and_not_shown_as_if_they_were_asked_for) {
  EXPECT_THAT(get(project + "/timmar?manad=2016-99").body, HasSubstr("2016-99 är ingen månad"));
  EXPECT_THAT(get(project + "/timmar?per=apa").body, HasSubstr("kan inte visas per ”apa”"));
  EXPECT_THAT(get(project + "/timmar?manad=2031-01").body, HasSubstr("hör inte till projektets månader"));
  const std::string plain = get(project + "/timmar?manad=2016-03&per=day").body;
  EXPECT_THAT(plain, AllOf(Not(HasSubstr("är ingen månad")), Not(HasSubstr("kan inte visas per"))));
}

TEST_F(Pages, projects_are_chosen_to_stand_side_by_side_in_the_report_on_good_practice) {
  const std::string page = project + "/rapporter/ny?mall=good-practice&period=";
  EXPECT_THAT(get(page).body, HasSubstr("name=\"projekt\" id=\"projekt-varmlands-framtid\" value=\"varmlands-framtid\""));
  EXPECT_THAT(get(project + "/rapporter/ny?mall=hours-summary&period=").body, Not(HasSubstr("name=\"projekt\"")));
  const std::string both = get(page + "&projekt=varmlands-framtid&blad=comparison").body;
  EXPECT_THAT(both, HasSubstr("<input type=\"hidden\" name=\"projekt\" value=\"varmlands-framtid\">"));
  const Response made = post(project + "/rapporter/ny", {{"mall", "good-practice"}, {"period", ""}, {"projekt", "varmlands-framtid"}, {"nyckel", "k"}});
  EXPECT_EQ(made.status, 303);
  EXPECT_EQ(get(page + "&projekt=okand").status, 200) << "who is not there is not compared";
}

}  // namespace
}  // namespace horisont::web
