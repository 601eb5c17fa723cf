// Attention over pages against softmax(q k) v in double, and its weights, for every instruction set, element type and
// shape of heads.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "engine/kernels/kernels.hpp"
#include "support/isas.hpp"
#include "support/random_numbers.hpp"

namespace lingua::engine {
namespace {

struct Shape {
  std::size_t head_size, heads, queries,
      context;  // `heads` share a key-value head; `context` keys before the queries
  std::size_t window;
};

std::ostream& operator<<(std::ostream& out, const Shape& s) {
  return out << s.head_size << "x" << s.heads << ", " << s.queries << " queries after " << s.context << ", window "
             << s.window;
}

class AttentionTest : public testing::TestWithParam<std::tuple<Isa, Shape>> {
 protected:
  // The key at position p is made 1 + growth * p times as long.
  void check(const AttentionKernels& kernels, double tolerance, float growth = 0);
};

struct Expected {
  std::vector<double> out;      // [position][head][element]
  std::vector<double> weights;  // [position][key], summed over heads
};

// keys, values: one row per position; queries: [position][head]
Expected expected(const Shape& s, const std::vector<float>& queries, const std::vector<float>& keys,
                  const std::vector<float>& values, float scale) {
  const std::size_t positions = s.context + s.queries;
  std::vector<double> out(s.queries * s.heads * s.head_size), weights(s.queries * positions);
  for (std::size_t row = 0; row < s.queries * s.heads; ++row) {
    const std::size_t position = s.context + row / s.heads;
    const std::size_t first = position + 1 > s.window ? position + 1 - s.window : 0;
    double sum = 0;
    std::vector<double> row_weights(positions);
    for (std::size_t key = first; key <= position; ++key) {
      double score = 0;
      for (std::size_t i = 0; i < s.head_size; ++i) {
        score += static_cast<double>(queries[row * s.head_size + i]) * keys[key * s.head_size + i];
      }
      const double weight = std::exp(score * scale);
      sum += weight;
      row_weights[key] = weight;
      for (std::size_t i = 0; i < s.head_size; ++i)
        out[row * s.head_size + i] += weight * values[key * s.head_size + i];
    }
    for (std::size_t i = 0; i < s.head_size; ++i) out[row * s.head_size + i] /= sum;
    for (std::size_t key = 0; key < positions; ++key) {
      weights[row / s.heads * positions + key] += row_weights[key] / sum;
    }
  }
  return {out, weights};
}

void AttentionTest::check(const AttentionKernels& kernels, double tolerance, float growth) {
  const Shape s = std::get<Shape>(GetParam());
  test::RandomNumbers random(7);
  const std::size_t positions = s.context + s.queries, rows = s.queries * s.heads;
  const auto queries = random.reals(rows * s.head_size), values = random.reals(positions * s.head_size);
  auto keys = random.reals(positions * s.head_size, 2);
  for (std::size_t i = 0; i < keys.size(); ++i) keys[i] *= 1 + growth * static_cast<float>(i / s.head_size);
  const float scale = 1 / std::sqrt(static_cast<float>(s.head_size));

  std::vector<std::byte> stored(rows * s.head_size * kernels.element_bytes);
  for (std::size_t row = 0; row < rows; ++row) {
    kernels.write_query(&queries[row * s.head_size], scale, s.head_size,
                        &stored[row * s.head_size * kernels.element_bytes]);
  }
  std::vector<float> out(rows * s.head_size), references(rows), sums(rows * kSumLanes);
  PageAttention page = {};
  page.queries = stored.data();
  page.rows = rows;
  page.head_size = s.head_size;
  page.heads = s.heads;
  page.window = static_cast<std::ptrdiff_t>(s.window);
  page.reference = references.data();
  page.sums = sums.data();
  page.out = out.data();
  const std::size_t stride = (positions + kPage - 1) / kPage * kPage;
  std::vector<std::byte> page_keys(kPage * s.head_size * kernels.element_bytes), page_values(page_keys.size());
  const auto show = [&](std::size_t first) {
    std::ranges::fill(page_keys, std::byte{0}), std::ranges::fill(page_values, std::byte{0});
    for (std::size_t slot = 0; slot < kPage && first + slot < positions; ++slot) {
      kernels.write_key(&keys[(first + slot) * s.head_size], s.head_size, page_keys.data(), slot);
      kernels.write_value(&values[(first + slot) * s.head_size], s.head_size, page_values.data(), slot);
    }
    page.keys = page_keys.data();
    page.values = page_values.data();
    page.first_position = static_cast<std::ptrdiff_t>(s.context) - static_cast<std::ptrdiff_t>(first);
  };
  std::vector<float> weights(s.queries * stride);
  kernels.start(page);
  for (std::size_t first = 0; first < positions; first += kPage) show(first), kernels.attend(page);
  for (std::size_t first = 0; first < positions; first += kPage)
    show(first), kernels.add_weights(page, &weights[first], stride);
  kernels.finish(page);
  const auto reference = expected(s, queries, keys, values, scale);
  for (std::size_t i = 0; i < out.size(); ++i) {
    ASSERT_NEAR(out[i], reference.out[i], tolerance) << "row " << i / s.head_size;
  }
  for (std::size_t i = 0; i < reference.weights.size(); ++i) {
    ASSERT_NEAR(weights[i / positions * stride + i % positions], reference.weights[i], tolerance)
        << "key " << i % positions << " of query " << i / positions;
  }
}

TEST_P(AttentionTest, F32) {
  if (!supports(std::get<Isa>(GetParam()))) GTEST_SKIP() << "this CPU lacks the instructions";
  check(kernels(std::get<Isa>(GetParam())).f32_attention, 2e-6);
}

// Later scores are far above all before, so that what was added up has to shrink.
TEST_P(AttentionTest, ScoresThatGrow) {
  if (!supports(std::get<Isa>(GetParam()))) GTEST_SKIP() << "this CPU lacks the instructions";
  check(kernels(std::get<Isa>(GetParam())).f32_attention, 2e-5, 0.1f);
}

TEST_P(AttentionTest, Bf16) {
  if (!supports(std::get<Isa>(GetParam()))) GTEST_SKIP() << "this CPU lacks the instructions";
  check(kernels(std::get<Isa>(GetParam())).bf16_attention, 8e-3);
}

constexpr std::size_t kAll = 1u << 20;
INSTANTIATE_TEST_SUITE_P(Shapes, AttentionTest,
                         testing::Combine(test::all_isas(),
                                          testing::Values(Shape{64, 1, 1, 0, kAll}, Shape{64, 3, 37, 100, kAll},
                                                          Shape{64, 9, 64, 64, kAll}, Shape{128, 6, 17, 63, kAll},
                                                          Shape{256, 4, 40, 10, kAll}, Shape{64, 1, 5, 200, 1},
                                                          Shape{64, 2, 50, 150, 64}, Shape{256, 4, 20, 130, 70},
                                                          Shape{64, 3, 64, 0, 16})));

}  // namespace
}  // namespace lingua::engine
