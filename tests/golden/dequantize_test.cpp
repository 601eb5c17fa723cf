// Every weight format against the floats that gguf-py decodes from the same bytes (dequantize_golden.py).
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "model/tensor_type.hpp"

namespace lingua::model {
namespace {

std::vector<std::byte> from_hex(const std::string& text) {
  std::vector<std::byte> bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    bytes.push_back(static_cast<std::byte>(std::strtoul(text.substr(i, 2).c_str(), nullptr, 16)));
  }
  return bytes;
}

/// Compilers may fuse a multiplication with an addition, so the last bit of the largest value in a block is open.
void expect_same(std::span<const float> expected, std::span<const float> found, const std::string& where) {
  float largest = 0;
  for (const float value : expected) largest = std::isfinite(value) ? std::max(largest, std::abs(value)) : largest;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (std::isnan(expected[i])) {
      EXPECT_TRUE(std::isnan(found[i])) << where;
    } else if (std::isinf(expected[i])) {
      EXPECT_EQ(found[i], expected[i]) << where;
    } else {
      EXPECT_NEAR(found[i], expected[i], largest * 0x1p-22f) << where << ", element " << i;
    }
  }
}

TEST(Dequantize, EqualsGgufPy) {
  std::map<std::string, TensorType> types;
  for (const TensorType type :
       {TensorType::f32, TensorType::f16, TensorType::bf16, TensorType::q8_0, TensorType::q4_0, TensorType::q4_1,
        TensorType::q5_0, TensorType::q5_1, TensorType::q4_k, TensorType::q5_k, TensorType::q6_k}) {
    types[std::string(tensor_type_info(type)->name)] = type;
  }
  std::ifstream file(LINGUA_TEST_DATA "/golden/dequantize.txt");
  std::string name, block_hex, values_hex;
  std::map<std::string, int> blocks;
  while (file >> name >> block_hex >> values_hex) {
    const auto block = from_hex(block_hex), bits = from_hex(values_hex);
    std::vector<float> expected(bits.size() / sizeof(float)), found(expected.size());
    std::memcpy(expected.data(), bits.data(), bits.size());
    const auto info = tensor_type_info(types.at(name));
    ASSERT_EQ(block.size(), info->block_bytes);
    ASSERT_EQ(expected.size(), info->block_elements);
    dequantize(info->type, block, found);
    expect_same(expected, found, name + " block " + std::to_string(blocks[name]++));
  }
  EXPECT_EQ(blocks.size(), types.size());
}

TEST(Dequantize, RowsOfSeveralBlocks) {
  std::vector<std::byte> row(3 * 34);
  for (std::size_t block = 0; block < 3; ++block) {
    row[block * 34 + 1] = std::byte{0x3C};                            // scale 1 as a half
    row[block * 34 + 2 + block] = static_cast<std::byte>(block + 1);  // element `block` of block `block`
  }
  std::vector<float> values(96);
  dequantize(TensorType::q8_0, row, values);
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(values[i], i % 33 == 0 ? static_cast<float>(i / 32 + 1) : 0.0f) << i;
  }
}

}  // namespace
}  // namespace lingua::model
