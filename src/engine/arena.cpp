#include "engine/arena.hpp"

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <algorithm>

namespace lingua::engine {
namespace {

constexpr std::size_t kLargePage = std::size_t{2} << 20, kChunk = 16 * kLargePage;

constexpr std::size_t round_up(std::size_t n, std::size_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

}  // namespace

std::byte* Arena::allocate(std::size_t bytes) {
  bytes = Buffer::aligned(bytes);
  if (chunks_.empty() || used_ + bytes > chunks_.back().capacity()) {
    chunks_.emplace_back(std::max(round_up(bytes, kLargePage), kChunk), kLargePage);
#if defined(__linux__)
    madvise(chunks_.back().data(), chunks_.back().capacity(), MADV_HUGEPAGE);  // a wish: failure does no harm
#endif
    used_ = 0;
  }
  used_ += bytes;
  return chunks_.back().data() + used_ - bytes;
}

}  // namespace lingua::engine
