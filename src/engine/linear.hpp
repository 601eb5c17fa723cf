// A weight matrix, packed once into the layout that multiplies fastest.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

#include <lingua/model.hpp>

#include "engine/buffer.hpp"

namespace lingua::engine {

/// Immutable, shared by threads.
class Linear {
 public:
  Linear(std::size_t inputs, std::size_t outputs) : inputs_(inputs), outputs_(outputs) {}
  Linear(const Linear&) = delete;
  Linear& operator=(const Linear&) = delete;
  virtual ~Linear() = default;

  std::size_t inputs() const noexcept { return inputs_; }
  std::size_t outputs() const noexcept { return outputs_; }

  /// out = in * W^T, or out += in * W^T with `accumulate`, on the calling thread alone.
  /// `in` is rows x inputs as the compute type's InputKernels write them, `out` rows x outputs; both dense. At most
  /// `kMaxRows` rows. `scratch` is the calling thread's.
  virtual void multiply(const void* in, std::size_t rows, float* out, bool accumulate, Buffer& scratch) const = 0;

  static constexpr std::size_t kMaxRows = 64;

 private:
  std::size_t inputs_, outputs_;
};

/// Fills `weights` with the row of W that belongs to `output`.
using RowReader = std::function<void(std::size_t output, std::span<float> weights)>;

/// Packs matrices for one compute type, and owns their memory: it outlives them. `pack` may be called from several
/// threads at once.
class LinearPacker {
 public:
  virtual ~LinearPacker() = default;
  virtual std::unique_ptr<Linear> pack(std::size_t inputs, std::size_t outputs, const RowReader& row,
                                       Buffer& staging) = 0;
};

/// The packer of `type`, f32 or bf16, both by oneDNN.
std::unique_ptr<LinearPacker> make_packer(ComputeType type);

}  // namespace lingua::engine
