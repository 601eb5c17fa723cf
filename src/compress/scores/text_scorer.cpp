// Collects short texts until they fill a call.
#include "compress/scores/text_scorer.hpp"

#include <algorithm>
#include <utility>

namespace lingua::compress {
namespace {

/// Tokens scored at once, between two progress reports: enough to keep the model's matrix products large.
constexpr std::size_t kChunk = 1024;

}  // namespace

void TextScorer::add(std::vector<TokenId> ids, Receiver receiver) {
  if (ids.size() > kChunk) return score_alone(ids, receiver);
  if (tokens_ + ids.size() > kChunk) finish();
  tokens_ += ids.size();
  std::vector<float> surprisals(ids.size());
  waiting_.push_back({std::move(ids), std::move(surprisals), std::move(receiver)});
}

void TextScorer::finish() {
  if (waiting_.empty()) return;
  std::vector<TextToScore> texts;
  for (auto& text : waiting_) texts.push_back({text.ids, text.surprisals});
  scorer_.score_each(texts);
  for (const auto& text : waiting_) text.receiver(text.surprisals);
  waiting_.clear();
  progress_.advance(std::exchange(tokens_, 0));
}

void TextScorer::score_alone(std::span<const TokenId> ids, const Receiver& receiver) {
  std::vector<float> surprisals(ids.size());
  for (std::size_t begin = 0; begin < ids.size(); begin += kChunk) {
    const auto count = std::min(kChunk, ids.size() - begin);
    scorer_.score(ids.subspan(begin, count), std::span(surprisals).subspan(begin, count));
    progress_.advance(count);
  }
  scorer_.truncate(0);
  receiver(surprisals);
}

}  // namespace lingua::compress
