// JSON as this program accepts it: order of keys kept, depth limited, errors with place and kind.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace lingua::cli {

using Json = nlohmann::ordered_json;

/// Throws Error: input_malformed, with line and column, or when nested deeper than 100 levels.
Json parse_json(std::string_view text);

/// The same without the value, in memory that does not grow with the text.
void check_json(std::string_view text);

/// The string `value`. Throws Error: input_malformed, saying that `path` is of another kind.
const std::string& string_at(const Json& value, const std::string& path);

[[noreturn]] void refuse_json(const std::string& message);

/// "an array", "a number", ...
std::string kind_of(const Json& value);

}  // namespace lingua::cli
