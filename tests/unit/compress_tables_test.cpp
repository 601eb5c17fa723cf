// Tables: no row without the head.
#include "compress/budget/tables.hpp"

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

/// Whether no row of `text` that is marked stays without `head`, at any rate; and some do.
void expect_heads(const std::string& text, const std::string& head, const std::string& row) {
  const Compressor compressor(std::make_shared<test::NgramModel>());
  int rows = 0;
  for (int percent = 10; percent < 100; ++percent) {
    const auto kept = compressor.compress({.contexts = {text}}, {.target = Rate{percent / 100.0}}).text;
    const bool has_row = kept.find(row) != std::string::npos;
    rows += has_row ? 1 : 0;
    EXPECT_TRUE(!has_row || kept.find(head) != std::string::npos) << kept;
  }
  EXPECT_GT(rows, 5);
}

TEST(Tables, RowsOfCsvHaveTheFirstOne) {
  expect_heads("id,name,city\n1,apple,Ulm\n2,pear,Bern\n3,\"fig, large\",Rome\n4,plum,\n", "id,name,city", ",Rome");
}

TEST(Tables, RowsOfSqlHaveTheirStatement) {
  expect_heads(
      "CREATE TABLE t (\n  a integer,\n  b text\n);\nSET x = 1;\nINSERT INTO t (a, b) VALUES\n(1, 'apple'),\n"
      "(2, 'pear'),\n(3, 'fig');\nf(4);\n",
      "INSERT INTO t (a, b) VALUES", "'apple'");
}

}  // namespace
}  // namespace lingua::compress
