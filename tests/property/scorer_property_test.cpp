// Any sequence of score, append and truncate gives the surprisals of a fresh pass, also beyond the model's window,
// and so does any set of texts that are scored at once: to the last bit, whatever is computed together.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <lingua/model.hpp>

#include "engine/kernels/kernels.hpp"
#include "support/random_numbers.hpp"
#include "support/tiny_model.hpp"

namespace lingua {
namespace {

constexpr std::size_t kWindow = 16;  // the separator, 15 tokens and one that is not read; a new window every 12

/// Any sizes that the kernels take. gpt2's heads and embedding are its own.
test::TinyModel random_model(const char* architecture, test::RandomNumbers& random) {
  test::TinyModel tiny;
  tiny.architecture = architecture;
  tiny.layers = 1 + random.below(3);
  tiny.embedding = 32 * (1 + random.below(3));
  tiny.kv_heads = 1 + random.below(2);
  tiny.heads = tiny.kv_heads * (1 + random.below(3));
  tiny.head_size = 64 * (1 + random.below(2));
  tiny.feed_forward = 32 * (1 + random.below(4));
  tiny.sliding_window = 1 + random.below(12);
  tiny.seed = random.below(1000);
  return tiny;
}

class ScorerProperty : public testing::TestWithParam<std::tuple<const char*, ComputeType>> {
 protected:
  void SetUp() override {
    const auto [architecture, compute] = GetParam();
    if (compute == ComputeType::bf16 && !engine::supports(engine::Isa::avx512_bf16)) GTEST_SKIP() << "CPU lacks bf16";
    std::uint32_t seed = static_cast<std::uint32_t>(compute);
    for (const char letter : std::string_view(architecture)) seed = 31 * seed + static_cast<unsigned char>(letter);
    random_ = test::RandomNumbers(seed);
    const test::TempFile file(test::tiny_model(random_model(architecture, random_)).bytes());
    windowed_ = Model::load(file.path(), {.compute = compute, .threads = 2, .window = kWindow});
    whole_ = Model::load(file.path(), {.compute = compute, .threads = 1});
  }

  // The surprisal of the last token of `text`, from a fresh pass over its own window and nothing else.
  float fresh(const std::vector<TokenId>& text) const {
    const std::size_t position = text.size() - 1;
    std::size_t begin = 0;
    while (position >= begin + kWindow) begin += kWindow * 3 / 4;
    std::vector<float> surprisals(text.size() - begin);
    whole_->new_scorer()->score(std::span(text).subspan(begin), surprisals);
    return surprisals.back();
  }

  test::RandomNumbers random_{1};
  std::shared_ptr<const Model> windowed_, whole_;
};
INSTANTIATE_TEST_SUITE_P(Random, ScorerProperty,
                         testing::Combine(testing::ValuesIn(test::kTinyModels),
                                          testing::Values(ComputeType::f32, ComputeType::bf16, ComputeType::q8_0)),
                         [](const auto& model) {
                           return std::string(std::get<0>(model.param)) + "_" + to_string(std::get<1>(model.param));
                         });

std::vector<TokenId> random_ids(test::RandomNumbers& random, std::size_t count) {
  std::vector<TokenId> ids(count);
  for (TokenId& id : ids) id = static_cast<TokenId>(random.below(256));
  return ids;
}

TEST_P(ScorerProperty, AnySequenceOfCallsEqualsAFreshPass) {
  const auto scorer = windowed_->new_scorer();
  std::vector<TokenId> text;
  for (int step = 0; step < 60; ++step) {
    const std::uint32_t action = random_.below(3);
    if (action == 0) {
      text.resize(text.size() -
                  random_.below(static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), 20) + 1)));
      scorer->truncate(text.size());
    } else if (action == 1) {
      const auto ids = random_ids(random_, random_.below(12));
      text.insert(text.end(), ids.begin(), ids.end());
      scorer->append(ids);
    } else {
      const auto ids = random_ids(random_, random_.below(12));
      std::vector<float> surprisals(ids.size());
      scorer->score(ids, surprisals);
      for (std::size_t i = 0; i < ids.size(); ++i) {
        text.push_back(ids[i]);
        ASSERT_EQ(surprisals[i], fresh(text)) << "step " << step << ", token " << text.size() - 1;
      }
    }
    ASSERT_EQ(scorer->size(), text.size());
  }
}

// By then the window before the border has been given back, and has to be read again.
TEST(Windows, TextCutBackFarBehindABorderIsScoredAsBefore) {
  constexpr std::size_t kBorder = 2048, kEnd = 3500, kBack = 1900;
  test::TinyModel tiny;
  tiny.window = kBorder;
  const test::TempFile file(test::tiny_model(tiny).bytes());
  const auto model = Model::load(file.path(), {.compute = ComputeType::f32, .threads = 2});
  const auto scorer = model->new_scorer();
  test::RandomNumbers random(1);
  const auto ids = random_ids(random, kEnd);
  std::vector<float> first(kEnd), again(kEnd - kBack);
  scorer->score(ids, first);
  scorer->truncate(kBack);
  scorer->score(std::span(ids).subspan(kBack), again);
  for (std::size_t i = 0; i < again.size(); ++i) ASSERT_EQ(again[i], first[kBack + i]) << "token " << kBack + i;
}

// One scorer is asked again and again, after texts that it read together or in pieces, or was cut back to.
TEST_P(ScorerProperty, AttentionAfterAnyCallsEqualsThatOfAFreshScorer) {
  const auto ask = [](Scorer& scorer, std::span<const TokenId> ids) {
    std::vector<float> weights(ids.size() * scorer.size());
    scorer.attend(ids, weights);
    return weights;
  };
  const auto scorer = whole_->new_scorer();
  std::vector<TokenId> text;
  for (int step = 0; step < 20; ++step) {
    text.resize(random_.below(static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), 40) + 1)));
    scorer->truncate(text.size());
    const auto more = random_ids(random_, 1 + random_.below(10));
    const auto question = random_ids(random_, 1 + random_.below(9));
    std::vector<float> surprisals(more.size());
    random_.below(2) == 0 ? scorer->append(more) : scorer->score(more, surprisals);
    text.insert(text.end(), more.begin(), more.end());

    const auto fresh = whole_->new_scorer();
    fresh->append(text);
    ASSERT_EQ(ask(*scorer, question), ask(*fresh, question)) << "step " << step;
    ASSERT_EQ(scorer->size(), text.size() + question.size());
  }
}

// Some are longer than the window, some empty.
TEST_P(ScorerProperty, TextsScoredTogetherGetTheBytesThatEachGetsAlone) {
  std::vector<std::vector<TokenId>> ids;
  for (int text = 0; text < 150; ++text) ids.push_back(random_ids(random_, random_.below(random_.below(30) + 1)));
  std::vector<std::vector<float>> together;
  std::vector<TextToScore> texts;
  for (const auto& text : ids) together.emplace_back(text.size());
  for (std::size_t i = 0; i < ids.size(); ++i) texts.push_back({ids[i], together[i]});
  const auto scorer = windowed_->new_scorer();
  scorer->score_each(texts);
  EXPECT_EQ(scorer->size(), 0u);

  const auto single = windowed_->new_scorer();
  std::size_t tokens = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    std::vector<float> alone(ids[i].size());
    single->score(ids[i], alone);
    single->truncate(0);
    EXPECT_EQ(together[i], alone) << "text " << i << " of " << ids[i].size() << " tokens";
    tokens += ids[i].size();
  }
  EXPECT_GE(scorer->forwarded_tokens(), tokens);
}

// Some are longer than the window. What was read before stays as it was.
TEST_P(ScorerProperty, TextsRepresentedTogetherGetTheBytesThatEachGetsAlone) {
  const auto scorer = windowed_->new_scorer(), single = windowed_->new_scorer();
  const auto read = random_ids(random_, 10), more = random_ids(random_, 5);
  scorer->append(read);
  const std::size_t size = scorer->representation_size();
  std::vector<std::vector<TokenId>> ids;
  for (int text = 0; text < 60; ++text) ids.push_back(random_ids(random_, random_.below(random_.below(30) + 1)));
  std::vector<std::vector<float>> together;
  std::vector<TextToRepresent> texts;
  for (const auto& text : ids) together.emplace_back(text.size() * size);
  for (std::size_t i = 0; i < ids.size(); ++i) texts.push_back({ids[i], together[i]});
  scorer->represent(texts);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    std::vector<float> alone(ids[i].size() * size);
    const TextToRepresent text{ids[i], alone};
    single->represent({&text, 1});
    EXPECT_EQ(together[i], alone) << "text " << i << " of " << ids[i].size() << " tokens";
  }
  std::vector<float> after(more.size()), expected(more.size());
  scorer->score(more, after);
  const auto fresh = windowed_->new_scorer();
  fresh->append(read);
  fresh->score(more, expected);
  EXPECT_EQ(after, expected);
}

// The last token of a text is scored but not read: a text as long as the window takes one window.
TEST_P(ScorerProperty, AWindowScoresAsManyTokensAsItHasPositions) {
  const auto scorer = windowed_->new_scorer();
  std::vector<float> surprisals(kWindow);
  scorer->score(random_ids(random_, kWindow), surprisals);
  EXPECT_EQ(scorer->forwarded_tokens(), kWindow);
}

// Iterative compression scores a segment, cuts it off and appends what it keeps: only that is forwarded, with the
// segment, and again once for each new window.
TEST_P(ScorerProperty, NothingIsForwardedTwiceForNothing) {
  const auto scorer = whole_->new_scorer();
  std::size_t kept = 0, scored = 0;
  for (int segment = 0; segment < 5; ++segment) {
    const auto ids = random_ids(random_, 10);
    std::vector<float> surprisals(ids.size());
    scorer->score(ids, surprisals);
    scorer->truncate(kept);
    scorer->append(std::span(ids).first(3));
    kept += 3, scored += 10;
    EXPECT_LE(scorer->forwarded_tokens(), scored + kept);
  }
}

}  // namespace
}  // namespace lingua
