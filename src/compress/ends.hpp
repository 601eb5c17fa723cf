// Both ends of a text that is too long. In a worked example that is the question, and where the solution leads to:
// the steps between them are missed least (docs/quality.md).
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "compress/tokenized_prompt.hpp"

namespace lingua::compress {

/// What is left of a part; the ranges are disjoint and may be empty.
struct Ends {
  TokenRange front;                 ///< whole sentences
  TokenRange back;                  ///< whole units, the separator included
  std::vector<TokenRange> between;  ///< the other sentences, the last one first; empty if only a unit's room is left
};

/// The last units of `sentence` that fill `room` tokens, units that are kept at any rate not counted; may be empty.
/// Nothing if the units before them hold protected ones, which would be lost.
std::optional<TokenRange> last_words(const Part& part, TokenRange sentence, std::size_t room);

/// Fills `room` tokens, units that are kept at any rate not counted: whole sentences from the front for at most two
/// thirds of it, whole sentences from the back, then the last words of the sentence before those, unless that loses
/// protected ones.
Ends cut_to_ends(const Part& part, std::size_t room);

}  // namespace lingua::compress
