#include "llama/scorer.hpp"

#include <vector>

namespace lingua::llama {

LlamaScorer::LlamaScorer(const DecoderSetup& setup, TokenId separator)
    : WindowedScorer(separator, vocabulary_size(setup.model), setup.window),
      decoders_{Decoder(setup), Decoder(setup)} {}

void LlamaScorer::score_positions(std::size_t slot, std::size_t first, std::span<const TokenId> targets,
                                  std::span<float> surprisal) {
  Decoder& decoder = decoders_[slot];
  const std::size_t end = first + targets.size();
  decoder.reserve(end);
  decoder.truncate(first);
  const std::vector<TokenId> ids = ids_at(slot, decoder.size(), end);
  decoder.read(ids, targets, surprisal);
  count_forwarded(ids.size());
}

}  // namespace lingua::llama
