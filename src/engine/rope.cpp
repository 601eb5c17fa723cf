#include "engine/rope.hpp"

#include <cmath>

namespace lingua::engine {
namespace {

std::vector<double> angles(std::size_t dimensions, double base, double scale) {
  std::vector<double> angles(dimensions / 2);
  for (std::size_t i = 0; i < angles.size(); ++i) {
    angles[i] = std::pow(base, -2.0 * static_cast<double>(i) / static_cast<double>(dimensions)) / scale;
  }
  return angles;
}

float* write(double position, const std::vector<double>& angles, float* out) {
  const std::size_t n = angles.size();
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = static_cast<float>(std::cos(position * angles[i]));
    out[n + i] = static_cast<float>(std::sin(position * angles[i]));
  }
  return out + 2 * n;
}

}  // namespace

Rope::Rope(const model::Description& d, std::span<const float> factors)
    : full_(angles(d.rope_dimensions, d.rope_base, d.rope_scale)) {
  for (std::size_t i = 0; i < factors.size(); ++i) full_[i] /= factors[i];
  if (d.sliding_window != 0) local_ = angles(d.rope_dimensions, d.rope_base_local, 1);
}

void Rope::compute(std::size_t position, float* rotations) const {
  write(static_cast<double>(position), local_, write(static_cast<double>(position), full_, rotations));
}

}  // namespace lingua::engine
