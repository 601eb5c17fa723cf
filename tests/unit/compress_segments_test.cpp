// Segments, and the budget dealt out to them.
#include "compress/methods/segments.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <utility>

#include "support/prompt_by_hand.hpp"

namespace lingua::compress {
namespace {

using test::PromptByHand;

/// "1:100/40 ...": part 1, 100 tokens, of which 40 may stay; "=" for one that stays whole.
std::string show(const std::vector<Segment>& segments) {
  std::ostringstream out;
  const char* separator = "";
  for (const auto& segment : segments) {
    out << std::exchange(separator, " ") << segment.part << ':' << segment.tokens;
    segment.thinned ? out << '/' << segment.budget : out << '=';
  }
  return out.str();
}

PromptByHand two_parts() { return PromptByHand().add(Role::instruction, {{10, 1}}).add(Role::context, {{250, 1}}); }

std::vector<Segment> cut(const PromptByHand& by_hand, std::vector<Chosen> chosen, std::size_t size = 100) {
  return cut_into_segments(by_hand.prompt, {.chosen = std::move(chosen)}, size);
}

TEST(Segments, HaveBudgetsInProportionThatAddUp) {
  EXPECT_EQ(show(cut(two_parts(), {{1, {0, 250}, 100}})), "1:100/40 1:100/40 1:50/20");
  EXPECT_EQ(show(cut(two_parts(), {{1, {0, 250}, 101}})), "1:100/40 1:100/40 1:50/21");
}

TEST(Segments, NeverCrossAPart) {
  EXPECT_EQ(show(cut(two_parts(), {{0, {0, 10}, 5}, {1, {0, 150}, 60}})), "0:10/5 1:100/40 1:50/20");
}

TEST(Segments, JoinThinnedRangesOfAPart) {
  EXPECT_EQ(show(cut(two_parts(), {{1, {0, 30}, 10}, {1, {50, 150}, 16}})), "1:100/20 1:30/6");
}

TEST(Segments, LeaveWholeRangesAlone) {
  EXPECT_EQ(show(cut(two_parts(),
                     {{0, {0, 10}, 10, false}, {1, {0, 30}, 10}, {1, {30, 200}, 170, false}, {1, {200, 210}, 3}})),
            "0:10= 1:30/10 1:170= 1:10/3");
}

TEST(Segments, NeverCutAUnit) {
  auto by_hand = two_parts();
  by_hand.prompt.parts[1].units = {{{0, 60}}, {{60, 120}}, {{120, 250}}};
  EXPECT_EQ(show(cut(by_hand, {{1, {0, 250}, 100}})), "1:60/24 1:60/24 1:130/52");
}

TEST(BudgetLedger, PassesLeftoversOnToTheNextSegment) {
  const auto segments = cut(two_parts(), {{1, {0, 250}, 100}});
  BudgetLedger ledger(segments, true);
  EXPECT_EQ(ledger.budget_of(segments[0]), 40u);
  ledger.settle(segments[0], 37);
  EXPECT_EQ(ledger.budget_of(segments[1]), 43u);
  ledger.settle(segments[1], 43);
  EXPECT_EQ(ledger.budget_of(segments[2]), 20u);
  ledger.settle(segments[2], 18);
  EXPECT_EQ(ledger.remaining(), 2u);
}

TEST(BudgetLedger, OverdrawsForProtectedUnitsAndTakesItBackLater) {
  auto by_hand = two_parts();
  by_hand.guard(1, 0, 50, Guard::in_kept_text);
  const auto segments = cut(by_hand, {{1, {0, 250}, 100}});
  BudgetLedger ledger(segments, true);
  EXPECT_EQ(ledger.budget_of(segments[0]), 50u);
  ledger.settle(segments[0], 50);
  EXPECT_EQ(ledger.budget_of(segments[1]), 30u);
}

TEST(BudgetLedger, SavesForProtectedUnitsOfLaterSegments) {
  auto by_hand = two_parts();
  by_hand.guard(1, 200, 45, Guard::in_kept_text).guard(1, 100, 20, Guard::in_kept_text);
  const auto segments = cut(by_hand, {{1, {0, 250}, 100}});
  BudgetLedger ledger(segments, true);
  EXPECT_EQ(ledger.budget_of(segments[0]), 35u) << "100 - 20 - 45";
  ledger.settle(segments[0], 35);
  EXPECT_EQ(ledger.budget_of(segments[1]), 20u);
  ledger.settle(segments[1], 20);
  EXPECT_EQ(ledger.budget_of(segments[2]), 45u);
}

TEST(BudgetLedger, HonoursOnlyThePatternWhenProtectionCannotBePaid) {
  auto by_hand = two_parts();
  by_hand.guard(1, 0, 200, Guard::in_kept_text).guard(1, 200, 30, Guard::always);
  const auto segments = cut(by_hand, {{1, {0, 250}, 100}});
  BudgetLedger ledger(segments, false);
  EXPECT_FALSE(ledger.honours(Guard::in_kept_text));
  EXPECT_TRUE(ledger.honours(Guard::always));
  EXPECT_FALSE(ledger.honours(Guard::none));
  EXPECT_EQ(ledger.budget_of(segments[0]), 40u);
  ledger.settle(segments[0], 40);
  EXPECT_EQ(ledger.budget_of(segments[1]), 30u) << "thirty are saved for the pattern";
}

}  // namespace
}  // namespace lingua::compress
