// Paragraphs: cut behind runs of blank lines.
#include "text/segment.hpp"

namespace lingua::text {
namespace {

/// Where the line that begins at `begin` ends, its "\n" included.
std::size_t line_end(std::string_view text, std::size_t begin) {
  const std::size_t newline = text.find('\n', begin);
  return newline == std::string_view::npos ? text.size() : newline + 1;
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r\n") == std::string_view::npos; }

}  // namespace

std::vector<std::uint32_t> paragraph_ends(std::string_view text) {
  std::vector<std::uint32_t> ends;
  bool has_text = false, ends_blank = false;  // of the paragraph so far
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = line_end(text, begin);
    const bool blank = is_blank(text.substr(begin, end - begin));
    if (!blank && has_text && ends_blank) ends.push_back(static_cast<std::uint32_t>(begin));
    has_text |= !blank;
    ends_blank = blank;
    begin = end;
  }
  if (!text.empty()) ends.push_back(static_cast<std::uint32_t>(text.size()));
  return ends;
}

}  // namespace lingua::text
