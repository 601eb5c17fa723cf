// Model: a GGUF with its tokenizer, and the engine's weights and threads.
#include "scoring/model.hpp"

#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include <lingua/error.hpp>

#include "engine/kernels/kernels.hpp"
#include "engine/transformer.hpp"
#include "engine/workers.hpp"
#include "model/description.hpp"
#include "model/gguf.hpp"
#include "model/inspect.hpp"
#include "model/tokenizer.hpp"
#include "scoring/local_scorer.hpp"

namespace lingua {
namespace {

constexpr unsigned kMaxThreads = 1024;

}  // namespace

ComputeType scoring::choose_compute(ComputeType wanted) {
  if (wanted == ComputeType::bf16 && !engine::supports(engine::Isa::avx512_bf16)) {
    throw Error(ErrorCode::invalid_option,
                "compute type bf16: this CPU lacks bf16 instructions (AVX512-BF16); use f32 or q8_0");
  }
  if (wanted != ComputeType::automatic) return wanted;
  return engine::has_fast_bf16() ? ComputeType::bf16 : ComputeType::f32;
}

unsigned scoring::choose_threads(unsigned wanted) {
  if (wanted > kMaxThreads) {
    throw Error(ErrorCode::invalid_option, fmt::format("{} threads: at most {} are possible", wanted, kMaxThreads));
  }
  return wanted == 0 ? engine::available_threads() : wanted;
}

std::size_t scoring::choose_window(std::size_t wanted, std::size_t trained) {
  if (wanted == 0) return trained;
  if (wanted < 2 || wanted > trained) {
    throw Error(ErrorCode::invalid_option,
                fmt::format("window of {} tokens: the model allows 2 to {}", wanted, trained));
  }
  return wanted;
}

namespace {

class LocalModel final : public Model {
 public:
  LocalModel(const std::filesystem::path& path, const ModelOptions& options)
      : gguf_(model::Gguf::open(path)),
        info_(model::facts_of(*gguf_)),
        description_(model::describe(*gguf_)),
        tokenizer_(model::Tokenizer::create(*gguf_)),
        compute_(scoring::choose_compute(options.compute)),
        window_(scoring::choose_window(options.window, description_.window)),
        id_(fmt::format("{}-{}-{}", gguf_->fingerprint(), to_string(compute_), window_)),
        workers_(scoring::choose_threads(options.threads)),
        transformer_(gguf_, description_, compute_, workers_) {}

  std::vector<Token> tokenize(std::string_view text) const override { return tokenizer_->tokenize(text); }
  std::unique_ptr<Scorer> new_scorer() const override {
    return std::make_unique<scoring::LocalScorer>(transformer_, tokenizer_->separator(), window_);
  }
  const std::string& id() const noexcept override { return id_; }
  const ModelInfo& info() const noexcept override { return info_; }
  ComputeType compute_type() const noexcept override { return compute_; }
  unsigned threads() const noexcept override { return workers_.threads(); }

 private:
  std::shared_ptr<const model::Gguf> gguf_;
  ModelInfo info_;
  model::Description description_;
  std::unique_ptr<model::Tokenizer> tokenizer_;
  ComputeType compute_;
  std::size_t window_;
  std::string id_;
  engine::Workers workers_;
  engine::Transformer transformer_;
};

}  // namespace

std::shared_ptr<const Model> scoring::load(const std::filesystem::path& path, const ModelOptions& options) {
  return std::make_shared<LocalModel>(path, options);
}

const char* to_string(ComputeType type) noexcept {
  switch (type) {
    case ComputeType::automatic:
      return "automatic";
    case ComputeType::f32:
      return "f32";
    case ComputeType::bf16:
      return "bf16";
    case ComputeType::q8_0:
      return "q8_0";
  }
  return "unknown";
}

std::filesystem::path default_model_path() {
  const auto variable = [](const char* name) -> std::filesystem::path {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
  };
  if (auto model = variable("LINGUA_MODEL"); !model.empty()) return model;
  auto cache = variable("XDG_CACHE_HOME");
  if (cache.empty()) cache = variable("HOME") / ".cache";
  return cache / "lingua/models/SmolLM2-135M-Instruct.Q4_1.gguf";
}

}  // namespace lingua
