// Relevance by position, and what is ranked by it: summaries, of which the beginnings of all contexts stay.
#include "compress/position.hpp"

#include <gmock/gmock.h>

#include <limits>
#include <lingua/compressor.hpp>

#include "support/ngram_model.hpp"

namespace lingua {
namespace {

using compress::Place;
using testing::ElementsAre;

const std::vector<Place> kSentences{{1, {0, 4}}, {1, {4, 6}}, {1, {6, 9}}, {2, {0, 5}}, {2, {5, 7}}};

TEST(Recency, PutsWhatStandsLastFirstWhateverTheOrder) {
  compress::RecencyRelevance recency;
  EXPECT_THAT(recency.of_sentences(kSentences), ElementsAre(-4, -3, -2, -1, 0));
  const std::vector<Place> others{kSentences[3], kSentences[4], kSentences[0]};
  EXPECT_THAT(recency.of_sentences(others), ElementsAre(-1, 0, -2));
}

TEST(Lead, PutsBeginningsOfAllContextsFirst) {
  compress::LeadRelevance lead;
  EXPECT_THAT(lead.of_sentences(kSentences), ElementsAre(0, -4, -6, 0, -5));
}

TEST(Favourites, ComeFirstAsFarAsTheirShareGoes) {
  constexpr double kFirst = std::numeric_limits<double>::infinity();
  compress::RecencyRelevance recency;
  compress::LeadRelevance lead;
  const auto relevance = [&](std::size_t tokens) {
    return compress::FavouritesFirst(recency, tokens, lead).of_sentences(kSentences);
  };
  EXPECT_THAT(relevance(1), ElementsAre(0, -4, -6, 0, -5));
  EXPECT_THAT(relevance(6), ElementsAre(0, -4, -6, 0, kFirst)) << "the one that no longer fits ends the share";
  EXPECT_THAT(relevance(10), ElementsAre(0, -4, kFirst, kFirst, kFirst));
}

struct Summaries : testing::Test {
  const std::shared_ptr<test::NgramModel> model = std::make_shared<test::NgramModel>();
  const std::string first = "Anna has built a boat. It took her all of May.";
  const std::string second = "Ben went to the sea. He saw no fish at all.";

  std::size_t count(const std::string& text) const { return model->tokenize(text).size(); }

  /// To the first sentence of each.
  Result compress(const std::string& question) const {
    const auto tokens = count("Anna has built a boat.\n\n") + count("Ben went to the sea.\n\n") + count(question);
    return Compressor(model).compress({.contexts = {first + "\n\n", second + "\n\n"}, .question = question},
                                      {.target = Tokens{tokens}});
  }
};

TEST_F(Summaries, KeepTheBeginningsOfAllContexts) {
  const auto result = compress("Summarize the texts above.");
  EXPECT_EQ(result.text, "Anna has built a boat.\n\nBen went to the sea.\n\nSummarize the texts above.");
  EXPECT_EQ(result.forwarded_tokens, 0u);
}

TEST_F(Summaries, AreNotWhatAsksAboutSomething) {
  const auto result = compress("What did Anna do in May?");
  EXPECT_NE(result.text, "Anna has built a boat.\n\nBen went to the sea.\n\nWhat did Anna do in May?");
  EXPECT_GT(result.forwarded_tokens, 0u);
}

}  // namespace
}  // namespace lingua
