// Memory for packed weights, taken in large pieces that the system may back with large pages: matrix products stream
// through all of it, and misses of the address translation cost them 6 % otherwise.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/buffer.hpp"

namespace lingua::engine {

class Arena {
 public:
  /// `bytes` of memory that live as long as the arena, behind those of the call before where there is room.
  std::byte* allocate(std::size_t bytes);

 private:
  std::vector<Buffer> chunks_;
  std::size_t used_ = 0;  // bytes of the last chunk
};

}  // namespace lingua::engine
