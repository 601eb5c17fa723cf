// A file as read-only memory: pages are read when they are touched, and shared between processes.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace lingua::model {

/// Move-only. The file must not shrink while it is mapped; the operating system ends programs that read behind it.
class MappedFile {
 public:
  /// Throws Error model_not_found when `path` is missing, not a regular file, or may not be read.
  explicit MappedFile(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile();

  std::span<const std::byte> bytes() const noexcept { return bytes_; }

  /// Gives the memory of what was read so far back to the system. What is touched again is read again, in general
  /// from the system's cache of the file.
  void release_pages() const noexcept;

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace lingua::model
