// SentencePiece's BPE, as Llama 1 and 2 and Gemma use it (tokenizer.ggml.model = "llama").
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_set>

#include "model/tokenizer_table.hpp"
#include "model/tokenizer_words.hpp"

namespace lingua::model {

/// A text starts as its characters, a space spelled "▁" (U+2581). Two neighbours merge when together they are a
/// token, the one with the highest score first. A character that is no token becomes the tokens of its bytes, like
/// "<0xE4>". With add_space_prefix the vocabulary wants a "▁" before each plain text; a token of it alone has an
/// empty range.
class SentencePieceTokenizer final : public WordTokenizer {
 public:
  /// Throws Error as Tokenizer::create.
  explicit SentencePieceTokenizer(const Vocabulary& vocabulary);

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  void add_piece(std::string_view text, TokenId id, float score);
  void tokenize_plain(Tokenization& tokenization, std::size_t begin, std::size_t end) const override;
  void tokenize_word(Tokenization& tokenization, std::size_t begin, std::size_t end, std::string_view prefix) const;
  void add_symbols(Tokenization& tokenization, std::string_view word, std::size_t text_end,
                   std::size_t spelled_end) const;
  std::size_t word_end(std::string_view text, std::size_t begin) const;
  Merge merge_to(std::string_view spelled) const;

  TextTable<Merge> pieces_;                                              // tokens by spelling
  std::size_t longest_piece_ = 0;                                        // bytes
  std::unordered_set<std::string, Hash, std::equal_to<>> before_space_;  // characters that precede a "▁" in a token
  std::array<TokenId, 256> byte_tokens_;
  bool add_space_prefix_;
};

}  // namespace lingua::model
