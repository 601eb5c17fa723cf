// Complete small models with random weights: llama, qwen2 or gemma3 with a byte-level tokenizer.
// They predict noise, but go through every step that the real ones do.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "support/gguf_writer.hpp"

namespace lingua::test {

/// Sizes of a tiny model. Three layers of gemma3 are two local ones and one with full attention.
struct TinyModel {
  std::string architecture = "llama";
  std::uint32_t layers = 3, embedding = 64, heads = 4, kv_heads = 2, head_size = 64, feed_forward = 96;
  std::uint32_t window = 64;
  std::uint32_t sliding_window = 8;  ///< of gemma3
  std::uint32_t seed = 1;
};

/// Byte `value` in the alphabet of byte-level BPE: printable Latin-1 stands for itself, the rest from U+0100 on.
inline std::string byte_letter(unsigned value) {
  const auto printable = [](unsigned b) { return (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174; };
  unsigned code = value;
  if (!printable(value)) {
    code = 256;
    for (unsigned b = 0; b < value; ++b) code += printable(b) ? 0 : 1;
  }
  if (code < 128) return std::string(1, static_cast<char>(code));
  return {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 63))};
}

/// All bytes, then "<|endoftext|>", then the products of four merges.
inline void add_byte_tokenizer(GgufWriter& writer) {
  std::vector<std::string> tokens;
  for (unsigned b = 0; b < 256; ++b) tokens.push_back(byte_letter(b));
  const auto space = byte_letter(' ');
  tokens.insert(tokens.end(), {"<|endoftext|>", space + "t", "he", space + "the", "in"});
  std::vector<std::int32_t> types(tokens.size(), 1);
  types[256] = 3;
  writer.set("tokenizer.ggml.model", "gpt2").set("tokenizer.ggml.pre", "smollm");
  writer.set("tokenizer.ggml.tokens", tokens).set("tokenizer.ggml.token_type", types);
  writer.set("tokenizer.ggml.merges", std::vector<std::string>{space + " t", "h e", space + "t he", "i n"});
  writer.set("tokenizer.ggml.bos_token_id", std::uint32_t{256})
      .set("tokenizer.ggml.eos_token_id", std::uint32_t{256});
}

inline GgufWriter tiny_model(const TinyModel& m = {}) {
  constexpr std::uint64_t kVocabulary = 261;
  const bool gemma = m.architecture == "gemma3", qwen = m.architecture == "qwen2";
  std::mt19937 random(m.seed);
  const auto draw = [&](std::uint64_t count, float mean, float spread) {
    std::vector<float> values(count);
    // mt19937 is the same everywhere, the distributions of the standard library are not
    for (float& value : values) value = mean + spread * (static_cast<float>(random() >> 8) * 0x1p-23f - 1.0f);
    return values;
  };

  GgufWriter writer;
  const auto key = [&](const char* name) { return m.architecture + "." + name; };
  writer.set("general.architecture", m.architecture).set("general.name", "Tiny " + m.architecture);
  writer.set(key("block_count"), m.layers).set(key("context_length"), m.window);
  writer.set(key("embedding_length"), m.embedding).set(key("feed_forward_length"), m.feed_forward);
  writer.set(key("attention.head_count"), m.heads).set(key("attention.head_count_kv"), m.kv_heads);
  writer.set(key("attention.key_length"), m.head_size).set(key("attention.value_length"), m.head_size);
  writer.set(key("attention.layer_norm_rms_epsilon"), 1e-5f).set(key("rope.freq_base"), 1000.0f);
  if (gemma) {
    writer.set(key("attention.sliding_window"), m.sliding_window);
    writer.set(key("attention.sliding_window_pattern"), std::uint32_t{3}).set(key("rope.freq_base_swa"), 100.0f);
  }
  add_byte_tokenizer(writer);

  const auto matrix = [&](const std::string& name, std::uint64_t columns, std::uint64_t rows) {
    writer.tensor(name, {columns, rows}, draw(columns * rows, 0, 2 / std::sqrt(static_cast<float>(columns))));
  };
  const auto vector = [&](const std::string& name, std::uint64_t size, float mean) {
    writer.tensor(name, {size}, draw(size, mean, 0.3f));
  };
  const std::uint64_t queries = std::uint64_t{m.heads} * m.head_size, keys = std::uint64_t{m.kv_heads} * m.head_size;
  writer.tensor("token_embd.weight", {m.embedding, kVocabulary}, draw(m.embedding * kVocabulary, 0, 0.3f));
  vector("output_norm.weight", m.embedding, 1);
  if (qwen) matrix("output.weight", m.embedding, kVocabulary);  // so that both an own and a tied head occur
  for (std::uint32_t layer = 0; layer < m.layers; ++layer) {
    const std::string blk = "blk." + std::to_string(layer) + ".";
    vector(blk + "attn_norm.weight", m.embedding, 1);
    matrix(blk + "attn_q.weight", m.embedding, queries);
    matrix(blk + "attn_k.weight", m.embedding, keys);
    matrix(blk + "attn_v.weight", m.embedding, keys);
    matrix(blk + "attn_output.weight", queries, m.embedding);
    vector(blk + "ffn_norm.weight", m.embedding, 1);
    matrix(blk + "ffn_gate.weight", m.embedding, m.feed_forward);
    matrix(blk + "ffn_up.weight", m.embedding, m.feed_forward);
    matrix(blk + "ffn_down.weight", m.feed_forward, m.embedding);
    if (qwen) {
      vector(blk + "attn_q.bias", queries, 0);
      vector(blk + "attn_k.bias", keys, 0);
      vector(blk + "attn_v.bias", keys, 0);
    }
    if (gemma) {
      vector(blk + "attn_q_norm.weight", m.head_size, 1);
      vector(blk + "attn_k_norm.weight", m.head_size, 1);
      vector(blk + "post_attention_norm.weight", m.embedding, 1);
      vector(blk + "post_ffw_norm.weight", m.embedding, 1);
    }
  }
  return writer;
}

}  // namespace lingua::test
