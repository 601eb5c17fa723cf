// Conversations: how they are recognised, and what is different about them. What was said last matters most, whatever
// is asked.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compress/relevance.hpp"

namespace lingua::compress {

/// How the turn after the question begins ("Assistant:"), where contexts and question are turns that name their
/// speakers; nothing elsewhere. Two to four speakers, such as "User:" and "Assistant:", have to take turns: each
/// context begins with one, mostly not the one before, and the question's is among them.
std::optional<std::string> next_speaker(const TokenizedPrompt& prompt);

/// What stands last comes first.
class RecencyRelevance final : public Relevance {
 public:
  std::vector<double> of_contexts(std::span<const Place> contexts) override;
  std::vector<double> of_sentences(std::span<const Place> sentences) override;
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
