// The whole transformer on tiny random models against PyTorch in double precision (tiny_transformers.py).
#include <gtest/gtest.h>

#include <fstream>
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

  // From PyTorch; 150 tokens, a few pages of the cache.
  Difference difference(ComputeType compute) const {
    std::ifstream golden(std::string(LINGUA_TEST_DATA "/golden/tiny_") + GetParam() + ".txt");
    std::vector<double> expected;
    for (double value; golden >> value;) expected.push_back(value);
    EXPECT_EQ(expected.size(), 150u);

    test::TinyModel tiny;
    tiny.architecture = GetParam();
    tiny.window = 256;
    const test::TempFile file(test::tiny_model(tiny).bytes());
    test::RandomNumbers random(1);
    std::vector<TokenId> ids(expected.size());
    for (TokenId& id : ids) id = static_cast<TokenId>(random.below(256));
    std::vector<float> found(ids.size());
    const auto model = Model::load(file.path(), {.compute = compute, .threads = 2});
    model->new_scorer()->score(ids, found);
    Difference difference;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const double delta = std::abs(found[i] - expected[i]);
      difference.mean += delta / static_cast<double>(found.size());
      difference.max = std::max(difference.max, delta);
    }
    return difference;
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

TEST_P(TinyTransformers, Q8_0) { EXPECT_LT(difference(ComputeType::q8_0).max, 0.2); }

}  // namespace
}  // namespace lingua
