// The lines of what is compressed.
#include "compress/budget/lines.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

#include "compress/prompt/label.hpp"
#include "text/lines.hpp"

namespace lingua::compress {

std::vector<Line> lines_of(const TokenizedPrompt& prompt) {
  std::vector<Line> lines;
  for (std::size_t p = 0; p < prompt.parts.size(); ++p) {
    if (prompt.parts[p].role != Role::context || prompt.parts[p].kind != TextKind::prose) continue;
    const auto text = prompt.parts[p].text;
    for (std::size_t begin = 0; begin < text.size(); begin = text::line_end(text, begin)) {
      const auto line = text::without_end(text::line_at(text, begin));
      if (!line.empty()) lines.push_back({p, line, label_of(line)});
    }
  }
  return lines;
}

TokenRange tokens_of(const Part& part, std::string_view text) {
  const auto begin_of = [&](const TextUnit& unit) { return part.tokens[unit.tokens.begin].begin; };
  const auto unit_at = [&](std::size_t byte) {
    return std::prev(std::ranges::upper_bound(part.units, byte, std::ranges::less{}, begin_of));
  };
  const auto begin = static_cast<std::size_t>(text.data() - part.text.data());
  auto first = unit_at(begin);
  while (first != part.units.begin() && text::is_blank(part.text_of(std::prev(first)->tokens))) --first;
  return {first->tokens.begin, unit_at(begin + text.size() - 1)->tokens.end};
}

bool begins_sentence(const Part& part, TokenRange tokens) {
  const auto sentence = std::ranges::lower_bound(part.sentences, tokens.begin, {}, &TokenRange::begin);
  return sentence != part.sentences.end() && sentence->begin == tokens.begin && tokens.end <= sentence->end;
}

}  // namespace lingua::compress
