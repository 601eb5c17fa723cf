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
  // Largest difference from PyTorch; 150 tokens, a few pages of the cache.
  double error(ComputeType compute) const {
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
    double largest = 0;
    for (std::size_t i = 0; i < found.size(); ++i) largest = std::max(largest, std::abs(found[i] - expected[i]));
    return largest;
  }
};
INSTANTIATE_TEST_SUITE_P(Architectures, TinyTransformers, testing::Values("llama", "qwen2", "gemma3"));

TEST_P(TinyTransformers, F32) { EXPECT_LT(error(ComputeType::f32), 1e-4); }

TEST_P(TinyTransformers, Bf16) {
  if (!engine::supports(engine::Isa::avx512_bf16)) GTEST_SKIP() << "this CPU lacks bf16";
  EXPECT_LT(error(ComputeType::bf16), 0.2);
}

TEST_P(TinyTransformers, Q8_0) { EXPECT_LT(error(ComputeType::q8_0), 0.2); }

}  // namespace
}  // namespace lingua
