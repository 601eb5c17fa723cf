// Transcripts: which tokens name the speaker of which turn.
#include "compress/budget/speakers.hpp"

#include <iterator>
#include <set>
#include <span>
#include <string_view>

#include "compress/budget/lines.hpp"

namespace lingua::compress {
namespace {

/// Headings of paragraphs look like labels, but are fewer than lines, and seldom come again.
bool is_transcript(std::span<const Line> lines) {
  std::set<std::string_view> labels;
  std::size_t turns = 0;
  for (const auto& line : lines) {
    if (line.label.empty()) continue;
    labels.insert(line.label);
    ++turns;
  }
  const auto others = lines.size() - turns;
  return labels.size() > 1 && labels.size() < turns && (turns >= others || 2 * labels.size() <= turns);
}

}  // namespace

Speakers::Speakers(const TokenizedPrompt& prompt) {
  const auto lines = lines_of(prompt);
  if (!is_transcript(lines)) return;
  for (const auto& line : lines) {
    if (line.label.empty()) continue;
    const Part& part = prompt.parts[line.part];
    const auto label = tokens_of(part, line.label);
    if (begins_sentence(part, label)) labels_.emplace(Key{line.part, label.begin}, Place{line.part, label});
  }
}

Place Speakers::label_of(const Place& place) const {
  const Place nobody{place.part, {place.tokens.begin, place.tokens.begin}};
  const auto after = labels_.upper_bound({place.part, place.tokens.begin});
  if (after == labels_.begin()) return nobody;
  const auto& label = std::prev(after)->second;
  const bool is_whole = label.tokens.begin == place.tokens.begin || label.tokens.end <= place.tokens.begin;
  return label.part == place.part && is_whole ? label : nobody;
}

}  // namespace lingua::compress
