// The words of each pre-tokenizer, worked out by hand from its regular expression.
#include "model/pretokenizer.hpp"

#include <gtest/gtest.h>

#include <string>

namespace lingua::model {
namespace {

std::string words(PreTokenizer rule, std::string_view text) {
  std::string joined;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = word_end(rule, text, begin);
    EXPECT_GT(end, begin);
    joined.append(begin == 0 ? "" : "|").append(text.substr(begin, end - begin));
    begin = end;
  }
  return joined;
}

TEST(PreTokenizer, Gpt2) {
  const auto gpt2 = [](std::string_view text) { return words(PreTokenizer::gpt2, text); };
  EXPECT_EQ(gpt2("Hello world, it's 42!"), "Hello| world|,| it|'s| 42|!");
  EXPECT_EQ(gpt2("we'll I'D '"), "we|'ll| I|'|D| '");
  EXPECT_EQ(gpt2("a  b   "), "a| | b|   ");
  EXPECT_EQ(gpt2("a\n\n b\t c"), "a|\n\n| b|\t| c");
  EXPECT_EQ(gpt2("x1y 12...?"), "x|1|y| 12|...?");
  EXPECT_EQ(gpt2(" café über٣½"), " café| über|٣½");
}

TEST(PreTokenizer, SmollmMakesEveryNumberAWord) {
  const auto smollm = [](std::string_view text) { return words(PreTokenizer::smollm, text); };
  EXPECT_EQ(smollm("in 2023, x12"), "in| |2|0|2|3|,| x|1|2");
  EXPECT_EQ(smollm("a   1"), "a|   |1") << "white space before a number stays together, as at the end of a text";
  EXPECT_EQ(smollm("1's 2 "), "1|'s| |2| ");
  EXPECT_EQ(smollm("½٣"), "½|٣");
}

TEST(PreTokenizer, Qwen2) {
  const auto qwen2 = [](std::string_view text) { return words(PreTokenizer::qwen2, text); };
  EXPECT_EQ(qwen2("It's 42 (don'T)"), "It|'s| |4|2| (|don|'T|)");
  EXPECT_EQ(qwen2("(word\tword.word\nword"), "(word|\tword|.word|\n|word")
      << "one mark may lead a word, a line break not";
  EXPECT_EQ(qwen2("end.\r\n\n  next"), "end|.\r\n\n| | next");
  EXPECT_EQ(qwen2("a \n \n  b"), "a| \n \n| | b");
  EXPECT_EQ(qwen2("a   "), "a|   ");
  EXPECT_EQ(qwen2("'rex 'LL"), "'re|x| '|LL");
}

TEST(PreTokenizer, Llama3TakesThreeDigits) {
  EXPECT_EQ(words(PreTokenizer::llama3, "1234567 in 89"), "123|456|7| in| |89");
}

TEST(PreTokenizer, WhiteSpaceIsThatOfUnicode) {
  EXPECT_EQ(words(PreTokenizer::gpt2, "a\u00A0\u3000b"), "a|\u00A0|\u3000|b")
      << "only U+0020 joins the word after it";
  EXPECT_EQ(words(PreTokenizer::qwen2, "a\u00A0\u3000b\u0085"), "a|\u00A0|\u3000b|\u0085");
}

TEST(PreTokenizer, CategoriesAreThoseOfUnicode15_1WhateverTheVersionOfIcu) {
  EXPECT_EQ(words(PreTokenizer::gpt2, "a\U0002EBF0"), "a\U0002EBF0") << "a letter since 15.1";
  EXPECT_EQ(words(PreTokenizer::gpt2, "a\U00010D4A"), "a|\U00010D4A") << "a letter only since 16.0";
}

TEST(PreTokenizer, BrokenBytesAreNoLetters) {
  EXPECT_EQ(words(PreTokenizer::gpt2, "a\xFF\xE4\xBD b\xC3"), "a|\xFF\xE4\xBD| b|\xC3");
}

}  // namespace
}  // namespace lingua::model
