// What worked examples have in common: it tells their problems from their solutions, whatever these are about.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "compress/prompt/tokenized_prompt.hpp"

namespace lingua::compress {

/// One of several worked examples.
struct Outline {
  /// Those at the beginning of lines ("A:") that each of the examples has, with the white space before them, in the
  /// order of the text. Each begins a sentence.
  std::vector<TokenRange> labels;
  /// The first token of its solution: of the second line that begins with such a label or that each of the examples
  /// has ("Let's think step by step"). 0 if there is none.
  std::uint32_t solution = 0;
};

/// Of the `part`-th part.
Outline outline_of(const TokenizedPrompt& prompt, std::size_t part);

}  // namespace lingua::compress
