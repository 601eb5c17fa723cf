// Reads a GGUF from front to back and cannot leave it: every read is checked against the bytes that are left.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include <lingua/error.hpp>

namespace lingua::model {

/// Reads forward through the file. Knows which key or tensor is being read, to name it in errors.
class Cursor {
 public:
  Cursor(std::span<const std::byte> file, std::string_view path) : file_(file), path_(path) {}

  std::uint64_t offset() const { return offset_; }
  std::uint64_t remaining() const { return file_.size() - offset_; }
  void enter(std::string_view kind, std::string_view name) { kind_ = kind, name_ = name; }
  void enter_number(std::string_view kind, std::uint64_t number) { kind_ = kind, name_ = {}, number_ = number; }

  /// The next `size` bytes.
  std::span<const std::byte> take(std::uint64_t size);

  template <typename T>
  T read() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

  /// A string with its length before it.
  std::string_view read_string();

  /// A count of things that take at least `bytes_each` bytes, so that nothing is allocated for absurd ones.
  std::uint64_t read_count(std::string_view what, std::uint64_t bytes_each);

  /// Throws Error: "{file}: {key or tensor} '{name}': {what}".
  [[noreturn]] void fail(std::string_view what, ErrorCode code = ErrorCode::model_invalid) const;

 private:
  std::span<const std::byte> file_;
  std::string_view path_;
  std::uint64_t offset_ = 0;
  std::string_view kind_ = "part", name_ = "header";
  std::uint64_t number_ = 0;
};

}  // namespace lingua::model
