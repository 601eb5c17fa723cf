#include "llama/tokenizer.hpp"

#include <cstdint>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "text/utf8.hpp"

namespace lingua::llama {
namespace {

constexpr std::string_view kVisibleSpace = "\u2581";  // of SentencePiece

// Where `piece` ends when it begins at `position` of `text`; nothing when it does not.
std::optional<std::size_t> match(std::string_view text, std::size_t position, std::string_view piece) {
  for (const char byte : piece) {
    if (position < text.size() && text[position] == byte) {
      ++position;
    } else if (byte == ' ' && text.substr(position).starts_with(kVisibleSpace)) {
      position += kVisibleSpace.size();
    } else {
      return std::nullopt;
    }
  }
  return position;
}

std::uint8_t byte_at(std::string_view text, std::size_t position) {
  return static_cast<std::uint8_t>(text[position]);
}

[[noreturn]] void fail_to_find(std::string_view piece, std::size_t position) {
  throw Error(
      ErrorCode::model_unsupported,
      fmt::format("llama.cpp's tokenizer for this model changes the text: byte {} is not the beginning of '{}'",
                  position, piece));
}

}  // namespace

Tokenizer::Tokenizer(const llama_vocab* vocabulary, bool space_prefix, TokenId unknown)
    : vocabulary_(vocabulary), space_prefix_(space_prefix), unknown_(unknown) {
  std::string buffer;
  for (TokenId id = 0; id < llama_vocab_n_tokens(vocabulary); ++id) {
    const std::string_view piece = piece_of(id, buffer);
    if (piece.size() != 1) continue;
    auto& token = byte_tokens_[byte_at(piece, 0)];
    if (!token) token = id;
  }
}

std::vector<Token> Tokenizer::tokenize(std::string_view text) const {
  constexpr std::size_t limit = std::numeric_limits<std::int32_t>::max();
  if (text.size() > limit) {
    throw Error(ErrorCode::input_too_large,
                fmt::format("cannot tokenise {} bytes at once; the limit with llama.cpp is {}", text.size(), limit));
  }
  if (text.empty()) return {};
  std::vector<Token> tokens;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t size = text::find_invalid_utf8(text.substr(begin)).value_or(text.size() - begin);
    if (size != 0) add_valid(text, begin, begin + size, tokens);
    begin += size;
    if (begin == text.size()) break;
    if (const auto id = byte_tokens_[byte_at(text, begin)]) {
      tokens.push_back({*id, 0, static_cast<std::uint32_t>(begin + 1)});
    }
    ++begin;
  }
  if (tokens.empty()) tokens.push_back({unknown_, 0, 0});
  tokens.back().end = static_cast<std::uint32_t>(text.size());
  std::uint32_t end = 0;
  for (Token& token : tokens) token.begin = std::exchange(end, token.end);
  return tokens;
}

std::vector<TokenId> Tokenizer::ids_of(std::string_view valid_utf8) const {
  constexpr bool add_special = false, parse_special = false;
  const auto size = static_cast<std::int32_t>(valid_utf8.size());
  std::vector<TokenId> ids(valid_utf8.size() / 2 + 8);
  const auto fill = [&] {
    return llama_tokenize(vocabulary_, valid_utf8.data(), size, ids.data(), static_cast<std::int32_t>(ids.size()),
                          add_special, parse_special);
  };
  std::int32_t count = fill();
  if (count < 0) {  // so many would have been needed
    ids.resize(static_cast<std::size_t>(-count));
    count = fill();
  }
  if (count < 0) throw failure(ErrorCode::internal, "llama_tokenize failed");
  ids.resize(static_cast<std::size_t>(count));
  return ids;
}

// Empty for tokens that stand for no text.
std::string_view Tokenizer::piece_of(TokenId id, std::string& buffer) const {
  constexpr bool show_special = false;
  const auto fill = [&] {
    return llama_token_to_piece(vocabulary_, id, buffer.data(), static_cast<std::int32_t>(buffer.size()), 0,
                                show_special);
  };
  std::int32_t size = fill();
  if (size < 0) {
    buffer.resize(static_cast<std::size_t>(-size));
    size = fill();
  }
  return std::string_view(buffer).substr(0, static_cast<std::size_t>(size));
}

// Adds the tokens of the bytes [begin, end), which are valid UTF-8; their `end` is set.
void Tokenizer::add_valid(std::string_view text, std::size_t begin, std::size_t end,
                          std::vector<Token>& tokens) const {
  std::string buffer;
  bool starts = space_prefix_;  // the next piece has a space that is not in the text
  std::size_t position = begin;
  for (const TokenId id : ids_of(text.substr(begin, end - begin))) {
    std::string_view piece = piece_of(id, buffer);
    if (starts && piece.starts_with(' ')) piece.remove_prefix(1);
    position = end_of(piece, text.substr(0, end), position);
    tokens.push_back({id, 0, static_cast<std::uint32_t>(position)});
    // libllama cuts out user-defined tokens first, and what follows is a text of its own.
    starts = space_prefix_ && (llama_vocab_get_attr(vocabulary_, id) & LLAMA_TOKEN_ATTR_USER_DEFINED) != 0;
  }
  for (; position < end; ++position) {
    if (byte_tokens_[byte_at(text, position)]) fail_to_find("", position);
  }
}

// Where `piece` ends, which begins at `position` or behind bytes that no token stands for.
std::size_t Tokenizer::end_of(std::string_view piece, std::string_view text, std::size_t position) const {
  for (std::size_t begin = position;; ++begin) {
    if (const auto end = match(text, begin, piece)) return *end;
    if (begin == text.size() || byte_tokens_[byte_at(text, begin)]) fail_to_find(piece, position);
  }
}

}  // namespace lingua::llama
