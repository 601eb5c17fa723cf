// Which units stay.
#include "compress/prompt/selection.hpp"

#include <algorithm>
#include <numeric>

namespace lingua::compress {

Selection::Selection(const TokenizedPrompt& prompt) {
  for (const auto& part : prompt.parts) kept_.emplace_back(part.tokens.size(), 0);
}

void Selection::keep(std::size_t part, TokenRange range) {
  for (auto token = range.begin; token < range.end; ++token) {
    tokens_ += kept_[part][token] == 0;
    kept_[part][token] = 1;
  }
}

std::size_t Selection::tokens(std::size_t part) const {
  return static_cast<std::size_t>(std::ranges::count(kept_[part], 1));
}

double unit_score(std::span<const float> surprisals, UnitScore how) {
  if (how == UnitScore::max) return *std::ranges::max_element(surprisals);
  const double sum = std::accumulate(surprisals.begin(), surprisals.end(), 0.0);
  return how == UnitScore::sum ? sum : sum / static_cast<double>(surprisals.size());
}

std::vector<std::size_t> most_surprising(std::span<const Candidate> candidates, std::size_t budget) {
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    const bool a_guarded = candidates[a].unit.guard != Guard::none;
    const bool b_guarded = candidates[b].unit.guard != Guard::none;
    return a_guarded != b_guarded ? a_guarded : candidates[a].score > candidates[b].score;
  });
  std::vector<std::size_t> picked;
  for (const auto index : order) {
    const auto size = candidates[index].unit.tokens.size();
    if (size > budget) continue;
    budget -= size;
    picked.push_back(index);
  }
  std::ranges::sort(picked);
  return picked;
}

}  // namespace lingua::compress
