// Byte-level BPE on vocabularies small enough to merge by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/vocabulary.hpp"

namespace lingua::model {
namespace {

using test::byte_level;
using test::cut;
using test::ids;
using testing::ElementsAre;

TEST(BytePair, MergesTheBestPairFirst) {
  const auto tokenizer = byte_level({"h+e", "t+h", "th+e", " +the"}).tokenizer();
  // "he" is ranked before "th", so "the" is t + he and no merge is left.
  EXPECT_EQ(cut("the", tokenizer->tokenize("the")), "t|he");
  EXPECT_THAT(ids(tokenizer->tokenize("thx")), ElementsAre(258, 'x'));
}

TEST(BytePair, MergesTheLeftmostOfEqualPairs) {
  const auto tokenizer = byte_level({"a+a", "aa+aa"}).tokenizer();
  EXPECT_EQ(cut("aaa", tokenizer->tokenize("aaa")), "aa|a");
  EXPECT_EQ(cut("aaaaaaa", tokenizer->tokenize("aaaaaaa")), "aaaa|aa|a");
}

TEST(BytePair, AMergeMayOpenABetterOne) {
  // d+e comes late, but c + de is then the best pair of all.
  const auto tokenizer = byte_level({"a+b", "c+de", "d+e", "ab+c"}).tokenizer();
  EXPECT_EQ(cut("abcde", tokenizer->tokenize("abcde")), "ab|cde");
}

TEST(BytePair, NeverMergesAcrossWords) {
  const auto tokenizer = byte_level({"a+ ", " +b"}).tokenizer();
  EXPECT_EQ(cut("a b", tokenizer->tokenize("a b")), "a| b");
}

TEST(BytePair, RangesAreBytes) {
  const auto tokenizer = byte_level({"\xC3+\xA9", " +\xC3\xA9"}).tokenizer();
  EXPECT_THAT(tokenizer->tokenize("é é\xC3"), ElementsAre(Token{257, 0, 2}, Token{258, 2, 5}, Token{0xC3, 5, 6}));
}

TEST(BytePair, RepeatedWordsHaveTheirOwnRanges) {
  const auto tokenizer = byte_level({"a+b"}).tokenizer();
  EXPECT_THAT(tokenizer->tokenize("abc abc abc"),
              ElementsAre(Token{257, 0, 2}, Token{'c', 2, 3}, Token{' ', 3, 4}, Token{257, 4, 6}, Token{'c', 6, 7},
                          Token{' ', 7, 8}, Token{257, 8, 10}, Token{'c', 10, 11}));
}

TEST(BytePair, SpecialTokenTextIsPlainText) {
  const auto tokenizer = byte_level({"a+b"}).tokenizer();
  EXPECT_EQ(tokenizer->tokenize("<|endoftext|>").size(), 13u);
}

TEST(BytePair, LlamaTakesWordsThatAreTokensWhole) {
  const std::vector<std::string> merges{"h+e", "t+h", "th+e"};
  EXPECT_EQ(cut("the", byte_level(merges, "gpt-2").tokenizer()->tokenize("the")), "t|he");
  EXPECT_EQ(cut("the", byte_level(merges, "llama-bpe").tokenizer()->tokenize("the")), "the");
}

TEST(BytePair, BytesWithoutATokenBelongToTheNext) {
  test::OwnVocabulary own = byte_level({"a+b"});
  own.tokens[4] = own.tokens[0xF1] = "";
  own.unknown = 256;
  const auto tokenizer = own.tokenizer();
  EXPECT_THAT(tokenizer->tokenize("\4ab\4c\4\4"), ElementsAre(Token{257, 0, 3}, Token{'c', 3, 7}));
  EXPECT_THAT(tokenizer->tokenize("x\xF1\x80"), ElementsAre(Token{'x', 0, 1}, Token{0x80, 1, 3}));
  EXPECT_THAT(tokenizer->tokenize("\4\4"), ElementsAre(Token{256, 0, 2}))
      << "the unknown token, where there is no other";
}

TEST(BytePair, EmptyTextHasNoTokens) { EXPECT_TRUE(byte_level({"a+b"}).tokenizer()->tokenize("").empty()); }

TEST(BytePair, ALongWordTakesNoLongerThanManyShortOnes) {
  const auto tokenizer = byte_level({"a+a", "aa+aa", "aaaa+aaaa"}).tokenizer();
  EXPECT_EQ(tokenizer->tokenize(std::string(400'000, 'a')).size(), 50'000u);
}

}  // namespace
}  // namespace lingua::model
