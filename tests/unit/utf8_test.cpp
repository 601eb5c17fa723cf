// UTF-8 validity against a slow decoder that follows the definition.
#include "text/utf8.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace lingua::text {
namespace {

/// The first invalid byte by the definition: decode, and require that encoding gives the same bytes.
std::optional<std::size_t> slow_find_invalid(const std::string& text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    const unsigned lead = byte(i);
    const std::size_t length = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
    if (length == 0 || i + length > text.size()) return i;
    char32_t c = length == 1 ? lead : lead & (0x7Fu >> length);
    for (std::size_t k = 1; k < length; ++k) {
      if (byte(i + k) >> 6 != 2) return i;
      c = c << 6 | (byte(i + k) & 0x3F);
    }
    const std::size_t shortest = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if (shortest != length || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return i;
    i += length;
  }
  return std::nullopt;
}

TEST(Utf8, ByHand) {
  EXPECT_EQ(find_invalid_utf8(""), std::nullopt);
  EXPECT_EQ(find_invalid_utf8("plain ASCII and ä 中 😀 \xF4\x8F\xBF\xBF \xED\x9F\xBF"), std::nullopt);
  EXPECT_EQ(find_invalid_utf8("\x80"), 0u);
  EXPECT_EQ(find_invalid_utf8("12345678\xC0\xAF"), 8u);     // overlong
  EXPECT_EQ(find_invalid_utf8("1234567\xED\xA0\x80"), 7u);  // surrogate
  EXPECT_EQ(find_invalid_utf8("a\xF4\x90\x80\x80"), 1u);    // above U+10FFFF
  EXPECT_EQ(find_invalid_utf8("中\xE4\xB8"), 3u);           // cut off
}

TEST(Utf8, EveryShortSequence) {
  for (unsigned n = 0; n < 1u << 16; ++n) {
    for (const std::string& tail : {std::string(), std::string("\x80"), std::string("\xBF\x80")}) {
      const std::string text = std::string{static_cast<char>(n >> 8), static_cast<char>(n)} + tail;
      ASSERT_EQ(find_invalid_utf8(text), slow_find_invalid(text)) << std::hex << n;
    }
  }
}

TEST(Utf8, DamagedText) {
  std::mt19937 random(1);
  std::string good;
  for (int i = 0; i < 40; ++i) good += "plain text, ä ö, 中文, 😀 ";
  ASSERT_EQ(find_invalid_utf8(good), std::nullopt);
  for (int i = 0; i < 2000; ++i) {
    std::string text = good.substr(0, random() % good.size());
    if (!text.empty()) text[random() % text.size()] = static_cast<char>(random());
    ASSERT_EQ(find_invalid_utf8(text), slow_find_invalid(text));
  }
}

TEST(Utf8, CodePointBoundaries) {
  const std::string text = "aä中";
  std::string boundaries;
  for (std::size_t i = 0; i <= text.size(); ++i) boundaries += is_code_point_boundary(text, i) ? '1' : '0';
  EXPECT_EQ(boundaries, "1101001");
}

}  // namespace
}  // namespace lingua::text
