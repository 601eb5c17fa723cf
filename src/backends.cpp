// Model::load and inspect_model: which backend reads a file. The engine is asked first; llama.cpp knows more models.
#include <fmt/format.h>

#include <lingua/error.hpp>
#include <lingua/model.hpp>
#include <lingua/version.hpp>

#include "llama/backend.hpp"
#include "model/architectures.hpp"
#include "model/inspect.hpp"
#include "scoring/model.hpp"

namespace lingua {
namespace {

// What an error about a model that the engine does not know goes on with.
std::string_view hint() {
  return llama::version().empty()
             ? "; the llama backend may know it, which this build lacks (CMake option LINGUA_LLAMA)"
             : "; the llama backend may know it";
}

}  // namespace

ModelInfo inspect_model(const std::filesystem::path& path) {
  ModelInfo info = model::inspect(path);
  if (info.unsupported.empty() || model::is_encoder(info.architecture)) return info;
  if (llama::knows(path)) {
    info.backend = Backend::llama;
    info.unsupported.clear();
  } else if (llama::version().empty()) {
    info.unsupported += hint();
  }
  return info;
}

std::shared_ptr<const Model> Model::load(const std::filesystem::path& path, const ModelOptions& options) {
  if (options.backend == Backend::llama) return llama::load(path, options);
  if (options.backend == Backend::engine && options.gpu_layers) {
    throw Error(ErrorCode::invalid_option,
                "GPU layers are an option of the llama backend; the engine has no use for it");
  }
  try {
    return scoring::load(path, options);
  } catch (const Error& error) {
    const bool unknown = error.code() == ErrorCode::model_unsupported;
    if (!unknown || model::is_encoder(model::inspect(path).architecture)) throw;
    if (options.backend == Backend::automatic && llama::knows(path)) return llama::load(path, options);
    throw Error(error.code(), fmt::format("{}{}", error.what(), hint()));
  }
}

std::string backend_version(Backend backend) { return backend == Backend::llama ? llama::version() : LINGUA_VERSION; }

const char* to_string(Backend backend) noexcept {
  switch (backend) {
    case Backend::automatic:
      return "automatic";
    case Backend::engine:
      return "engine";
    case Backend::llama:
      return "llama";
  }
  return "unknown";
}

}  // namespace lingua
