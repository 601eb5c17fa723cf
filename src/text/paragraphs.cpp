// Paragraphs: cut behind runs of blank lines, where the kind of the text allows it.
#include <algorithm>

#include "text/lines.hpp"
#include "text/segment.hpp"
#include "text/structure.hpp"

namespace lingua::text {
namespace {

/// Whether the last line before `end` that is not blank is a heading of Markdown.
bool follows_heading(std::string_view text, std::size_t end) {
  const std::string_view before = without_end(text.substr(0, end));
  return before.substr(before.rfind('\n') + 1).starts_with('#');
}

/// Whether the line at `begin` goes on with what stands above it: indented, or a bracket that closes something.
bool goes_on(std::string_view text, std::size_t begin) {
  return std::string_view(" \t)]}").find(text[begin]) != std::string_view::npos;
}

bool may_end(std::string_view text, std::size_t end, TextKind kind) {
  if (kind == TextKind::markdown) return !follows_heading(text, end);
  if (kind == TextKind::code) return !goes_on(text, end);
  return true;
}

}  // namespace

std::vector<std::uint32_t> paragraph_ends(std::string_view text, TextKind kind) {
  if (kind == TextKind::automatic) kind = text_kind_of(text);
  const std::vector<ByteRange> whole = find_whole(text, kind);
  std::vector<std::uint32_t> ends;
  std::size_t content = 0;  // where the last line that is not blank ended
  auto next = whole.begin();
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = line_end(text, begin);
    if (!is_blank(text.substr(begin, end - begin))) {
      const std::size_t cut = kind == TextKind::prose ? begin : content;
      while (next != whole.end() && next->end <= cut) ++next;
      const bool inside = next != whole.end() && next->begin < cut;
      if (content > 0 && content < begin && !inside && may_end(text, begin, kind))
        ends.push_back(static_cast<std::uint32_t>(cut));
      content = end;
    }
    begin = end;
  }
  if (!text.empty()) ends.push_back(static_cast<std::uint32_t>(text.size()));
  return ends;
}

}  // namespace lingua::text
