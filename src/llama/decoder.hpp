// One key-value cache of libllama, and the reading of tokens into it, with or without surprisals.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <lingua/scorer.hpp>

#include "engine/workers.hpp"
#include "llama/library.hpp"
#include "llama/output_head.hpp"

namespace lingua::llama {

/// What the decoders of a model share; all of it outlives them.
struct DecoderSetup {
  llama_model* model;
  const OutputHead* head;  ///< null: libllama computes the logits
  engine::Workers* workers;
  std::size_t window;  ///< positions of a cache at most
};

/// For use by one thread at a time.
class Decoder {
 public:
  explicit Decoder(const DecoderSetup& setup) : setup_(setup) {}
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  /// Positions in the cache.
  std::size_t size() const noexcept { return size_; }

  /// Forgets the positions from `size` on. May forget all of them: recurrent models cannot step back.
  void truncate(std::size_t size);

  /// Makes room for `positions` in all, at most the window. May forget all.
  void reserve(std::size_t positions);

  /// Reads `ids`, for which there is room, and fills surprisals[i] = -ln p(targets[i] | everything up to the id that
  /// it belongs to): the last of `targets` to the last of `ids`, and so on. Throws Error internal, and forgets all.
  void read(std::span<const TokenId> ids, std::span<const TokenId> targets, std::span<float> surprisals);

 private:
  ContextHandle make_context(std::size_t positions);
  std::size_t batch_rows() const;
  void decode(std::span<const TokenId> ids, std::size_t outputs);
  void read_logits(std::span<const TokenId> targets, std::span<float> surprisals);
  static bool take_hidden(ggml_tensor* tensor, bool ask, void* decoder);

  const DecoderSetup& setup_;
  ContextHandle context_;
  std::size_t capacity_ = 0, size_ = 0;
  std::vector<float> hidden_;  // of the last batch's rows, after the output norm
};

}  // namespace lingua::llama
