// Scores with libllama. Which window a token is scored in is the engine's rule. Unlike the engine's scorer this one
// keeps no hidden states: the position before the first scored token is read again when it is in the cache already.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "llama/decoder.hpp"
#include "scoring/windowed_scorer.hpp"

namespace lingua::llama {

class LlamaScorer final : public scoring::WindowedScorer {
 public:
  /// `setup` outlives the scorer.
  LlamaScorer(const DecoderSetup& setup, TokenId separator);

 private:
  void keep_positions(std::size_t slot, std::size_t count) override { decoders_[slot].truncate(count); }
  void score_positions(std::size_t slot, std::size_t first, std::span<const TokenId> targets,
                       std::span<float> surprisal) override;

  std::array<Decoder, kSlots> decoders_;
};

}  // namespace lingua::llama
