// Worked examples.
#include "compress/worked_examples.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "compress/label.hpp"

namespace lingua::compress {
namespace {

std::vector<double> shortest_first(std::span<const Place> places) {
  std::vector<double> relevance;
  for (const auto& place : places) relevance.push_back(-static_cast<double>(place.tokens.size()));
  return relevance;
}

}  // namespace

bool are_worked_examples(const TokenizedPrompt& prompt) {
  std::set<std::string_view> labels;
  for (const auto& part : prompt.parts)
    if (part.role != Role::instruction) labels.insert(label_of(part.text));
  return labels.size() == 1 && !labels.contains("") &&
         std::ranges::count(prompt.parts, Role::context, &Part::role) > 1;
}

std::vector<double> BrevityRelevance::of_contexts(std::span<const Place> contexts) {
  return shortest_first(contexts);
}

std::vector<double> BrevityRelevance::of_sentences(std::span<const Place> sentences) {
  return shortest_first(sentences);
}

}  // namespace lingua::compress
