// Memory for numbers: aligned for vector instructions, not initialised, never copied.
#pragma once

#include <cstddef>
#include <memory>
#include <new>

namespace lingua::engine {

class Buffer {
 public:
  static constexpr std::size_t kAlignment = 64;

  /// `bytes` rounded up, so that what follows them is aligned too.
  static constexpr std::size_t aligned(std::size_t bytes) {
    return (bytes + kAlignment - 1) / kAlignment * kAlignment;
  }

  Buffer() : Buffer(0) {}
  explicit Buffer(std::size_t bytes, std::size_t alignment = kAlignment)
      : bytes_(nullptr, Free{std::align_val_t{alignment}}) {
    reserve(bytes);
  }

  /// Makes room for `bytes`; what was stored is lost when that takes a new allocation.
  void reserve(std::size_t bytes) {
    if (bytes <= capacity_) return;
    bytes_.reset();
    bytes_.reset(static_cast<std::byte*>(operator new(bytes, bytes_.get_deleter().alignment)));
    capacity_ = bytes;
  }

  std::size_t capacity() const noexcept { return capacity_; }
  std::byte* data() const noexcept { return bytes_.get(); }

  /// The buffer as room for `count` elements.
  template <class T>
  T* as(std::size_t count) {
    reserve(count * sizeof(T));
    return reinterpret_cast<T*>(bytes_.get());
  }

 private:
  struct Free {
    std::align_val_t alignment;
    void operator()(std::byte* bytes) const { operator delete(bytes, alignment); }
  };
  std::unique_ptr<std::byte, Free> bytes_;
  std::size_t capacity_ = 0;
};

}  // namespace lingua::engine
