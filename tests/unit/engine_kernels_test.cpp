// The portable kernels against plain formulas in double, every other instruction set against the portable one.
#include "engine/kernels/kernels.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "support/isas.hpp"
#include "support/random_numbers.hpp"

namespace lingua::engine {
namespace {

using test::RandomNumbers;

float from_bf16(std::uint16_t bits) { return std::bit_cast<float>(std::uint32_t{bits} << 16); }

// What an InputKernels function wrote, as floats.
std::vector<float> decode(const std::vector<std::byte>& bytes, std::size_t element_bytes) {
  std::vector<float> values(bytes.size() / element_bytes);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (element_bytes == 4) {
      std::memcpy(&values[i], &bytes[4 * i], 4);
    } else {
      std::uint16_t bits;
      std::memcpy(&bits, &bytes[2 * i], 2);
      values[i] = from_bf16(bits);
    }
  }
  return values;
}

double gelu_of(double x) {
  return 0.5 * x * (1 + std::tanh(std::sqrt(2 / std::acos(-1)) * (x + 0.044715 * x * x * x)));
}

class KernelsTest : public test::EachIsa {
 protected:
  // Runs `write(kernels, out)` for both element types and compares with `expected`.
  template <class Write>
  void expect_rows(const std::vector<double>& expected, Write write, double absolute = 1e-7) const {
    for (const InputKernels& inputs : {k().f32_inputs, k().bf16_inputs}) {
      std::vector<std::byte> bytes(inputs.bytes(expected.size()));
      write(inputs, bytes.data());
      const std::size_t element_bytes = inputs.chunk_bytes / kRowMultiple;
      const std::vector<float> found = decode(bytes, element_bytes);
      const double precision = element_bytes == 4 ? 2e-6 : 1.0 / 256;
      for (std::size_t i = 0; i < expected.size(); ++i) {
        ASSERT_NEAR(found[i], expected[i], precision * std::abs(expected[i]) + absolute) << "element " << i;
      }
    }
  }
};
INSTANTIATE_TEST_SUITE_P(Isa, KernelsTest, test::all_isas(), test::isa_of_test);

TEST_P(KernelsTest, TableIsTheOneAskedFor) { EXPECT_EQ(k().isa, GetParam()); }

TEST_P(KernelsTest, AddAndScale) {
  RandomNumbers random(1);
  const auto a = random.reals(96), b = random.reals(96);
  auto sum = a, product = a;
  k().add(sum.data(), b.data(), 96);
  k().scale(product.data(), 3, 96);
  for (std::size_t i = 0; i < 96; ++i) {
    EXPECT_EQ(sum[i], a[i] + b[i]);
    EXPECT_EQ(product[i], a[i] * 3);
  }
}

TEST_P(KernelsTest, RmsNorm) {
  RandomNumbers random(2);
  const auto x = random.reals(576, 5), weight = random.reals(576);
  double squares = 0;
  for (const double value : x) squares += value * value;
  std::vector<double> expected(576);
  for (std::size_t i = 0; i < 576; ++i) expected[i] = x[i] / std::sqrt(squares / 576 + 1e-5) * weight[i];
  expect_rows(expected, [&](const InputKernels& inputs, void* out) {
    inputs.rms_norm(x.data(), weight.data(), 1e-5f, 576, out);
  });
  auto in_place = x;
  k().rms_norm(in_place.data(), weight.data(), 1e-5f, 576, in_place.data());
  for (std::size_t i = 0; i < 576; ++i) EXPECT_NEAR(in_place[i], expected[i], 1e-5);
}

TEST_P(KernelsTest, LayerNorm) {
  RandomNumbers random(7);
  auto x = random.reals(576, 5);
  const auto weight = random.reals(576), bias = random.reals(576);
  for (float& value : x) value += 20;  // the mean is what layer norms take out
  double mean = 0, variance = 0;
  for (const double value : x) mean += value / 576;
  for (const double value : x) variance += (value - mean) * (value - mean) / 576;
  std::vector<double> expected(576);
  for (std::size_t i = 0; i < 576; ++i) {
    expected[i] = (x[i] - mean) / std::sqrt(variance + 1e-5) * weight[i] + bias[i];
  }
  const auto write = [&](const InputKernels& inputs, void* out) {
    inputs.layer_norm(x.data(), weight.data(), bias.data(), 1e-5f, 576, out);
  };
  expect_rows(expected, write, 2e-6);  // an element of x has no more digits
}

TEST_P(KernelsTest, Activations) {
  RandomNumbers random(3);
  auto gate = random.reals(256, 12);
  const auto up = random.reals(256);
  gate[0] = 0, gate[1] = -200, gate[2] = 200, gate[3] = -88, gate[4] = 88;
  std::vector<double> silu(256), gelu(256);
  for (std::size_t i = 0; i < 256; ++i) {
    const double g = gate[i];
    silu[i] = g / (1 + std::exp(-g)) * up[i];
    gelu[i] = gelu_of(gate[i]) * up[i];
  }
  expect_rows(silu,
              [&](const InputKernels& inputs, void* out) { inputs.gate_silu(gate.data(), up.data(), 256, out); });
  expect_rows(gelu,
              [&](const InputKernels& inputs, void* out) { inputs.gate_gelu(gate.data(), up.data(), 256, out); });
  std::vector<double> biased_gelu(256);
  for (std::size_t i = 0; i < 256; ++i) biased_gelu[i] = gelu_of(gate[i] + up[i]);
  expect_rows(biased_gelu,
              [&](const InputKernels& inputs, void* out) { inputs.bias_gelu(gate.data(), up.data(), 256, out); });
}

TEST_P(KernelsTest, Bf16RoundsToNearestEven) {
  RandomNumbers random(4);
  std::vector<float> x = random.reals(64, 100);
  x[0] = 1 + 0x1p-8f;      // half way: to the even 1
  x[1] = 1 + 3 * 0x1p-8f;  // half way: to the even 1 + 2^-6
  x[2] = 1 + 0x1.01p-8f;   // a little more
  x[3] = std::numeric_limits<float>::infinity();
  x[4] = std::numeric_limits<float>::quiet_NaN();
  x[5] = -0.0f;
  std::vector<std::byte> bytes(64 * 2);
  k().bf16_inputs.convert(x.data(), 64, bytes.data());
  const auto found = decode(bytes, 2);
  EXPECT_EQ(found[0], 1);
  EXPECT_EQ(found[1], 1 + 0x1p-6f);
  EXPECT_EQ(found[2], 1 + 0x1p-7f);
  EXPECT_EQ(found[3], std::numeric_limits<float>::infinity());
  EXPECT_TRUE(std::isnan(found[4]));
  EXPECT_TRUE(std::signbit(found[5]));
  for (std::size_t i = 6; i < 64; ++i) EXPECT_NEAR(found[i], x[i], std::abs(x[i]) / 256);
}

TEST_P(KernelsTest, Rope) {
  RandomNumbers random(5);
  const auto x = random.reals(64), angles = random.reals(32, 3);
  std::vector<float> cosines, sines;
  for (const float angle : angles) {
    cosines.push_back(std::cos(angle));
    sines.push_back(std::sin(angle));
  }
  auto rotated = x;
  k().rope(rotated.data(), cosines.data(), sines.data(), 64);
  for (std::size_t i = 0; i < 32; ++i) {
    EXPECT_NEAR(rotated[i], x[i] * std::cos(angles[i]) - x[i + 32] * std::sin(angles[i]), 1e-6);
    EXPECT_NEAR(rotated[i + 32], x[i] * std::sin(angles[i]) + x[i + 32] * std::cos(angles[i]), 1e-6);
  }
}

TEST_P(KernelsTest, LogSumExpOfAnyLength) {
  RandomNumbers random(6);
  for (const std::size_t n : {1u, 3u, 15u, 16u, 17u, 100u, 1024u}) {
    const auto x = random.reals(n, 30);
    float maximum, sum;
    k().log_sum_exp(x.data(), n, &maximum, &sum);
    double total = 0;
    for (const double value : x) total += std::exp(value);
    EXPECT_NEAR(maximum + std::log(sum), std::log(total), 1e-5) << n;
  }
}

TEST_P(KernelsTest, NotANumberIsNotHidden) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> x(64, 1.0f);
  x[40] = nan;
  float maximum, sum;
  k().log_sum_exp(x.data(), 64, &maximum, &sum);
  EXPECT_TRUE(std::isnan(maximum + std::log(sum)));
  std::vector<float> out(64);
  k().f32_inputs.gate_silu(x.data(), x.data(), 64, out.data());
  EXPECT_TRUE(std::isnan(out[40]));
}

}  // namespace
}  // namespace lingua::engine
