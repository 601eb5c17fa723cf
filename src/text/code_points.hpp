// Walks bytes as code points. Every ill-formed sequence reads as U+FFFD, as in ICU's UText, so that offsets found
// here and there agree. Needs ICU, so it is for this folder only.
#pragma once

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cctype>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lingua::text {

constexpr UChar32 kNone = -1;  ///< what stands before the first and behind the last code point

/// Moves `offset` behind the code point that begins there, and returns it; kNone at the end.
inline UChar32 next_code_point(std::string_view text, std::size_t& offset) {
  if (offset >= text.size()) return kNone;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  if (bytes[offset] < 0x80) return bytes[offset++];
  auto i = static_cast<std::int32_t>(offset);
  const auto size = static_cast<std::int32_t>(text.size());
  UChar32 c;
  U8_NEXT_OR_FFFD(bytes, i, size, c);
  offset = static_cast<std::size_t>(i);
  return c;
}

/// Moves `offset` before the code point that ends there, and returns it; kNone at the beginning.
inline UChar32 previous_code_point(std::string_view text, std::size_t& offset) {
  if (offset == 0) return kNone;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  if (bytes[offset - 1] < 0x80) return bytes[--offset];
  auto i = static_cast<std::int32_t>(offset);
  UChar32 c;
  U8_PREV_OR_FFFD(bytes, 0, i, c);
  offset = static_cast<std::size_t>(i);
  return c;
}

inline UChar32 code_point_at(std::string_view text, std::size_t offset) { return next_code_point(text, offset); }
inline UChar32 code_point_before(std::string_view text, std::size_t offset) {
  return previous_code_point(text, offset);
}

inline void append(std::string& text, UChar32 c) {
  char bytes[U8_MAX_LENGTH];
  std::size_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  text.append(bytes, size);
}

inline bool is_white_space(UChar32 c) {
  return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : u_isUWhiteSpace(c) != 0;
}

/// Characters of scripts that put no spaces between words: Han, Kana, Thai, Lao, Khmer, Myanmar. No punctuation.
bool is_spaceless(UChar32 c);

/// Letters of all other scripts.
inline bool is_spaced_letter(UChar32 c) { return u_isalpha(c) != 0 && !is_spaceless(c); }

/// The typewriter's and the typographic one.
inline bool is_apostrophe(UChar32 c) { return c == '\'' || c == 0x2019; }

/// What names in programs are made of: ASCII letters, digits and underscores.
inline bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Moves behind the white space at `offset`.
std::size_t skip_white_space(std::string_view text, std::size_t offset);

/// Where the white space at the end of `text` begins.
std::size_t trimmed_size(std::string_view text);

/// Throws Error input_too_large when ICU cannot count the bytes of `text` (2 GiB).
void check_size(std::string_view text);

}  // namespace lingua::text
