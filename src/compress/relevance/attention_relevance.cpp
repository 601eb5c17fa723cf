// Relevance by attention.
#include "compress/relevance/attention_relevance.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace lingua::compress {
namespace {

/// Contexts are read in blocks of at most so many tokens: small models find little in longer ones, and attention
/// costs more. Ratios of different blocks can be compared, because each block is its own reference.
constexpr std::size_t kBlock = 2048;

constexpr std::size_t kLeastSpan = 32;

std::vector<TokenId> last_of(const std::vector<TokenId>& ids, std::size_t count) {
  return {ids.end() - static_cast<std::ptrdiff_t>(std::min(count, ids.size())), ids.end()};
}

std::size_t tokens_in(std::span<const Place> places) {
  std::size_t count = 0;
  for (const auto& place : places) count += place.tokens.size();
  return count;
}

/// Sentences and separators of `parts`, none longer than `limit`.
std::vector<Place> pieces_of(const TokenizedPrompt& prompt, std::span<const std::size_t> parts, std::size_t limit) {
  std::vector<Place> pieces;
  const auto add = [&](std::size_t part, TokenRange range) {
    for (; range.size() > 0; range.begin += static_cast<std::uint32_t>(std::min(limit, range.size())))
      pieces.push_back(
          {part, {range.begin, range.begin + static_cast<std::uint32_t>(std::min(limit, range.size()))}});
  };
  for (const auto part : parts) {
    for (const auto sentence : prompt.parts[part].sentences) add(part, sentence);
    add(part, prompt.parts[part].separator);
  }
  return pieces;
}

/// `pieces` in as few runs of at most `limit` tokens as there have to be, all of about the same length.
std::vector<std::span<const Place>> blocks_of(std::span<const Place> pieces, std::size_t limit) {
  if (pieces.empty()) return {};
  const auto total = tokens_in(pieces), even = total / ((total + limit - 1) / limit) + 1;
  std::vector<std::span<const Place>> blocks;
  std::size_t begin = 0, length = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i > begin && (length >= even || length + pieces[i].tokens.size() > limit)) {
      blocks.push_back(pieces.subspan(begin, i - begin));
      begin = i, length = 0;
    }
    length += pieces[i].tokens.size();
  }
  if (begin < pieces.size()) blocks.push_back(pieces.subspan(begin));
  return blocks;
}

}  // namespace

AttentionProbe make_attention_probe(std::string_view question, const std::string& cue, const ScoringModel& model) {
  const auto ids = [&](const std::string& text) { return ids_of(model.tokenize(text)); };
  return {ids(std::string(question) + cue), ids("N/A" + cue)};
}

std::vector<double> with_neighbours(std::span<const double> relevance, std::span<const Place> sentences) {
  constexpr std::size_t kReach = 2;
  std::vector<double> sums(relevance.begin(), relevance.end());
  for (std::size_t i = 0; i < sums.size(); ++i)
    for (std::size_t j = i + 1; j < sums.size() && j - i <= kReach && sentences[j].part == sentences[i].part; ++j) {
      sums[i] += relevance[j] / 2;
      sums[j] += relevance[i] / 2;
    }
  return sums;
}

bool can_tell_attention(const Scorer& scorer) { return scorer.attention_span() >= kLeastSpan; }

AttentionRelevance::AttentionRelevance(const TokenizedPrompt& prompt, const AttentionProbe& probe, std::size_t span,
                                       AttentionReader& reader, ProgressReporter& progress)
    : prompt_(prompt),
      questions_{last_of(probe.question, span / 2), last_of(probe.neutral, span / 2)},
      limit_(std::min(kBlock, span - std::max(questions_[0].size(), questions_[1].size()))),
      reader_(reader),
      progress_(progress),
      question_(prompt.parts.size()),
      neutral_(prompt.parts.size()) {}

/// `parts`, in their order, are contexts that were not measured.
void AttentionRelevance::measure(const std::vector<std::size_t>& parts) {
  if (parts.empty()) return;
  for (const auto part : parts) {
    question_[part].resize(prompt_.parts[part].tokens.size());
    neutral_[part].resize(prompt_.parts[part].tokens.size());
  }
  const auto pieces = pieces_of(prompt_, parts, limit_);
  progress_.begin("rank", tokens_in(pieces));
  for (const auto block : blocks_of(pieces, limit_)) {
    measure(block);
    progress_.advance(tokens_in(block));
  }
}

/// Question and neutral question after the same text, which is read once.
void AttentionRelevance::measure(std::span<const Place> block) {
  std::vector<TokenId> ids;
  for (const auto& [part, tokens] : block) {
    const auto piece = ids_of(std::span(prompt_.parts[part].tokens).subspan(tokens.begin, tokens.size()));
    ids.insert(ids.end(), piece.begin(), piece.end());
  }
  const auto attention = reader_.ask(ids, questions_);
  auto asked = attention[0]->begin(), neutral = attention[1]->begin();
  for (const auto& [part, tokens] : block)
    for (auto i = tokens.begin; i < tokens.end; ++i) {
      question_[part][i] = {*asked++, *asked++};
      neutral_[part][i] = {*neutral++, *neutral++};
    }
}

std::vector<double> AttentionRelevance::of(std::span<const Place> places) {
  constexpr double kTiny = 1e-9;  // of an attention that is all but none
  std::set<std::size_t> unread;
  for (const auto& place : places)
    if (question_[place.part].empty()) unread.insert(place.part);
  measure({unread.begin(), unread.end()});
  std::vector<double> relevance;
  for (const auto& [part, tokens] : places) {
    Attention asked, neutral;
    for (auto i = tokens.begin; i < tokens.end; ++i) {
      asked.mean += question_[part][i].mean, asked.last += question_[part][i].last;
      neutral.mean += neutral_[part][i].mean, neutral.last += neutral_[part][i].last;
    }
    relevance.push_back(std::log((asked.mean + kTiny) / (neutral.mean + kTiny)) +
                        std::log((asked.last + kTiny) / (neutral.last + kTiny)));
  }
  return relevance;
}

}  // namespace lingua::compress
