// ICU finds the characters; what lies inside them are the joints.
#include "text/graphemes.hpp"

#include "text/breaker.hpp"
#include "text/code_points.hpp"

namespace lingua::text {

std::vector<std::uint32_t> grapheme_joints(std::string_view text) {
  Breaker breaker(Breaker::Rules::characters);
  breaker.reset(text);
  std::vector<std::uint32_t> joints;
  std::size_t at = 0;
  while (const auto end = breaker.next()) {
    for (next_code_point(text, at); at < *end; next_code_point(text, at))
      joints.push_back(static_cast<std::uint32_t>(at));
  }
  return joints;
}

}  // namespace lingua::text
