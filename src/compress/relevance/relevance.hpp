// How much speaks for keeping a context or a sentence: what the coarse stage ranks by. Where such values come from is
// known here and nowhere else; a new source is one more class.
#pragma once

#include <span>
#include <vector>

#include <lingua/options.hpp>
#include <lingua/scorer.hpp>

#include "compress/relevance/ranking.hpp"
#include "compress/scores/coarse.hpp"
#include "compress/scores/probe.hpp"
#include "compress/scores/progress.hpp"
#include "compress/scores/score_cache.hpp"

namespace lingua::compress {

/// A source of relevance. Values of one call can be compared with each other; the highest is kept first, and NaN
/// last.
class Relevance {
 public:
  Relevance() = default;
  Relevance(const Relevance&) = delete;
  Relevance& operator=(const Relevance&) = delete;
  virtual ~Relevance() = default;

  /// Of each of `contexts`, which are whole parts.
  virtual std::vector<double> of_contexts(std::span<const Place> contexts) = 0;

  /// Of each of `sentences`, which are all those of one or several contexts, in the order of the text. Asked for as
  /// late as possible: contexts that stay whole, or that the budget does not reach, are never asked about.
  virtual std::vector<double> of_sentences(std::span<const Place> sentences) = 0;
};

/// LLMLingua: the mean surprisal of the text itself (arXiv 2310.05736, Algorithm 1).
class SurprisalRelevance final : public Relevance {
 public:
  /// `surprisals`, those of the coarse pass, outlive the object.
  explicit SurprisalRelevance(const Surprisals& surprisals) : surprisals_(surprisals) {}

  std::vector<double> of_contexts(std::span<const Place> contexts) override;
  std::vector<double> of_sentences(std::span<const Place> sentences) override;

 private:
  const Surprisals& surprisals_;
};

/// The words that a text shares with the question (BM25). Asks no model.
class WordsRelevance final : public Relevance {
 public:
  /// The question is the last part of `prompt`, which outlives the object.
  explicit WordsRelevance(const TokenizedPrompt& prompt) : prompt_(prompt) {}

  std::vector<double> of_contexts(std::span<const Place> contexts) override { return of(contexts); }
  std::vector<double> of_sentences(std::span<const Place> sentences) override { return of(sentences); }

 private:
  std::vector<double> of(std::span<const Place> places) const;

  const TokenizedPrompt& prompt_;
};

/// LongLLMLingua: the mean surprisal of the question after the text, lowest first (arXiv 2310.06839, section 4.1).
/// Sentences are judged in windows with their neighbours, and by their own mean surprisal besides.
class QuestionRelevance final : public Relevance {
 public:
  /// All arguments outlive the object. `scores` are those of the coarse pass; `scorer` is empty, and is so again
  /// after each call.
  QuestionRelevance(const TokenizedPrompt& prompt, const CoarseScores& scores, const Probe& probe,
                    const QuestionSurprisal& options, Scorer& scorer, ScoreCache& cache, ProgressReporter& progress);

  std::vector<double> of_contexts(std::span<const Place> contexts) override;
  std::vector<double> of_sentences(std::span<const Place> sentences) override;

 private:
  std::vector<double> question_after(std::span<const Place> windows);

  const TokenizedPrompt& prompt_;
  const CoarseScores& scores_;
  const Probe& probe_;
  const QuestionSurprisal& options_;
  Scorer& scorer_;
  ScoreCache& cache_;
  ProgressReporter& progress_;
};

}  // namespace lingua::compress
