// The choices of microsoft/LLMLingua 0.2.2: control_context_budget, iterative_compress_prompt, get_compressed_input
// and get_estimate_threshold_base_distribution of its prompt_compressor.py.
#include "compress/methods/reference.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <vector>

#include "compress/budget/proportion.hpp"
#include "compress/relevance/ranking.hpp"

namespace lingua::compress {
namespace {

/// How far the chosen contexts may exceed their budget before the filter stops: context_budget = "+100".
constexpr std::size_t kContextMargin = 100;

/// Line breaks that the original puts after each context, and counts as compressible. Ours belong to the contexts.
constexpr std::size_t kSeparatorTokens = 2;

/// In the order of the prompt.
std::vector<Place> filter_contexts(const TokenizedPrompt& prompt, const Surprisals& surprisals, std::size_t budget) {
  auto contexts = contexts_of(prompt);
  rank(contexts, surprisals_of(contexts, surprisals, UnitScore::mean));
  std::size_t taken = 0;
  for (std::size_t tokens = 0; taken < contexts.size() && tokens <= budget + kContextMargin; ++taken)
    tokens += contexts[taken].tokens.size();
  contexts.resize(taken);
  std::ranges::sort(contexts, {}, &Place::part);
  return contexts;
}

/// A token that is still there, and the surprisal of the one after it, by which the original judges it.
struct JudgedToken {
  std::size_t part;
  std::uint32_t token;
  float evidence = std::numeric_limits<float>::infinity();  ///< the very last token has no successor, and stays
};

/// The joined contexts while they are being compressed: short up to the current segment, the original from there on.
class ReferenceText {
 public:
  ReferenceText(const TokenizedPrompt& prompt, const Plan& plan, Scorer& scorer) : prompt_(prompt), scorer_(scorer) {
    std::size_t budget = 0, contexts = 0;
    for (const auto& range : plan.chosen) {
      if (prompt.parts[range.part].role != Role::context) continue;
      for (auto token = range.tokens.begin; token < range.tokens.end; ++token) text_.push_back({range.part, token});
      budget += range.budget;
      ++contexts;
    }
    rate_ = static_cast<double>(budget) / static_cast<double>(text_.size() + kSeparatorTokens * contexts + 1);
    single_context_ = contexts == 1;
  }

  const std::vector<JudgedToken>& tokens() const { return text_; }

  /// Thins segments of `size` tokens, the first one a token shorter, as long as `size` tokens are left.
  void compress(std::size_t size, Surprisals& surprisals, ProgressReporter& progress) {
    progress.begin("compress", text_.size());
    if (text_.size() >= size) {
      judge_all(surprisals);
      std::size_t previous = 0;
      auto begin = thin(0, size - 1, surprisals);
      progress.advance(size - 1);
      while (begin + size <= text_.size()) {
        judge(previous, begin + size);
        previous = begin;
        begin = thin(begin, begin + size, surprisals);
        progress.advance(size);
      }
    }
  }

 private:
  /// The first call of the original runs over the whole text. Of a single context the coarse pass has done it.
  void judge_all(const Surprisals& surprisals) {
    if (!single_context_) return judge(0, text_.size());
    for (std::size_t i = 0; i + 1 < text_.size(); ++i)
      text_[i].evidence = surprisals[text_[i + 1].part][text_[i + 1].token];
  }

  /// Scores [begin, end) of the text as it stands now. The last token's evidence remains from before.
  void judge(std::size_t begin, std::size_t end) {
    std::vector<TokenId> ids;
    for (auto i = begin; i < end; ++i) ids.push_back(prompt_.parts[text_[i].part].tokens[text_[i].token].id);
    std::vector<float> scores(ids.size());
    scorer_.truncate(begin);
    scorer_.score(ids, scores);
    for (std::size_t i = 1; i < scores.size(); ++i) text_[begin + i - 1].evidence = scores[i];
  }

  /// Drops what is not above the threshold in [begin, end), which is taken anew for each context. Returns where what
  /// is left of it ends.
  std::size_t thin(std::size_t begin, std::size_t end, Surprisals& surprisals) {
    while (begin < end) {
      const auto part = text_[begin].part;
      const auto first = text_.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto last = std::find_if(first, text_.begin() + static_cast<std::ptrdiff_t>(end),
                                     [&](const JudgedToken& token) { return token.part != part; });
      for (auto token = first; token != last; ++token) surprisals[part][token->token] = token->evidence;
      const auto limit = threshold();
      const auto kept =
          std::remove_if(first, last, [&](const JudgedToken& token) { return token.evidence <= limit; });
      end -= static_cast<std::size_t>(last - kept);
      begin = static_cast<std::size_t>(kept - text_.begin());
      text_.erase(kept, last);
    }
    return begin;
  }

  /// The quantile of all evidence in the text that the rate asks for.
  float threshold() const {
    std::vector<float> evidence;
    for (std::size_t i = 0; i + 1 < text_.size(); ++i) evidence.push_back(text_[i].evidence);
    if (evidence.empty()) return -std::numeric_limits<float>::infinity();
    const auto count = static_cast<std::size_t>(static_cast<double>(evidence.size()) * rate_);
    const auto quantile = evidence.begin() + static_cast<std::ptrdiff_t>(count > 0 ? count - 1 : 0);
    std::nth_element(evidence.begin(), quantile, evidence.end(), std::greater<>());
    return *quantile;
  }

  const TokenizedPrompt& prompt_;
  Scorer& scorer_;
  std::vector<JudgedToken> text_;
  double rate_;
  bool single_context_;
};

/// Keeps every unit that has a token of `kept`, and every protected one.
Selection complete_units(const TokenizedPrompt& prompt, const Plan& plan, const std::vector<JudgedToken>& kept) {
  Selection selection(prompt);
  for (const auto& token : kept) selection.keep(token.part, {token.token, token.token + 1});
  const auto keep_units = [&](std::size_t p, TokenRange range, Guard least) {
    for (const auto& unit : prompt.parts[p].units_in(range)) {
      bool stays = unit.guard >= least;
      for (auto token = unit.tokens.begin; token < unit.tokens.end; ++token) stays |= selection.kept(p, token);
      if (stays) selection.keep(p, unit.tokens);
    }
  };
  for (std::size_t p = 0; p < prompt.parts.size(); ++p) keep_units(p, prompt.parts[p].all(), Guard::always);
  for (const auto& range : plan.chosen) keep_units(range.part, range.tokens, Guard::in_kept_text);
  return selection;
}

}  // namespace

Plan plan_as_reference(const TokenizedPrompt& prompt, const Surprisals& surprisals, std::size_t budget,
                       const Options& options) {
  const auto shares = divide_budget(prompt, budget, options);
  const auto contexts = filter_contexts(prompt, surprisals, shares.contexts);
  std::size_t length = 0;
  for (const auto& context : contexts) length += context.tokens.size();

  Plan plan;
  ProportionalShares budgets(shares.contexts, length);
  auto context = contexts.begin();
  for (std::size_t p = 0; p < prompt.parts.size(); ++p) {
    plan.order.push_back(p);
    const auto all = prompt.parts[p].all();
    if (prompt.parts[p].role != Role::context) plan.chosen.push_back({p, all, all.size(), false});
    if (context != contexts.end() && context->part == p)
      plan.chosen.push_back({p, all, budgets.next(all.size())}), ++context;
  }
  return plan;
}

Selection compress_as_reference(const TokenizedPrompt& prompt, const Plan& plan, const Options& options,
                                Scorer& scorer, Surprisals& surprisals, ProgressReporter& progress) {
  ReferenceText text(prompt, plan, scorer);
  text.compress(options.segment, surprisals, progress);
  auto selection = complete_units(prompt, plan, text.tokens());
  for (const auto& range : plan.chosen)
    if (prompt.parts[range.part].role != Role::context) selection.keep(range.part, range.tokens);
  return selection;
}

}  // namespace lingua::compress
