// Finds the rate around which the others are spread.
#include "compress/budget/rank_rates.hpp"

#include <algorithm>
#include <cmath>

namespace lingua::compress {
namespace {

/// Tokens of each context around rate `tau`.
std::vector<double> tokens_at(std::span<const std::size_t> lengths, double tau, double spread) {
  const auto last = static_cast<double>(lengths.size()) - 1;
  std::vector<double> tokens;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    const double offset = last > 0 ? (1 - 2 * static_cast<double>(i) / last) * spread : 0;
    tokens.push_back(static_cast<double>(lengths[i]) * std::clamp(tau + offset, 0.0, 1.0));
  }
  return tokens;
}

/// The sum of tokens_at grows with tau: halves the interval in which it meets the budget, as often as doubles can
/// tell.
double find_tau(std::span<const std::size_t> lengths, std::size_t budget, double spread) {
  double low = -spread, high = 1 + spread;
  for (int halvings = 0; halvings < 60; ++halvings) {
    const double middle = (low + high) / 2;
    double sum = 0;
    for (const double tokens : tokens_at(lengths, middle, spread)) sum += tokens;
    (sum < static_cast<double>(budget) ? low : high) = middle;
  }
  return high;
}

}  // namespace

std::vector<std::size_t> budgets_by_rank(std::span<const std::size_t> lengths, std::size_t budget, double spread) {
  std::vector<std::size_t> budgets;
  double sum = 0;
  std::size_t given = 0;
  for (const double tokens : tokens_at(lengths, find_tau(lengths, budget, spread), spread)) {
    sum += tokens;
    budgets.push_back(static_cast<std::size_t>(std::llround(sum)) - given);  // of sums, so that roundings cancel out
    given += budgets.back();
  }
  return budgets;
}

}  // namespace lingua::compress
