// The structure of a GGUF file: parses the header and checks everything in it against the bytes that are there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/tensor_type.hpp"

namespace lingua::model {

/// A tensor as it lies in the file. `shape[0]` is the fastest dimension: a matrix of `rows` x `columns` in the usual
/// sense has shape {columns, rows}.
struct Tensor {
  std::string_view name;
  TensorType type;
  std::vector<std::uint64_t> shape;  ///< 1 to 4 dimensions, each at least 1
  std::span<const std::byte> data;   ///< exactly the bytes of the tensor, which live as long as the Gguf;
                                     ///< none when lingua cannot decode the type

  std::uint64_t elements() const;
  std::uint64_t columns() const { return shape[0]; }
  std::uint64_t rows() const;  ///< product of all other dimensions
  std::span<const std::byte> row(std::uint64_t index) const;
};

/// Values are those of the GGUF format (gguf_metadata_value_type).
enum class ValueType : std::uint32_t { u8, i8, u16, i16, u32, i32, f32, boolean, string, array, u64, i64, f64 };

/// A metadata value, still encoded.
struct Value {
  ValueType type;
  ValueType element;                      ///< of an array; otherwise `type`
  std::uint64_t count = 1;                ///< elements of an array
  std::span<const std::byte> bytes = {};  ///< numbers and booleans, packed without alignment
  std::vector<std::string_view> strings = {};
};

/// A parsed header. Views into the file.
struct GgufContents {
  std::span<const std::byte> header;  ///< everything before the tensor data
  std::unordered_map<std::string_view, Value> values;
  std::vector<Tensor> tensors;
  std::unordered_map<std::string_view, std::size_t> tensor_index;
};

/// Parses `file`; `path` is for messages only.
/// Throws Error: model_invalid; model_unsupported for other versions of GGUF and big-endian files.
GgufContents parse_gguf(std::span<const std::byte> file, std::string_view path);

/// `name` in quotes, fit for a message whatever bytes it has.
std::string in_quotes(std::string_view name);

}  // namespace lingua::model
