// Iterative token-level compression, and the same without iteration, worked out by hand.
//
// The n-gram scorer gives a token that it has seen c times among n tokens the probability (c + 1) / (n + 100): what
// is new is more surprising than what was seen, and among new tokens the later one is.
#include <gtest/gtest.h>

#include <limits>
#include <lingua/compressor.hpp>

#include "support/ngram_model.hpp"

namespace lingua {
namespace {

/// No coarse stage, no protection, unless a test asks for it.
Options token_stage(std::uint64_t tokens, std::size_t segment = 100, Unit unit = Unit::token) {
  Options options;
  options.target = Tokens{tokens};
  options.unit = unit;
  options.segment = segment;
  options.granularity = std::numeric_limits<double>::infinity();
  options.protect = {.numbers = Guard::none, .negations = Guard::none, .identifiers = Guard::none};
  return options;
}

Result compress(const Prompt& prompt, const Options& options) {
  return Compressor(std::make_shared<test::NgramModel>()).compress(prompt, options);
}

TEST(TokenStage, ScoresASegmentAfterTheCompressedTextBeforeIt) {
  // First segment: " a" ln 100, " b" ln 101, " c" ln 102: " a" goes.
  // Second one, after " b c": " a" ln 102 is new, " b" ln 103/2 is not, " d" ln 104: " b" goes.
  EXPECT_EQ(compress({.contexts = {" a b c a b d"}}, token_stage(4, 3)).text, " b c a d");
}

TEST(TokenStage, WithoutIterationScoresAfterTheOriginal) {
  // Second segment, after " a b c": " a" ln 103/2, " b" ln 104/2, " d" ln 105: " a" goes.
  auto options = token_stage(4, 3);
  options.method = Method::single_pass;
  EXPECT_EQ(compress({.contexts = {" a b c a b d"}}, options).text, " b c b d");
}

TEST(TokenStage, ForwardsWhatWasKeptAndNothingElseTwice) {
  // Three tokens; " b c", as they now stand at other positions; three tokens.
  EXPECT_EQ(compress({.contexts = {" a b c a b d"}}, token_stage(4, 3)).forwarded_tokens, 8u);
  // " a a b": the second " a" goes; the first one has been read.
  EXPECT_EQ(compress({.contexts = {" a a b c c d"}}, token_stage(4, 3)).forwarded_tokens, 7u);
  // Nothing is left to score after the only segment.
  EXPECT_EQ(compress({.contexts = {" a b c a b d"}}, token_stage(4)).forwarded_tokens, 6u);
}

TEST(TokenStage, ScoresNothingAgainThatStandsAsInTheCoarsePass) {
  auto options = token_stage(3, 2);
  options.granularity = 2;
  // The coarse pass, then " b", which stays of " a b"; " c d" and " e f" after what was kept.
  EXPECT_EQ(compress({.contexts = {" a b c d e f"}}, options).forwarded_tokens, 6u + 1 + 2 + 1 + 2);
  // All of " a b" stays, so the same text stands before " c d" as in the coarse pass; " c d" pays for it and goes.
  options.protect.pattern = "a|b";
  options.target = Tokens{4};
  EXPECT_EQ(compress({.contexts = {" a b c d e f"}}, options).forwarded_tokens, 6u + 2 + 2);
  // After an instruction nothing is as it was.
  options = token_stage(3, 100);
  options.granularity = 2;
  EXPECT_EQ(compress({.instruction = " q", .contexts = {" a b c d"}}, options).forwarded_tokens, 4u + 1 + 4);
  EXPECT_EQ(compress({.contexts = {" a b c d"}}, options).forwarded_tokens, 4u);
}

TEST(TokenStage, ReadsWholePartsAsContext) {
  // After " d": " d" is not new in the context.
  const Prompt prompt{.instruction = " d", .contexts = {" a b d"}, .question = " q"};
  const auto result = compress(prompt, token_stage(4));
  EXPECT_EQ(result.text, " d a b q");
  EXPECT_EQ(result.forwarded_tokens, 4u) << "the question is never read";
}

TEST(TokenStage, ReportsTheSurprisalsItDecidedOn) {
  const auto result = compress({.instruction = " d", .contexts = {" a b d"}}, token_stage(3));
  EXPECT_TRUE(std::isnan(result.parts[0].tokens[0].surprisal));
  EXPECT_FLOAT_EQ(result.parts[1].tokens[0].surprisal, std::log(101.F));
  EXPECT_FLOAT_EQ(result.parts[1].tokens[2].surprisal, std::log(103.F / 2));
  EXPECT_TRUE(result.parts[1].tokens[0].kept);
  EXPECT_FALSE(result.parts[1].tokens[2].kept);
}

TEST(TokenStage, JudgesWordsByTheMeanOfTheirTokens) {
  // " a-b" is one word of three tokens: mean ln 101 or so; " c" ln 103, " d" ln 104.
  EXPECT_EQ(compress({.contexts = {" a-b c d"}}, token_stage(4, 100, Unit::word)).text, " c d")
      << "and three tokens are too many for what is left over";
  auto options = token_stage(4, 100, Unit::word);
  options.unit_score = UnitScore::sum;
  EXPECT_EQ(compress({.contexts = {" a-b c d"}}, options).text, " a-b d");
}

TEST(TokenStage, SpendsWhatTheLastSegmentLeftOverElsewhere) {
  // Segments " a b c" and " a-c" of budgets 2 and 2: " a-c" does not fit, so " a" is taken back.
  const auto result = compress({.contexts = {" a b c a-c"}}, token_stage(4, 3, Unit::word));
  EXPECT_EQ(result.text, " a b c");
}

TEST(TokenStage, PassesLeftoversFromOneSegmentToTheNext) {
  // Segments " a-b" and " c d e" of budgets 2 and 2: nothing fits into the first.
  EXPECT_EQ(compress({.contexts = {" a-b c d e"}}, token_stage(4, 3, Unit::word)).text, " c d e");
}

TEST(TokenStage, KeepsProtectedUnitsAndStillMeetsTheBudget) {
  auto options = token_stage(3);
  options.protect.numbers = Guard::in_kept_text;
  EXPECT_EQ(compress({.contexts = {" 7 7 b c"}}, options).text, " 7 7 c");
  options.target = Tokens{1};
  const auto result = compress({.contexts = {" 7 7 b c"}}, options);
  EXPECT_EQ(result.tokens_after, 1u);
}

TEST(TokenStage, SaysWhenProtectionIsTooDear) {
  Options options;
  options.target = Tokens{2};
  const auto result = compress({.contexts = {" 7 7 7 7"}}, options);
  EXPECT_EQ(result.tokens_after, 2u);
  ASSERT_EQ(result.notes.size(), 1u);
  EXPECT_EQ(result.notes[0], "the budget is too small to keep every protected unit of the text that was thinned");
}

TEST(TokenStage, ThinsInstructionAndQuestionAtTheirRates) {
  auto options = token_stage(5);
  options.instruction_rate = 0.5;
  options.question_rate = 0.5;
  const auto result = compress({.instruction = " a a b c", .contexts = {" d e"}, .question = " f f"}, options);
  ASSERT_EQ(result.parts.size(), 3u);
  EXPECT_EQ(result.parts[0].text, " b c");
  EXPECT_EQ(result.parts[1].text, " d e");
  EXPECT_EQ(result.parts[2].text, " f") << "the second one has been seen";
}

}  // namespace
}  // namespace lingua
