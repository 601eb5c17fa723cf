// Scores texts in calls that are large enough to be fast: long ones alone and in pieces, short ones together.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include <lingua/scorer.hpp>

#include "compress/scores/progress.hpp"

namespace lingua::compress {

class TextScorer {
 public:
  /// Gets the surprisal of every token of its text, in nats.
  using Receiver = std::function<void(std::span<const float> surprisals)>;

  /// `scorer` is empty, and is so again after `finish`. Progress advances by the tokens that were scored.
  TextScorer(Scorer& scorer, ProgressReporter& progress) : scorer_(scorer), progress_(progress) {}

  /// Scores `ids` as a text of its own, now or later, at the latest in `finish`.
  void add(std::vector<TokenId> ids, Receiver receiver);

  void finish();

 private:
  struct Waiting {
    std::vector<TokenId> ids;
    std::vector<float> surprisals;
    Receiver receiver;
  };

  void score_alone(std::span<const TokenId> ids, const Receiver& receiver);

  Scorer& scorer_;
  ProgressReporter& progress_;
  std::vector<Waiting> waiting_;
  std::size_t tokens_ = 0;  ///< of those that wait
};

}  // namespace lingua::compress
