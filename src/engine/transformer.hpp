// The forward pass: tokens in, final hidden states out, keys and values into the caches on the way.
//
// Rows (tokens, of one sequence or of several) are cut into blocks. A layer is one phase in which each block attends
// to all earlier positions, goes through the feed-forward part, and writes its queries, keys and values for the next
// layer; threads meet only between phases. A row's arithmetic depends neither on the thread that does it nor on the
// rows beside it: a text has the same surprisals to the last bit whatever is read in the same pass.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include <lingua/model.hpp>

#include "engine/buffer.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/kv_cache.hpp"
#include "engine/rope.hpp"
#include "engine/weights.hpp"
#include "engine/workers.hpp"

namespace lingua::engine {

/// Memory of forward passes, kept from one to the next.
struct Workspace {
  struct PerWorker {
    Buffer input, qkv, attention, gate, up, activation, residual, scratch;
  };
  Buffer x, queries, rotations;
  std::vector<PerWorker> workers;

  std::size_t bytes() const noexcept;
};

/// The next tokens of one sequence.
struct Chunk {
  std::span<const TokenId> ids;
  KvCache* cache;            ///< of the sequence: the ids stand at the positions that follow those in it
  std::size_t first_hidden;  ///< the hidden states of ids[first_hidden, ...) are wanted
  std::byte* hidden;         ///< where they go, one after the other
  /// If not null, attention[id][position] grows by the softmax weights that the id pays to the position, of all heads
  /// and layers. Rows have `Transformer::attention_stride` numbers.
  float* attention = nullptr;
};

/// Immutable, shared by threads.
class Transformer {
 public:
  Transformer(std::shared_ptr<const model::Gguf> gguf, const model::Description& description, ComputeType compute,
              Workers& workers);

  const model::Description& description() const noexcept { return d_; }
  KvPages new_pages() const;

  /// Bytes of one hidden state: after the output norm, in the form in which the output head reads it.
  std::size_t hidden_bytes() const noexcept { return inputs_.bytes(d_.embedding); }

  /// Reads the chunks, each into its cache. At most kMaxRows ids in all, at positions within the model's window.
  void forward(std::span<const Chunk> chunks, Workspace& workspace) const;

  /// Reads the chunks through the first quarter of the layers only. Chunk::hidden gets what leaves the last of these,
  /// the residual stream: `description().embedding` floats for each id that is wanted. The caches hold too little to
  /// be of any more use afterwards.
  void early_states(std::span<const Chunk> chunks, Workspace& workspace) const;

  /// surprisals[i] = -ln p(targets[i] | hidden state i): the output head and log-softmax in one, by panels of the
  /// vocabulary, so that no logits of the whole vocabulary ever exist.
  void surprisals(const std::byte* hidden, std::span<const TokenId> targets, std::span<float> surprisals) const;

  /// Numbers of a row of Chunk::attention, for a text that has `positions` with the chunk: whole pages.
  static constexpr std::size_t attention_stride(std::size_t positions) {
    return (positions + kPage - 1) / kPage * kPage;
  }

  static constexpr std::size_t kMaxRows = 512;

  /// What `early_states` does of `whole` layers, or of work that grows with them: a quarter, rounded up.
  static constexpr std::size_t early_part_of(std::size_t whole) { return (whole + 3) / 4; }

 private:
  friend class ForwardPass;

  std::shared_ptr<const model::Gguf> gguf_;
  model::Description d_;
  Workers& workers_;
  const Kernels& kernels_;
  const InputKernels& inputs_;
  const AttentionKernels& attention_;
  std::unique_ptr<LinearPacker> packer_;
  Weights weights_;
  const model::Tensor* embedding_;
  Rope rope_;
};

}  // namespace lingua::engine
