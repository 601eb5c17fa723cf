// The public Model on libllama. File facts, identity and separator come from lingua's own reading of the GGUF, so
// that both backends agree on them.
#include <utility>

#include <fmt/format.h>

#include "llama/backend.hpp"
#include "llama/scorer.hpp"
#include "llama/tokenizer.hpp"
#include "model/gguf.hpp"
#include "model/inspect.hpp"
#include "model/tokenizer_vocabulary.hpp"
#include "scoring/model.hpp"

namespace lingua::llama {
namespace {

ModelHandle load_handle(const std::filesystem::path& path, llama_model_params params) {
  initialise();
  ModelHandle model(llama_model_load_from_file(path.c_str(), params));
  if (!model) throw failure(ErrorCode::model_unsupported, fmt::format("{}: llama.cpp cannot load it", path.string()));
  return model;
}

ModelHandle load_handle(const std::filesystem::path& path, const ModelOptions& options) {
  llama_model_params params = llama_model_default_params();
  params.n_gpu_layers = options.gpu_layers ? static_cast<std::int32_t>(*options.gpu_layers) : -1;
  return load_handle(path, params);
}

void require_causal(const llama_model* model, const model::Gguf& gguf, const ModelInfo& info) {
  const bool causal = gguf.boolean_or(info.architecture + ".attention.causal", true);
  if (causal && !llama_model_has_encoder(model) && !llama_model_is_diffusion(model)) return;
  throw Error(ErrorCode::model_unsupported,
              fmt::format("{}: not a causal language model, so it cannot score text", info.path.string()));
}

ModelInfo llama_facts_of(const model::Gguf& gguf) {
  ModelInfo info = model::facts_of(gguf);
  info.backend = Backend::llama;
  return info;
}

bool wants_space_prefix(const llama_vocab* vocabulary, const model::Gguf& gguf) {
  return llama_vocab_type(vocabulary) == LLAMA_VOCAB_TYPE_SPM &&
         gguf.boolean_or("tokenizer.ggml.add_space_prefix", true);
}

class LlamaModel final : public Model {
 public:
  LlamaModel(const std::filesystem::path& path, const ModelOptions& options)
      : gguf_(model::Gguf::open(path)),
        info_(llama_facts_of(*gguf_)),
        compute_(scoring::choose_compute(options.compute)),
        workers_(scoring::choose_threads(options.threads)),
        model_(load_handle(path, options)),
        window_(
            scoring::choose_window(options.window, static_cast<std::size_t>(llama_model_n_ctx_train(model_.get())))),
        separator_(model::separator_of(model::read_vocabulary(*gguf_))),
        tokenizer_(vocabulary(), wants_space_prefix(vocabulary(), *gguf_), separator_),
        id_(fmt::format("{}-llama.cpp-{}-{}-{}-{}", gguf_->fingerprint(), version(), to_string(compute_), window_,
                        options.gpu_layers ? std::to_string(*options.gpu_layers) : "all")) {
    require_causal(model_.get(), *gguf_, info_);
    if (const model::Tensor* matrix = OutputHead::find_matrix(model_.get(), *gguf_, separator_)) {
      head_ = std::make_unique<OutputHead>(*matrix, compute_, workers_);
    }
    setup_ = {model_.get(), head_.get(), &workers_, window_};
  }

  std::vector<Token> tokenize(std::string_view text) const override { return tokenizer_.tokenize(text); }
  std::unique_ptr<Scorer> new_scorer() const override { return std::make_unique<LlamaScorer>(setup_, separator_); }
  const std::string& id() const noexcept override { return id_; }
  const ModelInfo& info() const noexcept override { return info_; }
  ComputeType compute_type() const noexcept override { return compute_; }
  unsigned threads() const noexcept override { return workers_.threads(); }

 private:
  const llama_vocab* vocabulary() const { return llama_model_get_vocab(model_.get()); }

  std::shared_ptr<const model::Gguf> gguf_;
  ModelInfo info_;
  ComputeType compute_;
  engine::Workers workers_;
  ModelHandle model_;
  std::size_t window_;
  TokenId separator_;
  Tokenizer tokenizer_;
  std::string id_;
  std::unique_ptr<OutputHead> head_;
  DecoderSetup setup_;
};

}  // namespace

std::string version() { return ::llama_version(); }

bool knows(const std::filesystem::path& path) {
  llama_model_params params = llama_model_default_params();
  params.vocab_only = true;
  try {
    load_handle(path, params);
    return true;
  } catch (const Error&) {
    return false;
  }
}

std::shared_ptr<const Model> load(const std::filesystem::path& path, const ModelOptions& options) {
  return std::make_shared<LlamaModel>(path, options);
}

}  // namespace lingua::llama
