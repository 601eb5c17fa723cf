// The question as a context is asked it: how well a text predicts the question says how much it has to do with it
// (LongLLMLingua, arXiv 2310.06839, section 4.1).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <lingua/options.hpp>
#include <lingua/scorer.hpp>

#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/scores/score_cache.hpp"

namespace lingua::compress {

/// x^{que,restrict}: the question without the white space around it, and the restrictive sentence.
struct Probe {
  std::string text;
  std::vector<TokenId> ids;         ///< of `text`
  std::vector<TokenId> blank_line;  ///< goes before it where a text does not end with white space
  std::vector<TokenId> question;    ///< the question alone, and a blank line: what contrast reads before all else

  /// The tokens of `text` followed by the probe, whose tokens are the last `ids.size()`.
  std::vector<TokenId> after(std::string_view text, std::span<const Token> tokens) const;

  /// The surprisals of the probe's tokens after others, as a key and values of the score cache: `all` is what `after`
  /// returned.
  ScoreCache::Scores find(ScoreCache& cache, std::span<const TokenId> all) const;
  void remember(ScoreCache& cache, std::span<const TokenId> all, std::span<const float> surprisals) const;
};

/// The probe of `prompt`; nothing where there is no question.
std::optional<Probe> make_probe(const TokenizedPrompt& prompt, const ScoringModel& model,
                                const QuestionSurprisal& options);

}  // namespace lingua::compress
