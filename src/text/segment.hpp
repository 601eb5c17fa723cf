// Cuts text into words, sentences and paragraphs. Each function returns the ascending end offsets of pieces
// that tile the text: the last one is text.size(); empty text has none. Invalid UTF-8 never throws.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace lingua::text {

/// Words as compression keeps or drops them, each with its leading white space. A run without white space is one
/// word, so that no number ("3.14", "1,000"), identifier ("ord_8f3a", "foo.bar()"), URL, e-mail address or
/// hyphenated word is ever split, except: closing punctuation at its end (",", ".", ")", quotes) is a word of its
/// own, and text written without spaces (Han, Kana, Thai, Khmer, Lao, Myanmar) is cut by ICU's dictionaries. White
/// space at the end of the text belongs to the last word.
std::vector<std::uint32_t> word_ends(std::string_view text);

/// Sentences with their trailing white space (UAX #29, locale root; a line break always ends one).
/// Every sentence end is also a word end of the text cut at sentences, see `word_ends`.
std::vector<std::uint32_t> sentence_ends(std::string_view text);

/// Paragraphs with the blank lines after them. A blank line may hold spaces and tabs; CRLF counts as a line end.
std::vector<std::uint32_t> paragraph_ends(std::string_view text);

}  // namespace lingua::text
