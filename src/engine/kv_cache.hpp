// Keys and values of the positions read so far, for all layers. Grows by pages, so that short texts take little
// memory and nothing is ever moved; forgetting positions costs nothing.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/buffer.hpp"

namespace lingua::engine {

class KvCache {
 public:
  KvCache(std::size_t layers, std::size_t kv_heads, std::size_t head_size, std::size_t element_bytes);

  std::size_t size() const noexcept { return size_; }

  /// Makes room for `count` positions after the present ones.
  void reserve(std::size_t count);

  /// Counts in `count` positions, for which there is room and whose keys and values were written.
  void extend(std::size_t count) { size_ += count; }

  /// Forgets the positions from `size` on; `size` <= size().
  void truncate(std::size_t size) { size_ = size; }

  /// Where AttentionKernels keep the keys (values) of positions kPage * page, ...
  std::byte* keys(std::size_t layer, std::size_t kv_head, std::size_t page) const;
  std::byte* values(std::size_t layer, std::size_t kv_head, std::size_t page) const;

 private:
  std::size_t layers_, kv_heads_, half_bytes_;  // half: the keys, or the values, of one head in one page
  std::size_t size_ = 0;
  std::vector<Buffer> pages_;
};

}  // namespace lingua::engine
