// A regular expression (the first line) on a text (the rest): sound matches, or an invalid_pattern error.
#include <cstddef>
#include <cstdint>
#include <lingua/error.hpp>
#include <string_view>

#include "require.hpp"
#include "text/protect.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using lingua::fuzz::require;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), size);
  const std::string_view expression = input.substr(0, line), text = input.substr(std::min(line + 1, size));
  try {
    std::uint32_t before = 0;
    for (const auto& match : lingua::text::Pattern(expression).find_all(text)) {
      require(before <= match.begin && match.begin < match.end && match.end <= text.size(), "matches ascend");
      before = match.end;
    }
  } catch (const lingua::Error& error) {
    require(error.code() == lingua::ErrorCode::invalid_pattern, "the error is invalid_pattern");
  }
  return 0;
}
