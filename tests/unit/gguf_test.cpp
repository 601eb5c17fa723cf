// The GGUF reader on files built here: what it returns, and how it names what is wrong.
#include "model/gguf.hpp"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <lingua/error.hpp>

#include "support/gguf_writer.hpp"

namespace lingua {
namespace {

using model::Gguf;
using model::TensorType;
using model::ValueType;
using test::encode;
using test::encode_string;
using test::GgufWriter;
using test::TempFile;
using testing::ElementsAre;
using testing::HasSubstr;

/// The error of `action`, or a failure of the test.
Error error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "expected an error";
  return Error(ErrorCode::internal, "none");
}

void expect_error(std::string_view bytes, ErrorCode code, const std::vector<std::string>& words) {
  const TempFile file(bytes);
  const Error error = error_of([&] { Gguf::open(file.path()); });
  EXPECT_EQ(error.code(), code) << error.what();
  EXPECT_THAT(error.what(), HasSubstr(file.path().string()));
  for (const std::string& word : words) EXPECT_THAT(error.what(), HasSubstr(word));
}

void expect_invalid(std::string_view bytes, const std::vector<std::string>& words) {
  expect_error(bytes, ErrorCode::model_invalid, words);
}

TEST(Gguf, ReturnsMetadataOfEveryType) {
  GgufWriter writer;
  writer.set("u8", std::uint8_t{200}).set("i16", std::int16_t{7}).set("i32", std::int32_t{-1});
  writer.set("u64", std::uint64_t{1} << 63).set("f32", 0.5f).set("f64", 0.25).set("yes", true).set("no", false);
  writer.set("text", "grüße").set("empty", "").set("words", std::vector<std::string>{"a", "", "ccc"});
  writer.set("floats", std::vector<float>{1, -2}).set("ints", std::vector<std::int64_t>{-5, 6});
  const TempFile file(writer.bytes());
  const auto gguf = Gguf::open(file.path());
  EXPECT_EQ(gguf->integer("u8"), 200u);
  EXPECT_EQ(gguf->integer("i16"), 7u);
  EXPECT_EQ(gguf->integer("u64"), std::uint64_t{1} << 63);
  EXPECT_EQ(gguf->number("f32"), 0.5);
  EXPECT_EQ(gguf->number("f64"), 0.25);
  EXPECT_TRUE(gguf->boolean_or("yes", false));
  EXPECT_FALSE(gguf->boolean_or("no", true));
  EXPECT_EQ(gguf->string("text"), "grüße");
  EXPECT_EQ(gguf->string("empty"), "");
  EXPECT_THAT(gguf->strings("words"), ElementsAre("a", "", "ccc"));
  EXPECT_THAT(gguf->floats("floats"), ElementsAre(1, -2));
  EXPECT_THAT(gguf->integers("ints"), ElementsAre(-5, 6));
  EXPECT_EQ(gguf->integer_or("missing", 3), 3u);
  EXPECT_EQ(gguf->string_or("missing", "x"), "x");
  EXPECT_EQ(gguf->find_integer("text"), std::nullopt);
  EXPECT_EQ(gguf->find_integer("missing"), std::nullopt);
  EXPECT_EQ(gguf->file_bytes(), writer.bytes().size());
}

TEST(Gguf, ReturnsTensors) {
  GgufWriter writer;
  writer.tensor("odd", {3}, {1, 2, 3}).tensor("matrix", {2, 3}, {1, 2, 3, 4, 5, 6});
  writer.tensor("cube", TensorType::f16, {1, 2, 3, 4}, std::string(48, '\0'));
  const TempFile file(writer.bytes());
  const auto gguf = Gguf::open(file.path());
  EXPECT_EQ(gguf->tensors().size(), 3u);
  EXPECT_EQ(gguf->find_tensor("none"), nullptr);
  EXPECT_EQ(gguf->find_tensor("cube")->rows(), 24u);
  const model::Tensor& matrix = gguf->tensor("matrix", {2, 3});
  EXPECT_EQ(matrix.elements(), 6u);
  std::vector<float> row(2);
  dequantize(matrix.type, matrix.row(2), row);
  EXPECT_THAT(row, ElementsAre(5, 6));
  gguf->release_pages();
  dequantize(matrix.type, matrix.row(1), row);
  EXPECT_THAT(row, ElementsAre(3, 4));
}

TEST(Gguf, HonoursAlignment) {
  GgufWriter writer;
  writer.set("general.alignment", std::uint32_t{8}).tensor("a", {1}, {4.5f});
  std::string bytes = writer.header();
  bytes.resize((bytes.size() + 7) / 8 * 8);
  const TempFile file(bytes + encode(4.5f));
  std::vector<float> value(1);
  const auto gguf = Gguf::open(file.path());
  dequantize(TensorType::f32, gguf->tensor("a", {1}).row(0), value);
  EXPECT_EQ(value[0], 4.5f);
}

TEST(Gguf, FingerprintFollowsMetadataAndWeights) {
  const auto fingerprint = [](const GgufWriter& writer) {
    const TempFile file(writer.bytes());
    return Gguf::open(file.path())->fingerprint();
  };
  GgufWriter writer;
  writer.set("a", 1).tensor("w", {2}, {1, 2});
  const std::string first = fingerprint(writer);
  EXPECT_EQ(first.size(), 16u);
  EXPECT_EQ(fingerprint(writer), first);
  EXPECT_NE(fingerprint(writer.set("a", 2)), first);
  EXPECT_NE(fingerprint(writer.set("a", 1).tensor("w", {2}, {1, 3})), first);
}

TEST(Gguf, LookUpErrorsNameFileKeyExpectedAndFound) {
  GgufWriter writer;
  writer.set("text", "x")
      .set("minus", std::int32_t{-1})
      .set("list", std::vector<std::int64_t>{1, std::int64_t{1} << 40});
  writer.tensor("w", {2}, {1, 2}).tensor("q", TensorType{11}, {256}, std::string(110, '\0'));
  const TempFile file(writer.bytes());
  const auto gguf = Gguf::open(file.path());
  const auto expect = [&](const std::function<void()>& action, const std::vector<std::string>& words,
                          ErrorCode code = ErrorCode::model_invalid) {
    const Error error = error_of(action);
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_THAT(error.what(), HasSubstr(file.path().string()));
    for (const std::string& word : words) EXPECT_THAT(error.what(), HasSubstr(word));
  };
  expect([&] { gguf->integer("n_layers"); }, {"'n_layers'", "missing", "integer"});
  expect([&] { gguf->integer("text"); }, {"'text'", "integer", "found string"});
  expect([&] { gguf->integer("minus"); }, {"'minus'", "non-negative", "found i32"});
  expect([&] { gguf->integers("list"); }, {"'list'", "32-bit", "found an array of 2 i64"});
  expect([&] { gguf->number("minus"); }, {"'minus'", "floating-point", "found i32"});
  expect([&] { gguf->boolean("text"); }, {"'text'", "boolean", "found string"});
  expect([&] { gguf->string("list"); }, {"'list'", "a string", "array of 2"});
  expect([&] { gguf->strings("text"); }, {"'text'", "array of strings", "found string"});
  expect([&] { gguf->floats("list"); }, {"'list'", "floating-point", "array of 2 i64"});
  expect([&] { gguf->tensor("v", {2}); }, {"'v'", "missing", "shape 2"});
  expect([&] { gguf->tensor("w", {2, 3}); }, {"'w'", "expected shape 2 x 3", "found 2"});
  expect([&] { gguf->tensor("q", {256}); }, {"'q'", "Q6_K", "found Q3_K"}, ErrorCode::model_unsupported);
}

TEST(Gguf, MissingFileAndFolder) {
  const auto folder = std::filesystem::temp_directory_path();
  Error error = error_of([&] { Gguf::open(folder / "no such model.gguf"); });
  EXPECT_EQ(error.code(), ErrorCode::model_not_found);
  EXPECT_THAT(error.what(), HasSubstr("no such model.gguf: No such file"));
  error = error_of([&] { Gguf::open(folder); });
  EXPECT_EQ(error.code(), ErrorCode::model_not_found);
  EXPECT_THAT(error.what(), HasSubstr("is a folder"));
  error = error_of([&] { Gguf::open("/dev/null"); });
  EXPECT_EQ(error.code(), ErrorCode::model_not_found);
  EXPECT_THAT(error.what(), HasSubstr("not a regular file"));
}

TEST(Gguf, WrongMagicAndVersions) {
  expect_invalid("", {"expected 4 bytes at offset 0"});
  expect_invalid("GG", {"expected 4 bytes"});
  expect_invalid("PK\3\4 and more", {"not a GGUF file"});
  GgufWriter writer;
  for (const std::uint32_t version : {0u, 1u, 4u}) {
    writer.version = version;
    expect_error(writer.bytes(), ErrorCode::model_unsupported,
                 {"version 2 or 3", "found " + std::to_string(version)});
  }
  writer.version = 0x03000000;
  expect_error(writer.bytes(), ErrorCode::model_unsupported, {"big-endian"});
  writer.version = 2;
  const TempFile file(writer.bytes());
  EXPECT_TRUE(Gguf::open(file.path())->tensors().empty());
}

TEST(Gguf, AbsurdCounts) {
  const std::string start = "GGUF" + encode(3u);
  const std::string huge = encode(std::uint64_t{1} << 60), one = encode(std::uint64_t{1}),
                    none = encode(std::uint64_t{0});
  expect_invalid(start + huge + none, {"1152921504606846976 tensors do not fit"});
  expect_invalid(start + none + huge, {"1152921504606846976 metadata keys do not fit"});
  expect_invalid(start + none + one + encode(~std::uint64_t{0}) + std::string(20, 'x'),
                 {"key number 0", "expected 18446744073709551615 bytes"});
  for (const ValueType element : {ValueType::u8, ValueType::f64, ValueType::string, ValueType::array}) {
    GgufWriter writer;
    writer.set_raw("k", ValueType::array, encode(static_cast<std::uint32_t>(element)) + huge);
    expect_invalid(writer.bytes(), {"key 'k'", "array elements do not fit"});
  }
  GgufWriter writer;
  writer.set_raw("text", ValueType::string, encode(~std::uint64_t{0} - 7) + "abc");
  expect_invalid(writer.bytes(), {"key 'text'", "expected 18446744073709551608 bytes"});
}

TEST(Gguf, BadValues) {
  GgufWriter writer;
  expect_invalid(writer.set_raw("k", ValueType{13}, "").bytes() + std::string(8, ' '),
                 {"key 'k'", "value type", "found 13"});
  expect_invalid(writer.set_raw("k", ValueType::boolean, "\2").bytes(), {"key 'k'", "0 or 1", "found 2"});
  expect_invalid(writer.set_raw("k", ValueType::array, encode(7u) + encode(std::uint64_t{2}) + "\1\3").bytes(),
                 {"key 'k'", "found 3"});
  std::string nested;
  for (int i = 0; i < 1000; ++i) nested += encode(9u) + encode(std::uint64_t{1});
  expect_invalid(writer.set_raw("k", ValueType::array, nested).bytes(), {"key 'k'", "nested deeper"});
  expect_invalid("GGUF" + encode(3u) + encode(std::uint64_t{0}) + encode(std::uint64_t{2}) + encode_string("a") +
                     encode(0u) + "x" + encode_string("a") + encode(0u) + "x",
                 {"key 'a'", "twice"});
  for (const std::uint32_t alignment : {0u, 24u}) {
    GgufWriter aligned;
    expect_invalid(aligned.set("general.alignment", alignment).bytes(), {"general.alignment", "power of two"});
  }
  GgufWriter aligned;
  expect_invalid(aligned.set("general.alignment", "32").bytes(), {"general.alignment", "32-bit unsigned"});
}

TEST(Gguf, NestedArraysAreSkipped) {
  GgufWriter writer;
  const std::string inner = encode(0u) + encode(std::uint64_t{2}) + "ab";
  writer.set_raw("nested", ValueType::array, encode(9u) + encode(std::uint64_t{2}) + inner + inner).set("after", 5);
  const TempFile file(writer.bytes());
  EXPECT_EQ(Gguf::open(file.path())->integer("after"), 5u);
}

TEST(Gguf, LongAndStrangeNamesStayReadable) {
  GgufWriter writer;
  expect_invalid(writer.set_raw(std::string(5000, 'k') + "\n", ValueType{99}, "").bytes() + "    ",
                 {std::string(80, 'k') + "...'"});
  GgufWriter strange;
  expect_invalid(strange.set_raw("a\x1b[31m", ValueType{99}, "").bytes() + "    ", {"'a?[31m'"});
}

/// A file with one tensor row of this content and 64 bytes of data.
std::string one_tensor(const std::vector<std::uint64_t>& shape, TensorType type, std::uint64_t offset) {
  std::string bytes = "GGUF" + encode(3u) + encode(std::uint64_t{1}) + encode(std::uint64_t{0}) + encode_string("w") +
                      encode(static_cast<std::uint32_t>(shape.size()));
  for (const std::uint64_t extent : shape) bytes += encode(extent);
  bytes += encode(static_cast<std::uint32_t>(type)) + encode(offset);
  bytes.resize((bytes.size() + 31) / 32 * 32 + 64);
  return bytes;
}

TEST(Gguf, BadTensors) {
  const std::uint64_t huge = std::uint64_t{1} << 62;
  const auto f32 = TensorType::f32;
  const TempFile sound(one_tensor({8, 2}, f32, 0));
  EXPECT_EQ(Gguf::open(sound.path())->tensor("w", {8, 2}).data.size(), 64u);
  expect_invalid(one_tensor({}, f32, 0), {"tensor 'w'", "1 to 4 dimensions", "found 0"});
  expect_invalid(one_tensor({1, 1, 1, 1, 1}, f32, 0), {"tensor 'w'", "found 5"});
  expect_invalid(one_tensor({4, 0}, f32, 0), {"tensor 'w'", "at least 1, found 0"});
  expect_invalid(one_tensor({huge, 2, 2}, f32, 0), {"tensor 'w'", "more than 2^63 elements"});
  expect_invalid(one_tensor({huge}, f32, 0), {"tensor 'w'", "more than 2^63 bytes"});
  expect_invalid(one_tensor({17}, f32, 0), {"tensor 'w'", "expected 68 bytes at offset 0", "the file has 64"});
  expect_invalid(one_tensor({16}, f32, 32), {"tensor 'w'", "expected 64 bytes at offset 32"});
  expect_invalid(one_tensor({1}, f32, ~std::uint64_t{31}), {"tensor 'w'", "at offset 18446744073709551584"});
  expect_invalid(one_tensor({1}, f32, 4), {"tensor 'w'", "multiple of 32, found 4"});
  expect_invalid(one_tensor({33}, TensorType::q8_0, 0), {"tensor 'w'", "whole Q8_0 blocks", "found 33"});
  expect_invalid(one_tensor({128}, TensorType::q4_k, 0), {"tensor 'w'", "whole Q4_K blocks", "found 128"});

  std::string twice = "GGUF" + encode(3u) + encode(std::uint64_t{2}) + encode(std::uint64_t{0});
  for (int i = 0; i < 2; ++i) {
    twice += encode_string("w") + encode(1u) + encode(std::uint64_t{1}) + encode(0u) + encode(std::uint64_t{0});
  }
  expect_invalid(twice + std::string(64, '\0'), {"tensor 'w'", "twice"});
}

}  // namespace
}  // namespace lingua
