// Byte-level byte pair encoding, as GPT-2 introduced it (tokenizer.ggml.model = "gpt2").
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/pretokenizer.hpp"
#include "model/tokenizer_table.hpp"
#include "model/tokenizer_words.hpp"

namespace lingua::model {

/// A word starts as its bytes, each a token, and the merges of the vocabulary are applied to them, the best first.
/// Some vocabularies have no token for a few bytes (SmolLM2: six control characters and bytes that are rare or absent
/// in UTF-8). As in llama.cpp such a byte gives no token; the token after it covers it.
class BytePairTokenizer final : public WordTokenizer {
 public:
  /// Throws Error as Tokenizer::create.
  explicit BytePairTokenizer(const Vocabulary& vocabulary);

 private:
  void tokenize_plain(Tokenization& tokenization, std::size_t begin, std::size_t end) const override;
  void tokenize_word(Tokenization& tokenization, std::size_t begin, std::size_t end) const;
  void read_whole_words(const Vocabulary& vocabulary);
  TokenId whole_word(std::string_view word) const;

  PreTokenizer pre_tokenizer_;
  std::array<TokenId, 256> byte_tokens_;  // kNoToken where there is none
  Table<TokenPair, Merge> merges_;
  TextTable<TokenId> whole_words_;  // what a word becomes without merging; llama-bpe only
};

}  // namespace lingua::model
