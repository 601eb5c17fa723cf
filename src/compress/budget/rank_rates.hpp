// Rates that fall with rank (LongLLMLingua, arXiv 2310.06839, section 4.3, Eq. 5).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace lingua::compress {

/// Tokens that contexts of `lengths`, best first, may keep of `budget`, which is at most their sum. The rate of the
/// context with rank I of K, 0 being the best, is
///     tau_I = max(0, min(1, tau + (1 - 2 I / (K - 1)) spread)),
/// and tau is what makes the budgets add up exactly.
std::vector<std::size_t> budgets_by_rank(std::span<const std::size_t> lengths, std::size_t budget, double spread);

}  // namespace lingua::compress
