// BM25, worked out by hand and against the plain formula on random texts.
#include "compress/relevance/bm25.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "support/random_numbers.hpp"

namespace lingua::compress {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

TEST(Bm25, WorkedOutByHand) {
  // Three texts of 2, 4 and 3 words: 3 in the mean. "pump" is in two of them: idf = ln(1 + 1.5 / 2.5) = 0.47000.
  // First:  f = 1: 0.47 * 2.5 / (1 + 1.5 * (0.25 + 0.75 * 2 / 3)) = 0.47 * 2.5 / 2.125 = 0.55294.
  // Second: f = 2: 0.47 * 2 * 2.5 / (2 + 1.5 * (0.25 + 0.75 * 4 / 3)) = 0.47 * 5 / 3.875 = 0.60646.
  const std::vector<std::string_view> texts = {"The pump.", "Pump by pump, one", "Nothing of that."};
  EXPECT_THAT(bm25(texts, "Which PUMP, which pump?"),
              ElementsAre(DoubleNear(0.55294, 1e-5), DoubleNear(0.60646, 1e-5), 0));
}

TEST(Bm25, IsZeroWhereThereIsNothingToCompare) {
  const std::vector<std::string_view> texts = {"One.", ""};
  EXPECT_THAT(bm25(texts, ""), ElementsAre(0, 0));
  EXPECT_THAT(bm25(texts, "two"), ElementsAre(0, 0));
  const std::vector<std::string_view> blanks = {" ", ""};
  EXPECT_THAT(bm25(blanks, "one"), ElementsAre(0, 0));
  EXPECT_THAT(bm25({}, "one"), ElementsAre());
}

/// The formula as it stands in the header, word by word; texts are letters with spaces between them.
double by_formula(const std::vector<std::string>& texts, std::size_t of, const std::string& query) {
  const auto count = [](const std::string& text, char word) {
    return static_cast<double>(std::count(text.begin(), text.end(), word));
  };
  const auto length = [](const std::string& text) { return static_cast<double>((text.size() + 1) / 2); };
  double mean = 0, sum = 0;
  for (const auto& text : texts) mean += length(text) / static_cast<double>(texts.size());
  for (char word = 'a'; word <= 'e'; ++word) {
    double n = 0;
    for (const auto& text : texts) n += count(text, word) > 0 ? 1 : 0;
    const double f = count(texts[of], word), all = static_cast<double>(texts.size());
    if (count(query, word) > 0)
      sum +=
          std::log(1 + (all - n + 0.5) / (n + 0.5)) * f * 2.5 / (f + 1.5 * (0.25 + 0.75 * length(texts[of]) / mean));
  }
  return sum;
}

TEST(Bm25, IsTheFormula) {
  test::RandomNumbers random(1);
  const auto words = [&](std::size_t most) {
    std::string text;
    for (auto left = 1 + random.below(most); left > 0; --left)
      text += (text.empty() ? "" : " ") + std::string(1, static_cast<char>('a' + random.below(5)));
    return text;
  };
  for (int i = 0; i < 200; ++i) {
    std::vector<std::string> texts;
    for (auto left = 1 + random.below(6); left > 0; --left) texts.push_back(words(12));
    const auto query = words(4);
    const auto scores = bm25(std::vector<std::string_view>(texts.begin(), texts.end()), query);
    for (std::size_t t = 0; t < texts.size(); ++t) EXPECT_NEAR(scores[t], by_formula(texts, t, query), 1e-9);
  }
}

}  // namespace
}  // namespace lingua::compress
