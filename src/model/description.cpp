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

#include "model/gguf.hpp"

namespace lingua::model {
namespace {

using namespace std::string_view_literals;

constexpr std::array kEncoders{"bert"sv,         "modern-bert"sv,  "neo-bert"sv, "nomic-bert"sv, "nomic-bert-moe"sv,
                               "jina-bert-v2"sv, "jina-bert-v3"sv, "eurobert"sv, "t5encoder"sv,  "gemma-embedding"sv};

// Keys below the architecture's name that change what the model computes, with the value that changes nothing.
constexpr std::pair<std::string_view, std::uint64_t> kNeutralIntegers[] = {
    {"expert_count", 0}, {"pooling_type", 0}, {"nextn_predict_layers", 0}, {"decoder_block_count", 0}};
constexpr std::pair<std::string_view, double> kNeutralNumbers[] = {
    {"attn_logit_softcapping", 0},  {"final_logit_softcapping", 0},  {"logit_scale", 1},
    {"residual_scale", 1},          {"embedding_scale", 1},          {"attention.scale", 0},
    {"attention.output_scale", 1},  {"attention.max_alibi_bias", 0}, {"attention.clamp_kqv", 0},
    {"rope.scaling.attn_factor", 1}};
constexpr std::pair<std::string_view, bool> kNeutralBooleans[] = {{"attention.causal", true},
                                                                  {"use_parallel_residual", false}};

constexpr std::array kGlobalTensors{"token_embd.weight"sv, "output_norm.weight"sv, "output.weight"sv};
constexpr std::array kLayerTensors{"attn_norm.weight"sv, "attn_q.weight"sv,      "attn_k.weight"sv,
                                   "attn_v.weight"sv,    "attn_output.weight"sv, "ffn_norm.weight"sv,
                                   "ffn_gate.weight"sv,  "ffn_up.weight"sv,      "ffn_down.weight"sv};
constexpr std::array kBiasTensors{"attn_q.bias"sv, "attn_k.bias"sv, "attn_v.bias"sv};
constexpr std::array kHeadNormTensors{"attn_q_norm.weight"sv, "attn_k_norm.weight"sv};
constexpr std::array kPostNormTensors{"post_attention_norm.weight"sv, "post_ffw_norm.weight"sv};

// Generous: they only keep arithmetic on sizes from overflowing.
constexpr std::uint64_t kMaxLayers = 1u << 12, kMaxWidth = 1u << 24, kMaxWindow = 1u << 30;

/// Reads keys below the architecture's name.
class Reader {
 public:
  explicit Reader(const Gguf& gguf) : gguf_(gguf), architecture_(gguf.string("general.architecture")) {}

  const Gguf& gguf() const { return gguf_; }
  const std::string& architecture() const { return architecture_; }
  std::string key(std::string_view name) const { return fmt::format("{}.{}", architecture_, name); }
  bool has(std::string_view name) const { return gguf_.has(key(name)); }

  std::size_t size(std::string_view name, std::uint64_t limit) const {
    const std::uint64_t value = gguf_.integer(key(name));
    if (value < 1 || value > limit) invalid(name, fmt::format("1 to {}", limit), value);
    return static_cast<std::size_t>(value);
  }
  std::size_t size_or(std::string_view name, std::uint64_t limit, std::size_t fallback) const {
    return has(name) ? size(name, limit) : fallback;
  }

  float positive(std::string_view name) const {
    const double value = gguf_.number(key(name));
    if (!(value > 0 && value < 1e30)) invalid(name, "a positive number", value);
    return static_cast<float>(value);
  }
  float positive_or(std::string_view name, float fallback) const { return has(name) ? positive(name) : fallback; }

  template <typename Found>
  [[noreturn]] void invalid(std::string_view name, std::string_view expected, const Found& found) const {
    throw Error(ErrorCode::model_invalid, fmt::format("{}: key '{}': expected {}, found {}", gguf_.path().string(),
                                                      key(name), expected, found));
  }
  template <typename Expected, typename Found>
  [[noreturn]] void unsupported(std::string_view name, const Expected& expected, const Found& found) const {
    throw Error(ErrorCode::model_unsupported, fmt::format("{}: key '{}': lingua supports only {}, found {}",
                                                          gguf_.path().string(), key(name), expected, found));
  }

 private:
  const Gguf& gguf_;
  std::string architecture_;
};

void check_neutral_keys(const Reader& reader) {
  for (const auto& [name, neutral] : kNeutralIntegers) {
    const std::uint64_t found = reader.gguf().integer_or(reader.key(name), neutral);
    if (found != neutral) reader.unsupported(name, neutral, found);
  }
  for (const auto& [name, neutral] : kNeutralNumbers) {
    const double found = reader.gguf().number_or(reader.key(name), neutral);
    if (found != neutral) reader.unsupported(name, neutral, found);
  }
  for (const auto& [name, neutral] : kNeutralBooleans) {
    const bool found = reader.gguf().boolean_or(reader.key(name), neutral);
    if (found != neutral) reader.unsupported(name, neutral, found);
  }
}

/// Linear scaling is the default when a file states a factor alone, as in llama.cpp.
float read_rope_scale(const Reader& reader) {
  const std::string_view type = reader.gguf().string_or(reader.key("rope.scaling.type"), "linear");
  if (type == "none") return 1;
  if (type != "linear") reader.unsupported("rope.scaling.type", "'none' and 'linear'", in_quotes(type));
  return reader.positive_or("rope.scaling.factor", reader.positive_or("rope.scale_linear", 1));
}

/// What all three architectures state in the same way.
Description read_common(const Reader& reader) {
  check_neutral_keys(reader);
  Description d{};
  d.architecture = reader.architecture();
  d.layers = reader.size("block_count", kMaxLayers);
  d.embedding = reader.size("embedding_length", kMaxWidth);
  d.feed_forward = reader.size("feed_forward_length", kMaxWidth);
  d.heads = reader.size("attention.head_count", d.embedding);
  d.kv_heads = reader.size_or("attention.head_count_kv", d.heads, d.heads);
  if (d.heads % d.kv_heads != 0) {
    reader.invalid("attention.head_count_kv", fmt::format("a divisor of {}", d.heads), d.kv_heads);
  }
  d.head_size = reader.size_or("attention.key_length", kMaxWidth / d.heads, d.embedding / d.heads);
  const std::size_t value_length = reader.size_or("attention.value_length", kMaxWidth / d.heads, d.head_size);
  if (value_length != d.head_size) reader.unsupported("attention.value_length", d.head_size, value_length);
  d.window = reader.size("context_length", kMaxWindow);
  d.norm_epsilon = reader.positive("attention.layer_norm_rms_epsilon");

  d.activation = Activation::silu;
  d.rope_dimensions = reader.size_or("rope.dimension_count", d.head_size, d.head_size);
  if (d.rope_dimensions % 2 != 0) reader.invalid("rope.dimension_count", "an even number", d.rope_dimensions);
  d.rope_base = d.rope_base_local = reader.positive_or("rope.freq_base", 10000);
  d.rope_scale = read_rope_scale(reader);
  d.tied_head = reader.gguf().find_tensor("output.weight") == nullptr;
  d.attention_scale = 1 / std::sqrt(static_cast<float>(d.head_size));

  d.vocabulary = reader.gguf().strings("tokenizer.ggml.tokens").size();
  reader.gguf().tensor("token_embd.weight", {d.embedding, d.vocabulary});
  return d;
}

/// A window that hides nothing is none.
void reject_sliding_window(const Reader& reader, const Description& d) {
  const std::uint64_t found = reader.gguf().integer_or(reader.key("attention.sliding_window"), 0);
  if (found != 0 && found < d.window) {
    reader.unsupported("attention.sliding_window", fmt::format("0 or at least {}", d.window), found);
  }
}

Description describe_llama(const Reader& reader) {
  Description d = read_common(reader);
  reject_sliding_window(reader, d);
  d.rope = RopePairing::adjacent;
  return d;
}

Description describe_qwen2(const Reader& reader) {
  Description d = read_common(reader);
  reject_sliding_window(reader, d);
  d.rope = RopePairing::halves;
  d.qkv_bias = true;
  return d;
}

/// The norm weights in the file already hold the 1 that Gemma's norm adds to them.
Description describe_gemma3(const Reader& reader) {
  constexpr std::size_t kLayersOf27B = 62;
  Description d = read_common(reader);
  d.rope = RopePairing::halves;
  d.activation = Activation::gelu_tanh;
  d.qk_norm = d.post_norms = true;
  d.embedding_scale = std::sqrt(static_cast<float>(d.embedding));
  if (d.layers == kLayersOf27B) {  // query_pre_attn_scalar, which the format has no key for; 27B alone differs
    d.attention_scale = 1 / std::sqrt(static_cast<float>(d.embedding) / static_cast<float>(d.heads));
  }
  d.sliding_window = reader.size_or("attention.sliding_window", kMaxWindow, 0);
  d.full_attention_period = reader.size_or("attention.sliding_window_pattern", kMaxLayers, 6);
  d.rope_base_local = reader.positive_or("rope.freq_base_swa", 10000);
  return d;
}

struct Architecture {
  std::string_view name;
  Description (*describe)(const Reader&);
};
constexpr Architecture kArchitectures[] = {
    {"llama", describe_llama}, {"qwen2", describe_qwen2}, {"gemma3", describe_gemma3}};

const Architecture& find_architecture(const Reader& reader) {
  const auto found = std::ranges::find(kArchitectures, reader.architecture(), &Architecture::name);
  if (found != std::end(kArchitectures)) return *found;
  const bool encoder = std::ranges::find(kEncoders, reader.architecture()) != kEncoders.end();
  throw Error(ErrorCode::model_unsupported,
              fmt::format("{}: key 'general.architecture': {} is {}; expected llama, qwen2 or gemma3",
                          reader.gguf().path().string(), in_quotes(reader.architecture()),
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
  const Reader reader(gguf);
  Description description = find_architecture(reader).describe(reader);
  check_tensors(gguf, description);
  return description;
}

}  // namespace lingua::model
