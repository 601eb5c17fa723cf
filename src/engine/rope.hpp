// Rotary positions (arXiv 2104.09864): by which angles the queries and keys of a position are rotated.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/description.hpp"

namespace lingua::engine {

/// Of nothing when positions are learned.
class Rope {
 public:
  /// What the kernel `rope` takes.
  struct Rotation {
    const float *cosines, *sines;
  };

  /// `factors` divide the angles of the pairs in layers with full attention; empty: none does.
  Rope(const model::Description& description, std::span<const float> factors);

  /// Floats that `compute` writes for one position.
  std::size_t size() const noexcept { return 2 * (full_.size() + local_.size()); }

  /// The rotations of `position`, for layers with full attention and for local ones.
  void compute(std::size_t position, float* rotations) const;

  /// The one among `rotations` for layers that are local, or not.
  Rotation choose(const float* rotations, bool local) const {
    const float* const cosines = rotations + (local ? 2 * full_.size() : 0);
    return {cosines, cosines + full_.size()};
  }

 private:
  std::vector<double> full_, local_;  // angles of position 1; `local_` is empty when no layer is local
};

}  // namespace lingua::engine
