// Surprisals from hidden states without libllama's logits: its output matrix, packed for the engine.
//
// libllama gives logits as rows of the whole vocabulary, and the log-softmax over them is left to the caller. Where
// the model's graph ends in a plain matrix product on the CPU, the graph is stopped before it, and the engine's
// output head does the rest in one pass. Measured on 2 cores of a Zen 4: 1.2 times the tokens per second for Gemma 3
// 270M (262k tokens), nothing lost or won for SmolLM2 (49k). Everything else (a GPU, logits that are scaled or
// capped) takes libllama's logits, some rows at a time.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include <lingua/model.hpp>

#include "engine/output_head.hpp"
#include "llama/library.hpp"
#include "model/gguf.hpp"

namespace lingua::llama {

class OutputHead {
 public:
  /// What libllama calls the hidden states that the output matrix multiplies.
  static constexpr std::string_view kHidden = "result_norm";

  /// `matrix` is the tensor of `gguf` that libllama multiplies the hidden states by.
  OutputHead(const model::Tensor& matrix, ComputeType compute, engine::Workers& workers);

  /// The output matrix of `model`, which was loaded from `gguf`, when surprisals can be had this way. Null when not.
  /// Throws Error model_unsupported: libllama cannot run the model.
  static const model::Tensor* find_matrix(llama_model* model, const model::Gguf& gguf, TokenId any_token);

  std::size_t inputs() const noexcept { return inputs_; }

  /// surprisals[i] = -ln p(targets[i] | row i of `hidden`), one after the other.
  void run(std::span<const float> hidden, std::span<const TokenId> targets, std::span<float> surprisals) const;

 private:
  engine::Workers& workers_;
  const engine::Kernels& kernels_;
  const engine::InputKernels& rows_;
  std::size_t inputs_;
  std::unique_ptr<engine::LinearPacker> packer_;
  engine::SlicedLinear matrix_;
};

}  // namespace lingua::llama
