// Facts about a GGUF file for people, whether or not lingua can score with it.
#include "model/inspect.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string>

#include <fmt/format.h>

#include <lingua/error.hpp>

#include "model/description.hpp"
#include "model/gguf.hpp"
#include "model/tokenizer.hpp"

namespace lingua {
namespace {

using model::Gguf;

std::string tokenizer_name(const Gguf& gguf) {
  const std::string_view kind = gguf.string_or("tokenizer.ggml.model", "");
  const std::string_view rules = gguf.string_or("tokenizer.ggml.pre", "");
  return rules.empty() ? std::string(kind) : fmt::format("{} ({})", kind, rules);
}

std::vector<std::pair<std::string, std::uint64_t>> count_types(const Gguf& gguf) {
  std::map<std::string, std::uint64_t> counts;
  for (const model::Tensor& tensor : gguf.tensors()) ++counts[model::tensor_type_name(tensor.type)];
  std::vector<std::pair<std::string, std::uint64_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, std::greater(), &std::pair<std::string, std::uint64_t>::second);
  return sorted;
}

std::string why_unsupported(const Gguf& gguf) {
  try {
    model::describe(gguf);
    model::Tokenizer::create(gguf);
    return {};
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace

ModelInfo model::facts_of(const Gguf& gguf) {
  const std::string architecture(gguf.string_or("general.architecture", ""));
  // Some architectures have one number for each layer; the table has no place for that.
  const auto size = [&](std::string_view name, std::uint64_t fallback = 0) {
    return gguf.find_integer(fmt::format("{}.{}", architecture, name)).value_or(fallback);
  };
  ModelInfo info{.path = gguf.path(),
                 .name = std::string(gguf.string_or("general.name", "")),
                 .architecture = architecture,
                 .licence = std::string(gguf.string_or("general.license", "")),
                 .tokenizer = tokenizer_name(gguf),
                 .file_bytes = gguf.file_bytes(),
                 .layers = size("block_count"),
                 .embedding = size("embedding_length"),
                 .heads = size("attention.head_count"),
                 .kv_heads = size("attention.head_count_kv", size("attention.head_count")),
                 .feed_forward = size("feed_forward_length"),
                 .window = size("context_length"),
                 .tensor_types = count_types(gguf),
                 .unsupported = {}};
  for (const Tensor& tensor : gguf.tensors()) info.parameters += tensor.elements();
  if (gguf.has("tokenizer.ggml.tokens")) info.vocabulary = gguf.strings("tokenizer.ggml.tokens").size();
  return info;
}

ModelInfo model::inspect(const std::filesystem::path& path) {
  const auto gguf = Gguf::open(path);
  ModelInfo info = model::facts_of(*gguf);
  info.unsupported = why_unsupported(*gguf);
  return info;
}

}  // namespace lingua
