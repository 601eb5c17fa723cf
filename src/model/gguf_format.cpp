// A cursor that cannot leave the file, and on top of it one function for each structure of the format:
// https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
#include "model/gguf_format.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include <fmt/format.h>

#include <lingua/error.hpp>

namespace lingua::model {
namespace {

constexpr int kMaxNesting = 4;  // of arrays in arrays; the format sets no limit, the stack does
constexpr std::uint32_t kMaxDimensions = 4;
constexpr std::uint64_t kMaxElements = std::numeric_limits<std::int64_t>::max();

/// Reads forward through the file. Knows which key or tensor is being read, to name it in errors.
class Cursor {
 public:
  Cursor(std::span<const std::byte> file, std::string_view path) : file_(file), path_(path) {}

  std::uint64_t offset() const { return offset_; }
  std::uint64_t remaining() const { return file_.size() - offset_; }
  void enter(std::string_view kind, std::string_view name) { kind_ = kind, name_ = name; }
  void enter_number(std::string_view kind, std::uint64_t number) { kind_ = kind, name_ = {}, number_ = number; }

  std::span<const std::byte> take(std::uint64_t size) {
    if (size > remaining()) {
      fail(fmt::format("expected {} bytes at offset {}, but the file ends after {}", size, offset_, remaining()));
    }
    const auto bytes = file_.subspan(offset_, size);
    offset_ += size;
    return bytes;
  }

  template <typename T>
  T read() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

  std::string_view read_string() {
    const auto bytes = take(read<std::uint64_t>());
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  /// A count of things that take at least `bytes_each` bytes, so that nothing is allocated for absurd ones.
  std::uint64_t read_count(std::string_view what, std::uint64_t bytes_each) {
    const auto count = read<std::uint64_t>();
    if (count > remaining() / bytes_each) {
      fail(fmt::format("{} {} do not fit into the {} bytes that are left of the file", count, what, remaining()));
    }
    return count;
  }

  [[noreturn]] void fail(std::string_view what, ErrorCode code = ErrorCode::model_invalid) const {
    const std::string name = name_.data() ? in_quotes(name_) : fmt::format("number {}", number_);
    throw Error(code, fmt::format("{}: {} {}: {}", path_, kind_, name, what));
  }

 private:
  std::span<const std::byte> file_;
  std::string_view path_;
  std::uint64_t offset_ = 0;
  std::string_view kind_ = "part", name_ = "header";
  std::uint64_t number_ = 0;
};

/// Bytes of a number or boolean; 0 for the other types.
std::uint64_t fixed_size(ValueType type) {
  switch (type) {
    case ValueType::u8:
    case ValueType::i8:
    case ValueType::boolean:
      return 1;
    case ValueType::u16:
    case ValueType::i16:
      return 2;
    case ValueType::u32:
    case ValueType::i32:
    case ValueType::f32:
      return 4;
    case ValueType::u64:
    case ValueType::i64:
    case ValueType::f64:
      return 8;
    case ValueType::string:
    case ValueType::array:
      break;
  }
  return 0;
}

ValueType read_value_type(Cursor& cursor) {
  const auto type = cursor.read<std::uint32_t>();
  if (type > static_cast<std::uint32_t>(ValueType::f64)) {
    cursor.fail(fmt::format("expected a value type from 0 to 12, found {}", type));
  }
  return static_cast<ValueType>(type);
}

void check_booleans(const Cursor& cursor, const Value& value) {
  if (value.element != ValueType::boolean) return;
  const auto bad = std::ranges::find_if(value.bytes, [](std::byte b) { return b > std::byte{1}; });
  if (bad != value.bytes.end()) {
    cursor.fail(fmt::format("expected a boolean of 0 or 1, found {}", std::to_integer<int>(*bad)));
  }
}

Value read_value(Cursor& cursor, ValueType type, int nesting = 0);

Value read_array(Cursor& cursor, int nesting) {
  if (nesting == kMaxNesting) cursor.fail(fmt::format("arrays are nested deeper than {} levels", kMaxNesting));
  Value value{.type = ValueType::array, .element = read_value_type(cursor)};
  const std::uint64_t size = fixed_size(value.element);
  const std::uint64_t at_least = value.element == ValueType::array    ? 12
                                 : value.element == ValueType::string ? 8
                                                                      : size;
  value.count = cursor.read_count("array elements", at_least);
  if (size != 0) {
    value.bytes = cursor.take(value.count * size);
  } else if (value.element == ValueType::string) {
    for (std::uint64_t i = 0; i < value.count; ++i) value.strings.push_back(cursor.read_string());
  } else {  // no key of a language model has arrays of arrays: check and forget
    for (std::uint64_t i = 0; i < value.count; ++i) read_array(cursor, nesting + 1);
  }
  check_booleans(cursor, value);
  return value;
}

Value read_value(Cursor& cursor, ValueType type, int nesting) {
  if (type == ValueType::array) return read_array(cursor, nesting);
  Value value{.type = type, .element = type};
  if (type == ValueType::string) {
    value.strings.push_back(cursor.read_string());
  } else {
    value.bytes = cursor.take(fixed_size(type));
  }
  check_booleans(cursor, value);
  return value;
}

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

void read_metadata(Cursor& cursor, std::uint64_t count, GgufContents& contents) {
  for (std::uint64_t i = 0; i < count; ++i) {
    cursor.enter_number("key", i);
    const std::string_view key = cursor.read_string();
    cursor.enter("key", key);
    const bool inserted = contents.values.emplace(key, read_value(cursor, read_value_type(cursor))).second;
    if (!inserted) cursor.fail("expected every key once, found it twice");
  }
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

/// A row of the tensor table. `data` is relative to the start of the tensor data until that is known.
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
  read_metadata(cursor, value_count, contents);

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

std::string in_quotes(std::string_view name) {
  constexpr std::size_t kLongest = 80;
  std::string text = "'";
  for (const char c : name.substr(0, kLongest)) text += c >= ' ' && c <= '~' ? c : '?';
  return text + (name.size() > kLongest ? "...'" : "'");
}

}  // namespace lingua::model
