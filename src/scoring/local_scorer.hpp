// Scores with the engine: caches that follow the history of tokens lazily.
//
// A token is forwarded only when the surprisal of one behind it is asked for. Appending costs nothing until then, and
// appended tokens are forwarded together with the next ones that are scored.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/transformer.hpp"
#include "scoring/windowed_scorer.hpp"

namespace lingua::scoring {

class LocalScorer final : public WindowedScorer {
 public:
  /// `transformer` outlives the scorer. `window` counts positions, the separator's included.
  LocalScorer(const engine::Transformer& transformer, TokenId separator, std::size_t window);

  void score_each(std::span<const TextToScore> texts) override;
  std::size_t attention_span() const noexcept override { return capacity() - 1; }
  void attend(std::span<const TokenId> ids, std::span<float> weights) override;
  std::size_t representation_size() const noexcept override { return transformer_.description().embedding; }
  void represent(std::span<const TextToRepresent> texts) override;
  std::size_t memory_bytes() const noexcept override;

 private:
  // The positions of one window. Each has keys and values, and those whose hidden state was asked for have that too.
  struct Context {
    engine::KvCache cache;
    std::vector<std::byte> hidden;
    std::vector<std::uint8_t> has_hidden;  // as long as the cache
  };

  void keep_positions(std::size_t slot, std::size_t count) override;
  void score_positions(std::size_t slot, std::size_t first, std::span<const TokenId> targets,
                       std::span<float> surprisal) override;
  void read(std::size_t slot, std::size_t first_hidden, std::size_t size);
  void forward(std::size_t slot, std::size_t first_hidden, std::size_t size, float* attention = nullptr);

  const engine::Transformer& transformer_;
  engine::KvPages pages_;
  std::array<Context, kSlots> contexts_;
  engine::Workspace workspace_;
};

}  // namespace lingua::scoring
