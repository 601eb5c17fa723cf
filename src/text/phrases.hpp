// Words of scripts without spaces, found by looking for them wherever they stand.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

namespace lingua::text {

/// The bytes of the longest of `phrases` that `text` begins with; 0 if it begins with none.
inline std::size_t longest_phrase(std::string_view text, std::span<const std::string_view> phrases) {
  std::size_t longest = 0;
  for (const std::string_view phrase : phrases)
    if (text.starts_with(phrase)) longest = std::max(longest, phrase.size());
  return longest;
}

}  // namespace lingua::text
