// Relevance by position, and what is ranked by it for a summary: a document, of which the beginning stays.
#include "compress/relevance/position.hpp"

#include <gmock/gmock.h>

#include <limits>
#include <lingua/compressor.hpp>

#include "support/ngram_model.hpp"
#include "support/prompt_by_hand.hpp"

namespace lingua {
namespace {

using compress::Place;
using testing::ElementsAre;

const std::vector<Place> kSentences{{1, {0, 4}}, {1, {4, 6}}, {1, {6, 9}}, {2, {0, 5}}, {2, {5, 11}}};

/// The sentences, each a word of its own.
const auto kByHand = test::PromptByHand()
                         .add(Role::instruction, {})
                         .add(Role::context, {{4, 1}, {2, 1}, {3, 1}})
                         .add(Role::context, {{5, 1}, {6, 1}});

TEST(Recency, PutsWhatStandsLastFirstWhateverTheOrder) {
  compress::RecencyRelevance recency;
  EXPECT_THAT(recency.of_sentences(kSentences), ElementsAre(-4, -3, -2, -1, 0));
  const std::vector<Place> others{kSentences[3], kSentences[4], kSentences[0]};
  EXPECT_THAT(recency.of_sentences(others), ElementsAre(-1, 0, -2));
}

TEST(Lead, PutsWhatStandsFirstFirstWhateverTheOrder) {
  compress::LeadRelevance lead(kByHand.prompt, true);
  EXPECT_THAT(lead.of_sentences(kSentences), ElementsAre(0, -1, -2, -3, -4));
  const std::vector<Place> others{kSentences[3], kSentences[4], kSentences[0]};
  EXPECT_THAT(lead.of_sentences(others), ElementsAre(-1, -2, 0));
}

TEST(Lead, OfSeveralTextsPutsTheBeginningsOfAllFirst) {
  compress::LeadRelevance lead(kByHand.prompt, false);
  EXPECT_THAT(lead.of_sentences(kSentences), ElementsAre(0, -2, -4, -1, -3));
}

TEST(NewestFirst, GoesAsFarAsItsShare) {
  constexpr double kFirst = std::numeric_limits<double>::infinity();
  compress::LeadRelevance lead(kByHand.prompt, true);
  const auto relevance = [&](std::size_t tokens) {
    return compress::NewestFirst(lead, tokens).of_sentences(kSentences);
  };
  EXPECT_THAT(relevance(1), ElementsAre(0, -1, -2, -3, -4));
  EXPECT_THAT(relevance(6), ElementsAre(0, -1, -2, -3, kFirst)) << "the one that no longer fits ends the share";
  EXPECT_THAT(relevance(14), ElementsAre(0, -1, kFirst, kFirst, kFirst));
}

struct Summaries : testing::Test {
  const std::shared_ptr<test::NgramModel> model = std::make_shared<test::NgramModel>();
  const std::string first = "Anna has built a boat. It took her all of May.\n\n";
  const std::string second = "Ben went to the sea. He saw 12 fish and no whale.\n\n";

  std::size_t count(const std::string& text) const { return model->tokenize(text).size(); }

  Result compress(const Prompt& prompt, std::size_t tokens) const {
    return Compressor(model).compress(prompt, {.target = Tokens{tokens + count(prompt.question)}});
  }
};

const std::string kSummarize = "Summarize the text.";

TEST_F(Summaries, KeepTheBeginningOfATextAndAskNoModel) {
  const auto whole = compress({.contexts = {first, second}, .question = kSummarize, .one_text = true}, count(first));
  EXPECT_EQ(whole.text, first + kSummarize);
  EXPECT_EQ(whole.forwarded_tokens, 0u);

  const std::string part = "Anna has built a boat. It took";
  const auto cut = compress({.contexts = {first + second}, .question = kSummarize}, count(part) + count("\n\n"));
  EXPECT_EQ(cut.text, part + "\n\n" + kSummarize);
  EXPECT_EQ(cut.forwarded_tokens, 0u);
}

TEST_F(Summaries, KeepAllThatIsProtectedOfASentenceThatIsCut) {
  const auto tokens = count(first) + count("Ben went to the sea. He saw 12 fish\n\n");
  const auto result = compress({.contexts = {first, second}, .question = kSummarize, .one_text = true}, tokens);
  EXPECT_THAT(result.text, testing::StartsWith(first + "Ben went to the sea."));
  EXPECT_THAT(result.text, testing::AllOf(testing::HasSubstr(" He saw 12"), testing::HasSubstr(" no")));
}

TEST_F(Summaries, OfSeveralTextsHaveTheBeginningsOfAll) {
  const std::string beginnings = "Anna has built a boat.\n\nBen went to the sea.\n\n";
  const auto result = compress({.contexts = {first, second}, .question = kSummarize}, count(beginnings));
  EXPECT_EQ(result.text, beginnings + kSummarize);
  EXPECT_EQ(result.forwarded_tokens, 0u);
}

TEST_F(Summaries, OfSeveralTextsLeaveOutWhatIsToldAgain) {
  const std::string again = "Anna has built a boat, a boat. Ben went to the sea.\n\n";
  const auto expected = first + " Ben went to the sea.\n\n" + kSummarize;
  const auto result =
      compress({.contexts = {first, again}, .question = kSummarize}, count(expected) - count(kSummarize));
  EXPECT_EQ(result.text, expected);
}

TEST_F(Summaries, AreRankedAsEverOfASubject) {
  const Prompt prompt{.contexts = {first + second}, .question = "Summarize what Ben did."};
  EXPECT_GT(compress(prompt, count(first)).forwarded_tokens, 0u);
}

}  // namespace
}  // namespace lingua
