// Prose has commas, too, but a space after them; and after a full stop some put two spaces.
#include "text/rows.hpp"

#include <algorithm>
#include <array>

#include "text/lines.hpp"
#include "text/structure.hpp"

namespace lingua::text {
namespace {

constexpr std::string_view kCellSeparators = "\t,;|";
constexpr std::size_t kGaps = kCellSeparators.size();  // in place of a separator: columns
constexpr std::size_t kLongestCell = 50;               // lines; a quotation mark that stays open longer opens nothing

using Counts = std::array<std::size_t, kGaps + 1>;

/// How often each separator stands in `row` outside quotation marks, and how many gaps of several spaces there are.
Counts counts_of(std::string_view row) {
  Counts counts{};
  bool quoted = false;
  const std::string_view line = unindented(without_end(row));
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i], next = i + 1 < line.size() ? line[i + 1] : '\n', before = i > 0 ? line[i - 1] : ' ';
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    const std::size_t separator = kCellSeparators.find(c);
    const bool in_prose = (c == ',' || c == ';') && next == ' ';
    if (separator != std::string_view::npos && !in_prose) ++counts[separator];
    constexpr std::string_view kStops = ".!?: ";
    if (c == ' ' && next == ' ' && kStops.find(before) == std::string_view::npos) ++counts[kGaps];
  }
  return counts;
}

/// Separators that a row has at least; a comma or a bar alone says little.
std::size_t fewest_of(std::size_t separator) {
  return separator < kGaps && kCellSeparators[separator] == '\t' ? 1 : 2;
}

}  // namespace

bool is_table(std::string_view text) {
  constexpr std::size_t kFewest = 3;
  const std::vector<ByteRange> rows = find_rows(text);
  if (rows.size() < kFewest) return false;
  Counts first{}, alike{};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Counts counts = counts_of(text.substr(rows[i].begin, rows[i].end - rows[i].begin));
    if (i == 0) first = counts;
    for (std::size_t s = 0; s < kGaps; ++s) alike[s] += counts[s] == first[s] && counts[s] >= fewest_of(s) ? 1 : 0;
    alike[kGaps] += counts[kGaps] >= fewest_of(kGaps) ? 1 : 0;
    if (i == kFewest * kFewest && std::ranges::max(alike) == 0) return false;
  }
  return std::ranges::max(alike) * 5 >= rows.size() * 4;
}

std::vector<ByteRange> find_rows(std::string_view text) {
  const auto is_odd = [&](const ByteRange& line) {
    return std::count(text.begin() + line.begin, text.begin() + line.end, '"') % 2 != 0;
  };
  const std::vector<ByteRange> lines = find_lines(text);
  std::vector<ByteRange> rows;
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    rows.push_back(*line);
    if (!is_odd(*line)) continue;
    const auto limit = line + std::min<std::ptrdiff_t>(kLongestCell, lines.end() - line);
    const auto close = std::find_if(line + 1, limit, is_odd);
    if (close == limit) continue;
    rows.back().end = close->end;
    line = close;
  }
  return rows;
}

}  // namespace lingua::text
