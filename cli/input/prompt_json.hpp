// --input-format json: {"instruction": "...", "contexts": ["...", ...], "question": "...", "keep": [...]}, each
// optional.
#pragma once

#include <string_view>
#include <vector>

#include "input/pieces.hpp"
#include "input/strict_json.hpp"

namespace lingua::cli {

/// Throws Error: input_malformed (malformed, wrong type, unknown key).
std::vector<Piece> parse_prompt_json(std::string_view text);

/// The same for what is parsed already.
std::vector<Piece> prompt_pieces(const Json& document);

}  // namespace lingua::cli
