// Keeps scorers that have read a text for the next question about it: reading is what a question costs, and its
// result is the scorer's keys and values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include <lingua/scorer.hpp>

namespace lingua::compress {

/// Scorers by what they have read, for one model. A scorer serves one at a time: it is taken out and put back. When
/// the memory limit is reached the least recently used go. Safe to use from several threads.
class ReadingCache {
 public:
  using Time = std::uint64_t;

  explicit ReadingCache(std::size_t byte_limit) : byte_limit_(byte_limit) {}

  /// Counts what is taken and put back.
  Time now() const;

  /// The scorer that stands after `ids`; null if there is none.
  std::unique_ptr<Scorer> take(std::span<const TokenId> ids);

  /// Keeps `scorer`, which stands after `ids`, if there is room without those that were used after `begin`; returns
  /// it otherwise. A caller that names the time when it began does not push out its own: of a text that exceeds the
  /// limit the first pieces stay, where the least recently used ones would be those that come next.
  std::unique_ptr<Scorer> put(std::span<const TokenId> ids, std::unique_ptr<Scorer> scorer, Time begin);

 private:
  struct Entry {
    std::vector<TokenId> ids;
    std::unique_ptr<Scorer> scorer;
    std::size_t bytes;
    Time used;
  };
  using Entries = std::list<Entry>;

  Entries::iterator find(std::span<const TokenId> ids);

  std::size_t byte_limit_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  Time now_ = 0;
  Entries entries_;  ///< most recently used first; few
};

}  // namespace lingua::compress
