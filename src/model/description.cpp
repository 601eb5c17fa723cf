// From metadata to Description. The architectures differ in a handful of facts; everything a file states that this
// transformer does not do is an error that names it: no key and no tensor is silently ignored.
#include "model/description.hpp"

#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include <lingua/error.hpp>

#include "model/architecture_keys.hpp"
#include "model/architectures.hpp"
#include "model/gguf.hpp"

namespace lingua::model {
namespace {

/// Linear scaling is the default when a file states a factor alone, as in llama.cpp.
float read_rope_scale(const ArchitectureKeys& keys) {
  const std::string_view type = keys.gguf().string_or(keys.key("rope.scaling.type"), "linear");
  if (type == "none") return 1;
  if (type != "linear") keys.unsupported("rope.scaling.type", "'none' and 'linear'", in_quotes(type));
  return keys.positive_or("rope.scaling.factor", keys.positive_or("rope.scale_linear", 1));
}

void read_heads(const ArchitectureKeys& keys, Description& d) {
  d.heads = keys.size("attention.head_count", d.embedding);
  d.kv_heads = keys.size_or("attention.head_count_kv", d.heads, d.heads);
  if (d.heads % d.kv_heads != 0) {
    keys.invalid("attention.head_count_kv", fmt::format("a divisor of {}", d.heads), d.kv_heads);
  }
  d.head_size = keys.size_or("attention.key_length", kMaxWidth / d.heads, d.embedding / d.heads);
  const std::size_t value_length = keys.size_or("attention.value_length", kMaxWidth / d.heads, d.head_size);
  if (value_length != d.head_size) keys.unsupported("attention.value_length", d.head_size, value_length);
  d.attention_scale = 1 / std::sqrt(static_cast<float>(d.head_size));
}

void read_rope(const ArchitectureKeys& keys, Description& d) {
  d.rope_dimensions = keys.size_or("rope.dimension_count", d.head_size, d.head_size);
  if (d.rope_dimensions % 2 != 0) keys.invalid("rope.dimension_count", "an even number", d.rope_dimensions);
  d.rope_base = d.rope_base_local = keys.positive_or("rope.freq_base", 10000);
  d.rope_scale = read_rope_scale(keys);
}

void read_sizes(const ArchitectureKeys& keys, Description& d) {
  d.layers = keys.size("block_count", kMaxLayers);
  d.embedding = keys.size("embedding_length", kMaxWidth);
  d.feed_forward = keys.size("feed_forward_length", kMaxWidth);
  d.window = keys.size("context_length", kMaxWindow);
  d.vocabulary = keys.gguf().strings("tokenizer.ggml.tokens").size();
  keys.gguf().tensor("token_embd.weight", {d.embedding, d.vocabulary});
}

void check_tensors(const Gguf& gguf, const Description& d) {
  for (const Tensor& tensor : gguf.tensors()) {
    if (!uses_tensor(d, tensor.name)) {
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
  const Architecture& architecture = find_architecture(keys);
  keys.reject_unsupported();
  Description d;
  static_cast<Traits&>(d) = architecture.traits;
  d.architecture = architecture.name;
  read_sizes(keys, d);
  read_heads(keys, d);
  if (d.positions != Positions::learned) read_rope(keys, d);
  d.norm_epsilon =
      keys.positive(d.norm == Norm::rms ? "attention.layer_norm_rms_epsilon" : "attention.layer_norm_epsilon");
  d.tied_head = gguf.find_tensor("output.weight") == nullptr;
  architecture.read_particulars(keys, d);
  check_tensors(gguf, d);
  return d;
}

}  // namespace lingua::model
