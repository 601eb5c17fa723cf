#include "scoring/local_scorer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <lingua/error.hpp>

#include "scoring/batch.hpp"

namespace lingua::scoring {

LocalScorer::LocalScorer(const engine::Transformer& transformer, TokenId separator, std::size_t window)
    : WindowedScorer(separator, transformer.description().vocabulary, window),
      transformer_(transformer),
      pages_(transformer.new_pages()),
      contexts_{Context{engine::KvCache(pages_), {}, {}}, Context{engine::KvCache(pages_), {}, {}}} {}

// Texts that need more than one window go the long way.
void LocalScorer::score_each(std::span<const TextToScore> texts) {
  if (size() != 0) throw Error(ErrorCode::internal, fmt::format("the scorer holds {} tokens", size()));
  std::vector<TextToScore> whole;
  for (const TextToScore& text : texts) {
    check(text);
    if (text.ids.size() <= capacity()) {
      whole.push_back(text);
    } else {
      score(text.ids, text.surprisal);
      truncate(0);
    }
  }
  count_forwarded(Batch(transformer_, separator(), whole, pages_, workspace_).run());
}

void LocalScorer::attend(std::span<const TokenId> ids, std::span<float> weights) {
  const std::size_t before = size(), after = before + ids.size();
  if (ids.size() > engine::Transformer::kMaxRows || weights.size() != before * ids.size() ||
      after > attention_span()) {
    throw Error(ErrorCode::internal, fmt::format("attention of {} tokens to {} in {} numbers, within {}", ids.size(),
                                                 before, weights.size(), attention_span()));
  }
  append(ids);
  const std::size_t slot = slot_of(0);
  Context& context = contexts_[slot];
  read(slot, before + 1, before + 1);
  context.cache.truncate(before + 1);
  context.has_hidden.resize(before + 1);
  std::vector<float> queries(ids.size() * transformer_.query_numbers()), all(ids.size() * (after + 1));
  forward(slot, after + 1, after + 1, queries.data());
  transformer_.attention(queries, context.cache, all);
  for (std::size_t row = 0; row < ids.size(); ++row) {
    std::copy_n(&all[row * (after + 1) + 1], before, weights.begin() + static_cast<std::ptrdiff_t>(row * before));
  }
}

void LocalScorer::keep_positions(std::size_t slot, std::size_t count) {
  Context& context = contexts_[slot];
  const std::size_t kept = std::min(context.cache.size(), count);
  context.cache.truncate(kept);
  context.has_hidden.resize(kept);
}

void LocalScorer::score_positions(std::size_t slot, std::size_t first, std::span<const TokenId> targets,
                                  std::span<float> surprisal) {
  constexpr std::size_t kRows = engine::Transformer::kMaxRows;
  for (std::size_t done = 0; done < targets.size(); done += kRows) {
    const std::size_t position = first + done, count = std::min(kRows, targets.size() - done);
    read(slot, position, position + count);
    transformer_.surprisals(contexts_[slot].hidden.data() + position * transformer_.hidden_bytes(),
                            targets.subspan(done, count), surprisal.subspan(done, count));
  }
}

// Makes sure that the context holds `size` positions, with hidden states from `first_hidden` on.
void LocalScorer::read(std::size_t slot, std::size_t first_hidden, std::size_t size) {
  Context& context = contexts_[slot];
  const auto missing = std::find(
      context.has_hidden.begin() + static_cast<std::ptrdiff_t>(std::min(first_hidden, context.has_hidden.size())),
      context.has_hidden.end(), 0);
  context.cache.truncate(static_cast<std::size_t>(missing - context.has_hidden.begin()));
  context.has_hidden.resize(context.cache.size());
  while (context.cache.size() < size) {
    forward(slot, first_hidden, std::min(size, context.cache.size() + engine::Transformer::kMaxRows));
  }
}

// Forwards the positions from the context's end up to `size`.
void LocalScorer::forward(std::size_t slot, std::size_t first_hidden, std::size_t size, float* queries) {
  Context& context = contexts_[slot];
  const std::size_t start = context.cache.size(), wanted = std::clamp(first_hidden, start, size);
  const std::vector<TokenId> ids = ids_at(slot, start, size);
  context.hidden.resize(size * transformer_.hidden_bytes());
  const engine::Chunk chunk{ids, &context.cache, wanted - start,
                            context.hidden.data() + wanted * transformer_.hidden_bytes(), queries};
  transformer_.forward({&chunk, 1}, workspace_);
  context.has_hidden.resize(wanted, 0);
  context.has_hidden.resize(size, 1);
  count_forwarded(ids.size());
}

}  // namespace lingua::scoring
