#include "scoring/windowed_scorer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <lingua/error.hpp>

namespace lingua::scoring {

void WindowedScorer::truncate(std::size_t size) {
  if (size > history_.size()) {
    throw Error(ErrorCode::internal, fmt::format("cannot truncate {} tokens to {}", history_.size(), size));
  }
  history_.resize(size);
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    const std::size_t begin = plan_.begin(windows_[slot]);
    keep_positions(slot, size < begin ? 0 : size - begin + 1);
  }
}

void WindowedScorer::append(std::span<const TokenId> ids) {
  check(ids);
  history_.insert(history_.end(), ids.begin(), ids.end());
}

void WindowedScorer::score(std::span<const TokenId> ids, std::span<float> surprisal) {
  check({ids, surprisal});
  const std::size_t before = size();
  history_.insert(history_.end(), ids.begin(), ids.end());
  try {
    for (std::size_t done = 0; done < ids.size();) {
      const std::size_t first = before + done, window = plan_.window_of(first);
      const std::size_t count = std::min(ids.size() - done, plan_.end(window) - first);
      score_positions(slot_of(window), first - plan_.begin(window), std::span(history_).subspan(first, count),
                      surprisal.subspan(done, count));
      done += count;
    }
    release_older_window();
  } catch (...) {
    truncate(before);
    throw;
  }
}

std::vector<TokenId> WindowedScorer::ids_at(std::size_t slot, std::size_t first, std::size_t end) const {
  const std::size_t begin = plan_.begin(windows_[slot]);
  std::vector<TokenId> ids;
  for (std::size_t position = first; position < end; ++position) {
    ids.push_back(position == 0 ? separator_ : history_[begin + position - 1]);
  }
  return ids;
}

void WindowedScorer::check(const TextToScore& text) const {
  check(text.ids);
  if (text.surprisal.size() == text.ids.size()) return;
  throw Error(ErrorCode::internal,
              fmt::format("room for {} surprisals of {} tokens", text.surprisal.size(), text.ids.size()));
}

void WindowedScorer::check(std::span<const TokenId> ids) const {
  for (const TokenId id : ids) {
    if (id < 0 || static_cast<std::size_t>(id) >= vocabulary_) {
      throw Error(ErrorCode::input_malformed,
                  fmt::format("token {} is not among the model's 0 to {}", id, vocabulary_ - 1));
    }
  }
}

/// Its memory serves the next one. Whoever cuts back further than usual pays by reading it again.
void WindowedScorer::release_older_window() {
  constexpr std::size_t kCutBack = 1024;  // more than a segment or a question, which are what texts are cut back by
  const std::size_t window = plan_.window_of(size());
  if (window > 0 && size() > plan_.end(window - 1) + kCutBack) keep_positions((window - 1) % kSlots, 0);
}

std::size_t WindowedScorer::slot_of(std::size_t window) {
  const std::size_t slot = window % kSlots;
  if (windows_[slot] != window) keep_positions(slot, 0);
  windows_[slot] = window;
  return slot;
}

}  // namespace lingua::scoring
