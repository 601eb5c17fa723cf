// Sentences, paragraphs, and the cutting of a text into contexts, by hand. Each line is a text with "|" at its cuts.
#include <gtest/gtest.h>

#include <lingua/error.hpp>
#include <lingua/prompt.hpp>
#include <string>

#include "support/pieces.hpp"
#include "text/segment.hpp"

namespace lingua::text {
namespace {

std::string without_bars(std::string text) {
  std::erase(text, '|');
  return text;
}

void expect_sentences(const std::string& expected) {
  const std::string text = without_bars(expected);
  EXPECT_EQ(test::join_pieces(text, sentence_ends(text)), expected);
}

void expect_paragraphs(const std::string& expected) {
  const std::string text = without_bars(expected);
  EXPECT_EQ(test::join_pieces(text, paragraph_ends(text)), expected);
}

TEST(Sentences, CarryTheirLeadingWhiteSpace) {
  expect_sentences("");
  expect_sentences("  \n");
  expect_sentences(" One.| Two?|  Three!| Four");
  expect_sentences("One.| Two. \n\n");
}

TEST(Sentences, EndAtLineBreaks) {
  expect_sentences("no stop|\nnext line|\r\n\r\n  third");
  expect_sentences("Dr.|\nSmith|\u2029next");
}

TEST(Sentences, KeepClosingQuotesAndBrackets) {
  expect_sentences("He said \"go.\"| Then (she left.)| He “stayed.”| 'Yes.'| So.");
  expect_sentences("\"Why?\" she asked.| “Go!” he cried.| \"So.\"| She left.");
  expect_sentences("他说：“你好！”|然后就走了。|《红楼梦》是书。|（真的。）|好");
}

TEST(Sentences, DoNotEndAtAbbreviations) {
  expect_sentences("Dr. Smith, Mr. J. R. Jones and Prof. Lee met, e.g. Python vs. Java, i.e. Languages.| Yes.");
  expect_sentences("See Fig. 3 and No. 5 in Smith et al. The rest follows.| He said no.| Then he left.");
  expect_sentences("The U.S. Army came at 5 p.m.| Then it left.| So do I.| We saw.");
  expect_sentences("On Jan. 5, in Roe v. Wade and Eq. (3) Above.| It was Jan.| Then Feb. 3 came.");
  expect_sentences("Pi is 3.14 or so.| Version 2.0.1 is out.");
  expect_sentences("Das ist z.B. Berlin.| M. Dupont est là.| А. С. Пушкин жил.");
}

TEST(Sentences, DoNotEndAtListNumbers) {
  expect_sentences("1. First item.|\n  2. Second.|\na. Third.|\n2.3. Fourth.");
  expect_sentences("1．水泵坏了。|2.关上阀门。|\n12．打电话。");
  expect_sentences("有异议：1．水泵坏了；2．阀门没关。|他说完了．|大家走了。");
  expect_sentences("The answer is 2.| Second, it is 3.");
}

TEST(Sentences, DoNotEndInsideUrlsAndCode) { expect_sentences("See http://a.org/b?c=d!E now.| If (x!=y) f?.g();"); }

TEST(Sentences, WithoutSpaces) {
  expect_sentences("今天很好。|明天呢？|太好了！|ok?|是的");
  expect_sentences("日本語です。|カタカナも。");
  expect_sentences("यह वाक्य है।| दूसरा है।|तीसरा");
  expect_sentences("كيف حالك؟| أنا بخير.| شكرا!");
}

TEST(Paragraphs, EndBehindBlankLines) {
  expect_paragraphs("");
  expect_paragraphs("one\ntwo\n\n|three\n\n\n\n|four\n");
  expect_paragraphs("one\r\n\r\n|two\n \t\n|three");
  expect_paragraphs("\n\n  one\n\n|two\n\n");
  expect_paragraphs(" \n\n ");
}

TEST(Split, PiecesAreTheTextAgain) {
  EXPECT_EQ(split("a b\n\nc. d", Split::none), (std::vector<std::string>{"a b\n\nc. d"}));
  EXPECT_EQ(split("a b\n\nc. d", Split::paragraph), (std::vector<std::string>{"a b\n\n", "c. d"}));
  EXPECT_EQ(split("A b\n\nCd. E", Split::sentence), (std::vector<std::string>{"A b", "\n\nCd.", " E"}));
  EXPECT_TRUE(split("", Split::paragraph).empty());
}

TEST(Split, RefusesWhatIsNotUtf8AndNamesTheByte) {
  try {
    split("good \xC3( bad", Split::none);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::input_malformed);
    EXPECT_NE(std::string(error.what()).find("byte 5 (0xc3)"), std::string::npos) << error.what();
  }
}

TEST(Role, HasAName) {
  EXPECT_EQ(to_string(Role::instruction), "instruction");
  EXPECT_EQ(to_string(Role::context), "context");
  EXPECT_EQ(to_string(Role::question), "question");
}

}  // namespace
}  // namespace lingua::text
