// The cache of surprisals: least recently used, bounded.
#include "compress/scores/score_cache.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace lingua::compress {
namespace {

ScoreCache::Scores scores(std::size_t count, float value = 1) {
  return std::make_shared<const std::vector<float>>(count, value);
}

/// A limit that holds two of these entries but not three.
constexpr std::size_t kTokens = 1000;
constexpr std::size_t kTwoEntries = 2 * (kTokens * sizeof(float) + 500);

TEST(ScoreCache, FindsWhatWasInserted) {
  ScoreCache cache(kTwoEntries);
  EXPECT_EQ(cache.find("a"), nullptr);
  cache.insert("a", scores(kTokens, 7));
  ASSERT_NE(cache.find("a"), nullptr);
  EXPECT_EQ(*cache.find("a"), std::vector<float>(kTokens, 7));
  EXPECT_EQ(cache.find("b"), nullptr);
}

TEST(ScoreCache, KnowsWhatStandsBefore) {
  ScoreCache cache(kTwoEntries);
  cache.insert("a", scores(1, 1));
  cache.insert("a", scores(1, 2), "b");
  EXPECT_EQ(cache.find("a")->front(), 1);
  EXPECT_EQ(cache.find("a", "b")->front(), 2);
  EXPECT_EQ(cache.find("b", "a"), nullptr);
}

TEST(ScoreCache, ForgetsTheLeastRecentlyUsed) {
  ScoreCache cache(kTwoEntries);
  cache.insert("a", scores(kTokens));
  cache.insert("b", scores(kTokens));
  cache.find("a");
  cache.insert("c", scores(kTokens));
  EXPECT_NE(cache.find("a"), nullptr);
  EXPECT_EQ(cache.find("b"), nullptr);
  EXPECT_NE(cache.find("c"), nullptr);
}

TEST(ScoreCache, ForgetsAsManyAsANewEntryNeeds) {
  ScoreCache cache(kTwoEntries);
  cache.insert("a", scores(kTokens));
  cache.insert("b", scores(kTokens));
  cache.insert("c", scores(2 * kTokens));
  EXPECT_EQ(cache.find("a"), nullptr);
  EXPECT_EQ(cache.find("b"), nullptr);
  EXPECT_NE(cache.find("c"), nullptr);
}

TEST(ScoreCache, LeavesOutWhatExceedsTheLimitAlone) {
  ScoreCache cache(kTwoEntries);
  cache.insert("a", scores(kTokens));
  cache.insert("huge", scores(3 * kTokens));
  EXPECT_EQ(cache.find("huge"), nullptr);
  EXPECT_NE(cache.find("a"), nullptr) << "and forgets nothing for it";
}

TEST(ScoreCache, CountsTextToo) {
  ScoreCache cache(kTwoEntries);
  cache.insert(std::string(kTwoEntries, 'x'), scores(1));
  EXPECT_EQ(cache.find(std::string(kTwoEntries, 'x')), nullptr);
}

TEST(ScoreCache, OfNoBytesRemembersNothing) {
  ScoreCache cache(0);
  cache.insert("a", scores(1));
  EXPECT_EQ(cache.find("a"), nullptr);
}

TEST(ScoreCache, KeepsScoresAliveForThoseWhoHoldThem) {
  ScoreCache cache(kTwoEntries);
  cache.insert("a", scores(kTokens, 7));
  const auto held = cache.find("a");
  cache.insert("b", scores(2 * kTokens));
  EXPECT_EQ(cache.find("a"), nullptr);
  EXPECT_EQ(held->front(), 7);
}

TEST(ScoreCache, ServesSeveralThreads) {
  ScoreCache cache(kTwoEntries);
  const auto use = [&](int seed) {
    for (int i = 0; i < 1000; ++i) {
      const auto name = std::to_string((i * seed) % 5);
      const auto found = cache.find(name);
      if (found) {
        EXPECT_EQ(found->front(), std::stof(name));
      }
      cache.insert(name, scores(kTokens, std::stof(name)));
    }
  };
  std::thread other(use, 7);
  use(3);
  other.join();
}

}  // namespace
}  // namespace lingua::compress
