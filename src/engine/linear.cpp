#include "engine/linear.hpp"

namespace lingua::engine {

const InputKernels& inputs_of(const Kernels& kernels, ComputeType type) {
  return type == ComputeType::f32    ? kernels.f32_inputs
         : type == ComputeType::bf16 ? kernels.bf16_inputs
                                     : kernels.q8_inputs;
}

std::unique_ptr<LinearPacker> make_packer(ComputeType type) {
  if (type == ComputeType::q8_0) return make_q8_packer();
  const bool bf16 = type == ComputeType::bf16;
  return bf16 && supports(Isa::amx) ? make_bf16_packer() : make_onednn_packer(bf16);
}

}  // namespace lingua::engine
