#include "web/jobs.h"

#include <thread>

#include "app/resident.h"
#include "app/trouble.h"

namespace horisont::web {

constexpr std::size_t most_jobs = 100;

Jobs::~Jobs() {
  std::unique_lock lock(mutex_);
  ended_.wait(lock, [&] { return running_ == 0; });
}

std::uint32_t Jobs::begin(std::string project, Message what, std::string back, std::function<void(Job&)> work,
                          const std::string& key) {
  auto job = std::make_shared<Job>();
  job->project = std::move(project);
  job->what = std::move(what);
  job->back = std::move(back);
  const std::lock_guard lock(mutex_);
  if (const auto before = by_key_.find(key); before != by_key_.end() && !key.empty()) return before->second;
  while (jobs_.size() >= most_jobs && jobs_.begin()->second->over) {
    std::erase_if(by_key_, [&](const auto& one) { return one.second == jobs_.begin()->first; });
    jobs_.erase(jobs_.begin());
  }
  const std::uint32_t number = ++last_;
  std::thread([this, job, work = std::move(work)] {
    std::optional<Message> failed;
    try {
      work(*job);
    } catch (const std::exception& error) {
      const auto trouble = trouble_of(error);
      failed = trouble ? trouble->message : Message{"web.gate.our-fault", {}};
    }
    give_memory_back();  // long work reads much; a program that stays gives its memory back
    const std::lock_guard over(mutex_);
    if (failed) job->failed = std::move(failed);
    job->over = true;
    --running_;
    ended_.notify_all();
  }).detach();
  ++running_;
  jobs_.emplace(number, std::move(job));
  if (!key.empty()) by_key_.emplace(key, number);
  return number;
}

std::shared_ptr<const Job> Jobs::wait(std::uint32_t number, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto found = jobs_.find(number);
  if (found == jobs_.end()) return nullptr;
  const std::shared_ptr<Job> job = found->second;
  ended_.wait_for(lock, patience, [&] { return job->over; });
  return job;
}

bool Jobs::is_over(std::uint32_t number) {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(number);
  return found != jobs_.end() && found->second->over;
}

}  // namespace horisont::web
