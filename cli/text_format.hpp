// Small conversions for people's eyes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lingua::cli {

/// 12345 as "12,345".
std::string thousands(std::uint64_t number);

/// "0.05 s", "2.1 s", "1 min 05 s".
std::string duration(double seconds);

/// 134515008 as "134.5 M".
std::string magnitude(double number);

/// `bytes` on one line of printable text: control characters as \n, \t, \x1b, bytes that are no UTF-8 as \xff.
std::string escaped(std::string_view bytes);

/// The length of the valid UTF-8 sequence at the start of `bytes`; 0 where there is none.
std::size_t utf8_length(std::string_view bytes) noexcept;

/// "1 turn", "2 turns".
std::string counted(std::uint64_t number, std::string_view noun);

}  // namespace lingua::cli
