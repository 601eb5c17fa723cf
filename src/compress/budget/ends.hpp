// Both ends of a text that is too long. In a worked example that is the question, and where the solution leads to:
// the steps between them are missed least (docs/quality.md).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "compress/prompt/tokenized_prompt.hpp"

namespace lingua::compress {

/// What is left of a part; the ranges are disjoint and may be empty.
struct Ends {
  TokenRange front;                 ///< whole sentences
  std::vector<TokenRange> between;  ///< a stretch of a sentence, or one of another and a whole one
  TokenRange back;                  ///< whole sentences and the separator
  std::vector<TokenRange> labels;   ///< of what is in `between` and `back`, where they are in none of these
  bool loses_protected = false;     ///< whether `between` is without some of what is protected in its sentence
};

/// Fills `room` tokens, units that are kept at any rate not counted: whole sentences from the front for at most two
/// thirds of it, whole sentences from the back, then the last stretch of a sentence between them that fills the room
/// and has all that is protected in its sentence, rather one that is mostly one piece. Where there is none, one of
/// those sentences stays whole and one of the ends, but neither the first nor the last of all, is cut to such a
/// stretch instead; where that does not work either, a piece of the last sentence between them stays, whatever it
/// loses.
///
/// `labels`, such as the "A:" of an answer, each of which begins a sentence, stay with what follows them, unless that
/// leaves more of the room unspent.
Ends cut_to_ends(const Part& part, std::span<const TokenRange> labels, std::size_t room);

}  // namespace lingua::compress
