#include "text_format.hpp"

#include <gtest/gtest.h>

namespace lingua::cli {
namespace {

TEST(TextFormat, Thousands) {
  EXPECT_EQ(thousands(0), "0");
  EXPECT_EQ(thousands(999), "999");
  EXPECT_EQ(thousands(1000), "1,000");
  EXPECT_EQ(thousands(1234567), "1,234,567");
}

TEST(TextFormat, Duration) {
  EXPECT_EQ(duration(0.012), "0.01 s");
  EXPECT_EQ(duration(2.06), "2.1 s");
  EXPECT_EQ(duration(59.97), "1 min 00 s");
  EXPECT_EQ(duration(125), "2 min 05 s");
}

TEST(TextFormat, Magnitude) {
  EXPECT_EQ(magnitude(12), "12");
  EXPECT_EQ(magnitude(134515008), "134.5 M");
  EXPECT_EQ(magnitude(999960), "1.0 M");
}

TEST(TextFormat, Escaped) {
  EXPECT_EQ(escaped("a\tb\n\"\\"), "a\\tb\\n\"\\\\");
  EXPECT_EQ(escaped("é\x1b\x7f\xf0\x9f"), "é\\x1b\\x7f\\xf0\\x9f");
}

TEST(TextFormat, Utf8Length) {
  EXPECT_EQ(utf8_length("😀x"), 4u);
  EXPECT_EQ(utf8_length("\x80"), 0u);
  EXPECT_EQ(utf8_length("\xe2\x82"), 0u);
  EXPECT_EQ(utf8_length(""), 0u);
}

}  // namespace
}  // namespace lingua::cli
