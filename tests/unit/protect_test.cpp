// Numbers, negations and patterns, by hand. Each line is a text with brackets around what must be found.
#include "text/protect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <lingua/error.hpp>
#include <string>

#include "support/pieces.hpp"

namespace lingua::text {
namespace {

std::string without_brackets(std::string text) {
  std::erase_if(text, [](char c) { return c == '[' || c == ']'; });
  return text;
}

void expect_numbers(const std::string& expected) {
  const std::string text = without_brackets(expected);
  EXPECT_EQ(test::mark_ranges(text, find_numbers(text)), expected);
}

void expect_negations(const std::string& expected) {
  const std::string text = without_brackets(expected);
  EXPECT_EQ(test::mark_ranges(text, find_negations(text)), expected);
}

TEST(Numbers, WithSignsSeparatorsAndExponents) {
  expect_numbers(
      "[7] [3.14] [1,000,000.50] [-5] [+2] [−3] ([5]) [.5] [2024-05-01] [3:45] [192.168.0.1] [1/2] [1e-5] [2E+10]");
  expect_numbers("a-[5] f([-5]) = [-2], end [10]. [3-5]; x-[1], [2^10], [5'10]\"");
}

TEST(Numbers, WithCurrenciesAndUnits) {
  expect_numbers("[$1,000] [-$5] [€10.50] [10€] [50%] [5 %] [-3.5 km] [60km/h] [50 km/h] [10x] [3rd] [0x1F] [20 °C]");
  expect_numbers("[10 million] people, at [3:45 p.m.] sharp, [5 kg].");
  expect_numbers("[5] knights, [2]  km, [7]\nm");
}

TEST(Numbers, NamesAreNone) { expect_numbers("x86 v1.2.3 ord_8f3a H2O _1 GPT-[4]"); }

TEST(Numbers, OfOtherScripts) { expect_numbers("[١٢٣٫٥] [१२३] [๑๒๓] [½] [Ⅳ] [１２] [10\u00A0000 €] [1\u202F234,5]"); }

TEST(Numbers, ChineseNumeralsWhereTheyCount) {
  expect_numbers("[三百五十个]人，[二〇二四年]，[第三章]，[三个]，[两倍]，[百分之三十]，[3万元]，[十分钟]，[十一]");
  expect_numbers("一个，一些，统一，万一，千万，十分好，第，百分之");
  expect_numbers("[2024年][5月][1日][12时]");
}

TEST(Negations, English) {
  expect_negations("I do [not], [don't], [can’t], [cannot]; [NO] one [Never] [nothing] [without] [neither] [nor]");
  expect_negations("notable knot nose no_data cant [non]-trivial nonetheless");
}

TEST(Negations, OtherLanguagesWithSpaces) {
  expect_negations("[nicht] [kein] [Keine] Nichte, je [n'ai] [pas], [sans], [não], [nunca], [не] [без], небо");
  expect_negations("[ليس] [لا] [नहीं] [नहीं]। 하지 [않는다] [안] 간다 [없다] 안녕 [không]");
}

TEST(Negations, ScriptsWithoutSpaces) {
  expect_negations("[没有][不]好，[未]知，[无]关，并[非]，不过，非常，未来，无论，淹没");
  expect_negations("食べ[ない]、行き[ません]、[ไม่]มี");
}

TEST(Pattern, FindsAllNonEmptyMatches) {
  const std::string text = "α foo1 βb foo22";
  EXPECT_EQ(test::mark_ranges(text, Pattern("foo\\d+").find_all(text)), "α [foo1] βb [foo22]");
  EXPECT_EQ(test::mark_ranges(text, Pattern("\\p{Greek}|x*").find_all(text)), "[α] foo1 [β]b foo22");
  EXPECT_EQ(test::mark_ranges("a\nb", Pattern("(?m)^b$").find_all("a\nb")), "a\n[b]");
  EXPECT_EQ(Pattern("\\p{L}+").find_all("ab\xFF"
                                        "cd"),
            (std::vector<ByteRange>{{0, 2}, {3, 5}}));
  EXPECT_TRUE(Pattern("x").find_all("").empty());
}

std::string pattern_error(std::string_view expression, std::string_view text = "") {
  try {
    Pattern(expression).find_all(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_pattern);
    return error.what();
  }
  return "no error";
}

TEST(Pattern, ErrorsNamePatternPlaceAndReason) {
  EXPECT_EQ(pattern_error("(a"), "regular expression '(a': unbalanced parenthesis near character 2");
  EXPECT_EQ(pattern_error("x{5,2}"), "regular expression 'x{5,2}': bad repeat count in {min,max} near character 6");
  EXPECT_THAT(pattern_error("[z-a]"), testing::HasSubstr("runs backwards"));
  EXPECT_THAT(pattern_error("\\p{Nonsense}"), testing::HasSubstr("unknown property"));
  EXPECT_THAT(pattern_error("*"), testing::HasSubstr("syntax error near character 1"));
  EXPECT_THAT(pattern_error("a\xFF"), testing::HasSubstr("not UTF-8"));
}

TEST(Pattern, CatastrophesEnd) {
  EXPECT_THAT(pattern_error("(x+x+)+y", std::string(64, 'x')), testing::HasSubstr("too many steps"));
  EXPECT_EQ(Pattern("\\w+").find_all(std::string(1 << 20, 'a')).size(), 1u);  // deep but linear
}

}  // namespace
}  // namespace lingua::text
