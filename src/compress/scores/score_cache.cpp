// A least-recently-used cache of scores.
#include "compress/scores/score_cache.hpp"

#include <utility>

namespace lingua::compress {

ScoreCache::Scores ScoreCache::find(std::string_view text, std::string_view before, Kind kind) {
  const std::lock_guard lock(mutex_);
  const auto found = by_text_.find({text, before, kind});
  if (found == by_text_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->scores;
}

void ScoreCache::insert(std::string_view text, Scores scores, std::string_view before, Kind kind) {
  Entry entry{std::string(text), std::string(before), kind, std::move(scores)};
  const auto bytes = entry.bytes();
  const std::lock_guard lock(mutex_);
  if (bytes > byte_limit_ || by_text_.contains({text, before, kind})) return;
  while (bytes_ + bytes > byte_limit_) {
    bytes_ -= entries_.back().bytes();
    by_text_.erase(entries_.back().key());
    entries_.pop_back();
  }
  entries_.push_front(std::move(entry));
  by_text_.emplace(entries_.front().key(), entries_.begin());
  bytes_ += bytes;
}

}  // namespace lingua::compress
