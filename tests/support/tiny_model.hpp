// Complete small models with random weights, of every architecture in the table, with a byte-level tokenizer.
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

/// One of each architecture; llama3 is llama with factors of its own for the angles of rope.
inline constexpr const char* kTinyModels[] = {"llama", "llama3", "qwen2", "qwen3", "gemma3", "gpt2"};

/// Sizes of a tiny model. Three layers of gemma3 are two local ones and one with full attention; gpt2 has two heads,
/// as large as its embedding together.
struct TinyModel {
  std::string architecture = "llama";  ///< one of kTinyModels
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

namespace detail {

/// Draws weights and adds them to a file.
class TinyWriter {
 public:
  explicit TinyWriter(const TinyModel& m)
      : m_(m), architecture_(m.architecture == "llama3" ? "llama" : m.architecture), random_(m.seed) {
    if (gpt2_) m_.heads = m_.kv_heads = 2, m_.embedding = 2 * m_.head_size;
  }

  GgufWriter write() {
    add_metadata();
    add_byte_tokenizer(file_);
    add("token_embd.weight", {m_.embedding, kVocabulary}, 0, 0.3f);
    add_norm("output_norm");
    if (qwen2_) add_matrix("output", m_.embedding, kVocabulary);  // so that both an own and a tied head occur
    for (std::uint32_t layer = 0; layer < m_.layers; ++layer) add_layer("blk." + std::to_string(layer) + ".");
    if (gpt2_) add("position_embd.weight", {m_.embedding, m_.window}, 0, 0.3f);
    if (m_.architecture == "llama3") add("rope_freqs.weight", {m_.head_size / 2}, 4.5f, 3.5f);
    return file_;
  }

 private:
  static constexpr std::uint64_t kVocabulary = 261;

  template <class T>
  void set(const char* key, T value) {
    file_.set(architecture_ + "." + key, value);
  }

  void add_metadata() {
    file_.set("general.architecture", architecture_).set("general.name", "Tiny " + m_.architecture);
    set("block_count", m_.layers), set("context_length", m_.window);
    set("embedding_length", m_.embedding), set("feed_forward_length", m_.feed_forward);
    set("attention.head_count", m_.heads);
    if (gpt2_) return set("attention.layer_norm_epsilon", 1e-5f);
    set("attention.head_count_kv", m_.kv_heads);
    set("attention.key_length", m_.head_size), set("attention.value_length", m_.head_size);
    set("attention.layer_norm_rms_epsilon", 1e-5f), set("rope.freq_base", 1000.0f);
    if (!gemma3_) return;
    set("attention.sliding_window", m_.sliding_window), set("attention.sliding_window_pattern", std::uint32_t{3});
    set("rope.freq_base_swa", 100.0f);
  }

  void add_layer(const std::string& layer) {
    const std::uint64_t queries = std::uint64_t{m_.heads} * m_.head_size;
    const std::uint64_t keys = std::uint64_t{m_.kv_heads} * m_.head_size;
    add_norm(layer + "attn_norm");
    if (gpt2_) {
      add_biased_matrix(layer + "attn_qkv", m_.embedding, queries + 2 * keys);
      add_biased_matrix(layer + "attn_output", queries, m_.embedding);
      add_norm(layer + "ffn_norm");
      add_biased_matrix(layer + "ffn_up", m_.embedding, m_.feed_forward);
      add_biased_matrix(layer + "ffn_down", m_.feed_forward, m_.embedding);
      return;
    }
    add_matrix(layer + "attn_q", m_.embedding, queries);
    add_matrix(layer + "attn_k", m_.embedding, keys);
    add_matrix(layer + "attn_v", m_.embedding, keys);
    add_matrix(layer + "attn_output", queries, m_.embedding);
    add_norm(layer + "ffn_norm");
    add_matrix(layer + "ffn_gate", m_.embedding, m_.feed_forward);
    add_matrix(layer + "ffn_up", m_.embedding, m_.feed_forward);
    add_matrix(layer + "ffn_down", m_.feed_forward, m_.embedding);
    if (qwen2_) {
      add_vector(layer + "attn_q.bias", queries, 0);
      add_vector(layer + "attn_k.bias", keys, 0);
      add_vector(layer + "attn_v.bias", keys, 0);
    }
    if (gemma3_ || m_.architecture == "qwen3") {
      add_vector(layer + "attn_q_norm.weight", m_.head_size, 1);
      add_vector(layer + "attn_k_norm.weight", m_.head_size, 1);
    }
    if (gemma3_) {
      add_vector(layer + "post_attention_norm.weight", m_.embedding, 1);
      add_vector(layer + "post_ffw_norm.weight", m_.embedding, 1);
    }
  }

  void add_norm(const std::string& name) {
    add_vector(name + ".weight", m_.embedding, 1);
    if (gpt2_) add_vector(name + ".bias", m_.embedding, 0);
  }
  void add_matrix(const std::string& name, std::uint64_t columns, std::uint64_t rows) {
    add(name + ".weight", {columns, rows}, 0, 2 / std::sqrt(static_cast<float>(columns)));
  }
  void add_biased_matrix(const std::string& name, std::uint64_t columns, std::uint64_t rows) {
    add_matrix(name, columns, rows);
    add_vector(name + ".bias", rows, 0);
  }
  void add_vector(const std::string& name, std::uint64_t size, float mean) { add(name, {size}, mean, 0.3f); }

  void add(const std::string& name, const std::vector<std::uint64_t>& shape, float mean, float spread) {
    std::vector<float> values(shape[0] * (shape.size() > 1 ? shape[1] : 1));
    // mt19937 is the same everywhere, the distributions of the standard library are not
    for (float& value : values) value = mean + spread * (static_cast<float>(random_() >> 8) * 0x1p-23f - 1.0f);
    file_.tensor(name, shape, values);
  }

  TinyModel m_;
  std::string architecture_;
  bool qwen2_ = architecture_ == "qwen2", gemma3_ = architecture_ == "gemma3", gpt2_ = architecture_ == "gpt2";
  std::mt19937 random_;
  GgufWriter file_;
};

}  // namespace detail

inline GgufWriter tiny_model(const TinyModel& m = {}) { return detail::TinyWriter(m).write(); }

}  // namespace lingua::test
