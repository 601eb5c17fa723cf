// Who speaks in a transcript: of what somebody says little is understood without the name before it, and it may seem
// to be another's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "compress/relevance/ranking.hpp"

namespace lingua::compress {

/// Knows the speaker of each sentence of a transcript. Contexts of prose are one if lines of them begin with labels
/// ("Anna:"): several of which at least one comes again, on half of the lines, or two times each in the mean.
class Speakers {
 public:
  explicit Speakers(const TokenizedPrompt& prompt);

  /// The label of the turn in which `place` begins, with the white space before it; an empty range if there is none,
  /// or if `place` begins inside it.
  Place label_of(const Place& place) const;

 private:
  using Key = std::pair<std::size_t, std::uint32_t>;  // part, first token
  std::map<Key, Place> labels_;                       ///< by turn
};

}  // namespace lingua::compress
