// Words, cut by hand in several languages. Each line is a text with "|" at its word ends.
#include "text/graphemes.hpp"
#include "text/segment.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/pieces.hpp"

namespace lingua::text {
namespace {

/// `expected` without its bars must be cut at the bars.
void expect_words(const std::string& expected) {
  std::string text = expected;
  std::erase(text, '|');
  EXPECT_EQ(test::join_pieces(text, word_ends(text)), expected);
}

TEST(Words, CarryTheirLeadingWhiteSpace) {
  expect_words("");
  expect_words("one");
  expect_words("  one| two|\n\nthree|\r\n\tfour|\u3000five|\u00A0six");
}

TEST(Words, WhiteSpaceAtTheEndOfTheTextIsAWord) {
  expect_words("one| two|\n\n");
  expect_words("one|.| ");
  expect_words(" \n ");
}

TEST(Words, ClosingPunctuationIsAWord) {
  expect_words("foo|,| bar|;| baz|:| well|...| what|?!");
  expect_words("He| said| \"go| home|.\"| Then| (see| below|),| “Don’t| go|”.");
  expect_words("Yes| ,| no| .| -| ...| )");
  expect_words("the| dogs|’| tails| and| the| cats|'| tails");
}

TEST(Words, BracketsAndQuotesOpenedInAWordStayWithIt) {
  expect_words("(one)|,| \"two\"|,| 'three'| [4]|;| “five”| «six»| {7}|.");
  expect_words("foo.bar()| f(x)[0]|;| print(\"hello\"|,| g(\"a\",'b')|);| see| wiki/Foo_(bar)|.");
  expect_words("{\"name\"|:| \"x\"|,| \"list\"|:| [1,2]|},");
}

TEST(Words, WithoutWhiteSpaceAreNotSplit) {
  expect_words("3.14| 1,000| ord_8f3a| foo::bar<int>(y).baz| a/b.c-d| well-known| don't| rock'n'roll");
  expect_words("https://a.org/b?c=d&e=f#g|,| me@example.org|.");
  expect_words("**bold**| `code`|,| [text](http://a.b/c)| ~~x~~| <b>y</b>| C++| x!=y| --flag=1| .gitignore");
}

TEST(Words, AFullStopThatEndsNoSentenceStaysWithItsWord) {
  expect_words("Dr.| J.| Smith| of| the| U.S.| Army| sells|,| e.g.|,| cars| (Fig.| 3|).");
  expect_words("1.| First| item|\n2.| Second| item|.");
}

TEST(Words, AnEmDashBeginsAWord) {
  expect_words("He| paused|—then| left| —| quickly");
  expect_words("0.5E—04| and| 1990—1995");
}

TEST(Words, NumbersAreNotSplit) {
  expect_words("10\u00A0000 €| for| -3.5 km| or| $5 million|,| 3:45 p.m.| today");
  expect_words("第一百四十四条|，|共3个|。|2024年5月1日");
}

TEST(Words, Chinese) {
  expect_words("用Python|写的3个|程序|，|很好|用|。");
  expect_words("他|说|：|“你好！”|她|说|。|《红楼梦|》|是|书|!");
  expect_words("我|用| Python| 3.10| 写| code|，|然后| push| 到| GitHub|。");
  expect_words("他|说|——|你好");
  expect_words("用VPN|，|共3个|，VPN|再见|👍🏽|好");
}

TEST(Words, Japanese) {
  expect_words("日本語|の|文章|です|。|カタカナ|とひらがな|、|「魔法使い|」|だ|。");
  expect_words("データベース|に|接続");
}

TEST(Words, ThaiLaoKhmerMyanmarTibetan) {
  expect_words("ภาษา|ไทย|เป็น|ภาษา| ประเทศไทย");
  expect_words("ພາສາ|ລາວ");
  expect_words("ភាសាខ្មែរ|។");
  expect_words("བོད་|སྐད་|ཡིན|།");
}

TEST(Words, ScriptsWithSpaces) {
  expect_words("مرحبا| بالعالم|،| كيف| حالك|؟| ٢٥٪");
  expect_words("यह| एक| वाक्य| है|।| \"नमस्ते!\"");
  expect_words("한국어는| 띄어쓰기를| 한다|.| 가격은| 3,000원이다|.");
  expect_words("Привет|,| мир|!| Это| и| т.д.| тест");
  expect_words("¿Qué| tal|?| ¡Hola|!| „Hallo“|,| sagte| er|.");
}

TEST(Words, EmojiSequencesStayWhole) {
  expect_words(
      "Great👍🏽👍| family| 👨‍👩‍👧‍👦|!| flags| 🇩🇪🇫🇷| 中文|👍🏽|好| "
      "1️⃣| "
      "ok|‼️| "
      "🏴󠁧󠁢󠁥󠁮󠁧󠁿| ❤️‍🔥");
  expect_words("e\u0301te\u0301| n\u0303");
}

TEST(Graphemes, JointsAreInsideCharacters) {
  EXPECT_EQ(grapheme_joints("plain text\n"), std::vector<std::uint32_t>());
  EXPECT_EQ(grapheme_joints("e\u0301\r\nx"), (std::vector<std::uint32_t>{1, 4}));
  EXPECT_EQ(grapheme_joints("👍🏽 👨‍👩‍👧🇩🇪🇫🇷"),
            (std::vector<std::uint32_t>{4, 9 + 4, 9 + 7, 9 + 11, 9 + 14, 27 + 4, 35 + 4}));
  EXPECT_EQ(grapheme_joints("नि ก็"), (std::vector<std::uint32_t>{3, 10}));
  EXPECT_EQ(grapheme_joints("中\xFF文"), std::vector<std::uint32_t>());
}

TEST(Words, InvalidUtf8LosesNoByte) {
  const std::string text = "foo\xFF bar \xE4\xB8 \x80\x80\xED\xA0\x80, \xF0\x9F";
  EXPECT_EQ(test::join_pieces(text, word_ends(text)), "foo\xFF| bar| \xE4\xB8| \x80\x80\xED\xA0\x80|,| \xF0\x9F");
}

TEST(Words, TableCells) {
  const std::string text = "| a | **b** |\n|---|---|";
  EXPECT_EQ(test::join_pieces(text, word_ends(text), "·"), "|· a· |· **b**· |·\n|---|---|");
}

}  // namespace
}  // namespace lingua::text
