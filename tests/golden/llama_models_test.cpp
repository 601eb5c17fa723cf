// Tokens and surprisals of real models, llama.cpp's against the engine's. Built with the option LINGUA_LLAMA only.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <llama.h>

#include "golden/llama_backend.hpp"
#include "support/gguf_writer.hpp"
#include "support/models.hpp"

namespace lingua {
namespace {

using namespace test;

std::vector<TokenId> ids_of(const std::vector<Token>& tokens) {
  std::vector<TokenId> ids;
  for (const Token& token : tokens) ids.push_back(token.id);
  return ids;
}

std::string read_text(const std::string& name) {
  std::ifstream file(LINGUA_TEST_DATA "/golden/" + name + ".txt", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A small real model, and the same with every tensor in F32, as llama.cpp converts it: quantised files take it to
// arithmetic of 8 bits, which has an error of its own.
class RealLlama : public testing::TestWithParam<std::string_view> {
 protected:
  void SetUp() override {
    path_ = cached_model(GetParam());
    if (!std::filesystem::exists(path_)) GTEST_SKIP() << "no file " << path_;
  }

  void convert_to_f32(const TempFile& target) const {
    llama_model_quantize_params params = llama_model_quantize_default_params();
    params.ftype = LLAMA_FTYPE_ALL_F32;
    params.allow_requantize = true;
    ASSERT_EQ(llama_model_quantize(path_.c_str(), target.path().c_str(), &params), 0u);
  }

  std::filesystem::path path_;
};
INSTANTIATE_TEST_SUITE_P(Models, RealLlama, testing::Values(kSmolLM2, kGemma3),
                         [](const auto& model) { return std::string(model.param.substr(0, 5)); });

TEST_P(RealLlama, TokensAreTheEngines) {
  const ModelPtr engine = load(path_, Backend::engine), llama = load(path_, Backend::llama);
  std::vector<std::string> texts = {"",
                                    " ",
                                    "a",
                                    "  leading",
                                    "\n\n\n",
                                    "<|im_end|>\n<end_of_turn>",
                                    "\u2581x \u2581",
                                    std::string("nul \0 byte", 10),
                                    "\x01\x02 control \x7f"};
  for (const char* name : {"english", "chinese", "code"}) texts.push_back(read_text(name));
  for (const std::string& text : texts)
    EXPECT_EQ(llama->tokenize(text), engine->tokenize(text)) << text.substr(0, 40);
}

TEST_P(RealLlama, RangesTileAnyBytes) {
  const ModelPtr llama = load(path_, Backend::llama);
  RandomNumbers random(5);
  for (int i = 0; i < 200; ++i) {
    std::string text;
    for (std::uint32_t n = random.below(40); n > 0; --n) {
      text += random.below(3) == 0 ? "\u6c49 e" : std::string(1, static_cast<char>(random.below(256)));
    }
    std::uint32_t end = 0;
    for (const Token& token : llama->tokenize(text)) {
      ASSERT_EQ(token.begin, end);
      ASSERT_LE(token.begin, token.end);
      end = token.end;
    }
    ASSERT_EQ(end, text.size());
  }
}

TEST_P(RealLlama, SurprisalsAgreeInF32) {
  const TempFile f32;
  convert_to_f32(f32);
  const ModelPtr engine = load(path_, Backend::engine), llama = load(f32.path(), Backend::llama);
  for (const char* name : {"english", "chinese", "code"}) {
    auto ids = ids_of(engine->tokenize(read_text(name)));
    ids.resize(300);
    const double difference = mean_difference(scores(*llama->new_scorer(), ids), scores(*engine->new_scorer(), ids));
    std::cout << name << ", " << ids.size() << " tokens: mean |difference| " << difference << " nats\n";
    EXPECT_LE(difference, 0.01);
  }
}

}  // namespace
}  // namespace lingua
