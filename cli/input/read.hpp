// Reads whole files and standard input, with a limit, and checks that they are text.
#pragma once

#include <cstdint>
#include <string>

namespace lingua::cli {

/// The bytes of the file `path`; "-" is standard input.
/// Throws Error: input_unreadable (missing, a folder, not readable), input_too_large (more than `max_bytes`; a
/// regular file is refused unread), cancelled.
std::string read_bytes(const std::string& path, std::uint64_t max_bytes);

/// The same for text. Throws Error: input_malformed, with the offset and value of the first byte that is not UTF-8.
std::string read_text(const std::string& path, std::uint64_t max_bytes);

/// How messages call the input: its path in quotes, or "standard input".
std::string input_name(const std::string& path);

}  // namespace lingua::cli
