// Reports progress to the caller and turns its wish to stop into an error.
#pragma once

#include <cstddef>
#include <lingua/error.hpp>
#include <lingua/options.hpp>
#include <string_view>

namespace lingua::compress {

class ProgressReporter {
 public:
  explicit ProgressReporter(const Options& options) : callback_(options.progress) {}

  /// Begins a step of `total` tokens.
  void begin(std::string_view step, std::size_t total) {
    state_ = {.step = step, .done = 0, .total = total};
    advance(0);
  }

  /// Throws Error: cancelled when the caller asks to stop.
  void advance(std::size_t tokens) {
    state_.done += tokens;
    if (callback_ && !callback_(state_)) throw Error(ErrorCode::cancelled, "compression was cancelled");
  }

 private:
  const std::function<bool(const Progress&)>& callback_;
  Progress state_{};
};

}  // namespace lingua::compress
