// Labels.
#include "compress/label.hpp"

#include <algorithm>

namespace lingua::compress {

std::string_view label_of(std::string_view text) {
  constexpr std::size_t kLongest = 32;
  for (std::size_t i = 0; i < std::min(text.size(), kLongest); ++i) {
    if (text[i] == ':') return i == 0 ? "" : text.substr(0, i + 1);
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
    if (!letter && byte < 0x80 && byte != ' ' && byte != '_' && byte != '-') return "";
  }
  return "";
}

}  // namespace lingua::compress
