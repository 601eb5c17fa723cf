// Tables: no row without the head.
#include "compress/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <lingua/compressor.hpp>

#include "support/ngram_model.hpp"

namespace lingua::compress {
namespace {

const std::string kText =
    "Prices of the year are below, and they hold until autumn.\n\n| A | B |\n| --- | --- |\n| apples | three |\n"
    "| pears | four |\n\nSome more text that says nothing about fruit.\n\n| C | D |\n| --- | --- |\n| figs | five "
    "|\n";

TEST(Tables, HeadsAreAsRelevantAsTheirBestRow) {
  const Prompt prompt{.contexts = {kText}};
  const auto tokenized = tokenize(prompt, test::NgramModel(), {});
  std::vector<Place> sentences;
  std::vector<double> relevance;
  for (const auto range : tokenized.parts[0].sentences) {
    sentences.push_back({0, range});
    relevance.push_back(static_cast<double>(relevance.size()));
  }
  ASSERT_EQ(sentences.size(), 7u);  // a sentence, a head and two rows, a sentence, a head and a row
  Tables(tokenized).lift_heads(sentences, relevance);
  EXPECT_THAT(relevance, testing::ElementsAre(0, 3, 2, 3, 4, 6, 6));
  EXPECT_EQ(Tables(tokenized).head_of(sentences[3]), sentences[1]);
  EXPECT_EQ(Tables(tokenized).head_of(sentences[1]), std::nullopt);
}

TEST(Tables, HeadsStayWithTheirRowsAtAnyRate) {
  const Compressor compressor(std::make_shared<test::NgramModel>());
  int rows = 0;
  for (int percent = 20; percent < 100; ++percent) {
    const auto text = compressor.compress({.contexts = {kText}}, {.target = Rate{percent / 100.0}}).text;
    const auto has = [&](const char* part) { return text.find(part) != std::string::npos; };
    rows += has("apples") || has("pears") || has("figs") ? 1 : 0;
    EXPECT_TRUE(has("| A | B |\n| --- | --- |\n") || !(has("apples") || has("pears"))) << text;
    EXPECT_TRUE(has("| C | D |\n| --- | --- |\n") || !has("figs")) << text;
  }
  EXPECT_GT(rows, 20);
}

}  // namespace
}  // namespace lingua::compress
