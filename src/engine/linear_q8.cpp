// Matrices in blocks of 32 bytes with a common scale. Those of a Q8_0 file are taken as they are.
#include <cstring>
#include <vector>

#include "engine/arena.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/linear.hpp"

namespace lingua::engine {
namespace {

class Q8Linear final : public Linear {
 public:
  Q8Linear(std::size_t inputs, std::size_t outputs, const Kernels& kernels, const Q8Columns* weights)
      : Linear(inputs, outputs), kernels_(kernels), weights_(weights) {}

  void multiply(const void* in, std::size_t rows, float* out, bool accumulate, Buffer&) const override {
    const auto* const blocks = static_cast<const Q8Block*>(in);
    kernels_.multiply_q8({blocks, rows, inputs() / kRowMultiple, weights_, outputs(), out, accumulate});
  }

 private:
  const Kernels& kernels_;
  const Q8Columns* weights_;
};

class Q8Packer final : public LinearPacker {
 public:
  std::unique_ptr<Linear> pack(std::size_t inputs, std::size_t outputs, const RowReader& row,
                               Buffer& staging) override {
    const std::size_t blocks = inputs / kRowMultiple, panels = (outputs + kQ8Columns - 1) / kQ8Columns;
    const std::size_t bytes = panels * blocks * sizeof(Q8Columns);
    auto* const weights = reinterpret_cast<Q8Columns*>(arena_.allocate(bytes));
    std::memset(static_cast<void*>(weights), 0, bytes);  // what stands for missing outputs has scale 0
    auto* const quantised = staging.as<Q8Block>(blocks);
    std::vector<float> values(inputs);
    for (std::size_t output = 0; output < outputs; ++output) {
      read(row(output), values, quantised);
      Q8Columns* const panel = weights + output / kQ8Columns * blocks;
      for (std::size_t b = 0; b < blocks; ++b) put_column(quantised[b], panel[b], output % kQ8Columns);
    }
    return std::make_unique<Q8Linear>(inputs, outputs, kernels_, weights);
  }

  std::size_t slice_width() const noexcept override { return 4 * kQ8Columns; }

 private:
  void read(const StoredRow& row, std::span<float> values, Q8Block* out) const {
    if (row.type != model::TensorType::q8_0) {
      model::dequantize(row.type, row.bytes, values);
      return kernels_.quantise_weights(values.data(), values.size(), out);
    }
    constexpr std::size_t kStored = kRowMultiple + 2;  // a half as scale, then q
    for (const std::byte* stored = row.bytes.data(); stored < row.bytes.data() + row.bytes.size();
         stored += kStored) {
      model::dequantize(model::TensorType::f16, {stored, 2}, {&out->scale, 1});
      std::memcpy(out->q, stored + 2, kRowMultiple);
      ++out;
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

  const Kernels& kernels_ = kernels(best_isa());
  Arena arena_;
};

}  // namespace

std::unique_ptr<LinearPacker> make_q8_packer() { return std::make_unique<Q8Packer>(); }

}  // namespace lingua::engine
