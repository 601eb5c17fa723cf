// Damaged files: whatever bytes are cut off or changed, opening and describing a GGUF either works or throws
// lingua::Error. What it must never do shows under the address and undefined-behaviour sanitizers.
#include <algorithm>
#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include <lingua/error.hpp>
#include <lingua/model.hpp>

#include "model/gguf.hpp"
#include "support/gguf_writer.hpp"
#include "support/models.hpp"
#include "support/tiny_model.hpp"

namespace lingua {
namespace {

using model::TensorType;
using model::ValueType;
using test::encode;
using test::GgufWriter;
using test::TempFile;

/// A sound model that uses every feature of the format.
GgufWriter everything() {
  GgufWriter writer = test::tiny_model({.architecture = "gemma3", .layers = 1, .embedding = 32, .feed_forward = 32});
  writer.set("u8", std::uint8_t{1})
      .set("i8", std::int8_t{1})
      .set("u16", std::uint16_t{1})
      .set("i16", std::int16_t{1});
  writer.set("i32", 1).set("u64", std::uint64_t{1}).set("i64", std::int64_t{1}).set("f64", 1.0).set("bool", true);
  writer.set("bools", std::vector<std::uint8_t>{0, 1}).set("floats", std::vector<float>{1, 2});
  const std::string inner = encode(4u) + encode(std::uint64_t{1}) + encode(7u);
  writer.set_raw("nested", ValueType::array, encode(9u) + encode(std::uint64_t{2}) + inner + inner);
  writer.set("general.alignment", std::uint32_t{32});
  writer.tensor("blk.0.ffn_up.weight", TensorType::q8_0, {32, 32}, std::string(32 * 34, '\1'));
  return writer;
}

/// Goes through all that a damaged header can reach: look-ups, rows, description, facts.
void read_all(const std::filesystem::path& path) {
  const auto gguf = model::Gguf::open(path);
  std::vector<float> values;
  for (const model::Tensor& tensor : gguf->tensors()) {
    if (tensor.data.empty()) continue;
    values.resize(tensor.columns());
    dequantize(tensor.type, tensor.row(0), values);
    dequantize(tensor.type, tensor.row(tensor.rows() - 1), values);
  }
  inspect_model(path);
}

/// Whether the file could be read; any exception but lingua::Error ends the test.
bool readable(const TempFile& file) {
  try {
    read_all(file.path());
    return true;
  } catch (const Error& error) {
    EXPECT_NE(std::string_view(error.what()).find(file.path().string()), std::string_view::npos) << error.what();
    return false;
  }
}

/// Puts `bytes` at offset `at` of the file, which stays as long as it is.
void patch(const TempFile& file, std::size_t at, std::string_view bytes) {
  std::fstream stream(file.path(), std::ios::binary | std::ios::in | std::ios::out);
  stream.seekp(static_cast<std::streamoff>(at)).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

TEST(CorruptedGguf, SoundFileIsRead) {
  const TempFile file(everything().bytes());
  EXPECT_TRUE(readable(file));
  EXPECT_EQ(inspect_model(file.path()).unsupported, "");
}

TEST(CorruptedGguf, TruncatedAnywhere) {
  const std::string bytes = everything().bytes();
  const std::size_t header = everything().header().size();
  const TempFile file(bytes);
  for (std::size_t size = bytes.size() - 1; size > 0;
       size -= size <= header ? 1 : std::min<std::size_t>(97, size - header)) {
    std::filesystem::resize_file(file.path(), size);
    EXPECT_FALSE(readable(file)) << size;
  }
}

TEST(CorruptedGguf, AnyHeaderByteChanged) {
  const std::string header = everything().header();
  const TempFile file(everything().bytes());
  for (std::size_t at = 0; at < header.size(); ++at) {
    for (const int change : {0x01, 0x80, 0xFF}) {
      patch(file, at, std::string(1, static_cast<char>(header[at] ^ change)));
      readable(file);
    }
    patch(file, at, header.substr(at, 1));
  }
  EXPECT_TRUE(readable(file));
}

TEST(CorruptedGguf, SeveralBytesChanged) {
  const std::string header = everything().header();
  const TempFile file(everything().bytes());
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string damaged = header;
    for (unsigned change = 0; change <= random() % 8; ++change) {
      const std::size_t at = random() % header.size(),
                        run = std::min<std::size_t>(1 + random() % 8, header.size() - at);
      for (std::size_t i = at; i < at + run; ++i) {
        damaged[i] = static_cast<char>(round % 3 == 0 ? 0xFF : round % 3 == 1 ? 0 : random());
      }
    }
    patch(file, 0, damaged);
    readable(file);
  }
}

/// The first 64 KB of a real model: they end among its tokens.
TEST(CorruptedGguf, HeadOfRealModel) {
  std::ifstream model(test::cached_model(test::kSmolLM2), std::ios::binary);
  if (!model) GTEST_SKIP() << "no file " << test::cached_model(test::kSmolLM2);
  std::string head(64 << 10, '\0');
  model.read(head.data(), static_cast<std::streamsize>(head.size()));
  const TempFile file(head);
  EXPECT_FALSE(readable(file));
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string damaged = head;
    damaged[random() % (round % 2 == 0 ? 2048 : damaged.size())] ^= static_cast<char>(1 << random() % 8);
    patch(file, 0, damaged);
    readable(file);
  }
}

}  // namespace
}  // namespace lingua
