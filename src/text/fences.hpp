// Fences of Markdown (CommonMark 0.30, section 4.5): the lines around blocks of code.
#pragma once

#include <cstddef>
#include <string_view>

namespace lingua::text {

struct Fence {
  char mark = '`';
  std::size_t length = 0;  ///< 0: the line is no fence
  bool closing = false;    ///< whether nothing follows it, so that it can close a block
};

/// How many `mark` stand at `offset`.
std::size_t run_length(std::string_view text, std::size_t offset, char mark);

/// What `line` is as a fence, behind at most `max_indent` spaces: three at the margin, more in a list.
Fence fence_of(std::string_view line, std::size_t max_indent = 3);

/// Behind the block that `fence`, the line before `offset`, opens: its closing fence or the end of the text.
std::size_t end_of_block(std::string_view text, std::size_t offset, const Fence& fence, std::size_t max_indent = 3);

}  // namespace lingua::text
