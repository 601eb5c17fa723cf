// Builds small GGUF files, sound or broken on purpose, so that tests need no download.
//
//   GgufWriter writer;
//   writer.set("general.architecture", "llama").set("llama.block_count", std::uint32_t{2});
//   writer.tensor("output_norm.weight", {64}, std::vector<float>(64, 1.0f));
//   const TempFile file(writer.bytes());
//   const auto gguf = lingua::model::Gguf::open(file.path());
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

#include "model/gguf_format.hpp"

namespace lingua::test {

using model::TensorType;
using model::ValueType;

/// The little-endian bytes of a number.
template <typename T>
std::string encode(T value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

inline std::string encode_string(std::string_view text) { return encode<std::uint64_t>(text.size()).append(text); }

/// Keys and tensors go out in the order in which they were first set. `bytes` may be called at any time.
class GgufWriter {
 public:
  std::uint32_t version = 3;

  // Metadata. Setting a key again replaces its value.
  GgufWriter& set(std::string_view key, std::string_view value) {
    return set_raw(key, ValueType::string, encode_string(value));
  }
  GgufWriter& set(std::string_view key, const char* value) { return set(key, std::string_view(value)); }
  GgufWriter& set(std::string_view key, const std::vector<std::string>& values) {
    std::string payload = array_head(ValueType::string, values.size());
    for (const std::string& value : values) payload += encode_string(value);
    return set_raw(key, ValueType::array, payload);
  }
  template <typename T>
  requires std::is_arithmetic_v<T> GgufWriter& set(std::string_view key, T value) {
    return set_raw(key, type_of<T>(), encode(value));
  }
  template <typename T>
  requires std::is_arithmetic_v<T> GgufWriter& set(std::string_view key, const std::vector<T>& values) {
    std::string payload = array_head(type_of<T>(), values.size());
    for (const T value : values) payload += encode(value);
    return set_raw(key, ValueType::array, payload);
  }
  /// Any value, in the encoding of the format.
  GgufWriter& set_raw(std::string_view key, ValueType type, const std::string& payload) {
    return put(values_, key, encode(static_cast<std::uint32_t>(type)) + payload);
  }
  GgufWriter& erase(std::string_view key) { return drop(values_, key); }

  // Tensors. `shape[0]` is the fastest dimension. Setting a tensor again replaces it.
  GgufWriter& tensor(std::string_view name, std::vector<std::uint64_t> shape, const std::vector<float>& values) {
    std::string data;
    for (const float value : values) data += encode(value);
    return tensor(name, TensorType::f32, std::move(shape), std::move(data));
  }
  GgufWriter& tensor(std::string_view name, TensorType type, std::vector<std::uint64_t> shape, std::string data) {
    return put(tensors_, name, TensorBlob{type, std::move(shape), std::move(data)});
  }
  GgufWriter& erase_tensor(std::string_view name) { return drop(tensors_, name); }

  /// Magic, version, counts, metadata, tensor table: everything before the tensor data and its padding.
  std::string header() const {
    std::string out = "GGUF" + encode(version) + encode<std::uint64_t>(tensors_.size());
    out += encode<std::uint64_t>(values_.size());
    for (const auto& [key, value] : values_) out += encode_string(key) + value;
    std::uint64_t offset = 0;
    for (const auto& [name, tensor] : tensors_) {
      out += encode_string(name) + encode(static_cast<std::uint32_t>(tensor.shape.size()));
      for (const std::uint64_t extent : tensor.shape) out += encode(extent);
      out += encode(static_cast<std::uint32_t>(tensor.type)) + encode(offset);
      offset = aligned(offset + tensor.data.size());
    }
    return out;
  }

  /// The whole file.
  std::string bytes() const {
    std::string out = header();
    for (const auto& [name, tensor] : tensors_) {
      out.resize(aligned(out.size()));
      out += tensor.data;
    }
    return out;
  }

 private:
  static constexpr std::size_t kAlignment = 32;  // the format's default
  struct TensorBlob {
    TensorType type;
    std::vector<std::uint64_t> shape;
    std::string data;
  };
  template <typename T>
  using Table = std::vector<std::pair<std::string, T>>;

  template <typename T>
  static constexpr ValueType type_of() {
    if constexpr (std::is_same_v<T, bool>) return ValueType::boolean;
    if constexpr (std::is_same_v<T, float>) return ValueType::f32;
    if constexpr (std::is_same_v<T, double>) return ValueType::f64;
    constexpr bool is_signed = std::is_signed_v<T>;
    if constexpr (sizeof(T) == 1) return is_signed ? ValueType::i8 : ValueType::u8;
    if constexpr (sizeof(T) == 2) return is_signed ? ValueType::i16 : ValueType::u16;
    if constexpr (sizeof(T) == 4) return is_signed ? ValueType::i32 : ValueType::u32;
    return is_signed ? ValueType::i64 : ValueType::u64;
  }
  static std::string array_head(ValueType element, std::uint64_t count) {
    return encode(static_cast<std::uint32_t>(element)) + encode(count);
  }
  static std::size_t aligned(std::size_t offset) { return (offset + kAlignment - 1) / kAlignment * kAlignment; }

  template <typename T>
  GgufWriter& put(Table<T>& table, std::string_view name, T value) {
    const auto found = std::ranges::find(table, name, &std::pair<std::string, T>::first);
    if (found != table.end()) {
      found->second = std::move(value);
    } else {
      table.emplace_back(name, std::move(value));
    }
    return *this;
  }
  template <typename T>
  GgufWriter& drop(Table<T>& table, std::string_view name) {
    std::erase_if(table, [&](const auto& row) { return row.first == name; });
    return *this;
  }

  Table<std::string> values_;
  Table<TensorBlob> tensors_;
};

/// A file with `content`, removed with this object.
class TempFile {
 public:
  explicit TempFile(std::string_view content = {}) {
    std::string name = std::filesystem::temp_directory_path() / "lingua-test-XXXXXX";
    const int descriptor = ::mkstemp(name.data());
    if (descriptor >= 0) ::close(descriptor);
    path_ = name;
    write(content);
  }
  ~TempFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void write(std::string_view content) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc)
        .write(content.data(), static_cast<std::streamsize>(content.size()));
  }

 private:
  std::filesystem::path path_;
};

}  // namespace lingua::test
