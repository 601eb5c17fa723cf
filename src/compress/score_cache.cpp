// A least-recently-used cache of surprisals.
#include "compress/score_cache.hpp"

#include <utility>

namespace lingua::compress {

ScoreCache::Surprisals ScoreCache::find(std::string_view text, std::string_view before) {
  const std::lock_guard lock(mutex_);
  const auto found = by_text_.find({text, before});
  if (found == by_text_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->surprisals;
}

void ScoreCache::insert(std::string_view text, Surprisals surprisals, std::string_view before) {
  Entry entry{std::string(text), std::string(before), std::move(surprisals)};
  const auto bytes = entry.bytes();
  const std::lock_guard lock(mutex_);
  if (bytes > byte_limit_ || by_text_.contains({text, before})) return;
  while (bytes_ + bytes > byte_limit_) {
    bytes_ -= entries_.back().bytes();
    by_text_.erase({entries_.back().text, entries_.back().before});
    entries_.pop_back();
  }
  entries_.push_front(std::move(entry));
  by_text_.emplace(Key{entries_.front().text, entries_.front().before}, entries_.begin());
  bytes_ += bytes;
}

}  // namespace lingua::compress
