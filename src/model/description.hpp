// One transformer, described by data: what the architectures that lingua scores with have in common, and
// where they differ.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace lingua::model {

class Gguf;

enum class Norm {
  rms,    ///< x / sqrt(mean(x^2)) * weight
  layer,  ///< (x - mean) / standard deviation * weight + bias
};
enum class Positions {
  rotate_adjacent,  ///< rope on (2i, 2i+1): llama GGUFs store permuted weights for it
  rotate_halves,    ///< rope on (i, i + n/2)
  learned,          ///< a vector for each position of the window is added to the embedding
};
enum class Activation {
  swiglu,  ///< of the feed-forward part: down(silu(gate) * up)
  geglu,   ///< down(gelu(gate) * up), with the tanh form of GELU
  gelu,    ///< down(gelu(up)), the same GELU; both matrices have biases
};

/// What follows from the name of the architecture alone: its row in the table of architectures.
struct Traits {
  Norm norm = Norm::rms;
  Positions positions = Positions::rotate_halves;
  bool rope_factors = false;  ///< rope_freqs.weight may divide the angle of each pair (Llama 3.1 and later)
  bool fused_qkv = false;     ///< the file holds the matrices of queries, keys and values as one
  bool qkv_bias = false;
  bool qk_norm = false;  ///< RMS norm of each head's query and key
  bool attention_output_bias = false;
  Activation activation = Activation::swiglu;
  bool post_norms = false;  ///< a second RMS norm after attention and feed-forward

  bool gated() const { return activation != Activation::gelu; }
};

/// Sizes are in elements.
struct Description : Traits {
  std::string architecture;
  std::size_t layers = 0, embedding = 0, heads = 0, kv_heads = 0, head_size = 0, feed_forward = 0, vocabulary = 0;
  std::size_t window = 0;  ///< positions the model was trained for
  float norm_epsilon = 0;

  std::size_t rope_dimensions = 0;  ///< leading elements of a head that are rotated; 0 with learned positions
  float rope_base = 0;              ///< of layers with full attention
  float rope_base_local = 0;        ///< of layers with a sliding window
  float rope_scale = 1;             ///< positions are divided by it in layers with full attention

  bool tied_head = false;                 ///< the output matrix is the embedding's
  float embedding_scale = 1;              ///< sqrt(embedding) for gemma3
  float attention_scale = 1;              ///< usually 1/sqrt(head_size)
  std::size_t sliding_window = 0;         ///< keys that a local layer sees, the own one included; 0: none is local
  std::size_t full_attention_period = 1;  ///< every n-th layer (n, 2n, ... counted from 1) has full attention

  bool is_local(std::size_t layer) const { return sliding_window != 0 && (layer + 1) % full_attention_period != 0; }
};

/// Reads and checks the description of a GGUF of one of the architectures in the table (architectures.hpp).
/// Throws Error: model_invalid (a key is missing, zero or absurd; sizes contradict), model_unsupported.
Description describe(const Gguf& gguf);

}  // namespace lingua::model
