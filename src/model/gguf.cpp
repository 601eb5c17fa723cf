// Typed look-ups on a parsed GGUF.
#include "model/gguf.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <lingua/error.hpp>

#include "model/fingerprint.hpp"
#include "model/load.hpp"

namespace lingua::model {
namespace {

/// Calls `use` with a value of the C++ type that elements of `type` have. False for strings and arrays.
template <typename Use>
bool visit(ValueType type, Use&& use) {
  switch (type) {
    case ValueType::u8:
      use(std::uint8_t{});
      return true;
    case ValueType::i8:
      use(std::int8_t{});
      return true;
    case ValueType::u16:
      use(std::uint16_t{});
      return true;
    case ValueType::i16:
      use(std::int16_t{});
      return true;
    case ValueType::u32:
      use(std::uint32_t{});
      return true;
    case ValueType::i32:
      use(std::int32_t{});
      return true;
    case ValueType::u64:
      use(std::uint64_t{});
      return true;
    case ValueType::i64:
      use(std::int64_t{});
      return true;
    case ValueType::f32:
      use(float{});
      return true;
    case ValueType::f64:
      use(double{});
      return true;
    case ValueType::boolean:
    case ValueType::string:
    case ValueType::array:
      break;
  }
  return false;
}

/// All elements of `value` as `To`; nothing when one is of another kind (integer, floating point) or does not fit.
template <typename To>
std::optional<std::vector<To>> convert(const Value& value) {
  std::vector<To> result;
  bool fits = true;
  const bool number = visit(value.element, [&]<typename From>(From) {
    if constexpr (std::is_integral_v<From> != std::is_integral_v<To>) {
      fits = false;
    } else {
      result.reserve(value.count);
      for (std::size_t i = 0; i < value.count && fits; ++i) {
        const auto element = load<From>(value.bytes.data() + i * sizeof(From));
        if constexpr (std::is_integral_v<To>) fits = std::in_range<To>(element);
        result.push_back(static_cast<To>(element));
      }
    }
  });
  return number && fits ? std::optional(std::move(result)) : std::nullopt;
}

template <typename To>
std::optional<To> convert_scalar(const Value& value) {
  if (value.type == ValueType::array) return std::nullopt;
  const auto converted = convert<To>(value);
  return converted ? std::optional(converted->front()) : std::nullopt;
}

std::string_view type_name(ValueType type) {
  constexpr std::string_view kNames[] = {"u8",   "i8",     "u16",   "i16", "u32", "i32", "f32",
                                         "bool", "string", "array", "u64", "i64", "f64"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string shape_text(std::span<const std::uint64_t> shape) { return fmt::format("{}", fmt::join(shape, " x ")); }

}  // namespace

std::shared_ptr<const Gguf> Gguf::open(const std::filesystem::path& path) {
  return std::shared_ptr<const Gguf>(new Gguf(path));
}

Gguf::Gguf(const std::filesystem::path& path)
    : path_(path),
      file_(path),
      contents_(parse_gguf(file_.bytes(), path.string())),
      fingerprint_(fingerprint_of(contents_)) {}

const Value& Gguf::value(std::string_view key, std::string_view expected) const {
  const auto found = contents_.values.find(key);
  if (found == contents_.values.end()) {
    throw Error(ErrorCode::model_invalid,
                fmt::format("{}: key '{}' is missing; expected {}", path_.string(), key, expected));
  }
  return found->second;
}

void Gguf::fail(std::string_view key, std::string_view expected, const Value& found) const {
  const std::string type = found.type == ValueType::array
                               ? fmt::format("an array of {} {}", found.count, type_name(found.element))
                               : std::string(type_name(found.type));
  throw Error(ErrorCode::model_invalid,
              fmt::format("{}: key '{}': expected {}, found {}", path_.string(), key, expected, type));
}

std::uint64_t Gguf::integer(std::string_view key) const {
  constexpr std::string_view kExpected = "a non-negative integer";
  const Value& found = value(key, kExpected);
  const auto converted = convert_scalar<std::uint64_t>(found);
  if (!converted) fail(key, kExpected, found);
  return *converted;
}

std::optional<std::uint64_t> Gguf::find_integer(std::string_view key) const {
  return has(key) ? convert_scalar<std::uint64_t>(contents_.values.at(key)) : std::nullopt;
}

double Gguf::number(std::string_view key) const {
  constexpr std::string_view kExpected = "a floating-point number";
  const Value& found = value(key, kExpected);
  const auto converted = convert_scalar<double>(found);
  if (!converted) fail(key, kExpected, found);
  return *converted;
}

bool Gguf::boolean(std::string_view key) const {
  constexpr std::string_view kExpected = "a boolean";
  const Value& found = value(key, kExpected);
  if (found.type != ValueType::boolean) fail(key, kExpected, found);
  return found.bytes.front() != std::byte{0};
}

std::string_view Gguf::string(std::string_view key) const {
  constexpr std::string_view kExpected = "a string";
  const Value& found = value(key, kExpected);
  if (found.type != ValueType::string) fail(key, kExpected, found);
  return found.strings.front();
}

const std::vector<std::string_view>& Gguf::strings(std::string_view key) const {
  constexpr std::string_view kExpected = "an array of strings";
  const Value& found = value(key, kExpected);
  if (found.type != ValueType::array || found.element != ValueType::string) fail(key, kExpected, found);
  return found.strings;
}

std::vector<float> Gguf::floats(std::string_view key) const {
  constexpr std::string_view kExpected = "an array of floating-point numbers";
  const Value& found = value(key, kExpected);
  auto converted = found.type == ValueType::array ? convert<float>(found) : std::nullopt;
  if (!converted) fail(key, kExpected, found);
  return std::move(*converted);
}

std::vector<std::int32_t> Gguf::integers(std::string_view key) const {
  constexpr std::string_view kExpected = "an array of 32-bit integers";
  const Value& found = value(key, kExpected);
  auto converted = found.type == ValueType::array ? convert<std::int32_t>(found) : std::nullopt;
  if (!converted) fail(key, kExpected, found);
  return std::move(*converted);
}

std::uint64_t Gguf::integer_or(std::string_view key, std::uint64_t fallback) const {
  return has(key) ? integer(key) : fallback;
}
double Gguf::number_or(std::string_view key, double fallback) const { return has(key) ? number(key) : fallback; }
bool Gguf::boolean_or(std::string_view key, bool fallback) const { return has(key) ? boolean(key) : fallback; }
std::string_view Gguf::string_or(std::string_view key, std::string_view fallback) const {
  return has(key) ? string(key) : fallback;
}

const Tensor* Gguf::find_tensor(std::string_view name) const {
  const auto found = contents_.tensor_index.find(name);
  return found == contents_.tensor_index.end() ? nullptr : &contents_.tensors[found->second];
}

const Tensor& Gguf::tensor(std::string_view name, std::initializer_list<std::uint64_t> shape) const {
  const Tensor* found = find_tensor(name);
  if (!found) {
    throw Error(ErrorCode::model_invalid, fmt::format("{}: tensor '{}' is missing; expected shape {}", path_.string(),
                                                      name, shape_text(shape)));
  }
  if (!std::ranges::equal(found->shape, shape)) {
    throw Error(ErrorCode::model_invalid, fmt::format("{}: tensor '{}': expected shape {}, found {}", path_.string(),
                                                      name, shape_text(shape), shape_text(found->shape)));
  }
  if (!tensor_type_info(found->type)) {
    throw Error(ErrorCode::model_unsupported,
                fmt::format("{}: tensor '{}': expected one of the types {}, found {}", path_.string(), name,
                            decodable_type_names(), tensor_type_name(found->type)));
  }
  return *found;
}

}  // namespace lingua::model
