// The pieces of the HTML report that show a part: its text word by word, and its map.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <lingua/result.hpp>

namespace lingua::cli {

/// Safe anywhere in HTML, attributes included; control characters become visible pictures.
std::string html_escaped(std::string_view text);

/// Tokens that a reader sees as one: of one word, all kept or all dropped, cut between code points only.
struct ShownWord {
  std::size_t begin, end;  ///< bytes of the part
  bool kept;
  double surprisal;  ///< mean over its tokens, in nats; NaN when none was scored
  std::size_t tokens;
};

/// The words tile the part.
std::vector<ShownWord> shown_words(const PartResult& part);

/// The part's text as spans: class k (kept) or d (dropped) and s0 to s9 (surprisal), with a tooltip.
std::string words_html(const PartResult& part);

/// A strip with the kept tokens of `parts` at their place, and lines between parts.
std::string map_svg(const PartResult* begin, const PartResult* end);

}  // namespace lingua::cli
