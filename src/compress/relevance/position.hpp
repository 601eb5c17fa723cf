// Relevance by position: what stands last, or first. No model is asked.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "compress/relevance/relevance.hpp"

namespace lingua::compress {

/// What stands last comes first: the newest text of a conversation.
class RecencyRelevance final : public Relevance {
 public:
  std::vector<double> of_contexts(std::span<const Place> contexts) override;
  std::vector<double> of_sentences(std::span<const Place> sentences) override;
};

/// What stands first comes first: where the author of a document says what the rest is about. Of several documents
/// the beginnings of all; what they tell again, and what only one cares about, last (standing.hpp).
class LeadRelevance final : public Relevance {
 public:
  /// `one_text`: whether the contexts are pieces of one document. `prompt` outlives the object.
  LeadRelevance(const TokenizedPrompt& prompt, bool one_text) : prompt_(prompt), one_text_(one_text) {}

  std::vector<double> of_contexts(std::span<const Place> contexts) override;
  std::vector<double> of_sentences(std::span<const Place> sentences) override;

 private:
  const TokenizedPrompt& prompt_;
  bool one_text_;
};

/// Puts the newest sentences, up to `tokens`, before all others; those are ranked by `others`.
class NewestFirst final : public Relevance {
 public:
  NewestFirst(Relevance& others, std::size_t tokens) : others_(others), tokens_(tokens) {}

  std::vector<double> of_contexts(std::span<const Place> contexts) override;
  std::vector<double> of_sentences(std::span<const Place> sentences) override;

 private:
  Relevance& others_;
  std::size_t tokens_;
};

}  // namespace lingua::compress
