// What stays of a sentence that does not fit: words in one piece from one of its sides, and what is protected.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "compress/prompt/tokenized_prompt.hpp"

namespace lingua::compress {

/// Where a piece of a sentence begins to fill its room: with the first words or with the last ones.
enum class Side { front, back };

/// How a stretch may look: what is protected says little by itself.
enum class Shape { one_piece, mostly_one_piece, any };

/// What fits into `room` tokens of `sentence`, units that are kept at any rate not counted: all units that are
/// protected in kept text, and whole units from `side`, in one piece. In the order of the text; empty where not even
/// one unit fits. Nothing if there is no room for all that is protected, or it has not that shape: mostly one piece
/// is what is at `side` for at least half of it.
std::optional<std::vector<TokenRange>> stretch_of(const Part& part, TokenRange sentence, Side side, std::size_t room,
                                                  Shape shape);

/// The same without regard to what is protected in kept text: one piece, that of a sentence which cannot be kept with
/// all that is protected.
TokenRange piece_of(const Part& part, TokenRange sentence, Side side, std::size_t room);

}  // namespace lingua::compress
