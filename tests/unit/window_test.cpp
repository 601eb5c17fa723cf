#include "scoring/window.hpp"

#include <gtest/gtest.h>

namespace lingua::scoring {
namespace {

TEST(WindowPlan, WorkedOutByHand) {
  const WindowPlan plan(8);  // the separator, 7 tokens and a last one that is not read; a new window every 6 tokens
  EXPECT_EQ(plan.capacity(), 8u);
  for (std::size_t token = 0; token < 8; ++token) EXPECT_EQ(plan.window_of(token), 0u);
  for (std::size_t token = 8; token < 14; ++token) EXPECT_EQ(plan.window_of(token), 1u);
  for (std::size_t token = 14; token < 20; ++token) EXPECT_EQ(plan.window_of(token), 2u);
  EXPECT_EQ(plan.begin(1), 6u);  // tokens 6 and 7 are the newest quarter of window 0
  EXPECT_EQ(plan.end(1), 14u);
}

TEST(WindowPlan, EachTokenIsScoredInsideItsWindow) {
  for (std::size_t positions = 2; positions < 40; ++positions) {
    const WindowPlan plan(positions);
    for (std::size_t token = 0; token < 200; ++token) {
      const std::size_t window = plan.window_of(token);
      EXPECT_LE(plan.begin(window), token);
      EXPECT_LT(token, plan.end(window));
      EXPECT_LE(token - plan.begin(window) + 1, positions) << "reads beyond the window";
      if (window == 0) continue;
      EXPECT_GE(token, plan.end(window - 1));
      EXPECT_GE(token - plan.begin(window) + 1, positions / 4) << "less than a quarter of the context";
    }
  }
}

}  // namespace
}  // namespace lingua::scoring
