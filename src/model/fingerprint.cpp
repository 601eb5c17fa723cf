// A multiplicative hash: some gigabytes a second, so that opening a model stays a matter of milliseconds.
#include "model/fingerprint.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <fmt/format.h>

namespace lingua::model {
namespace {

/// A fast hash of whole words.
class Hash {
 public:
  void add(std::span<const std::byte> bytes) {
    mix(bytes.size());
    while (!bytes.empty()) {
      std::uint64_t word = 0;
      const std::size_t size = std::min(bytes.size(), sizeof word);
      std::memcpy(&word, bytes.data(), size);
      mix(word);
      bytes = bytes.subspan(size);
    }
  }
  std::uint64_t value() const { return state_ ^ state_ >> 29; }

 private:
  void mix(std::uint64_t word) {
    state_ = (state_ ^ word) * 0x9E3779B97F4A7C15u;
    state_ ^= state_ >> 32;
  }
  std::uint64_t state_ = 0x6C696E677561u;
};

}  // namespace

std::string fingerprint_of(const GgufContents& contents) {
  constexpr std::size_t kSample = 32;
  Hash hash;
  hash.add(contents.header);
  for (const Tensor& tensor : contents.tensors) {
    const std::size_t size = tensor.data.size(), sample = std::min(size, kSample);
    for (const std::size_t begin : {std::size_t{0}, (size - sample) / 2, size - sample}) {
      hash.add(tensor.data.subspan(begin, sample));
    }
  }
  return fmt::format("{:016x}", hash.value());
}

}  // namespace lingua::model
