// Matrices in bf16 for the tiles of AMX. oneDNN has a product for them too, but takes another one for some numbers of
// rows: what a row results in would depend on how many there are.
#include <cstring>

#include "engine/arena.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/linear.hpp"

namespace lingua::engine {
namespace {

std::size_t in_panels(std::size_t outputs) { return (outputs + kBf16Columns - 1) / kBf16Columns * kBf16Columns; }

class Bf16Linear final : public Linear {
 public:
  Bf16Linear(std::size_t inputs, std::size_t outputs, const Kernels& kernels, std::uint32_t* weights)
      : Linear(inputs, outputs), kernels_(kernels), weights_(weights) {}

  void pack(const RowReader& row, Buffer& staging) override {
    const std::size_t pairs = inputs() / 2;
    auto* const rows = staging.as<std::uint32_t>(kBf16Columns * pairs + inputs());
    const std::span<float> values(reinterpret_cast<float*>(rows + kBf16Columns * pairs), inputs());
    for (std::size_t first = 0; first < outputs(); first += kBf16Columns) {
      std::memset(rows, 0, kBf16Columns * pairs * sizeof(std::uint32_t));  // stands for missing outputs
      for (std::size_t output = first; output < outputs() && output < first + kBf16Columns; ++output) {
        const StoredRow stored = row(output);
        model::dequantize(stored.type, stored.bytes, values);
        kernels_.bf16_inputs.convert(values.data(), inputs(), rows + (output - first) * pairs);
      }
      std::uint32_t* to = weights_ + first * pairs;
      for (std::size_t pair = 0; pair < pairs; ++pair) {
        for (std::size_t column = 0; column < kBf16Columns; ++column) *to++ = rows[column * pairs + pair];
      }
    }
  }

  void multiply(const void* in, std::size_t rows, float* out, bool accumulate, Buffer&) const override {
    kernels_.multiply_bf16({in, rows, inputs(), weights_, outputs(), out, accumulate});
  }

 private:
  const Kernels& kernels_;
  std::uint32_t* weights_;
};

class Bf16Packer final : public LinearPacker {
 public:
  std::unique_ptr<Linear> make(std::size_t inputs, std::size_t outputs) override {
    auto* const weights = arena_.allocate(in_panels(outputs) * inputs * sizeof(std::uint16_t));
    return std::make_unique<Bf16Linear>(inputs, outputs, kernels(best_isa()),
                                        reinterpret_cast<std::uint32_t*>(weights));
  }

  std::size_t slice_width() const noexcept override { return 16 * kBf16Columns; }

 private:
  Arena arena_;
};

}  // namespace

std::unique_ptr<LinearPacker> make_bf16_packer() { return std::make_unique<Bf16Packer>(); }

}  // namespace lingua::engine
