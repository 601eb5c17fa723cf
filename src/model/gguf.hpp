// Reads GGUF files (versions 2 and 3): metadata and tensors of a language model.
// The file is memory-mapped; every size, offset, count and type is checked here, once, so that the rest of the
// program may trust what it gets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/tensor_type.hpp"

namespace lingua::model {

/// A tensor as it lies in the file. `shape[0]` is the fastest dimension: a matrix of `rows` x `columns` in the usual
/// sense has shape {columns, rows}.
struct Tensor {
  std::string_view name;
  TensorType type;
  std::vector<std::uint64_t> shape;  ///< 1 to 4 dimensions, each at least 1
  std::span<const std::byte> data;   ///< exactly the bytes of the tensor; valid as long as the Gguf

  std::uint64_t elements() const;
  std::uint64_t columns() const { return shape[0]; }
  std::uint64_t rows() const;  ///< product of all other dimensions
  std::span<const std::byte> row(std::uint64_t index) const;
};

class Gguf {
 public:
  /// Maps and checks the file at `path`.
  /// Throws Error: model_not_found, model_invalid, model_unsupported (tensor types that lingua does not know).
  static std::shared_ptr<const Gguf> open(const std::filesystem::path& path);
  virtual ~Gguf() = default;

  virtual const std::filesystem::path& path() const noexcept = 0;
  virtual std::uint64_t file_bytes() const noexcept = 0;

  /// 64 hexadecimal bits over the metadata, the tensor table and samples of the weights.
  virtual const std::string& fingerprint() const noexcept = 0;

  virtual bool has(std::string_view key) const = 0;

  // Typed look-ups. They throw Error model_invalid, naming file, key and expected type, when the key is missing or
  // of another type; integers of any width are accepted where they fit. The `_or` forms return the fallback
  // when the key is missing only.
  virtual std::uint64_t integer(std::string_view key) const = 0;
  virtual double number(std::string_view key) const = 0;
  virtual bool boolean_or(std::string_view key, bool fallback) const = 0;
  virtual std::string_view string(std::string_view key) const = 0;
  virtual const std::vector<std::string_view>& strings(std::string_view key) const = 0;
  virtual std::vector<float> floats(std::string_view key) const = 0;
  virtual std::vector<std::int32_t> integers(std::string_view key) const = 0;
  std::uint64_t integer_or(std::string_view key, std::uint64_t fallback) const;
  double number_or(std::string_view key, double fallback) const;
  std::string_view string_or(std::string_view key, std::string_view fallback) const;

  virtual std::span<const Tensor> tensors() const noexcept = 0;
  virtual const Tensor* find_tensor(std::string_view name) const = 0;

  /// The tensor `name` with exactly `shape`. Throws Error model_invalid naming file, tensor, and expected and found
  /// shape.
  const Tensor& tensor(std::string_view name, std::initializer_list<std::uint64_t> shape) const;
};

}  // namespace lingua::model
