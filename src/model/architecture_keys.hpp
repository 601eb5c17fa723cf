// The keys that describe a transformer, below the name of its architecture: "llama.block_count" and its like.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include <lingua/error.hpp>

#include "model/gguf.hpp"

namespace lingua::model {

// Generous: they only keep arithmetic on sizes from overflowing.
inline constexpr std::uint64_t kMaxLayers = 1u << 12, kMaxWidth = 1u << 24, kMaxWindow = 1u << 30;

/// Look-ups by the name behind the architecture's; errors name the whole key.
class ArchitectureKeys {
 public:
  explicit ArchitectureKeys(const Gguf& gguf) : gguf_(gguf), architecture_(gguf.string("general.architecture")) {}

  const Gguf& gguf() const { return gguf_; }
  const std::string& architecture() const { return architecture_; }
  std::string key(std::string_view name) const { return fmt::format("{}.{}", architecture_, name); }
  bool has(std::string_view name) const { return gguf_.has(key(name)); }

  /// Throws Error model_unsupported, naming the key, when one changes the arithmetic in a way that lingua lacks.
  void reject_unsupported() const;

  /// An integer from 1 to `limit`.
  std::size_t size(std::string_view name, std::uint64_t limit) const {
    const std::uint64_t value = gguf_.integer(key(name));
    if (value < 1 || value > limit) invalid(name, fmt::format("1 to {}", limit), value);
    return static_cast<std::size_t>(value);
  }
  std::size_t size_or(std::string_view name, std::uint64_t limit, std::size_t fallback) const {
    return has(name) ? size(name, limit) : fallback;
  }

  float positive(std::string_view name) const {
    const auto value = static_cast<float>(gguf_.number(key(name)));
    if (!(value > 0 && value < 1e30f)) invalid(name, "a positive number", value);
    return value;
  }
  float positive_or(std::string_view name, float fallback) const { return has(name) ? positive(name) : fallback; }

  template <typename Found>
  [[noreturn]] void invalid(std::string_view name, std::string_view expected, const Found& found) const {
    throw Error(ErrorCode::model_invalid, fmt::format("{}: key '{}': expected {}, found {}", gguf_.path().string(),
                                                      key(name), expected, found));
  }
  template <typename Expected, typename Found>
  [[noreturn]] void unsupported(std::string_view name, const Expected& expected, const Found& found) const {
    throw Error(ErrorCode::model_unsupported, fmt::format("{}: key '{}': lingua supports only {}, found {}",
                                                          gguf_.path().string(), key(name), expected, found));
  }

 private:
  const Gguf& gguf_;
  std::string architecture_;
};

}  // namespace lingua::model
