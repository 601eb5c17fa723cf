// The cache of scorers that have read something: bounded, least recently used, one user at a time.
#include "compress/scores/reading_cache.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <utility>

#include "support/ngram_model.hpp"

namespace lingua::compress {
namespace {

constexpr std::size_t kBytes = 100'000;
constexpr std::size_t kTwo = 2 * kBytes + 1000;  ///< holds two of these scorers, but not three

class HeavyScorer final : public Scorer {
 public:
  explicit HeavyScorer(std::size_t bytes) : bytes_(bytes) {}
  std::size_t size() const noexcept override { return scorer_.size(); }
  void truncate(std::size_t size) override { scorer_.truncate(size); }
  void append(std::span<const TokenId> ids) override { scorer_.append(ids); }
  void score(std::span<const TokenId> ids, std::span<float> surprisal) override { scorer_.score(ids, surprisal); }
  std::size_t forwarded_tokens() const noexcept override { return scorer_.forwarded_tokens(); }
  std::size_t memory_bytes() const noexcept override { return bytes_; }

 private:
  std::size_t bytes_;
  test::NgramScorer scorer_;
};

using Ids = std::vector<TokenId>;

/// Whether it was kept.
bool put(ReadingCache& cache, const Ids& ids, ReadingCache::Time begin, std::size_t bytes = kBytes) {
  auto scorer = std::make_unique<HeavyScorer>(bytes);
  scorer->append(ids);
  return cache.put(ids, std::move(scorer), begin) == nullptr;
}

bool put(ReadingCache& cache, const Ids& ids) { return put(cache, ids, cache.now()); }

TEST(ReadingCache, HandsOutWhatStandsAfterTheSameTokens) {
  ReadingCache cache(kTwo);
  EXPECT_TRUE(put(cache, {1, 2, 3}));
  EXPECT_EQ(cache.take(Ids{1, 2}), nullptr);
  const auto scorer = cache.take(Ids{1, 2, 3});
  ASSERT_NE(scorer, nullptr);
  EXPECT_EQ(scorer->size(), 3u);
  EXPECT_EQ(cache.take(Ids{1, 2, 3}), nullptr) << "two would use the same scorer";
}

TEST(ReadingCache, ForgetsTheLeastRecentlyUsed) {
  ReadingCache cache(kTwo);
  put(cache, {1}), put(cache, {2});
  cache.put(Ids{1}, cache.take(Ids{1}), cache.now());
  EXPECT_TRUE(put(cache, {3}));
  EXPECT_EQ(cache.take(Ids{2}), nullptr);
  EXPECT_NE(cache.take(Ids{1}), nullptr);
  EXPECT_NE(cache.take(Ids{3}), nullptr);
}

// Else each question about a text beyond the limit would push out the pieces that the next one begins with.
TEST(ReadingCache, KeepsWhatWasUsedSinceTheCallerBegan) {
  ReadingCache cache(kTwo);
  for (int question = 0; question < 3; ++question) {
    const auto begin = cache.now();
    for (const TokenId piece : {1, 2, 3, 4}) {
      auto scorer = cache.take(Ids{piece});
      EXPECT_EQ(scorer != nullptr, question > 0 && piece <= 2) << "question " << question << ", piece " << piece;
      EXPECT_EQ(put(cache, {piece}, begin), piece <= 2);
    }
  }
}

TEST(ReadingCache, MakesAsMuchRoomAsIsNeeded) {
  ReadingCache cache(kTwo);
  put(cache, {1}), put(cache, {2});
  EXPECT_TRUE(put(cache, {3}, cache.now(), 2 * kBytes));
  EXPECT_EQ(cache.take(Ids{1}), nullptr);
  EXPECT_EQ(cache.take(Ids{2}), nullptr);
  EXPECT_TRUE(put(cache, {1}));
  EXPECT_EQ(cache.take(Ids{3}), nullptr);
}

TEST(ReadingCache, LeavesOutWhatExceedsTheLimitAloneAndForgetsNothingForIt) {
  ReadingCache cache(kTwo);
  put(cache, {1});
  EXPECT_FALSE(put(cache, {2}, cache.now(), 3 * kBytes));
  EXPECT_NE(cache.take(Ids{1}), nullptr);
}

TEST(ReadingCache, LeavesOutScorersThatDoNotTellTheirMemory) {
  ReadingCache cache(kTwo);
  EXPECT_FALSE(put(cache, {1}, cache.now(), 0));
}

TEST(ReadingCache, OfNoBytesKeepsNothing) {
  ReadingCache cache(0);
  EXPECT_FALSE(put(cache, {1}, cache.now(), 1));
}

TEST(ReadingCache, CountsWhatWasTakenOut) {
  ReadingCache cache(kTwo);
  for (TokenId i = 0; i < 10; ++i) {
    EXPECT_TRUE(put(cache, {1}));
    EXPECT_NE(cache.take(Ids{1}), nullptr);
  }
  EXPECT_TRUE(put(cache, {1}));
  EXPECT_TRUE(put(cache, {2}));
  EXPECT_NE(cache.take(Ids{1}), nullptr);
}

TEST(ReadingCache, ServesSeveralThreads) {
  ReadingCache cache(kTwo);
  const auto use = [&](TokenId seed) {
    for (TokenId i = 0; i < 1000; ++i) {
      const Ids ids = {i * seed % 5};
      auto scorer = cache.take(ids);
      if (!scorer) scorer = std::make_unique<HeavyScorer>(kBytes), scorer->append(ids);
      EXPECT_EQ(scorer->size(), 1u);
      cache.put(ids, std::move(scorer), cache.now());
    }
  };
  std::thread other(use, 7);
  use(3);
  other.join();
}

}  // namespace
}  // namespace lingua::compress
