// From what must not be cut apart to where a text may be cut.
#include "text/structure.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>

#include "text/code_points.hpp"
#include "text/lines.hpp"
#include "text/markup.hpp"
#include "text/rows.hpp"

namespace lingua::text {
namespace {

/// "INSERT INTO table (a, b) VALUES", which goes on below.
bool opens_rows(std::string_view statement) {
  constexpr std::string_view kInsert = "insert into ", kValues = " values";
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  const auto has = [&](std::string_view where, std::string_view name) {  // no ranges: older compilers lack these
    return std::search(where.begin(), where.end(), name.begin(), name.end(), same) != where.end();
  };
  return has(statement.substr(0, kInsert.size()), kInsert) && has(statement, kValues) && !statement.ends_with(';');
}

}  // namespace

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
    case TextKind::table:
      return find_rows(text);
    case TextKind::prose:
      return find_markup(text);
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

bool is_table_head(std::string_view piece, TextKind kind, bool is_first) {
  if (kind == TextKind::table) return is_first;
  const std::size_t begin = std::min(piece.find_first_not_of(kBlanks), piece.size());
  if (kind == TextKind::code) return opens_rows(without_end(piece.substr(begin)));
  const std::size_t below = line_end(piece, begin);
  return line_at(piece, begin).find('|') != std::string_view::npos &&
         is_delimiter_row(without_end(line_at(piece, below)));
}

bool is_table_row(std::string_view piece, TextKind kind) {
  if (kind == TextKind::code)
    return piece.substr(std::min(piece.find_first_not_of(kBlanks), piece.size())).starts_with('(');
  return kind == TextKind::table || piece.find('|') != std::string_view::npos;
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
