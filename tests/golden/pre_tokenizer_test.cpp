// Every name that a GGUF may give its pre-tokenizer stands for the rules that llama.cpp has under it
// (pre_tokenizer_golden.py).
#include <gtest/gtest.h>

#include "golden/tokenizer_golden.hpp"
#include "model/pretokenizer.hpp"
#include "support/vocabulary.hpp"

namespace lingua::test {
namespace {

TEST(PreTokenizerGolden, Names) {
  const Json golden = Json::parse(read_file(LINGUA_TEST_DATA "/golden/pre_tokenizers.json"));
  const std::string text = golden["text"];
  OwnVocabulary vocabulary = byte_level(golden["merges"]);
  for (const Json& token : golden["whole"]) vocabulary.add(token.get<std::string>());
  for (const auto& [name, rule] : model::pre_tokenizer_names()) {
    ASSERT_TRUE(golden["ids"].contains(name)) << name << " is missing in pre_tokenizer_golden.py";
    vocabulary.pre_tokenizer = name;
    const std::vector<Token> tokens = vocabulary.tokenizer()->tokenize(text);
    EXPECT_EQ(ids(tokens), golden["ids"][std::string(name)].get<std::vector<TokenId>>())
        << name << ": " << cut(text, tokens);
  }
}

}  // namespace
}  // namespace lingua::test
