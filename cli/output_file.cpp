// mkstemp, write, fsync, rename: the POSIX way to replace a file atomically.
#include "output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <lingua/error.hpp>

namespace lingua::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& name, const std::string& why) {
  throw Error(ErrorCode::output_unwritable, "cannot write " + name + ": " + why);
}

[[noreturn]] void fail_errno(const std::string& name) { fail(name, std::strerror(errno)); }

std::string quoted(const std::string& path) { return "'" + path + "'"; }

/// Returns false on error, with errno set.
bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

/// The file itself, where `path` is a link to it.
fs::path resolve(const std::string& path) {
  std::error_code ignored;
  const fs::path target = fs::weakly_canonical(path, ignored);
  return target.empty() ? fs::path(path) : target;
}

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

bool is_special(const fs::path& path) {
  std::error_code ignored;
  const auto status = fs::status(path, ignored);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

mode_t permissions_for(const fs::path& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) == 0) return status.st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

/// A temporary file that is gone at the end of its life, unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const fs::path& target) : name_(target.string() + ".XXXXXX") {
    fd_ = ::mkstemp(name_.data());
    if (fd_ < 0) fail_errno(quoted(target.string()));
  }
  ~TemporaryFile() {
    if (fd_ >= 0) ::close(fd_);
    if (!renamed_) ::unlink(name_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  bool write(std::string_view bytes, mode_t permissions) {
    return write_all(fd_, bytes) && ::fchmod(fd_, permissions) == 0 && ::fsync(fd_) == 0;
  }

  bool rename_to(const fs::path& target) {
    renamed_ = ::rename(name_.c_str(), target.c_str()) == 0;
    return renamed_;
  }

 private:
  std::string name_;
  int fd_;
  bool renamed_ = false;
};

void write_directly(const std::string& path, std::string_view bytes) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) fail_errno(quoted(path));
  const bool done = write_all(fd, bytes) || errno == EPIPE;
  ::close(fd);
  if (!done) fail_errno(quoted(path));
}

}  // namespace

void check_writable(const std::string& path) {
  const fs::path target = resolve(path);
  std::error_code ignored;
  if (fs::is_directory(target, ignored)) fail(quoted(path), "it is a folder");
  if (is_special(path)) return;
  if (!fs::is_directory(folder_of(target), ignored)) {
    fail(quoted(path), "there is no folder " + quoted(folder_of(target).string()));
  }
  if (::access(folder_of(target).c_str(), W_OK) != 0) fail_errno(quoted(path));
}

void write_file(const std::string& path, std::string_view bytes) {
  if (is_special(path)) return write_directly(path, bytes);
  const fs::path target = resolve(path);
  TemporaryFile file(target);
  if (!file.write(bytes, permissions_for(target)) || !file.rename_to(target)) fail_errno(quoted(path));
}

void write_stdout(std::string_view bytes) {
  if (!write_all(STDOUT_FILENO, bytes) && errno != EPIPE) fail_errno("standard output");
}

}  // namespace lingua::cli
