// Reads GGUF files (versions 2 and 3): metadata and tensors of a language model.
// The file is memory-mapped; every size, offset, count and type is checked here, once, so that the rest of the
// program may trust what it gets.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/gguf_format.hpp"
#include "model/mapped_file.hpp"

namespace lingua::model {

/// Immutable, shared by threads.
class Gguf {
 public:
  /// Maps and checks the file at `path`.
  /// Throws Error: model_not_found, model_invalid, model_unsupported (another version of the format, big-endian).
  static std::shared_ptr<const Gguf> open(const std::filesystem::path& path);

  const std::filesystem::path& path() const noexcept { return path_; }
  std::uint64_t file_bytes() const noexcept { return file_.bytes().size(); }

  /// 64 hexadecimal bits over the metadata, the tensor table and samples of the weights.
  const std::string& fingerprint() const noexcept { return fingerprint_; }

  /// Gives memory back when the weights were read; they can still be read again.
  void release_pages() const noexcept { file_.release_pages(); }

  bool has(std::string_view key) const { return contents_.values.contains(key); }

  // Typed look-ups. They throw Error model_invalid, naming file, key and expected type, when the key is missing or
  // of another type; integers of any width are accepted where they fit. The `_or` forms return the fallback
  // when the key is missing only.
  std::uint64_t integer(std::string_view key) const;
  double number(std::string_view key) const;
  bool boolean(std::string_view key) const;
  std::string_view string(std::string_view key) const;
  const std::vector<std::string_view>& strings(std::string_view key) const;
  std::vector<float> floats(std::string_view key) const;
  std::vector<std::int32_t> integers(std::string_view key) const;
  std::optional<std::uint64_t> find_integer(std::string_view key) const;  ///< nothing instead of an error
  std::uint64_t integer_or(std::string_view key, std::uint64_t fallback) const;
  double number_or(std::string_view key, double fallback) const;
  bool boolean_or(std::string_view key, bool fallback) const;
  std::string_view string_or(std::string_view key, std::string_view fallback) const;

  std::span<const Tensor> tensors() const noexcept { return contents_.tensors; }
  const Tensor* find_tensor(std::string_view name) const;

  /// The tensor `name` with exactly `shape`. Throws Error, naming file, tensor, and what was expected and found:
  /// model_invalid (missing, another shape), model_unsupported (a type that lingua cannot decode).
  const Tensor& tensor(std::string_view name, std::initializer_list<std::uint64_t> shape) const;

 private:
  explicit Gguf(const std::filesystem::path& path);
  const Value& value(std::string_view key, std::string_view expected) const;
  [[noreturn]] void fail(std::string_view key, std::string_view expected, const Value& found) const;

  std::filesystem::path path_;
  MappedFile file_;
  GgufContents contents_;
  std::string fingerprint_;
};

}  // namespace lingua::model
