// Where tests find the real models: in the cache folder, if at all. Tests skip without them.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace lingua::test {

inline constexpr std::string_view kSmolLM2 = "SmolLM2-135M-Instruct.Q4_1.gguf";
inline constexpr std::string_view kGemma3 = "gemma-3-270m-q4_k_m.gguf";
inline constexpr std::string_view kQwen2 = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf";

inline std::filesystem::path cached_model(std::string_view file_name) {
  const char *cache = std::getenv("XDG_CACHE_HOME"), *home = std::getenv("HOME");
  const std::filesystem::path folder =
      cache && *cache ? std::filesystem::path(cache) : std::filesystem::path(home ? home : ".") / ".cache";
  return folder / "lingua" / "models" / file_name;
}

}  // namespace lingua::test
