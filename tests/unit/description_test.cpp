// What a GGUF states about its transformer, and how everything that lingua does not do is refused by name.
#include "model/description.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <lingua/error.hpp>
#include <lingua/model.hpp>

#include "model/gguf.hpp"
#include "support/gguf_writer.hpp"
#include "support/tiny_model.hpp"

namespace lingua {
namespace {

using model::Description;
using model::TensorType;
using test::GgufWriter;
using test::TempFile;
using testing::HasSubstr;

Description describe(const GgufWriter& writer) {
  const TempFile file(writer.bytes());
  return model::describe(*model::Gguf::open(file.path()));
}

GgufWriter tiny(const char* architecture) { return test::tiny_model({.architecture = architecture}); }

void expect_error(const GgufWriter& writer, ErrorCode code, const std::vector<std::string>& words) {
  try {
    describe(writer);
    FAIL() << "expected an error that says " << words.front();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_THAT(error.what(), HasSubstr("lingua-test-"));
    for (const std::string& word : words) EXPECT_THAT(error.what(), HasSubstr(word));
  }
}

void expect_invalid(const GgufWriter& writer, const std::vector<std::string>& words) {
  expect_error(writer, ErrorCode::model_invalid, words);
}

void expect_unsupported(const GgufWriter& writer, const std::vector<std::string>& words) {
  expect_error(writer, ErrorCode::model_unsupported, words);
}

TEST(Description, Llama) {
  const Description d = describe(tiny("llama"));
  EXPECT_EQ(d.architecture, "llama");
  EXPECT_EQ(d.layers, 3u);
  EXPECT_EQ(d.embedding, 64u);
  EXPECT_EQ(d.heads, 4u);
  EXPECT_EQ(d.kv_heads, 2u);
  EXPECT_EQ(d.head_size, 64u);
  EXPECT_EQ(d.feed_forward, 96u);
  EXPECT_EQ(d.vocabulary, 261u);
  EXPECT_EQ(d.window, 64u);
  EXPECT_FLOAT_EQ(d.norm_epsilon, 1e-5f);
  EXPECT_EQ(d.norm, model::Norm::rms);
  EXPECT_EQ(d.activation, model::Activation::swiglu);
  EXPECT_EQ(d.positions, model::Positions::rotate_adjacent);
  EXPECT_EQ(d.rope_dimensions, 64u);
  EXPECT_EQ(d.rope_base, 1000);
  EXPECT_EQ(d.rope_scale, 1);
  EXPECT_FLOAT_EQ(d.attention_scale, 0.125f);
  EXPECT_EQ(d.embedding_scale, 1);
  EXPECT_FALSE(d.fused_qkv || d.qkv_bias || d.qk_norm || d.attention_output_bias || d.post_norms);
  EXPECT_TRUE(d.tied_head);
  EXPECT_FALSE(d.is_local(0));
}

TEST(Description, Qwen2HasBiasesAndRotatesHalves) {
  const Description d = describe(tiny("qwen2"));
  EXPECT_EQ(d.positions, model::Positions::rotate_halves);
  EXPECT_TRUE(d.qkv_bias);
  EXPECT_FALSE(d.tied_head);
}

TEST(Description, Qwen3HasNormsOfHeadsInPlaceOfBiases) {
  const Description d = describe(tiny("qwen3"));
  EXPECT_EQ(d.positions, model::Positions::rotate_halves);
  EXPECT_TRUE(d.qk_norm && !d.qkv_bias);
  EXPECT_TRUE(d.tied_head);
}

TEST(Description, Gpt2HasLayerNormsLearnedPositionsAndNoGate) {
  const Description d = describe(tiny("gpt2"));
  EXPECT_EQ(d.norm, model::Norm::layer);
  EXPECT_FLOAT_EQ(d.norm_epsilon, 1e-5f);
  EXPECT_EQ(d.positions, model::Positions::learned);
  EXPECT_EQ(d.rope_dimensions, 0u);
  EXPECT_EQ(d.activation, model::Activation::gelu);
  EXPECT_TRUE(d.fused_qkv && d.qkv_bias && d.attention_output_bias);
  EXPECT_EQ(d.kv_heads, d.heads);
  expect_invalid(tiny("gpt2").erase("gpt2.attention.layer_norm_epsilon"), {"layer_norm_epsilon", "missing"});
}

TEST(Description, Gemma3HasLocalLayersAndMoreNorms) {
  GgufWriter writer = tiny("gemma3");
  const Description d = describe(writer);
  EXPECT_EQ(d.activation, model::Activation::geglu);
  EXPECT_EQ(d.positions, model::Positions::rotate_halves);
  EXPECT_TRUE(d.qk_norm && d.post_norms);
  EXPECT_FLOAT_EQ(d.embedding_scale, 8);
  EXPECT_EQ(d.sliding_window, 8u);
  EXPECT_TRUE(d.is_local(0) && d.is_local(1) && !d.is_local(2));
  EXPECT_EQ(d.rope_base, 1000);
  EXPECT_EQ(d.rope_base_local, 100);

  writer.erase("gemma3.attention.sliding_window_pattern").erase("gemma3.rope.freq_base_swa");
  EXPECT_EQ(describe(writer).full_attention_period, 6u);
  EXPECT_EQ(describe(writer).rope_base_local, 10000);
}

TEST(Description, DefaultsOfAbsentKeys) {
  GgufWriter writer = tiny("llama");
  writer.erase("llama.attention.key_length").erase("llama.attention.value_length").erase("llama.rope.freq_base");
  const Description d = describe(writer);
  EXPECT_EQ(d.head_size, 64u / 4u);
  EXPECT_EQ(d.rope_base, 10000);
}

TEST(Description, LinearRopeScalingIsHonoured) {
  GgufWriter writer = tiny("gemma3");
  writer.set("gemma3.rope.scaling.type", "linear").set("gemma3.rope.scaling.factor", 8.0f);
  EXPECT_EQ(describe(writer).rope_scale, 8);
  EXPECT_EQ(describe(writer.erase("gemma3.rope.scaling.type")).rope_scale, 8);
  EXPECT_EQ(describe(writer.set("gemma3.rope.scaling.type", "none")).rope_scale, 1);
  expect_unsupported(writer.set("gemma3.rope.scaling.type", "yarn"),
                     {"'gemma3.rope.scaling.type'", "'none' and 'linear'", "'yarn'"});
}

TEST(Description, MissingOrWrongKeys) {
  for (const char* key : {"general.architecture", "llama.block_count", "llama.context_length",
                          "llama.embedding_length", "llama.feed_forward_length", "llama.attention.head_count",
                          "llama.attention.layer_norm_rms_epsilon", "tokenizer.ggml.tokens"}) {
    expect_invalid(tiny("llama").erase(key), {key, "missing"});
    expect_invalid(tiny("llama").set(key, true), {key, "expected", "found bool"});
  }
  const std::uint32_t zero = 0, huge = 0xFFFFFFFF;
  for (const char* key : {"llama.block_count", "llama.context_length", "llama.embedding_length",
                          "llama.feed_forward_length", "llama.attention.head_count", "llama.attention.head_count_kv",
                          "llama.attention.key_length", "llama.rope.dimension_count"}) {
    expect_invalid(tiny("llama").set(key, zero), {key, "found 0"});
    expect_invalid(tiny("llama").set(key, huge), {key, "found 4294967295"});
  }
  for (const char* key : {"llama.attention.layer_norm_rms_epsilon", "llama.rope.freq_base"}) {
    for (const float value : {0.0f, -1.0f, INFINITY, NAN}) {
      expect_invalid(tiny("llama").set(key, value), {key, "a positive number"});
    }
  }
}

TEST(Description, ContradictorySizes) {
  expect_invalid(tiny("llama").set("llama.attention.head_count_kv", 3),
                 {"head_count_kv", "a divisor of 4", "found 3"});
  expect_invalid(tiny("llama").set("llama.rope.dimension_count", 7), {"rope.dimension_count", "even", "found 7"});
  expect_invalid(tiny("llama").set("llama.embedding_length", 128),
                 {"'token_embd.weight'", "expected shape 128 x 261", "found 64 x 261"});
  expect_invalid(tiny("llama").set("tokenizer.ggml.tokens", std::vector<std::string>{"a"}),
                 {"'token_embd.weight'", "expected shape 64 x 1"});
  expect_invalid(tiny("llama").erase_tensor("token_embd.weight"), {"'token_embd.weight'", "missing"});
  expect_unsupported(tiny("llama").set("llama.attention.value_length", 8), {"value_length", "only 64", "found 8"});
}

TEST(Description, KeysThatChangeTheArithmeticAreRefused) {
  const auto expect = [](const std::string& key, auto neutral, auto value) {
    EXPECT_NO_THROW(describe(tiny("llama").set("llama." + key, neutral)));
    expect_unsupported(tiny("llama").set("llama." + key, value), {"'llama." + key + "'"});
  };
  expect("expert_count", 0, 8);
  expect("pooling_type", 0, 3);
  expect("attn_logit_softcapping", 0.0f, 50.0f);
  expect("final_logit_softcapping", 0.0f, 30.0f);
  expect("logit_scale", 1.0f, 0.5f);
  expect("attention.max_alibi_bias", 0.0f, 8.0f);
  expect("attention.causal", true, false);
  expect("use_parallel_residual", false, true);
  expect("attention.sliding_window", 0, 32);
  EXPECT_NO_THROW(describe(tiny("llama").set("llama.attention.sliding_window", 64)));
}

TEST(Description, TensorsThatTheTransformerDoesNotUseAreRefused) {
  for (const char* name :
       {"position_embd.weight", "output_norm.bias", "blk.0.attn_q.bias", "blk.0.attn_qkv.weight", "blk.0.ffn_up.bias",
        "blk.1.attn_q_norm.weight", "blk.1.post_ffw_norm.weight", "blk.", "blk.0", ""}) {
    expect_unsupported(tiny("llama").tensor(name, {1}, {1}), {"tensor '" + std::string(name) + "'", "llama"});
  }
  for (const char* name :
       {"rope_freqs.weight", "blk.0.attn_q.weight", "blk.0.attn_q.bias", "blk.0.ffn_gate.weight"}) {
    expect_unsupported(tiny("gpt2").tensor(name, {1}, {1}), {"tensor '" + std::string(name) + "'", "gpt2"});
  }
  expect_unsupported(tiny("llama").tensor("blk.2.ffn_up.weight", TensorType{10}, {256}, std::string(84, '\0')),
                     {"'blk.2.ffn_up.weight'", "Q4_K", "found Q2_K"});
}

TEST(Description, UnknownArchitectures) {
  expect_unsupported(tiny("llama").set("general.architecture", "bert"),
                     {"'bert' is an encoder", "llama, qwen2, qwen3, gemma3, gpt2"});
  expect_unsupported(tiny("llama").set("general.architecture", "mamba"), {"'mamba'", "not an architecture"});
}

TEST(InspectModel, StatesFacts) {
  const TempFile file(tiny("gemma3").set("general.license", "mit").bytes());
  const ModelInfo info = inspect_model(file.path());
  EXPECT_EQ(info.path, file.path());
  EXPECT_EQ(info.name, "Tiny gemma3");
  EXPECT_EQ(info.architecture, "gemma3");
  EXPECT_EQ(info.licence, "mit");
  EXPECT_EQ(info.tokenizer, "gpt2 (smollm)");
  EXPECT_EQ(info.file_bytes, std::filesystem::file_size(file.path()));
  // Embedding, final norm, and 3 layers of 4 norms and 2 head norms, attention and feed-forward.
  EXPECT_EQ(info.parameters,
            64u * 261 + 64 + 3u * (4 * 64 + 2 * 64 + 64 * 256 + 2 * 64 * 128 + 256 * 64 + 3 * 64 * 96));
  EXPECT_EQ(info.layers, 3u);
  EXPECT_EQ(info.heads, 4u);
  EXPECT_EQ(info.kv_heads, 2u);
  EXPECT_EQ(info.vocabulary, 261u);
  EXPECT_EQ(info.window, 64u);
  ASSERT_EQ(info.tensor_types.size(), 1u);
  EXPECT_EQ(info.tensor_types[0], (std::pair<std::string, std::uint64_t>{"F32", 41}));
  EXPECT_EQ(info.unsupported, "");
}

TEST(InspectModel, EveryHeadHasItsKeysUnlessTheFileSaysOtherwise) {
  const TempFile file(tiny("gpt2").bytes());
  const ModelInfo info = inspect_model(file.path());
  EXPECT_EQ(info.architecture, "gpt2");
  EXPECT_EQ(info.heads, 2u);
  EXPECT_EQ(info.kv_heads, 2u);
  EXPECT_EQ(info.unsupported, "");
}

TEST(InspectModel, AlsoOfModelsThatCannotScore) {
  GgufWriter writer;
  writer.set("general.architecture", "bert").set("bert.block_count", 12);
  writer.set("bert.attention.head_count", std::vector<std::uint32_t>{12, 12});
  writer.tensor("a", TensorType{10}, {256}, std::string(84, '\0')).tensor("b", {1}, {1}).tensor("c", {1}, {1});
  const TempFile file(writer.bytes());
  const ModelInfo info = inspect_model(file.path());
  EXPECT_EQ(info.layers, 12u);
  EXPECT_EQ(info.heads, 0u);
  ASSERT_EQ(info.tensor_types.size(), 2u);
  EXPECT_EQ(info.tensor_types[0].first, "F32");
  EXPECT_EQ(info.tensor_types[1].first, "Q2_K");
  EXPECT_THAT(info.unsupported, HasSubstr("encoder"));
}

TEST(InspectModel, TokenizersThatLinguaLacks) {
  const TempFile file(tiny("llama").set("tokenizer.ggml.pre", "runes").bytes());
  EXPECT_THAT(inspect_model(file.path()).unsupported, HasSubstr("runes"));
}

}  // namespace
}  // namespace lingua
