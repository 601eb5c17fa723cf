// Text to tokens, from the vocabulary in a GGUF. Each token knows its bytes in the input.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <lingua/scorer.hpp>

namespace lingua::model {

class Gguf;

/// Immutable, shared by threads. Token ids are those of llama.cpp for any valid UTF-8.
class Tokenizer {
 public:
  Tokenizer() = default;
  Tokenizer(const Tokenizer&) = delete;
  Tokenizer& operator=(const Tokenizer&) = delete;

  /// Builds the tokenizer that `tokenizer.ggml.model` (gpt2, llama) and `tokenizer.ggml.pre` name. Keeps no reference
  /// to `gguf`.
  /// Throws Error: model_invalid (missing or contradictory keys), model_unsupported (another kind of tokenizer).
  static std::unique_ptr<Tokenizer> create(const Gguf& gguf);
  virtual ~Tokenizer() = default;

  /// Tokens of `text`; no BOS, nothing added, special-token text read as plain text. The ranges tile `text`, invalid
  /// UTF-8 included. A range may be empty: SentencePiece has vocabularies that put a space before every text.
  /// Throws Error input_too_large: `text` has 2^32 bytes or more.
  virtual std::vector<Token> tokenize(std::string_view text) const = 0;

  virtual std::size_t vocabulary_size() const noexcept = 0;

  /// The token that stands before a text: "<|endoftext|>" where the vocabulary has it (the separator of documents in
  /// training), else BOS, else EOS.
  virtual TokenId separator() const noexcept = 0;
};

}  // namespace lingua::model
