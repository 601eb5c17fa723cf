// The tags of structured prompts: what LLMLingua documents, any text between them, and errors with their place.
#include <gtest/gtest.h>

#include <lingua/sections.hpp>
#include <string>

#include "support/errors.hpp"

namespace lingua {
namespace {

/// "text|text@0.4|...": sections with their rates.
std::string sections(std::string_view text) {
  const auto prompt = parse_tags(text);
  std::string shown;
  for (const auto& section : prompt.sections) {
    if (!shown.empty()) shown += '|';
    shown += section.text;
    const auto rate = prompt.rates.at(section.group);
    if (rate) shown += '@' + std::to_string(*rate).substr(0, 4);
  }
  return shown;
}

TEST(Tags, AsTheOriginalDocumentsThem) {
  EXPECT_EQ(sections("<llmlingua, compress=False>Speaker 4:</llmlingua><llmlingua, rate=0.4> Thank you.</llmlingua>"),
            "Speaker 4:@1.00| Thank you.@0.40");
  EXPECT_EQ(sections("<llmlingua>one</llmlingua><llmlingua, compress=True>two</llmlingua>"), "one|two");
  EXPECT_EQ(sections("<llmlingua, rate = 0.3, compress = True>a</llmlingua>"), "a@0.30");
  EXPECT_EQ(sections("<llmlingua, compress=False, rate=0.3>a</llmlingua>"), "a@1.00") << "compress=False goes first";
  EXPECT_EQ(sections("<llmlingua, rate=0.3, compress=False>a</llmlingua>"), "a@1.00");
}

TEST(Tags, WithoutCommasAndInQuotes) {
  EXPECT_EQ(sections("<llmlingua rate=\"0.5\" compress='true'>a</llmlingua>"), "a@0.50");
  EXPECT_EQ(sections("<llmlingua\n  rate=1\n>a</llmlingua>"), "a@1.00");
  EXPECT_EQ(sections("<llmlingua rate=0>a</llmlingua>"), "a@0.00");
}

TEST(Tags, TextOutsideHasNoRate) {
  EXPECT_EQ(sections("no tags"), "no tags");
  EXPECT_EQ(sections("before <llmlingua rate=0.5>in</llmlingua> after"), "before |in@0.50| after");
  EXPECT_EQ(sections(""), "");
}

TEST(Tags, AnyTextInside) {
  EXPECT_EQ(sections("<llmlingua rate=0.5>a < b && c > <b>d</b> </p> &amp; <llmlinguas> 中文</llmlingua>"),
            "a < b && c > <b>d</b> </p> &amp; <llmlinguas> 中文@0.50");
  EXPECT_EQ(sections("a <llmlingua-x> <LLMLINGUA> <"), "a <llmlingua-x> <LLMLINGUA> <");
}

TEST(Tags, WhiteSpaceBelongsToTheSectionThatItEnds) {
  EXPECT_EQ(sections("<llmlingua rate=1>a</llmlingua>\n\n<llmlingua rate=0.5>b</llmlingua>\n"),
            "a\n\n@1.00|b\n@0.50");
  EXPECT_EQ(sections(" <llmlingua rate=1>a</llmlingua>"), " a@1.00");
  EXPECT_EQ(sections("a<llmlingua rate=0.5>  </llmlingua>b"), "a  |b");
  EXPECT_EQ(sections(" \n"), " \n");
}

TEST(Tags, EachTagIsAGroup) {
  const auto prompt = parse_tags("a<llmlingua rate=0.5>b</llmlingua>c<llmlingua rate=0.5>d</llmlingua>");
  ASSERT_EQ(prompt.sections.size(), 4u);
  EXPECT_EQ(prompt.sections[0].group, 0u);
  EXPECT_EQ(prompt.sections[1].group, 1u);
  EXPECT_EQ(prompt.sections[2].group, 0u);
  EXPECT_EQ(prompt.sections[3].group, 2u);
  EXPECT_EQ(prompt.rates.size(), 3u);
}

std::string error_in(std::string_view text) {
  const auto error = test::error_of([&] { parse_tags(text); });
  EXPECT_EQ(error.code, ErrorCode::input_malformed);
  return error.message;
}

TEST(Tags, ErrorsNameLineAndColumn) {
  EXPECT_EQ(error_in("one\nä <llmlingua>x"),
            "line 2, column 3: <llmlingua> is never closed: </llmlingua> is missing");
  EXPECT_EQ(error_in("a</llmlingua>"), "line 1, column 2: </llmlingua> closes a tag that was never opened");
  EXPECT_EQ(error_in("<llmlingua>a<llmlingua>b</llmlingua></llmlingua>"),
            "line 1, column 13: <llmlingua> inside <llmlingua>: the tags cannot be nested");
  EXPECT_EQ(error_in("<llmlingua, rate=0.5"), "line 1, column 1: <llmlingua has no end: > is missing");
  EXPECT_EQ(error_in("<llmlingua rate='0.5>"), "line 1, column 1: <llmlingua has no end: > is missing");
  EXPECT_EQ(error_in("<llmlingua, rate>x</llmlingua>"),
            "line 1, column 13: 'rate' has no value; expected rate=X or compress=False");
  EXPECT_EQ(error_in("<llmlingua ratio=2>x</llmlingua>"),
            "line 1, column 12: unknown attribute 'ratio'; <llmlingua> has rate and compress");
  EXPECT_EQ(error_in("<llmlingua rate=2>x</llmlingua>"), "line 1, column 12: rate is '2', not a number from 0 to 1");
  EXPECT_EQ(error_in("<llmlingua rate=>x</llmlingua>"), "line 1, column 12: rate is '', not a number from 0 to 1");
  EXPECT_EQ(error_in("<llmlingua compress=no>x</llmlingua>"),
            "line 1, column 12: compress is 'no', neither True nor False");
  EXPECT_EQ(error_in("<llmlingua rate=0.1 rate=0.2>x</llmlingua>"), "line 1, column 21: rate is given twice");
}

}  // namespace
}  // namespace lingua
