// libllama's handles with owners, and its log as the second half of error messages instead of lines on stderr.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <llama.h>

#include <lingua/error.hpp>

namespace lingua::llama {

struct Free {
  void operator()(llama_model* model) const { llama_model_free(model); }
  void operator()(llama_context* context) const { llama_free(context); }
};
using ModelHandle = std::unique_ptr<llama_model, Free>;
using ContextHandle = std::unique_ptr<llama_context, Free>;

/// Tokens of the vocabulary.
inline std::size_t vocabulary_size(const llama_model* model) {
  return static_cast<std::size_t>(llama_vocab_n_tokens(llama_model_get_vocab(model)));
}

/// Prepares the library, with all the devices that it finds; its log is silent from then on. Only the first call
/// works.
void initialise();

/// `message`, and what libllama has logged as an error on this thread since the last failure.
Error failure(ErrorCode code, std::string_view message);

}  // namespace lingua::llama
