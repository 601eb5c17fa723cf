// Any bytes as a GGUF file: read it, look at everything, describe it, build its tokenizer; or a clear error.
#include <cstddef>
#include <cstdint>
#include <lingua/error.hpp>
#include <lingua/model.hpp>
#include <string_view>

#include "model/description.hpp"
#include "model/gguf.hpp"
#include "model/tokenizer.hpp"
#include "require.hpp"
#include "support/gguf_writer.hpp"

namespace {

using lingua::fuzz::require;

/// Runs `step`; only errors about the model are allowed.
template <class Step>
void allow_model_errors(Step step) {
  try {
    step();
  } catch (const lingua::Error& error) {
    require(error.code() == lingua::ErrorCode::model_invalid || error.code() == lingua::ErrorCode::model_unsupported,
            "the error is about the model");
  }
}

/// Reads every byte that the tensors claim to have.
void touch(const lingua::model::Gguf& gguf) {
  [[maybe_unused]] volatile unsigned sink = 0;
  for (const auto& tensor : gguf.tensors()) {
    require(gguf.find_tensor(tensor.name) == &tensor, "tensors are found by name");
    for (const std::byte byte : tensor.data) sink = std::to_integer<unsigned>(byte);
    require(tensor.row(tensor.rows() - 1).empty() == tensor.data.empty(),
            "rows share the bytes");  // none: unknown type
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const lingua::test::TempFile file;
  file.write({reinterpret_cast<const char*>(data), size});
  allow_model_errors([] { lingua::inspect_model(file.path()); });
  allow_model_errors([] {
    const auto gguf = lingua::model::Gguf::open(file.path());
    touch(*gguf);
    allow_model_errors([&] { describe(*gguf); });
    allow_model_errors([&] {
      const auto tokenizer = lingua::model::Tokenizer::create(*gguf);
      for (const auto& token : tokenizer->tokenize("Hello, 世界 12!\n\xFF")) {
        require(token.id >= 0 && static_cast<std::size_t>(token.id) < tokenizer->vocabulary_size(), "ids are known");
      }
    });
  });
  return 0;
}
