// What is between the ends of a text that is cut down to them: whole sentences seldom fill its room, so that one has
// to be torn.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "compress/prompt/tokenized_prompt.hpp"

namespace lingua::compress {

/// What is left of a part; the ranges are disjoint and may be empty.
struct Ends {
  TokenRange front;                 ///< whole sentences
  std::vector<TokenRange> between;  ///< a stretch of a sentence, or one of another and whole ones
  TokenRange back;                  ///< whole sentences and the separator
  std::vector<TokenRange> labels;   ///< of what is in `between` and `back`, where they are in none of these
  bool loses_protected = false;     ///< whether `between` is without some of what is protected in its sentence
};

/// While both ends hold whole sentences.
struct Gap {
  std::span<const TokenRange> sentences;  ///< at least one; the first and the last of them are too long for `room`
  std::size_t room;                     ///< tokens that are to be filled, units that are kept at any rate not counted
  std::span<const TokenRange> problem;  ///< sentences of the front that may be cut, and rather than any other
  std::span<const TokenRange> before;   ///< others of the front that may be cut, which may be among them
  std::span<const TokenRange> after;    ///< sentences of the back that may be cut
};

/// Fills the gap between `ends`, which hold nothing there yet, in the first of these ways that works:
/// - a sentence of the gap stays whole, and one of the problem is cut for it, to a stretch of at least half of it;
/// - a stretch of a sentence of the gap stays, the last one's of which it fills the room;
/// - a sentence of the gap stays whole, and one of either end is cut;
/// - a piece of the last sentence of the gap stays, whatever is protected in it.
/// Stretches have all that is protected in their sentences, and are mostly one piece rather than not.
void fill(const Part& part, const Gap& gap, Ends& ends);

}  // namespace lingua::compress
