// The baselines that share the pipeline: head, tail, random, sentence selection, Selective-Context (arXiv
// 2310.06201).
#pragma once

#include <lingua/options.hpp>

#include "compress/budget/budget.hpp"
#include "compress/prompt/selection.hpp"
#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/scores/coarse.hpp"

namespace lingua::compress {

/// Keeps units of each role up to its share, in the order that `options.method` gives them, the separator of a part
/// before the first of its units: what stays does not run into the next part. The first that does not fit is cut: its
/// leading units stay as far as they fit. So a bigger budget keeps a superset while instruction and question stay
/// verbatim. What a role leaves over goes to the next one, and in the end to the instruction. Units guarded always
/// stay at any rate; Guard::in_kept_text does not count here.
Selection compress_by_order(const TokenizedPrompt& prompt, const Shares& shares, const Surprisals& surprisals,
                            const Options& options);

}  // namespace lingua::compress
