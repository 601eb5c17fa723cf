// Which units stay: Eq. 6 and 7.
#include "compress/prompt/selection.hpp"

#include <gmock/gmock.h>

#include "support/prompt_by_hand.hpp"

namespace lingua::compress {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Candidate candidate(std::uint32_t tokens, double score, Guard guard = Guard::none) {
  return {{{0, tokens}, guard}, score};
}

TEST(UnitScore, IsMeanSumOrMaximum) {
  const std::vector<float> surprisals{1, 4, 1};
  EXPECT_EQ(unit_score(surprisals, UnitScore::mean), 2);
  EXPECT_EQ(unit_score(surprisals, UnitScore::sum), 6);
  EXPECT_EQ(unit_score(surprisals, UnitScore::max), 4);
}

TEST(MostSurprising, KeepsTheHighestScoresInTheOrderOfTheText) {
  const std::vector candidates{candidate(1, 2), candidate(1, 9), candidate(1, 1), candidate(1, 5)};
  EXPECT_THAT(most_surprising(candidates, 0), IsEmpty());
  EXPECT_THAT(most_surprising(candidates, 1), ElementsAre(1));
  EXPECT_THAT(most_surprising(candidates, 2), ElementsAre(1, 3));
  EXPECT_THAT(most_surprising(candidates, 3), ElementsAre(0, 1, 3));
  EXPECT_THAT(most_surprising(candidates, 9), ElementsAre(0, 1, 2, 3));
}

TEST(MostSurprising, TakesTheEarlierOneOnATie) {
  const std::vector candidates{candidate(1, 3), candidate(1, 3), candidate(1, 3)};
  EXPECT_THAT(most_surprising(candidates, 2), ElementsAre(0, 1));
}

TEST(MostSurprising, PassesOverWhatNoLongerFits) {
  const std::vector candidates{candidate(2, 9), candidate(3, 8), candidate(1, 1)};
  EXPECT_THAT(most_surprising(candidates, 3), ElementsAre(0, 2)) << "the second would make five";
  EXPECT_THAT(most_surprising(candidates, 4), ElementsAre(0, 2)) << "one is left over: less than the dropped unit";
}

TEST(MostSurprising, KeepsGuardedUnitsFirst) {
  const std::vector candidates{candidate(1, 9), candidate(1, 0, Guard::in_kept_text), candidate(1, 5),
                               candidate(1, 1, Guard::always)};
  EXPECT_THAT(most_surprising(candidates, 2), ElementsAre(1, 3));
  EXPECT_THAT(most_surprising(candidates, 3), ElementsAre(0, 1, 3));
}

TEST(Selection, CountsEachTokenOnce) {
  test::PromptByHand by_hand;
  by_hand.add(Role::instruction, {{3, 0}}).add(Role::context, {{5, 0}});
  Selection selection(by_hand.prompt);
  selection.keep(1, {1, 4});
  selection.keep(1, {2, 5});
  EXPECT_EQ(selection.tokens(), 4u);
  EXPECT_EQ(selection.tokens(0), 0u);
  EXPECT_EQ(selection.tokens(1), 4u);
  EXPECT_FALSE(selection.kept(1, 0));
  EXPECT_TRUE(selection.kept(1, TokenRange{4, 5}));
}

}  // namespace
}  // namespace lingua::compress
