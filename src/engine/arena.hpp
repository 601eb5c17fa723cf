// Memory for packed weights, taken in large pieces that the system may back with large pages: matrix products stream
// through all of it, and misses of the address translation cost them 6 % otherwise.
#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

#include "engine/buffer.hpp"

namespace lingua::engine {

class Arena {
 public:
  /// `bytes` of memory that live as long as the arena. May be called from several threads at once.
  std::byte* allocate(std::size_t bytes);

 private:
  std::mutex mutex_;
  std::vector<Buffer> chunks_;
  std::size_t used_ = 0;  // bytes of the last chunk
};

}  // namespace lingua::engine
