// Decodes the block formats of ggml. Written from the layout of each block, plain C++ that compilers vectorise:
// weights are decoded once, when a model is loaded.
#include "model/tensor_type.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <utility>

#include <fmt/format.h>

#include "model/load.hpp"

namespace lingua::model {
namespace {

static_assert(std::endian::native == std::endian::little, "GGUF files are read in place, as little-endian");

constexpr std::array kTypes{
    TensorTypeInfo{TensorType::f32, "F32", 1, 4},       TensorTypeInfo{TensorType::f16, "F16", 1, 2},
    TensorTypeInfo{TensorType::bf16, "BF16", 1, 2},     TensorTypeInfo{TensorType::q8_0, "Q8_0", 32, 34},
    TensorTypeInfo{TensorType::q4_0, "Q4_0", 32, 18},   TensorTypeInfo{TensorType::q4_1, "Q4_1", 32, 20},
    TensorTypeInfo{TensorType::q5_0, "Q5_0", 32, 22},   TensorTypeInfo{TensorType::q5_1, "Q5_1", 32, 24},
    TensorTypeInfo{TensorType::q4_k, "Q4_K", 256, 144}, TensorTypeInfo{TensorType::q5_k, "Q5_K", 256, 176},
    TensorTypeInfo{TensorType::q6_k, "Q6_K", 256, 210},
};

/// Types of ggml that are met in the wild, and that lingua has no use for.
constexpr std::pair<std::uint32_t, std::string_view> kOtherNames[] = {
    {9, "Q8_1"},   {10, "Q2_K"},   {11, "Q3_K"},  {15, "Q8_K"},  {16, "IQ2_XXS"}, {17, "IQ2_XS"}, {18, "IQ3_XXS"},
    {19, "IQ1_S"}, {20, "IQ4_NL"}, {21, "IQ3_S"}, {22, "IQ2_S"}, {23, "IQ4_XS"},  {24, "I8"},     {25, "I16"},
    {26, "I32"},   {27, "I64"},    {28, "F64"},   {29, "IQ1_M"}, {34, "TQ1_0"},   {35, "TQ2_0"},  {39, "MXFP4"},
};

/// Exact for every half, subnormals, infinities and NaN included.
float half(const std::byte* from) {
  const auto bits = load<std::uint16_t>(from);
  const float rescaled = std::bit_cast<float>((bits & 0x7FFFu) << 13) * 0x1p112f;
  const std::uint32_t special = (bits & 0x7C00u) == 0x7C00u ? 0x7F800000u : 0u;
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(rescaled) | special | (bits & 0x8000u) << 16);
}

std::uint32_t byte(const std::byte* from) { return std::to_integer<std::uint32_t>(*from); }

// Each decoder turns one block into floats.

void decode_f32(const std::byte* in, float* out) { *out = load<float>(in); }
void decode_f16(const std::byte* in, float* out) { *out = half(in); }
void decode_bf16(const std::byte* in, float* out) {
  *out = std::bit_cast<float>(std::uint32_t{load<std::uint16_t>(in)} << 16);
}

/// Half scale, 32 signed bytes.
void decode_q8_0(const std::byte* in, float* out) {
  const float scale = half(in);
  for (int i = 0; i < 32; ++i) out[i] = scale * static_cast<float>(static_cast<std::int8_t>(byte(in + 2 + i)));
}

/// Half scale [, half minimum] [, 32 fifth bits], 16 bytes of two nibbles: elements i and i + 16.
template <bool fifth_bit, bool minimum>
void decode_legacy(const std::byte* in, float* out) {
  const float scale = half(in);
  const float offset = minimum ? half(in + 2) : 0.0f;
  const std::byte* bits_at = in + (minimum ? 4 : 2);
  const std::uint32_t high = fifth_bit ? load<std::uint32_t>(bits_at) : 0u;
  const std::byte* nibbles = bits_at + (fifth_bit ? 4 : 0);
  const int centre = minimum ? 0 : fifth_bit ? 16 : 8;
  for (int i = 0; i < 16; ++i) {
    const std::uint32_t low = (byte(nibbles + i) & 15u) | (high >> i & 1u) << 4;
    const std::uint32_t upper = byte(nibbles + i) >> 4 | (high >> (i + 16) & 1u) << 4;
    out[i] = scale * static_cast<float>(static_cast<int>(low) - centre) + offset;
    out[i + 16] = scale * static_cast<float>(static_cast<int>(upper) - centre) + offset;
  }
}

struct ScaleAndMinimum {
  float scale, minimum;
};

/// Sub-block `index` (0 to 7) of the 6-bit scales and minima that Q4_K and Q5_K pack into 12 bytes.
ScaleAndMinimum k_scale(const std::byte* packed, int index) {
  if (index < 4) {
    return {static_cast<float>(byte(packed + index) & 63u), static_cast<float>(byte(packed + index + 4) & 63u)};
  }
  const std::uint32_t low = byte(packed + index + 4);
  return {static_cast<float>((low & 15u) | byte(packed + index - 4) >> 6 << 4),
          static_cast<float>(low >> 4 | byte(packed + index) >> 6 << 4)};
}

/// Half scale of scales and of minima, 8 sub-blocks of 32 with 6-bit scale and minimum [, 32 bytes of fifth bits],
/// 128 bytes of two nibbles: sub-blocks 2j and 2j + 1.
template <bool fifth_bit>
void decode_k(const std::byte* in, float* out) {
  const float scale = half(in), minimum = half(in + 2);
  const std::byte *packed = in + 4, *high = in + 16, *nibbles = in + (fifth_bit ? 48 : 16);
  for (int sub = 0; sub < 8; ++sub) {
    const ScaleAndMinimum k = k_scale(packed, sub);
    const float step = scale * k.scale, offset = minimum * k.minimum;
    for (int i = 0; i < 32; ++i) {
      std::uint32_t q = byte(nibbles + sub / 2 * 32 + i) >> (sub % 2 * 4) & 15u;
      if constexpr (fifth_bit) q |= (byte(high + i) >> sub & 1u) << 4;
      out[sub * 32 + i] = step * static_cast<float>(q) - offset;
    }
  }
}

/// 128 bytes of low nibbles, 64 of upper bit pairs, 16 signed scales for 16 elements each, half scale of scales.
void decode_q6_k(const std::byte* in, float* out) {
  const std::byte *low = in, *high = in + 128, *scales = in + 192;
  const float scale = half(in + 208);
  for (int group = 0; group < 8; ++group) {  // 32 elements each; four groups share a run of low and high bytes
    const std::byte* nibbles = low + group / 4 * 64 + group % 2 * 32;
    const std::byte* pairs = high + group / 4 * 32;
    for (int i = 0; i < 32; ++i) {
      const std::uint32_t q =
          (byte(nibbles + i) >> (group % 4 / 2 * 4) & 15u) | (byte(pairs + i) >> (group % 4 * 2) & 3u) << 4;
      const float step = scale * static_cast<float>(static_cast<std::int8_t>(byte(scales + group * 2 + i / 16)));
      out[group * 32 + i] = step * static_cast<float>(static_cast<int>(q) - 32);
    }
  }
}

template <void (*decode)(const std::byte*, float*)>
void decode_row(const TensorTypeInfo& info, std::span<const std::byte> row, std::span<float> values) {
  const std::size_t blocks = values.size() / info.block_elements;
  for (std::size_t b = 0; b < blocks; ++b) {
    decode(row.data() + b * info.block_bytes, values.data() + b * info.block_elements);
  }
}

}  // namespace

std::optional<TensorTypeInfo> tensor_type_info(TensorType type) {
  const auto found = std::ranges::find(kTypes, type, &TensorTypeInfo::type);
  return found == kTypes.end() ? std::nullopt : std::optional(*found);
}

std::string tensor_type_name(TensorType type) {
  if (const auto info = tensor_type_info(type)) return std::string(info->name);
  for (const auto& [value, name] : kOtherNames) {
    if (value == static_cast<std::uint32_t>(type)) return std::string(name);
  }
  return fmt::format("type {}", static_cast<std::uint32_t>(type));
}

std::string decodable_type_names() {
  std::string names;
  for (const TensorTypeInfo& info : kTypes) names += fmt::format("{}{}", names.empty() ? "" : ", ", info.name);
  return names;
}

void dequantize(TensorType type, std::span<const std::byte> row, std::span<float> values) {
  const auto info = tensor_type_info(type);
  assert(info && values.size() % info->block_elements == 0);
  assert(row.size() == values.size() / info->block_elements * info->block_bytes);
  switch (type) {
    case TensorType::f32:
      return decode_row<decode_f32>(*info, row, values);
    case TensorType::f16:
      return decode_row<decode_f16>(*info, row, values);
    case TensorType::bf16:
      return decode_row<decode_bf16>(*info, row, values);
    case TensorType::q8_0:
      return decode_row<decode_q8_0>(*info, row, values);
    case TensorType::q4_0:
      return decode_row<decode_legacy<false, false>>(*info, row, values);
    case TensorType::q4_1:
      return decode_row<decode_legacy<false, true>>(*info, row, values);
    case TensorType::q5_0:
      return decode_row<decode_legacy<true, false>>(*info, row, values);
    case TensorType::q5_1:
      return decode_row<decode_legacy<true, true>>(*info, row, values);
    case TensorType::q4_k:
      return decode_row<decode_k<false>>(*info, row, values);
    case TensorType::q5_k:
      return decode_row<decode_k<true>>(*info, row, values);
    case TensorType::q6_k:
      return decode_row<decode_q6_k>(*info, row, values);
  }
}

}  // namespace lingua::model
