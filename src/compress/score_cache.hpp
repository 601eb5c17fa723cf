// Remembers surprisals seen before: prompts share demonstrations, documents and questions.
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

/// Surprisals of texts, each after another text or after nothing, for one model. The least recently used go when the
/// memory limit is reached. Safe to use from several threads.
class ScoreCache {
 public:
  using Surprisals = std::shared_ptr<const std::vector<float>>;

  explicit ScoreCache(std::size_t byte_limit) : byte_limit_(byte_limit) {}

  /// The surprisals of `text` after `before`, or nothing.
  Surprisals find(std::string_view text, std::string_view before = {});

  /// Remembers `surprisals` of `text` after `before`, unless they alone exceed the limit.
  void insert(std::string_view text, Surprisals surprisals, std::string_view before = {});

 private:
  struct Entry {
    std::string text, before;
    Surprisals surprisals;
    std::size_t bytes() const {
      return sizeof(Entry) + text.size() + before.size() + surprisals->size() * sizeof(float);
    }
  };
  struct Key {
    std::string_view text, before;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const noexcept {
      const std::hash<std::string_view> hash;
      return hash(key.text) ^ (hash(key.before) * 31);
    }
  };

  std::mutex mutex_;
  std::size_t byte_limit_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;                                           ///< most recently used first
  std::unordered_map<Key, std::list<Entry>::iterator, Hash> by_text_;  ///< keys point into entries_
};

}  // namespace lingua::compress
