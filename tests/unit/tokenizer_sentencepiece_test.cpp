// SentencePiece on vocabularies small enough to merge by hand. Byte b is token 3 + b, pieces start at 259.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/vocabulary.hpp"

namespace lingua::model {
namespace {

using test::cut;
using test::ids;
using test::sentence_pieces;
using testing::ElementsAre;

constexpr TokenId kFirst = 259;

constexpr TokenId byte(unsigned value) { return static_cast<TokenId>(3 + value); }

TEST(SentencePiece, MergesToTheHighestScoreFirst) {
  const auto tokenizer = sentence_pieces({"he", "th", "the", "t", "h", "e"}).tokenizer();
  EXPECT_EQ(cut("thethh", tokenizer->tokenize("thethh")), "the|th|h") << "t + he is a way to the, too";
  EXPECT_THAT(ids(tokenizer->tokenize("the")), ElementsAre(kFirst + 2));
}

TEST(SentencePiece, LeftmostOfEqualScores) {
  test::OwnVocabulary own = sentence_pieces({"a", "aa", "ab"});
  own.scores.assign(own.scores.size(), 0.0F);
  EXPECT_EQ(cut("aaab", own.tokenizer()->tokenize("aaab")), "aa|ab");
  own.scores[kFirst + 2] = 1.0F;
  own.scores[kFirst + 1] = -1.0F;
  EXPECT_EQ(cut("aaaab", own.tokenizer()->tokenize("aaaab")), "aa|a|ab");
}

TEST(SentencePiece, SpacesAreSpelledAsALowLine) {
  const auto tokenizer = sentence_pieces({"▁a", "▁", "a", "▁▁"}).tokenizer();
  EXPECT_THAT(tokenizer->tokenize("a a"), ElementsAre(Token{kFirst + 2, 0, 1}, Token{kFirst, 1, 3}));
  EXPECT_THAT(tokenizer->tokenize("  a"), ElementsAre(Token{kFirst + 1, 0, 1}, Token{kFirst, 1, 3}));
  EXPECT_THAT(tokenizer->tokenize("a▁a a"),
              ElementsAre(Token{kFirst + 2, 0, 1}, Token{kFirst, 1, 5}, Token{kFirst, 5, 7}));
}

TEST(SentencePiece, MergesAcrossASpaceWhereATokenDoes) {
  const auto tokenizer = sentence_pieces({">▁", ">▁<", "▁<", "<", ">", "▁"}).tokenizer();
  EXPECT_EQ(cut("<> <>", tokenizer->tokenize("<> <>")), "<|> <|>");
  EXPECT_EQ(cut("< <", tokenizer->tokenize("< <")), "<| <");
}

TEST(SentencePiece, CharactersWithoutATokenBecomeTheirBytes) {
  const auto tokenizer = sentence_pieces({"a", "你"}).tokenizer();
  EXPECT_THAT(tokenizer->tokenize("a你é"), ElementsAre(Token{kFirst, 0, 1}, Token{kFirst + 1, 1, 4},
                                                       Token{byte(0xC3), 4, 5}, Token{byte(0xA9), 5, 6}));
  EXPECT_THAT(
      tokenizer->tokenize("\xE4\xBD"
                          "a\xFF"),
      ElementsAre(Token{byte(0xE4), 0, 1}, Token{byte(0xBD), 1, 2}, Token{kFirst, 2, 3}, Token{byte(0xFF), 3, 4}));
}

TEST(SentencePiece, ASpaceWithoutATokenIsThreeBytesButOneOfTheText) {
  const auto tokenizer = sentence_pieces({"a"}).tokenizer();
  EXPECT_THAT(tokenizer->tokenize("a "), ElementsAre(Token{kFirst, 0, 1}, Token{byte(0xE2), 1, 2},
                                                     Token{byte(0x96), 2, 2}, Token{byte(0x81), 2, 2}));
}

TEST(SentencePiece, SpacePrefix) {
  test::OwnVocabulary own = sentence_pieces({"▁a", "▁", "a", "b"});
  own.add("\n", TokenKind::user_defined);
  own.add_space_prefix = true;
  const auto tokenizer = own.tokenizer();
  EXPECT_THAT(tokenizer->tokenize("a a"), ElementsAre(Token{kFirst, 0, 1}, Token{kFirst, 1, 3}));
  EXPECT_THAT(tokenizer->tokenize("b"), ElementsAre(Token{kFirst + 1, 0, 0}, Token{kFirst + 3, 0, 1}));
  EXPECT_THAT(tokenizer->tokenize("\na"), ElementsAre(Token{kFirst + 4, 0, 1}, Token{kFirst, 1, 2}))
      << "after a literal, too";
  EXPECT_TRUE(tokenizer->tokenize("").empty());
}

TEST(SentencePiece, NeitherControlNorByteTokensAreReadFromText) {
  const auto tokenizer =
      sentence_pieces({"<", "s", ">", "<s", "0", "x", "A", "<0", "<0x", "<0x0", "<0x0A"}).tokenizer();
  EXPECT_EQ(cut("<s>", tokenizer->tokenize("<s>")), "<s|>");
  EXPECT_EQ(cut("<0x0A>", tokenizer->tokenize("<0x0A>")), "<0x0A|>");
}

TEST(SentencePiece, UnknownStandsForBytesThatHaveNoToken) {
  test::OwnVocabulary own = sentence_pieces({"a"});
  own.tokens[3 + 0xFF] = "gone";
  EXPECT_THAT(own.tokenizer()->tokenize("a\xFF"), ElementsAre(Token{kFirst, 0, 1}, Token{0, 1, 2}));
}

}  // namespace
}  // namespace lingua::model
