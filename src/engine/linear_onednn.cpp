// Matrices in f32 and bf16. All of one shape share their primitives, one per number of rows, made on first use.
//
// What a row results in must not depend on how many rows there are. oneDNN 2.6 adds up in the same order for any
// number with AVX-512, but for AVX2 it takes six rows at a time, and one to three that are left over in another
// order: such products get some rows more.
#include <array>
#include <cstring>
#include <map>
#include <mutex>
#include <utility>

#include "engine/arena.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/linear.hpp"
#include "engine/onednn.hpp"

namespace lingua::engine {
namespace {

using dnnl::memory;

// The least number of rows, at least `rows`, that oneDNN multiplies as it would multiply kMaxRows.
std::size_t padded(std::size_t rows) {
  static const bool any = best_isa() >= Isa::avx512;
  if (any) return rows;
  const std::size_t left_over = rows % 6;
  return left_over >= 1 && left_over <= 3 ? rows - left_over + 4 : rows;
}
static_assert(Linear::kMaxRows % 6 == 4);

// The primitives for matrices of one shape. The layout of the weights is that of the largest number of rows.
class Shape {
 public:
  Shape(std::size_t inputs, std::size_t outputs, memory::data_type type)
      : inputs_(inputs),
        outputs_(outputs),
        layout_(onednn::Product(Linear::kMaxRows, inputs, outputs, onednn::any_layout(inputs, outputs, type), false)
                    .packed()),
        packing_(inputs, outputs, layout_) {}

  const onednn::Packing& packing() const { return packing_; }

  const onednn::Product& product(std::size_t rows, bool accumulate) {
    Slot& slot = slots_[accumulate][rows - 1];
    std::call_once(slot.once, [&] {
      slot.product = std::make_unique<onednn::Product>(rows, inputs_, outputs_, layout_, accumulate);
    });
    return *slot.product;
  }

 private:
  struct Slot {
    std::once_flag once;
    std::unique_ptr<onednn::Product> product;
  };

  std::size_t inputs_, outputs_;
  memory::desc layout_;
  onednn::Packing packing_;
  std::array<std::array<Slot, Linear::kMaxRows>, 2> slots_;
};

class OneDnnLinear final : public Linear {
 public:
  OneDnnLinear(std::size_t inputs, std::size_t outputs, const InputKernels& kernels, std::shared_ptr<Shape> shape,
               std::byte* weights)
      : Linear(inputs, outputs), kernels_(kernels), shape_(std::move(shape)), weights_(weights) {}

  void pack(const RowReader& row, Buffer& staging) override {
    const std::size_t row_bytes = kernels_.bytes(inputs());
    std::byte* const rows = staging.as<std::byte>(outputs() * row_bytes + inputs() * sizeof(float));
    const std::span<float> values(reinterpret_cast<float*>(rows + outputs() * row_bytes), inputs());
    for (std::size_t output = 0; output < outputs(); ++output) {
      const StoredRow stored = row(output);
      model::dequantize(stored.type, stored.bytes, values);
      kernels_.convert(values.data(), inputs(), rows + output * row_bytes);
    }
    Buffer scratch;
    shape_->packing().execute(rows, weights_, scratch);
  }

  void multiply(const void* in, std::size_t rows, float* out, bool accumulate, Buffer& scratch) const override {
    const onednn::Product& product = shape_->product(padded(rows), accumulate);
    if (padded(rows) != rows) return multiply_padded(product, in, rows, out, scratch);
    product.execute(in, weights_, out, scratch.as<std::byte>(product.scratch_bytes()));
  }

 private:
  // The product on copies that are followed by zeros.
  void multiply_padded(const onednn::Product& product, const void* in, std::size_t rows, float* out,
                       Buffer& scratch) const {
    const std::size_t in_bytes = Buffer::aligned(padded(rows) * kernels_.bytes(inputs()));
    const std::size_t out_bytes = Buffer::aligned(padded(rows) * outputs() * sizeof(float));
    auto* const in_copy = scratch.as<std::byte>(in_bytes + out_bytes + product.scratch_bytes());
    auto* const out_copy = in_copy + in_bytes;
    std::memset(in_copy, 0, in_bytes + out_bytes);
    std::memcpy(in_copy, in, rows * kernels_.bytes(inputs()));
    std::memcpy(out_copy, out, rows * outputs() * sizeof(float));
    product.execute(in_copy, weights_, reinterpret_cast<float*>(out_copy), out_copy + out_bytes);
    std::memcpy(out, out_copy, rows * outputs() * sizeof(float));
  }

  const InputKernels& kernels_;
  std::shared_ptr<Shape> shape_;
  std::byte* weights_;
};

class OneDnnPacker final : public LinearPacker {
 public:
  explicit OneDnnPacker(bool bf16)
      : type_(bf16 ? memory::data_type::bf16 : memory::data_type::f32),
        kernels_(bf16 ? kernels(best_isa()).bf16_inputs : kernels(best_isa()).f32_inputs) {}

  std::unique_ptr<Linear> make(std::size_t inputs, std::size_t outputs) override {
    std::shared_ptr<Shape>& shape = shapes_[{inputs, outputs}];
    if (!shape) shape = std::make_shared<Shape>(inputs, outputs, type_);
    std::byte* const weights = arena_.allocate(shape->packing().packed_bytes());
    return std::make_unique<OneDnnLinear>(inputs, outputs, kernels_, shape, weights);
  }

  std::size_t slice_width() const noexcept override { return 1024; }

 private:
  memory::data_type type_;
  const InputKernels& kernels_;
  Arena arena_;
  std::map<std::pair<std::size_t, std::size_t>, std::shared_ptr<Shape>> shapes_;
};

}  // namespace

std::unique_ptr<LinearPacker> make_onednn_packer(bool bf16) { return std::make_unique<OneDnnPacker>(bf16); }

}  // namespace lingua::engine
