// Runs of letters: words as a reader quotes them, without the punctuation around.
#include "text/code_points.hpp"
#include "text/segment.hpp"

namespace lingua::text {

std::vector<ByteRange> letter_runs(std::string_view text) {
  check_size(text);
  std::vector<ByteRange> runs;
  bool grows = false;  // whether the last run goes on here
  for (std::size_t i = 0; i < text.size();) {
    const auto begin = static_cast<std::uint32_t>(i);
    const UChar32 c = next_code_point(text, i);
    const auto end = static_cast<std::uint32_t>(i);
    const bool mark = (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
    const bool part = c == '_' || u_isdigit(c) != 0 || is_spaced_letter(c);
    if ((part && grows) || (mark && !runs.empty() && runs.back().end == begin)) {
      runs.back().end = end;
    } else if (part || is_spaceless(c)) {
      runs.push_back({begin, end});
    }
    grows = part || (mark && grows);
  }
  return runs;
}

}  // namespace lingua::text
