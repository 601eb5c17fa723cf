// Deals out an amount in proportion to lengths, exactly.
#pragma once

#include <cstddef>

namespace lingua::compress {

/// Successive shares of `amount` for pieces that are `total` long together: each in proportion to its length, rounded
/// so that the shares add up to `amount`, and never longer than the piece when `amount` is at most `total`.
class ProportionalShares {
 public:
  ProportionalShares(std::size_t amount, std::size_t total) : amount_(amount), total_(total) {}

  std::size_t next(std::size_t length) {
    seen_ += length;
    const auto share = amount_ * seen_ / total_ - given_;
    given_ += share;
    return share;
  }

 private:
  std::size_t amount_, total_;
  std::size_t seen_ = 0, given_ = 0;
};

}  // namespace lingua::compress
