// The frame of the format: header, tensor table, and where the tensors' data lies. The specification:
// https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
#include "model/gguf_format.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include <fmt/format.h>

#include "model/gguf_cursor.hpp"
#include "model/gguf_values.hpp"

namespace lingua::model {
namespace {

constexpr std::uint32_t kMaxDimensions = 4;
constexpr std::uint64_t kMaxElements = std::numeric_limits<std::int64_t>::max();

void read_version(Cursor& cursor) {
  const auto magic = cursor.take(4);
  if (std::memcmp(magic.data(), "GGUF", 4) != 0) cursor.fail("expected the magic bytes \"GGUF\": not a GGUF file");
  const auto version = cursor.read<std::uint32_t>();
  if (version == 2 || version == 3) return;
  const bool big_endian = version == 0x02000000 || version == 0x03000000;
  cursor.fail(big_endian ? "expected a little-endian file, found a big-endian one"
                         : fmt::format("expected version 2 or 3, found {}", version),
              ErrorCode::model_unsupported);
}

std::vector<std::uint64_t> read_shape(Cursor& cursor) {
  const auto dimensions = cursor.read<std::uint32_t>();
  if (dimensions < 1 || dimensions > kMaxDimensions) {
    cursor.fail(fmt::format("expected 1 to {} dimensions, found {}", kMaxDimensions, dimensions));
  }
  std::vector<std::uint64_t> shape(dimensions);
  std::uint64_t elements = 1;
  for (std::uint64_t& extent : shape) {
    extent = cursor.read<std::uint64_t>();
    if (extent == 0) cursor.fail("expected dimensions of at least 1, found 0");
    if (extent > kMaxElements / elements) cursor.fail("has more than 2^63 elements");
    elements *= extent;
  }
  return shape;
}

/// Bytes of a tensor; 0 when its type is unknown.
std::uint64_t data_size(const Cursor& cursor, const Tensor& tensor) {
  const auto info = tensor_type_info(tensor.type);
  if (!info) return 0;
  if (tensor.columns() % info->block_elements != 0) {
    cursor.fail(fmt::format("expected rows of whole {} blocks ({} elements), found {} elements", info->name,
                            info->block_elements, tensor.columns()));
  }
  const std::uint64_t blocks = tensor.elements() / info->block_elements;
  if (blocks > kMaxElements / info->block_bytes) cursor.fail("has more than 2^63 bytes");
  return blocks * info->block_bytes;
}

/// A row of the tensor table; `offset` counts from the start of the tensor data, which is known after the last row.
struct TensorRow {
  Tensor tensor;
  std::uint64_t offset, size;
};

TensorRow read_tensor_row(Cursor& cursor) {
  TensorRow row{};
  row.tensor.name = cursor.read_string();
  cursor.enter("tensor", row.tensor.name);
  row.tensor.shape = read_shape(cursor);
  row.tensor.type = static_cast<TensorType>(cursor.read<std::uint32_t>());
  row.offset = cursor.read<std::uint64_t>();
  row.size = data_size(cursor, row.tensor);
  return row;
}

std::uint64_t read_alignment(Cursor& cursor, const GgufContents& contents) {
  const auto found = contents.values.find("general.alignment");
  if (found == contents.values.end()) return 32;
  cursor.enter("key", found->first);
  if (found->second.type != ValueType::u32) cursor.fail("expected a 32-bit unsigned integer");
  std::uint32_t alignment;
  std::memcpy(&alignment, found->second.bytes.data(), sizeof alignment);
  if (!std::has_single_bit(alignment)) cursor.fail(fmt::format("expected a power of two, found {}", alignment));
  return alignment;
}

void place_data(Cursor& cursor, std::span<const std::byte> file, std::uint64_t start, std::uint64_t alignment,
                TensorRow& row) {
  cursor.enter("tensor", row.tensor.name);
  if (row.offset % alignment != 0) {
    cursor.fail(fmt::format("expected an offset that is a multiple of {}, found {}", alignment, row.offset));
  }
  const std::uint64_t available = file.size() - std::min<std::uint64_t>(start, file.size());
  if (row.offset > available || row.size > available - row.offset) {
    cursor.fail(fmt::format("expected {} bytes at offset {} of the tensor data, but the file has {} in all", row.size,
                            row.offset, available));
  }
  row.tensor.data = file.subspan(std::min<std::uint64_t>(start + row.offset, file.size()), row.size);
}

}  // namespace

std::uint64_t Tensor::elements() const { return columns() * rows(); }

std::uint64_t Tensor::rows() const {
  std::uint64_t product = 1;
  for (std::size_t i = 1; i < shape.size(); ++i) product *= shape[i];
  return product;
}

std::span<const std::byte> Tensor::row(std::uint64_t index) const {
  const std::uint64_t bytes = data.size() / rows();
  return data.subspan(index * bytes, bytes);
}

GgufContents parse_gguf(std::span<const std::byte> file, std::string_view path) {
  Cursor cursor(file, path);
  read_version(cursor);
  const std::uint64_t tensor_count = cursor.read_count("tensors", 32);
  const std::uint64_t value_count = cursor.read_count("metadata keys", 13);
  GgufContents contents;
  contents.values = read_metadata(cursor, value_count);

  std::vector<TensorRow> rows;
  for (std::uint64_t i = 0; i < tensor_count; ++i) {
    cursor.enter_number("tensor", i);
    rows.push_back(read_tensor_row(cursor));
    if (!contents.tensor_index.emplace(rows.back().tensor.name, i).second) {
      cursor.fail("expected every tensor once, found it twice");
    }
  }
  contents.header = file.first(cursor.offset());
  const std::uint64_t alignment = read_alignment(cursor, contents);
  const std::uint64_t start = (contents.header.size() + alignment - 1) / alignment * alignment;
  contents.tensors.reserve(rows.size());
  for (TensorRow& row : rows) {
    place_data(cursor, file, start, alignment, row);
    contents.tensors.push_back(std::move(row.tensor));
  }
  return contents;
}

}  // namespace lingua::model
