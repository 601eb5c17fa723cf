// Lines of a text, the units in which Markdown, programs and logs are written.
#pragma once

#include <cstddef>
#include <string_view>

namespace lingua::text {

constexpr std::string_view kBlanks = " \t\r\n";

/// Where the line that begins at `begin` ends, its "\n" included.
inline std::size_t line_end(std::string_view text, std::size_t begin) {
  const std::size_t newline = text.find('\n', begin);
  return newline == std::string_view::npos ? text.size() : newline + 1;
}

/// The line that begins at `begin`, its "\n" included.
inline std::string_view line_at(std::string_view text, std::size_t begin) {
  return text.substr(begin, line_end(text, begin) - begin);
}

inline bool is_blank(std::string_view line) { return line.find_first_not_of(kBlanks) == std::string_view::npos; }

/// `line` without the spaces and tabs before it.
inline std::string_view unindented(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  return begin == std::string_view::npos ? std::string_view() : line.substr(begin);
}

/// `line` without its end and the white space before that.
inline std::string_view without_end(std::string_view line) {
  return line.substr(0, line.find_last_not_of(kBlanks) + 1);
}

}  // namespace lingua::text
