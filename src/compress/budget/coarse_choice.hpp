// The coarse stage of the budget controller (arXiv 2310.05736, Algorithm 1): which contexts, and which sentences of
// the other contexts, stay in play.
#pragma once

#include <cstddef>
#include <vector>

#include <lingua/options.hpp>

#include "compress/budget/coarse_takings.hpp"
#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/relevance/ranking.hpp"
#include "compress/relevance/relevance.hpp"

namespace lingua::compress {

struct CoarseChoice {
  std::vector<CoarseRange> ranges;  ///< in the order of the text, disjoint
  std::vector<Place> contexts;      ///< all of them, by relevance
  std::size_t length = 0;           ///< tokens of `ranges`: the paper's L~_D
  std::size_t allowance = 0;        ///< k * budget, at most the length of all contexts
  std::size_t least = 0;            ///< tokens of `ranges` that the token stage has to keep
  bool loses_protected = false;     ///< whether a sentence is cut to less than what is protected in it
};

/// Chooses by relevance, highest first, the earlier one on a tie. `budget`: tokens that the contexts may keep in the
/// end, at least what is kept of them at any rate. Of `options`, granularity (k) and coarsest level count.
CoarseChoice choose_contexts(const TokenizedPrompt& prompt, Relevance& relevance, std::size_t budget,
                             const Options& options);

}  // namespace lingua::compress
