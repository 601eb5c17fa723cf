// What sentences are ranked by, against fresh passes over each window and question.
#include "compress/relevance/relevance.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <numeric>

#include "support/ngram_model.hpp"

namespace lingua::compress {
namespace {

using testing::ElementsAre;

struct RelevanceByQuestion : testing::Test {
  test::NgramModel model;
  std::unique_ptr<Scorer> scorer = model.new_scorer();
  ScoreCache cache{1 << 20};
  Options options;

  /// Of all sentences of the contexts of `prompt`.
  std::vector<double> of_sentences(const Prompt& prompt) {
    ProgressReporter progress(options);
    const auto tokenized = tokenize(prompt, model, options);
    const auto probe = make_probe(tokenized, model, options.question_surprisal);
    const auto scores = coarse_pass(tokenized, options, &*probe, *scorer, cache, progress);
    QuestionRelevance relevance(tokenized, scores, *probe, options.question_surprisal, *scorer, cache, progress);
    std::vector<Place> sentences;
    for (const auto& context : contexts_of(tokenized))
      for (const auto range : tokenized.parts[context.part].sentences) sentences.push_back({context.part, range});
    return relevance.of_sentences(sentences);
  }

  /// Mean surprisal of `text` after `before`, by a fresh pass.
  double mean_surprisal(const std::string& text, const std::string& before) const {
    const auto fresh = model.new_scorer();
    fresh->append(ids_of(model.tokenize(before)));
    const auto ids = ids_of(model.tokenize(text));
    std::vector<float> scores(ids.size());
    fresh->score(ids, scores);
    return std::accumulate(scores.begin(), scores.end(), 0.) / static_cast<double>(scores.size());
  }
};

std::vector<double> z(std::vector<double> values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.) / n;
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  for (double& v : values) v = (v - mean) / std::sqrt(squares / n);
  return values;
}

const Prompt kPrompt{.contexts = {"Cats eat mice. Dogs eat cats. Birds sing.", "Fish swim. Cows eat grass."},
                     .question = "\n\nWho eat cats? "};
const std::string kProbe = "Who eat cats? We can get the answer to this question in the given documents.";

TEST_F(RelevanceByQuestion, IsTheQuestionAfterThreeSentencesAndTheSentencesOwnSurprisal) {
  const auto asked = z({mean_surprisal(kProbe, "Cats eat mice. Dogs eat cats.\n\n"),
                        mean_surprisal(kProbe, "Cats eat mice. Dogs eat cats. Birds sing.\n\n"),
                        mean_surprisal(kProbe, " Dogs eat cats. Birds sing.\n\n"),
                        mean_surprisal(kProbe, "Fish swim. Cows eat grass.\n\n"),
                        mean_surprisal(kProbe, "Fish swim. Cows eat grass.\n\n")});
  const auto own = z({mean_surprisal("Cats eat mice.", ""), mean_surprisal(" Dogs eat cats.", "Cats eat mice."),
                      mean_surprisal(" Birds sing.", "Cats eat mice. Dogs eat cats."),
                      mean_surprisal("Fish swim.", ""), mean_surprisal(" Cows eat grass.", "Fish swim.")});
  const auto relevance = of_sentences(kPrompt);
  ASSERT_EQ(relevance.size(), 5u);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(relevance[i], own[i] - asked[i], 1e-4) << i;
}

TEST_F(RelevanceByQuestion, CanBeThatOfTheSentenceAlone) {
  options.question_surprisal = {.restriction = "", .sentences = 1, .surprisal_weight = 0};
  const auto expected = z(
      {-mean_surprisal("Who eat cats?", "Cats eat mice.\n\n"),
       -mean_surprisal("Who eat cats?", " Dogs eat cats.\n\n"), -mean_surprisal("Who eat cats?", " Birds sing.\n\n"),
       -mean_surprisal("Who eat cats?", "Fish swim.\n\n"), -mean_surprisal("Who eat cats?", " Cows eat grass.\n\n")});
  const auto relevance = of_sentences(kPrompt);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(relevance[i], expected[i], 1e-4) << i;
  EXPECT_GT(relevance[1], *std::max_element(relevance.begin() + 2, relevance.end()));
}

TEST_F(RelevanceByQuestion, ComesFromTheCacheTheSecondTime) {
  const auto first = of_sentences(kPrompt);
  const auto forwarded = scorer->forwarded_tokens();
  EXPECT_EQ(of_sentences(kPrompt), first);
  EXPECT_EQ(scorer->forwarded_tokens(), forwarded);
}

TEST_F(RelevanceByQuestion, IsTheSameForAllWhereThereIsNoDifference) {
  EXPECT_THAT(of_sentences({.contexts = {"Only one."}, .question = "What?"}), ElementsAre(0));
  EXPECT_THAT(of_sentences({.contexts = {"Cats eat.", "Cats eat."}, .question = "What?"}), ElementsAre(0, 0));
}

std::string probe_text(const std::string& question, const QuestionSurprisal& options = {}) {
  const test::NgramModel model;
  const auto probe = make_probe(tokenize({.contexts = {"a"}, .question = question}, model, {}), model, options);
  return probe ? probe->text : "(none)";
}

TEST(Probe, HasARestrictionInTheLanguageOfTheQuestion) {
  EXPECT_EQ(probe_text("\nWho? \n"), "Who? We can get the answer to this question in the given documents.");
  EXPECT_EQ(probe_text("问题：谁？"), "问题：谁？我们可以在给定的文档中找到这个问题的答案。");
  EXPECT_EQ(probe_text("誰が契約に署名しましたか。"),
            "誰が契約に署名しましたか。この質問の答えは、与えられた文書の中にあります。");
  EXPECT_EQ(probe_text("Кто?"), "Кто? Ответ на этот вопрос можно найти в данных документах.");
  EXPECT_EQ(probe_text("누가?"), "누가? 이 질문의 답은 주어진 문서에서 찾을 수 있습니다.");
  EXPECT_EQ(probe_text("42?"), "42? We can get the answer to this question in the given documents.");
}

TEST(Probe, HasTheCallersRestriction) {
  EXPECT_EQ(probe_text("Who?", {.restriction = "It is known."}), "Who? It is known.");
  EXPECT_EQ(probe_text("Who?", {.restriction = ""}), "Who?");
}

TEST(Probe, NeedsAQuestion) {
  EXPECT_EQ(probe_text(""), "(none)");
  EXPECT_EQ(probe_text(" \n"), "(none)");
}

}  // namespace
}  // namespace lingua::compress
