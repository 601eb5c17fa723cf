// Iterative token-level compression (arXiv 2310.05736, Algorithm 2): the token stage of the method.
#pragma once

#include <memory>
#include <vector>

#include <lingua/options.hpp>
#include <lingua/scorer.hpp>

#include "compress/budget/budget.hpp"
#include "compress/prompt/selection.hpp"
#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/scores/coarse.hpp"
#include "compress/scores/progress.hpp"

namespace lingua::compress {

/// A second reader of the same text that knows the question.
struct Contrast {
  std::unique_ptr<Scorer> scorer;  ///< empty
  std::vector<TokenId> question;   ///< read before everything else
};

/// Thins what `plan` has chosen: segment by segment, the units with the highest surprisal after the *compressed* text
/// of all earlier segments stay (Eq. 5 to 7). What a segment leaves over of its budget goes to the next. Whole ranges
/// are context only; nothing after the last thinned range is forwarded.
/// With `contrast` (else null), units of contexts are judged by how much the question lowers their surprisal: the
/// surprisal after the compressed text minus that after the question and the compressed text (LongLLMLingua, arXiv
/// 2310.06839, Eq. 3). `scorer` must be empty. Overwrites the scores in `surprisals` by those that the decisions were
/// made on.
Selection compress_iteratively(const TokenizedPrompt& prompt, const Plan& plan, const Options& options,
                               Scorer& scorer, Contrast* contrast, Surprisals& surprisals,
                               ProgressReporter& progress);

/// The ablation without iteration: the same segments and budgets, decided on the scores of the coarse pass.
Selection compress_in_single_pass(const TokenizedPrompt& prompt, const Plan& plan, const Options& options,
                                  const Surprisals& surprisals);

}  // namespace lingua::compress
