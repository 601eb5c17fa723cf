// Presets, and what is wrong with options.
#include "compress/prompt/options.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "support/errors.hpp"

namespace lingua {
namespace {

TEST(Presets, StandardIsTheDefault) {
  const auto options = options_for(Preset::standard);
  EXPECT_EQ(options.granularity, 1);
  EXPECT_EQ(options.unit, Unit::word);
  EXPECT_EQ(options.instruction_rate, 1);
  EXPECT_EQ(options.question_rate, 1);
  EXPECT_EQ(options.protect.numbers, Guard::in_kept_text);
  EXPECT_EQ(options.protect.negations, Guard::in_kept_text);
}

TEST(Presets, PaperHasThePapersParameters) {
  const auto options = options_for(Preset::paper);
  EXPECT_EQ(options.method, Method::llmlingua);
  EXPECT_EQ(options.decision, Decision::exact_budget);
  EXPECT_EQ(options.unit, Unit::token);
  EXPECT_EQ(options.granularity, 2);
  EXPECT_EQ(options.instruction_rate, 0.85);
  EXPECT_EQ(options.question_rate, 0.9);
  EXPECT_EQ(options.segment, 100u);
  EXPECT_TRUE(options.dynamic_rates);
  EXPECT_EQ(options.protect.numbers, Guard::none);
  EXPECT_EQ(options.protect.negations, Guard::none);
}

TEST(Presets, LongLlmlinguaHasThePapersParameters) {
  const auto options = options_for(Preset::longllmlingua);
  EXPECT_EQ(options.unit, Unit::token);
  EXPECT_EQ(options.granularity, 2);
  EXPECT_EQ(options.instruction_rate, 0.85);
  EXPECT_EQ(options.question_rate, 0.9);
  EXPECT_EQ(options.segment, 200u);
  EXPECT_EQ(options.rank_by, RankBy::question);
  EXPECT_EQ(options.rate_spread, 0.3);
  EXPECT_TRUE(options.contrast && options.reorder);
}

TEST(Presets, ReferenceDoesAsTheOriginalDoes) {
  const auto options = options_for(Preset::reference);
  EXPECT_EQ(options.decision, Decision::reference);
  EXPECT_EQ(options.unit, Unit::token);
  EXPECT_EQ(options.instruction_rate, 1);
  EXPECT_EQ(options.question_rate, 1);
  EXPECT_EQ(options.segment, 200u) << "its default iterative_size";
}

TEST(Presets, AreValid) {
  for (const auto preset : {Preset::standard, Preset::paper, Preset::longllmlingua, Preset::reference})
    EXPECT_NO_THROW(compress::validate(options_for(preset)));
}

struct BadOption {
  const char* message;
  std::function<void(Options&)> spoil;
  Preset preset = Preset::standard;
};

TEST(Validation, NamesTheValueAndItsLimits) {
  const auto nan = std::numeric_limits<double>::quiet_NaN();
  const BadOption bad_options[] = {
      {"instruction_rate must be from 0 to 1, got 1.5", [](Options& o) { o.instruction_rate = 1.5; }},
      {"instruction_rate must be from 0 to 1, got nan", [=](Options& o) { o.instruction_rate = nan; }},
      {"question_rate must be from 0 to 1, got -0.1", [](Options& o) { o.question_rate = -0.1; }},
      {"granularity must be at least 1, got 0.5", [](Options& o) { o.granularity = 0.5; }},
      {"granularity must be at least 1, got nan", [=](Options& o) { o.granularity = nan; }},
      {"rate_spread must be from 0 to 1, got 2", [](Options& o) { o.rate_spread = 2; }},
      {"question_surprisal.sentences must be odd, got 2", [](Options& o) { o.question_surprisal.sentences = 2; }},
      {"question_surprisal.surprisal_weight must be a number from 0, got -1",
       [](Options& o) { o.question_surprisal.surprisal_weight = -1; }},
      {"rank_by, recency, rate_spread and reorder go with the methods llmlingua and single_pass and exact budgets "
       "only",
       [](Options& o) { o.method = Method::tail, o.rank_by = RankBy::question; }},
      {"rank_by, recency, rate_spread and reorder go with the methods llmlingua and single_pass and exact budgets "
       "only",
       [](Options& o) { o.reorder = true; }, Preset::reference},
      {"contrast goes with method llmlingua and exact budgets only",
       [](Options& o) { o.method = Method::single_pass, o.contrast = true; }},
      {"segment must be at least 1 token, got 0", [](Options& o) { o.segment = 0; }},
      {"unit sentence goes with the methods selective_context and random only",
       [](Options& o) { o.unit = Unit::sentence; }},
      {"the reference decision goes with method llmlingua and unit token only",
       [](Options& o) { o.method = Method::head; }, Preset::reference},
      {"the reference decision goes with method llmlingua and unit token only",
       [](Options& o) { o.unit = Unit::word; }, Preset::reference},
      {"the reference decision never compresses instruction and question: their rates must be 1",
       [](Options& o) { o.question_rate = 0.9; }, Preset::reference},
  };
  for (const auto& bad : bad_options) {
    auto options = options_for(bad.preset);
    bad.spoil(options);
    const auto error = test::error_of([&] { compress::validate(options); });
    EXPECT_EQ(error.code, ErrorCode::invalid_option);
    EXPECT_EQ(error.message, bad.message);
  }
}

TEST(Validation, AllowsSentencesWhereTheyAreUnits) {
  Options options;
  options.unit = Unit::sentence;
  for (const auto method : {Method::selective_context, Method::random}) {
    options.method = method;
    EXPECT_NO_THROW(compress::validate(options));
  }
}

}  // namespace
}  // namespace lingua
