// One function for each kind of value.
#include "model/gguf_values.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace lingua::model {
namespace {

constexpr int kMaxNesting = 4;  // of arrays in arrays; the format sets no limit, the stack does

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

}  // namespace

std::unordered_map<std::string_view, Value> read_metadata(Cursor& cursor, std::uint64_t count) {
  std::unordered_map<std::string_view, Value> values;
  for (std::uint64_t i = 0; i < count; ++i) {
    cursor.enter_number("key", i);
    const std::string_view key = cursor.read_string();
    cursor.enter("key", key);
    const bool inserted = values.emplace(key, read_value(cursor, read_value_type(cursor))).second;
    if (!inserted) cursor.fail("expected every key once, found it twice");
  }
  return values;
}

}  // namespace lingua::model
