// A least-recently-used cache of surprisals.
#include "compress/score_cache.hpp"

#include <utility>

namespace lingua::compress {

ScoreCache::Surprisals ScoreCache::find(std::string_view text) {
  const std::lock_guard lock(mutex_);
  const auto found = by_text_.find(text);
  if (found == by_text_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->surprisals;
}

void ScoreCache::insert(std::string_view text, Surprisals surprisals) {
  Entry entry{std::string(text), std::move(surprisals)};
  const auto bytes = entry.bytes();
  const std::lock_guard lock(mutex_);
  if (bytes > byte_limit_ || by_text_.contains(text)) return;
  while (bytes_ + bytes > byte_limit_) {
    bytes_ -= entries_.back().bytes();
    by_text_.erase(entries_.back().text);
    entries_.pop_back();
  }
  entries_.push_front(std::move(entry));
  by_text_.emplace(entries_.front().text, entries_.begin());
  bytes_ += bytes;
}

}  // namespace lingua::compress
