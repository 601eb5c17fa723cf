// What a fuzzer demands of the code under test.
#pragma once

#include <stdexcept>
#include <string>

namespace lingua::fuzz {

/// Thrown when a demand is not met: libFuzzer reports an uncaught exception as a crash, a test as a failure.
struct Broken : std::logic_error {
  using std::logic_error::logic_error;
};

inline void require(bool holds, const char* what) {
  if (!holds) throw Broken(std::string("broken promise: ") + what);
}

}  // namespace lingua::fuzz
