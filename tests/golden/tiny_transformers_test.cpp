// The whole transformer on tiny random models against PyTorch in double precision (tiny_transformers.py).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <lingua/model.hpp>

#include "engine/kernels/kernels.hpp"
#include "support/random_numbers.hpp"
#include "support/tiny_model.hpp"

namespace lingua {
namespace {

class TinyTransformers : public testing::TestWithParam<const char*> {
 protected:
  struct Difference {
    double mean = 0, max = 0;
  };

  static constexpr std::size_t kTokens = 150, kAsking = 3;  // as in tiny_transformers.py; a few pages of the cache

  static std::vector<double> golden(const std::string& ending) {
    std::ifstream file(std::string(LINGUA_TEST_DATA "/golden/tiny_") + GetParam() + ending);
    std::vector<double> values;
    for (double value; file >> value;) values.push_back(value);
    return values;
  }

  static std::vector<TokenId> ids() {
    test::RandomNumbers random(1);
    std::vector<TokenId> ids(kTokens);
    for (TokenId& id : ids) id = static_cast<TokenId>(random.below(256));
    return ids;
  }

  static std::shared_ptr<const Model> load(ComputeType compute) {
    test::TinyModel tiny;
    tiny.architecture = GetParam();
    tiny.window = 256;
    const test::TempFile file(test::tiny_model(tiny).bytes());
    return Model::load(file.path(), {.compute = compute, .threads = 2});
  }

  static Difference difference_of(std::span<const float> found, std::span<const double> expected) {
    EXPECT_EQ(found.size(), expected.size());
    Difference difference;
    for (std::size_t i = 0; i < std::min(found.size(), expected.size()); ++i) {
      const double delta = std::abs(found[i] - expected[i]);
      difference.mean += delta / static_cast<double>(found.size());
      difference.max = std::max(difference.max, delta);
    }
    return difference;
  }

  Difference difference(ComputeType compute) const {
    std::vector<float> found(kTokens);
    const auto model = load(compute);
    model->new_scorer()->score(ids(), found);
    return difference_of(found, golden(".txt"));
  }

  // Weights are summed over all heads and layers.
  Difference attention_difference(ComputeType compute) const {
    const auto text = ids();
    std::vector<float> found(kAsking * (kTokens - kAsking));
    const auto model = load(compute);
    const auto scorer = model->new_scorer();
    scorer->append(std::span(text).first(kTokens - kAsking));
    scorer->attend(std::span(text).last(kAsking), found);
    EXPECT_EQ(scorer->size(), kTokens);
    return difference_of(found, golden(".attention.txt"));
  }

  Difference representation_difference(ComputeType compute) const {
    const auto text = ids();
    const auto model = load(compute);
    const auto scorer = model->new_scorer();
    const std::size_t size = scorer->representation_size();
    std::vector<float> found(kTokens * size);
    const TextToRepresent whole{text, found};
    scorer->represent({&whole, 1});
    return difference_of(std::span(found).last(kAsking * size), golden(".early.txt"));
  }
};
INSTANTIATE_TEST_SUITE_P(Architectures, TinyTransformers, testing::ValuesIn(test::kTinyModels));

TEST_P(TinyTransformers, F32) { EXPECT_LT(difference(ComputeType::f32).max, 1e-4); }

TEST_P(TinyTransformers, Bf16) {
  if (!engine::supports(engine::Isa::avx512_bf16)) GTEST_SKIP() << "this CPU lacks bf16";
  const auto [mean, max] = difference(ComputeType::bf16);
  EXPECT_LT(mean, 0.02);
  EXPECT_LT(max, 0.2);
}

TEST_P(TinyTransformers, AttentionF32) { EXPECT_LT(attention_difference(ComputeType::f32).max, 2e-5); }

TEST_P(TinyTransformers, AttentionQ8_0) { EXPECT_LT(attention_difference(ComputeType::q8_0).max, 0.05); }

TEST_P(TinyTransformers, RepresentationsF32) { EXPECT_LT(representation_difference(ComputeType::f32).max, 2e-4); }

TEST_P(TinyTransformers, RepresentationsQ8_0) { EXPECT_LT(representation_difference(ComputeType::q8_0).max, 0.2); }

TEST_P(TinyTransformers, Q8_0) { EXPECT_LT(difference(ComputeType::q8_0).max, 0.2); }

}  // namespace
}  // namespace lingua
