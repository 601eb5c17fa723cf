// Tokens of libllama, with the bytes that each stands for.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <lingua/scorer.hpp>

#include "llama/library.hpp"

namespace lingua::llama {

/// libllama gives ids, and for each id its text ("piece"). Ranges come from walking along the input piece by piece.
/// A piece differs from the input in three ways, all of them known: SentencePiece may put a space before a text,
/// shows "▁" as a space, and bytes that no token stands for are dropped (they go to the token after them). Bytes that
/// are not UTF-8, which libllama would replace, get their tokens here. Immutable, shared by threads.
class Tokenizer {
 public:
  /// Keeps `vocabulary`. `space_prefix`: the vocabulary wants a space before each text. `unknown` stands for a text
  /// that has no token at all.
  Tokenizer(const llama_vocab* vocabulary, bool space_prefix, TokenId unknown);

  /// As ScoringModel::tokenize.
  /// Throws Error: input_too_large (2^31 bytes or more), model_unsupported (the tokenizer changes the text, so that
  /// its tokens have no place in it).
  std::vector<Token> tokenize(std::string_view text) const;

 private:
  std::vector<TokenId> ids_of(std::string_view valid_utf8) const;
  std::string_view piece_of(TokenId id, std::string& buffer) const;
  void add_valid(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& tokens) const;
  std::size_t end_of(std::string_view piece, std::string_view text, std::size_t position) const;

  const llama_vocab* vocabulary_;
  bool space_prefix_;
  TokenId unknown_;
  std::array<std::optional<TokenId>, 256> byte_tokens_;
};

}  // namespace lingua::llama
