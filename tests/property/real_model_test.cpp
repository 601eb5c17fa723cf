// What must hold whatever the arithmetic, on the real default model: neither the number of threads, nor how a text is
// cut into calls, nor what is scored at once with it changes a bit.
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

TEST_F(RealModel, CutsMakeNoDifference) {
  const auto model = Model::load(path_);
  std::vector<float> whole(ids_.size()), cut(ids_.size());
  model->new_scorer()->score(ids_, whole);
  const auto scorer = model->new_scorer();
  for (std::size_t first = 0, length = 1; first < ids_.size(); first += length, length = 2 * length + 3) {
    length = std::min(length, ids_.size() - first);
    scorer->score(std::span(ids_).subspan(first, length), std::span(cut).subspan(first, length));
  }
  EXPECT_EQ(cut, whole);
}

// Lengths so that texts begin, end and are cut inside blocks of rows and pages of keys.
TEST_F(RealModel, TextsScoredTogetherGetTheBytesThatEachGetsAlone) {
  for (const ComputeType compute : {ComputeType::automatic, ComputeType::f32, ComputeType::q8_0}) {
    const auto model = Model::load(path_, {.compute = compute});
    std::vector<std::vector<float>> together, alone;
    std::vector<TextToScore> texts;
    for (const std::size_t length : {1u, 30u, 7u, 65u, 2u, 29u}) {
      together.emplace_back(length), alone.emplace_back(length);
      model->new_scorer()->score(std::span(ids_).first(length), alone.back());
    }
    for (auto& surprisals : together) texts.push_back({std::span(ids_).first(surprisals.size()), surprisals});
    model->new_scorer()->score_each(texts);
    EXPECT_EQ(together, alone) << to_string(model->compute_type());
  }
}

}  // namespace
}  // namespace lingua
