// The pipeline as its users see it: what never changes, what is reported, and how calls fail.
#include <gmock/gmock.h>

#include <lingua/compressor.hpp>

#include "support/errors.hpp"
#include "support/ngram_model.hpp"

namespace lingua {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Compressor compressor() { return Compressor(std::make_shared<test::NgramModel>()); }

const Prompt kPrompt{.instruction = "Answer briefly.\n\n",
                     .contexts = {"Anna has 3 apples. She eats them.\n\n", "Ben has no pears. He is sad.\n\n"},
                     .question = "Who has apples?"};

std::string joined(const Prompt& prompt) {
  auto text = prompt.instruction;
  for (const auto& context : prompt.contexts) text += context;
  return text + prompt.question;
}

TEST(Compressor, KeepsInstructionAndQuestionVerbatim) {
  const auto result = compressor().compress(kPrompt, {.target = Tokens{20}});
  EXPECT_THAT(result.text, testing::StartsWith(kPrompt.instruction));
  EXPECT_THAT(result.text, testing::EndsWith(kPrompt.question));
  EXPECT_EQ(result.budget, 20u);
  EXPECT_LE(result.tokens_after, 20u);
}

TEST(Compressor, RanksByWordsSharedWithTheQuestion) {
  Prompt prompt = kPrompt;
  Options options{.target = Tokens{16}};  // 9 for instruction and question, 5 for a sentence, 2 line ends
  options.rank_by = RankBy::words;
  options.coarsest = Level::sentence;
  prompt.question = "Who has APPLES?";
  EXPECT_THAT(compressor().compress(prompt, options).text, HasSubstr("Anna has 3 apples."));
  prompt.question = "Who is sad?";
  EXPECT_THAT(compressor().compress(prompt, options).text, HasSubstr("He is sad."));
  prompt.question.clear();
  EXPECT_THAT(compressor().compress(prompt, options).notes, ElementsAre(HasSubstr("there is no question")));
}

TEST(Compressor, ReturnsTheInputWhenTheTargetIsNotBelowItsLength) {
  for (const Target target : {Target{Rate{1}}, Target{Ratio{1}}, Target{Ratio{0.5}}, Target{Tokens{1000}}}) {
    const auto result = compressor().compress(kPrompt, {.target = target});
    EXPECT_EQ(result.text, joined(kPrompt));
    EXPECT_EQ(result.tokens_after, result.tokens_before);
    EXPECT_EQ(result.forwarded_tokens, 0u);
    EXPECT_THAT(result.notes, ElementsAre(HasSubstr("nothing was compressed")));
    for (const auto& part : result.parts) EXPECT_EQ(part.budget, part.tokens_before);
  }
}

TEST(Compressor, DescribesEveryPart) {
  const auto result = compressor().compress(kPrompt, {.target = Ratio{1.5}});
  ASSERT_EQ(result.parts.size(), 4u);
  EXPECT_EQ(result.parts[0].role, Role::instruction);
  EXPECT_EQ(result.parts[2].original, kPrompt.contexts[1]);
  std::size_t before = 0, after = 0, budget = 0;
  std::string text;
  for (const auto& part : result.parts) {
    before += part.tokens_before;
    after += part.tokens_after;
    budget += part.budget;
    text += part.text;
  }
  EXPECT_EQ(before, result.tokens_before);
  EXPECT_EQ(after, result.tokens_after);
  EXPECT_EQ(budget, result.budget);
  EXPECT_EQ(text, result.text);
  EXPECT_TRUE(result.notes.empty());
}

TEST(Compressor, ReportsProgressStepByStep) {
  std::vector<std::string> steps;
  std::size_t done = 0;
  Options options{.target = Ratio{1.5}};
  options.progress = [&](const Progress& progress) {
    if (steps.empty() || steps.back() != progress.step) steps.emplace_back(progress.step);
    EXPECT_LE(progress.done, progress.total);
    done = progress.total - progress.done;
    return true;
  };
  compressor().compress(kPrompt, options);
  EXPECT_THAT(steps, ElementsAre("score", "compress"));
  EXPECT_EQ(done, 0u) << "the last report is that of the end";
}

TEST(Compressor, CanBeCancelledAtEveryReport) {
  const auto shared = compressor();
  for (int reports = 0;; ++reports) {
    int seen = 0;
    Options options{.target = Ratio{1.5}};
    options.progress = [&](const Progress&) { return seen++ < reports; };
    try {
      shared.compress(kPrompt, options);
      EXPECT_GT(reports, 2);
      break;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::cancelled);
    }
  }
}

TEST(Compressor, FailsWithTheRightCode) {
  const auto code_of = [](const Prompt& prompt, const Options& options) {
    return test::error_of([&] { compressor().compress(prompt, options); }).code;
  };
  Options bad_pattern;
  bad_pattern.protect.pattern = "[";
  EXPECT_EQ(code_of(kPrompt, {.target = Ratio{0}}), ErrorCode::invalid_option);
  EXPECT_EQ(code_of(kPrompt, {.granularity = 0}), ErrorCode::invalid_option);
  EXPECT_EQ(code_of(kPrompt, bad_pattern), ErrorCode::invalid_pattern);
  EXPECT_EQ(code_of({}, {}), ErrorCode::input_malformed);
  EXPECT_EQ(code_of({.question = "\xFF"}, {}), ErrorCode::input_malformed);
  EXPECT_EQ(code_of(kPrompt, {.max_bytes = 5}), ErrorCode::input_too_large);
  EXPECT_EQ(code_of(kPrompt, {.target = Tokens{3}}), ErrorCode::target_unreachable);
}

TEST(Compressor, CompressesAPromptOfOnePart) {
  EXPECT_EQ(compressor().compress({.contexts = {"One two three four."}}, {.target = Tokens{2}}).tokens_after, 2u);
  const Prompt only_question{.question = "One two three four."};
  EXPECT_EQ(test::error_of([&] { compressor().compress(only_question, {.target = Tokens{2}}); }).code,
            ErrorCode::target_unreachable)
      << "the question stays verbatim";
  EXPECT_EQ(compressor().compress(only_question, {.target = Tokens{2}, .question_rate = 0.4}).tokens_after, 2u);
}

TEST(Compressor, CanBeMoved) {
  auto first = compressor();
  const auto second = std::move(first);
  EXPECT_EQ(second.compress(kPrompt, {.target = Rate{1}}).text, joined(kPrompt));
}

}  // namespace
}  // namespace lingua
