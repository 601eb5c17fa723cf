// When the scorer is said not to know a language.
#include "compress/scores/language_note.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "support/ngram_model.hpp"

namespace lingua::compress {
namespace {

std::string times(const std::string& text, int count) {
  std::string all;
  while (count-- > 0) all += text;
  return all;
}

/// Whether there is a note on `text` when each of its bytes costs `bits`.
bool is_noted(const std::string& text, double bits) {
  const Prompt prompt{.contexts = {text}};
  const auto tokenized = tokenize(prompt, test::NgramModel(), {});
  Surprisals surprisals(1);
  for (const auto& token : tokenized.parts[0].tokens)
    surprisals[0].push_back(static_cast<float>((token.end - token.begin) * bits * std::numbers::ln2));
  return language_note(tokenized, surprisals, nullptr).has_value();
}

TEST(LanguageNote, WordsThatCostTooMuch) {
  const std::string german = times("Die Stadt hat eine neue Leiterin. ", 20),
                    chinese = times("图书馆有四万多本书。", 20);
  EXPECT_FALSE(is_noted(german, 1.2)) << "1.45 bits a letter, with the spaces";
  EXPECT_FALSE(is_noted(german, 1.8))
      << "1.7 times the expected bits, which English stories reach; a token for each word";
  EXPECT_TRUE(is_noted(german, 2.2));
  EXPECT_FALSE(is_noted(chinese, 5.0 / 3)) << "bits of a character have three bytes to stand in";
  EXPECT_TRUE(is_noted(chinese, 5.2 / 3)) << "many tokens, too";
  EXPECT_TRUE(is_noted(times("यह एक वाक्य है ", 30), 1.3)) << "a letter of Hindi, too";
}

TEST(LanguageNote, NothingOnWhatIsNoProse) {
  EXPECT_FALSE(is_noted(times("3.14 2,718 -99 17:30 ", 50), 5));
  EXPECT_FALSE(is_noted(times("b3BlbnNlc2FtZQ8xMjM0NTY3 ", 50), 6));
  EXPECT_FALSE(is_noted(times("x = f(a[0], b->c) + snake_case; return -1; ", 30), 5));
  EXPECT_FALSE(is_noted("Zwei kurze Worte.", 5)) << "too short to tell";
}

TEST(LanguageNote, AsksTheScorerWhereThereIsReason) {
  const auto forwarded = [](const std::string& text, bool noted) {
    const Prompt prompt{.contexts = {"a", text}};
    const auto tokenized = tokenize(prompt, test::NgramModel(), {});
    Surprisals none;
    for (const auto& part : tokenized.parts) none.emplace_back(part.tokens.size(), std::nanf(""));
    test::NgramScorer scorer;
    EXPECT_EQ(language_note(tokenized, none, &scorer).has_value(), noted);
    EXPECT_EQ(scorer.size(), 0u);
    return scorer.forwarded_tokens();
  };
  EXPECT_EQ(forwarded(times("Some words of plain English stand here. ", 60), false), 0u) << "a token each";
  EXPECT_EQ(forwarded(times("图书馆有四万多本书。", 60), true), 256u) << "a token for each byte";
}

}  // namespace
}  // namespace lingua::compress
