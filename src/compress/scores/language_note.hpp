// Notices that the scorer does not know the language of a prompt, whose surprisals then say little. docs/models.md
// has the measurements behind it.
#pragma once

#include <optional>
#include <string>

#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/scores/coarse.hpp"

namespace lingua::compress {

/// A remark for people, where the words of the contexts cost the scorer one and a half times the bits that they cost
/// one who knows their language, or more: 1.25 for a letter, 3.6 for a character of Chinese, Japanese or Korean.
/// Nothing for texts that are short, or mostly no words (numbers, codes, programs).
/// Where too few words have `surprisals`, `scorer`, which is empty and stays so, is asked about some of them, but
/// only if they take more tokens than those of a known language do. Null: it is not asked.
std::optional<std::string> language_note(const TokenizedPrompt& prompt, const Surprisals& surprisals, Scorer* scorer);

}  // namespace lingua::compress
