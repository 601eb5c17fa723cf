// The frame around every tokenizer: literals, plain text between them, and ranges that tile.
#include "model/tokenizer_words.hpp"

#include <limits>
#include <utility>

#include <fmt/format.h>

namespace lingua::model {

std::vector<Token> Tokenization::finish(TokenId unknown) {
  if (text.empty()) return {};
  if (tokens_.empty()) add(unknown, text.size());
  tokens_.back().end = static_cast<std::uint32_t>(text.size());
  std::uint32_t end = 0;
  for (Token& token : tokens_) token.begin = std::exchange(end, token.end);
  return std::move(tokens_);
}

WordTokenizer::WordTokenizer(const Vocabulary& vocabulary)
    : literals_(vocabulary),
      separator_(separator_of(vocabulary)),
      unknown_(vocabulary.unknown ? static_cast<TokenId>(*vocabulary.unknown) : separator_),
      size_(vocabulary.tokens.size()) {}

std::vector<Token> WordTokenizer::tokenize(std::string_view text) const {
  constexpr std::size_t limit = std::numeric_limits<std::uint32_t>::max();
  if (text.size() > limit) {
    throw Error(ErrorCode::input_too_large,
                fmt::format("cannot tokenise {} bytes at once; the limit is {}", text.size(), limit));
  }
  Tokenization tokenization(text);
  std::size_t begin = 0;
  for (const Token& literal : literals_.find(text)) {
    if (begin < literal.begin) tokenize_plain(tokenization, begin, literal.begin);
    tokenization.add(literal.id, literal.end);
    begin = literal.end;
  }
  if (begin < text.size()) tokenize_plain(tokenization, begin, text.size());
  return tokenization.finish(unknown_);
}

}  // namespace lingua::model
