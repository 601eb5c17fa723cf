// Merging: the loop that byte-level BPE and SentencePiece share. A word starts as a row of symbols (bytes or
// characters); neighbours are merged into longer symbols, the best pair first, until no pair is left.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include <lingua/scorer.hpp>

namespace lingua::model {

constexpr TokenId kNoToken = -1;

/// Bytes [begin, end) of a word, and the token that they are, or kNoToken.
struct Symbol {
  std::uint32_t begin, end;
  TokenId id;
};

/// What a pair of neighbours becomes, if anything. Lower ranks merge first.
struct Merge {
  static constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t rank = kNever;
  TokenId id = kNoToken;
};

/// A row of symbols that merge. Use again for the next word: it keeps its memory.
class Merger {
 public:
  /// Merges neighbours in `symbols` (at least one) until `merge_of(left, right)` gives a Merge for no pair: always
  /// the pair of the lowest rank, the leftmost of equals. O(n log n) for n symbols.
  template <typename MergeOf>
  void run(std::vector<Symbol>& symbols, const MergeOf& merge_of) {
    links_.resize(symbols.size());
    queue_.clear();
    const auto rate = [&](std::uint32_t left) {
      const std::uint32_t right = links_[left].next;
      links_[left].merge = right == kEnd ? Merge{} : merge_of(symbols[left], symbols[right]);
      if (links_[left].merge.rank != Merge::kNever) push(links_[left].merge.rank, left);
    };
    for (std::uint32_t i = 0; i < symbols.size(); ++i) {
      links_[i] = {.previous = i == 0 ? kEnd : i - 1, .next = i + 1 == symbols.size() ? kEnd : i + 1, .merge = {}};
      rate(i);
    }
    while (!queue_.empty()) {
      const Entry best = pop();
      const auto left = static_cast<std::uint32_t>(best);
      // Out of date when the pair has changed since it was queued. (If the new pair has the same rank, it is meant.)
      if (links_[left].merge.rank != best >> 32) continue;
      symbols[left] = {symbols[left].begin, symbols[links_[left].next].end, links_[left].merge.id};
      unlink(links_[left].next);
      rate(left);
      if (links_[left].previous != kEnd) rate(links_[left].previous);
    }
    std::size_t kept = 0;
    for (std::uint32_t i = 0; i != kEnd; i = links_[i].next) symbols[kept++] = symbols[i];
    symbols.resize(kept);
  }

 private:
  static constexpr std::uint32_t kEnd = std::numeric_limits<std::uint32_t>::max();

  struct Link {
    std::uint32_t previous, next;
    Merge merge;  // of this symbol with the next
  };
  /// Rank in the upper half, left symbol in the lower: the smallest entry merges first.
  using Entry = std::uint64_t;

  void unlink(std::uint32_t symbol) {
    const auto [previous, next, merge] = links_[symbol];
    links_[previous].next = next;
    if (next != kEnd) links_[next].previous = previous;
    links_[symbol].merge = {};
  }

  void push(std::uint32_t rank, std::uint32_t left) {
    queue_.push_back(Entry{rank} << 32 | left);
    std::ranges::push_heap(queue_, std::greater<>());
  }

  Entry pop() {
    std::ranges::pop_heap(queue_, std::greater<>());
    const Entry best = queue_.back();
    queue_.pop_back();
    return best;
  }

  std::vector<Link> links_;
  std::vector<Entry> queue_;  // a heap
};

}  // namespace lingua::model
