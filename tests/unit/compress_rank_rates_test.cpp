// Rates that fall with rank: Eq. 5 of LongLLMLingua, worked out by hand, and budgets that always add up.
#include "compress/budget/rank_rates.hpp"

#include <gmock/gmock.h>

#include <numeric>

#include "support/random_numbers.hpp"

namespace lingua::compress {
namespace {

using testing::ElementsAre;

std::vector<std::size_t> budgets(const std::vector<std::size_t>& lengths, std::size_t budget, double spread) {
  return budgets_by_rank(lengths, budget, spread);
}

TEST(RankRates, FallLinearly) {
  EXPECT_THAT(budgets({100, 100, 100}, 150, 0.3), ElementsAre(80, 50, 20));
  EXPECT_THAT(budgets({100, 100, 100, 100, 100}, 250, 0.2), ElementsAre(70, 60, 50, 40, 30));
}

TEST(RankRates, CountLengths) {
  // 100 (tau + 0.3) + 300 (tau - 0.3) = 200: tau = 0.65
  EXPECT_THAT(budgets({100, 300}, 200, 0.3), ElementsAre(95, 105));
}

TEST(RankRates, StayBetweenNothingAndAll) {
  EXPECT_THAT(budgets({100, 100, 100}, 60, 0.5), ElementsAre(55, 5, 0));
  EXPECT_THAT(budgets({100, 100}, 150, 1), ElementsAre(100, 50));
}

TEST(RankRates, OfASingleContextAreItsBudget) { EXPECT_THAT(budgets({100}, 42, 0.3), ElementsAre(42)); }
TEST(RankRates, OfNothingAreNothing) {
  EXPECT_THAT(budgets({}, 0, 0.3), ElementsAre());
  EXPECT_THAT(budgets({5, 5}, 0, 0.3), ElementsAre(0, 0));
}

TEST(RankRates, AddUpWithinTheLengths) {
  test::RandomNumbers random(5);
  for (int trial = 0; trial < 2000; ++trial) {
    std::vector<std::size_t> lengths(1 + random.below(9));
    for (auto& length : lengths) length = 1 + random.below(400);
    const auto total = std::accumulate(lengths.begin(), lengths.end(), std::size_t{0});
    const auto budget = random.below(static_cast<std::uint32_t>(total) + 1);
    const auto got = budgets(lengths, budget, random.below(11) / 10.);
    EXPECT_EQ(std::accumulate(got.begin(), got.end(), std::size_t{0}), budget);
    for (std::size_t i = 0; i < got.size(); ++i) EXPECT_LE(got[i], lengths[i]);
  }
}

}  // namespace
}  // namespace lingua::compress
