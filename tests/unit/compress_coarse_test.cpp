// The coarse pass: what is scored, once, and what the cache saves.
#include "compress/scores/coarse.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/ngram_model.hpp"

namespace lingua::compress {
namespace {

struct CoarsePass : testing::Test {
  test::NgramModel model;
  std::unique_ptr<Scorer> scorer = model.new_scorer();
  ScoreCache cache{1 << 20};

  Surprisals run(const Prompt& prompt, const Options& options) {
    ProgressReporter progress(options);
    return coarse_pass(tokenize(prompt, model, options), options, nullptr, *scorer, cache, progress).surprisals;
  }

  CoarseScores run_with_question(const Prompt& prompt, const Options& options) {
    ProgressReporter progress(options);
    const auto tokenized = tokenize(prompt, model, options);
    const auto probe = make_probe(tokenized, model, {.restriction = ""});
    return coarse_pass(tokenized, options, &*probe, *scorer, cache, progress);
  }
};

const Prompt kPrompt{.instruction = " a", .contexts = {" a a b", " a"}, .question = " b"};

TEST_F(CoarsePass, ScoresEachContextOnItsOwn) {
  const auto surprisals = run(kPrompt, {});
  ASSERT_EQ(surprisals.size(), 4u);
  EXPECT_TRUE(std::isnan(surprisals[0][0]));
  // p(a) = 1 / 100; p(a | a) = 2 / 101; p(b | a a) = 1 / 102
  EXPECT_FLOAT_EQ(surprisals[1][0], std::log(100.F));
  EXPECT_FLOAT_EQ(surprisals[1][1], std::log(101.F / 2));
  EXPECT_FLOAT_EQ(surprisals[1][2], std::log(102.F));
  EXPECT_FLOAT_EQ(surprisals[2][0], std::log(100.F));
  EXPECT_TRUE(std::isnan(surprisals[3][0]));
  EXPECT_EQ(scorer->size(), 0u) << "and leaves the scorer empty";
}

TEST_F(CoarsePass, ScoresEverythingForSinglePassMethods) {
  Options options;
  options.method = Method::selective_context;
  for (const auto& part : run(kPrompt, options))
    for (const auto surprisal : part) EXPECT_FALSE(std::isnan(surprisal));
}

TEST_F(CoarsePass, ScoresNothingInVain) {
  Options options;
  options.granularity = std::numeric_limits<double>::infinity();
  run(kPrompt, options);
  for (const auto method : {Method::head, Method::tail, Method::random}) {
    options.method = method;
    run(kPrompt, options);
  }
  EXPECT_EQ(scorer->forwarded_tokens(), 0u);
}

TEST_F(CoarsePass, ScoresAContextSeenBeforeNoMore) {
  const auto first = run(kPrompt, {});
  EXPECT_EQ(scorer->forwarded_tokens(), 4u);
  const auto second = run({.contexts = {" a a b", " new"}}, {});
  EXPECT_EQ(scorer->forwarded_tokens(), 5u);
  EXPECT_EQ(second[0], first[1]);
}

TEST_F(CoarsePass, ReadsTheQuestionRightAfterEachContext) {
  const Prompt prompt{.contexts = {" a a b ", " c "}, .question = "a b"};
  const auto scores = run_with_question(prompt, {});
  // "a" and " b" after " a", " a", " b", " ": 1 and 2 of 4 + 100 and 5 + 100.
  EXPECT_NEAR(scores.question[0], (std::log(104.) + std::log(105. / 2)) / 2, 1e-6);
  EXPECT_NEAR(scores.question[1], (std::log(102.) + std::log(103.)) / 2, 1e-6);
  EXPECT_TRUE(std::isnan(scores.question[2]));
  EXPECT_EQ(scorer->forwarded_tokens(), 4u + 2u + 2u + 2u);
  EXPECT_EQ(run(prompt, {})[0], scores.surprisals[0]) << "and the contexts' own scores are as without it";
}

TEST_F(CoarsePass, PutsABlankLineBeforeTheQuestionWhereThereIsNoWhiteSpace) {
  const auto scores = run_with_question({.contexts = {" a", " b"}, .question = "a"}, {});
  EXPECT_NEAR(scores.question[0], std::log(103.), 1e-6) << R"("a" after " a", "\n", "\n")";
}

TEST_F(CoarsePass, AsksASingleContextNothing) {
  EXPECT_TRUE(std::isnan(run_with_question({.contexts = {" a"}, .question = "a"}, {}).question[0]));
  EXPECT_EQ(scorer->forwarded_tokens(), 1u);
}

TEST_F(CoarsePass, AsksTheSameQuestionOnce) {
  const Prompt prompt{.contexts = {" a a b", " c"}, .question = "a b"};
  const auto first = run_with_question(prompt, {});
  const auto forwarded = scorer->forwarded_tokens();
  const auto second = run_with_question(prompt, {});
  EXPECT_EQ(second.question[0], first.question[0]);
  EXPECT_EQ(second.question[1], first.question[1]);
  EXPECT_EQ(scorer->forwarded_tokens(), forwarded);
}

TEST_F(CoarsePass, ScoresLongContextsInChunksWithoutAnyDifference) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text.append(" ").append(std::to_string(i % 700));
  std::vector<std::size_t> done;
  Options options;
  options.progress = [&](const Progress& progress) {
    EXPECT_EQ(progress.step, "score");
    EXPECT_EQ(progress.total, 3000u);
    done.push_back(progress.done);
    return true;
  };
  const auto surprisals = run({.contexts = {text}}, options)[0];
  EXPECT_EQ(done, (std::vector<std::size_t>{0, 1024, 2048, 3000}));

  std::vector<TokenId> ids;
  for (const auto& token : model.tokenize(text)) ids.push_back(token.id);
  std::vector<float> at_once(ids.size());
  scorer->score(ids, at_once);
  EXPECT_EQ(surprisals, at_once);
}

}  // namespace
}  // namespace lingua::compress
