// The inner loops around the matrix products: norms, activations, rotary positions, attention, log-sum-exp.
//
// They are written once (kernels.inc), compiled once per instruction set, and chosen at run time through the tables
// below. The portable set is the truth that every other one is tested against.
//
// Sizes of rows are multiples of `kRowMultiple`, those of heads multiples of `kHeadMultiple`.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/kernels/isa.hpp"

namespace lingua::engine {

inline constexpr std::size_t kRowMultiple = 32;
inline constexpr std::size_t kHeadMultiple = 64;

/// Positions whose keys and values lie together.
inline constexpr std::size_t kPage = 64;

/// Kernels that end in a row in the form in which a matrix product of one compute type reads it.
struct InputKernels {
  std::size_t chunk_bytes;  ///< of kRowMultiple elements
  std::size_t bytes(std::size_t elements) const { return elements / kRowMultiple * chunk_bytes; }
  void (*convert)(const float* x, std::size_t n, void* out);
  /// out = x / sqrt(mean(x^2) + epsilon) * weight
  void (*rms_norm)(const float* x, const float* weight, float epsilon, std::size_t n, void* out);
  /// out = (x - mean(x)) / sqrt(variance(x) + epsilon) * weight + bias
  void (*layer_norm)(const float* x, const float* weight, const float* bias, float epsilon, std::size_t n, void* out);
  /// out = silu(gate) * up
  void (*gate_silu)(const float* gate, const float* up, std::size_t n, void* out);
  /// out = gelu(gate) * up, with the tanh form of GELU
  void (*gate_gelu)(const float* gate, const float* up, std::size_t n, void* out);
  /// out = gelu(x + bias), the same GELU
  void (*bias_gelu)(const float* x, const float* bias, std::size_t n, void* out);
};

/// Floats among which a sum may be spread: those of the widest vector.
inline constexpr std::size_t kSumLanes = 16;

/// Some queries of one key-value head against the keys and values of one page. The rows are the heads of the first
/// position, those of the second, ...
struct PageAttention {
  const void* queries;  ///< rows x head_size, already scaled
  std::size_t rows, head_size;
  std::size_t heads;                    ///< query heads that share the key-value head: rows of one position
  const void* keys;                     ///< of the page, as `write_key` leaves them
  const void* values;                   ///< of the page, as `write_value` leaves them
  const void *next_keys, *next_values;  ///< of the page that comes next, to be fetched ahead; null for none
  std::ptrdiff_t first_position;        ///< of the queries, counted from the page's first key
  std::ptrdiff_t window;                ///< keys that a query sees, its own included
  // What the pages so far add up to: `start` empties it, `finish` divides `out` by the sums.
  float* reference;  ///< rows: about the largest score, in powers of 2
  float* sums;       ///< rows x kSumLanes, to be added up: of 2^(score - reference)
  float* out;        ///< rows x head_size: sum of 2^(score - reference) * value
};

/// Kernels for keys and values of one element type. A page holds kPage x head_size elements of each.
struct AttentionKernels {
  std::size_t element_bytes;
  /// Scales for scores of `scale` * (query * key).
  void (*write_query)(const float* x, float scale, std::size_t head_size, void* out);
  void (*write_key)(const float* x, std::size_t head_size, void* page_keys, std::size_t slot);
  void (*write_value)(const float* x, std::size_t head_size, void* page_values, std::size_t slot);
  void (*start)(const PageAttention& state);
  void (*attend)(const PageAttention& page);
  /// weights[position][slot] += 2^(score - reference) / sum for each head of the position: what its queries pay to
  /// the page, once `attend` has seen all pages. Rows of `weights` are `stride` numbers apart.
  void (*add_weights)(const PageAttention& page, float* weights, std::size_t stride);
  void (*finish)(const PageAttention& state);
};

/// 32 numbers, scale * q: the arithmetic of GGUF's Q8_0.
struct Q8Block {
  float scale;
  std::uint32_t offset;  ///< -128 * sum of q: takes back the 128 that Q8Columns adds
  std::int8_t q[kRowMultiple];
};

inline constexpr std::size_t kQ8Columns = 48;

/// The weights of kQ8Columns outputs for one block of inputs.
struct alignas(64) Q8Columns {
  std::uint8_t q[kRowMultiple / 4][kQ8Columns][4];  ///< q + 128; four neighbouring inputs lie together
  float scale[kQ8Columns];
};

/// out = in * W^T, or out += in * W^T with `accumulate`.
struct Q8Product {
  const Q8Block* in;  ///< rows x blocks
  std::size_t rows, blocks;
  const Q8Columns* weights;  ///< (outputs / kQ8Columns, rounded up) x blocks
  std::size_t outputs;
  float* out;  ///< rows x outputs
  bool accumulate;
};

inline constexpr std::size_t kBf16Columns = 64;

/// out = in * W^T, or out += in * W^T with `accumulate`.
struct Bf16Product {
  const void* in;  ///< rows x inputs, as bf16_inputs write them
  std::size_t rows, inputs;
  const std::uint32_t*
      weights;  ///< (outputs / kBf16Columns, rounded up) x (inputs / 2) x kBf16Columns pairs of inputs
  std::size_t outputs;
  float* out;  ///< rows x outputs
  bool accumulate;
};

struct Kernels {
  Isa isa;
  void (*add)(float* x, const float* y, std::size_t n);  ///< x += y
  void (*scale)(float* x, float factor, std::size_t n);  ///< x *= factor
  /// out = x / sqrt(mean(x^2) + epsilon) * weight; `out` may be `x`
  void (*rms_norm)(const float* x, const float* weight, float epsilon, std::size_t n, float* out);
  /// Rotates (x[i], x[i + n/2]) by the angle whose cosine and sine are given, n/2 of each.
  void (*rope)(float* x, const float* cosines, const float* sines, std::size_t n);
  /// maximum = max(x), sum = sum(exp(x - maximum)); any n > 0
  void (*log_sum_exp)(const float* x, std::size_t n, float* maximum, float* sum);
  /// Quantises with more care than q8_inputs: for what is done once.
  void (*quantise_weights)(const float* x, std::size_t n, Q8Block* out);
  /// The same bits from every instruction set.
  void (*multiply_q8)(const Q8Product& product);
  /// What a row results in depends neither on the others nor on their number.
  void (*multiply_bf16)(const Bf16Product& product);
  InputKernels f32_inputs, bf16_inputs, q8_inputs;
  AttentionKernels f32_attention, bf16_attention;
};

/// The kernels of `isa`, which must be supported.
const Kernels& kernels(Isa isa);

}  // namespace lingua::engine
