// From kept tokens back to text: only byte ranges of the input, in order, and nothing else.
#pragma once

#include <cstddef>
#include <span>

#include <lingua/result.hpp>

#include "compress/coarse.hpp"
#include "compress/selection.hpp"
#include "compress/tokenized_prompt.hpp"

namespace lingua::compress {

/// Fills text, source map, parts and token counts of `result`. `order`: all parts, as they go out.
void assemble(const TokenizedPrompt& prompt, std::span<const std::size_t> order, const Selection& selection,
              const Surprisals& surprisals, Result& result);

}  // namespace lingua::compress
