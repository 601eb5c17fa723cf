// Characters as people count them: grapheme clusters of UAX #29.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace lingua::text {

/// Where code points of one character meet, ascending: between a letter and its marks, a face and its skin colour, a
/// consonant and its vowel sign. Nothing is ever cut there.
std::vector<std::uint32_t> grapheme_joints(std::string_view text);

}  // namespace lingua::text
