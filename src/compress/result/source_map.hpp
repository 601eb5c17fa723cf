// From kept tokens back to text: only byte ranges of the input, in order, and nothing else.
#pragma once

#include <cstddef>
#include <span>

#include <lingua/result.hpp>

#include "compress/prompt/selection.hpp"
#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/scores/coarse.hpp"

namespace lingua::compress {

/// Fills text, source map, parts and token counts of `result`. `order`: all parts, as they go out.
void assemble(const TokenizedPrompt& prompt, std::span<const std::size_t> order, const Selection& selection,
              const Surprisals& surprisals, Result& result);

}  // namespace lingua::compress
