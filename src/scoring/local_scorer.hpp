// Scores with the engine: a history of tokens, and caches that follow it lazily.
//
// A token is forwarded only when the surprisal of one behind it is asked for. Appending costs nothing until then, and
// appended tokens are forwarded together with the next ones that are scored.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <lingua/scorer.hpp>

#include "engine/transformer.hpp"
#include "scoring/window.hpp"

namespace lingua::scoring {

class LocalScorer final : public Scorer {
 public:
  /// `transformer` outlives the scorer. `window` counts positions, the separator's included.
  LocalScorer(const engine::Transformer& transformer, TokenId separator, std::size_t window);

  std::size_t size() const noexcept override { return history_.size(); }
  void truncate(std::size_t size) override;
  void append(std::span<const TokenId> ids) override;
  void score(std::span<const TokenId> ids, std::span<float> surprisal) override;
  void score_each(std::span<const TextToScore> texts) override;

  /// Separators count too.
  std::size_t forwarded_tokens() const noexcept override { return forwarded_; }

 private:
  // The positions of one window: the separator, then tokens of the history. Each has keys and values, and those whose
  // hidden state was asked for have that too.
  struct Context {
    std::size_t window = 0;
    engine::KvCache cache;
    std::vector<std::byte> hidden;
    std::vector<std::uint8_t> has_hidden;  // as long as the cache
  };

  void check(std::span<const TokenId> ids) const;
  void check(const TextToScore& text) const;
  Context& context_of(std::size_t window);
  void score_within(std::size_t window, std::size_t first, std::span<float> surprisal);
  void read(Context& context, std::size_t first_hidden, std::size_t size);
  void forward(Context& context, std::size_t first_hidden, std::size_t size);

  const engine::Transformer& transformer_;
  TokenId separator_;
  WindowPlan plan_;
  std::vector<TokenId> history_;
  engine::KvPages pages_;
  std::array<Context, 2> contexts_;  // of the current window and the one before: texts are cut back across the border
  engine::Workspace workspace_;
  std::size_t forwarded_ = 0;
};

}  // namespace lingua::scoring
