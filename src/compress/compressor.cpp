// The pipeline: prompt -> tokens -> surprisals -> plan -> kept units -> text and source map.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <lingua/compressor.hpp>
#include <lingua/error.hpp>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "compress/budget/budget.hpp"
#include "compress/methods/baselines.hpp"
#include "compress/methods/itpc.hpp"
#include "compress/methods/reference.hpp"
#include "compress/prompt/conversation.hpp"
#include "compress/prompt/options.hpp"
#include "compress/prompt/target.hpp"
#include "compress/relevance/attention_relevance.hpp"
#include "compress/relevance/document_relevance.hpp"
#include "compress/relevance/position.hpp"
#include "compress/relevance/relevance.hpp"
#include "compress/relevance/worked_examples.hpp"
#include "compress/result/explain.hpp"
#include "compress/result/source_map.hpp"
#include "compress/scores/coarse.hpp"
#include "compress/scores/language_note.hpp"
#include "compress/scores/reading_cache.hpp"
#include "compress/scores/score_cache.hpp"
#include "text/summary_request.hpp"

namespace lingua {
namespace compress {

/// What is remembered from one prompt to the next.
struct Memory {
  ScoreCache scores;
  ReadingCache readings;
};

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
  Compression(const ScoringModel& model, Memory& memory, const Options& options)
      : options_(options), memory_(memory), scorer_(model.new_scorer()), model_(model), progress_(options_) {}

  Result run(const Prompt& prompt) && {
    tokenized_ = timed(result_.seconds.tokenize, [&] { return tokenize(prompt, model_, options_); });
    describe_input();
    result_.budget = budget_of(options_.target, result_.tokens_before);
    if (result_.budget == result_.tokens_before) return unchanged();

    timed(result_.seconds.score, [&] { score(prompt); });
    const auto selection = select();
    timed(result_.seconds.assemble, [&] { assemble(tokenized_, order_, selection, scores_.surprisals, result_); });
    result_.forwarded_tokens = forwarded_tokens();
    return std::move(result_);
  }

 private:
  std::size_t forwarded_tokens() const {
    return scorer_->forwarded_tokens() + (reader_ ? reader_->forwarded_tokens() : 0) +
           (contrast_ ? contrast_->scorer->forwarded_tokens() : 0);
  }

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
    order_.resize(tokenized_.parts.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
  }

  Result unchanged() {
    result_.notes.push_back(fmt::format(
        "the target is not below the length of the prompt ({}): nothing was compressed", result_.tokens_before));
    Selection everything(tokenized_);
    for (std::size_t p = 0; p < tokenized_.parts.size(); ++p) {
      everything.keep(p, tokenized_.parts[p].all());
      scores_.surprisals.emplace_back(tokenized_.parts[p].tokens.size(), std::numeric_limits<float>::quiet_NaN());
    }
    assemble(tokenized_, order_, everything, scores_.surprisals, result_);
    explain(tokenized_, nullptr, everything, scores_.surprisals, options_, result_);
    return std::move(result_);
  }

  /// The coarse pass, with the question where it is asked for and there is one.
  void score(const Prompt& prompt) {
    const bool may_choose = options_.rank_by == RankBy::automatic;
    choose_ranking(prompt);
    if (is_question_aware(options_)) {
      probe_ = make_probe(tokenized_, model_, options_.question_surprisal);
      if (!probe_) {
        options_ = without_question(options_);
        result_.notes.emplace_back("there is no question: what depends on it was left out");
      }
    }
    const auto* probe = options_.rank_by == RankBy::question ? &*probe_ : nullptr;
    scores_ = coarse_pass(tokenized_, options_, probe, *scorer_, memory_.scores, progress_);
    note_language(may_choose);
    relevance_ = make_relevance(prompt);
  }

  /// Says so if the scorer hardly knows the language. Shared words tell more than its attention then.
  void note_language(bool may_choose) {
    auto* const asked = ranks_by_scores(options_) ? nullptr : scorer_.get();
    auto note = language_note(tokenized_, scores_.surprisals, asked);
    if (!note) return;
    result_.notes.push_back(std::move(*note));
    if (may_choose && options_.rank_by == RankBy::attention) options_.rank_by = RankBy::words;
  }

  /// Settles what `automatic` means for this prompt and this scorer.
  void choose_ranking(const Prompt& prompt) {
    const bool has_question = tokenized_.tokens(Role::question) > 0;
    const bool asks = has_question && can_tell_attention(*scorer_);
    if (options_.rank_by == RankBy::automatic) {
      speaker_ = next_speaker(tokenized_);
      options_.rank_by = can_rank(options_) ? ranking_of(prompt, asks) : RankBy::surprisal;
    } else if ((options_.rank_by == RankBy::attention && !asks) ||
               (options_.rank_by == RankBy::words && !has_question)) {
      options_.rank_by = RankBy::surprisal;
      result_.notes.emplace_back(
          "ranked by surprisal: there is no question, or the scorer does not tell its attention");
    }
    if (options_.rank_by == RankBy::lead && !is_one_text(prompt)) options_.coarsest = Level::sentence;
  }

  /// `asks`: whether attention after a question can be had.
  RankBy ranking_of(const Prompt& prompt, bool asks) {
    const bool conversation = prompt.conversation || speaker_;
    if (conversation) options_.coarsest = Level::sentence;
    if (conversation && !options_.recency) return RankBy::recency;
    if (are_worked_examples(tokenized_)) return RankBy::brevity;
    if (text::asks_for_summary(prompt.question)) return RankBy::lead;
    return asks ? RankBy::attention : RankBy::surprisal;
  }

  bool is_one_text(const Prompt& prompt) const {
    return prompt.one_text || std::ranges::count(tokenized_.parts, Role::context, &Part::role) == 1;
  }

  /// Whether the question is about one of the contexts rather than another. Pieces of one text are about the same
  /// thing.
  bool compares_documents(const Prompt& prompt) const {
    return !is_one_text(prompt) && options_.coarsest == Level::context && can_represent(*scorer_);
  }

  std::unique_ptr<Relevance> make_relevance(const Prompt& prompt) {
    switch (options_.rank_by) {
      case RankBy::attention: {
        const auto probe = make_attention_probe(tokenized_.parts.back().text,
                                                fmt::format("\n\n{}", speaker_.value_or("Answer:")), model_);
        reader_.emplace(model_, memory_.scores, memory_.readings);
        auto relevance =
            std::make_unique<AttentionRelevance>(tokenized_, probe, scorer_->attention_span(), *reader_, progress_);
        if (!compares_documents(prompt)) return relevance;
        return std::make_unique<DocumentRelevance>(tokenized_, std::move(relevance), *scorer_, memory_.scores,
                                                   progress_);
      }
      case RankBy::question:
        return std::make_unique<QuestionRelevance>(tokenized_, scores_, *probe_, options_.question_surprisal,
                                                   *scorer_, memory_.scores, progress_);
      case RankBy::words:
        return std::make_unique<WordsRelevance>(tokenized_);
      case RankBy::brevity:
        return std::make_unique<BrevityRelevance>();
      case RankBy::recency:
        return std::make_unique<RecencyRelevance>();
      case RankBy::lead:
        return std::make_unique<LeadRelevance>(tokenized_, is_one_text(prompt));
      case RankBy::automatic:
      case RankBy::surprisal:
        break;
    }
    return std::make_unique<SurprisalRelevance>(scores_.surprisals);
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
    const auto plan = timed(result_.seconds.plan, [&] { return make_plan(); });
    if (!plan.affords_protection || plan.loses_protected)
      result_.notes.emplace_back("the budget is too small to keep every protected unit of the text that was thinned");
    for (auto& part : result_.parts) part.budget = 0;
    for (const auto& range : plan.chosen) result_.parts[range.part].budget += range.budget;
    order_ = plan.order;
    auto selection = timed(result_.seconds.compress, [&] { return thin(plan); });
    timed(result_.seconds.assemble,
          [&] { explain(tokenized_, &plan, selection, scores_.surprisals, options_, result_); });
    return selection;
  }

  Plan make_plan() {
    if (options_.decision == Decision::reference)
      return plan_as_reference(tokenized_, scores_.surprisals, result_.budget, options_);
    const auto recency = options_.recency.value_or(0);
    if (recency == 0) return compress::make_plan(tokenized_, *relevance_, result_.budget, options_);
    const auto contexts = divide_budget(tokenized_, result_.budget, options_).contexts;
    NewestFirst relevance(*relevance_, static_cast<std::size_t>(recency * static_cast<double>(contexts)));
    return compress::make_plan(tokenized_, relevance, result_.budget, options_);
  }

  Selection thin(const Plan& plan) {
    if (options_.method == Method::single_pass)
      return compress_in_single_pass(tokenized_, plan, options_, scores_.surprisals);
    if (options_.decision == Decision::reference)
      return compress_as_reference(tokenized_, plan, options_, *scorer_, scores_.surprisals, progress_);
    if (options_.contrast) contrast_ = Contrast{model_.new_scorer(), probe_->question};
    return compress_iteratively(tokenized_, plan, options_, *scorer_, contrast_ ? &*contrast_ : nullptr,
                                scores_.surprisals, progress_);
  }

  /// The baselines.
  Selection fill_shares() {
    const auto shares =
        timed(result_.seconds.plan, [&] { return divide_budget(tokenized_, result_.budget, options_); });
    auto selection = timed(result_.seconds.compress,
                           [&] { return compress_by_order(tokenized_, shares, scores_.surprisals, options_); });
    for (std::size_t p = 0; p < result_.parts.size(); ++p) result_.parts[p].budget = selection.tokens(p);
    timed(result_.seconds.assemble,
          [&] { explain(tokenized_, nullptr, selection, scores_.surprisals, options_, result_); });
    return selection;
  }

  Options options_;
  Memory& memory_;
  std::unique_ptr<Scorer> scorer_;
  const ScoringModel& model_;
  ProgressReporter progress_;
  TokenizedPrompt tokenized_;
  std::optional<Probe> probe_;
  CoarseScores scores_;
  std::optional<std::string> speaker_;  ///< of the answer, in a conversation
  std::optional<AttentionReader> reader_;
  std::unique_ptr<Relevance> relevance_;
  std::optional<Contrast> contrast_;
  std::vector<std::size_t> order_;  ///< of the parts, as they go out
  Result result_;
};

}  // namespace
}  // namespace compress

class Compressor::Impl {
 public:
  Impl(std::shared_ptr<const ScoringModel> model, MemoryLimits limits)
      : model_(std::move(model)),
        memory_{compress::ScoreCache(limits.scores), compress::ReadingCache(limits.readings)} {}

  Result compress(const Prompt& prompt, const Options& options) {
    compress::validate(options);
    return compress::Compression(*model_, memory_, options).run(prompt);
  }

 private:
  std::shared_ptr<const ScoringModel> model_;
  compress::Memory memory_;
};

Compressor::Compressor(std::shared_ptr<const ScoringModel> model, MemoryLimits limits)
    : impl_(std::make_unique<Impl>(std::move(model), limits)) {}
Compressor::~Compressor() = default;
Compressor::Compressor(Compressor&&) noexcept = default;
Compressor& Compressor::operator=(Compressor&&) noexcept = default;

Result Compressor::compress(const Prompt& prompt, const Options& options) const {
  return impl_->compress(prompt, options);
}

}  // namespace lingua
