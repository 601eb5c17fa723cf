// Words as compression drops them: cut so that what stays around a gap is neither glued together nor torn apart.
#include <algorithm>
#include <iterator>

#include "text/code_points.hpp"
#include "text/protect.hpp"
#include "text/run_cutter.hpp"
#include "text/segment.hpp"

namespace lingua::text {
namespace {

/// Moves behind the run without white space at `offset`.
std::size_t run_end(std::string_view text, std::size_t offset) {
  for (std::size_t next = offset; next < text.size() && !is_white_space(next_code_point(text, next));) offset = next;
  return offset;
}

/// Takes back the cuts inside numbers: "10 000", "3.5 km", "第一百四十四条".
void mend_numbers(std::string_view text, std::vector<std::uint32_t>& cuts) {
  const std::vector<ByteRange> numbers = find_numbers(text);
  auto number = numbers.begin();
  std::erase_if(cuts, [&](std::uint32_t cut) {
    while (number != numbers.end() && number->end <= cut) ++number;
    return number != numbers.end() && number->begin < cut;
  });
}

}  // namespace

std::vector<std::uint32_t> word_ends(std::string_view text) {
  const std::string_view content = text.substr(0, trimmed_size(text));
  const std::vector<std::uint32_t> sentences = sentence_ends(content);
  std::vector<std::uint32_t> cuts, ends;
  RunCutter cutter(content, sentences, cuts);
  for (std::size_t begin = skip_white_space(content, 0); begin < content.size();) {
    const std::size_t end = run_end(content, begin);
    cutter.cut(begin, end);
    begin = skip_white_space(content, end);
  }
  mend_numbers(content, cuts);
  std::set_union(cuts.begin(), cuts.end(), sentences.begin(), sentences.end(), std::back_inserter(ends));
  if (content.size() < text.size()) ends.push_back(static_cast<std::uint32_t>(text.size()));
  return ends;
}

}  // namespace lingua::text
