// From what must not be cut apart to where a text may be cut.
#include "text/structure.hpp"

#include <algorithm>
#include <iterator>

#include "text/code_points.hpp"
#include "text/lines.hpp"

namespace lingua::text {

std::vector<ByteRange> find_whole(std::string_view text, TextKind kind) {
  switch (kind) {
    case TextKind::automatic:
      return find_whole(text, text_kind_of(text));
    case TextKind::markdown:
      return find_markdown_blocks(text);
    case TextKind::code:
      return find_statements(text);
    case TextKind::log:
      return find_lines(text);
    case TextKind::prose:
      break;
  }
  return {};
}

std::vector<ByteRange> find_lines(std::string_view text) {
  check_size(text);
  std::vector<ByteRange> lines;
  for (std::size_t begin = 0; begin < text.size(); begin = line_end(text, begin)) {
    const std::string_view line = line_at(text, begin);
    const std::size_t end = begin + trimmed_size(line);
    std::size_t first = begin;
    for (std::size_t next = first; is_white_space(next_code_point(text, next)) && next < end;) first = next;
    if (first < end) lines.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end)});
  }
  return lines;
}

std::vector<std::uint32_t> cut_around(std::vector<std::uint32_t> ends, std::span<const ByteRange> whole,
                                      std::string_view text) {
  auto next = whole.begin();
  std::erase_if(ends, [&](std::uint32_t end) {
    while (next != whole.end() && next->end <= end) ++next;
    if (next == whole.end() || end == text.size()) return false;
    if (next->begin < end) return true;
    const bool in_white_space = end > 0 && is_white_space(code_point_before(text, end));
    return in_white_space && trimmed_size(text.substr(end, next->begin - end)) == 0;
  });
  std::vector<std::uint32_t> behind_line_ends, all;
  for (const ByteRange& range : whole)
    if (text[range.end - 1] == '\n') behind_line_ends.push_back(range.end);
  std::ranges::set_union(ends, behind_line_ends, std::back_inserter(all));
  return all;
}

}  // namespace lingua::text
