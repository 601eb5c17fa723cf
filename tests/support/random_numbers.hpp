// The same pseudo-random numbers everywhere, standard library and Python alike: a linear congruential generator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lingua::test {

class RandomNumbers {
 public:
  explicit RandomNumbers(std::uint32_t seed) : state_(seed) {}

  /// 0 to `limit` - 1; limit at most 2^24.
  std::uint32_t below(std::uint32_t limit) {
    state_ = state_ * 1664525u + 1013904223u;
    return (state_ >> 8) % limit;
  }
  /// -1 to 1
  float real() { return static_cast<float>(below(1u << 24)) * 0x1p-23f - 1.0f; }
  std::vector<float> reals(std::size_t count, float spread = 1) {
    std::vector<float> values(count);
    for (float& value : values) value = spread * real();
    return values;
  }

 private:
  std::uint32_t state_;
};

}  // namespace lingua::test
