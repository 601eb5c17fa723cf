#include "engine/transformer.hpp"

#include <utility>

#include "engine/forward_pass.hpp"
#include "engine/output_head.hpp"

namespace lingua::engine {
namespace {

// bfloat16 unless it would be slower, or more was asked for.
const AttentionKernels& attention_of(const Kernels& kernels, ComputeType compute) {
  const bool bf16 = compute == ComputeType::bf16 || (compute == ComputeType::q8_0 && has_fast_bf16());
  return bf16 ? kernels.bf16_attention : kernels.f32_attention;
}

}  // namespace

std::size_t Workspace::bytes() const noexcept {
  std::size_t bytes = x.capacity() + queries.capacity() + rotations.capacity();
  for (const PerWorker& w : workers) {
    for (const Buffer* buffer :
         {&w.input, &w.qkv, &w.attention, &w.gate, &w.up, &w.activation, &w.residual, &w.scratch})
      bytes += buffer->capacity();
  }
  return bytes;
}

Transformer::Transformer(std::shared_ptr<const model::Gguf> gguf, const model::Description& description,
                         ComputeType compute, Workers& workers)
    : gguf_(std::move(gguf)),
      d_(description),
      workers_(workers),
      kernels_(kernels(best_isa())),
      inputs_(inputs_of(kernels_, compute)),
      attention_(attention_of(kernels_, compute)),
      packer_(make_packer(compute)),
      weights_(load_weights(*gguf_, d_, *packer_, workers)),
      embedding_(&gguf_->tensor("token_embd.weight", {d_.embedding, d_.vocabulary})),
      rope_(d_, weights_.rope_factors) {
  gguf_->release_pages();  // all that is still read of the file is embeddings, here and there
}

KvPages Transformer::new_pages() const {
  return KvPages(d_.layers, d_.kv_heads, d_.head_size, attention_.element_bytes);
}

void Transformer::forward(std::span<const Chunk> chunks, Workspace& workspace) const {
  ForwardPass(*this, chunks, workspace, ForwardPass::Depth::whole).run();
}

void Transformer::early_states(std::span<const Chunk> chunks, Workspace& workspace) const {
  ForwardPass(*this, chunks, workspace, ForwardPass::Depth::early).run();
}

void Transformer::surprisals(const std::byte* hidden, std::span<const TokenId> targets,
                             std::span<float> surprisals) const {
  OutputHead(weights_.head, kernels_, hidden_bytes()).run(hidden, targets, surprisals, workers_);
}

}  // namespace lingua::engine
