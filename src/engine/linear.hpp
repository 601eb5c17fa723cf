// A weight matrix, packed once into the layout that multiplies fastest.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include <lingua/model.hpp>

#include "engine/buffer.hpp"
#include "engine/kernels/kernels.hpp"
#include "model/tensor_type.hpp"

namespace lingua::engine {

/// A row of weights as a GGUF stores it.
struct StoredRow {
  model::TensorType type;
  std::span<const std::byte> bytes;
};

/// Finds the row of W that belongs to `output`.
using RowReader = std::function<StoredRow(std::size_t output)>;

/// Once packed immutable, and shared by threads.
class Linear {
 public:
  Linear(std::size_t inputs, std::size_t outputs) : inputs_(inputs), outputs_(outputs) {}
  Linear(const Linear&) = delete;
  Linear& operator=(const Linear&) = delete;
  virtual ~Linear() = default;

  std::size_t inputs() const noexcept { return inputs_; }
  std::size_t outputs() const noexcept { return outputs_; }

  /// Fills in the weights. `staging` is the calling thread's.
  virtual void pack(const RowReader& row, Buffer& staging) = 0;

  /// out = in * W^T, or out += in * W^T with `accumulate`, on the calling thread alone.
  /// `in` is rows x inputs as the compute type's InputKernels write them, `out` rows x outputs; both dense. At most
  /// `kMaxRows` rows; what a row results in depends neither on the others nor on their number. `scratch` is the
  /// calling thread's.
  virtual void multiply(const void* in, std::size_t rows, float* out, bool accumulate, Buffer& scratch) const = 0;

  static constexpr std::size_t kMaxRows = 64;

 private:
  std::size_t inputs_, outputs_;
};

/// A matrix whose outputs are cut into equal slices (the last may be narrower), each packed on its own: work for
/// several threads, and results that stay in the cache of one.
struct SlicedLinear {
  std::size_t width = 0;
  std::vector<std::unique_ptr<Linear>> slices;
};

/// Makes matrices of one compute type, and owns their memory: it outlives them.
class LinearPacker {
 public:
  virtual ~LinearPacker() = default;

  /// A matrix to be packed. Matrices lie in memory in the order of the calls, which had better be that of their use:
  /// products fetch ahead.
  virtual std::unique_ptr<Linear> make(std::size_t inputs, std::size_t outputs) = 0;

  /// Outputs of one slice of a SlicedLinear: enough for products at full speed, few enough for the cache of a core.
  virtual std::size_t slice_width() const noexcept = 0;
};

/// The kernels that write what matrices of `type`, which is not `automatic`, multiply by.
const InputKernels& inputs_of(const Kernels& kernels, ComputeType type);

/// The packer of `type`, which is not `automatic`.
std::unique_ptr<LinearPacker> make_packer(ComputeType type);

std::unique_ptr<LinearPacker> make_onednn_packer(bool bf16);
std::unique_ptr<LinearPacker> make_bf16_packer();
std::unique_ptr<LinearPacker> make_q8_packer();

}  // namespace lingua::engine
