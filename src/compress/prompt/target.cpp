// From what the user asked for to a number of tokens.
#include "compress/prompt/target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <lingua/error.hpp>

namespace lingua::compress {
namespace {

void require_positive(const char* name, double value) {
  if (!(value > 0) || !std::isfinite(value))
    throw Error(ErrorCode::invalid_option, fmt::format("{} must be a number above 0, got {}", name, value));
}

struct AllowedTokens {
  double length;

  double operator()(Ratio ratio) const {
    require_positive("the target ratio", ratio.value);
    return length / ratio.value;
  }
  double operator()(Rate rate) const {
    require_positive("the target rate", rate.value);
    return length * rate.value;
  }
  double operator()(Tokens tokens) const {
    require_positive("the target number of tokens", static_cast<double>(tokens.value));
    return static_cast<double>(tokens.value);
  }
};

}  // namespace

std::size_t budget_of(const Target& target, std::size_t length) {
  const auto limit = static_cast<double>(length);
  // 100 tokens at rate 0.07 are 7, not the 6.99… that binary fractions make of it.
  constexpr double kRounding = 1e-9;
  const double allowed = std::min(std::visit(AllowedTokens{limit}, target) * (1 + kRounding), limit);
  if (allowed < 1)
    throw Error(
        ErrorCode::target_unreachable,
        fmt::format("the target leaves less than one of {} tokens; the smallest possible target is 1 token", length));
  return static_cast<std::size_t>(allowed);
}

}  // namespace lingua::compress
