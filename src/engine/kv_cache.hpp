// Keys and values of the positions read so far, for all layers. Grows by pages, so that short texts take little
// memory and nothing is ever moved. Caches share a stock of pages: many texts, one after the other, need no more
// memory than those that are read at the same time.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "engine/buffer.hpp"

namespace lingua::engine {

/// A stock of pages of one model. For use by one thread at a time; outlives its caches.
class KvPages {
 public:
  KvPages(std::size_t layers, std::size_t kv_heads, std::size_t head_size, std::size_t element_bytes);

  /// A page that was given back, else a new one. Its numbers are finite.
  Buffer take();
  void give_back(Buffer page) { stock_.push_back(std::move(page)); }

  /// Of all pages taken so far, those given back included.
  std::size_t bytes() const noexcept { return pages_ * page_bytes(); }

  std::size_t half_bytes() const noexcept { return half_bytes_; }  ///< the keys, or the values, of one head
  std::size_t kv_heads() const noexcept { return kv_heads_; }

 private:
  std::size_t page_bytes() const noexcept { return layers_ * kv_heads_ * 2 * half_bytes_; }

  std::size_t layers_, kv_heads_, half_bytes_;
  std::size_t pages_ = 0;
  std::vector<Buffer> stock_;
};

/// The positions of one sequence.
class KvCache {
 public:
  explicit KvCache(KvPages& stock) : stock_(&stock) {}
  ~KvCache() { truncate(0); }
  KvCache(KvCache&&) noexcept = default;
  KvCache& operator=(KvCache&&) = delete;

  std::size_t size() const noexcept { return size_; }

  /// Makes room for `count` positions after the present ones.
  void reserve(std::size_t count);

  /// Counts in `count` positions, for which there is room and whose keys and values were written.
  void extend(std::size_t count) { size_ += count; }

  /// Forgets the positions from `size` on; `size` <= size().
  void truncate(std::size_t size);

  /// Where AttentionKernels keep the keys (values) of positions kPage * page, ...
  std::byte* keys(std::size_t layer, std::size_t kv_head, std::size_t page) const;
  std::byte* values(std::size_t layer, std::size_t kv_head, std::size_t page) const;

 private:
  KvPages* stock_;
  std::size_t size_ = 0;
  std::vector<Buffer> pages_;
};

}  // namespace lingua::engine
