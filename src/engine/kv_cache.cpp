#include "engine/kv_cache.hpp"

#include <cstring>

#include "engine/kernels/kernels.hpp"

namespace lingua::engine {

KvPages::KvPages(std::size_t layers, std::size_t kv_heads, std::size_t head_size, std::size_t element_bytes)
    : layers_(layers), kv_heads_(kv_heads), half_bytes_(kPage * head_size * element_bytes) {}

Buffer KvPages::take() {
  if (!stock_.empty()) {
    Buffer page = std::move(stock_.back());
    stock_.pop_back();
    return page;
  }
  Buffer page(page_bytes());
  ++pages_;
  std::memset(page.data(), 0, page.capacity());  // attention multiplies unwritten values by zero: no NaN among them
  return page;
}

void KvCache::reserve(std::size_t count) {
  while (pages_.size() * kPage < size_ + count) pages_.push_back(stock_->take());
}

void KvCache::truncate(std::size_t size) {
  size_ = size;
  for (; pages_.size() * kPage >= size + kPage; pages_.pop_back()) stock_->give_back(std::move(pages_.back()));
}

std::byte* KvCache::keys(std::size_t layer, std::size_t kv_head, std::size_t page) const {
  return pages_[page].data() + (layer * stock_->kv_heads() + kv_head) * 2 * stock_->half_bytes();
}

std::byte* KvCache::values(std::size_t layer, std::size_t kv_head, std::size_t page) const {
  return keys(layer, kv_head, page) + stock_->half_bytes();
}

}  // namespace lingua::engine
