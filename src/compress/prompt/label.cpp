// Labels.
#include "compress/prompt/label.hpp"

#include <algorithm>

namespace lingua::compress {
namespace {

constexpr std::string_view kColons[] = {":", "："};

bool is_letter(unsigned char byte) { return byte >= 0x80 || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'); }

}  // namespace

std::string_view label_of(std::string_view text) {
  constexpr std::size_t kLongest = 32;
  constexpr std::string_view kInside = " _-.0123456789";
  for (std::size_t i = 0; i < std::min(text.size(), kLongest); ++i) {
    const auto left = text.substr(i);
    const auto* const colon = std::ranges::find_if(kColons, [&](auto each) { return left.starts_with(each); });
    if (colon != std::end(kColons)) {
      const auto next = left.substr(1);
      const bool is_name = i > 0 && !next.starts_with('/') && !next.starts_with(':');
      return is_name ? text.substr(0, i + colon->size()) : "";
    }
    const bool belongs =
        is_letter(static_cast<unsigned char>(text[i])) || (i > 0 && kInside.find(text[i]) != std::string_view::npos);
    if (!belongs) return "";
  }
  return "";
}

}  // namespace lingua::compress
