// Where the values of a JSON text stand, so that some can be shortened and every other byte stays.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "input/pieces.hpp"

namespace lingua::cli {

/// Keys and indices from the top.
using JsonPath = std::vector<std::string>;

/// Calls visit(path, place) for every value of `json`, which is well-formed: for those inside another one before it,
/// otherwise in the order of the text. Keys are no values; the place of a string includes its quotes.
void visit_json(std::string_view json, const std::function<void(const JsonPath&, ByteSpan)>& visit);

/// Whether `path` is as `pattern` says: "/items/*/text"; "*" stands for any key or index, "**" for any number of
/// them.
/// "~1" and "~0" stand for "/" and "~" in a key, as in JSON pointers (RFC 6901).
bool matches_path(const JsonPath& path, std::string_view pattern);

}  // namespace lingua::cli
