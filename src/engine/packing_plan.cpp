#include "engine/packing_plan.hpp"

#include <algorithm>

#include "engine/kernels/kernels.hpp"

namespace lingua::engine {

void PackingPlan::add(std::unique_ptr<Linear>& linear, const MatrixSource& matrix) {
  add(linear, matrix, 0, matrix.outputs());
}

void PackingPlan::add(SlicedLinear& linear, const MatrixSource& matrix) {
  const std::size_t outputs = matrix.outputs(), most = packer_.slice_width();
  const std::size_t count = (outputs + most - 1) / most, even = (outputs + count - 1) / count;
  linear.width = (even + kRowMultiple - 1) / kRowMultiple * kRowMultiple;
  linear.slices.resize((outputs + linear.width - 1) / linear.width);
  for (std::size_t i = 0; i < linear.slices.size(); ++i) {
    const std::size_t first = i * linear.width;
    add(linear.slices[i], matrix, first, std::min(linear.width, outputs - first));
  }
}

void PackingPlan::add(std::unique_ptr<Linear>& linear, const MatrixSource& matrix, std::size_t first,
                      std::size_t outputs) {
  linear = packer_.make(matrix.inputs(), outputs);
  jobs_.emplace_back([&linear, matrix, first](Buffer& staging) {
    linear->pack([&](std::size_t output) { return matrix.row(first + output); }, staging);
  });
}

void PackingPlan::run(Workers& workers) const {
  std::vector<Buffer> staging(workers.threads());
  workers.run(jobs_.size(), [&](std::size_t job, unsigned worker) { jobs_[job](staging[worker]); });
}

}  // namespace lingua::engine
