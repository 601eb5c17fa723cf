// A least-recently-used cache of scorers.
#include "compress/scores/reading_cache.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace lingua::compress {

ReadingCache::Time ReadingCache::now() const {
  const std::lock_guard lock(mutex_);
  return now_;
}

std::unique_ptr<Scorer> ReadingCache::take(std::span<const TokenId> ids) {
  const std::lock_guard lock(mutex_);
  const auto found = find(ids);
  if (found == entries_.end()) return nullptr;
  auto scorer = std::move(found->scorer);
  bytes_ -= found->bytes;
  entries_.erase(found);
  return scorer;
}

std::unique_ptr<Scorer> ReadingCache::put(std::span<const TokenId> ids, std::unique_ptr<Scorer> scorer, Time begin) {
  const auto bytes = sizeof(Entry) + ids.size_bytes() + scorer->memory_bytes();
  Entries gone;  // freed without the lock
  const std::lock_guard lock(mutex_);
  if (scorer->memory_bytes() == 0 || find(ids) != entries_.end()) return scorer;
  auto left = bytes_;
  auto first_gone = entries_.end();
  while (left + bytes > byte_limit_) {
    if (first_gone == entries_.begin() || std::prev(first_gone)->used > begin) return scorer;
    left -= (--first_gone)->bytes;
  }
  gone.splice(gone.end(), entries_, first_gone, entries_.end());
  bytes_ = left + bytes;
  entries_.push_front({{ids.begin(), ids.end()}, std::move(scorer), bytes, ++now_});
  return nullptr;
}

ReadingCache::Entries::iterator ReadingCache::find(std::span<const TokenId> ids) {
  return std::ranges::find_if(entries_, [&](const Entry& entry) { return std::ranges::equal(entry.ids, ids); });
}

}  // namespace lingua::compress
