// Compression with a question, as its users see it: what is kept, in which order, and what happens without one.
#include <gmock/gmock.h>

#include <lingua/compressor.hpp>

#include "support/errors.hpp"
#include "support/ngram_model.hpp"

namespace lingua {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Compressor compressor() { return Compressor(std::make_shared<test::NgramModel>()); }

const Prompt kPrompt{.instruction = "Answer.\n\n",
                     .contexts = {"Birds sing songs all day long.\n\n", "Ships sail over seas.\n\n",
                                  "The contract was signed by Anna.\n\n"},
                     .question = "The contract was signed by whom?"};

Options by_question(Target target) {
  Options options;
  options.target = target;
  options.rank_by = RankBy::question;
  return options;
}

TEST(WithQuestion, KeepsTheContextThatTheQuestionIsAbout) {
  const auto result = compressor().compress(kPrompt, by_question(Tokens{22}));
  EXPECT_EQ(result.parts[3].text, kPrompt.contexts[2]);
  EXPECT_EQ(result.parts.back().text, kPrompt.question);
  EXPECT_THAT(result.notes, IsEmpty());
}

TEST(WithQuestion, KeepsTheSentencesThatTheQuestionIsAbout) {
  const Prompt prompt{
      .contexts = {"Birds sing songs. Ships sail seas. We ate well. The contract was signed by Anna."},
      .question = kPrompt.question};
  auto options = by_question(Tokens{14});
  options.question_surprisal.sentences = 1;
  EXPECT_THAT(compressor().compress(prompt, options).text, HasSubstr(" The contract was signed by Anna."));
}

TEST(WithQuestion, PutsTheBestContextFirstIfAsked) {
  auto options = by_question(Ratio{1.4});
  options.reorder = true;
  const auto result = compressor().compress(kPrompt, options);
  EXPECT_THAT(result.text, testing::StartsWith(kPrompt.instruction + kPrompt.contexts[2]));
  EXPECT_THAT(result.text, testing::EndsWith(kPrompt.question));
  EXPECT_EQ(result.kept[1].part, 3u);
  EXPECT_EQ(result.parts[3].original, kPrompt.contexts[2]) << "parts stay in the order of the input";
}

TEST(WithQuestion, GivesTheBestContextTheHighestRate) {
  auto options = by_question(Ratio{2});
  options.unit = Unit::token;
  options.granularity = std::numeric_limits<double>::infinity();
  const auto even = compressor().compress(kPrompt, options);
  options.rate_spread = 0.3;
  const auto spread = compressor().compress(kPrompt, options);
  EXPECT_GT(spread.parts[3].budget, even.parts[3].budget);
  EXPECT_EQ(spread.tokens_after, spread.budget);
}

TEST(WithQuestion, ContrastKeepsWhatTheQuestionExplains) {
  // After "contract", words of the question are less surprising; all others are a little more so.
  const Prompt prompt{.contexts = {"one two three contract four five six signed seven"},
                      .question = "one contract signed"};
  auto options = by_question(Tokens{5});
  options.granularity = std::numeric_limits<double>::infinity();
  options.contrast = true;
  EXPECT_EQ(compressor().compress(prompt, options).parts[0].text, " contract signed");
  options.contrast = false;
  EXPECT_NE(compressor().compress(prompt, options).parts[0].text, " contract signed");
}

TEST(WithQuestion, WithoutOneDoesAsIfItHadNotBeenAsked) {
  auto prompt = kPrompt;
  auto options = options_for(Preset::longllmlingua), plain = options_for(Preset::paper);
  options.target = plain.target = Ratio{1.5};
  plain.segment = options.segment;
  for (const auto* question : {"", " \n"}) {
    prompt.question = question;
    const auto result = compressor().compress(prompt, options);
    EXPECT_EQ(result.text, compressor().compress(prompt, plain).text);
    EXPECT_THAT(result.notes, ElementsAre(HasSubstr("there is no question")));
  }
}

TEST(WithQuestion, ASingleContextHasNothingToRankButSentences) {
  const Prompt prompt{.contexts = {"One sentence only."}, .question = "Which?"};
  const auto result = compressor().compress(prompt, by_question(Tokens{4}));
  EXPECT_EQ(result.text, compressor().compress(prompt, {.target = Tokens{4}}).text);
}

TEST(WithQuestion, ReadsTheWholeQuestionWhateverItsRate) {
  auto options = by_question(Tokens{14});
  options.unit = Unit::token;
  options.question_rate = 0.2;
  const auto result = compressor().compress(kPrompt, options);
  EXPECT_EQ(result.parts[3].text, kPrompt.contexts[2]);
  EXPECT_LT(result.parts.back().tokens_after, result.parts.back().tokens_before);
}

TEST(WithQuestion, TheSameQuestionAndAnotherOneGiveWhatTheyGiveAlone) {
  const auto shared = compressor();
  auto other = kPrompt;
  other.question = "Ships sail over what?";
  for (const auto& prompt : {kPrompt, other, kPrompt, other}) {
    const auto result = shared.compress(prompt, by_question(Tokens{22}));
    EXPECT_EQ(result.text, compressor().compress(prompt, by_question(Tokens{22})).text);
  }
  EXPECT_LE(shared.compress(kPrompt, by_question(Tokens{22})).forwarded_tokens, 22u) << "the token stage alone";
}

TEST(WithQuestion, ReportsWhatItRanksSentencesBy) {
  std::vector<std::string> steps;
  auto options = by_question(Tokens{20});
  options.progress = [&](const Progress& progress) {
    if (steps.empty() || steps.back() != progress.step) steps.emplace_back(progress.step);
    EXPECT_LE(progress.done, progress.total);
    return progress.step != "compress";
  };
  EXPECT_EQ(test::error_of([&] { compressor().compress(kPrompt, options); }).code, ErrorCode::cancelled);
  EXPECT_THAT(steps, ElementsAre("score", "rank", "compress"));
}

}  // namespace
}  // namespace lingua
