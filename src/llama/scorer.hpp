// Scores with libllama: a history of tokens, and caches that follow it when surprisals are asked for.
//
// Which window a token is scored in is the engine's rule (scoring/window.hpp). Unlike the engine's scorer this one
// keeps no hidden states: the position before the first scored token is read again when it is in the cache already.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include <lingua/scorer.hpp>

#include "llama/decoder.hpp"
#include "scoring/window.hpp"

namespace lingua::llama {

class LlamaScorer final : public Scorer {
 public:
  /// `setup` outlives the scorer.
  LlamaScorer(const DecoderSetup& setup, TokenId separator);

  std::size_t size() const noexcept override { return history_.size(); }
  void truncate(std::size_t size) override;
  void append(std::span<const TokenId> ids) override;
  void score(std::span<const TokenId> ids, std::span<float> surprisal) override;

  /// Separators count too.
  std::size_t forwarded_tokens() const noexcept override { return forwarded_; }

 private:
  // The positions of one window: the separator, then tokens of the history.
  struct Context {
    std::size_t window;
    Decoder decoder;
  };

  void check(std::span<const TokenId> ids) const;
  Decoder& decoder_of(std::size_t window);
  void score_within(std::size_t window, std::size_t first, std::span<float> surprisal);

  TokenId separator_;
  std::size_t vocabulary_;
  scoring::WindowPlan plan_;
  std::vector<TokenId> history_;
  std::array<Context, 2> contexts_;  // of the current window and the one before: texts are cut back across the border
  std::size_t forwarded_ = 0;
};

}  // namespace lingua::llama
