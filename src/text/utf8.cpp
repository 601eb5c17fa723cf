// Validity of UTF-8, eight ASCII bytes at a time where possible.
#include "text/utf8.hpp"

#include <cstdint>
#include <cstring>

#include <fmt/format.h>

#include <lingua/error.hpp>

namespace lingua::text {
namespace {

bool is_ascii8(const char* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return (word & 0x8080808080808080u) == 0;
}

/// Bytes of the well-formed sequence that begins at `offset`; 0 when there is none (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) {
    return offset + i < text.size() ? static_cast<unsigned char>(text[offset + i]) : 0u;
  };
  const auto trails = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const unsigned lead = byte(0), second = byte(1);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4 || !trails(1)) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) {
    const bool overlong = lead == 0xE0 && second < 0xA0;
    const bool surrogate = lead == 0xED && second >= 0xA0;
    return !overlong && !surrogate && trails(2) ? 3 : 0;
  }
  const bool overlong = lead == 0xF0 && second < 0x90;
  const bool too_large = lead == 0xF4 && second >= 0x90;
  return !overlong && !too_large && trails(2) && trails(3) ? 4 : 0;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (i + 8 <= text.size() && is_ascii8(text.data() + i)) {
      i += 8;
      continue;
    }
    const std::size_t length = sequence_length(text, i);
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

void require_utf8(std::string_view name, std::string_view text) {
  if (const auto bad = find_invalid_utf8(text))
    throw Error(ErrorCode::input_malformed, fmt::format("{}: byte {} (0x{:02x}) is not UTF-8; convert the text first",
                                                        name, *bad, static_cast<unsigned char>(text[*bad])));
}

}  // namespace lingua::text
