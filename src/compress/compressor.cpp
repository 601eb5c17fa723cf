// The pipeline: prompt -> tokens -> surprisals -> plan -> kept units -> text and source map.
#include <fmt/format.h>

#include <chrono>
#include <limits>
#include <lingua/compressor.hpp>
#include <lingua/error.hpp>
#include <utility>

#include "compress/baselines.hpp"
#include "compress/budget.hpp"
#include "compress/coarse.hpp"
#include "compress/explain.hpp"
#include "compress/itpc.hpp"
#include "compress/options.hpp"
#include "compress/reference.hpp"
#include "compress/score_cache.hpp"
#include "compress/source_map.hpp"
#include "compress/target.hpp"

namespace lingua {
namespace compress {
namespace {

/// Runs `step` and adds its wall-clock time to `seconds`.
template <typename Step>
auto timed(double& seconds, Step step) {
  using Clock = std::chrono::steady_clock;
  struct Stopwatch {
    double& seconds;
    Clock::time_point begin = Clock::now();
    ~Stopwatch() { seconds += std::chrono::duration<double>(Clock::now() - begin).count(); }
  } stopwatch{seconds};
  return step();
}

/// One call of `Compressor::compress`: its fields are the stages' results, its methods the stages.
class Compression {
 public:
  Compression(const ScoringModel& model, ScoreCache& cache, const Options& options)
      : options_(options), cache_(cache), scorer_(model.new_scorer()), model_(model), progress_(options) {}

  Result run(const Prompt& prompt) && {
    tokenized_ = timed(result_.seconds.tokenize, [&] { return tokenize(prompt, model_, options_); });
    describe_input();
    result_.budget = budget_of(options_.target, result_.tokens_before);
    if (result_.budget == result_.tokens_before) return unchanged();

    surprisals_ =
        timed(result_.seconds.score, [&] { return coarse_pass(tokenized_, options_, *scorer_, cache_, progress_); });
    const auto selection = select();
    timed(result_.seconds.assemble, [&] { assemble(tokenized_, selection, surprisals_, result_); });
    result_.forwarded_tokens = scorer_->forwarded_tokens();
    return std::move(result_);
  }

 private:
  void describe_input() {
    result_.tokens_before = tokenized_.tokens();
    for (const auto& part : tokenized_.parts)
      result_.parts.push_back({.role = part.role,
                               .original = std::string(part.text),
                               .text = {},
                               .tokens_before = part.tokens.size(),
                               .tokens_after = 0,
                               .budget = part.tokens.size(),
                               .tokens = {},
                               .units = {}});
  }

  Result unchanged() {
    result_.notes.push_back(fmt::format(
        "the target is not below the length of the prompt ({}): nothing was compressed", result_.tokens_before));
    Selection everything(tokenized_);
    for (std::size_t p = 0; p < tokenized_.parts.size(); ++p) {
      everything.keep(p, tokenized_.parts[p].all());
      surprisals_.emplace_back(tokenized_.parts[p].tokens.size(), std::numeric_limits<float>::quiet_NaN());
    }
    assemble(tokenized_, everything, surprisals_, result_);
    explain(tokenized_, nullptr, everything, surprisals_, options_, result_);
    return std::move(result_);
  }

  Selection select() {
    switch (options_.method) {
      case Method::llmlingua:
      case Method::single_pass:
        return follow_plan();
      case Method::selective_context:
      case Method::sentence:
      case Method::head:
      case Method::tail:
      case Method::random:
        return fill_shares();
    }
    throw Error(ErrorCode::internal, "unknown method");
  }

  /// Budget controller, then token stage.
  Selection follow_plan() {
    const bool reference = options_.decision == Decision::reference;
    auto plan = timed(result_.seconds.plan, [&] {
      const auto controller = reference ? plan_as_reference : make_plan;
      return controller(tokenized_, surprisals_, result_.budget, options_);
    });
    if (!plan.affords_protection)
      result_.notes.emplace_back("the budget is too small to keep every protected unit of the text that was thinned");
    for (auto& part : result_.parts) part.budget = 0;
    for (const auto& range : plan.chosen) result_.parts[range.part].budget += range.budget;
    auto selection = timed(result_.seconds.compress, [&] {
      if (options_.method == Method::single_pass)
        return compress_in_single_pass(tokenized_, plan, options_, surprisals_);
      const auto token_stage = reference ? compress_as_reference : compress_iteratively;
      return token_stage(tokenized_, plan, options_, *scorer_, surprisals_, progress_);
    });
    timed(result_.seconds.assemble, [&] { explain(tokenized_, &plan, selection, surprisals_, options_, result_); });
    return selection;
  }

  /// The baselines.
  Selection fill_shares() {
    const auto shares =
        timed(result_.seconds.plan, [&] { return divide_budget(tokenized_, result_.budget, options_); });
    auto selection =
        timed(result_.seconds.compress, [&] { return compress_by_order(tokenized_, shares, surprisals_, options_); });
    for (std::size_t p = 0; p < result_.parts.size(); ++p) result_.parts[p].budget = selection.tokens(p);
    timed(result_.seconds.assemble, [&] { explain(tokenized_, nullptr, selection, surprisals_, options_, result_); });
    return selection;
  }

  const Options& options_;
  ScoreCache& cache_;
  std::unique_ptr<Scorer> scorer_;
  const ScoringModel& model_;
  ProgressReporter progress_;
  TokenizedPrompt tokenized_;
  Surprisals surprisals_;
  Result result_;
};

}  // namespace
}  // namespace compress

class Compressor::Impl {
 public:
  Impl(std::shared_ptr<const ScoringModel> model, std::size_t score_cache_bytes)
      : model_(std::move(model)), cache_(score_cache_bytes) {}

  Result compress(const Prompt& prompt, const Options& options) {
    compress::validate(options);
    return compress::Compression(*model_, cache_, options).run(prompt);
  }

 private:
  std::shared_ptr<const ScoringModel> model_;
  compress::ScoreCache cache_;
};

Compressor::Compressor(std::shared_ptr<const ScoringModel> model, std::size_t score_cache_bytes)
    : impl_(std::make_unique<Impl>(std::move(model), score_cache_bytes)) {}
Compressor::~Compressor() = default;
Compressor::Compressor(Compressor&&) noexcept = default;
Compressor& Compressor::operator=(Compressor&&) noexcept = default;

Result Compressor::compress(const Prompt& prompt, const Options& options) const {
  return impl_->compress(prompt, options);
}

}  // namespace lingua
