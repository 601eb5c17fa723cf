// Orders ranges of the prompt by scores.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/scores/coarse.hpp"

namespace lingua::compress {

/// A context, sentence or unit, wherever it stands.
struct Place {
  std::size_t part;
  TokenRange tokens;
  friend bool operator==(const Place&, const Place&) = default;
};

/// All contexts, in order.
std::vector<Place> contexts_of(const TokenizedPrompt& prompt);

/// The score of each of `places`, from those of its tokens; NaN where they were not scored.
std::vector<double> surprisals_of(std::span<const Place> places, const Surprisals& surprisals, UnitScore how);

/// Standard scores: mean 0, variance 1; all 0 where all values are equal.
std::vector<double> standardised(std::vector<double> values);

/// Sorts `places` by `scores`, one for each, highest first; equal ones stay in order, and NaN ranks last.
void rank(std::vector<Place>& places, std::span<const double> scores);

}  // namespace lingua::compress
