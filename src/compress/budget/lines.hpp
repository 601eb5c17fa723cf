// The lines of what is compressed: where they begin, and with which labels.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "compress/prompt/tokenized_prompt.hpp"

namespace lingua::compress {

/// A line of a part that is not blank.
struct Line {
  std::size_t part;
  std::string_view text;   ///< inside the part's text, without its end
  std::string_view label;  ///< "Anna:", with which it begins; may be empty
};

/// Those of prose in the contexts.
std::vector<Line> lines_of(const TokenizedPrompt& prompt);

/// The units from the one that holds the first byte of `text`, which is inside the text of `part` and not empty, up
/// to the one that holds its last, with those of white space before them.
TokenRange tokens_of(const Part& part, std::string_view text);

/// Whether one of the sentences of `part` begins with `tokens`.
bool begins_sentence(const Part& part, TokenRange tokens);

}  // namespace lingua::compress
