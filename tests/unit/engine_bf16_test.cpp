// The product with weights in bfloat16, on numbers whose products and sums are exact in any order: to the last bit.
#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "engine/kernels/kernels.hpp"
#include "support/isas.hpp"
#include "support/random_numbers.hpp"

namespace lingua::engine {
namespace {

class Bf16Test : public test::EachIsa {};
INSTANTIATE_TEST_SUITE_P(Isa, Bf16Test, test::all_isas(), test::isa_of_test);

// Multiples of 1/64 up to 1.
std::vector<float> short_numbers(test::RandomNumbers& random, std::size_t count) {
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(random.below(129)) / 64 - 1;
  return values;
}

// The upper half of a float: exact for short numbers.
std::uint32_t bf16(float x) {
  std::uint32_t bits;
  std::memcpy(&bits, &x, 4);
  return bits >> 16;
}

struct Problem {
  std::size_t rows, inputs, outputs;
  std::vector<float> x, w;
  std::vector<std::uint32_t> in, weights;

  Problem(std::size_t row_count, std::size_t input_count, std::size_t output_count)
      : rows(row_count), inputs(input_count), outputs(output_count) {
    test::RandomNumbers random(11);
    x = short_numbers(random, rows * inputs);
    w = short_numbers(random, outputs * inputs);
    for (std::size_t i = 0; i < x.size(); i += 2) in.push_back(bf16(x[i]) | bf16(x[i + 1]) << 16);
    weights.resize((outputs + kBf16Columns - 1) / kBf16Columns * kBf16Columns * inputs / 2);
    for (std::size_t output = 0; output < outputs; ++output) {
      std::uint32_t* to = &weights[output / kBf16Columns * kBf16Columns * inputs / 2 + output % kBf16Columns];
      for (std::size_t i = 0; i < inputs; i += 2, to += kBf16Columns) {
        *to = bf16(w[output * inputs + i]) | bf16(w[output * inputs + i + 1]) << 16;
      }
    }
  }

  float expected(std::size_t row, std::size_t output) const {
    double sum = 0;
    for (std::size_t i = 0; i < inputs; ++i) sum += static_cast<double>(x[row * inputs + i]) * w[output * inputs + i];
    return static_cast<float>(sum);
  }
};

TEST_P(Bf16Test, ProductEqualsThePlainLoop) {
  for (const std::size_t rows : {1u, 4u, 7u, 16u, 23u, 64u}) {
    for (const std::size_t outputs : {5u, 64u, 133u}) {
      const Problem p(rows, 96, outputs);
      for (const bool accumulate : {false, true}) {
        std::vector<float> out(rows * outputs + 1, 0.25f);
        k().multiply_bf16({p.in.data(), rows, p.inputs, p.weights.data(), outputs, out.data(), accumulate});
        for (std::size_t i = 0; i < rows * outputs; ++i) {
          ASSERT_EQ(out[i], p.expected(i / outputs, i % outputs) + (accumulate ? 0.25f : 0.0f))
              << "row " << i / outputs << " of " << rows << ", output " << i % outputs << " of " << outputs;
        }
        ASSERT_EQ(out.back(), 0.25f) << "written behind the end";
      }
    }
  }
}

}  // namespace
}  // namespace lingua::engine
