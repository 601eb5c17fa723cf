// Worked examples.
#include "compress/relevance/worked_examples.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "compress/prompt/label.hpp"

namespace lingua::compress {
bool are_worked_examples(const TokenizedPrompt& prompt) {
  std::set<std::string_view> labels;
  for (const auto& part : prompt.parts)
    if (part.role != Role::instruction) labels.insert(label_of(part.text));
  return labels.size() == 1 && !labels.contains("") &&
         std::ranges::count(prompt.parts, Role::context, &Part::role) > 1;
}

std::vector<double> BrevityRelevance::of_contexts(std::span<const Place> contexts) { return of_sentences(contexts); }

std::vector<double> BrevityRelevance::of_sentences(std::span<const Place> sentences) {
  std::vector<double> relevance;
  for (const auto& sentence : sentences) relevance.push_back(-static_cast<double>(sentence.tokens.size()));
  return relevance;
}

}  // namespace lingua::compress
