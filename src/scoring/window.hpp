// Where the model's context begins for each token of a text that may be longer than the model's window.
//
// Windows overlap by a quarter: window k begins at token k * step, with the separator before it, and when it is full
// the next one begins, with the newest quarter of its tokens, which are read twice. Which window a token is scored in
// depends on its position alone, never on how the text was cut into calls. The last token of a window is scored but
// not read, so that a window scores as many tokens as it has positions.
#pragma once

#include <cstddef>

namespace lingua::scoring {

class WindowPlan {
 public:
  /// `positions` of a window, the separator's included; at least 2.
  explicit WindowPlan(std::size_t positions) : capacity_(positions), step_(positions - positions / 4) {}

  /// Tokens that are scored in a window that begins with the text.
  std::size_t capacity() const noexcept { return capacity_; }

  /// The window in which token `position` is scored.
  std::size_t window_of(std::size_t position) const noexcept {
    return position < capacity_ ? 0 : (position - capacity_) / step_ + 1;
  }

  std::size_t begin(std::size_t window) const noexcept { return window * step_; }

  /// The first token that is scored in a later window.
  std::size_t end(std::size_t window) const noexcept { return begin(window) + capacity_; }

 private:
  std::size_t capacity_, step_;
};

}  // namespace lingua::scoring
