// Transcripts: which tokens name the speaker of which turn.
#include "compress/budget/speakers.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <string_view>
#include <vector>

#include "compress/prompt/label.hpp"
#include "text/lines.hpp"

namespace lingua::compress {
namespace {

/// A line that begins with a label, as bytes of its part.
struct LabelledLine {
  std::size_t part, begin;
  std::string_view label;
};

/// The labelled lines of prose in the contexts, and how many others there are that are not blank.
struct Lines {
  std::vector<LabelledLine> labelled;
  std::size_t others = 0;
};

Lines lines_of(const TokenizedPrompt& prompt) {
  Lines lines;
  for (std::size_t p = 0; p < prompt.parts.size(); ++p) {
    if (prompt.parts[p].role != Role::context || prompt.parts[p].kind != TextKind::prose) continue;
    const auto text = prompt.parts[p].text;
    for (std::size_t begin = 0; begin < text.size(); begin = text::line_end(text, begin)) {
      const auto line = text::line_at(text, begin);
      if (const auto label = label_of(line); !label.empty()) {
        lines.labelled.push_back({p, begin, label});
      } else if (!text::is_blank(line)) {
        ++lines.others;
      }
    }
  }
  return lines;
}

/// Headings of paragraphs look like labels, but are fewer than lines, and seldom come again.
bool is_transcript(const Lines& lines) {
  std::set<std::string_view> labels;
  for (const auto& line : lines.labelled) labels.insert(line.label);
  const auto turns = lines.labelled.size();
  return labels.size() > 1 && labels.size() < turns && (turns >= lines.others || 2 * labels.size() <= turns);
}

/// The units from the one that holds the line's first byte up to the one that holds the label's last, with those of
/// white space before them.
TokenRange tokens_of(const Part& part, const LabelledLine& line) {
  const auto begin_of = [&](const TextUnit& unit) { return part.tokens[unit.tokens.begin].begin; };
  const auto unit_at = [&](std::size_t byte) {
    return std::prev(std::ranges::upper_bound(part.units, byte, std::ranges::less{}, begin_of));
  };
  auto first = unit_at(line.begin);
  while (first != part.units.begin() && text::is_blank(part.text_of(std::prev(first)->tokens))) --first;
  return {first->tokens.begin, unit_at(line.begin + line.label.size() - 1)->tokens.end};
}

bool begins_sentence(const Part& part, TokenRange label) {
  const auto sentence = std::ranges::lower_bound(part.sentences, label.begin, {}, &TokenRange::begin);
  return sentence != part.sentences.end() && sentence->begin == label.begin && label.end <= sentence->end;
}

}  // namespace

Speakers::Speakers(const TokenizedPrompt& prompt) {
  const auto lines = lines_of(prompt);
  if (!is_transcript(lines)) return;
  for (const auto& line : lines.labelled) {
    const Part& part = prompt.parts[line.part];
    const auto label = tokens_of(part, line);
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

std::vector<TokenRange> labels_of_example(const TokenizedPrompt& prompt, std::size_t part) {
  const auto lines = lines_of(prompt).labelled;
  std::map<std::string_view, std::set<std::size_t>> parts_with;
  for (const auto& line : lines) parts_with[line.label].insert(line.part);
  const auto examples = contexts_of(prompt).size();
  std::vector<TokenRange> labels;
  for (const auto& line : lines) {
    if (line.part != part || parts_with[line.label].size() < examples) continue;
    const auto label = tokens_of(prompt.parts[part], line);
    if (begins_sentence(prompt.parts[part], label)) labels.push_back(label);
  }
  return labels;
}

}  // namespace lingua::compress
