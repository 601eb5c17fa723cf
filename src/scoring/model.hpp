// The engine's side of Model::load, and the checks of ModelOptions that all backends share.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>

#include <lingua/model.hpp>

namespace lingua::scoring {

/// Model::load with the engine.
std::shared_ptr<const Model> load(const std::filesystem::path& path, const ModelOptions& options);

// What an option means on this machine, for this model. They throw Error invalid_option.
ComputeType choose_compute(ComputeType wanted);
unsigned choose_threads(unsigned wanted);
std::size_t choose_window(std::size_t wanted, std::size_t trained);

}  // namespace lingua::scoring
