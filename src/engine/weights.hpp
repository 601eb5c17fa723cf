// The weights of a transformer, taken from a GGUF and packed for one compute type.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "engine/linear.hpp"
#include "engine/workers.hpp"
#include "model/description.hpp"
#include "model/gguf.hpp"

namespace lingua::engine {

struct NormWeights {
  std::vector<float> weight;
  std::vector<float> bias;  ///< of layer norms; else empty
};

/// What an architecture does without is empty.
struct LayerWeights {
  NormWeights attention_norm, feed_forward_norm;
  std::vector<float> query_norm, key_norm;
  std::vector<float> post_attention_norm, post_feed_forward_norm;
  std::vector<float> qkv_bias, attention_output_bias, up_bias, down_bias;
  std::unique_ptr<Linear> qkv, attention_output, down;
  SlicedLinear gate, up;
};

/// Queries and keys are laid out so that rope always rotates (i, i + n/2), whatever the file's pairing.
struct Weights {
  std::vector<LayerWeights> layers;
  NormWeights output_norm;
  std::vector<float> positions;     ///< window x embedding, of learned positions
  std::vector<float> rope_factors;  ///< that divide the angle of each rotated pair
  SlicedLinear head;
};

/// Throws Error: model_invalid (a tensor is missing or of another shape), model_unsupported (sizes that the kernels
/// do not take).
Weights load_weights(const model::Gguf& gguf, const model::Description& description, LinearPacker& packer,
                     Workers& workers);

}  // namespace lingua::engine
