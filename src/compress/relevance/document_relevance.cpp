// Relevance of documents.
#include "compress/relevance/document_relevance.hpp"

#include <utility>

#include "compress/prompt/label.hpp"

namespace lingua::compress {
namespace {

/// Every text may begin with "Question:"; that it does says nothing about its subject.
std::vector<TokenId> without_label(const Part& part) {
  const auto label = label_of(part.text).size();
  std::vector<TokenId> ids;
  for (const auto& token : part.tokens)
    if (token.end > label) ids.push_back(token.id);
  return ids;
}

}  // namespace

DocumentRelevance::DocumentRelevance(const TokenizedPrompt& prompt, std::unique_ptr<Relevance> sentences,
                                     Scorer& scorer, ScoreCache& cache, ProgressReporter& progress)
    : prompt_(prompt), sentences_(std::move(sentences)), late_interaction_(scorer, cache, progress) {}

std::vector<double> DocumentRelevance::of_contexts(std::span<const Place> contexts) {
  std::vector<std::vector<TokenId>> texts;
  for (const auto& context : contexts) texts.push_back(ids_of(prompt_.parts[context.part].tokens));
  return late_interaction_.relevance(without_label(prompt_.parts.back()), texts);
}

}  // namespace lingua::compress
