// Iterative token-level compression (arXiv 2310.05736, Algorithm 2): the token stage of the method.
#pragma once

#include <lingua/options.hpp>
#include <lingua/scorer.hpp>

#include "compress/budget.hpp"
#include "compress/coarse.hpp"
#include "compress/progress.hpp"
#include "compress/selection.hpp"
#include "compress/tokenized_prompt.hpp"

namespace lingua::compress {

/// Thins what `plan` has chosen: segment by segment, the units with the highest surprisal after the *compressed* text
/// of all earlier segments stay (Eq. 5 to 7). What a segment leaves over of its budget goes to the next. Whole ranges
/// are context only; nothing after the last thinned range is forwarded.
/// `scorer` must be empty. Overwrites the scores in `surprisals` by those that the decisions were made on.
Selection compress_iteratively(const TokenizedPrompt& prompt, const Plan& plan, const Options& options,
                               Scorer& scorer, Surprisals& surprisals, ProgressReporter& progress);

/// The ablation without iteration: the same segments and budgets, decided on the scores of the coarse pass.
Selection compress_in_single_pass(const TokenizedPrompt& prompt, const Plan& plan, const Options& options,
                                  const Surprisals& surprisals);

}  // namespace lingua::compress
