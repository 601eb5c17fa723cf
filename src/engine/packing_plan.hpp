// What is to be packed, collected first and then done by all threads: the jobs differ little in size, thanks to the
// slices.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "engine/linear.hpp"
#include "engine/weight_source.hpp"
#include "engine/workers.hpp"

namespace lingua::engine {

class PackingPlan {
 public:
  explicit PackingPlan(LinearPacker& packer) : packer_(packer) {}

  /// `linear` is filled when the plan runs; it stays where it is until then. In the order of use: see
  /// LinearPacker::make.
  void add(std::unique_ptr<Linear>& linear, const MatrixSource& matrix);
  void add(SlicedLinear& linear, const MatrixSource& matrix);

  void run(Workers& workers) const;

 private:
  void add(std::unique_ptr<Linear>& linear, const MatrixSource& matrix, std::size_t first, std::size_t outputs);

  LinearPacker& packer_;
  std::vector<std::function<void(Buffer& staging)>> jobs_;
};

}  // namespace lingua::engine
