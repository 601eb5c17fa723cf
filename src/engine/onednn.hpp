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
  std::size_t scratch_bytes() const { return scratch_.get_size(); }
  void execute(const void* in, const void* weights, float* out, void* scratch) const;

 private:
  dnnl::memory::desc in_, packed_, out_, scratch_;
  dnnl::matmul matmul_;
};

/// Packs matrices of one shape, given as outputs x inputs, into the layout `packed`.
class Packing {
 public:
  Packing(std::size_t inputs, std::size_t outputs, const dnnl::memory::desc& packed);

  std::size_t packed_bytes() const { return packed_.get_size(); }
  void execute(const void* rows, void* weights, Buffer& scratch) const;

 private:
  dnnl::memory::desc rows_, packed_, scratch_;
  dnnl::reorder reorder_;
};

dnnl::memory::desc any_layout(std::size_t inputs, std::size_t outputs, dnnl::memory::data_type type);

}  // namespace lingua::engine::onednn
