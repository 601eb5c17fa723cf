#include "engine/weights.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <lingua/error.hpp>

#include "engine/kernels/kernels.hpp"

namespace lingua::engine {
namespace {

using model::Description;
using model::Gguf;
using model::Tensor;

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

// Where output `i` of a head comes from when the file pairs neighbours for rope.
std::size_t neighbour_of(std::size_t i, std::size_t rotated) {
  if (i >= rotated) return i;
  return i < rotated / 2 ? 2 * i : 2 * (i - rotated / 2) + 1;
}

// Rows of several tensors one after the other, heads reordered for rope.
class RowSource {
 public:
  void add(const Tensor& tensor) { parts_.push_back({&tensor, 0, 0}); }
  void add_heads(const Tensor& tensor, const Description& d) {
    const std::size_t rotated = d.positions == model::Positions::rotate_adjacent ? d.rope_dimensions : 0;
    parts_.push_back({&tensor, d.head_size, rotated});
  }

  StoredRow find(std::size_t row) const {
    auto part = parts_.begin();
    for (; row >= part->tensor->rows(); ++part) row -= part->tensor->rows();
    if (part->rotated != 0) {
      row = row / part->head_size * part->head_size + neighbour_of(row % part->head_size, part->rotated);
    }
    return {part->tensor->type, part->tensor->row(row)};
  }

 private:
  struct Part {
    const Tensor* tensor;
    std::size_t head_size, rotated;
  };
  std::vector<Part> parts_;
};

// Collects the packing jobs, then does them in parallel: their sizes differ little, thanks to the slices.
class Loader {
 public:
  Loader(const Gguf& gguf, const Description& description, LinearPacker& packer)
      : gguf_(gguf), d_(description), packer_(packer) {}

  Weights load(Workers& workers) {
    Weights weights;
    weights.layers.resize(d_.layers);
    for (std::size_t layer = 0; layer < d_.layers; ++layer) plan_layer(layer, weights.layers[layer]);
    weights.output_norm = norm("output_norm");
    if (d_.positions == model::Positions::learned) weights.positions = positions();
    if (gguf_.find_tensor("rope_freqs.weight")) weights.rope_factors = rope_factors();
    const Tensor& head =
        gguf_.tensor(d_.tied_head ? "token_embd.weight" : "output.weight", {d_.embedding, d_.vocabulary});
    plan_slices(weights.head, d_.embedding, d_.vocabulary, source({&head}));
    std::vector<Buffer> staging(workers.threads());
    workers.run(jobs_.size(), [&](std::size_t job, unsigned worker) { jobs_[job](staging[worker]); });
    return weights;
  }

 private:
  const Tensor& matrix(const std::string& name, std::size_t inputs, std::size_t outputs) const {
    return gguf_.tensor(name, {inputs, outputs});
  }

  std::vector<float> vector(const std::string& name, std::size_t size) const {
    const Tensor& tensor = gguf_.tensor(name, {size});
    std::vector<float> values(size);
    model::dequantize(tensor.type, tensor.data, values);
    return values;
  }

  NormWeights norm(const std::string& name) const {
    NormWeights norm{vector(name + ".weight", d_.embedding), {}};
    if (d_.norm == model::Norm::layer) norm.bias = vector(name + ".bias", d_.embedding);
    return norm;
  }

  std::vector<float> positions() const {
    const Tensor& tensor = gguf_.tensor("position_embd.weight", {d_.embedding, d_.window});
    std::vector<float> values(d_.window * d_.embedding);
    model::dequantize(tensor.type, tensor.data, values);
    return values;
  }

  std::vector<float> rope_factors() const {
    const std::string name = "rope_freqs.weight";
    std::vector<float> factors = vector(name, d_.rope_dimensions / 2);
    for (const float factor : factors) {
      if (factor > 0) continue;
      throw Error(ErrorCode::model_invalid, fmt::format("{}: tensor '{}': expected positive numbers, found {}",
                                                        gguf_.path().string(), name, factor));
    }
    return factors;
  }

  static RowSource source(std::initializer_list<const Tensor*> tensors) {
    RowSource source;
    for (const Tensor* tensor : tensors) source.add(*tensor);
    return source;
  }

  void plan(std::unique_ptr<Linear>& linear, std::size_t inputs, std::size_t outputs, RowSource rows,
            std::size_t first = 0) {
    jobs_.emplace_back([this, &linear, inputs, outputs, rows = std::move(rows), first](Buffer& staging) {
      linear = packer_.pack(
          inputs, outputs, [&](std::size_t output) { return rows.find(first + output); }, staging);
    });
  }

  void plan_slices(SlicedLinear& linear, std::size_t inputs, std::size_t outputs, const RowSource& rows) {
    const std::size_t most = packer_.slice_width(), count = (outputs + most - 1) / most;
    const std::size_t even = (outputs + count - 1) / count;
    linear.width = (even + kRowMultiple - 1) / kRowMultiple * kRowMultiple;
    linear.slices.resize((outputs + linear.width - 1) / linear.width);
    for (std::size_t i = 0; i < linear.slices.size(); ++i) {
      const std::size_t first = i * linear.width;
      plan(linear.slices[i], inputs, std::min(linear.width, outputs - first), rows, first);
    }
  }

  void plan_layer(std::size_t index, LayerWeights& layer) {
    const std::string prefix = fmt::format("blk.{}.", index);
    plan_attention(prefix, layer);
    plan_feed_forward(prefix, layer);
    layer.attention_norm = norm(prefix + "attn_norm");
    layer.feed_forward_norm = norm(prefix + "ffn_norm");
    if (d_.post_norms) {
      layer.post_attention_norm = vector(prefix + "post_attention_norm.weight", d_.embedding);
      layer.post_feed_forward_norm = vector(prefix + "post_ffw_norm.weight", d_.embedding);
    }
  }

  void plan_attention(const std::string& prefix, LayerWeights& layer) {
    const std::size_t queries = d_.heads * d_.head_size, keys = d_.kv_heads * d_.head_size;
    plan(layer.qkv, d_.embedding, queries + 2 * keys, qkv_rows(prefix));
    plan(layer.attention_output, queries, d_.embedding,
         source({&matrix(prefix + "attn_output.weight", queries, d_.embedding)}));
    if (d_.qkv_bias) layer.qkv_bias = qkv_bias(prefix);
    if (d_.attention_output_bias) layer.attention_output_bias = vector(prefix + "attn_output.bias", d_.embedding);
    if (d_.qk_norm) {
      layer.query_norm = head_vector(prefix + "attn_q_norm.weight", d_.head_size);
      layer.key_norm = head_vector(prefix + "attn_k_norm.weight", d_.head_size);
    }
  }

  void plan_feed_forward(const std::string& prefix, LayerWeights& layer) {
    if (d_.gated()) {
      plan_slices(layer.gate, d_.embedding, d_.feed_forward,
                  source({&matrix(prefix + "ffn_gate.weight", d_.embedding, d_.feed_forward)}));
    } else {
      layer.up_bias = vector(prefix + "ffn_up.bias", d_.feed_forward);
      layer.down_bias = vector(prefix + "ffn_down.bias", d_.embedding);
    }
    plan_slices(layer.up, d_.embedding, d_.feed_forward,
                source({&matrix(prefix + "ffn_up.weight", d_.embedding, d_.feed_forward)}));
    plan(layer.down, d_.feed_forward, d_.embedding,
         source({&matrix(prefix + "ffn_down.weight", d_.feed_forward, d_.embedding)}));
  }

  RowSource qkv_rows(const std::string& prefix) const {
    const std::size_t queries = d_.heads * d_.head_size, keys = d_.kv_heads * d_.head_size;
    RowSource rows;
    if (d_.fused_qkv) {
      rows.add(matrix(prefix + "attn_qkv.weight", d_.embedding, queries + 2 * keys));
    } else {
      rows.add_heads(matrix(prefix + "attn_q.weight", d_.embedding, queries), d_);
      rows.add_heads(matrix(prefix + "attn_k.weight", d_.embedding, keys), d_);
      rows.add(matrix(prefix + "attn_v.weight", d_.embedding, keys));
    }
    return rows;
  }

  std::vector<float> qkv_bias(const std::string& prefix) const {
    const std::size_t queries = d_.heads * d_.head_size, keys = d_.kv_heads * d_.head_size;
    if (d_.fused_qkv) return vector(prefix + "attn_qkv.bias", queries + 2 * keys);
    std::vector<float> bias = head_vector(prefix + "attn_q.bias", queries);
    for (const auto& part : {head_vector(prefix + "attn_k.bias", keys), vector(prefix + "attn_v.bias", keys)}) {
      bias.insert(bias.end(), part.begin(), part.end());
    }
    return bias;
  }

  // A vector over the elements of heads, reordered as the rows of their matrix.
  std::vector<float> head_vector(const std::string& name, std::size_t size) const {
    std::vector<float> values = vector(name, size);
    if (d_.positions != model::Positions::rotate_adjacent) return values;
    std::vector<float> reordered(size);
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t within = i % d_.head_size;
      reordered[i] = values[i - within + neighbour_of(within, d_.rope_dimensions)];
    }
    return reordered;
  }

  const Gguf& gguf_;
  const Description& d_;
  LinearPacker& packer_;
  std::vector<std::function<void(Buffer&)>> jobs_;
};

}  // namespace

Weights load_weights(const Gguf& gguf, const Description& description, LinearPacker& packer, Workers& workers) {
  check_sizes(gguf, description);
  return Loader(gguf, description, packer).load(workers);
}

}  // namespace lingua::engine
