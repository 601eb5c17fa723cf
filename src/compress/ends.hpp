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
  std::vector<TokenRange> stretch;  ///< of one sentence
  TokenRange back;                  ///< whole sentences and the separator
  std::vector<TokenRange> between;  ///< the other sentences, the last one first; empty if only a unit's room is left
};

/// What fits into `room` tokens of `sentence`, units that are kept at any rate not counted: all units that are
/// protected in kept text, and whole units from its end, in one piece. In the order of the text; empty where not even
/// one unit fits. Nothing if there is no room for all that is protected.
std::optional<std::vector<TokenRange>> last_stretch(const Part& part, TokenRange sentence, std::size_t room);

/// The same from the beginning of `sentence`.
std::optional<std::vector<TokenRange>> first_stretch(const Part& part, TokenRange sentence, std::size_t room);

/// Fills `room` tokens, units that are kept at any rate not counted: whole sentences from the front for at most two
/// thirds of it, whole sentences from the back, then of the sentence before those the last stretch.
Ends cut_to_ends(const Part& part, std::size_t room);

}  // namespace lingua::compress
