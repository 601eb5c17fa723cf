// Sources of relevance.
#include "compress/relevance/relevance.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "compress/prompt/selection.hpp"
#include "compress/relevance/bm25.hpp"
#include "compress/scores/text_scorer.hpp"

namespace lingua::compress {
namespace {

/// Each sentence with up to `reach` neighbours on either side, of the same context.
std::vector<Place> windows_around(std::span<const Place> sentences, std::size_t reach) {
  const auto last = sentences.size() - 1;
  std::vector<Place> windows;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    auto first = i - std::min(i, reach), end = std::min(last, i + std::min(reach, last));
    while (sentences[first].part != sentences[i].part) ++first;
    while (sentences[end].part != sentences[i].part) --end;
    windows.push_back({sentences[i].part, {sentences[first].tokens.begin, sentences[end].tokens.end}});
  }
  return windows;
}

std::span<const Token> tokens_of(const Part& part, TokenRange range) {
  return std::span(part.tokens).subspan(range.begin, range.size());
}

}  // namespace

std::vector<double> SurprisalRelevance::of_contexts(std::span<const Place> contexts) {
  return surprisals_of(contexts, surprisals_, UnitScore::mean);
}

std::vector<double> SurprisalRelevance::of_sentences(std::span<const Place> sentences) {
  return surprisals_of(sentences, surprisals_, UnitScore::mean);
}

std::vector<double> WordsRelevance::of(std::span<const Place> places) const {
  std::vector<std::string_view> texts;
  for (const auto& [part, tokens] : places) texts.push_back(prompt_.parts[part].text_of(tokens));
  return bm25(texts, prompt_.parts.back().text);
}

QuestionRelevance::QuestionRelevance(const TokenizedPrompt& prompt, const CoarseScores& scores, const Probe& probe,
                                     const QuestionSurprisal& options, Scorer& scorer, ScoreCache& cache,
                                     ProgressReporter& progress)
    : prompt_(prompt),
      scores_(scores),
      probe_(probe),
      options_(options),
      scorer_(scorer),
      cache_(cache),
      progress_(progress) {}

std::vector<double> QuestionRelevance::of_contexts(std::span<const Place> contexts) {
  std::vector<double> relevance;
  for (const auto& context : contexts) relevance.push_back(-scores_.question[context.part]);
  return relevance;
}

std::vector<double> QuestionRelevance::of_sentences(std::span<const Place> sentences) {
  if (sentences.empty()) return {};
  auto relevance = standardised(question_after(windows_around(sentences, options_.sentences / 2)));
  const auto own = standardised(surprisals_of(sentences, scores_.surprisals, UnitScore::mean));
  for (std::size_t i = 0; i < relevance.size(); ++i) relevance[i] = options_.surprisal_weight * own[i] - relevance[i];
  return relevance;
}

/// Mean surprisals of the probe after each window, all windows scored together.
std::vector<double> QuestionRelevance::question_after(std::span<const Place> windows) {
  std::vector<double> means(windows.size());
  std::vector<std::vector<TokenId>> unknown(windows.size());
  std::size_t total = 0;
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const auto& part = prompt_.parts[windows[i].part];
    auto ids = probe_.after(part.text_of(windows[i].tokens), tokens_of(part, windows[i].tokens));
    if (const auto cached = probe_.find(cache_, ids)) {
      means[i] = unit_score(*cached, UnitScore::mean);
    } else {
      total += ids.size();
      unknown[i] = std::move(ids);
    }
  }

  progress_.begin("rank", total);
  TextScorer texts(scorer_, progress_);
  for (std::size_t i = 0; i < windows.size(); ++i) {
    if (unknown[i].empty()) continue;
    texts.add(unknown[i], [&, i](std::span<const float> surprisals) {
      const auto asked = surprisals.last(probe_.ids.size());
      means[i] = unit_score(asked, UnitScore::mean);
      probe_.remember(cache_, unknown[i], asked);
    });
  }
  texts.finish();
  return means;
}

}  // namespace lingua::compress
