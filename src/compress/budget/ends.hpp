// Both ends of a text that is too long. In a worked example that is the question, and where the solution leads to:
// the steps between them are missed least (docs/quality.md).
#pragma once

#include <cstddef>

#include "compress/budget/gap.hpp"
#include "compress/budget/outline.hpp"
#include "compress/prompt/tokenized_prompt.hpp"

namespace lingua::compress {

/// Fills `room` tokens, units that are kept at any rate not counted: whole sentences from the front for at most two
/// thirds of it, whole sentences from the back, then what fills the gap between them: a sentence, for which the
/// problem is cut, rather than a torn step of the solution.
///
/// The labels of `outline` stay with what follows them, unless that leaves more of the room unspent.
Ends cut_to_ends(const Part& part, const Outline& outline, std::size_t room);

}  // namespace lingua::compress
