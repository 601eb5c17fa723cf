#include "engine/workers.hpp"

#include <omp.h>
#if defined(__linux__)
#include <sched.h>
#endif

#include <utility>

namespace lingua::engine {
namespace {

// oneDNN takes the number of its threads from OpenMP's setting, which belongs to the calling thread.
class SingleThreadedOpenMp {
 public:
  SingleThreadedOpenMp() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
  ~SingleThreadedOpenMp() { omp_set_num_threads(before_); }

 private:
  int before_;
};

inline void pause() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// Waits while `value` is `old`: about 50 microseconds awake, then asleep.
void wait_while(const std::atomic<std::int32_t>& value, std::int32_t old) {
  for (int i = 0; i < 1000; ++i) {
    if (value.load(std::memory_order_acquire) != old) return;
    pause();
  }
  value.wait(old, std::memory_order_acquire);
}

}  // namespace

Workers::Workers(unsigned threads) {
  for (unsigned worker = 1; worker < threads; ++worker) others_.emplace_back([this, worker] { serve(worker); });
}

Workers::~Workers() {
  stop_ = true;
  unclaimed_ = -1;
  unclaimed_.notify_all();
  for (std::thread& thread : others_) thread.join();
}

void Workers::run(std::size_t items, const Task& task) {
  if (items == 0) return;
  const std::lock_guard lock(one_run_);
  task_ = &task;
  unfinished_.store(static_cast<std::int32_t>(items), std::memory_order_relaxed);
  unclaimed_.store(static_cast<std::int32_t>(items), std::memory_order_release);
  if (items > 1) unclaimed_.notify_all();
  {
    const SingleThreadedOpenMp guard;
    work(0);
  }
  for (std::int32_t left = unfinished_.load(std::memory_order_acquire); left != 0;
       left = unfinished_.load(std::memory_order_acquire)) {
    wait_while(unfinished_, left);
  }
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void Workers::serve(unsigned worker) {
  omp_set_num_threads(1);
  while (!stop_) {
    wait_while(unclaimed_, 0);
    work(worker);
  }
}

// A late thread may find the items of a later run: that is fine, because `task_` is read after an item was claimed,
// and stays as it is until that item is done.
void Workers::work(unsigned worker) {
  std::int32_t left = unclaimed_.load(std::memory_order_acquire);
  while (left > 0) {
    if (!unclaimed_.compare_exchange_weak(left, left - 1, std::memory_order_acq_rel)) continue;
    try {
      (*task_)(static_cast<std::size_t>(left - 1), worker);
    } catch (...) {
      const std::lock_guard lock(failure_mutex_);
      if (!failure_) failure_ = std::current_exception();
    }
    if (unfinished_.fetch_sub(1, std::memory_order_acq_rel) == 1) unfinished_.notify_all();
    left = unclaimed_.load(std::memory_order_acquire);
  }
}

unsigned available_threads() {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return static_cast<unsigned>(CPU_COUNT(&set));
#endif
  const unsigned count = std::thread::hardware_concurrency();
  return count == 0 ? 1 : count;
}

}  // namespace lingua::engine
