// The vocabulary of a language model as its GGUF states it: what every kind of tokenizer is built from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <lingua/error.hpp>
#include <lingua/scorer.hpp>

namespace lingua::model {

class Gguf;
class Tokenizer;

/// Values are those of the GGUF format (tokenizer.ggml.token_type).
enum class TokenKind : std::int32_t { normal = 1, unknown, control, user_defined, unused, byte };

/// The keys tokenizer.ggml.* of a file. The views point into what the vocabulary was read from.
struct Vocabulary {
  std::string source;              ///< the file, for error messages
  std::string_view model;          ///< "gpt2" (byte-level BPE) or "llama" (SentencePiece)
  std::string_view pre_tokenizer;  ///< "pre"; BPE only
  std::vector<std::string_view> tokens;
  std::vector<std::int32_t> kinds;       ///< "token_type", a TokenKind for each token; empty: all are normal
  std::vector<float> scores;             ///< one for each token; SentencePiece only
  std::vector<std::string_view> merges;  ///< "left right", best first; BPE only
  std::optional<std::uint64_t> bos, eos, unknown;
  bool add_space_prefix = true;  ///< SentencePiece only

  TokenKind kind(std::size_t id) const {
    return kinds.empty() ? TokenKind::normal : static_cast<TokenKind>(kinds[id]);
  }
};

/// Throws Error model_invalid: a key is missing or of another type.
Vocabulary read_vocabulary(const Gguf& gguf);

/// Throws Error model_invalid unless there are tokens, kinds and scores fit them, and bos, eos and unknown are
/// tokens.
void check(const Vocabulary& vocabulary);

/// The Error that the key tokenizer.ggml.`key` gives reason for.
Error error_in(const Vocabulary& vocabulary, std::string_view key, std::string_view complaint,
               ErrorCode code = ErrorCode::model_invalid);

/// The token that stands before a text, see Tokenizer::separator. Throws Error model_invalid when there is none.
TokenId separator_of(const Vocabulary& vocabulary);

/// Builds the tokenizer that `vocabulary.model` names; it keeps no view. Errors as in Tokenizer::create.
std::unique_ptr<Tokenizer> make_tokenizer(const Vocabulary& vocabulary);

}  // namespace lingua::model
