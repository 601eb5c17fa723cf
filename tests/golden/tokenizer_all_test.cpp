// Token ids are those of llama.cpp on every text of the data folder.
#include <gtest/gtest.h>

#include "golden/tokenizer_golden.hpp"

namespace lingua::test {
namespace {

class TokenizerGoldenAll : public testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(All, TokenizerGoldenAll, testing::Values("smollm", "gpt-2", "llama-bpe", "qwen2", "gemma"));

TEST_P(TokenizerGoldenAll, RealTexts) {
  const auto tokenizer = golden_tokenizer(GetParam());
  if (!tokenizer) GTEST_SKIP() << "no model in the cache folder; scripts/setup gets models";
  compare_data(*tokenizer, golden()["vocabularies"][GetParam()]["data"], "all", 1);
}

}  // namespace
}  // namespace lingua::test
