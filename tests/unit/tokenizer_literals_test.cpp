// Which user-defined tokens are cut out of a text, and where.
#include "model/tokenizer_literals.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/vocabulary.hpp"

namespace lingua::model {
namespace {

/// The literals found, as "begin:text".
std::string found(const std::vector<std::string>& literals, std::string_view text) {
  test::OwnVocabulary own;
  for (const std::string& literal : literals) own.add(literal, TokenKind::user_defined);
  std::string joined;
  for (const Token& token : Literals(own.views()).find(text)) {
    EXPECT_EQ(text.substr(token.begin, token.end - token.begin), literals[static_cast<std::size_t>(token.id)]);
    joined += (joined.empty() ? "" : " ") + std::to_string(token.begin) + ':' +
              literals[static_cast<std::size_t>(token.id)];
  }
  return joined;
}

TEST(Literals, AreFoundInOrder) {
  EXPECT_EQ(found({"<b>", "</b>"}, "x<b>y</b><b><"), "1:<b> 5:</b> 9:<b>");
  EXPECT_EQ(found({"<b>"}, ""), "");
  EXPECT_EQ(found({}, "<b>"), "");
}

TEST(Literals, TheLongestWinsWhereverItStarts) {
  EXPECT_EQ(found({"ab", "bcd"}, "abcd"), "1:bcd");
  EXPECT_EQ(found({"ab", "bcd", "a"}, "abcd"), "0:a 1:bcd") << "a shorter one fills what is left";
  EXPECT_EQ(found({"aa", "aaa"}, "aaaaaaaa"), "0:aaa 3:aaa 6:aa");
}

TEST(Literals, TheLeftmostOfEqualLengths) { EXPECT_EQ(found({"aba"}, "ababa ababab"), "0:aba 6:aba"); }

TEST(Literals, OnlyUserDefinedTokensAreLiterals) {
  test::OwnVocabulary own;
  for (const TokenKind kind : {TokenKind::normal, TokenKind::unknown, TokenKind::control, TokenKind::unused}) {
    own.add("<x>", kind);
  }
  EXPECT_TRUE(Literals(own.views()).find("<x>").empty());
}

TEST(Literals, MarkersOfTheEndAreTextEvenWhereTheVocabularySaysUserDefined) {
  EXPECT_EQ(found({"</s>", "<|im_end|>", "</b>"}, "</s><|im_end|></b>"), "14:</b>");
}

TEST(Literals, SplitTheTextForTheTokenizer) {
  test::OwnVocabulary own = test::byte_level({"a+b"});
  const TokenId literal = own.add("b<", TokenKind::user_defined);
  EXPECT_EQ(test::ids(own.tokenizer()->tokenize("ab<ab")), (std::vector<TokenId>{'a', literal, 257}));
}

}  // namespace
}  // namespace lingua::model
