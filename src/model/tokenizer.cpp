// Which tokenizer a GGUF asks for.
#include "model/tokenizer.hpp"

#include <fmt/format.h>

#include "model/tokenizer_bpe.hpp"
#include "model/tokenizer_sentencepiece.hpp"
#include "model/tokenizer_vocabulary.hpp"

namespace lingua::model {

std::unique_ptr<Tokenizer> Tokenizer::create(const Gguf& gguf) { return make_tokenizer(read_vocabulary(gguf)); }

std::unique_ptr<Tokenizer> make_tokenizer(const Vocabulary& vocabulary) {
  check(vocabulary);
  if (vocabulary.model == "gpt2") return std::make_unique<BytePairTokenizer>(vocabulary);
  if (vocabulary.model == "llama") return std::make_unique<SentencePieceTokenizer>(vocabulary);
  throw error_in(
      vocabulary, "model",
      fmt::format("is \"{}\"; lingua knows gpt2 (byte-level BPE) and llama (SentencePiece)", vocabulary.model),
      ErrorCode::model_unsupported);
}

}  // namespace lingua::model
