// Cuts text into words, sentences and paragraphs. Functions named ..._ends return the ascending end offsets of pieces
// that tile the text: the last one is text.size(); empty text has none. Invalid UTF-8 never throws.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <lingua/prompt.hpp>

#include "text/range.hpp"

namespace lingua::text {

/// Words as compression keeps or drops them, each with its leading white space: dropping any of them glues nothing
/// together that white space separated. A run without white space is one word, so that no number ("3.14", "1,000"),
/// identifier ("ord_8f3a", "foo.bar()"), URL, e-mail address, quoted or hyphenated word is ever split, except:
/// closing punctuation at its end (",", ".", unpaired ")" and quotes) is a word of its own, an em dash begins one,
/// and text written without spaces (Han, Kana, Thai, Khmer, Lao, Myanmar) is cut by ICU's dictionaries and at its
/// punctuation; a Latin word or a number in it goes with what stands before it ("用Python|写的", "，3个"). A full
/// stop that ends no sentence stays with its word ("e.g.", "Dr.", "1."). White space at the end of the text is a word
/// of its own: it separates this text from the next. Every sentence end is a word end.
std::vector<std::uint32_t> word_ends(std::string_view text);

/// Sentences with their leading white space (UAX #29, locale root; a line break always ends one; abbreviations,
/// initials and list numbers do not). Closing quotes and brackets stay with their sentence. White space at the end of
/// the text belongs to the last one.
std::vector<std::uint32_t> sentence_ends(std::string_view text);

/// Paragraphs with the blank lines after them. A blank line may hold spaces and tabs; CRLF counts as a line end. What
/// a text of `kind` keeps whole is not cut; a heading of Markdown goes with the paragraph after it, and code is cut
/// before lines at the margin only. But in prose, blank lines go with the later paragraph: so whatever is dropped,
/// its first line does not end up on a line that is there already.
std::vector<std::uint32_t> paragraph_ends(std::string_view text, TextKind kind = TextKind::prose);

/// Runs of letters, digits, marks and underscores; characters of scripts without spaces one by one. These do not
/// tile.
std::vector<ByteRange> letter_runs(std::string_view text);

}  // namespace lingua::text
