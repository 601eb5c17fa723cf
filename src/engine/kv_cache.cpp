#include "engine/kv_cache.hpp"

#include <cstring>

#include "engine/kernels/kernels.hpp"

namespace lingua::engine {

KvCache::KvCache(std::size_t layers, std::size_t kv_heads, std::size_t head_size, std::size_t element_bytes)
    : layers_(layers), kv_heads_(kv_heads), half_bytes_(kPage * head_size * element_bytes) {}

void KvCache::reserve(std::size_t count) {
  while (pages_.size() * kPage < size_ + count) {
    Buffer page(layers_ * kv_heads_ * 2 * half_bytes_);
    std::memset(page.data(), 0, page.capacity());  // attention multiplies unwritten values by zero: no NaN among them
    pages_.push_back(std::move(page));
  }
}

std::byte* KvCache::keys(std::size_t layer, std::size_t kv_head, std::size_t page) const {
  return pages_[page].data() + (layer * kv_heads_ + kv_head) * 2 * half_bytes_;
}

std::byte* KvCache::values(std::size_t layer, std::size_t kv_head, std::size_t page) const {
  return keys(layer, kv_head, page) + half_bytes_;
}

}  // namespace lingua::engine
