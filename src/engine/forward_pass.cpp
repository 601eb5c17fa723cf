#include "engine/forward_pass.hpp"

#include <algorithm>
#include <cmath>

namespace lingua::engine {
namespace {

// Enough blocks to keep some threads busy, in sizes that multiply well. Never depends on the number of threads:
// results would.
std::size_t choose_block_rows(std::size_t rows) {
  constexpr std::size_t kBlocks = 8, kStep = 8;
  const std::size_t even = (rows + kBlocks - 1) / kBlocks;
  return std::clamp((even + kStep - 1) / kStep * kStep, kStep, Linear::kMaxRows);
}

void compute_rotation(double position, const std::vector<double>& frequencies, float* cosines, float* sines) {
  for (std::size_t i = 0; i < frequencies.size(); ++i) {
    const double angle = position * frequencies[i];
    cosines[i] = static_cast<float>(std::cos(angle));
    sines[i] = static_cast<float>(std::sin(angle));
  }
}

}  // namespace

ForwardPass::ForwardPass(const Transformer& transformer, std::span<const TokenId> ids, KvCache& cache,
                         std::size_t first_hidden, std::byte* hidden, Workspace& workspace)
    : t_(transformer),
      d_(transformer.d_),
      k_(transformer.kernels_),
      inputs_(transformer.inputs_),
      attention_(transformer.attention_),
      ids_(ids),
      cache_(cache),
      start_(cache.size()),
      first_hidden_(first_hidden),
      hidden_(hidden),
      workspace_(workspace),
      group_(d_.heads / d_.kv_heads),
      block_rows_(choose_block_rows(ids.size())),
      x_(workspace.x.as<float>(ids.size() * d_.embedding)),
      rotations_(workspace.rotations.as<float>(ids.size() * 2 * d_.rope_dimensions)),
      queries_(workspace.queries.as<std::byte>(ids.size() * d_.heads * d_.head_size * attention_.element_bytes)) {
  workspace.workers.resize(t_.workers_.threads());
}

void ForwardPass::run() {
  cache_.reserve(ids_.size());
  const std::size_t blocks = (ids_.size() + block_rows_ - 1) / block_rows_;
  t_.workers_.run(blocks, [&](std::size_t index, unsigned worker) {
    embed(block(index));
    project(0, block(index), workspace_.workers[worker]);
  });
  for (std::size_t layer = 0; layer < d_.layers; ++layer) {
    const bool last = layer + 1 == d_.layers;
    t_.workers_.run(blocks, [&](std::size_t index, unsigned worker) {
      const Block rows = block(index);
      if (last && rows.first + rows.rows <= first_hidden_) return;  // nobody reads what would follow
      attend(layer, rows, workspace_.workers[worker]);
      feed_forward(layer, rows, workspace_.workers[worker]);
      if (last) {
        finish(rows);
      } else {
        project(layer + 1, rows, workspace_.workers[worker]);
      }
    });
  }
  cache_.extend(ids_.size());  // not before all is written: a failure leaves the cache as it was
}

ForwardPass::Block ForwardPass::block(std::size_t index) const {
  const std::size_t first = index * block_rows_;
  return {first, std::min(block_rows_, ids_.size() - first)};
}

void ForwardPass::embed(Block block) {
  for (std::size_t row = block.first; row < block.first + block.rows; ++row) {
    const auto id = static_cast<std::uint64_t>(ids_[row]);
    model::dequantize(t_.embedding_->type, t_.embedding_->row(id), {x(row), d_.embedding});
    if (d_.embedding_scale != 1) k_.scale(x(row), d_.embedding_scale, d_.embedding);
    float* const rotation = rotations_ + 2 * row * d_.rope_dimensions;
    const std::size_t half = d_.rope_dimensions / 2;
    const auto position = static_cast<double>(start_ + row);
    compute_rotation(position, t_.frequencies_, rotation, rotation + half);
    if (d_.sliding_window == 0) continue;
    compute_rotation(position, t_.local_frequencies_, rotation + 2 * half, rotation + 3 * half);
  }
}

void ForwardPass::normalise(const std::vector<float>& weight, Block block, PerWorker& worker) {
  const std::size_t row_bytes = d_.embedding * inputs_.element_bytes;
  auto* const input = worker.input.as<std::byte>(block.rows * row_bytes);
  for (std::size_t i = 0; i < block.rows; ++i) {
    inputs_.rms_norm(x(block.first + i), weight.data(), d_.norm_epsilon, d_.embedding, input + i * row_bytes);
  }
}

void ForwardPass::feed_forward(std::size_t layer, Block block, PerWorker& worker) {
  const LayerWeights& weights = t_.weights_.layers[layer];
  normalise(weights.feed_forward_norm, block, worker);
  const std::size_t width = weights.gate.width, row_bytes = d_.feed_forward * inputs_.element_bytes;
  auto* const gate = worker.gate.as<float>(block.rows * width);
  auto* const up = worker.up.as<float>(block.rows * width);
  auto* const activation = worker.activation.as<std::byte>(block.rows * row_bytes);
  const auto combine = d_.activation == model::Activation::silu ? inputs_.gate_silu : inputs_.gate_gelu;
  for (std::size_t slice = 0; slice < weights.gate.slices.size(); ++slice) {
    const std::size_t outputs = weights.gate.slices[slice]->outputs();
    weights.gate.slices[slice]->multiply(worker.input.data(), block.rows, gate, false, worker.scratch);
    weights.up.slices[slice]->multiply(worker.input.data(), block.rows, up, false, worker.scratch);
    for (std::size_t i = 0; i < block.rows; ++i) {
      std::byte* const to = activation + i * row_bytes + slice * width * inputs_.element_bytes;
      combine(gate + i * outputs, up + i * outputs, outputs, to);
    }
  }
  add_to_residual(*weights.down, activation, block, weights.post_feed_forward_norm, worker);
}

void ForwardPass::add_to_residual(const Linear& linear, const void* in, Block block,
                                  const std::vector<float>& post_norm, PerWorker& worker) {
  if (!d_.post_norms) {
    linear.multiply(in, block.rows, x(block.first), true, worker.scratch);
    return;
  }
  auto* const out = worker.residual.as<float>(block.rows * d_.embedding);
  linear.multiply(in, block.rows, out, false, worker.scratch);
  for (std::size_t i = 0; i < block.rows; ++i) {
    float* const row = out + i * d_.embedding;
    k_.rms_norm(row, post_norm.data(), d_.norm_epsilon, d_.embedding, row);
    k_.add(x(block.first + i), row, d_.embedding);
  }
}

void ForwardPass::finish(Block block) {
  for (std::size_t row = std::max(block.first, first_hidden_); row < block.first + block.rows; ++row) {
    inputs_.rms_norm(x(row), t_.weights_.output_norm.data(), d_.norm_epsilon, d_.embedding,
                     hidden_ + (row - first_hidden_) * t_.hidden_bytes());
  }
}

}  // namespace lingua::engine
