// Surprisals from hidden states: the output matrix and log-softmax in one. Each panel of the vocabulary leaves two
// numbers per row, maximum and sum of exp(logit - maximum), so that tokens x vocabulary logits never exist.
#pragma once

#include <cstddef>
#include <span>

#include <lingua/scorer.hpp>

#include "engine/kernels/kernels.hpp"
#include "engine/linear.hpp"
#include "engine/workers.hpp"

namespace lingua::engine {

class OutputHead {
 public:
  /// `matrix` has one output per token of the vocabulary, and reads rows of `row_bytes` bytes.
  OutputHead(const SlicedLinear& matrix, const Kernels& kernels, std::size_t row_bytes)
      : matrix_(matrix), kernels_(kernels), row_bytes_(row_bytes) {}

  /// surprisals[i] = -ln softmax(matrix * row i of `hidden`)[targets[i]]
  void run(const std::byte* hidden, std::span<const TokenId> targets, std::span<float> surprisals,
           Workers& workers) const;

 private:
  const SlicedLinear& matrix_;
  const Kernels& kernels_;
  std::size_t row_bytes_;
};

}  // namespace lingua::engine
