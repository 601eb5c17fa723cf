// Presets, and the checks on options.
#include "compress/prompt/options.hpp"

#include <fmt/format.h>

#include <cmath>
#include <lingua/error.hpp>

namespace lingua {

Options options_for(Preset preset) {
  Options options;
  if (preset == Preset::standard) return options;
  options.unit = Unit::token;
  options.granularity = 2;
  options.rank_by = RankBy::surprisal;
  options.protect = {.numbers = Guard::none, .negations = Guard::none, .identifiers = Guard::none};
  if (preset == Preset::paper || preset == Preset::longllmlingua) {
    options.instruction_rate = 0.85;
    options.question_rate = 0.9;
  }
  if (preset == Preset::paper) return options;
  options.segment = 200;
  if (preset == Preset::longllmlingua) {
    options.rank_by = RankBy::question;
    options.question_surprisal.surprisal_weight = 0;
    options.question_surprisal.sentences = 1;
    options.rate_spread = 0.3;
    options.contrast = options.reorder = true;
    return options;
  }
  options.decision = Decision::reference;
  options.dynamic_rates = false;
  return options;
}

namespace compress {
namespace {

[[noreturn]] void reject(const std::string& message) { throw Error(ErrorCode::invalid_option, message); }

void require_fraction(const char* name, double value) {
  if (!(value >= 0 && value <= 1)) reject(fmt::format("{} must be from 0 to 1, got {}", name, value));
}

/// The methods that have a plan choose by rank; the baselines are what they are.
void validate_ranking(const Options& options) {
  require_fraction("rate_spread", options.rate_spread);
  const auto& [restriction, sentences, weight] = options.question_surprisal;
  if (sentences % 2 == 0) reject(fmt::format("question_surprisal.sentences must be odd, got {}", sentences));
  if (!(weight >= 0) || std::isinf(weight))
    reject(fmt::format("question_surprisal.surprisal_weight must be a number from 0, got {}", weight));

  const bool plans = options.method == Method::llmlingua || options.method == Method::single_pass;
  require_fraction("recency", options.recency.value_or(0));
  const bool chooses = options.rank_by != RankBy::automatic && options.rank_by != RankBy::surprisal;
  const bool ranks = chooses || options.recency || options.rate_spread > 0 || options.reorder;
  if (ranks && (!plans || options.decision != Decision::exact_budget))
    reject(
        "rank_by, recency, rate_spread and reorder go with the methods llmlingua and single_pass and exact budgets "
        "only");
  if (options.contrast && (options.method != Method::llmlingua || options.decision != Decision::exact_budget))
    reject("contrast goes with method llmlingua and exact budgets only");
}

}  // namespace

void validate(const Options& options) {
  require_fraction("instruction_rate", options.instruction_rate);
  require_fraction("question_rate", options.question_rate);
  validate_ranking(options);
  if (!(options.granularity >= 1)) reject(fmt::format("granularity must be at least 1, got {}", options.granularity));
  if (options.segment < 1) reject("segment must be at least 1 token, got 0");
  if (options.unit == Unit::sentence && options.method != Method::selective_context &&
      options.method != Method::random)
    reject("unit sentence goes with the methods selective_context and random only");
  if (options.decision == Decision::reference && (options.method != Method::llmlingua || options.unit != Unit::token))
    reject("the reference decision goes with method llmlingua and unit token only");
  if (options.decision == Decision::reference && (options.instruction_rate != 1 || options.question_rate != 1))
    reject("the reference decision never compresses instruction and question: their rates must be 1");
}

bool is_question_aware(const Options& options) {
  return options.rank_by == RankBy::question || options.contrast || options.rate_spread > 0 || options.reorder;
}

bool can_rank(const Options& options) {
  const bool plans = options.method == Method::llmlingua || options.method == Method::single_pass;
  return plans && options.decision == Decision::exact_budget && !std::isinf(options.granularity);
}

bool ranks_by_scores(const Options& options) {
  switch (options.rank_by) {
    case RankBy::automatic:
    case RankBy::surprisal:
    case RankBy::question:
      return true;
    case RankBy::attention:
    case RankBy::words:
    case RankBy::brevity:
    case RankBy::recency:
    case RankBy::lead:
      return false;
  }
  return true;
}

Options without_question(Options options) {
  options.rank_by = RankBy::surprisal;
  options.rate_spread = 0;
  options.contrast = options.reorder = false;
  return options;
}

}  // namespace compress
}  // namespace lingua
