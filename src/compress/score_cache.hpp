// Remembers the surprisals of contexts seen before: prompts share demonstrations and documents.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lingua::compress {

/// Surprisals by text, for one model. The least recently used go when the memory limit is reached.
/// Safe to use from several threads.
class ScoreCache {
 public:
  using Surprisals = std::shared_ptr<const std::vector<float>>;

  explicit ScoreCache(std::size_t byte_limit) : byte_limit_(byte_limit) {}

  /// The surprisals of `text`, or nothing.
  Surprisals find(std::string_view text);

  /// Remembers `surprisals` of `text`, unless they alone exceed the limit.
  void insert(std::string_view text, Surprisals surprisals);

 private:
  struct Entry {
    std::string text;
    Surprisals surprisals;
    std::size_t bytes() const { return sizeof(Entry) + text.size() + surprisals->size() * sizeof(float); }
  };

  std::mutex mutex_;
  std::size_t byte_limit_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;                                                  ///< most recently used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_text_;  ///< keys point into entries_
};

}  // namespace lingua::compress
