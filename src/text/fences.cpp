// Fences of Markdown.
#include "text/fences.hpp"

#include <algorithm>

#include "text/lines.hpp"

namespace lingua::text {

std::size_t run_length(std::string_view text, std::size_t offset, char mark) {
  const std::size_t end = std::min(text.find_first_not_of(mark, offset), text.size());
  return end - std::min(offset, end);
}

Fence fence_of(std::string_view line, std::size_t max_indent) {
  const std::size_t indent = run_length(line, 0, ' ');
  if (indent > max_indent || indent >= line.size() || (line[indent] != '`' && line[indent] != '~')) return {};
  const char mark = line[indent];
  const std::size_t length = run_length(line, indent, mark);
  const std::string_view rest = line.substr(indent + length);
  const bool inline_span = mark == '`' && rest.find('`') != std::string_view::npos;
  if (length < 3 || inline_span) return {};
  return {mark, length, is_blank(rest)};
}

std::size_t end_of_block(std::string_view text, std::size_t offset, const Fence& fence, std::size_t max_indent) {
  while (offset < text.size()) {
    const std::size_t end = line_end(text, offset);
    const Fence other = fence_of(text.substr(offset, end - offset), max_indent);
    offset = end;
    if (other.closing && other.mark == fence.mark && other.length >= fence.length) break;
  }
  return offset;
}

}  // namespace lingua::text
