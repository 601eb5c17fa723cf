// The coarse stage of the budget controller (arXiv 2310.05736, Algorithm 1): which contexts, and which sentences of
// the other contexts, stay in play.
#pragma once

#include <cstddef>
#include <vector>

#include "compress/coarse.hpp"
#include "compress/ranking.hpp"
#include "compress/tokenized_prompt.hpp"

namespace lingua::compress {

/// A range that stays in play.
struct CoarseRange {
  Place place;
  bool thinned;  ///< whether the token stage may drop units of it
};

struct CoarseChoice {
  std::vector<CoarseRange> ranges;  ///< in the order of the text, disjoint
  std::size_t length = 0;           ///< tokens of `ranges`: the paper's L~_D
  std::size_t allowance = 0;        ///< k * budget, at most the length of all contexts
  std::size_t least = 0;            ///< tokens of `ranges` that the token stage has to keep
};

/// Chooses by mean surprisal, highest first, the earlier one on a tie; sentences of a better context first. `budget`:
/// tokens that the contexts may keep in the end, at least what is kept of them at any rate; `granularity`: k.
CoarseChoice choose_contexts(const TokenizedPrompt& prompt, const Surprisals& surprisals, std::size_t budget,
                             double granularity);

}  // namespace lingua::compress
