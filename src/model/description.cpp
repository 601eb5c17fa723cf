// From metadata to Description. The architectures differ in a handful of facts; everything a file states that this
// transformer does not do is an error that names it: no key and no tensor is silently ignored.
#include "model/description.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <lingua/error.hpp>

#include "model/architecture_keys.hpp"
#include "model/gguf.hpp"

namespace lingua::model {
namespace {

using namespace std::string_view_literals;

constexpr std::array kEncoders{"bert"sv,         "modern-bert"sv,  "neo-bert"sv, "nomic-bert"sv, "nomic-bert-moe"sv,
                               "jina-bert-v2"sv, "jina-bert-v3"sv, "eurobert"sv, "t5encoder"sv,  "gemma-embedding"sv};

constexpr std::array kGlobalTensors{"token_embd.weight"sv, "output_norm.weight"sv, "output.weight"sv};
constexpr std::array kLayerTensors{"attn_norm.weight"sv, "attn_q.weight"sv,      "attn_k.weight"sv,
                                   "attn_v.weight"sv,    "attn_output.weight"sv, "ffn_norm.weight"sv,
                                   "ffn_gate.weight"sv,  "ffn_up.weight"sv,      "ffn_down.weight"sv};
constexpr std::array kBiasTensors{"attn_q.bias"sv, "attn_k.bias"sv, "attn_v.bias"sv};
constexpr std::array kHeadNormTensors{"attn_q_norm.weight"sv, "attn_k_norm.weight"sv};
constexpr std::array kPostNormTensors{"post_attention_norm.weight"sv, "post_ffw_norm.weight"sv};

// Generous: they only keep arithmetic on sizes from overflowing.
constexpr std::uint64_t kMaxLayers = 1u << 12, kMaxWidth = 1u << 24, kMaxWindow = 1u << 30;

/// Linear scaling is the default when a file states a factor alone, as in llama.cpp.
float read_rope_scale(const ArchitectureKeys& keys) {
  const std::string_view type = keys.gguf().string_or(keys.key("rope.scaling.type"), "linear");
  if (type == "none") return 1;
  if (type != "linear") keys.unsupported("rope.scaling.type", "'none' and 'linear'", in_quotes(type));
  return keys.positive_or("rope.scaling.factor", keys.positive_or("rope.scale_linear", 1));
}

/// What all three architectures state in the same way.
Description read_common(const ArchitectureKeys& keys) {
  keys.reject_unsupported();
  Description d{};
  d.architecture = keys.architecture();
  d.layers = keys.size("block_count", kMaxLayers);
  d.embedding = keys.size("embedding_length", kMaxWidth);
  d.feed_forward = keys.size("feed_forward_length", kMaxWidth);
  d.heads = keys.size("attention.head_count", d.embedding);
  d.kv_heads = keys.size_or("attention.head_count_kv", d.heads, d.heads);
  if (d.heads % d.kv_heads != 0) {
    keys.invalid("attention.head_count_kv", fmt::format("a divisor of {}", d.heads), d.kv_heads);
  }
  d.head_size = keys.size_or("attention.key_length", kMaxWidth / d.heads, d.embedding / d.heads);
  const std::size_t value_length = keys.size_or("attention.value_length", kMaxWidth / d.heads, d.head_size);
  if (value_length != d.head_size) keys.unsupported("attention.value_length", d.head_size, value_length);
  d.window = keys.size("context_length", kMaxWindow);
  d.norm_epsilon = keys.positive("attention.layer_norm_rms_epsilon");

  d.activation = Activation::silu;
  d.rope_dimensions = keys.size_or("rope.dimension_count", d.head_size, d.head_size);
  if (d.rope_dimensions % 2 != 0) keys.invalid("rope.dimension_count", "an even number", d.rope_dimensions);
  d.rope_base = d.rope_base_local = keys.positive_or("rope.freq_base", 10000);
  d.rope_scale = read_rope_scale(keys);
  d.tied_head = keys.gguf().find_tensor("output.weight") == nullptr;
  d.attention_scale = 1 / std::sqrt(static_cast<float>(d.head_size));

  d.vocabulary = keys.gguf().strings("tokenizer.ggml.tokens").size();
  keys.gguf().tensor("token_embd.weight", {d.embedding, d.vocabulary});
  return d;
}

/// A window that hides nothing is none.
void reject_sliding_window(const ArchitectureKeys& keys, const Description& d) {
  const std::uint64_t found = keys.gguf().integer_or(keys.key("attention.sliding_window"), 0);
  if (found != 0 && found < d.window) {
    keys.unsupported("attention.sliding_window", fmt::format("0 or at least {}", d.window), found);
  }
}

Description describe_llama(const ArchitectureKeys& keys) {
  Description d = read_common(keys);
  reject_sliding_window(keys, d);
  d.rope = RopePairing::adjacent;
  return d;
}

Description describe_qwen2(const ArchitectureKeys& keys) {
  Description d = read_common(keys);
  reject_sliding_window(keys, d);
  d.rope = RopePairing::halves;
  d.qkv_bias = true;
  return d;
}

/// The norm weights in the file already hold the 1 that Gemma's norm adds to them.
Description describe_gemma3(const ArchitectureKeys& keys) {
  constexpr std::size_t kLayersOf27B = 62;
  Description d = read_common(keys);
  d.rope = RopePairing::halves;
  d.activation = Activation::gelu_tanh;
  d.qk_norm = d.post_norms = true;
  d.embedding_scale = std::sqrt(static_cast<float>(d.embedding));
  if (d.layers == kLayersOf27B) {  // query_pre_attn_scalar, which the format has no key for; 27B alone differs
    d.attention_scale = 1 / std::sqrt(static_cast<float>(d.embedding) / static_cast<float>(d.heads));
  }
  d.sliding_window = keys.size_or("attention.sliding_window", kMaxWindow, 0);
  d.full_attention_period = keys.size_or("attention.sliding_window_pattern", kMaxLayers, 6);
  d.rope_base_local = keys.positive_or("rope.freq_base_swa", 10000);
  return d;
}

struct Architecture {
  std::string_view name;
  Description (*describe)(const ArchitectureKeys&);
};
constexpr Architecture kArchitectures[] = {
    {"llama", describe_llama}, {"qwen2", describe_qwen2}, {"gemma3", describe_gemma3}};

const Architecture& find_architecture(const ArchitectureKeys& keys) {
  const auto found = std::ranges::find(kArchitectures, keys.architecture(), &Architecture::name);
  if (found != std::end(kArchitectures)) return *found;
  const bool encoder = std::ranges::find(kEncoders, keys.architecture()) != kEncoders.end();
  throw Error(ErrorCode::model_unsupported,
              fmt::format("{}: key 'general.architecture': {} is {}; expected llama, qwen2 or gemma3",
                          keys.gguf().path().string(), in_quotes(keys.architecture()),
                          encoder ? "an encoder, which reads both sides of a word and so cannot score text"
                                  : "not an architecture that lingua knows"));
}

/// Whether the transformer that `d` describes uses the tensor `name`.
bool uses(const Description& d, std::string_view name) {
  const auto contains = [](const auto& names, std::string_view wanted) {
    return std::ranges::find(names, wanted) != names.end();
  };
  if (contains(kGlobalTensors, name)) return true;
  if (!name.starts_with("blk.")) return false;
  name.remove_prefix(std::min(name.size(), name.find('.', 4)));
  name.remove_prefix(std::min<std::size_t>(name.size(), 1));
  return contains(kLayerTensors, name) || (d.qkv_bias && contains(kBiasTensors, name)) ||
         (d.qk_norm && contains(kHeadNormTensors, name)) || (d.post_norms && contains(kPostNormTensors, name));
}

void check_tensors(const Gguf& gguf, const Description& d) {
  for (const Tensor& tensor : gguf.tensors()) {
    if (!uses(d, tensor.name)) {
      throw Error(ErrorCode::model_unsupported,
                  fmt::format("{}: tensor {}: a {} model as lingua knows it has no such tensor", gguf.path().string(),
                              in_quotes(tensor.name), d.architecture));
    }
    if (!tensor_type_info(tensor.type)) {
      throw Error(ErrorCode::model_unsupported,
                  fmt::format("{}: tensor {}: expected one of the types {}, found {}", gguf.path().string(),
                              in_quotes(tensor.name), decodable_type_names(), tensor_type_name(tensor.type)));
    }
  }
}

}  // namespace

Description describe(const Gguf& gguf) {
  const ArchitectureKeys keys(gguf);
  Description description = find_architecture(keys).describe(keys);
  check_tensors(gguf, description);
  return description;
}

}  // namespace lingua::model
