// Matrices in blocks of 32 bytes with a common scale. Those of a Q8_0 file are taken as they are.
#include <cstring>

#include "engine/arena.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/linear.hpp"

namespace lingua::engine {
namespace {

std::size_t panels_of(std::size_t outputs) { return (outputs + kQ8Columns - 1) / kQ8Columns; }

class Q8Linear final : public Linear {
 public:
  Q8Linear(std::size_t inputs, std::size_t outputs, const Kernels& kernels, Q8Columns* weights)
      : Linear(inputs, outputs), kernels_(kernels), blocks_(inputs / kRowMultiple), weights_(weights) {}

  void pack(const RowReader& row, Buffer& staging) override {
    // What stands for missing outputs has scale 0.
    std::memset(static_cast<void*>(weights_), 0, panels_of(outputs()) * blocks_ * sizeof(Q8Columns));
    auto* const quantised =
        staging.as<Q8Block>(blocks_ + (inputs() * sizeof(float) + sizeof(Q8Block) - 1) / sizeof(Q8Block));
    const std::span<float> values(reinterpret_cast<float*>(quantised + blocks_), inputs());
    for (std::size_t output = 0; output < outputs(); ++output) {
      quantise(row(output), values, quantised);
      Q8Columns* const panel = weights_ + output / kQ8Columns * blocks_;
      for (std::size_t b = 0; b < blocks_; ++b) put_column(quantised[b], panel[b], output % kQ8Columns);
    }
  }

  void multiply(const void* in, std::size_t rows, float* out, bool accumulate, Buffer&) const override {
    const auto* const blocks = static_cast<const Q8Block*>(in);
    kernels_.multiply_q8({blocks, rows, blocks_, weights_, outputs(), out, accumulate});
  }

 private:
  void quantise(const StoredRow& row, std::span<float> values, Q8Block* out) const {
    if (row.type != model::TensorType::q8_0) {
      model::dequantize(row.type, row.bytes, values);
      return kernels_.quantise_weights(values.data(), values.size(), out);
    }
    constexpr std::size_t kStored = kRowMultiple + 2;  // a half as scale, then q
    for (std::size_t b = 0; b < blocks_; ++b) {
      const std::span<const std::byte> stored = row.bytes.subspan(b * kStored, kStored);
      model::dequantize(model::TensorType::f16, stored.first(2), {&out[b].scale, 1});
      std::memcpy(out[b].q, stored.data() + 2, kRowMultiple);
    }
  }

  static void put_column(const Q8Block& block, Q8Columns& columns, std::size_t column) {
    for (std::size_t i = 0; i < kRowMultiple; i += 4) {
      std::uint32_t four;
      std::memcpy(&four, block.q + i, 4);
      four ^= 0x80808080u;  // + 128
      std::memcpy(columns.q[i / 4][column], &four, 4);
    }
    columns.scale[column] = block.scale;
  }

  const Kernels& kernels_;
  std::size_t blocks_;
  Q8Columns* weights_;
};

class Q8Packer final : public LinearPacker {
 public:
  std::unique_ptr<Linear> make(std::size_t inputs, std::size_t outputs) override {
    const std::size_t bytes = panels_of(outputs) * (inputs / kRowMultiple) * sizeof(Q8Columns);
    auto* const weights = reinterpret_cast<Q8Columns*>(arena_.allocate(bytes));
    return std::make_unique<Q8Linear>(inputs, outputs, kernels(best_isa()), weights);
  }

  std::size_t slice_width() const noexcept override { return 4 * kQ8Columns; }

 private:
  Arena arena_;
};

}  // namespace

std::unique_ptr<LinearPacker> make_q8_packer() { return std::make_unique<Q8Packer>(); }

}  // namespace lingua::engine
