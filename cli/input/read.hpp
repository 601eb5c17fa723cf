// Reads whole files and standard input, with a limit, and checks that they are text.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace lingua::cli {

/// The bytes of the file `path`; "-" is standard input.
/// Throws Error: input_unreadable (missing, a folder, not readable), input_too_large (more than `max_bytes`; a
/// regular file is refused unread), cancelled.
std::string read_bytes(const std::string& path, std::uint64_t max_bytes);

/// The same for text. Throws Error: input_malformed, with the offset and value of the first byte that is not UTF-8.
std::string read_text(const std::string& path, std::uint64_t max_bytes);

class File;

/// The lines of a file or of standard input, each as soon as it is there: a program at the other end of a pipe may
/// wait for the answer to one line before it writes the next.
class LineReader {
 public:
  /// Throws Error: input_unreadable. `max_bytes` limits each line.
  LineReader(const std::string& path, std::uint64_t max_bytes);
  ~LineReader();

  /// The next line, without its end; nothing after the last one.
  /// Throws Error: input_unreadable, input_too_large, cancelled.
  std::optional<std::string> next();

 private:
  std::string path_;
  std::uint64_t max_bytes_;
  std::unique_ptr<File> file_;
  std::string ahead_;  ///< bytes read, not given out
};

/// How messages call the input: its path in quotes, or "standard input".
std::string input_name(const std::string& path);

}  // namespace lingua::cli
