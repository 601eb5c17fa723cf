// Late interaction against its formula, worked out the slow way, and what it does for documents.
#include "compress/relevance/late_interaction.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <lingua/compressor.hpp>

#include "support/ngram_model.hpp"
#include "support/random_numbers.hpp"

namespace lingua {
namespace {

using compress::LateInteraction;

constexpr std::size_t kSize = 24;

/// What a token is, whatever stands before it: numbers drawn by its id, the first of them large for all.
std::vector<float> drawn(TokenId id) {
  test::RandomNumbers random(static_cast<std::uint32_t>(id) % 1000);
  std::vector<float> row(kSize);
  for (auto& value : row) value = static_cast<float>(random.below(2001)) / 1000 - 1;
  row[0] += 50;
  return row;
}

class RepresentingScorer final : public Scorer {
 public:
  std::size_t size() const noexcept override { return scorer_.size(); }
  void truncate(std::size_t size) override { scorer_.truncate(size); }
  void append(std::span<const TokenId> ids) override { scorer_.append(ids); }
  void score(std::span<const TokenId> ids, std::span<float> surprisal) override { scorer_.score(ids, surprisal); }
  std::size_t forwarded_tokens() const noexcept override { return scorer_.forwarded_tokens() + represented; }
  std::size_t attention_span() const noexcept override { return 1000; }
  void attend(std::span<const TokenId> ids, std::span<float> weights) override {
    std::ranges::fill(weights, 1.0F);
    append(ids);
  }
  std::size_t representation_size() const noexcept override { return kSize; }
  void represent(std::span<const TextToRepresent> texts) override {
    for (const auto& text : texts)
      for (std::size_t i = 0; i < text.ids.size(); ++i) {
        std::ranges::copy(drawn(text.ids[i]), text.representations.begin() + static_cast<std::ptrdiff_t>(i * kSize));
        ++represented;
      }
  }

  std::size_t represented = 0;

 private:
  test::NgramScorer scorer_;
};

class RepresentingModel final : public ScoringModel {
 public:
  std::vector<Token> tokenize(std::string_view text) const override { return model_.tokenize(text); }
  std::unique_ptr<Scorer> new_scorer() const override { return std::make_unique<RepresentingScorer>(); }
  const std::string& id() const noexcept override { return model_.id(); }

 private:
  test::NgramModel model_;
};

using Rows = std::vector<std::vector<double>>;

/// The formula as it stands in the header; a piece has 256 tokens.
std::vector<double> by_formula(const std::vector<TokenId>& question, const std::vector<std::vector<TokenId>>& texts) {
  Rows all;
  for (const auto& text : texts)
    for (const auto id : text) {
      const auto row = drawn(id);
      all.emplace_back(row.begin(), row.end());
    }
  const auto n = static_cast<double>(all.size());
  std::vector<double> mean(kSize), spread(kSize);
  for (std::size_t i = 0; i < kSize; ++i) {
    for (const auto& row : all) mean[i] += row[i] / n;
    for (const auto& row : all) spread[i] += (row[i] - mean[i]) * (row[i] - mean[i]) / n;
  }
  const auto cosine = [&](TokenId a, TokenId b) {
    const auto x = drawn(a), y = drawn(b);
    double xy = 0, xx = 0, yy = 0;
    for (std::size_t i = 0; i < kSize; ++i) {
      const double u = (x[i] - mean[i]) / std::sqrt(spread[i]), v = (y[i] - mean[i]) / std::sqrt(spread[i]);
      xy += u * v, xx += u * u, yy += v * v;
    }
    return xy / std::sqrt(xx * yy);
  };
  std::vector<double> relevance;
  for (const auto& text : texts) {
    double highest = -1e9;
    for (std::size_t begin = 0; begin < text.size(); begin += 256) {
      double sum = 0;
      for (const auto q : question) {
        const auto has = [&](const auto& other) { return std::ranges::count(other, q) > 0; };
        const auto m = static_cast<double>(std::ranges::count_if(texts, has));
        double best = -1;
        for (std::size_t i = begin; i < std::min(begin + 256, text.size()); ++i)
          best = std::max(best, cosine(q, text[i]));
        sum += std::log(1 + (static_cast<double>(texts.size()) - m + 0.5) / (m + 0.5)) * best;
      }
      highest = std::max(highest, sum);
    }
    relevance.push_back(highest);
  }
  return relevance;
}

std::vector<TokenId> random_ids(test::RandomNumbers& random, std::size_t count) {
  std::vector<TokenId> ids(count);
  for (auto& id : ids) id = static_cast<TokenId>(random.below(200));
  return ids;
}

TEST(LateInteractions, AreWhatTheFormulaSays) {
  test::RandomNumbers random(1);
  const Options options;
  compress::ProgressReporter progress(options);
  for (int round = 0; round < 20; ++round) {
    std::vector<std::vector<TokenId>> texts(2 + random.below(6));
    for (auto& text : texts) text = random_ids(random, 5 + random.below(round % 4 == 0 ? 700 : 60));
    const auto question = random_ids(random, 1 + random.below(12));
    RepresentingScorer scorer;
    compress::ScoreCache cache(1 << 24);
    const auto found = LateInteraction(scorer, cache, progress).relevance(question, texts);
    const auto expected = by_formula(question, texts);
    for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-4);

    const auto read = scorer.represented;
    EXPECT_EQ(LateInteraction(scorer, cache, progress).relevance(question, texts), found);
    EXPECT_EQ(scorer.represented, read) << "what was read before is remembered";
  }
}

const Prompt kDocuments{.contexts = {"Ships sail over the seas all day.\n\n", "Anna signed the contract at noon.\n\n",
                                     "We ate bread and soup for dinner.\n\n"},
                        .question = "Question: who signed the contract"};

TEST(Documents, WithTheQuestionsRarestTokensStay) {
  const Compressor compressor(std::make_shared<RepresentingModel>());
  const auto count = [](const std::string& text) { return test::NgramModel().tokenize(text).size(); };
  const auto target = Tokens{count(kDocuments.contexts[1]) + count(kDocuments.question)};
  const auto result = compressor.compress(kDocuments, {.target = target});
  EXPECT_EQ(result.text, kDocuments.contexts[1] + kDocuments.question);

  auto one_text = kDocuments;
  one_text.one_text = true;
  EXPECT_NE(compressor.compress(one_text, {.target = target}).text, result.text)
      << "pieces of one text compete by attention";
}

}  // namespace
}  // namespace lingua
