// Late interaction (ColBERT, arXiv 2004.12832): every token of the question looks for its like in a text, not by its
// letters but by what the scorer's first layers make of it.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <lingua/scorer.hpp>

#include "compress/scores/progress.hpp"
#include "compress/scores/score_cache.hpp"

namespace lingua::compress {

/// Whether `scorer` can be asked at all.
bool can_represent(const Scorer& scorer);

/// How well texts match a question, to be compared with each other:
///
///     relevance(text) = max over pieces of sum over question tokens q of idf(q) max over tokens t of cos(q, t)
///
/// Representations are standardised first, each number by its mean and standard deviation over the beginning of the
/// texts: some numbers are large whatever a token means. idf(q) = ln(1 + (n - m + 1/2) / (m + 1/2)) for a token that
/// is in m of the n texts. Texts longer than a piece are judged by their best one.
class LateInteraction {
 public:
  /// `scorer` represents tokens (`can_represent`) and outlives the object, as all arguments do. `cache` remembers
  /// representations.
  LateInteraction(Scorer& scorer, ScoreCache& cache, ProgressReporter& progress)
      : scorer_(scorer), cache_(cache), progress_(progress), size_(scorer.representation_size()) {}

  /// For each of `texts`.
  std::vector<double> relevance(std::span<const TokenId> question, std::span<const std::vector<TokenId>> texts) const;

 private:
  struct Piece {
    std::size_t text;
    std::span<const TokenId> ids;
  };
  class Standard;
  class Question;

  static std::vector<Piece> pieces_of(std::span<const std::vector<TokenId>> texts);
  /// The first of `pieces`, as many as are represented together.
  static std::span<const Piece> first_pass_of(std::span<const Piece> pieces);
  static std::size_t tokens_in(std::span<const Piece> pieces);

  Question question_for(std::span<const TokenId> question, std::span<const std::vector<TokenId>> texts,
                        Standard standard) const;
  std::vector<ScoreCache::Scores> representations_of(std::span<const Piece> pieces) const;

  Scorer& scorer_;
  ScoreCache& cache_;
  ProgressReporter& progress_;
  std::size_t size_;  ///< numbers of a token
};

}  // namespace lingua::compress
