// --input-format json: {"instruction": "...", "contexts": ["...", ...], "question": "..."}, each optional.
#pragma once

#include <string_view>
#include <vector>

#include "input/pieces.hpp"

namespace lingua::cli {

/// Throws Error: input_malformed (malformed, wrong type, unknown key).
std::vector<Piece> parse_prompt_json(std::string_view text);

}  // namespace lingua::cli
