// The part of oneDNN that the engine uses, alike for versions 2 and 3: matrix products with prepacked weights.
#pragma once

#include <cstddef>
#include <oneapi/dnnl/dnnl.hpp>

#include "engine/buffer.hpp"

namespace lingua::engine::onednn {

/// One CPU engine for the process: it holds no state.
const dnnl::engine& cpu();

/// A product of rows x inputs times a packed matrix of inputs x outputs, into dense floats.
class Product {
 public:
  /// `packed` is the layout of the matrix; `any_layout` lets oneDNN choose.
  Product(std::size_t rows, std::size_t inputs, std::size_t outputs, const dnnl::memory::desc& packed,
          bool accumulate);

  const dnnl::memory::desc& packed() const { return packed_; }
  void execute(const void* in, const void* weights, float* out, Buffer& scratch) const;

 private:
  dnnl::memory::desc in_, packed_, out_, scratch_;
  dnnl::matmul matmul_;
};

dnnl::memory::desc any_layout(std::size_t inputs, std::size_t outputs, dnnl::memory::data_type type);

/// Packs `rows`, outputs x inputs, into the layout `packed`.
void reorder(const void* rows, std::size_t inputs, std::size_t outputs, const dnnl::memory::desc& packed,
             void* weights);

}  // namespace lingua::engine::onednn
