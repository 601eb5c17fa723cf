// Where the string values of a JSON text stand, so that some of them can be replaced and every other byte stays.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lingua::cli {

/// A string value; keys are none.
struct JsonString {
  std::vector<std::string> path;  ///< keys and indices from the top
  std::size_t begin, end;         ///< bytes of the literal, quotes included
  std::string value;
};

/// All string values of `json`, in the order of the text.
/// Throws Error: input_malformed like parse_json.
std::vector<JsonString> json_strings(std::string_view json);

/// Whether `path` is as `pattern` says: "/items/*/text"; "*" stands for any key or index, "**" for any number of
/// them.
/// "~1" and "~0" stand for "/" and "~" in a key, as in JSON pointers (RFC 6901).
bool matches_path(const std::vector<std::string>& path, std::string_view pattern);

}  // namespace lingua::cli
