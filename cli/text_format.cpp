// Numbers with separators, durations, escapes: no locale, so that output is the same everywhere.
#include "text_format.hpp"

#include <fmt/format.h>
#include <cmath>

namespace lingua::cli {

std::string thousands(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t from_end = 3; from_end < digits.size(); from_end += 4)
    digits.insert(digits.size() - from_end, 1, ',');
  return digits;
}

std::string duration(double seconds) {
  if (seconds < 0.095) return fmt::format("{:.2f} s", seconds);
  if (seconds < 59.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = std::llround(seconds);
  return fmt::format("{} min {:02} s", whole / 60, whole % 60);
}

std::string magnitude(double number) {
  const char* suffixes[] = {"", " K", " M", " G", " T"};
  std::size_t i = 0;
  for (; number >= 999.95 && i + 1 < std::size(suffixes); ++i) number /= 1000;
  return fmt::format("{:.{}f}{}", number, i == 0 ? 0 : 1, suffixes[i]);
}

std::size_t utf8_length(std::string_view bytes) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  if (bytes.empty()) return 0;
  const unsigned lead = byte(0);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length > bytes.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

namespace {

std::string escape(unsigned char c) {
  switch (c) {
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '\r':
      return "\\r";
    case '\\':
      return "\\\\";
    default:
      return fmt::format("\\x{:02x}", c);
  }
}

}  // namespace

std::string escaped(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const std::size_t length = utf8_length(bytes);
    const char c = bytes.front();
    const bool printable = length > 1 || (length == 1 && c >= ' ' && c != '\x7f' && c != '\\');
    out += printable ? std::string(bytes.substr(0, length)) : escape(static_cast<unsigned char>(c));
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::string counted(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", thousands(number), noun, number == 1 ? "" : "s");
}

}  // namespace lingua::cli
