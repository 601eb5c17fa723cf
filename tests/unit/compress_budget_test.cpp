// The budget controller: Eq. 2 and 3, in tokens.
#include "compress/budget/budget.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <sstream>
#include <utility>

#include "support/errors.hpp"
#include "support/prompt_by_hand.hpp"

namespace lingua::compress {
namespace {

using test::PromptByHand;

/// The paper's token units at the given rates for instruction and question.
Options at_rates(double instruction, double question, double granularity = 1) {
  auto options = options_for(Preset::paper);
  options.instruction_rate = instruction;
  options.question_rate = question;
  options.granularity = granularity;
  return options;
}

std::string show(const Shares& shares) {
  std::ostringstream out;
  out << shares.instruction << ' ' << shares.contexts << ' ' << shares.question;
  return out.str();
}

/// "0[0,5)=3": tokens 0 to 4 of part 0 may keep three.
std::string show(const Plan& plan) {
  std::ostringstream out;
  const char* separator = "";
  for (const auto& range : plan.chosen)
    out << std::exchange(separator, " ") << test::show(range.part, range.tokens) << '=' << range.budget;
  return out.str();
}

PromptByHand of_lengths(std::uint32_t instruction, std::uint32_t contexts, std::uint32_t question) {
  return PromptByHand()
      .add(Role::instruction, {{instruction, 1}})
      .add(Role::context, {{contexts, 1}})
      .add(Role::question, {{question, 1}});
}

TEST(DivideBudget, GivesTheContextsWhatInstructionAndQuestionLeave) {
  // Eq. 2: (60 - 0.8 * 10 - 0.5 * 20) / 100 = 0.42
  const auto by_hand = of_lengths(10, 100, 20);
  EXPECT_EQ(show(divide_budget(by_hand.prompt, 60, at_rates(0.8, 0.5))), "8 42 10");
}

TEST(DivideBudget, RoundsTheSharesOfInstructionAndQuestion) {
  const auto by_hand = of_lengths(10, 100, 33);
  EXPECT_EQ(show(divide_budget(by_hand.prompt, 60, at_rates(0.85, 0.1))), "9 48 3");
}

TEST(DivideBudget, GivesBackWhatTheContextsCannotUse) {
  // 42 tokens for 30: twelve go back, in proportion 10 : 20, but the instruction has room for two only.
  const auto by_hand = of_lengths(10, 30, 20);
  EXPECT_EQ(show(divide_budget(by_hand.prompt, 60, at_rates(0.8, 0.5))), "10 30 20");
  EXPECT_EQ(show(divide_budget(by_hand.prompt, 54, at_rates(0.8, 0.5))), "10 30 14");
  EXPECT_EQ(show(divide_budget(by_hand.prompt, 51, at_rates(0.8, 0.5))), "9 30 12");
}

TEST(DivideBudget, PaysForWhatThePatternMatches) {
  auto by_hand = of_lengths(10, 100, 20);
  by_hand.guard(0, 0, 9, Guard::always);
  EXPECT_EQ(show(divide_budget(by_hand.prompt, 60, at_rates(0.5, 0.5))), "9 41 10");
}

TEST(DivideBudget, NamesTheSmallestPossibleTarget) {
  auto by_hand = of_lengths(10, 100, 20);
  by_hand.guard(1, 0, 3, Guard::always);
  const auto error = test::error_of([&] { divide_budget(by_hand.prompt, 32, at_rates(1, 1)); });
  EXPECT_EQ(error.code, ErrorCode::target_unreachable);
  EXPECT_EQ(
      error.message,
      "the target of 32 tokens is too small: the instruction keeps 10 tokens, the question 20, and what is kept "
      "at any rate has 3 in the contexts; the smallest possible target is 33 tokens (options instruction_rate and "
      "question_rate "
      "let the first two shrink)");
  EXPECT_EQ(show(divide_budget(by_hand.prompt, 33, at_rates(1, 1))), "10 3 20");
}

/// Four contexts of ten tokens, the later the more surprising.
PromptByHand four_contexts() {
  auto by_hand = PromptByHand().add(Role::instruction, {{20, 1}});
  for (const float surprisal : {1.F, 2.F, 3.F, 4.F}) by_hand.add(Role::context, {{10, surprisal}});
  return by_hand.add(Role::question, {{10, 1}});
}

Plan plan(const PromptByHand& by_hand, std::size_t budget, const Options& options) {
  SurprisalRelevance relevance(by_hand.surprisals);
  return make_plan(by_hand.prompt, relevance, budget, options);
}

TEST(MakePlan, AddsUpToTheBudget) {
  for (const double k : {1.0, 1.5, 2.0, 5.0}) {
    for (std::size_t budget = 15; budget <= 70; ++budget) {
      const auto chosen = plan(four_contexts(), budget, at_rates(0.5, 0.5, k)).chosen;
      const auto sum = std::accumulate(chosen.begin(), chosen.end(), std::size_t{0},
                                       [](std::size_t total, const Chosen& range) { return total + range.budget; });
      EXPECT_EQ(sum, budget) << "k = " << k;
      for (const auto& range : chosen) EXPECT_LE(range.budget, range.tokens.size());
    }
  }
}

TEST(MakePlan, WithoutDynamicRatesKeepsTheSharesOfEquation2) {
  auto options = at_rates(0.5, 0.5, 1.5);
  options.dynamic_rates = false;
  // 30 - 10 - 5 = 15 for the contexts; 1.5 * 15 = 22 hold two of them, which share the 15.
  EXPECT_EQ(show(plan(four_contexts(), 30, options)), "0[0,20)=10 3[0,10)=7 4[0,10)=8 5[0,10)=5");
}

TEST(MakePlan, MovesWhatTheCoarseStageLeftOver) {
  // Eq. 3: 22 - 20 = 2 tokens go to instruction and question, in proportion 20 : 10.
  EXPECT_EQ(show(plan(four_contexts(), 30, at_rates(0.5, 0.5, 1.5))), "0[0,20)=11 3[0,10)=6 4[0,10)=7 5[0,10)=6");
}

TEST(MakePlan, MovesNothingToPartsThatAreWhole) {
  EXPECT_EQ(show(plan(four_contexts(), 45, at_rates(1, 1, 1.5))), "0[0,20)=20 3[0,10)=7 4[0,10)=8 5[0,10)=10");
}

TEST(MakePlan, MovesNothingThatProtectedUnitsNeed) {
  auto by_hand = four_contexts();
  by_hand.guard(3, 0, 7, Guard::in_kept_text).guard(4, 0, 7, Guard::in_kept_text);
  const auto result = plan(by_hand, 30, at_rates(0.5, 0.5, 1.5));
  EXPECT_EQ(show(result), "0[0,20)=10 3[0,10)=7 4[0,10)=7 5[0,10)=6") << "one token of two";
  EXPECT_TRUE(result.affords_protection);
}

TEST(MakePlan, KeepsWholeWhatFitsAndThinsOneSentence) {
  EXPECT_EQ(show(plan(four_contexts(), 46, at_rates(1, 1))), "0[0,20)=20 3[0,10)=6 4[0,10)=10 5[0,10)=10");
}

TEST(MakePlan, SaysWhenProtectedUnitsCannotBePaid) {
  auto by_hand = four_contexts();
  EXPECT_TRUE(plan(by_hand, 34, at_rates(1, 1)).affords_protection);
  for (std::size_t p = 1; p <= 4; ++p) by_hand.guard(p, 0, 5, Guard::in_kept_text);
  EXPECT_FALSE(plan(by_hand, 34, at_rates(1, 1)).affords_protection);
  EXPECT_TRUE(plan(by_hand, 35, at_rates(1, 1)).affords_protection);
}

}  // namespace
}  // namespace lingua::compress
