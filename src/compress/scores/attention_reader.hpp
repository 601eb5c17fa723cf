// Asks the scorer how much attention a question pays to a text. Texts are read once, however many questions there are
// about them, and what was asked before is remembered.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include <lingua/scorer.hpp>

#include "compress/scores/reading_cache.hpp"
#include "compress/scores/score_cache.hpp"

namespace lingua::compress {

/// For one prompt. All arguments outlive the object.
class AttentionReader {
 public:
  AttentionReader(const ScoringModel& model, ScoreCache& scores, ReadingCache& readings)
      : model_(model), scores_(scores), readings_(readings), begin_(readings.now()) {}

  /// For each of `questions`, read after `text`: two numbers for each token of `text`, the mean attention that the
  /// question's last tokens pay to it, and that of its very last one, both summed over heads and layers. Text and
  /// question together fit into the scorer's `attention_span()`.
  std::vector<ScoreCache::Scores> ask(std::span<const TokenId> text, std::span<const std::vector<TokenId>> questions);

  /// Tokens that had to go through the model.
  std::size_t forwarded_tokens() const { return forwarded_; }

 private:
  std::unique_ptr<Scorer> scorer_for(std::span<const TokenId> text);

  const ScoringModel& model_;
  ScoreCache& scores_;
  ReadingCache& readings_;
  ReadingCache::Time begin_;
  std::unique_ptr<Scorer> spare_;  ///< empty; the cache had no room for what it had read
  std::size_t forwarded_ = 0;
};

}  // namespace lingua::compress
