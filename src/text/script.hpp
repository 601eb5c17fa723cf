// Which writing system a text is in: what stands in for its language where a sentence has to be put next to it, or
// where its letters are weighed.
#pragma once

#include <cstddef>
#include <string_view>

namespace lingua::text {

enum class Script { latin, han, kana, hangul, cyrillic, arabic, other };

/// The script of most letters of `text`; kana where there are any, since Japanese mixes them with Han; latin for a
/// text without letters.
Script script_of(std::string_view text);

struct Letters {
  std::size_t alphabetic = 0;  ///< letters and marks that stand for a sound
  std::size_t syllabic = 0;    ///< Han, Kana, Hangul: characters that stand for a syllable or more
};

/// The letters of `word`, white space before it aside; none where it holds anything else: digits, signs, punctuation.
Letters letters_of(std::string_view word);

}  // namespace lingua::text
