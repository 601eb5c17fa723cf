// Megabytes through the whole pipeline, with a scorer that costs nothing. A step that takes quadratic time makes
// these tests run for hours.
#include <gtest/gtest.h>

#include <lingua/compressor.hpp>

#include "support/ngram_model.hpp"
#include "support/random_numbers.hpp"

namespace lingua {
namespace {

/// Any surprisal, without memory of what was read.
class ForgetfulScorer final : public Scorer {
 public:
  std::size_t size() const noexcept override { return size_; }
  void truncate(std::size_t size) override { size_ = size; }
  void append(std::span<const TokenId> ids) override { size_ += ids.size(), forwarded_ += ids.size(); }
  void score(std::span<const TokenId> ids, std::span<float> surprisal) override {
    for (std::size_t i = 0; i < ids.size(); ++i) surprisal[i] = static_cast<float>(ids[i] % 1009) / 100;
    append(ids);
  }
  std::size_t attention_span() const noexcept override { return 4096; }
  void attend(std::span<const TokenId> ids, std::span<float> weights) override {
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<float>(i * 7 % 101) / 101;
    append(ids);
  }
  std::size_t forwarded_tokens() const noexcept override { return forwarded_; }

 private:
  std::size_t size_ = 0, forwarded_ = 0;
};

class ForgetfulModel final : public ScoringModel {
 public:
  std::vector<Token> tokenize(std::string_view text) const override { return words_.tokenize(text); }
  std::unique_ptr<Scorer> new_scorer() const override { return std::make_unique<ForgetfulScorer>(); }
  const std::string& id() const noexcept override { return words_.id(); }

 private:
  test::NgramModel words_;
};

constexpr std::size_t kBytes = 2u << 20;

/// Sentences of words and numbers, `ends` after one in five.
std::string text(std::size_t bytes, const std::string& ends, std::uint32_t seed = 1) {
  static const char* const kWords[] = {" the",  " bridge", " is",    " 42",      " not",
                                       " made", " of",     " stone", " ord_8f3a"};
  test::RandomNumbers random(seed);
  std::string all;
  while (all.size() < bytes) {
    for (auto words = 3 + random.below(12); words > 0; --words) all += kWords[random.below(9)];
    all += random.below(5) == 0 ? ends : ".";
  }
  return all;
}

/// Compresses `prompt`, and checks that what is left is of the input and within the budget.
void expect_compressed(const Prompt& prompt, Options options) {
  options.target = Rate{0.3};
  const auto result = Compressor(std::make_shared<ForgetfulModel>()).compress(prompt, options);
  EXPECT_LE(result.tokens_after, result.budget);
  EXPECT_GT(result.tokens_after + 20, result.budget);
  std::string kept;
  for (const auto& range : result.kept)
    kept.append(result.parts[range.part].original, range.begin, range.end - range.begin);
  EXPECT_EQ(kept, result.text);
}

TEST(LongInput, OneContext) {
  const Prompt prompt{.contexts = {text(kBytes, "\n")}};
  expect_compressed(prompt, {});
  expect_compressed(prompt, {.granularity = 2});
  expect_compressed({.contexts = prompt.contexts, .question = "What is the bridge made of?"}, {});
}

TEST(LongInput, ManyContexts) {
  const Prompt prompt{.contexts = split(text(kBytes, ".\n\n"), Split::paragraph), .question = "What is it made of?"};
  expect_compressed(prompt, {});
  expect_compressed(prompt, {.rank_by = RankBy::surprisal});
  auto conversation = prompt;
  conversation.conversation = true;
  expect_compressed(conversation, {});
}

TEST(LongInput, LinesThatAreNumbersMostly) {
  std::string lines;
  for (std::size_t i = 0; lines.size() < kBytes; ++i) lines += std::to_string(i * 7919) + " 17:42:03 3.50 -12\n\n";
  expect_compressed({.contexts = split(lines, Split::paragraph)}, {});
}

TEST(LongInput, OneLine) {
  std::string line;
  for (const std::string word = "word, "; line.size() < kBytes;) line += word;
  expect_compressed({.contexts = {line}}, {});
}

TEST(LongInput, ManySectionsAndRates) {
  SectionedPrompt prompt{.question = "What is it made of?", .rates = {std::nullopt, 0.2, 0.5}};
  for (auto& section : split(text(kBytes, ".\n\n"), Split::paragraph))
    prompt.sections.push_back({std::move(section), prompt.sections.size() % 3});
  const auto result = Compressor(std::make_shared<ForgetfulModel>()).compress_sections(prompt, {.target = Rate{0.5}});
  EXPECT_LE(result.tokens_after, result.budget);
  EXPECT_EQ(result.parts.size(), prompt.sections.size() + 1);
}

}  // namespace
}  // namespace lingua
