#include "engine/linear.hpp"

namespace lingua::engine {

std::unique_ptr<LinearPacker> make_packer(ComputeType type) {
  return type == ComputeType::q8_0 ? make_q8_packer() : make_onednn_packer(type == ComputeType::bf16);
}

}  // namespace lingua::engine
