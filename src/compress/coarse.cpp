// The coarse pass: every context scored once, on its own.
#include "compress/coarse.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string_view>
#include <utility>

namespace lingua::compress {
namespace {

/// Tokens scored at once, between two progress reports: enough to keep the model's matrix products large.
constexpr std::size_t kChunk = 1024;

std::vector<TokenId> ids_of(std::span<const Token> tokens) {
  std::vector<TokenId> ids(tokens.size());
  std::ranges::transform(tokens, ids.begin(), &Token::id);
  return ids;
}

/// Scores parts and remembers their scores: long ones alone and in pieces, short ones together.
class PartScorer {
 public:
  PartScorer(Scorer& scorer, ScoreCache& cache, ProgressReporter& progress)
      : scorer_(scorer), cache_(cache), progress_(progress) {}

  /// Fills `surprisals` now or later, at the latest in `finish`.
  void add(const Part& part, std::span<float> surprisals) {
    if (part.tokens.size() > kChunk) return score_alone(part, surprisals);
    if (tokens_ + part.tokens.size() > kChunk) finish();
    waiting_.push_back({part.text, ids_of(part.tokens), surprisals});
    tokens_ += part.tokens.size();
  }

  void finish() {
    if (waiting_.empty()) return;
    std::vector<TextToScore> texts;
    for (const auto& part : waiting_) texts.push_back({part.ids, part.surprisals});
    scorer_.score_each(texts);
    for (const auto& part : waiting_) remember(part.text, part.surprisals);
    waiting_.clear();
    progress_.advance(std::exchange(tokens_, 0));
  }

 private:
  struct Waiting {
    std::string_view text;
    std::vector<TokenId> ids;
    std::span<float> surprisals;
  };

  void score_alone(const Part& part, std::span<float> surprisals) {
    const auto ids = ids_of(part.tokens);
    for (std::size_t begin = 0; begin < ids.size(); begin += kChunk) {
      const auto count = std::min(kChunk, ids.size() - begin);
      scorer_.score(std::span(ids).subspan(begin, count), surprisals.subspan(begin, count));
      progress_.advance(count);
    }
    scorer_.truncate(0);
    remember(part.text, surprisals);
  }

  void remember(std::string_view text, std::span<const float> surprisals) {
    cache_.insert(text, std::make_shared<const std::vector<float>>(surprisals.begin(), surprisals.end()));
  }

  Scorer& scorer_;
  ScoreCache& cache_;
  ProgressReporter& progress_;
  std::vector<Waiting> waiting_;
  std::size_t tokens_ = 0;  ///< of those that wait
};

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
  PartScorer parts(scorer, cache, progress);
  for (const auto& part : prompt.parts) {
    if (!needs_coarse_scores(part, options)) {
      surprisals.emplace_back(part.tokens.size(), std::numeric_limits<float>::quiet_NaN());
    } else if (const auto cached = cache.find(part.text)) {
      surprisals.push_back(*cached);
      progress.advance(part.tokens.size());
    } else {
      parts.add(part, surprisals.emplace_back(part.tokens.size()));
    }
  }
  parts.finish();
  return surprisals;
}

}  // namespace lingua::compress
