// Writes a file whole or not at all: under a temporary name beside it, renamed in the end.
#pragma once

#include <string>
#include <string_view>

namespace lingua::cli {

/// Checks early, before any work, that `write_file` has a chance.
/// Throws Error: output_unwritable (a folder, no such folder, no permission).
void check_writable(const std::string& path);

/// Replaces the file `path` by `bytes`. Whoever looks sees the old file or the new one, never a part of it. Keeps the
/// old file's permissions; writes through symbolic links, and directly into what is no regular file (/dev/stdout).
/// Throws Error: output_unwritable; the old file is then untouched.
void write_file(const std::string& path, std::string_view bytes);

/// Writes to standard output. A closed pipe is fine: the reader has what it wants.
/// Throws Error: output_unwritable (a full disk).
void write_stdout(std::string_view bytes);

}  // namespace lingua::cli
