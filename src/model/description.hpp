// One transformer, described by data: what the architectures that lingua scores with have in common, and
// where they differ.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace lingua::model {

class Gguf;

enum class Activation { silu, gelu_tanh };
enum class RopePairing {
  adjacent,  ///< rotates (2i, 2i+1): llama GGUFs store permuted weights for it
  halves,    ///< rotates (i, i + n/2): qwen2, gemma3
};

/// Sizes are in elements.
struct Description {
  std::string architecture;
  std::size_t layers, embedding, heads, kv_heads, head_size, feed_forward, vocabulary;
  std::size_t window;  ///< positions the model was trained for
  float norm_epsilon;

  Activation activation;
  RopePairing rope;
  std::size_t rope_dimensions;  ///< leading elements of a head that are rotated
  float rope_base;              ///< of layers with full attention
  float rope_base_local;        ///< of layers with a sliding window
  float rope_scale = 1;         ///< positions are divided by it in layers with full attention

  bool qkv_bias = false;
  bool qk_norm = false;                   ///< RMS norm of each head's query and key
  bool post_norms = false;                ///< a second norm after attention and feed-forward (gemma3)
  bool tied_head;                         ///< the output matrix is the embedding's
  float embedding_scale = 1;              ///< sqrt(embedding) for gemma3
  float attention_scale;                  ///< usually 1/sqrt(head_size)
  std::size_t sliding_window = 0;         ///< keys that a local layer sees, the own one included; 0: none is local
  std::size_t full_attention_period = 1;  ///< every n-th layer (n, 2n, ... counted from 1) has full attention

  bool is_local(std::size_t layer) const { return sliding_window != 0 && (layer + 1) % full_attention_period != 0; }
};

/// Reads and checks the description of a llama, qwen2 or gemma3 GGUF.
/// Throws Error: model_invalid (a key is missing, zero or absurd; sizes contradict), model_unsupported.
Description describe(const Gguf& gguf);

}  // namespace lingua::model
