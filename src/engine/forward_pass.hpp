// One forward pass, block by block of rows: what `Transformer::forward` hands out to threads.
#pragma once

#include <cstddef>
#include <span>

#include "engine/transformer.hpp"

namespace lingua::engine {

class ForwardPass {
 public:
  ForwardPass(const Transformer& transformer, std::span<const TokenId> ids, KvCache& cache, std::size_t first_hidden,
              std::byte* hidden, Workspace& workspace);

  void run();

 private:
  using PerWorker = Workspace::PerWorker;
  struct Block {
    std::size_t first, rows;
  };

  Block block(std::size_t index) const;

  // The steps of a block, in order. All but `attend` touch only the block's own rows.
  void embed(Block block);
  void project(std::size_t layer, Block block, PerWorker& worker);       // norm, qkv, rope; fills the cache
  void attend(std::size_t layer, Block block, PerWorker& worker);        // attention, output matrix, residual
  void feed_forward(std::size_t layer, Block block, PerWorker& worker);  // norm, gate and up, down, residual
  void finish(Block block);                                              // output norm

  void rotate_and_store(std::size_t layer, std::size_t row, float* qkv);
  PageAttention attention_of(std::size_t kv_head, Block block, std::size_t window, PerWorker& worker) const;
  void attend_head(std::size_t layer, std::size_t kv_head, Block block, PerWorker& worker, std::byte* out);
  void add_to_residual(const Linear& linear, const void* in, Block block, const std::vector<float>& post_norm,
                       PerWorker& worker);
  void normalise(const std::vector<float>& weight, Block block, PerWorker& worker);

  float* x(std::size_t row) const { return x_ + row * d_.embedding; }
  const float* rotation(std::size_t row, bool local) const {
    return rotations_ + (2 * row + (local ? 1 : 0)) * d_.rope_dimensions;
  }
  std::byte* queries(Block block, std::size_t kv_head) const;

  const Transformer& t_;
  const model::Description& d_;
  const Kernels& k_;
  const InputKernels& inputs_;
  const AttentionKernels& attention_;
  std::span<const TokenId> ids_;
  KvCache& cache_;
  std::size_t start_;  // position of the first id
  std::size_t first_hidden_;
  std::byte* hidden_;
  Workspace& workspace_;
  std::size_t group_;  // query heads of one key-value head
  std::size_t block_rows_;
  float* x_;
  float* rotations_;
  std::byte* queries_;
};

}  // namespace lingua::engine
