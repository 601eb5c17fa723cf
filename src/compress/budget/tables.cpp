// Tables: which sentence is the head of which.
#include "compress/budget/tables.hpp"

#include <algorithm>

#include "text/structure.hpp"

namespace lingua::compress {

Tables::Tables(const TokenizedPrompt& prompt) {
  for (std::size_t p = 0; p < prompt.parts.size(); ++p) {
    const Part& part = prompt.parts[p];
    if (part.kind == TextKind::prose || part.kind == TextKind::log) continue;
    std::optional<Place> head;
    for (const auto& sentence : part.sentences) {
      const auto text = part.text_of(sentence);
      const bool is_first = &sentence == part.sentences.data();
      if (text::is_table_head(text, part.kind, is_first)) {
        head = Place{p, sentence};
      } else if (!part.stays_whole(sentence) || !text::is_table_row(text, part.kind)) {
        head.reset();
      } else if (head) {
        heads_.emplace(Key{p, sentence.begin}, *head);
      }
    }
  }
}

std::optional<Place> Tables::head_of(const Place& sentence) const {
  const auto found = heads_.find({sentence.part, sentence.tokens.begin});
  return found == heads_.end() ? std::nullopt : std::optional(found->second);
}

void Tables::lift_heads(std::span<const Place> sentences, std::span<double> relevance) const {
  std::size_t head = 0;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const auto own = head_of(sentences[i]);
    if (!own) {
      head = i;
    } else if (sentences[head] == *own) {
      relevance[head] = std::max(relevance[head], relevance[i]);
    }
  }
}

}  // namespace lingua::compress
