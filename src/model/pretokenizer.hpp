// Cuts a text into words, the spans that byte-level BPE never merges across. The rules are the regular expressions of
// the models' own tokenizers, as llama.cpp applies them, written as scanners: no regular expression runs.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace lingua::model {

/// Alternatives are tried from left to right; \p{L}, \p{N}, \s are the letters, numbers and white space of
/// Unicode 15.1.
enum class PreTokenizer {
  /// 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
  gpt2,
  /// Every \p{N} is a word; what lies between them is cut by the rule of gpt2, each part as if it were a text.
  smollm,
  /// (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
  qwen2,
  /// As qwen2, but with \p{N}{1,3}; a word that is a token is never cut ("ignore_merges" in tokenizer.json).
  llama3,
};

struct PreTokenizerName {
  std::string_view name;
  PreTokenizer rule;
};

/// What a GGUF may call the rules (tokenizer.ggml.pre): several models have names of their own for the same one.
std::span<const PreTokenizerName> pre_tokenizer_names();

/// End of the word that starts at `begin` < text.size(). A byte that is not part of valid UTF-8 counts as U+FFFD.
std::size_t word_end(PreTokenizer rule, std::string_view text, std::size_t begin);

}  // namespace lingua::model
