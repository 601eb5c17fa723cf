// Remembers what the scorer said of texts seen before: prompts share demonstrations, documents and questions.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <lingua/scorer.hpp>

namespace lingua::compress {

/// Tokens as part of a key. Not text, where scores depend on tokens: a piece of a context need not have the tokens of
/// the same text by itself.
inline std::string_view bytes_of(std::span<const TokenId> ids) {
  return {reinterpret_cast<const char*>(ids.data()), ids.size_bytes()};
}

/// Scores of texts, each after another text or after nothing, for one model. The least recently used go when the
/// memory limit is reached. Safe to use from several threads.
class ScoreCache {
 public:
  using Scores = std::shared_ptr<const std::vector<float>>;

  enum class Kind {
    surprisal,       ///< of each token of the text
    attention,       ///< that the text pays to each token before it: AttentionReader
    representation,  ///< of each token of the text, one after the other: LateInteraction
  };

  explicit ScoreCache(std::size_t byte_limit) : byte_limit_(byte_limit) {}

  /// The scores of `text` after `before`, or nothing.
  Scores find(std::string_view text, std::string_view before = {}, Kind kind = Kind::surprisal);

  /// Remembers `scores` of `text` after `before`, unless they alone exceed the limit.
  void insert(std::string_view text, Scores scores, std::string_view before = {}, Kind kind = Kind::surprisal);

 private:
  struct Key {
    std::string_view text, before;
    Kind kind;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const noexcept {
      const std::hash<std::string_view> hash;
      return hash(key.text) ^ (hash(key.before) * 31) ^ static_cast<std::size_t>(key.kind);
    }
  };
  struct Entry {
    std::string text, before;
    Kind kind;
    Scores scores;
    Key key() const { return {text, before, kind}; }
    std::size_t bytes() const { return sizeof(Entry) + text.size() + before.size() + scores->size() * sizeof(float); }
  };

  std::mutex mutex_;
  std::size_t byte_limit_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;                                           ///< most recently used first
  std::unordered_map<Key, std::list<Entry>::iterator, Hash> by_text_;  ///< keys point into entries_
};

}  // namespace lingua::compress
