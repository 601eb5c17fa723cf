// Any bytes as text for each kind of tokenizer (the first byte chooses): tokens are in the vocabulary and tile the
// text.
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/tokenizer.hpp"
#include "model/tokenizer_vocabulary.hpp"
#include "require.hpp"
#include "support/tiny_model.hpp"

namespace {

using lingua::fuzz::require;
using lingua::model::Tokenizer;
using lingua::model::TokenKind;

std::unique_ptr<Tokenizer> byte_pairs(std::string_view pre_tokenizer) {
  using lingua::test::byte_letter;
  std::vector<std::string> tokens, merges;
  for (unsigned byte = 0; byte < 256; ++byte) tokens.push_back(byte_letter(byte));
  tokens.push_back("<|endoftext|>");
  const auto merge = [&](const std::string& left, const std::string& right) {
    tokens.push_back(left + right);
    merges.push_back(left + " " + right);
  };
  const std::string space = byte_letter(' '), newline = byte_letter('\n');
  merge(space, "t");
  merge("h", "e");
  merge(space + "t", "he");
  merge(space, space);
  merge(space + space, space + space);
  merge(newline, newline);
  merge("1", "2");
  merge("'", "t");
  merge(byte_letter(0xE4), byte_letter(0xB8));
  merge(byte_letter(0xE4) + byte_letter(0xB8), byte_letter(0xAD));
  lingua::model::Vocabulary vocabulary;
  vocabulary.source = "fuzzer";
  vocabulary.model = "gpt2";
  vocabulary.pre_tokenizer = pre_tokenizer;
  vocabulary.tokens.assign(tokens.begin(), tokens.end());
  vocabulary.merges.assign(merges.begin(), merges.end());
  vocabulary.eos = 256;
  return lingua::model::make_tokenizer(vocabulary);
}

std::unique_ptr<Tokenizer> sentence_piece() {
  lingua::model::Vocabulary vocabulary;
  vocabulary.source = "fuzzer";
  vocabulary.model = "llama";
  std::vector<std::string> tokens{"<unk>", "<s>", "</s>"};
  vocabulary.kinds = {static_cast<int>(TokenKind::unknown), static_cast<int>(TokenKind::control),
                      static_cast<int>(TokenKind::control)};
  constexpr char kHex[] = "0123456789ABCDEF";
  for (unsigned byte = 0; byte < 256; ++byte) {
    tokens.push_back(std::string("<0x") + kHex[byte >> 4] + kHex[byte & 15] + ">");
    vocabulary.kinds.push_back(static_cast<int>(TokenKind::byte));
  }
  for (const char* piece :
       {"▁", "t", "h", "e", "▁t", "he", "▁the", "▁▁", "\n", "\n\n", "1", "2", "12", "中", "文", "中文"}) {
    tokens.push_back(piece);
    vocabulary.kinds.push_back(static_cast<int>(TokenKind::normal));
  }
  vocabulary.tokens.assign(tokens.begin(), tokens.end());
  for (std::size_t id = 0; id < tokens.size(); ++id) vocabulary.scores.push_back(-static_cast<float>(id % 7));
  vocabulary.unknown = 0;
  vocabulary.bos = 1;
  vocabulary.eos = 2;
  return lingua::model::make_tokenizer(vocabulary);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::array<std::unique_ptr<Tokenizer>, 5> tokenizers{
      byte_pairs("smollm"), byte_pairs("gpt-2"), byte_pairs("qwen2"), byte_pairs("llama-bpe"), sentence_piece()};
  if (size == 0) return 0;
  const Tokenizer& tokenizer = *tokenizers[data[0] % tokenizers.size()];
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  std::uint32_t end = 0;
  for (const lingua::Token& token : tokenizer.tokenize(text)) {
    require(token.begin == end && token.end >= token.begin, "tokens tile the text");
    require(token.id >= 0 && static_cast<std::size_t>(token.id) < tokenizer.vocabulary_size(), "ids are known");
    end = token.end;
  }
  require(end == text.size(), "tokens tile the text");
  return 0;
}
