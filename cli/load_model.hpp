// Loads the model that the user, the environment or the default names, and describes it in reports.
#pragma once

#include <memory>
#include <string>

#include <lingua/model.hpp>

#include "arguments.hpp"
#include "input/strict_json.hpp"

namespace lingua::cli {

struct LoadedModel {
  std::shared_ptr<const Model> model;
  double seconds;  ///< to load
};

/// Throws Error like Model::load; when the default is missing, the message says how to get it.
LoadedModel load_model(const ModelArguments& arguments);

/// The file of `path`, or the default one.
std::filesystem::path model_path(const std::string& path);

/// How to get the default model, or name another.
std::string how_to_get_the_model();

/// {path, name, id, backend, compute, threads}
Json model_json(const Model& model);

}  // namespace lingua::cli
