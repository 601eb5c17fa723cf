// --input-format jsonl: a line is a prompt as in --input-format json, with a target and a name of its own.
#pragma once

#include <optional>
#include <vector>

#include <lingua/options.hpp>

#include "input/pieces.hpp"
#include "input/strict_json.hpp"

namespace lingua::cli {

struct BatchLine {
  std::optional<Target> target;  ///< unset: that of the command line
  std::vector<Piece> pieces;
};

/// Throws Error: input_malformed (malformed, wrong type, unknown key).
BatchLine parse_batch_line(Json document);

/// Its "id", any value; null without.
Json id_of(const Json& document);

}  // namespace lingua::cli
