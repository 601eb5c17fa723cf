// Which tensors a transformer consists of, and what becomes of each.
#include "engine/weights.hpp"

#include <string>

#include <fmt/format.h>

#include <lingua/error.hpp>

#include "engine/kernels/kernels.hpp"
#include "engine/packing_plan.hpp"
#include "engine/weight_source.hpp"

namespace lingua::engine {
namespace {

using model::Description;
using model::Gguf;

void require_multiple(const Gguf& gguf, std::string_view what, std::size_t value, std::size_t multiple) {
  if (value % multiple == 0) return;
  throw Error(ErrorCode::model_unsupported, fmt::format("{}: {} is {}, lingua supports multiples of {}",
                                                        gguf.path().string(), what, value, multiple));
}

void check_sizes(const Gguf& gguf, const Description& d) {
  require_multiple(gguf, "embedding length", d.embedding, kRowMultiple);
  require_multiple(gguf, "feed-forward length", d.feed_forward, kRowMultiple);
  require_multiple(gguf, "head size", d.head_size, kHeadMultiple);
  require_multiple(gguf, "number of rotated dimensions", d.rope_dimensions, kRowMultiple);
}

/// Reads vectors at once, and plans how matrices are packed.
class Loader {
 public:
  Loader(const Gguf& gguf, const Description& description, LinearPacker& packer)
      : gguf_(gguf), d_(description), source_(gguf, description), plan_(packer) {}

  Weights load(Workers& workers) {
    Weights weights;
    weights.layers.resize(d_.layers);
    for (std::size_t i = 0; i < d_.layers; ++i) add_layer(weights.layers[i], fmt::format("blk.{}.", i));
    weights.output_norm = norm("output_norm");
    if (d_.positions == model::Positions::learned) {
      weights.positions = source_.table("position_embd.weight", d_.embedding, d_.window);
    }
    if (gguf_.find_tensor("rope_freqs.weight") != nullptr) weights.rope_factors = rope_factors();
    const char* const head = d_.tied_head ? "token_embd.weight" : "output.weight";
    plan_.add(weights.head, source_.matrix(head, d_.embedding, d_.vocabulary));
    plan_.run(workers);
    return weights;
  }

 private:
  void add_layer(LayerWeights& layer, const std::string& prefix) {
    layer.attention_norm = norm(prefix + "attn_norm");
    layer.feed_forward_norm = norm(prefix + "ffn_norm");
    if (d_.post_norms) {
      layer.post_attention_norm = source_.vector(prefix + "post_attention_norm.weight", d_.embedding);
      layer.post_feed_forward_norm = source_.vector(prefix + "post_ffw_norm.weight", d_.embedding);
    }
    add_attention(layer, prefix + "attn_");
    add_feed_forward(layer, prefix + "ffn_");
  }

  void add_attention(LayerWeights& layer, const std::string& prefix) {
    plan_.add(layer.qkv, qkv(prefix));
    plan_.add(layer.attention_output,
              source_.matrix(prefix + "output.weight", d_.heads * d_.head_size, d_.embedding));
    if (d_.qkv_bias) layer.qkv_bias = qkv_bias(prefix);
    if (d_.attention_output_bias) layer.attention_output_bias = source_.vector(prefix + "output.bias", d_.embedding);
    if (d_.qk_norm) {
      layer.query_norm = source_.rotated_vector(prefix + "q_norm.weight", 1);
      layer.key_norm = source_.rotated_vector(prefix + "k_norm.weight", 1);
    }
  }

  void add_feed_forward(LayerWeights& layer, const std::string& prefix) {
    if (d_.gated()) {
      plan_.add(layer.gate, source_.matrix(prefix + "gate.weight", d_.embedding, d_.feed_forward));
    } else {
      layer.up_bias = source_.vector(prefix + "up.bias", d_.feed_forward);
      layer.down_bias = source_.vector(prefix + "down.bias", d_.embedding);
    }
    plan_.add(layer.up, source_.matrix(prefix + "up.weight", d_.embedding, d_.feed_forward));
    plan_.add(layer.down, source_.matrix(prefix + "down.weight", d_.feed_forward, d_.embedding));
  }

  MatrixSource qkv(const std::string& prefix) const {
    if (d_.fused_qkv) return source_.matrix(prefix + "qkv.weight", d_.embedding, qkv_outputs());
    return {source_.rotated_matrix(prefix + "q.weight", d_.heads),
            source_.rotated_matrix(prefix + "k.weight", d_.kv_heads),
            source_.matrix(prefix + "v.weight", d_.embedding, d_.kv_heads * d_.head_size)};
  }

  std::vector<float> qkv_bias(const std::string& prefix) const {
    if (d_.fused_qkv) return source_.vector(prefix + "qkv.bias", qkv_outputs());
    std::vector<float> bias = source_.rotated_vector(prefix + "q.bias", d_.heads);
    for (const auto& part : {source_.rotated_vector(prefix + "k.bias", d_.kv_heads),
                             source_.vector(prefix + "v.bias", d_.kv_heads * d_.head_size)}) {
      bias.insert(bias.end(), part.begin(), part.end());
    }
    return bias;
  }

  std::size_t qkv_outputs() const { return (d_.heads + 2 * d_.kv_heads) * d_.head_size; }

  NormWeights norm(const std::string& name) const {
    NormWeights norm{source_.vector(name + ".weight", d_.embedding), {}};
    if (d_.norm == model::Norm::layer) norm.bias = source_.vector(name + ".bias", d_.embedding);
    return norm;
  }

  std::vector<float> rope_factors() const {
    const char* const name = "rope_freqs.weight";
    std::vector<float> factors = source_.vector(name, d_.rope_dimensions / 2);
    for (const float factor : factors) {
      if (factor > 0) continue;
      throw Error(ErrorCode::model_invalid, fmt::format("{}: tensor '{}': expected positive numbers, found {}",
                                                        gguf_.path().string(), name, factor));
    }
    return factors;
  }

  const Gguf& gguf_;
  const Description& d_;
  WeightSource source_;
  PackingPlan plan_;
};

}  // namespace

Weights load_weights(const Gguf& gguf, const Description& description, LinearPacker& packer, Workers& workers) {
  check_sizes(gguf, description);
  return Loader(gguf, description, packer).load(workers);
}

}  // namespace lingua::engine
