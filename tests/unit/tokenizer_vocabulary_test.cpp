// Vocabularies that cannot be used, and what the error says; the separator; reading from a GGUF.
#include "model/tokenizer_vocabulary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "model/gguf.hpp"
#include "support/errors.hpp"
#include "support/vocabulary.hpp"

namespace lingua::model {
namespace {

using test::byte_level;
using test::OwnVocabulary;
using test::sentence_pieces;
using testing::AllOf;
using testing::HasSubstr;

/// What the error says when `own` becomes a tokenizer.
std::string complaint(const OwnVocabulary& own, ErrorCode code = ErrorCode::model_invalid) {
  const test::ThrownError error = test::error_of([&] { own.tokenizer(); });
  EXPECT_EQ(error.code, code);
  EXPECT_THAT(error.message, HasSubstr("hand-made.gguf: tokenizer.ggml."));
  return error.message;
}

/// `own` after `change`.
template <typename Change>
OwnVocabulary broken(OwnVocabulary own, Change change) {
  change(own);
  return own;
}

TEST(Vocabulary, UnsupportedKinds) {
  EXPECT_THAT(
      complaint(broken(byte_level({"a+b"}), [](auto& own) { own.model = "bert"; }), ErrorCode::model_unsupported),
      AllOf(HasSubstr("ggml.model is \"bert\""), HasSubstr("gpt2"), HasSubstr("llama")));
  EXPECT_THAT(complaint(byte_level({"a+b"}, "tekken"), ErrorCode::model_unsupported),
              AllOf(HasSubstr("ggml.pre is \"tekken\""), HasSubstr("smollm")));
}

TEST(Vocabulary, NoTokens) {
  OwnVocabulary own;
  own.model = "gpt2";
  EXPECT_THAT(complaint(own), HasSubstr("ggml.tokens is empty"));
}

TEST(Vocabulary, ListsOfTheWrongLength) {
  EXPECT_THAT(complaint(broken(byte_level({"a+b"}), [](auto& own) { own.kinds.pop_back(); })),
              HasSubstr("token_type has 257 elements; expected one for each of the 258 tokens"));
  EXPECT_THAT(complaint(broken(sentence_pieces({"a"}), [](auto& own) { own.scores.push_back(0); })),
              HasSubstr("scores has 261 elements; expected one for each of the 260 tokens"));
  EXPECT_THAT(complaint(broken(sentence_pieces({"a"}), [](auto& own) { own.scores.clear(); })),
              HasSubstr("scores is missing"));
  EXPECT_THAT(complaint(broken(sentence_pieces({"a"}), [](auto& own) { own.scores[7] = std::nanf(""); })),
              HasSubstr("scores has no number for token 7"));
}

TEST(Vocabulary, SpecialTokensOutOfRange) {
  EXPECT_THAT(complaint(broken(byte_level({"a+b"}), [](auto& own) { own.bos = 258; })),
              HasSubstr("bos_token_id is 258; expected one of the 258 tokens"));
  EXPECT_THAT(complaint(broken(byte_level({"a+b"}), [](auto& own) { own.eos = 1ULL << 40; })),
              HasSubstr("eos_token_id"));
  EXPECT_THAT(complaint(broken(byte_level({"a+b"}), [](auto& own) { own.unknown = 999; })),
              HasSubstr("unknown_token_id is 999"));
}

TEST(Vocabulary, BadMerges) {
  EXPECT_THAT(complaint(byte_level({})), HasSubstr("merges is missing"));
  EXPECT_THAT(complaint(broken(byte_level({"a+b"}), [](auto& own) { own.merges.push_back("ab"); })),
              HasSubstr("merges has \"ab\" at 1; expected two tokens with a space between them"));
  EXPECT_THAT(complaint(broken(byte_level({"a+b"}), [](auto& own) { own.merges.push_back("xy z"); })),
              HasSubstr("merges has \"xy z\" at 1; expected \"xy\" to be among tokenizer.ggml.tokens"));
  EXPECT_THAT(complaint(broken(byte_level({"a+b"}), [](auto& own) { own.merges.push_back("c d"); })),
              HasSubstr("\"cd\" to be among"));
}

TEST(Vocabulary, BytesThatCannotBeExpressed) {
  EXPECT_THAT(complaint(broken(byte_level({"a+b"}), [](auto& own) { own.tokens[4] = "gone"; })),
              HasSubstr("tokens has nothing for byte 0x04"));
  EXPECT_THAT(complaint(broken(sentence_pieces({"a"}),
                               [](auto& own) {
                                 own.tokens[3 + 0xC3] = "gone";
                                 own.unknown.reset();
                               })),
              HasSubstr("tokens has no <0xC3>"));
}

TEST(Vocabulary, SeparatorIsEndOfTextElseBosElseEos) {
  OwnVocabulary own = byte_level({"a+b"});
  own.bos = 1;
  own.eos = 2;
  EXPECT_EQ(own.tokenizer()->separator(), 256);
  own.tokens[256] = "<other>";
  EXPECT_EQ(own.tokenizer()->separator(), 1);
  own.bos.reset();
  EXPECT_EQ(own.tokenizer()->separator(), 2);
  own.eos.reset();
  EXPECT_THAT(complaint(own), HasSubstr("bos_token_id is missing"));
}

TEST(Vocabulary, IsReadFromAGguf) {
  test::GgufWriter writer;
  test::add_byte_tokenizer(writer);
  const test::TempFile file(writer.bytes());
  const auto tokenizer = Tokenizer::create(*Gguf::open(file.path()));
  EXPECT_EQ(tokenizer->vocabulary_size(), 261u);
  EXPECT_EQ(tokenizer->separator(), 256);
  EXPECT_EQ(test::cut("in the hen", tokenizer->tokenize("in the hen")), "in| the| |he|n");
}

TEST(Vocabulary, ErrorsNameTheFile) {
  test::GgufWriter writer;
  test::add_byte_tokenizer(writer);
  writer.set("tokenizer.ggml.bos_token_id", std::uint32_t{261});
  const test::TempFile file(writer.bytes());
  const test::ThrownError error = test::error_of([&] { Tokenizer::create(*Gguf::open(file.path())); });
  EXPECT_EQ(error.code, ErrorCode::model_invalid);
  EXPECT_THAT(error.message, AllOf(HasSubstr(file.path().string()), HasSubstr("bos_token_id is 261")));
}

}  // namespace
}  // namespace lingua::model
