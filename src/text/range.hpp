// Half-open byte ranges: the currency of this folder.
#pragma once

#include <cstdint>

namespace lingua::text {

struct ByteRange {
  std::uint32_t begin, end;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

}  // namespace lingua::text
