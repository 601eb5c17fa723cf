// Pieces become a prompt, and find themselves again in the result.
#include "input/pieces.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <lingua/error.hpp>

#include "input/prompt_json.hpp"

namespace lingua::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Pieces, SeparatorsEndAllButTheLastPart) {
  const auto prompt =
      assemble(
          {{Role::question, "Why?"}, {Role::instruction, "Do."}, {Role::context, "a\n"}, {Role::context, "b\n\n"}},
          "\n\n")
          .prompt;
  EXPECT_EQ(prompt.instruction, "Do.\n\n");
  EXPECT_THAT(prompt.contexts, ElementsAre("a\n\n", "b\n\n"));
  EXPECT_EQ(prompt.question, "Why?");
}

TEST(Pieces, PiecesOfOneTextRunOn) {
  const auto prompt =
      assemble({{Role::context, "One. ", true}, {Role::context, "Two."}, {Role::question, "Q"}}, "\n\n").prompt;
  EXPECT_THAT(prompt.contexts, ElementsAre("One. ", "Two.\n\n"));
  EXPECT_TRUE(prompt.one_text);
}

TEST(Pieces, GivenOneByOneAreSeveralTexts) {
  const Piece end{Role::context, "Two."};
  EXPECT_FALSE(assemble({{Role::context, "One. "}, end}, "\n\n").prompt.one_text);
  EXPECT_FALSE(assemble({{Role::context, "One. ", true}, end, end}, "\n\n").prompt.one_text);
  EXPECT_TRUE(assemble({{Role::instruction, "Do."}, end, {Role::context, ""}}, "\n\n").prompt.one_text);
}

TEST(Pieces, NoSeparator) {
  const auto prompt = assemble({{Role::context, "a"}, {Role::context, "b"}}, "").prompt;
  EXPECT_THAT(prompt.contexts, ElementsAre("a", "b"));
}

TEST(Pieces, EmptyPiecesAreNoParts) {
  const auto assembled = assemble({{Role::context, ""}, {Role::context, "b"}, {Role::question, ""}}, "\n\n");
  EXPECT_THAT(assembled.prompt.contexts, ElementsAre("b"));
  EXPECT_FALSE(assembled.locations[0]);
  EXPECT_FALSE(assembled.locations[2]);
}

TEST(Pieces, WhiteSpaceBehindWhatIsGoneGoes) {
  Result result;
  for (const char* text : {"  one two", "one two", "one\n\n  two", "one   ", "one \n \n two"}) {
    result.parts.emplace_back().original = text;
  }
  result.kept = {{0, 0, 5}, {1, 3, 7}, {2, 3, 10}, {3, 3, 6}, {4, 3, 5}, {4, 5, 11}};
  std::string texts;
  const auto kept = kept_by_part(result);
  for (std::size_t p = 0; p < kept.size(); ++p) {
    for (const auto& [begin, end] : kept[p]) texts += result.parts[p].original.substr(begin, end - begin);
    texts += "|";
  }
  EXPECT_EQ(texts, "  one|two|  two|| two|");
}

TEST(Pieces, FindTheirTextInTheResultWithoutTheSeparator) {
  const auto assembled = assemble(
      {{Role::instruction, "A"}, {Role::context, "one two"}, {Role::instruction, "B"}, {Role::question, "why"}},
      "\n\n");
  EXPECT_EQ(assembled.prompt.instruction, "A\n\nB\n\n");
  Result result;
  result.parts.resize(3);
  result.parts[0].original = assembled.prompt.instruction;
  result.parts[1].original = assembled.prompt.contexts[0];
  result.parts[2].original = assembled.prompt.question;
  result.kept = {{0, 0, 6}, {1, 3, 8}, {2, 0, 1}, {2, 2, 3}};
  const auto kept = kept_by_piece(result, assembled.locations);
  const auto span = [](std::size_t begin, std::size_t end) {
    return testing::AllOf(testing::Field(&ByteSpan::begin, begin), testing::Field(&ByteSpan::end, end));
  };
  EXPECT_THAT(kept, ElementsAre(ElementsAre(span(0, 1)), ElementsAre(span(4, 7)), ElementsAre(span(0, 1)),
                                ElementsAre(span(0, 1), span(2, 3))));
}

TEST(PromptJson, AllKeysAreOptional) {
  EXPECT_TRUE(parse_prompt_json("{}").empty());
  const auto pieces = parse_prompt_json(R"({"question": "q", "contexts": ["a", "b\u00e9"]})");
  ASSERT_EQ(pieces.size(), 3u);
  EXPECT_EQ(pieces[0].role, Role::question);
  EXPECT_EQ(pieces[2].text, "bé");
}

TEST(PromptJson, BlankTextsAreEmpty) {
  const auto pieces = parse_prompt_json(
      R"({"contexts": ["", " \n", "a", "\n\n"], "keep": [{"part": "contexts", "index": 3, "begin": 0, "end": 1}]})");
  ASSERT_EQ(pieces.size(), 4u);
  EXPECT_EQ(pieces[1].text, "");
  EXPECT_EQ(pieces[2].text, "a");
  EXPECT_EQ(pieces[3].text, "\n\n") << "of which something is to be kept";
  EXPECT_EQ(assemble({pieces[0], pieces[1], pieces[2]}, "\n\n").prompt.contexts, std::vector<std::string>{"a"});
}

std::string prompt_error(std::string_view json) {
  try {
    parse_prompt_json(json);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::input_malformed);
    return error.what();
  }
  return "";
}

TEST(PromptJson, ErrorsNameThePlace) {
  EXPECT_THAT(prompt_error("{\"question\": "), HasSubstr("line 1, column 14"));
  EXPECT_THAT(prompt_error("[1]"), HasSubstr("an array, not an object"));
  EXPECT_THAT(prompt_error(R"({"contexts": "a"})"), HasSubstr("contexts is a string, not an array"));
  EXPECT_THAT(prompt_error(R"({"contexts": ["a", 3]})"), HasSubstr("contexts[1] is a number, not a string"));
  EXPECT_THAT(prompt_error(R"({"question": null})"), HasSubstr("question is null"));
  EXPECT_THAT(prompt_error(R"({"context": ["a"]})"), HasSubstr("unknown key \"context\""));
  EXPECT_THAT(prompt_error(std::string(200000, '[')), HasSubstr("deeper than 100"));
}

}  // namespace
}  // namespace lingua::cli
