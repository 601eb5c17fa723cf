// The threads of a model. One forward pass is a sequence of some tens of short phases, so that handing out work and
// meeting again must cost microseconds: threads spin a little before they sleep.
//
// Work comes as numbered items. Which thread does which item is left to chance; items must not depend on it, and
// then results do not depend on the number of threads either.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace lingua::engine {

class Workers {
 public:
  using Task = std::function<void(std::size_t item, unsigned worker)>;

  /// `threads` threads work, the caller of `run` among them. At least 1.
  explicit Workers(unsigned threads);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  unsigned threads() const noexcept { return static_cast<unsigned>(others_.size()) + 1; }

  /// Does all items, high numbers first, and returns when they are done; `worker` < threads() tells apart the
  /// threads that work at the same time. oneDNN runs single-threaded inside. Calls from several threads wait for one
  /// another. Rethrows the first exception of a task. Not to be called from a task.
  void run(std::size_t items, const Task& task);

 private:
  void serve(unsigned worker);
  void work(unsigned worker);

  std::mutex one_run_;
  const Task* task_ = nullptr;
  std::atomic<std::int32_t> unclaimed_ = 0;   // items that no thread has taken
  std::atomic<std::int32_t> unfinished_ = 0;  // items that are not done
  std::atomic<bool> stop_ = false;
  std::mutex failure_mutex_;
  std::exception_ptr failure_;
  std::vector<std::thread> others_;
};

/// Threads that this process may run at once.
unsigned available_threads();

}  // namespace lingua::engine
