// Small damage to a sound model: load it and score with it, or a clear error. The first byte chooses the
// architecture; each further four bytes put one byte (the fourth) at a place in the header (the first three,
// little-endian).
#include <array>
#include <cstddef>
#include <cstdint>
#include <lingua/error.hpp>
#include <lingua/model.hpp>
#include <string>

#include "require.hpp"
#include "support/tiny_model.hpp"

namespace {

using lingua::fuzz::require;

struct SoundFile {
  explicit SoundFile(const char* architecture) {
    const auto writer = lingua::test::tiny_model({.architecture = architecture, .layers = 1, .feed_forward = 64});
    bytes = writer.bytes();
    header_size = writer.header().size();
  }
  std::string bytes;
  std::size_t header_size;
};

std::string damaged(const std::uint8_t* data, std::size_t size) {
  static const std::array<SoundFile, 6> files{SoundFile("llama"), SoundFile("qwen2"), SoundFile("gemma3"),
                                              SoundFile("qwen3"), SoundFile("gpt2"),  SoundFile("llama3")};
  const SoundFile& file = files[size > 0 ? data[0] % files.size() : 0];
  std::string bytes = file.bytes;
  for (std::size_t i = 1; i + 4 <= size; i += 4) {
    const std::size_t place = data[i] | std::size_t{data[i + 1]} << 8 | std::size_t{data[i + 2]} << 16;
    bytes[place % file.header_size] = static_cast<char>(data[i + 3]);
  }
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const lingua::test::TempFile file;
  file.write(damaged(data, size));
  try {
    const auto model = lingua::Model::load(file.path(), {.compute = lingua::ComputeType::f32, .threads = 1});
    const auto scorer = model->new_scorer();
    std::vector<lingua::TokenId> ids;
    for (const lingua::Token& token : model->tokenize("the inn, 12")) ids.push_back(token.id);
    std::vector<float> surprisals(ids.size());
    scorer->score(ids, surprisals);
  } catch (const lingua::Error& error) {
    require(error.code() == lingua::ErrorCode::model_invalid || error.code() == lingua::ErrorCode::model_unsupported,
            "the error is about the model");
  }
  return 0;
}
