// What scorers have in common whatever computes: the history of tokens, and the windows (window.hpp) that its tokens
// are scored in. Two windows stay alive, the current one and the one before: texts are cut back across the border.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include <lingua/scorer.hpp>

#include "scoring/window.hpp"

namespace lingua::scoring {

/// Position 0 of a window holds the separator, position i + 1 its token i, which position i predicts.
class WindowedScorer : public Scorer {
 public:
  std::size_t size() const noexcept final { return history_.size(); }
  void truncate(std::size_t size) final;
  void append(std::span<const TokenId> ids) final;
  void score(std::span<const TokenId> ids, std::span<float> surprisal) final;

  /// Separators count too.
  std::size_t forwarded_tokens() const noexcept final { return forwarded_; }

 protected:
  static constexpr std::size_t kSlots = 2;  ///< windows that are alive

  /// Where `window` is kept from now on.
  std::size_t slot_of(std::size_t window);

  /// `window` counts positions, the separator's included.
  WindowedScorer(TokenId separator, std::size_t vocabulary, std::size_t window)
      : separator_(separator), vocabulary_(vocabulary), plan_(window) {}

  /// Forgets what is known of the positions from `count` on of the window in `slot`.
  virtual void keep_positions(std::size_t slot, std::size_t count) = 0;

  /// Fills surprisal[i] = -ln p(targets[i] | positions 0 to first + i of the window in `slot`).
  virtual void score_positions(std::size_t slot, std::size_t first, std::span<const TokenId> targets,
                               std::span<float> surprisal) = 0;

  /// What the positions [first, end) of the window in `slot` hold.
  std::vector<TokenId> ids_at(std::size_t slot, std::size_t first, std::size_t end) const;

  /// Throws Error: input_malformed (a token that the model does not have), internal (too much or too little room).
  void check(const TextToScore& text) const;
  void check(std::span<const TokenId> ids) const;

  TokenId separator() const noexcept { return separator_; }
  std::size_t capacity() const noexcept { return plan_.capacity(); }  ///< tokens that one window scores
  void count_forwarded(std::size_t tokens) noexcept { forwarded_ += tokens; }

 private:
  void release_older_window();

  TokenId separator_;
  std::size_t vocabulary_;
  WindowPlan plan_;
  std::vector<TokenId> history_;
  std::array<std::size_t, kSlots> windows_ = {0, 1};  // which one is in each slot
  std::size_t forwarded_ = 0;
};

}  // namespace lingua::scoring
