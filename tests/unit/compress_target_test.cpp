// From what the user asks for to a number of tokens.
#include "compress/prompt/target.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <lingua/error.hpp>

#include "support/errors.hpp"

namespace lingua::compress {
namespace {

using test::error_of;

TEST(Target, RatioRateAndTokensMeanTheSame) {
  EXPECT_EQ(budget_of(Ratio{20}, 2500), 125u);
  EXPECT_EQ(budget_of(Rate{0.05}, 2500), 125u);
  EXPECT_EQ(budget_of(Tokens{125}, 2500), 125u);
}

TEST(Target, RoundsDownSoThatItIsNeverExceeded) {
  EXPECT_EQ(budget_of(Ratio{3}, 100), 33u);
  EXPECT_EQ(budget_of(Rate{0.999}, 100), 99u);
}

TEST(Target, IsNotFooledByBinaryFractions) {
  EXPECT_LT(0.29 * 100, 29.0) << "in binary floating point";
  EXPECT_EQ(budget_of(Rate{0.29}, 100), 29u);
  EXPECT_EQ(budget_of(Rate{0.07}, 100), 7u);
  EXPECT_EQ(budget_of(Ratio{49}, 49), 1u);
}

TEST(Target, AboveTheLengthIsTheLength) {
  EXPECT_EQ(budget_of(Rate{1}, 10), 10u);
  EXPECT_EQ(budget_of(Rate{7}, 10), 10u);
  EXPECT_EQ(budget_of(Ratio{0.5}, 10), 10u);
  EXPECT_EQ(budget_of(Tokens{std::numeric_limits<std::uint64_t>::max()}, 10), 10u);
}

TEST(Target, MustBeANumberAboveZero) {
  const auto nan = std::numeric_limits<double>::quiet_NaN();
  const auto infinity = std::numeric_limits<double>::infinity();
  for (const double bad : {0.0, -1.0, nan, infinity, -infinity}) {
    EXPECT_EQ(error_of([&] { budget_of(Ratio{bad}, 10); }).code, ErrorCode::invalid_option) << bad;
    EXPECT_EQ(error_of([&] { budget_of(Rate{bad}, 10); }).code, ErrorCode::invalid_option) << bad;
  }
  const auto error = error_of([] { budget_of(Tokens{0}, 10); });
  EXPECT_EQ(error.code, ErrorCode::invalid_option);
  EXPECT_EQ(error.message, "the target number of tokens must be a number above 0, got 0");
}

TEST(Target, OfLessThanOneTokenIsOutOfReach) {
  const auto error = error_of([] { budget_of(Ratio{20}, 10); });
  EXPECT_EQ(error.code, ErrorCode::target_unreachable);
  EXPECT_EQ(error.message, "the target leaves less than one of 10 tokens; the smallest possible target is 1 token");
}

}  // namespace
}  // namespace lingua::compress
