// One forward pass, block by block of rows: what `Transformer::forward` hands out to threads.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/transformer.hpp"

namespace lingua::engine {

class ForwardPass {
 public:
  enum class Depth { whole, early };

  ForwardPass(const Transformer& transformer, std::span<const Chunk> chunks, Workspace& workspace, Depth depth);

  void run();

 private:
  using PerWorker = Workspace::PerWorker;

  // Rows of one chunk inside one block: they attend together.
  struct Piece {
    const Chunk* chunk;
    std::size_t first, rows;
    std::size_t first_id;  // of the chunk

    std::size_t position() const { return chunk->cache->size() + first_id; }
    bool is_read() const { return first_id + rows > chunk->first_hidden; }  // whether a hidden state is wanted
    bool is_watched() const { return chunk->attention != nullptr; }  // whether somebody asks what it attends to
  };

  // Rows that are multiplied together.
  struct Block {
    std::size_t first, rows;
    std::span<const Piece> pieces;
  };

  void cut(std::span<const Chunk> chunks, std::size_t rows);

  void run_layer(std::size_t layer, const Block& block, PerWorker& worker);

  // The steps of a block, in order. All but `gather` touch only the block's own rows.
  void embed(const Block& block);
  void project(std::size_t layer, const Block& block, PerWorker& worker);  // norm, qkv, rope; fills the caches
  const std::byte* gather(std::size_t layer, const Block& block, PerWorker& worker);   // attention
  void mix(std::size_t layer, const Block& block, const void* in, PerWorker& worker);  // output matrix, residual
  void feed_forward(std::size_t layer, const Block& block, PerWorker& worker);  // norm, gate and up, down, residual
  void finish(const Block& block);                                              // output norm

  void embed_row(TokenId id, std::size_t position, std::size_t row);
  void rotate_and_store(std::size_t layer, const Piece& piece, std::size_t index, float* qkv);
  PageAttention attention_of(std::size_t kv_head, const Piece& piece, std::size_t window, PerWorker& worker) const;
  template <class Visit>
  void for_each_page(std::size_t layer, std::size_t kv_head, const Piece& piece, PageAttention& page,
                     Visit visit) const;
  void attend_head(std::size_t layer, std::size_t kv_head, const Piece& piece, PerWorker& worker, std::byte* out);
  void add_to_residual(const Linear& linear, const std::vector<float>& bias, const std::vector<float>& post_norm,
                       const void* in, const Block& block, PerWorker& worker);
  void normalise(const NormWeights& norm, const Block& block, PerWorker& worker);
  void normalise_row(const NormWeights& norm, std::size_t row, std::byte* out) const;

  float* x(std::size_t row) const { return x_ + row * d_.embedding; }
  float* rotations(std::size_t row) const { return rotations_ + row * t_.rope_.size(); }
  std::byte* queries(const Piece& piece, std::size_t kv_head) const;

  const Transformer& t_;
  const model::Description& d_;
  const Kernels& k_;
  const InputKernels& inputs_;
  const AttentionKernels& attention_;
  std::span<const Chunk> chunks_;
  std::vector<Piece> pieces_;
  std::vector<Block> blocks_;
  Workspace& workspace_;
  Depth depth_;
  std::size_t layers_;
  std::size_t group_;  // query heads of one key-value head
  float* x_;
  float* rotations_;
  std::byte* queries_;
};

}  // namespace lingua::engine
