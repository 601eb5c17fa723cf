// The coarse stage: whole contexts while they fit, then whole sentences, then one to be thinned.
#include "compress/budget/coarse_choice.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <sstream>
#include <utility>

#include "support/prompt_by_hand.hpp"

namespace lingua::compress {
namespace {

using test::PromptByHand;

/// "0[0,4) 1[3,6)~": tokens 0 to 3 of part 0 whole, and tokens 3 to 5 of part 1 to be thinned.
std::string show(const CoarseChoice& choice) {
  std::ostringstream out;
  const char* separator = "";
  for (const auto& [place, thinned] : choice.ranges)
    out << std::exchange(separator, " ") << test::show(place.part, place.tokens) << (thinned ? "~" : "");
  return out.str();
}

CoarseChoice choose(const PromptByHand& by_hand, std::size_t budget, double granularity,
                    Level coarsest = Level::context) {
  SurprisalRelevance relevance(by_hand.surprisals);
  return choose_contexts(by_hand.prompt, relevance, budget, {.granularity = granularity, .coarsest = coarsest});
}

/// Mean surprisals 3, 2.5 and 2.
PromptByHand three_contexts() {
  return PromptByHand()
      .add(Role::context, {{4, 3}})
      .add(Role::context, {{3, 1}, {3, 4}})
      .add(Role::context, {{5, 2}});
}

TEST(CoarseChoice, DescendsFromContextsToSentencesToOneThatIsThinned) {
  const auto choice = choose(three_contexts(), 9, 1);
  // The first context fits, the second does not; of its sentences the better one fits, the other does not.
  EXPECT_EQ(show(choice), "0[0,4) 1[0,3)~ 1[3,6)");
  EXPECT_EQ(choice.allowance, 9u);
  EXPECT_EQ(choice.length, 10u);
  EXPECT_EQ(choice.least, 7u);
}

TEST(CoarseChoice, PrefersSentencesOfABetterContext) {
  // The second context begins with the most surprising sentence of all, but is less surprising as a whole.
  const auto by_hand = PromptByHand().add(Role::context, {{4, 2}, {4, 3}}).add(Role::context, {{4, 4}, {8, 1}});
  EXPECT_EQ(show(choose(by_hand, 4, 1)), "0[4,8)");
  EXPECT_EQ(show(choose(by_hand, 8, 1)), "0[0,8)");
  EXPECT_EQ(show(choose(by_hand, 12, 1)), "0[0,8) 1[0,4)");
}

TEST(CoarseChoice, TakesTheBestSentencesOfAllContextsWhereItBeginsWithThem) {
  const auto by_hand = PromptByHand().add(Role::context, {{4, 2}, {4, 3}}).add(Role::context, {{4, 4}, {8, 1}});
  EXPECT_EQ(show(choose(by_hand, 4, 1, Level::sentence)), "1[0,4)");
  EXPECT_EQ(show(choose(by_hand, 8, 1, Level::sentence)), "0[4,8) 1[0,4)");
  EXPECT_EQ(show(choose(by_hand, 13, 1, Level::sentence)), "0[0,4) 0[4,8) 1[0,4) 1[4,12)~");
}

/// Values by hand, and a record of what was asked for.
struct RecordedRelevance final : Relevance {
  std::vector<std::size_t> asked;  ///< parts

  std::vector<double> of_contexts(std::span<const Place> contexts) override {
    std::vector<double> values;
    for (const auto& context : contexts) values.push_back(static_cast<double>(context.part));  // the last one is best
    return values;
  }
  std::vector<double> of_sentences(std::span<const Place> sentences) override {
    asked.push_back(sentences.front().part);
    return std::vector<double>(sentences.size(), 1);
  }
};

TEST(CoarseChoice, AsksForSentencesOnlyWhereTheBudgetEnds) {
  const auto by_hand = PromptByHand()
                           .add(Role::context, {{4, 1}, {4, 1}})
                           .add(Role::context, {{4, 1}, {4, 1}})
                           .add(Role::context, {{4, 1}, {4, 1}});
  RecordedRelevance relevance;
  const auto choice = choose_contexts(by_hand.prompt, relevance, 14, {});
  EXPECT_EQ(show(choice), "1[0,4) 1[4,8)~ 2[0,8)");
  EXPECT_EQ(relevance.asked, std::vector<std::size_t>{1});
  EXPECT_EQ(choice.contexts.front().part, 2u);
  EXPECT_EQ(choice.contexts.back().part, 0u);
}

TEST(CoarseChoice, ThinsNothingWhenWholeOnesFillTheBudget) {
  const auto choice = choose(three_contexts(), 7, 1);
  EXPECT_EQ(show(choice), "0[0,4) 1[3,6)");
  EXPECT_EQ(choice.length, 7u);
  EXPECT_EQ(choice.least, 7u);
}

TEST(CoarseChoice, WithTwiceTheBudgetThinsAll) {
  const auto choice = choose(three_contexts(), 5, 2);
  EXPECT_EQ(show(choice), "0[0,4)~ 1[0,6)~");
  EXPECT_EQ(choice.allowance, 10u);
  EXPECT_EQ(choice.length, 10u);
  EXPECT_EQ(choice.least, 0u);
}

TEST(CoarseChoice, WithTwiceTheBudgetTakesSentencesAfterContexts) {
  const auto choice = choose(three_contexts(), 4, 2);
  EXPECT_EQ(show(choice), "0[0,4)~ 1[3,6)~") << "the next sentence would make 12 of 8 tokens";
}

TEST(CoarseChoice, OfInfiniteGranularityTakesEverything) {
  const auto infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(show(choose(three_contexts(), 5, infinity)), "0[0,4)~ 1[0,6)~ 2[0,5)~");
}

TEST(CoarseChoice, TakesTheEarlierContextOnATie) {
  const auto by_hand = PromptByHand().add(Role::context, {{4, 2}}).add(Role::context, {{4, 2}});
  EXPECT_EQ(show(choose(by_hand, 4, 1)), "0[0,4)");
}

TEST(CoarseChoice, LeavesInstructionAndQuestionAlone) {
  const auto by_hand =
      PromptByHand().add(Role::instruction, {{4, 9}}).add(Role::context, {{4, 2}}).add(Role::question, {{4, 9}});
  EXPECT_EQ(show(choose(by_hand, 4, 1)), "1[0,4)");
}

TEST(CoarseChoice, ThinsASentenceLongerThanEverythingAllowed) {
  const auto by_hand = PromptByHand().add(Role::context, {{50, 2}});
  EXPECT_EQ(show(choose(by_hand, 4, 1)), "0[0,50)~");
  EXPECT_EQ(show(choose(by_hand, 4, 2)), "0[0,50)~");
}

TEST(CoarseChoice, OfNothingIsNothing) {
  EXPECT_EQ(show(choose(three_contexts(), 0, 1)), "");
  EXPECT_EQ(show(choose(three_contexts(), 0, 2)), "");
}

/// Two contexts of two sentences and two tokens of white space each.
PromptByHand separated_contexts() {
  return PromptByHand()
      .add(Role::context, {{4, 5}, {4, 1}, {2, 1}})
      .with_separator()
      .add(Role::context, {{4, 2}, {4, 4}, {2, 1}})
      .with_separator();
}

TEST(CoarseChoice, KeepsTheSeparatorOfEveryContextThatStaysInPlay) {
  const auto by_hand = separated_contexts();
  EXPECT_EQ(show(choose(by_hand, 6, 1)), "0[0,4) 0[8,10)");
  EXPECT_EQ(show(choose(by_hand, 16, 1)), "0[0,10) 1[4,8) 1[8,10)");
  EXPECT_EQ(show(choose(by_hand, 13, 1)), "0[0,10) 1[4,8)~ 1[8,10)");
  EXPECT_EQ(show(choose(by_hand, 12, 1)), "0[0,10) 1[8,9) 1[9,10)") << "no room for a sentence beside it";
}

TEST(CoarseChoice, ThinsASentenceThatCanBeThinnedWithoutLosingProtectedUnits) {
  auto by_hand = three_contexts();
  by_hand.guard(1, 3, 3, Guard::in_kept_text);
  EXPECT_EQ(show(choose(by_hand, 6, 1)), "0[0,4) 1[0,3)~") << "of 1[3,6) only two of three protected tokens fit";
}

TEST(CoarseChoice, ThinsTheBestSentenceWhenNoneKeepsItsProtectedUnits) {
  auto by_hand = three_contexts();
  by_hand.guard(1, 0, 6, Guard::in_kept_text).guard(2, 0, 5, Guard::in_kept_text);
  EXPECT_EQ(show(choose(by_hand, 6, 1)), "0[0,4) 1[3,6)~");
}

TEST(CoarseChoice, TakesNoMoreProtectedUnitsThanTheBudgetPaysFor) {
  auto by_hand = three_contexts();
  by_hand.guard(0, 0, 4, Guard::in_kept_text).guard(1, 3, 3, Guard::in_kept_text);
  const auto choice = choose(by_hand, 5, 2);
  EXPECT_EQ(show(choice), "0[0,4)~ 1[0,3)~") << "1[3,6) would make seven protected tokens of five";
  EXPECT_EQ(choice.least, 4u);
}

TEST(CoarseChoice, PaysForWhatThePatternMatchesFirst) {
  auto by_hand = three_contexts();
  by_hand.guard(2, 1, 1, Guard::always);
  const auto choice = choose(by_hand, 6, 1);
  EXPECT_EQ(show(choice), "0[0,4) 1[3,6)~ 2[1,2)") << "one token is left for 1[3,6)";
  EXPECT_EQ(choice.least, 5u);
}

TEST(CoarseChoice, CountsWhatThePatternMatchesInAChosenRangeOnce) {
  auto by_hand = three_contexts();
  by_hand.guard(0, 0, 2, Guard::always);
  const auto choice = choose(by_hand, 4, 1);
  EXPECT_EQ(show(choice), "0[0,4)");
  EXPECT_EQ(choice.length, 4u);
}

}  // namespace
}  // namespace lingua::compress
