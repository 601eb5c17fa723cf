// Blocks of 8-bit integers: the portable kernels against plain loops, every other instruction set against their bits.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "engine/kernels/kernels.hpp"
#include "engine/linear.hpp"
#include "support/isas.hpp"
#include "support/random_numbers.hpp"

namespace lingua::engine {
namespace {

using test::RandomNumbers;

class Q8Test : public test::EachIsa {};
INSTANTIATE_TEST_SUITE_P(Isa, Q8Test, test::all_isas(), test::isa_of_test);

std::vector<Q8Block> quantise(const Kernels& k, const std::vector<float>& x) {
  std::vector<Q8Block> blocks(x.size() / kRowMultiple);
  k.q8_inputs.convert(x.data(), x.size(), blocks.data());
  return blocks;
}

TEST_P(Q8Test, QuantisesToTheNearest) {
  RandomNumbers random(1);
  std::vector<float> x = random.reals(1024, 5);
  std::fill_n(&x[32], 32, 0.0f);
  std::fill_n(&x[64], 32, 1e-38f);
  for (std::size_t i = 128; i < 160; ++i) x[i] *= 1e6f;
  const std::vector<Q8Block> blocks = quantise(k(), x);
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    float most = 0;
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < kRowMultiple; ++i) {
      const float value = x[b * kRowMultiple + i];
      most = std::max(most, std::abs(value));
      sum += blocks[b].q[i];
      EXPECT_NEAR(blocks[b].q[i] * blocks[b].scale, value, 0.5001 * blocks[b].scale + 1e-30)
          << "block " << b << ", " << i;
    }
    EXPECT_NEAR(blocks[b].scale * 127, most, 1e-6 * most + 1e-30);
    EXPECT_EQ(static_cast<std::int32_t>(blocks[b].offset), -128 * sum);
  }
}

TEST_P(Q8Test, NotANumberIsNotHidden) {
  std::vector<float> x(96, 1.0f);
  x[3] = std::numeric_limits<float>::quiet_NaN();
  x[60] = -std::numeric_limits<float>::infinity();
  const std::vector<Q8Block> blocks = quantise(k(), x);
  EXPECT_TRUE(std::isnan(blocks[0].scale));
  EXPECT_TRUE(std::isinf(blocks[1].scale));
  EXPECT_EQ(blocks[2].q[0], 127);
}

// Random blocks, with the extremes that overflow 16 bits when they meet.
struct Problem {
  std::size_t rows, blocks, outputs;
  std::vector<Q8Block> in;
  std::vector<Q8Columns> weights;

  Problem(std::size_t row_count, std::size_t block_count, std::size_t output_count)
      : rows(row_count), blocks(block_count), outputs(output_count) {
    RandomNumbers random(3);
    for (std::size_t i = 0; i < rows * blocks; ++i) {
      Q8Block block = {random.real(), 0, {}};
      for (auto& q : block.q) {
        q = static_cast<std::int8_t>(i % 3 == 0 ? 127 - 254 * random.below(2) : random.below(255) - 127);
        block.offset -= 128u * static_cast<std::uint32_t>(q);
      }
      in.push_back(block);
    }
    weights.resize((outputs + kQ8Columns - 1) / kQ8Columns * blocks);
    for (Q8Columns& columns : weights) {
      for (auto& group : columns.q) {
        for (auto& output : group) {
          for (auto& q : output)
            q = static_cast<std::uint8_t>(random.below(3) ? random.below(256) : 255 * random.below(2));
        }
      }
      for (float& scale : columns.scale) scale = random.real();
    }
  }

  std::vector<float> multiply(const Kernels& k, bool accumulate) const {
    std::vector<float> out(rows * outputs, 0.25f);
    k.multiply_q8({in.data(), rows, blocks, weights.data(), outputs, out.data(), accumulate});
    return out;
  }

  double expected(std::size_t row, std::size_t output) const {
    double sum = 0;
    for (std::size_t b = 0; b < blocks; ++b) {
      const Q8Block& x = in[row * blocks + b];
      const Q8Columns& w = weights[output / kQ8Columns * blocks + b];
      const std::size_t column = output % kQ8Columns;
      int dot = 0;
      for (std::size_t i = 0; i < kRowMultiple; ++i) dot += x.q[i] * (w.q[i / 4][column][i % 4] - 128);
      sum += static_cast<double>(dot) * w.scale[column] * x.scale;
    }
    return sum;
  }
};

TEST(Q8, PortableProductEqualsThePlainLoop) {
  const Problem p(7, 18, 2 * kQ8Columns + 37);
  for (const bool accumulate : {false, true}) {
    const std::vector<float> found = p.multiply(kernels(Isa::portable), accumulate);
    for (std::size_t i = 0; i < found.size(); ++i) {
      const double expected = p.expected(i / p.outputs, i % p.outputs) + (accumulate ? 0.25 : 0);
      ASSERT_NEAR(found[i], expected, 1e-6 * 18 * 32 * 127 * 127) << "row " << i / p.outputs << ", " << i % p.outputs;
    }
  }
}

TEST_P(Q8Test, ProductHasThePortableBits) {
  for (const std::size_t rows : {1u, 3u, 4u, 9u, 64u}) {
    for (const std::size_t outputs : {5u, 16u, 40u, 48u, 96u, 133u}) {
      const Problem p(rows, 3, outputs);
      for (const bool accumulate : {false, true}) {
        ASSERT_EQ(p.multiply(k(), accumulate), p.multiply(kernels(Isa::portable), accumulate))
            << rows << " " << outputs;
      }
    }
  }
}

// Requantising would change a block whose largest number is not 127.
TEST(Q8, BlocksOfAFileAreTakenAsTheyAre) {
  constexpr std::size_t kInputs = 64, kOutputs = 50, kStored = kRowMultiple + 2;
  RandomNumbers random(5);
  std::vector<std::byte> stored(kOutputs * kInputs / kRowMultiple * kStored);
  for (std::size_t b = 0; b < stored.size(); b += kStored) {
    stored[b + 1] = std::byte{0x2c};  // scale 1/16, as a half
    for (std::size_t i = 2; i < kStored; ++i) stored[b + i] = static_cast<std::byte>(random.below(100) - 50);
  }
  const std::size_t row_bytes = stored.size() / kOutputs;
  Buffer staging;
  const auto packer = make_packer(ComputeType::q8_0);
  const auto linear = packer->make(kInputs, kOutputs);
  linear->pack(
      [&](std::size_t output) {
        return StoredRow{model::TensorType::q8_0, std::span(stored).subspan(output * row_bytes, row_bytes)};
      },
      staging);
  std::vector<float> x(kInputs), out(kOutputs);
  for (float& value : x) value = static_cast<float>(random.below(255)) - 127;
  x[0] = 127, x[40] = -127;  // so that the scale of the activations is 1
  linear->multiply(quantise(kernels(best_isa()), x).data(), 1, out.data(), false, staging);
  for (std::size_t output = 0; output < kOutputs; ++output) {
    double expected = 0;
    for (std::size_t i = 0; i < kInputs; ++i) {
      const std::byte q = stored[output * row_bytes + i / kRowMultiple * kStored + 2 + i % kRowMultiple];
      expected += x[i] * static_cast<std::int8_t>(q) / 16;
    }
    EXPECT_EQ(out[output], expected) << output;
  }
}

}  // namespace
}  // namespace lingua::engine
