// Shows cuts of a text as readable strings: "foo|,| bar".
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "text/range.hpp"

namespace lingua::test {

/// The pieces that end at `ends`, with `separator` between them.
inline std::string join_pieces(std::string_view text, std::span<const std::uint32_t> ends,
                               std::string_view separator = "|") {
  std::string joined;
  std::size_t begin = 0;
  for (const std::uint32_t end : ends) {
    if (begin > 0) joined += separator;
    joined += text.substr(begin, end - begin);
    begin = end;
  }
  return joined;
}

/// `text` with brackets around the ranges: "about [5 km] away".
inline std::string mark_ranges(std::string_view text, std::span<const text::ByteRange> ranges) {
  std::string marked;
  std::size_t begin = 0;
  for (const text::ByteRange& range : ranges) {
    marked += text.substr(begin, range.begin - begin);
    marked += '[';
    marked += text.substr(range.begin, range.end - range.begin);
    marked += ']';
    begin = range.end;
  }
  return marked += text.substr(begin);
}

}  // namespace lingua::test
