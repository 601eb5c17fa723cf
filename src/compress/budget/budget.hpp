// The budget controller (arXiv 2310.05736, Algorithm 1 and Eq. 2 and 3): from a number of tokens for the whole prompt
// to the ranges of each part that stay in play, and the number of tokens that each of them may keep.
#pragma once

#include <cstddef>
#include <vector>

#include <lingua/options.hpp>

#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/relevance/relevance.hpp"

namespace lingua::compress {

/// What each role may keep, in tokens. Adds up to the budget.
struct Shares {
  std::size_t instruction, contexts, question;
};

/// Eq. 2: instruction and question get their rates, the contexts get the rest, up to their length; what they cannot
/// use goes back to instruction and question.
/// Throws Error: target_unreachable when the rest is less than what is kept of the contexts at any rate.
Shares divide_budget(const TokenizedPrompt& prompt, std::size_t budget, const Options& options);

/// A range that stays in play.
struct Chosen {
  std::size_t part;
  TokenRange tokens;    ///< whole units
  std::size_t budget;   ///< tokens it may keep, at most all
  bool thinned = true;  ///< whether units may be dropped; thinned ranges share their budgets
};

/// A plain value: what the token stage has to do.
struct Plan {
  std::vector<std::size_t> order = {};  ///< all parts, in the order in which they go out
  std::vector<Chosen> chosen;           ///< in that order, disjoint; their budgets add up to the target
  bool affords_protection = true;       ///< whether the budget of what is thinned pays for all protected units of it
  bool loses_protected = false;         ///< whether a sentence was cut to less than what is protected in it
};

/// Divides the budget, chooses contexts and sentences by relevance, and gives what is left over to instruction and
/// question (Eq. 3). One descent through the levels: whole contexts while they fit, then whole sentences of the
/// next best one while they fit. With k = 1 one sentence more is thinned to fill the budget exactly, or cut where
/// position is what ranks; with a larger k everything chosen is thinned, at the same rate or at rates that fall with
/// rank (rate_spread).
/// Throws Error: target_unreachable.
Plan make_plan(const TokenizedPrompt& prompt, Relevance& relevance, std::size_t budget, const Options& options);

}  // namespace lingua::compress
