#include <algorithm>

#include "app/answers.h"
#include "app/import_file.h"
#include "web/pages.h"

namespace horisont::web {
Response follow(Visit& visit, std::uint32_t number) {
  const auto job = visit.site.jobs.wait(number, visit.site.options.patience);
  if (!job || !visit.site.jobs.is_over(number)) return see_other(visit.base() + "/arbete/" + std::to_string(number));
  if (job->failed) return message_page(visit, 422, visit.t("web.import.not-done"), visit.say(*job->failed), job->back);
  return see_other(job->leads_to);
}

Response job_page(Visit& visit) {
  const auto number = number_of("", visit.parts.front());
  const auto job = number ? visit.site.jobs.wait(*number, std::chrono::milliseconds(0)) : nullptr;
  if (!job || job->project != visit.project)
    return message_page(visit, 404, visit.t("web.not-found.title"), visit.t("web.job.none"), visit.base() + "/inlasningar");
  if (visit.site.jobs.is_over(*number)) {
    if (job->failed)
      return message_page(visit, 422, visit.t("web.import.not-done"), visit.say(*job->failed), job->back);
    return see_other(job->leads_to);
  }
  const std::uint64_t done = job->done, total = job->total;
  const std::string percent = total ? std::to_string(std::min<std::uint64_t>(100, done * 100 / total)) : "";
  return page(
      visit, visit.say(job->what),
      el("div", {{"data-poll", visit.path}},
         el("p", {{"role", "status"}},
            visit.t("web.job.goes-on",
                    {percent.empty() ? count_words(static_cast<std::int64_t>(done), visit.language) : percent + " %"})),
         el("progress", {{"max", "100"}, {"value", percent, !percent.empty()}, {"aria-label", visit.t("web.job.progress")}}),
         el("p", el("a", {{"href", visit.path}, {"class", "button"}}, visit.t("web.job.again")))) +
          el("p", {{"class", "hint"}}, visit.t("web.job.leave")));
}

}  // namespace horisont::web
