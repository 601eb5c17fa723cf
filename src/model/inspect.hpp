// What a GGUF states about itself.
#pragma once

#include <lingua/model.hpp>

namespace lingua::model {

class Gguf;

/// The facts, without `unsupported`: whether lingua can score with it is a longer question.
/// Throws Error: model_invalid when a name is not a string.
ModelInfo facts_of(const Gguf& gguf);

/// The same for the file at `path`, with `unsupported` as far as the engine goes. Errors as inspect_model.
ModelInfo inspect(const std::filesystem::path& path);

}  // namespace lingua::model
