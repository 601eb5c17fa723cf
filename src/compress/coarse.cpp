// The coarse pass: every context scored once, on its own.
#include "compress/coarse.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

namespace lingua::compress {
namespace {

/// Tokens scored between two progress reports: enough to keep the model's matrix products large.
constexpr std::size_t kChunk = 1024;

std::vector<TokenId> ids_of(std::span<const Token> tokens) {
  std::vector<TokenId> ids(tokens.size());
  std::ranges::transform(tokens, ids.begin(), &Token::id);
  return ids;
}

std::vector<float> score_alone(const Part& part, Scorer& scorer, ProgressReporter& progress) {
  const auto ids = ids_of(part.tokens);
  std::vector<float> surprisals(ids.size());
  for (std::size_t begin = 0; begin < ids.size(); begin += kChunk) {
    const auto count = std::min(kChunk, ids.size() - begin);
    scorer.score(std::span(ids).subspan(begin, count), std::span(surprisals).subspan(begin, count));
    progress.advance(count);
  }
  scorer.truncate(0);
  return surprisals;
}

}  // namespace

bool needs_coarse_scores(const Part& part, const Options& options) {
  switch (options.method) {
    case Method::llmlingua:
      return part.role == Role::context &&
             (options.decision == Decision::reference || !std::isinf(options.granularity));
    case Method::sentence:
      return part.role == Role::context;
    case Method::single_pass:
    case Method::selective_context:
      return true;
    case Method::head:
    case Method::tail:
    case Method::random:
      return false;
  }
  return false;
}

Surprisals coarse_pass(const TokenizedPrompt& prompt, const Options& options, Scorer& scorer, ScoreCache& cache,
                       ProgressReporter& progress) {
  std::size_t total = 0;
  for (const auto& part : prompt.parts)
    if (needs_coarse_scores(part, options)) total += part.tokens.size();
  progress.begin("score", total);

  Surprisals surprisals;
  for (const auto& part : prompt.parts) {
    if (!needs_coarse_scores(part, options)) {
      surprisals.emplace_back(part.tokens.size(), std::numeric_limits<float>::quiet_NaN());
    } else if (const auto cached = cache.find(part.text)) {
      surprisals.push_back(*cached);
      progress.advance(part.tokens.size());
    } else {
      surprisals.push_back(score_alone(part, scorer, progress));
      cache.insert(part.text, std::make_shared<const std::vector<float>>(surprisals.back()));
    }
  }
  return surprisals;
}

}  // namespace lingua::compress
