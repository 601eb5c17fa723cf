// Reads back what `lingua compress --json` wrote, as far as the way back to the original needs it.
#pragma once

#include <string>
#include <string_view>

#include <lingua/source_map.hpp>

namespace lingua::cli {

/// What was compressed: the parts in the result `text`, joined, logs unfolded. Throws Error as below.
std::string original_of_result(std::string_view text);

/// The source map in the result `text` (docs/json.md); other keys are of no interest.
/// Throws Error: input_malformed (malformed, no result, another version, damaged).
SourceMap parse_result_json(std::string_view text);

}  // namespace lingua::cli
