#include "scoring/local_scorer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <lingua/error.hpp>

#include "scoring/batch.hpp"
#include "scoring/representations.hpp"

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
  const std::size_t stride = engine::Transformer::attention_stride(after + 1);
  std::vector<float> attention(ids.size() * stride);
  forward(slot, after + 1, after + 1, attention.data());
  for (std::size_t row = 0; row < ids.size(); ++row) {
    std::copy_n(&attention[row * stride + 1], before, weights.begin() + static_cast<std::ptrdiff_t>(row * before));
  }
}

void LocalScorer::represent(std::span<const TextToRepresent> texts) {
  for (const auto& [ids, representations] : texts) {
    check(ids);
    if (representations.size() == ids.size() * representation_size()) continue;
    throw Error(ErrorCode::internal,
                fmt::format("room for {} numbers of {} tokens", representations.size(), ids.size()));
  }
  const std::size_t read = Representations(transformer_, separator(), capacity(), pages_, workspace_).run(texts);
  count_forwarded(engine::Transformer::early_part_of(read));
}

std::size_t LocalScorer::memory_bytes() const noexcept {
  std::size_t bytes = pages_.bytes() + workspace_.bytes();
  for (const Context& context : contexts_) bytes += context.hidden.capacity();
  return bytes;
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
void LocalScorer::forward(std::size_t slot, std::size_t first_hidden, std::size_t size, float* attention) {
  Context& context = contexts_[slot];
  const std::size_t start = context.cache.size(), wanted = std::clamp(first_hidden, start, size);
  const std::vector<TokenId> ids = ids_at(slot, start, size);
  std::byte* hidden = nullptr;
  if (wanted < size) {
    context.hidden.resize(size * transformer_.hidden_bytes());
    hidden = context.hidden.data() + wanted * transformer_.hidden_bytes();
  }
  const engine::Chunk chunk{ids, &context.cache, wanted - start, hidden, attention};
  transformer_.forward({&chunk, 1}, workspace_);
  context.has_hidden.resize(wanted, 0);
  context.has_hidden.resize(size, 1);
  count_forwarded(ids.size());
}

}  // namespace lingua::scoring
