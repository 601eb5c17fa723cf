// The budget controller (Algorithm 1, Eq. 2 and 3).
#include "compress/budget/budget.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <lingua/error.hpp>
#include <numeric>
#include <span>

#include "compress/budget/coarse_choice.hpp"
#include "compress/budget/proportion.hpp"
#include "compress/budget/rank_rates.hpp"

namespace lingua::compress {
namespace {

std::size_t pinned_tokens(const TokenizedPrompt& prompt, Role role) {
  std::size_t count = 0;
  for (const auto& part : prompt.parts)
    if (part.role == role) count += part.guarded_tokens(part.all(), Guard::always);
  return count;
}

/// What a role keeps at `rate`; never less than what is kept of it at any rate.
std::size_t share_at_rate(const TokenizedPrompt& prompt, Role role, double rate) {
  const auto share = std::llround(rate * static_cast<double>(prompt.tokens(role)));
  return std::max(static_cast<std::size_t>(share), pinned_tokens(prompt, role));
}

/// Moves tokens from the contexts to instruction and question, to each in proportion to its length and never beyond
/// it.
Shares move_from_contexts(Shares shares, std::size_t tokens, const TokenizedPrompt& prompt) {
  const auto instruction_length = prompt.tokens(Role::instruction);
  const auto question_length = prompt.tokens(Role::question);
  const auto instruction_room = instruction_length - shares.instruction;
  const auto question_room = question_length - shares.question;
  const auto moved = std::min(tokens, instruction_room + question_room);
  if (moved == 0) return shares;
  const auto proportional = moved * instruction_length / (instruction_length + question_length);
  const auto to_question = std::min(moved - std::min(proportional, instruction_room), question_room);
  return {shares.instruction + moved - to_question, shares.contexts - moved, shares.question + to_question};
}

/// Eq. 3, in tokens: what the coarse stage left of its allowance goes to instruction and question, as far as the
/// contexts can do without it.
Shares redistribute(const Shares& shares, const TokenizedPrompt& prompt, const CoarseChoice& choice) {
  const auto spare = choice.allowance - std::min(choice.allowance, choice.length);
  const auto dispensable = shares.contexts - std::min(shares.contexts, choice.least);
  return move_from_contexts(shares, std::min(spare, dispensable), prompt);
}

/// Deals out the budget of what is thinned: to all of it in proportion to length, or to contexts by rank, and within
/// each in proportion to length.
class ThinnedBudgets {
 public:
  ThinnedBudgets(const CoarseChoice& choice, std::size_t parts, std::size_t budget, double rate_spread)
      : share_of_part_(parts, 0) {
    std::vector<std::size_t> lengths(parts, 0);
    for (const auto& range : choice.ranges)
      if (range.thinned) lengths[range.place.part] += range.place.tokens.size();
    if (rate_spread == 0) {
      shares_.emplace_back(budget, std::accumulate(lengths.begin(), lengths.end(), std::size_t{0}));
      return;
    }
    std::vector<std::size_t> by_rank;
    for (const auto& context : choice.contexts) {
      if (lengths[context.part] == 0) continue;
      share_of_part_[context.part] = by_rank.size();
      by_rank.push_back(lengths[context.part]);
    }
    const auto budgets = budgets_by_rank(by_rank, budget, rate_spread);
    for (std::size_t i = 0; i < by_rank.size(); ++i) shares_.emplace_back(budgets[i], by_rank[i]);
  }

  std::size_t next(const Place& place) { return shares_[share_of_part_[place.part]].next(place.tokens.size()); }

 private:
  std::vector<std::size_t> share_of_part_;
  std::vector<ProportionalShares> shares_;
};

/// The chosen ranges with budgets that add up to `budget`: whole ones keep everything, the thinned ones share the
/// rest.
std::vector<Chosen> spread(const CoarseChoice& choice, std::size_t parts, std::size_t budget, double rate_spread) {
  std::size_t thinned_length = 0;
  for (const auto& range : choice.ranges)
    if (range.thinned) thinned_length += range.place.tokens.size();

  const auto thinned_budget = budget - (choice.length - thinned_length);
  const bool thins = thinned_budget < thinned_length;

  std::vector<Chosen> chosen;
  ThinnedBudgets budgets(choice, parts, thinned_budget, rate_spread);
  for (const auto& [place, thinned] : choice.ranges)
    chosen.push_back(
        {place.part, place.tokens, thinned ? budgets.next(place) : place.tokens.size(), thinned && thins});
  return chosen;
}

/// All parts; contexts best first if they are to be reordered.
std::vector<std::size_t> output_order(const TokenizedPrompt& prompt, std::span<const Place> ranked, bool reorder) {
  std::vector<std::size_t> order;
  for (std::size_t p = 0; p < prompt.parts.size(); ++p) {
    const bool takes_rank = reorder && prompt.parts[p].role == Role::context;
    order.push_back(takes_rank ? ranked.front().part : p);
    if (takes_rank) ranked = ranked.subspan(1);
  }
  return order;
}

bool affords_protection(const TokenizedPrompt& prompt, const std::vector<Chosen>& chosen) {
  std::size_t budget = 0, guarded = 0;
  for (const auto& range : chosen) {
    if (!range.thinned) continue;
    budget += range.budget;
    for (const auto guard : {Guard::in_kept_text, Guard::always})
      guarded += prompt.parts[range.part].guarded_tokens(range.tokens, guard);
  }
  return guarded <= budget;
}

}  // namespace

Shares divide_budget(const TokenizedPrompt& prompt, std::size_t budget, const Options& options) {
  const auto instruction = share_at_rate(prompt, Role::instruction, options.instruction_rate);
  const auto question = share_at_rate(prompt, Role::question, options.question_rate);
  const auto pinned = pinned_tokens(prompt, Role::context);
  const auto least = instruction + question + pinned;
  if (budget < least)
    throw Error(ErrorCode::target_unreachable,
                fmt::format("the target of {} tokens is too small: the instruction keeps {} tokens, the question {}, "
                            "and what is kept at "
                            "any rate has {} in the contexts; the smallest possible target is {} tokens (options "
                            "instruction_rate and question_rate let the first two shrink)",
                            budget, instruction, question, pinned, least));
  const Shares shares{instruction, budget - instruction - question, question};
  const auto contexts = prompt.tokens(Role::context);
  return move_from_contexts(shares, shares.contexts - std::min(shares.contexts, contexts), prompt);
}

Plan make_plan(const TokenizedPrompt& prompt, Relevance& relevance, std::size_t budget, const Options& options) {
  auto shares = divide_budget(prompt, budget, options);
  const auto choice = choose_contexts(prompt, relevance, shares.contexts, options);
  if (options.dynamic_rates) shares = redistribute(shares, prompt, choice);

  Plan plan;
  plan.order = output_order(prompt, choice.contexts, options.reorder);
  const auto contexts = spread(choice, prompt.parts.size(), shares.contexts, options.rate_spread);
  for (const auto p : plan.order) {
    const auto& part = prompt.parts[p];
    if (part.role == Role::context) {
      auto range = std::ranges::lower_bound(contexts, p, {}, &Chosen::part);
      for (; range != contexts.end() && range->part == p; ++range) plan.chosen.push_back(*range);
    } else {
      const auto share = part.role == Role::instruction ? shares.instruction : shares.question;
      plan.chosen.push_back({p, part.all(), share, share < part.tokens.size()});
    }
  }
  plan.affords_protection = affords_protection(prompt, plan.chosen);
  plan.loses_protected = choice.loses_protected;
  return plan;
}

}  // namespace lingua::compress
