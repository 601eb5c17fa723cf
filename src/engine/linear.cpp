#include "engine/linear.hpp"

namespace lingua::engine {

const InputKernels& inputs_of(const Kernels& kernels, ComputeType type) {
  return type == ComputeType::f32    ? kernels.f32_inputs
         : type == ComputeType::bf16 ? kernels.bf16_inputs
                                     : kernels.q8_inputs;
}

std::unique_ptr<LinearPacker> make_packer(ComputeType type) {
  return type == ComputeType::q8_0 ? make_q8_packer() : make_onednn_packer(type == ComputeType::bf16);
}

}  // namespace lingua::engine
