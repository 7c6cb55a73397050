#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/values/message.h"

namespace horisont::web {

/// Work that outlives the request that asked for it: a large file that is read or stored, a report that is made.
struct Job {
  std::string project;
  Message what;
  std::string back;  ///< the page to go to when it failed
  std::atomic<std::uint64_t> done = 0, total = 0;
  std::string leads_to;           ///< where the result is seen; set before it is over
  std::optional<Message> failed;  ///< why it could not be done; nothing was changed
  bool over = false;              ///< guarded by Jobs
};

class Jobs {
 public:
  ~Jobs();
  /// Begins, and gives the number. `work` says where the result is seen, or throws. A form that was sent twice (a double click,
  /// the back button) has the same `key`, and begins one job.
  std::uint32_t begin(std::string project, Message what, std::string back, std::function<void(Job&)> work,
                      const std::string& key = {});
  /// Waits so long for the end; null: no such job. What is over stays to be asked about until many others came after it.
  std::shared_ptr<const Job> wait(std::uint32_t number, std::chrono::milliseconds patience);
  bool is_over(std::uint32_t number);

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  std::map<std::uint32_t, std::shared_ptr<Job>> jobs_;
  std::map<std::string, std::uint32_t> by_key_;
  std::uint32_t last_ = 0;
  int running_ = 0;
};

}  // namespace horisont::web
