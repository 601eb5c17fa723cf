// A missing model is the first thing a new user meets: its message says what to do.
#include "load_model.hpp"

#include <chrono>

#include <lingua/error.hpp>

#include "choices.hpp"

namespace lingua::cli {

std::filesystem::path model_path(const std::string& path) {
  return path.empty() ? default_model_path() : std::filesystem::path(path);
}

std::string how_to_get_the_model() {
  return "`make demo` in the source folder gets the default model; --model or LINGUA_MODEL name another GGUF file";
}

LoadedModel load_model(const ModelArguments& arguments) {
  const auto start = std::chrono::steady_clock::now();
  try {
    auto model = Model::load(model_path(arguments.path), arguments.options);
    return {std::move(model), std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()};
  } catch (const Error& error) {
    if (error.code() != ErrorCode::model_not_found) throw;
    throw Error(error.code(), std::string(error.what()) + "; " + how_to_get_the_model());
  }
}

Json model_json(const Model& model) {
  return {{"path", model.info().path.string()},
          {"name", model.info().name},
          {"id", model.id()},
          {"backend", name_of(kBackends, model.info().backend)},
          {"compute", to_string(model.compute_type())},
          {"threads", model.threads()}};
}

}  // namespace lingua::cli
