#include "engine/workers.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace lingua::engine {
namespace {

class WorkersTest : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Threads, WorkersTest, testing::Values(1, 2, 3, 5));

TEST_P(WorkersTest, DoesEachItemOnce) {
  Workers workers(GetParam());
  EXPECT_EQ(workers.threads(), GetParam());
  for (const std::size_t items : {0u, 1u, 2u, 7u, 1000u}) {
    std::vector<std::atomic<int>> done(items);
    workers.run(items, [&](std::size_t item, unsigned worker) {
      EXPECT_LT(worker, GetParam());
      ++done[item];
    });
    for (const auto& count : done) EXPECT_EQ(count, 1);
  }
}

TEST_P(WorkersTest, ManyShortRuns) {
  Workers workers(GetParam());
  std::atomic<std::size_t> sum = 0;
  for (int i = 0; i < 2000; ++i) workers.run(3, [&](std::size_t item, unsigned) { sum += item; });
  EXPECT_EQ(sum, 2000u * 3);
}

TEST_P(WorkersTest, SeveralCallersAtOnce) {
  Workers workers(GetParam());
  std::vector<std::atomic<int>> busy(GetParam());
  std::atomic<int> done = 0;
  const auto call = [&] {
    for (int i = 0; i < 200; ++i) {
      workers.run(4, [&](std::size_t, unsigned worker) {
        EXPECT_EQ(busy[worker]++, 0) << "two items on one worker at once";
        ++done;
        --busy[worker];
      });
    }
  };
  std::vector<std::thread> callers;
  for (int i = 0; i < 3; ++i) callers.emplace_back(call);
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(done, 3 * 200 * 4);
}

TEST_P(WorkersTest, PassesOnAnException) {
  Workers workers(GetParam());
  const auto fail = [](std::size_t item, unsigned) {
    if (item == 5) throw std::runtime_error("item 5");
  };
  EXPECT_THROW(workers.run(10, fail), std::runtime_error);
  std::atomic<int> done = 0;
  workers.run(10, [&](std::size_t, unsigned) { ++done; });
  EXPECT_EQ(done, 10);
}

TEST_P(WorkersTest, LeavesTheCallersOpenMpAlone) {
  omp_set_num_threads(7);
  Workers workers(GetParam());
  workers.run(20, [](std::size_t, unsigned) { EXPECT_EQ(omp_get_max_threads(), 1); });
  EXPECT_EQ(omp_get_max_threads(), 7);
}

TEST(Workers, AtLeastOneThreadIsAvailable) { EXPECT_GE(available_threads(), 1u); }

}  // namespace
}  // namespace lingua::engine
