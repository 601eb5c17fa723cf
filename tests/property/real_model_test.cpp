// What must hold whatever the arithmetic, on the real default model: the number of threads changes nothing, and
// cutting a text into calls changes no more than rounding.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include <lingua/model.hpp>

#include "support/models.hpp"
#include "support/random_numbers.hpp"

namespace lingua {
namespace {

class RealModel : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(path_)) GTEST_SKIP() << path_ << " is missing: scripts/setup gets it";
    test::RandomNumbers random(1);
    ids_.resize(90);  // several blocks of rows, two pages of keys
    for (TokenId& id : ids_) id = static_cast<TokenId>(random.below(49152));
  }

  std::filesystem::path path_ = test::cached_model(test::kSmolLM2);
  std::vector<TokenId> ids_;
};

TEST_F(RealModel, BytesDoNotDependOnTheNumberOfThreads) {
  std::vector<std::vector<float>> surprisals;
  for (const unsigned threads : {1u, 2u, 3u, 5u}) {
    const auto model = Model::load(path_, {.threads = threads});
    surprisals.emplace_back(ids_.size());
    model->new_scorer()->score(ids_, surprisals.back());
    EXPECT_EQ(surprisals.back(), surprisals.front()) << threads << " threads";
  }
}

TEST_F(RealModel, CutsMakeNoDifferenceBeyondRounding) {
  const auto model = Model::load(path_, {.compute = ComputeType::f32});
  std::vector<float> whole(ids_.size()), cut(ids_.size());
  model->new_scorer()->score(ids_, whole);
  const auto scorer = model->new_scorer();
  for (std::size_t first = 0, length = 1; first < ids_.size(); first += length, length = 2 * length + 3) {
    length = std::min(length, ids_.size() - first);
    scorer->score(std::span(ids_).subspan(first, length), std::span(cut).subspan(first, length));
  }
  for (std::size_t i = 0; i < ids_.size(); ++i) EXPECT_NEAR(cut[i], whole[i], 1e-4) << "token " << i;
}

}  // namespace
}  // namespace lingua
