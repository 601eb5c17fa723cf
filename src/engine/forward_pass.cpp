#include "engine/forward_pass.hpp"

#include <algorithm>
#include <cstring>

namespace lingua::engine {
namespace {

// Where the blocks of a pass end: the same work for all threads, in pieces that are as large as may be, because each
// reads all weights of the layer.
std::vector<std::size_t> block_ends(std::size_t rows, std::size_t threads) {
  constexpr std::size_t kStep = 4;  // few different sizes: each has to be prepared when it first occurs
  const std::size_t rounds = (rows + threads * Linear::kMaxRows - 1) / (threads * Linear::kMaxRows);
  const std::size_t blocks = rounds * threads;
  const std::size_t step = rows > blocks * (Linear::kMaxRows - kStep) ? 1 : kStep, steps = (rows + step - 1) / step;
  std::vector<std::size_t> ends;
  for (std::size_t block = 1; block <= blocks; ++block) {
    const std::size_t end = std::min(rows, steps * block / blocks * step);
    if (end > (ends.empty() ? 0 : ends.back())) ends.push_back(end);
  }
  return ends;
}

std::size_t count_rows(std::span<const Chunk> chunks) {
  std::size_t rows = 0;
  for (const Chunk& chunk : chunks) rows += chunk.ids.size();
  return rows;
}

}  // namespace

ForwardPass::ForwardPass(const Transformer& transformer, std::span<const Chunk> chunks, Workspace& workspace,
                         Depth depth)
    : t_(transformer),
      d_(transformer.d_),
      k_(transformer.kernels_),
      inputs_(transformer.inputs_),
      attention_(transformer.attention_),
      chunks_(chunks),
      workspace_(workspace),
      depth_(depth),
      layers_(depth == Depth::early ? Transformer::early_part_of(d_.layers) : d_.layers),
      group_(d_.heads / d_.kv_heads) {
  const std::size_t rows = count_rows(chunks);
  cut(chunks, rows);
  x_ = workspace.x.as<float>(rows * d_.embedding);
  rotations_ = workspace.rotations.as<float>(rows * t_.rope_.size());
  queries_ = workspace.queries.as<std::byte>(rows * d_.heads * d_.head_size * attention_.element_bytes);
  workspace.workers.resize(t_.workers_.threads());
}

// Lays the chunks' rows out one after the other, and cuts them at the ends of blocks.
void ForwardPass::cut(std::span<const Chunk> chunks, std::size_t rows) {
  const std::vector<std::size_t> ends = block_ends(rows, t_.workers_.threads());
  std::size_t row = 0;
  for (const Chunk& chunk : chunks) {
    for (std::size_t id = 0; id < chunk.ids.size();) {
      const std::size_t end = *std::ranges::upper_bound(ends, row);
      const std::size_t count = std::min(chunk.ids.size() - id, end - row);
      pieces_.push_back({&chunk, row, count, id});
      row += count, id += count;
    }
  }
  auto piece = pieces_.begin();
  for (const std::size_t end : ends) {
    const auto next = std::find_if(piece, pieces_.end(), [&](const Piece& later) { return later.first >= end; });
    blocks_.push_back({piece->first, end - piece->first, {piece, next}});
    piece = next;
  }
}

void ForwardPass::run() {
  for (const Chunk& chunk : chunks_) chunk.cache->reserve(chunk.ids.size());
  t_.workers_.run(blocks_.size(), [&](std::size_t index, unsigned worker) {
    embed(blocks_[index]);
    project(0, blocks_[index], workspace_.workers[worker]);
  });
  for (std::size_t layer = 0; layer < layers_; ++layer) {
    t_.workers_.run(blocks_.size(), [&](std::size_t index, unsigned worker) {
      run_layer(layer, blocks_[index], workspace_.workers[worker]);
    });
  }
  // Not before all is written: a failure leaves the caches as they were.
  for (const Chunk& chunk : chunks_) chunk.cache->extend(chunk.ids.size());
}

// The last layer does no more than somebody reads.
void ForwardPass::run_layer(std::size_t layer, const Block& block, PerWorker& worker) {
  const bool last = layer + 1 == layers_, read = !last || std::ranges::any_of(block.pieces, &Piece::is_read);
  if (!read && std::ranges::none_of(block.pieces, &Piece::is_watched)) return;
  const std::byte* const gathered = gather(layer, block, worker);
  if (!read) return;
  mix(layer, block, gathered, worker);
  feed_forward(layer, block, worker);
  if (last) {
    finish(block);
  } else {
    project(layer + 1, block, worker);
  }
}

void ForwardPass::embed(const Block& block) {
  for (const Piece& piece : block.pieces) {
    for (std::size_t i = 0; i < piece.rows; ++i) {
      embed_row(piece.chunk->ids[piece.first_id + i], piece.position() + i, piece.first + i);
    }
  }
}

void ForwardPass::embed_row(TokenId id, std::size_t position, std::size_t row) {
  const auto weights = t_.embedding_->row(static_cast<std::uint64_t>(id));
  model::dequantize(t_.embedding_->type, weights, {x(row), d_.embedding});
  if (d_.embedding_scale != 1) k_.scale(x(row), d_.embedding_scale, d_.embedding);
  if (d_.positions == model::Positions::learned) {
    k_.add(x(row), t_.weights_.positions.data() + position * d_.embedding, d_.embedding);
  }
  t_.rope_.compute(position, rotations(row));
}

void ForwardPass::normalise_row(const NormWeights& norm, std::size_t row, std::byte* out) const {
  const float* const weight = norm.weight.data();
  if (d_.norm == model::Norm::layer) {
    inputs_.layer_norm(x(row), weight, norm.bias.data(), d_.norm_epsilon, d_.embedding, out);
  } else {
    inputs_.rms_norm(x(row), weight, d_.norm_epsilon, d_.embedding, out);
  }
}

void ForwardPass::normalise(const NormWeights& norm, const Block& block, PerWorker& worker) {
  const std::size_t row_bytes = inputs_.bytes(d_.embedding);
  auto* const input = worker.input.as<std::byte>(block.rows * row_bytes);
  for (std::size_t i = 0; i < block.rows; ++i) normalise_row(norm, block.first + i, input + i * row_bytes);
}

void ForwardPass::feed_forward(std::size_t layer, const Block& block, PerWorker& worker) {
  const LayerWeights& weights = t_.weights_.layers[layer];
  normalise(weights.feed_forward_norm, block, worker);
  const std::size_t width = weights.up.width, row_bytes = inputs_.bytes(d_.feed_forward);
  auto* const gate = worker.gate.as<float>(d_.gated() ? block.rows * width : 0);
  auto* const up = worker.up.as<float>(block.rows * width);
  auto* const activation = worker.activation.as<std::byte>(block.rows * row_bytes);
  const auto multiply = [&](const SlicedLinear& matrix, std::size_t slice, float* out) {
    matrix.slices[slice]->multiply(worker.input.data(), block.rows, out, false, worker.scratch);
  };
  for (std::size_t slice = 0; slice < weights.up.slices.size(); ++slice) {
    if (d_.gated()) multiply(weights.gate, slice, gate);
    multiply(weights.up, slice, up);
    const std::size_t first = slice * width, outputs = weights.up.slices[slice]->outputs();
    for (std::size_t i = 0; i < block.rows; ++i) {
      std::byte* const to = activation + i * row_bytes + inputs_.bytes(first);
      switch (d_.activation) {
        case model::Activation::swiglu:
          inputs_.gate_silu(gate + i * outputs, up + i * outputs, outputs, to);
          break;
        case model::Activation::geglu:
          inputs_.gate_gelu(gate + i * outputs, up + i * outputs, outputs, to);
          break;
        case model::Activation::gelu:
          inputs_.bias_gelu(up + i * outputs, weights.up_bias.data() + first, outputs, to);
          break;
      }
    }
  }
  add_to_residual(*weights.down, weights.down_bias, weights.post_feed_forward_norm, activation, block, worker);
}

void ForwardPass::add_to_residual(const Linear& linear, const std::vector<float>& bias,
                                  const std::vector<float>& post_norm, const void* in, const Block& block,
                                  PerWorker& worker) {
  const bool direct = post_norm.empty();
  auto* const out = direct ? x(block.first) : worker.residual.as<float>(block.rows * d_.embedding);
  linear.multiply(in, block.rows, out, direct, worker.scratch);
  for (std::size_t i = 0; i < block.rows; ++i) {
    float* const row = out + i * d_.embedding;
    if (!bias.empty()) k_.add(row, bias.data(), d_.embedding);
    if (direct) continue;
    k_.rms_norm(row, post_norm.data(), d_.norm_epsilon, d_.embedding, row);
    k_.add(x(block.first + i), row, d_.embedding);
  }
}

void ForwardPass::finish(const Block& block) {
  const std::size_t bytes = depth_ == Depth::whole ? t_.hidden_bytes() : d_.embedding * sizeof(float);
  for (const Piece& piece : block.pieces) {
    const Chunk& chunk = *piece.chunk;
    for (std::size_t id = std::max(piece.first_id, chunk.first_hidden); id < piece.first_id + piece.rows; ++id) {
      const std::size_t row = piece.first + id - piece.first_id;
      std::byte* const hidden = chunk.hidden + (id - chunk.first_hidden) * bytes;
      if (depth_ == Depth::whole) {
        normalise_row(t_.weights_.output_norm, row, hidden);
      } else {
        std::memcpy(hidden, x(row), bytes);
      }
    }
  }
}

}  // namespace lingua::engine
