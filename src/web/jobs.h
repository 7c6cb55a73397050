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

/// Work that outlives the request that asked for it: a large file that is read, stored or taken back.
struct Job {
  std::string project;
  Message what;
  std::atomic<std::uint64_t> done = 0, total = 0;
  std::string leads_to;           ///< where the result is seen; set before it is over
  std::optional<Message> failed;  ///< why it could not be done; nothing was changed
  bool over = false;              ///< guarded by Jobs
};

class Jobs {
 public:
  ~Jobs();
  /// Begins, and gives the number. `work` says where the result is seen, or throws.
  std::uint32_t begin(std::string project, Message what, std::function<void(Job&)> work);
  /// Waits so long for the end; null: no such job. What is over stays to be asked about until many others came after it.
  std::shared_ptr<const Job> wait(std::uint32_t number, std::chrono::milliseconds patience);
  bool is_over(std::uint32_t number);

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  std::map<std::uint32_t, std::shared_ptr<Job>> jobs_;
  std::uint32_t last_ = 0;
  int running_ = 0;
};

}  // namespace horisont::web
