// The metadata of a GGUF: keys with typed values, arrays among them.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "model/gguf_cursor.hpp"
#include "model/gguf_format.hpp"

namespace lingua::model {

/// Reads `count` keys and their values.
/// Throws Error: model_invalid.
std::unordered_map<std::string_view, Value> read_metadata(Cursor& cursor, std::uint64_t count);

}  // namespace lingua::model
