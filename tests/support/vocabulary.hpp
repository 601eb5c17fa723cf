// Small vocabularies made by hand, and what texts become with them, as readable strings.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/tokenizer.hpp"
#include "model/tokenizer_vocabulary.hpp"
#include "support/tiny_model.hpp"

namespace lingua::test {

/// Owns what a model::Vocabulary points to.
struct OwnVocabulary {
  std::string model, pre_tokenizer;
  std::vector<std::string> tokens, merges;
  std::vector<std::int32_t> kinds;
  std::vector<float> scores;
  std::optional<std::uint64_t> bos, eos, unknown;
  bool add_space_prefix = false;

  /// Adds a token and returns its id.
  TokenId add(std::string_view text, model::TokenKind kind = model::TokenKind::normal, float score = 0) {
    tokens.emplace_back(text);
    kinds.push_back(static_cast<std::int32_t>(kind));
    if (model == "llama") scores.push_back(score);
    return static_cast<TokenId>(tokens.size() - 1);
  }

  model::Vocabulary views() const {
    model::Vocabulary views;
    views.source = "hand-made.gguf";
    views.model = model;
    views.pre_tokenizer = pre_tokenizer;
    views.tokens.assign(tokens.begin(), tokens.end());
    views.merges.assign(merges.begin(), merges.end());
    views.kinds = kinds;
    views.scores = scores;
    views.bos = bos, views.eos = eos, views.unknown = unknown;
    views.add_space_prefix = add_space_prefix;
    return views;
  }

  std::unique_ptr<model::Tokenizer> tokenizer() const { return model::make_tokenizer(views()); }
};

/// Text in the byte alphabet: " t" becomes "Ġt".
inline std::string in_byte_alphabet(std::string_view text) {
  std::string letters;
  for (const char byte : text) letters += byte_letter(static_cast<unsigned char>(byte));
  return letters;
}

/// Byte-level BPE: token b is byte b, 256 is "<|endoftext|>", and from 257 on come the merges, "h+e" for h and e.
inline OwnVocabulary byte_level(const std::vector<std::string>& merges, std::string_view pre_tokenizer = "gpt-2") {
  OwnVocabulary own;
  own.model = "gpt2";
  own.pre_tokenizer = pre_tokenizer;
  for (unsigned byte = 0; byte < 256; ++byte) own.add(byte_letter(byte));
  own.bos = own.add("<|endoftext|>", model::TokenKind::control);
  for (const std::string& merge : merges) {
    const std::size_t plus = merge.find('+', 1);
    const std::string left = in_byte_alphabet(merge.substr(0, plus)),
                      right = in_byte_alphabet(merge.substr(plus + 1));
    own.merges.push_back(left + " " + right);
    own.add(left + right);
  }
  return own;
}

/// SentencePiece: <unk>, <s>, </s>, then byte b as token 3 + b, then `pieces` from 259 on with falling scores.
inline OwnVocabulary sentence_pieces(const std::vector<std::string>& pieces) {
  OwnVocabulary own;
  own.model = "llama";
  own.unknown = own.add("<unk>", model::TokenKind::unknown);
  own.bos = own.add("<s>", model::TokenKind::control);
  own.eos = own.add("</s>", model::TokenKind::control);
  constexpr char kHex[] = "0123456789ABCDEF";
  for (unsigned byte = 0; byte < 256; ++byte) {
    own.add(std::string{'<', '0', 'x', kHex[byte >> 4], kHex[byte & 15], '>'}, model::TokenKind::byte);
  }
  for (const std::string& piece : pieces)
    own.add(piece, model::TokenKind::normal, -static_cast<float>(own.tokens.size()));
  return own;
}

/// The bytes of the tokens: "the| cat".
inline std::string cut(std::string_view text, const std::vector<Token>& tokens) {
  std::string joined;
  for (const Token& token : tokens) {
    if (!joined.empty()) joined += '|';
    joined += text.substr(token.begin, token.end - token.begin);
  }
  return joined;
}

inline std::vector<TokenId> ids(const std::vector<Token>& tokens) {
  std::vector<TokenId> ids;
  for (const Token& token : tokens) ids.push_back(token.id);
  return ids;
}

/// Whether the ranges tile a text of `size` bytes.
inline bool tile(const std::vector<Token>& tokens, std::size_t size) {
  std::size_t end = 0;
  for (const Token& token : tokens) {
    if (token.begin != end || token.end < token.begin) return false;
    end = token.end;
  }
  return end == size;
}

}  // namespace lingua::test
