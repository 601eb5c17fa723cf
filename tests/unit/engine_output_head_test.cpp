// The fused output head against log-softmax over all logits in double.
#include "engine/output_head.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "support/random_numbers.hpp"

namespace lingua::engine {
namespace {

TEST(OutputHead, EqualsLogSoftmax) {
  constexpr std::size_t kSize = 64, kVocabulary = 261, kRows = 150, kWidth = 96;
  test::RandomNumbers random(11);
  const auto weights = random.reals(kSize * kVocabulary), hidden = random.reals(kSize * kRows, 3);
  std::vector<TokenId> targets;
  for (std::size_t i = 0; i < kRows; ++i) targets.push_back(static_cast<TokenId>(random.below(kVocabulary)));
  targets[0] = 0, targets[1] = kVocabulary - 1, targets[2] = kWidth - 1, targets[3] = kWidth;

  const auto packer = make_packer(ComputeType::f32);
  SlicedLinear matrix;
  matrix.width = kWidth;
  Buffer staging;
  for (std::size_t first = 0; first < kVocabulary; first += kWidth) {
    const auto row = [&](std::size_t output) {
      return StoredRow{model::TensorType::f32,
                       std::as_bytes(std::span(weights).subspan((first + output) * kSize, kSize))};
    };
    matrix.slices.push_back(packer->make(kSize, std::min(kWidth, kVocabulary - first)));
    matrix.slices.back()->pack(row, staging);
  }
  Workers workers(2);
  std::vector<float> surprisals(kRows);
  OutputHead(matrix, kernels(best_isa()), kSize * sizeof(float))
      .run(reinterpret_cast<const std::byte*>(hidden.data()), targets, surprisals, workers);

  for (std::size_t row = 0; row < kRows; ++row) {
    std::vector<double> logits(kVocabulary);
    double sum = 0;
    for (std::size_t token = 0; token < kVocabulary; ++token) {
      for (std::size_t i = 0; i < kSize; ++i) {
        logits[token] += static_cast<double>(hidden[row * kSize + i]) * weights[token * kSize + i];
      }
      sum += std::exp(logits[token]);
    }
    const double expected = std::log(sum) - logits[static_cast<std::size_t>(targets[row])];
    EXPECT_NEAR(surprisals[row], expected, 1e-4) << "row " << row;
  }
}

}  // namespace
}  // namespace lingua::engine
