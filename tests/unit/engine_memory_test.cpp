#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <vector>

#include "engine/arena.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/kv_cache.hpp"

namespace lingua::engine {
namespace {

TEST(Arena, PiecesAreAlignedAndApart) {
  Arena arena;
  std::vector<std::pair<std::byte*, std::size_t>> pieces;
  for (std::size_t i = 0; i < 60; ++i) {
    const std::size_t bytes = i == 30 ? std::size_t{40} << 20 : i * 100'000 + 1;  // one larger than any chunk
    std::byte* const piece = arena.allocate(bytes);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(piece) % Buffer::kAlignment, 0u);
    std::memset(piece, static_cast<int>(i), bytes);
    pieces.emplace_back(piece, bytes);
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    EXPECT_EQ(pieces[i].first[0], std::byte(i));
    EXPECT_EQ(pieces[i].first[pieces[i].second - 1], std::byte(i));
  }
}

TEST(KvCache, KeepsWhatItHasWhenItGrows) {
  KvPages pages(2, 3, 64, 4);
  KvCache cache(pages);
  cache.reserve(10);
  cache.extend(10);
  EXPECT_EQ(cache.size(), 10u);
  std::byte* const keys = cache.keys(1, 2, 0);
  std::memset(keys, 7, kPage * 64 * 4);
  cache.reserve(1000);
  EXPECT_EQ(cache.size(), 10u);
  EXPECT_EQ(cache.keys(1, 2, 0), keys);
  EXPECT_EQ(keys[0], std::byte{7});
  EXPECT_EQ(*cache.values(1, 2, 0), std::byte{0}) << "what was never written must be finite";
  EXPECT_EQ(*cache.keys(0, 0, 15), std::byte{0});
  cache.truncate(3);
  EXPECT_EQ(cache.size(), 3u);
}

TEST(KvCache, PagesNoLongerUsedServeOtherCaches) {
  KvPages pages(2, 3, 64, 4);
  KvCache first(pages), second(pages);
  first.reserve(2 * kPage);
  first.extend(kPage + 1);
  const std::byte* const page = first.keys(0, 0, 1);
  first.truncate(kPage);
  second.reserve(1);
  EXPECT_EQ(second.keys(0, 0, 0), page);
  first.reserve(1);
  EXPECT_NE(first.keys(0, 0, 1), page);
}

}  // namespace
}  // namespace lingua::engine
