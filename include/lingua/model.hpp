// Loads a GGUF file as the scorer of the compressor.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <lingua/scorer.hpp>

namespace lingua {

/// Arithmetic of the matrix products. Sums are always accumulated in 32-bit floats.
enum class ComputeType {
  automatic,  ///< bf16 where the CPU has instructions for it that are faster than those for f32, else f32
  f32,        ///< 32-bit floats: the reference
  bf16,       ///< bfloat16 weights and activations
  q8_0,       ///< 8-bit weights and activations, in blocks of 32 with a common scale, like GGUF's Q8_0
};

/// What computes the forward passes.
enum class Backend {
  automatic,  ///< `engine`; for models that the engine does not know, `llama` where it is built in
  engine,     ///< lingua's own
  llama,      ///< llama.cpp (libllama), built in with the CMake option LINGUA_LLAMA: more models, and GPUs
};

struct ModelOptions {
  Backend backend = Backend::automatic;
  /// With the llama backend the type of the output matrix alone, and only where lingua multiplies by it (on the CPU);
  /// the rest is computed as llama.cpp does for the types in the file.
  ComputeType compute = ComputeType::automatic;
  unsigned threads = 0;    ///< threads of one forward pass; 0: as many as the process may use
  std::size_t window = 0;  ///< tokens of context that the model sees at most; 0: what the model was trained for
  std::optional<unsigned> gpu_layers = {};  ///< llama backend: layers that go to the GPU; unset: all, if there is one
};

/// Facts about a GGUF file, read without loading its weights. Also for architectures that cannot score.
struct ModelInfo {
  std::filesystem::path path;
  std::string name, architecture, licence;       ///< as the file states them; empty where it does not
  std::string tokenizer;                         ///< "gpt2 (smollm)", "llama", ...
  std::uint64_t file_bytes = 0, parameters = 0;  ///< parameters: elements of all tensors
  std::uint64_t layers = 0, embedding = 0, heads = 0, kv_heads = 0, feed_forward = 0, vocabulary = 0, window = 0;
  std::vector<std::pair<std::string, std::uint64_t>> tensor_types;  ///< type name, number of tensors; most first
  std::string unsupported;            ///< why lingua cannot score with it; empty when it can
  Backend backend = Backend::engine;  ///< of a loaded model, or the one that `automatic` would choose
};

/// Reads the description of the GGUF at `path`.
/// Throws Error: model_not_found, model_invalid, model_unsupported (another version of GGUF).
LINGUA_API ModelInfo inspect_model(const std::filesystem::path& path);

/// A language model in memory: immutable, shared by threads.
class LINGUA_API Model : public ScoringModel {
 public:
  /// Loads the GGUF at `path`. With the llama backend the first call replaces libllama's logger, which is global.
  /// Throws Error: model_not_found, model_invalid, model_unsupported, invalid_option (compute type that this
  /// CPU lacks, window of fewer than 2 tokens or beyond the model's, a backend that is not built in).
  static std::shared_ptr<const Model> load(const std::filesystem::path& path, const ModelOptions& options = {});

  virtual const ModelInfo& info() const noexcept = 0;
  virtual ComputeType compute_type() const noexcept = 0;  ///< never `automatic`
  virtual unsigned threads() const noexcept = 0;
};

/// The name of a compute type: "f32", "bf16", "q8_0", "automatic".
LINGUA_API const char* to_string(ComputeType type) noexcept;

/// The name of a backend: "automatic", "engine", "llama".
LINGUA_API const char* to_string(Backend backend) noexcept;

/// The version of what computes: lingua's own, or that of the libllama which is built in; empty when none is.
LINGUA_API std::string backend_version(Backend backend);

/// Where the default model is looked for: the file that the environment variable LINGUA_MODEL names, else
/// lingua/models/SmolLM2-135M-Instruct.Q4_1.gguf in the cache folder (XDG_CACHE_HOME, else ~/.cache).
LINGUA_API std::filesystem::path default_model_path();

}  // namespace lingua
