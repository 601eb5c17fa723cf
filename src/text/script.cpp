// Counts letters by script.
#include "text/script.hpp"

#include <unicode/uscript.h>

#include <algorithm>
#include <array>

#include "text/code_points.hpp"

namespace lingua::text {
namespace {

Script script_of_letter(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_LATIN:
      return Script::latin;
    case USCRIPT_HAN:
      return Script::han;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return Script::kana;
    case USCRIPT_HANGUL:
      return Script::hangul;
    case USCRIPT_CYRILLIC:
      return Script::cyrillic;
    case USCRIPT_ARABIC:
      return Script::arabic;
    default:
      return Script::other;
  }
}

}  // namespace

Script script_of(std::string_view text) {
  std::array<std::size_t, static_cast<std::size_t>(Script::other) + 1> letters{};
  for (std::size_t offset = 0; offset < text.size();) {
    const auto c = next_code_point(text, offset);
    if (u_isalpha(c) != 0) ++letters[static_cast<std::size_t>(script_of_letter(c))];
  }
  if (letters[static_cast<std::size_t>(Script::kana)] > 0) return Script::kana;
  return static_cast<Script>(std::ranges::max_element(letters) - letters.begin());
}

Letters letters_of(std::string_view word) {
  Letters letters;
  for (std::size_t at = skip_white_space(word, 0); at < word.size();) {
    const auto c = next_code_point(word, at);
    if (u_isalpha(c) == 0 && (U_GET_GC_MASK(c) & U_GC_M_MASK) == 0) return {};
    const auto script = script_of_letter(c);
    const bool syllabic = script == Script::han || script == Script::kana || script == Script::hangul;
    ++(syllabic ? letters.syllabic : letters.alphabetic);
  }
  return letters;
}

}  // namespace lingua::text
