// From kept tokens to ranges and text.
#include "compress/result/source_map.hpp"

#include <gmock/gmock.h>

#include <vector>

#include "support/ngram_model.hpp"

namespace lingua::compress {
namespace {

using testing::ElementsAre;

TEST(SourceMap, JoinsTouchingTokensWithinAPart) {
  const Prompt prompt{.instruction = "ab cd", .contexts = {"ef gh ij"}};
  const auto tokenized = tokenize(prompt, test::NgramModel(), {});
  Selection selection(tokenized);
  selection.keep(0, {1, 2});
  selection.keep(1, {0, 1});
  selection.keep(1, {2, 3});
  Result result;
  result.parts.resize(2);
  assemble(tokenized, std::vector<std::size_t>{0, 1}, selection, {{1, 2}, {3, 4, 5}}, result);

  EXPECT_EQ(result.text, " cdef ij");
  EXPECT_THAT(result.kept, ElementsAre(KeptRange{0, 2, 5}, KeptRange{1, 0, 2}, KeptRange{1, 5, 8}))
      << "ranges of different parts stay apart";
  EXPECT_EQ(result.parts[0].text, " cd");
  EXPECT_EQ(result.parts[1].text, "ef ij");
  EXPECT_EQ(result.tokens_after, 3u);
  EXPECT_EQ(result.parts[1].tokens_after, 2u);
  ASSERT_EQ(result.parts[1].tokens.size(), 3u);
  EXPECT_EQ(result.parts[1].tokens[1].begin, 2u);
  EXPECT_EQ(result.parts[1].tokens[1].end, 5u);
  EXPECT_EQ(result.parts[1].tokens[1].surprisal, 4);
  EXPECT_FALSE(result.parts[1].tokens[1].kept);
  EXPECT_TRUE(result.parts[1].tokens[2].kept);
}

TEST(SourceMap, FollowsTheOrderInWhichPartsGoOut) {
  const Prompt prompt{.contexts = {"ab cd", "ef"}};  // outlives its tokens
  const auto tokenized = tokenize(prompt, test::NgramModel(), {});
  Selection selection(tokenized);
  selection.keep(0, {1, 2});
  selection.keep(1, {0, 1});
  Result result;
  result.parts.resize(2);
  assemble(tokenized, std::vector<std::size_t>{1, 0}, selection, {{1, 2}, {3}}, result);
  EXPECT_EQ(result.text, "ef cd");
  EXPECT_THAT(result.kept, ElementsAre(KeptRange{1, 0, 2}, KeptRange{0, 2, 5}));
  EXPECT_EQ(result.parts[0].text, " cd");
}

}  // namespace
}  // namespace lingua::compress
