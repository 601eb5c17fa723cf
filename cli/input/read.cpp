// POSIX calls instead of streams: they say why a file cannot be read, and let Ctrl-C through.
#include "input/read.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <lingua/error.hpp>
#include <lingua/prompt.hpp>

#include "interrupt.hpp"
#include "terminal.hpp"
#include "text_format.hpp"

namespace lingua::cli {

class File {
 public:
  explicit File(const std::string& path) : name_(input_name(path)) {
    fd_ = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd_ < 0) fail();
  }
  ~File() {
    if (fd_ > STDIN_FILENO) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  /// Bytes of a regular file; 0 of a pipe or terminal, which cannot tell.
  std::uint64_t size() const {
    struct stat status = {};
    if (::fstat(fd_, &status) != 0) fail();
    if (S_ISDIR(status.st_mode)) throw Error(ErrorCode::input_unreadable, name_ + " is a folder, not a file");
    return S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
  }

  /// Up to `size` bytes; 0 at the end.
  std::size_t read(char* to, std::size_t size) const {
    for (;;) {
      throw_if_interrupted();
      const ssize_t count = ::read(fd_, to, size);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) fail();
    }
  }

 private:
  [[noreturn]] void fail() const {
    throw Error(ErrorCode::input_unreadable, fmt::format("cannot read {}: {}", name_, std::strerror(errno)));
  }

  std::string name_;
  int fd_;
};

namespace {

constexpr std::size_t kChunk = 1 << 16;

void tell_who_types(const std::string& path) {
  if (path == "-" && stdin_is_terminal()) std::fputs("lingua: reading standard input; Ctrl-D ends it\n", stderr);
}

[[noreturn]] void refuse_size(const std::string& path, std::uint64_t size, std::uint64_t max_bytes) {
  const std::string has = size == 0 ? "has more bytes" : fmt::format("has {} bytes, more", thousands(size));
  throw Error(ErrorCode::input_too_large, fmt::format("{} {} than the limit of {}; --max-bytes raises it",
                                                      input_name(path), has, thousands(max_bytes)));
}

}  // namespace

std::string input_name(const std::string& path) { return path == "-" ? "standard input" : "'" + path + "'"; }

std::string read_bytes(const std::string& path, std::uint64_t max_bytes) {
  const File file(path);
  tell_who_types(path);
  const std::uint64_t expected = file.size();
  if (expected > max_bytes) refuse_size(path, expected, max_bytes);
  std::string bytes;
  bytes.reserve(expected + kChunk);
  for (;;) {
    const std::size_t old_size = bytes.size();
    bytes.resize(old_size + kChunk);
    const std::size_t count = file.read(bytes.data() + old_size, kChunk);
    bytes.resize(old_size + count);
    if (count == 0) return bytes;
    if (bytes.size() > max_bytes) refuse_size(path, 0, max_bytes);
  }
}

LineReader::LineReader(const std::string& path, std::uint64_t max_bytes)
    : path_(path), max_bytes_(max_bytes), file_(std::make_unique<File>(path)) {
  file_->size();  // refuses folders
  tell_who_types(path);
}
LineReader::~LineReader() = default;

std::optional<std::string> LineReader::next() {
  std::size_t searched = 0, end = 0;
  while ((end = ahead_.find('\n', searched)) == std::string::npos) {
    searched = ahead_.size();
    if (searched > max_bytes_) refuse_size(path_, 0, max_bytes_);
    ahead_.resize(searched + kChunk);
    const std::size_t count = file_->read(ahead_.data() + searched, kChunk);
    ahead_.resize(searched + count);
    if (count > 0) continue;
    if (ahead_.empty()) return std::nullopt;
    return std::exchange(ahead_, {});
  }
  std::string line = ahead_.substr(0, end);
  ahead_.erase(0, end + 1);
  if (line.size() > max_bytes_) refuse_size(path_, 0, max_bytes_);
  return line;
}

std::string read_text(const std::string& path, std::uint64_t max_bytes) {
  std::string text = read_bytes(path, max_bytes);
  require_utf8(input_name(path), text);
  return text;
}

}  // namespace lingua::cli
