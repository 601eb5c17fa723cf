// Sections at rates of their own: each group keeps its share, and the parts come out in the order of the text.
#include <gtest/gtest.h>

#include <lingua/compressor.hpp>

#include "support/errors.hpp"
#include "support/ngram_model.hpp"
#include "support/random_prompts.hpp"

namespace lingua {
namespace {

const Compressor& compressor() {
  static const Compressor shared(std::make_shared<test::NgramModel>());
  return shared;
}

Options half() {
  Options options;
  options.target = Rate{0.5};
  options.unit = Unit::token;
  return options;
}

const std::string kTen = "one two three four five six seven eight nine ten";

TEST(Sections, EachGroupKeepsItsShare) {
  const SectionedPrompt prompt{.sections = {{kTen, 1}, {kTen, 2}, {kTen, 3}, {kTen, 0}},
                               .rates = {std::nullopt, 1.0, 0.3, 0.0}};
  const auto result = compressor().compress_sections(prompt, half());
  ASSERT_EQ(result.parts.size(), 4u);
  EXPECT_EQ(result.parts[0].text, kTen);
  EXPECT_EQ(result.parts[1].tokens_after, 3u);
  EXPECT_EQ(result.parts[2].text, "");
  EXPECT_EQ(result.parts[3].tokens_after, 5u) << "the target is for what has no rate";
  EXPECT_EQ(result.tokens_before, 40u);
  EXPECT_EQ(result.tokens_after, 18u);
  EXPECT_EQ(result.budget, 18u);
  EXPECT_TRUE(result.notes.empty());
}

TEST(Sections, AGroupIsOnePrompt) {
  const SectionedPrompt prompt{.sections = {{"a b c d", 1}, {"verbatim", 2}, {" e f g h", 1}},
                               .rates = {std::nullopt, 0.5, 1.0}};
  const auto result = compressor().compress_sections(prompt, half());
  const auto together = compressor().compress({.contexts = {"a b c d", " e f g h"}}, half());
  EXPECT_EQ(result.parts[0].text, together.parts[0].text);
  EXPECT_EQ(result.parts[1].text, "verbatim");
  EXPECT_EQ(result.parts[2].text, together.parts[1].text);
}

TEST(Sections, AreCompressedInViewOfTheQuestion) {
  const std::string cats = "cats like fish and milk.", dogs = " dogs like bones and sticks.",
                    question = " what of dogs?";
  for (const auto rank_by : {RankBy::question, RankBy::surprisal}) {
    auto options = half();
    options.rank_by = rank_by;
    options.question_surprisal.surprisal_weight = 0;
    const SectionedPrompt prompt{
        .sections = {{kTen, 0}, {cats, 1}, {dogs, 1}}, .question = question, .rates = {std::nullopt, 0.5}};
    const auto result = compressor().compress_sections(prompt, options);
    options.target = Tokens{6 + 4};  // half of twelve, and the question
    const auto together = compressor().compress({.contexts = {cats, dogs}, .question = question}, options);
    ASSERT_EQ(result.parts.size(), 4u);
    EXPECT_EQ(result.parts[1].text, together.parts[0].text);
    EXPECT_EQ(result.parts[2].text, together.parts[1].text);
    EXPECT_EQ(result.parts[3].text, question);
    EXPECT_EQ(result.tokens_before, 10u + 12u + 4u) << "the question counts once";
    EXPECT_EQ(result.budget, 7u + 6u);
    if (rank_by == RankBy::question) {
      EXPECT_GT(result.parts[2].tokens_after, result.parts[1].tokens_after);
    }
  }
}

TEST(Sections, AQuestionApartIsOnlyLookedAt) {
  const std::string cats = "cats like fish and milk.", dogs = " dogs like bones and sticks.",
                    question = " what of dogs?";
  auto options = half();
  options.rank_by = RankBy::question;
  options.question_surprisal.surprisal_weight = 0;
  for (const std::size_t group : {0, 1}) {
    const SectionedPrompt prompt{.sections = {{cats, group}, {dogs, group}},
                                 .question = question,
                                 .question_apart = true,
                                 .rates = {std::nullopt, 0.5}};
    const auto result = compressor().compress_sections(prompt, options);
    ASSERT_EQ(result.parts.size(), 2u);
    EXPECT_EQ(result.tokens_before, 12u);
    EXPECT_EQ(result.budget, 6u);
    EXPECT_EQ(result.tokens_after, 6u);
    EXPECT_GT(result.parts[1].tokens_after, result.parts[0].tokens_after);
    EXPECT_EQ(result.text, result.parts[0].text + result.parts[1].text);
  }
}

TEST(Sections, WhereAllHaveRatesInstructionAndQuestionKeepTheirs) {
  const SectionedPrompt prompt{.instruction = "do it now. ",
                               .sections = {{kTen, 1}},
                               .question = " why or why not?",
                               .rates = {std::nullopt, 0.3}};
  auto options = half();
  const auto result = compressor().compress_sections(prompt, options);
  EXPECT_EQ(result.parts[0].text, prompt.instruction);
  EXPECT_EQ(result.parts[1].tokens_after, 3u);
  EXPECT_EQ(result.parts[2].text, prompt.question);
  EXPECT_TRUE(result.notes.empty());
  options.question_rate = 0.4;
  EXPECT_EQ(compressor().compress_sections(prompt, options).parts[2].tokens_after, 2u) << "of five";
}

TEST(Sections, WithoutRatesNothingChanges) {
  test::RandomPrompts prompts(3);
  for (int trial = 0; trial < 100; ++trial) {
    const auto prompt = prompts.next();
    SectionedPrompt sectioned{.instruction = prompt.instruction, .question = prompt.question};
    for (const auto& context : prompt.contexts) sectioned.sections.push_back({context});
    auto options = half();
    options.instruction_rate = options.question_rate = 0;
    const auto result = compressor().compress(prompt, options);
    const auto same = compressor().compress_sections(sectioned, options);
    EXPECT_EQ(same.text, result.text);
    EXPECT_EQ(same.kept, result.kept);
    EXPECT_EQ(same.tokens_after, result.tokens_after);
  }
}

TEST(Sections, RandomGroupsJoinToTheText) {
  test::RandomPrompts prompts(4);
  for (int trial = 0; trial < 200; ++trial) {
    auto& random = prompts.numbers();
    SectionedPrompt prompt{.rates = {std::nullopt, 0.5, 0.1, 1.0}};
    std::string original;
    for (auto sections = 1 + random.below(6); sections > 0; --sections) {
      const auto group = 1 + random.below(3);
      prompt.sections.push_back({prompts.text(1 + random.below(30)) + ".", group});
      original += prompt.sections.back().text;
    }
    const auto result = compressor().compress_sections(prompt, half());
    std::string whole, kept, text;
    for (const auto& part : result.parts) {
      whole += part.original;
      text += part.text;
    }
    for (const auto& range : result.kept)
      kept.append(result.parts.at(range.part).original, range.begin, range.end - range.begin);
    EXPECT_EQ(whole, original);
    EXPECT_EQ(kept, result.text);
    EXPECT_EQ(text, result.text);
  }
}

TEST(Sections, RefusesRatesAndGroupsThatAreNone) {
  const auto code = [](const SectionedPrompt& prompt) {
    return test::error_of([&] { compressor().compress_sections(prompt, half()); }).code;
  };
  EXPECT_EQ(code({.sections = {{kTen}}, .rates = {1.5}}), ErrorCode::invalid_option);
  EXPECT_EQ(code({.sections = {{kTen, 1}}}), ErrorCode::invalid_option);
  EXPECT_EQ(code({.sections = {{kTen}}, .rates = {}}), ErrorCode::invalid_option);
  EXPECT_EQ(code({.sections = {}}), ErrorCode::input_malformed) << "an empty prompt";
}

}  // namespace
}  // namespace lingua
