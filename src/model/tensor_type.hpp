// The formats in which a GGUF stores weights, and their way back to floats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lingua::model {

/// Values are those of the GGUF format (ggml_type). A file may hold others, which lingua names but cannot decode.
enum class TensorType : std::uint32_t {
  f32 = 0,
  f16 = 1,
  q4_0 = 2,
  q4_1 = 3,
  q5_0 = 6,
  q5_1 = 7,
  q8_0 = 8,
  q4_k = 12,
  q5_k = 13,
  q6_k = 14,
  bf16 = 30,
};

struct TensorTypeInfo {
  TensorType type;
  std::string_view name;       ///< "Q4_K"
  std::size_t block_elements;  ///< elements that share scales; a row holds whole blocks
  std::size_t block_bytes;
};

/// Facts about `type`; nothing for a value that is not in the enumeration.
std::optional<TensorTypeInfo> tensor_type_info(TensorType type);

/// The name of any type: "Q4_K", "Q3_K" (known, not decodable), "type 99".
std::string tensor_type_name(TensorType type);

/// What `dequantize` decodes, for messages: "F32, F16, ...".
std::string decodable_type_names();

/// Decodes one row. `row.size()` must be the bytes of `values.size()` elements, a whole number of blocks.
void dequantize(TensorType type, std::span<const std::byte> row, std::span<float> values);

}  // namespace lingua::model
