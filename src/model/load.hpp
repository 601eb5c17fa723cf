// Values inside bytes that nobody has aligned.
#pragma once

#include <cstddef>
#include <cstring>

namespace lingua::model {

/// The T that begins at `from`, in the byte order of the machine.
template <typename T>
T load(const std::byte* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

}  // namespace lingua::model
