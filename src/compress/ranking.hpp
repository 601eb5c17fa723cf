// Orders ranges of the prompt by what the scorer finds surprising.
#pragma once

#include <cstddef>
#include <vector>

#include "compress/coarse.hpp"
#include "compress/tokenized_prompt.hpp"

namespace lingua::compress {

/// A context, sentence or unit, wherever it stands.
struct Place {
  std::size_t part;
  TokenRange tokens;
  friend bool operator==(const Place&, const Place&) = default;
};

/// All contexts, in order.
std::vector<Place> contexts_of(const TokenizedPrompt& prompt);

/// Sorts `places` by the score of their tokens, highest first; equal ones stay in order. Unscored tokens (NaN) rank
/// last.
void rank_by_surprisal(std::vector<Place>& places, const Surprisals& surprisals, UnitScore how);

}  // namespace lingua::compress
