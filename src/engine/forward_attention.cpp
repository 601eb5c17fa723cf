// The attention half of a layer: queries, keys and values of a block of rows, and what the rows gather from all
// earlier positions.
#include <algorithm>

#include "engine/forward_pass.hpp"

namespace lingua::engine {

void ForwardPass::project(std::size_t layer, const Block& block, PerWorker& worker) {
  const LayerWeights& weights = t_.weights_.layers[layer];
  normalise(weights.attention_norm, block, worker);
  const std::size_t outputs = weights.qkv->outputs();
  auto* qkv = worker.qkv.as<float>(block.rows * outputs);
  weights.qkv->multiply(worker.input.data(), block.rows, qkv, false, worker.scratch);
  for (const Piece& piece : block.pieces) {
    for (std::size_t i = 0; i < piece.rows; ++i, qkv += outputs) rotate_and_store(layer, piece, i, qkv);
  }
}

// One row of queries, keys and values: bias, norm of heads, rope, and on to the attention of this layer.
void ForwardPass::rotate_and_store(std::size_t layer, const Piece& piece, std::size_t index, float* qkv) {
  const LayerWeights& weights = t_.weights_.layers[layer];
  const KvCache& cache = *piece.chunk->cache;
  const std::size_t size = d_.head_size, position = piece.position() + index;
  const Rope::Rotation rotation = t_.rope_.choose(rotations(piece.first + index), d_.is_local(layer));
  const auto prepare = [&](float* head, const std::vector<float>& norm) {
    if (d_.qk_norm) k_.rms_norm(head, norm.data(), d_.norm_epsilon, size, head);
    k_.rope(head, rotation.cosines, rotation.sines, d_.rope_dimensions);
  };
  if (d_.qkv_bias) k_.add(qkv, weights.qkv_bias.data(), weights.qkv_bias.size());

  for (std::size_t head = 0; head < d_.heads; ++head, qkv += size) {
    prepare(qkv, weights.query_norm);
    std::byte* const to =
        queries(piece, head / group_) + (index * group_ + head % group_) * size * attention_.element_bytes;
    attention_.write_query(qkv, d_.attention_scale, size, to);
  }
  for (std::size_t head = 0; head < d_.kv_heads; ++head, qkv += size) {
    prepare(qkv, weights.key_norm);
    attention_.write_key(qkv, size, cache.keys(layer, head, position / kPage), position % kPage);
  }
  for (std::size_t head = 0; head < d_.kv_heads; ++head, qkv += size) {
    attention_.write_value(qkv, size, cache.values(layer, head, position / kPage), position % kPage);
  }
}

// The queries of a piece lie together: [key-value head][row][head of the group][head_size].
std::byte* ForwardPass::queries(const Piece& piece, std::size_t kv_head) const {
  const std::size_t rows_before = piece.first * d_.heads + kv_head * piece.rows * group_;
  return queries_ + rows_before * d_.head_size * attention_.element_bytes;
}

const std::byte* ForwardPass::gather(std::size_t layer, const Block& block, PerWorker& worker) {
  const std::size_t row_bytes = inputs_.bytes(d_.heads * d_.head_size);
  auto* const out = worker.input.as<std::byte>(block.rows * row_bytes);
  for (const Piece& piece : block.pieces) {
    std::byte* const to = out + (piece.first - block.first) * row_bytes;
    for (std::size_t head = 0; head < d_.kv_heads; ++head) attend_head(layer, head, piece, worker, to);
  }
  return out;
}

void ForwardPass::mix(std::size_t layer, const Block& block, const void* in, PerWorker& worker) {
  const LayerWeights& weights = t_.weights_.layers[layer];
  add_to_residual(*weights.attention_output, weights.attention_output_bias, weights.post_attention_norm, in, block,
                  worker);
}

// What is left to do for one key-value head before its pages come, one after the other.
PageAttention ForwardPass::attention_of(std::size_t kv_head, const Piece& piece, std::size_t window,
                                        PerWorker& worker) const {
  const std::size_t rows = piece.rows * group_;
  auto* const out = worker.attention.as<float>(rows * (d_.head_size + kSumLanes + 1));
  auto* const sums = out + rows * d_.head_size;
  PageAttention attention = {};
  attention.queries = queries(piece, kv_head);
  attention.rows = rows;
  attention.head_size = d_.head_size;
  attention.heads = group_;
  attention.window = static_cast<std::ptrdiff_t>(window);
  attention.reference = sums + rows * kSumLanes;
  attention.sums = sums;
  attention.out = out;
  return attention;
}

// Visits the pages that the queries of a piece see; `page` describes the one that is visited.
template <class Visit>
void ForwardPass::for_each_page(std::size_t layer, std::size_t kv_head, const Piece& piece, PageAttention& page,
                                Visit visit) const {
  const KvCache& cache = *piece.chunk->cache;
  const std::size_t first = piece.position(), last = first + piece.rows - 1;
  const auto window = static_cast<std::size_t>(page.window);
  for (std::size_t p = first + 1 > window ? (first + 1 - window) / kPage : 0; p <= last / kPage; ++p) {
    page.keys = cache.keys(layer, kv_head, p);
    page.values = cache.values(layer, kv_head, p);
    if (p < last / kPage) {
      page.next_keys = cache.keys(layer, kv_head, p + 1);
      page.next_values = cache.values(layer, kv_head, p + 1);
    } else {
      page.next_keys = page.next_values = nullptr;
    }
    page.first_position = static_cast<std::ptrdiff_t>(first) - static_cast<std::ptrdiff_t>(p * kPage);
    visit(p * kPage);
  }
}

// The queries of a piece that share a key-value head, against the pages that they see; heads go side by side into
// `out`.
void ForwardPass::attend_head(std::size_t layer, std::size_t kv_head, const Piece& piece, PerWorker& worker,
                              std::byte* out) {
  const std::size_t positions = piece.position() + piece.rows;
  PageAttention page = attention_of(kv_head, piece, d_.is_local(layer) ? d_.sliding_window : positions, worker);
  attention_.start(page);
  for_each_page(layer, kv_head, piece, page, [&](std::size_t) { attention_.attend(page); });
  if (piece.is_watched()) {
    const Chunk& chunk = *piece.chunk;
    const std::size_t stride = Transformer::attention_stride(chunk.cache->size() + chunk.ids.size());
    float* const weights = chunk.attention + piece.first_id * stride;
    for_each_page(layer, kv_head, piece, page,
                  [&](std::size_t position) { attention_.add_weights(page, weights + position, stride); });
  }
  attention_.finish(page);
  const std::size_t width = group_ * d_.head_size;
  for (std::size_t i = 0; i < piece.rows; ++i) {
    std::byte* const to = out + inputs_.bytes((i * d_.kv_heads + kv_head) * width);
    inputs_.convert(page.out + i * width, width, to);
  }
}

}  // namespace lingua::engine
