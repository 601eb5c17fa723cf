// Several texts about one thing, as the news about an event are: what they tell again, and what only one of them
// cares about.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace lingua::compress {

struct Sentence {
  std::size_t source;  ///< the text that it is from
  std::string_view text;
};

/// How a sentence stands to the others, judged by its words, each weighed by its rarity among the sentences
/// (bm25.hpp). What a summary needs most comes first.
enum class Standing {
  tells,      ///< neither of the following
  digresses,  ///< less than three tenths of it stand in other texts, of which its own text has that much on average
  repeats,    ///< more than six tenths of it stand in those before it that tell something
};

/// Of each of `sentences`. One without words tells something.
std::vector<Standing> standings(std::span<const Sentence> sentences);

}  // namespace lingua::compress
