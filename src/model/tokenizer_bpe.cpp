// Byte-level BPE: reading the vocabulary's byte alphabet and merges, and applying them to words.
#include "model/tokenizer_bpe.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace lingua::model {
namespace {

using TokenIds = TextTable<TokenId>;

/// The characters that stand for bytes in the vocabulary, in UTF-8: printable characters of Latin-1 for themselves,
/// and U+0100, U+0101, ... for the other bytes in turn (bytes_to_unicode in GPT-2's encoder.py).
const std::array<std::string, 256>& byte_alphabet() {
  static const auto alphabet = [] {
    std::array<std::string, 256> characters;
    unsigned other = 0x100;
    for (unsigned byte = 0; byte < 256; ++byte) {
      const bool printable = (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD);
      const unsigned code_point = printable ? byte : other++;
      if (code_point >= 0x80) characters[byte] = static_cast<char>(0xC0 | (code_point >> 6));
      characters[byte] += static_cast<char>(code_point < 0x80 ? code_point : 0x80 | (code_point & 0x3F));
    }
    return characters;
  }();
  return alphabet;
}

PreTokenizer pre_tokenizer(const Vocabulary& vocabulary) {
  std::string known;
  for (const auto& [name, rule] : pre_tokenizer_names()) {
    if (name == vocabulary.pre_tokenizer) return rule;
    known.append(known.empty() ? "" : ", ").append(name);
  }
  throw error_in(vocabulary, "pre", fmt::format("is \"{}\"; lingua knows {}", vocabulary.pre_tokenizer, known),
                 ErrorCode::model_unsupported);
}

TokenIds ids_of(const Vocabulary& vocabulary) {
  TokenIds ids(vocabulary.tokens);
  for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id) {
    ids.insert(vocabulary.tokens[id], static_cast<TokenId>(id));
  }
  return ids;
}

std::array<TokenId, 256> byte_tokens(const Vocabulary& vocabulary, const TokenIds& ids) {
  std::array<TokenId, 256> tokens;
  std::ranges::transform(byte_alphabet(), tokens.begin(), [&](const std::string& character) {
    const TokenId* id = ids.find(character);
    return id == nullptr ? kNoToken : *id;
  });
  const auto missing = std::ranges::find(tokens, kNoToken);
  if (missing != tokens.end() && !vocabulary.unknown) {
    throw error_in(vocabulary, "tokens",
                   fmt::format("has nothing for byte 0x{:02X}; expected a token or an unknown_token_id",
                               missing - tokens.begin()));
  }
  return tokens;
}

Table<TokenPair, Merge> merges_of(const Vocabulary& vocabulary, const TokenIds& ids) {
  if (vocabulary.merges.empty()) throw error_in(vocabulary, "merges", "is missing; expected pairs of tokens");
  Table<TokenPair, Merge> merges(vocabulary.merges.size());
  std::string whole;
  for (std::size_t rank = 0; rank < vocabulary.merges.size(); ++rank) {
    const std::string_view pair = vocabulary.merges[rank];
    const auto error = [&](const std::string& expected) {
      return error_in(vocabulary, "merges", fmt::format("has \"{}\" at {}; expected {}", pair, rank, expected));
    };
    const auto id_of = [&](std::string_view token) {
      if (const TokenId* id = ids.find(token)) return *id;
      throw error(fmt::format("\"{}\" to be among tokenizer.ggml.tokens", token));
    };
    const std::size_t space = pair.find(' ', 1);
    if (space == std::string_view::npos) throw error("two tokens with a space between them");
    const std::string_view left = pair.substr(0, space), right = pair.substr(space + 1);
    const TokenPair key(id_of(left), id_of(right));
    whole.assign(left).append(right);
    merges.insert(key, {static_cast<std::uint32_t>(rank), id_of(whole)});
  }
  return merges;
}

}  // namespace

BytePairTokenizer::BytePairTokenizer(const Vocabulary& vocabulary)
    : WordTokenizer(vocabulary), pre_tokenizer_(pre_tokenizer(vocabulary)) {
  const TokenIds ids = ids_of(vocabulary);
  byte_tokens_ = byte_tokens(vocabulary, ids);
  merges_ = merges_of(vocabulary, ids);
  if (pre_tokenizer_ == PreTokenizer::llama3) read_whole_words(vocabulary);
}

void BytePairTokenizer::read_whole_words(const Vocabulary& vocabulary) {
  whole_words_ = TextTable<TokenId>(vocabulary.tokens);
  for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id) {
    if (vocabulary.kind(id) != TokenKind::normal) continue;
    whole_words_.insert(vocabulary.tokens[id], static_cast<TokenId>(id));
  }
}

void BytePairTokenizer::tokenize_plain(Tokenization& tokenization, std::size_t begin, std::size_t end) const {
  const std::string_view text = tokenization.text.substr(0, end);
  while (begin < end) {
    const std::size_t next = word_end(pre_tokenizer_, text, begin);
    tokenization.add_word(begin, next, [&] { tokenize_word(tokenization, begin, next); });
    begin = next;
  }
}

void BytePairTokenizer::tokenize_word(Tokenization& tokenization, std::size_t begin, std::size_t end) const {
  const std::string_view word = tokenization.text.substr(begin, end - begin);
  if (const TokenId whole = whole_word(word); whole != kNoToken) return tokenization.add(whole, end);

  std::vector<Symbol>& symbols = tokenization.symbols;
  symbols.clear();
  for (std::uint32_t i = 0; i < word.size(); ++i) {
    symbols.push_back({i, i + 1, byte_tokens_[static_cast<unsigned char>(word[i])]});
  }
  tokenization.merger.run(symbols, [&](const Symbol& left, const Symbol& right) {
    const Merge* merge = merges_.find(TokenPair(left.id, right.id));
    return merge == nullptr ? Merge{} : *merge;
  });
  for (const Symbol& symbol : symbols) {
    if (symbol.id != kNoToken) tokenization.add(symbol.id, begin + symbol.end);
  }
}

TokenId BytePairTokenizer::whole_word(std::string_view word) const {
  if (pre_tokenizer_ != PreTokenizer::llama3) return kNoToken;
  std::string spelling;
  for (const char byte : word) spelling += byte_alphabet()[static_cast<unsigned char>(byte)];
  const TokenId* id = whole_words_.find(spelling);
  return id == nullptr ? kNoToken : *id;
}

}  // namespace lingua::model
