// Worked examples: how they are recognised, and what comes first of them. They teach the reader a form and a way of
// thinking, which any of them does: the more of them, and the more completely, the better.
#pragma once

#include <span>
#include <vector>

#include "compress/relevance/relevance.hpp"

namespace lingua::compress {

/// Whether the contexts are two or more that all begin with the same label ("Question:"), and so does the question,
/// if there is one.
bool are_worked_examples(const TokenizedPrompt& prompt);

/// The shortest context first: as many whole ones as a budget can hold.
class BrevityRelevance final : public Relevance {
 public:
  std::vector<double> of_contexts(std::span<const Place> contexts) override;
  std::vector<double> of_sentences(std::span<const Place> sentences) override;
};

}  // namespace lingua::compress
