#include "llama/output_head.hpp"

#include <string>

#include "engine/packing_plan.hpp"

namespace lingua::llama {
namespace {

engine::SlicedLinear pack(const model::Tensor& matrix, engine::LinearPacker& packer, engine::Workers& workers) {
  engine::SlicedLinear packed;
  engine::PackingPlan plan(packer);
  plan.add(packed, engine::MatrixSource(matrix));
  plan.run(workers);
  return packed;
}

// Notes the matrix in the product that ends the graph, if it is one of that matrix and the hidden states in the
// memory of the CPU.
bool note_matrix(ggml_tensor* tensor, bool ask, void* name) {
  const bool wanted = std::string_view(tensor->name) == "result_output" && tensor->op == GGML_OP_MUL_MAT &&
                      std::string_view(tensor->src[1]->name) == OutputHead::kHidden;
  if (!ask && ggml_backend_buffer_is_host(tensor->buffer)) {
    *static_cast<std::string*>(name) = tensor->src[0]->name;
  }
  return wanted || !ask;
}

// The name of that matrix in a pass over one token; empty when the graph ends otherwise.
std::string watch_output(llama_model* model, TokenId any_token) {
  std::string name;
  llama_context_params params = llama_context_default_params();
  params.n_ctx = params.n_batch = params.n_ubatch = 1;
  params.cb_eval = note_matrix;
  params.cb_eval_user_data = &name;
  const ContextHandle context(llama_init_from_model(model, params));
  if (!context || llama_decode(context.get(), llama_batch_get_one(&any_token, 1)) != 0) {
    throw failure(ErrorCode::model_unsupported, "llama.cpp cannot run this model");
  }
  return name;
}

}  // namespace

OutputHead::OutputHead(const model::Tensor& matrix, ComputeType compute, engine::Workers& workers)
    : workers_(workers),
      kernels_(engine::kernels(engine::best_isa())),
      rows_(engine::inputs_of(kernels_, compute)),
      inputs_(matrix.columns()),
      packer_(engine::make_packer(compute)),
      matrix_(pack(matrix, *packer_, workers)) {}

const model::Tensor* OutputHead::find_matrix(llama_model* model, const model::Gguf& gguf, TokenId any_token) {
  const std::string name = watch_output(model, any_token);
  const model::Tensor* const matrix = gguf.find_tensor(name);
  const bool fits = matrix != nullptr && model::tensor_type_info(matrix->type) && matrix->shape.size() == 2 &&
                    matrix->columns() % engine::kRowMultiple == 0;
  return fits ? matrix : nullptr;
}

void OutputHead::run(std::span<const float> hidden, std::span<const TokenId> targets,
                     std::span<float> surprisals) const {
  const std::size_t row_bytes = rows_.bytes(inputs_);
  engine::Buffer rows(targets.size() * row_bytes);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    rows_.convert(hidden.data() + i * inputs_, inputs_, rows.data() + i * row_bytes);
  }
  engine::OutputHead(matrix_, kernels_, row_bytes).run(rows.data(), targets, surprisals, workers_);
}

}  // namespace lingua::llama
