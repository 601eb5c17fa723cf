// Token ids are those of llama.cpp: examples, random strings, every assigned code point, and samples of real texts.
#include <gtest/gtest.h>

#include "golden/tokenizer_golden.hpp"
#include "support/vocabulary.hpp"

namespace lingua::test {
namespace {

class TokenizerGolden : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    tokenizer_ = golden_tokenizer(GetParam());
    if (!tokenizer_)
      GTEST_SKIP() << "no " << expected()["model"] << " in the cache folder; scripts/setup gets models";
  }

  const Json& expected() const { return golden()["vocabularies"][GetParam()]; }

  std::unique_ptr<model::Tokenizer> tokenizer_;
};

INSTANTIATE_TEST_SUITE_P(All, TokenizerGolden, testing::Values("smollm", "gpt-2", "llama-bpe", "qwen2", "gemma"));

TEST_P(TokenizerGolden, Examples) {
  for (const Json& example : expected()["examples"]) {
    const std::string text = example["text"];
    const std::vector<Token> tokens = tokenizer_->tokenize(text);
    EXPECT_EQ(ids(tokens), example["ids"].get<std::vector<TokenId>>()) << cut(text, tokens);
    EXPECT_TRUE(tile(tokens, text.size())) << text;
  }
}

TEST_P(TokenizerGolden, RandomStrings) {
  std::uint64_t seed = 0;
  for (const Json& hash : expected()["random"]) {
    std::vector<std::string> texts;
    for (int i = 0; i < 1000; ++i) texts.push_back(random_string(seed++));
    EXPECT_EQ(hash_of(*tokenizer_, texts), hash) << "strings up to " << seed;
  }
}

TEST_P(TokenizerGolden, EveryAssignedCodePoint) {
  const Json& hashes = expected()["code_points"];
  std::size_t blocks = 0;
  for (const auto& [block, texts] : code_point_texts()) {
    EXPECT_EQ(hash_of(*tokenizer_, texts), hashes.value(block, "none"))
        << "U+" << block << "000 and the 4095 after it";
    ++blocks;
  }
  EXPECT_EQ(blocks, hashes.size());
}

TEST_P(TokenizerGolden, SamplesOfRealTexts) { compare_data(*tokenizer_, expected()["data"], "sample", 40); }

}  // namespace
}  // namespace lingua::test
