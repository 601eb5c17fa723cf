// The choices of llmlingua 0.2.2, worked out by hand; tests/golden compares them with the original itself.
#include "compress/methods/reference.hpp"

#include <gtest/gtest.h>

#include <lingua/compressor.hpp>

#include "support/ngram_model.hpp"
#include "support/prompt_by_hand.hpp"

namespace lingua {
namespace {

Options reference(std::uint64_t tokens, std::size_t segment) {
  auto options = options_for(Preset::reference);
  options.target = Tokens{tokens};
  options.segment = segment;
  return options;
}

Result compress(const Prompt& prompt, const Options& options) {
  return Compressor(std::make_shared<test::NgramModel>()).compress(prompt, options);
}

/// One digit per token: 1 where it was kept.
std::string kept(const PartResult& part) {
  std::string digits;
  for (const auto& token : part.tokens) digits += token.kept ? '1' : '0';
  return digits;
}

TEST(Reference, KeepsTheWordBeforeTheInformativeOne) {
  // Surprisals: a 4.605, b 4.615, a 3.932, c 4.635, a 3.546, d 4.654, a 3.277, a 3.063, a 2.890, a 2.745.
  // Rate 5 / (10 + 2 + 1) of nine is the third highest, 4.615. The first segment is " a b a", judged by the tokens
  // after each, b 4.615, a 3.932 and c 4.635: only the one before c is above.
  // The second call scores " a c a d a": 4.605, 4.615, 3.932, 4.635, 3.546. The rate of seven is the second highest,
  // 4.615. " c a d a" are judged by 3.932, 4.635, 3.546 and the 3.063 of the first call: only the one before d stays.
  // Three tokens are left, less than a segment, and stay as they are.
  const auto result = compress({.contexts = {" a b a c a d a a a a"}}, reference(5, 4));
  EXPECT_EQ(kept(result.parts[0]), "0010100111");
  EXPECT_FLOAT_EQ(result.parts[0].tokens[0].surprisal, std::log(101.F)) << "what it was judged by";
}

TEST(Reference, MissesTheTarget) {
  // All tokens are new, so the later ones are the more surprising: the quantile is beyond the first two segments.
  const auto result = compress({.contexts = {" a b a c a d e f g h"}}, reference(5, 4));
  EXPECT_EQ(result.text, " f g h");
  EXPECT_EQ(result.budget, 5u);
  EXPECT_EQ(result.tokens_after, 3u);
}

TEST(Reference, LeavesTextShorterThanASegmentAsItIs) {
  EXPECT_EQ(compress({.contexts = {" a b a c a d e f g h"}}, reference(5, 11)).text, " a b a c a d e f g h");
}

TEST(Reference, NeverCompressesInstructionAndQuestion) {
  const Prompt prompt{
      .instruction = " x x x x x x", .contexts = {" a a a a a a a a"}, .question = " y y y y y y y y y"};
  const auto result = compress(prompt, reference(17, 4));
  EXPECT_EQ(result.parts[0].text, prompt.instruction);
  EXPECT_EQ(result.parts[2].text, prompt.question);
  EXPECT_LT(result.parts[1].tokens_after, 8u);
}

TEST(Reference, KeepsProtectedUnitsOnTop) {
  auto options = reference(5, 4);
  options.protect.pattern = "b";
  EXPECT_EQ(kept(compress({.contexts = {" a b a c a d a a a a"}}, options).parts[0]), "0110100111");
}

TEST(Reference, KeepsTheContextThatExceedsTheBudgetBy100) {
  test::PromptByHand by_hand;
  by_hand.add(Role::instruction, {{10, 1}});
  for (const float surprisal : {4.F, 1.F, 2.F, 3.F}) by_hand.add(Role::context, {{60, surprisal}});
  by_hand.add(Role::question, {{10, 1}});
  const auto plan_for = [&](std::size_t budget) {
    std::string text;
    const auto plan = compress::plan_as_reference(by_hand.prompt, by_hand.surprisals, budget, reference(1, 200));
    for (const auto& range : plan.chosen) text += test::show(range.part, range.tokens) + " ";
    return text;
  };
  EXPECT_EQ(plan_for(40), "0[0,10) 1[0,60) 3[0,60) 4[0,60) 5[0,10) ") << "60 and 120 do not exceed 20 + 100";
  EXPECT_EQ(plan_for(39), "0[0,10) 1[0,60) 4[0,60) 5[0,10) ") << "120 exceeds 119";
}

}  // namespace
}  // namespace lingua
