// UTF-8 validity.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace lingua::text {

/// Offset of the first byte that is not part of valid UTF-8 (RFC 3629: no surrogates, no overlong forms).
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// Throws Error: input_malformed, naming the text and the byte, when `text` is not valid UTF-8.
void require_utf8(std::string_view name, std::string_view text);

/// Whether `offset` lies between code points of the valid UTF-8 `text` (0 and size() do).
constexpr bool is_code_point_boundary(std::string_view text, std::size_t offset) {
  return offset >= text.size() || (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80;
}

}  // namespace lingua::text
