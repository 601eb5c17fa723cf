// Which of several documents a question is about. Whole contexts are compared with it by late interaction, which
// reads them through a quarter of the scorer's layers only; sentences are judged by another source, which then has to
// read few of them.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/relevance/late_interaction.hpp"
#include "compress/relevance/relevance.hpp"

namespace lingua::compress {

class DocumentRelevance final : public Relevance {
 public:
  /// The question is the last part of `prompt`; the label that it may begin with does not count. `scorer` represents
  /// tokens (`can_represent`). What the arguments refer to outlives the object.
  DocumentRelevance(const TokenizedPrompt& prompt, std::unique_ptr<Relevance> sentences, Scorer& scorer,
                    ScoreCache& cache, ProgressReporter& progress);

  std::vector<double> of_contexts(std::span<const Place> contexts) override;
  std::vector<double> of_sentences(std::span<const Place> sentences) override {
    return sentences_->of_sentences(sentences);
  }

 private:
  const TokenizedPrompt& prompt_;
  std::unique_ptr<Relevance> sentences_;
  LateInteraction late_interaction_;
};

}  // namespace lingua::compress
