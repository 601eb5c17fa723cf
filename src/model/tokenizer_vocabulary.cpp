// From GGUF metadata to a checked vocabulary.
#include "model/tokenizer_vocabulary.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/gguf.hpp"

namespace lingua::model {
namespace {

void check_size(const Vocabulary& vocabulary, std::string_view key, std::size_t size) {
  if (size == vocabulary.tokens.size()) return;
  throw error_in(
      vocabulary, key,
      fmt::format("has {} elements; expected one for each of the {} tokens", size, vocabulary.tokens.size()));
}

void check_id(const Vocabulary& vocabulary, std::string_view key, std::optional<std::uint64_t> id) {
  if (!id || *id < vocabulary.tokens.size()) return;
  throw error_in(vocabulary, key,
                 fmt::format("is {}; expected one of the {} tokens, counted from 0", *id, vocabulary.tokens.size()));
}

}  // namespace

Vocabulary read_vocabulary(const Gguf& gguf) {
  Vocabulary vocabulary;
  vocabulary.source = gguf.path().string();
  vocabulary.model = gguf.string("tokenizer.ggml.model");
  vocabulary.pre_tokenizer = gguf.string_or("tokenizer.ggml.pre", "");
  vocabulary.tokens = gguf.strings("tokenizer.ggml.tokens");
  if (gguf.has("tokenizer.ggml.token_type")) vocabulary.kinds = gguf.integers("tokenizer.ggml.token_type");
  if (gguf.has("tokenizer.ggml.scores")) vocabulary.scores = gguf.floats("tokenizer.ggml.scores");
  if (gguf.has("tokenizer.ggml.merges")) vocabulary.merges = gguf.strings("tokenizer.ggml.merges");
  vocabulary.bos = gguf.find_integer("tokenizer.ggml.bos_token_id");
  vocabulary.eos = gguf.find_integer("tokenizer.ggml.eos_token_id");
  vocabulary.unknown = gguf.find_integer("tokenizer.ggml.unknown_token_id");
  vocabulary.add_space_prefix = gguf.boolean_or("tokenizer.ggml.add_space_prefix", true);
  return vocabulary;
}

void check(const Vocabulary& vocabulary) {
  if (vocabulary.tokens.empty()) throw error_in(vocabulary, "tokens", "is empty; expected the texts of the tokens");
  if (!vocabulary.kinds.empty()) check_size(vocabulary, "token_type", vocabulary.kinds.size());
  if (!vocabulary.scores.empty()) check_size(vocabulary, "scores", vocabulary.scores.size());
  const auto nan = std::ranges::find_if(vocabulary.scores, [](float score) { return std::isnan(score); });
  if (nan != vocabulary.scores.end()) {
    const auto id = nan - vocabulary.scores.begin();
    throw error_in(vocabulary, "scores", fmt::format("has no number for token {}", id));
  }
  check_id(vocabulary, "bos_token_id", vocabulary.bos);
  check_id(vocabulary, "eos_token_id", vocabulary.eos);
  check_id(vocabulary, "unknown_token_id", vocabulary.unknown);
}

Error error_in(const Vocabulary& vocabulary, std::string_view key, std::string_view complaint, ErrorCode code) {
  return Error(code, fmt::format("{}: tokenizer.ggml.{} {}", vocabulary.source, key, complaint));
}

TokenId separator_of(const Vocabulary& vocabulary) {
  const auto end_of_text = std::ranges::find(vocabulary.tokens, "<|endoftext|>");
  if (end_of_text != vocabulary.tokens.end()) return static_cast<TokenId>(end_of_text - vocabulary.tokens.begin());
  if (vocabulary.bos) return static_cast<TokenId>(*vocabulary.bos);
  if (vocabulary.eos) return static_cast<TokenId>(*vocabulary.eos);
  throw error_in(vocabulary, "bos_token_id", "is missing; expected it, eos_token_id, or a token <|endoftext|>");
}

}  // namespace lingua::model
