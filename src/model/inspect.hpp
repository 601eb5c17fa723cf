// What a GGUF states about itself.
#pragma once

#include <lingua/model.hpp>

namespace lingua::model {

class Gguf;

/// The facts, without `unsupported`: whether lingua can score with it is a longer question.
/// Throws Error: model_invalid when a name is not a string.
ModelInfo facts_of(const Gguf& gguf);

}  // namespace lingua::model
