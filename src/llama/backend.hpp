// The llama backend as the rest of the library sees it, whether or not it is built in.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <lingua/model.hpp>

namespace lingua::llama {

/// Of the libllama that is built in; empty: none is.
std::string version();

/// Whether llama.cpp knows the architecture and the tokenizer of the GGUF at `path`. False when it is not built in.
bool knows(const std::filesystem::path& path);

/// Model::load with llama.cpp. Throws Error invalid_option when it is not built in.
std::shared_ptr<const Model> load(const std::filesystem::path& path, const ModelOptions& options);

}  // namespace lingua::llama
