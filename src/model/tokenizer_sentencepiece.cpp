// SentencePiece: the vocabulary's pieces and scores, and merging by them.
#include "model/tokenizer_sentencepiece.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace lingua::model {
namespace {

constexpr std::string_view kSpace = "\u2581";

/// Ranks in the order of falling scores: the bits of floats sort like sign-magnitude numbers.
std::uint32_t rank_of(float score) {
  constexpr std::uint32_t sign = 0x80000000;
  const auto bits = std::bit_cast<std::uint32_t>(score + 0.0F);  // -0 becomes 0
  return (bits & sign) != 0 ? bits : ~(bits | sign);
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// The character at `at`; that of broken UTF-8 up to where it breaks.
std::string_view character(std::string_view text, std::size_t at) {
  const int ones = std::countl_one(static_cast<unsigned char>(text[at]));
  const std::size_t limit = std::min(text.size(), at + static_cast<std::size_t>(std::clamp(ones, 1, 4)));
  std::size_t end = at + 1;
  while (end < limit && is_continuation(text[end])) ++end;
  return text.substr(at, end - at);
}

/// The character in the spelling of the vocabulary.
std::string_view spelling(std::string_view character) { return character == " " ? kSpace : character; }

/// The byte that a token like "<0xE4>" stands for.
std::optional<std::size_t> byte_of(std::string_view token) {
  if (token.size() != 6 || !token.starts_with("<0x") || !token.ends_with('>')) return std::nullopt;
  std::size_t byte = 0;
  const char* const digits_end = token.data() + 5;
  const auto [end, error] = std::from_chars(token.data() + 3, digits_end, byte, 16);
  return error == std::errc() && end == digits_end ? std::optional(byte) : std::nullopt;
}

/// The unknown token stands for bytes that have none.
std::array<TokenId, 256> byte_tokens(const Vocabulary& vocabulary) {
  std::array<TokenId, 256> tokens;
  tokens.fill(vocabulary.unknown ? static_cast<TokenId>(*vocabulary.unknown) : kNoToken);
  for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id) {
    if (const auto byte = byte_of(vocabulary.tokens[id])) tokens[*byte] = static_cast<TokenId>(id);
  }
  const auto missing = std::ranges::find(tokens, kNoToken);
  if (missing != tokens.end()) {
    throw error_in(vocabulary, "tokens",
                   fmt::format("has no <0x{:02X}>; expected one for each byte, or an unknown_token_id",
                               missing - tokens.begin()));
  }
  return tokens;
}

/// Whether text may merge into such a token. Special tokens are never read from a text, and literals are cut out of
/// it.
bool merges(TokenKind kind) {
  return kind != TokenKind::unknown && kind != TokenKind::control && kind != TokenKind::user_defined &&
         kind != TokenKind::byte;
}

}  // namespace

SentencePieceTokenizer::SentencePieceTokenizer(const Vocabulary& vocabulary)
    : WordTokenizer(vocabulary),
      pieces_(vocabulary.tokens),
      byte_tokens_(byte_tokens(vocabulary)),
      add_space_prefix_(vocabulary.add_space_prefix) {
  if (vocabulary.scores.empty()) throw error_in(vocabulary, "scores", "is missing; expected a score for each token");
  for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id) {
    if (!merges(vocabulary.kind(id))) continue;
    add_piece(vocabulary.tokens[id], static_cast<TokenId>(id), vocabulary.scores[id]);
  }
}

void SentencePieceTokenizer::add_piece(std::string_view text, TokenId id, float score) {
  pieces_.insert(text, Merge{rank_of(score), id});
  longest_piece_ = std::max(longest_piece_, text.size());
  for (auto at = text.find(kSpace, 1); at != std::string_view::npos; at = text.find(kSpace, at + 1)) {
    std::size_t previous = at - 1;
    while (previous > 0 && is_continuation(text[previous])) --previous;
    before_space_.emplace(text.substr(previous, at - previous));
  }
}

void SentencePieceTokenizer::tokenize_plain(Tokenization& tokenization, std::size_t begin, std::size_t end) const {
  const std::string_view text = tokenization.text.substr(0, end);
  for (bool prefix = add_space_prefix_; begin < end; prefix = false) {
    const std::size_t next = word_end(text, begin);
    if (prefix) {
      tokenize_word(tokenization, begin, next, kSpace);
    } else {
      tokenization.add_word(begin, next, [&] { tokenize_word(tokenization, begin, next, ""); });
    }
    begin = next;
  }
}

/// A word ends before a space, unless some token has a space after the same character: no merge crosses such a place.
std::size_t SentencePieceTokenizer::word_end(std::string_view text, std::size_t begin) const {
  std::string_view previous = character(text, begin);
  for (std::size_t at = begin + previous.size(); at < text.size(); at += previous.size()) {
    const std::string_view next = character(text, at);
    if (spelling(next) == kSpace && !before_space_.contains(spelling(previous))) return at;
    previous = next;
  }
  return text.size();
}

void SentencePieceTokenizer::tokenize_word(Tokenization& tokenization, std::size_t begin, std::size_t end,
                                           std::string_view prefix) const {
  std::string word(prefix);  // as the vocabulary spells it
  std::vector<Symbol>& symbols = tokenization.symbols;
  symbols.clear();
  if (!prefix.empty()) symbols.push_back({0, static_cast<std::uint32_t>(prefix.size()), kNoToken});
  const std::string_view text = tokenization.text.substr(0, end);
  for (std::size_t at = begin; at < end; at += character(text, at).size()) {
    const auto symbol_begin = static_cast<std::uint32_t>(word.size());
    word += spelling(character(text, at));
    symbols.push_back({symbol_begin, static_cast<std::uint32_t>(word.size()), kNoToken});
  }
  tokenization.merger.run(symbols, [&](const Symbol& left, const Symbol& right) {
    return merge_to(std::string_view(word).substr(left.begin, right.end - left.begin));
  });
  add_symbols(tokenization, word, begin, prefix.size());
}

/// Adds the tokens of the symbols of `word`. Done so far: the text up to `text_end`, the word up to `spelled_end`.
void SentencePieceTokenizer::add_symbols(Tokenization& tokenization, std::string_view word, std::size_t text_end,
                                         std::size_t spelled_end) const {
  // A space is one byte of the text, but three of the spelling.
  const auto add = [&](TokenId id, std::size_t symbol_end) {
    while (spelled_end < symbol_end) spelled_end += tokenization.text[text_end++] == ' ' ? kSpace.size() : 1;
    tokenization.add(id, text_end);
  };
  for (const auto& [begin, end, merged] : tokenization.symbols) {
    const TokenId id = merged == kNoToken ? merge_to(word.substr(begin, end - begin)).id : merged;
    if (id != kNoToken) {
      add(id, end);
    } else {
      for (std::uint32_t i = begin; i < end; ++i) add(byte_tokens_[static_cast<unsigned char>(word[i])], i + 1);
    }
  }
}

Merge SentencePieceTokenizer::merge_to(std::string_view spelled) const {
  if (spelled.size() > longest_piece_) return {};
  const Merge* merge = pieces_.find(spelled);
  return merge == nullptr ? Merge{} : *merge;
}

}  // namespace lingua::model
