// Says of every unit why it was kept or dropped, from what the stages decided.
#pragma once

#include <lingua/result.hpp>

#include "compress/budget/budget.hpp"
#include "compress/prompt/selection.hpp"
#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/scores/coarse.hpp"

namespace lingua::compress {

/// Fills the units of the parts of `result`. `plan`: of the methods that have one, with `surprisals` as its decisions
/// were made on; nullptr for the others.
void explain(const TokenizedPrompt& prompt, const Plan* plan, const Selection& selection,
             const Surprisals& surprisals, const Options& options, Result& result);

}  // namespace lingua::compress
