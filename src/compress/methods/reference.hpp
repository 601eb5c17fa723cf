// The choices of microsoft/LLMLingua 0.2.2, on our scorer, units and source map, to compare with.
//
// It differs from the paper: a token is judged by the surprisal of its successor; it stays when that exceeds a
// quantile of all earlier surprisals, those of text not compressed yet among them, so the target is missed; what does
// not fill a segment stays as it is, and so do instruction and question. docs/method.md: *The reference preset*.
#pragma once

#include <cstddef>

#include <lingua/options.hpp>
#include <lingua/scorer.hpp>

#include "compress/budget/budget.hpp"
#include "compress/prompt/selection.hpp"
#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/scores/coarse.hpp"
#include "compress/scores/progress.hpp"

namespace lingua::compress {

/// Its context filter: whole contexts by mean surprisal, highest first, until they exceed their share of `budget` by
/// 100 tokens; the one that exceeds it is still taken. Instruction and question stay whole.
/// Throws Error: target_unreachable.
Plan plan_as_reference(const TokenizedPrompt& prompt, const Surprisals& surprisals, std::size_t budget,
                       const Options& options);

/// Its token stage, on the contexts that `plan` has chosen, joined. Protected units of theirs stay as well, and so
/// does a whole unit when the original would keep a part of it (half a code point). `scorer` must be empty.
/// Overwrites the scores in `surprisals` by those that the decisions were made on: of the successor of each token.
Selection compress_as_reference(const TokenizedPrompt& prompt, const Plan& plan, const Options& options,
                                Scorer& scorer, Surprisals& surprisals, ProgressReporter& progress);

}  // namespace lingua::compress
