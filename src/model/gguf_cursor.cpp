// The checks of the cursor, and the messages when they fail.
#include "model/gguf_cursor.hpp"

#include <string>

#include <fmt/format.h>

#include "model/gguf_format.hpp"

namespace lingua::model {

std::span<const std::byte> Cursor::take(std::uint64_t size) {
  if (size > remaining()) {
    fail(fmt::format("expected {} bytes at offset {}, but the file ends after {}", size, offset_, remaining()));
  }
  const auto bytes = file_.subspan(offset_, size);
  offset_ += size;
  return bytes;
}

std::string_view Cursor::read_string() {
  const auto bytes = take(read<std::uint64_t>());
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::uint64_t Cursor::read_count(std::string_view what, std::uint64_t bytes_each) {
  const auto count = read<std::uint64_t>();
  if (count > remaining() / bytes_each) {
    fail(fmt::format("{} {} do not fit into the {} bytes that are left of the file", count, what, remaining()));
  }
  return count;
}

void Cursor::fail(std::string_view what, ErrorCode code) const {
  const std::string name = name_.data() ? in_quotes(name_) : fmt::format("number {}", number_);
  throw Error(code, fmt::format("{}: {} {}: {}", path_, kind_, name, what));
}

std::string in_quotes(std::string_view name) {
  constexpr std::size_t kLongest = 80;
  std::string text = "'";
  for (const char c : name.substr(0, kLongest)) text += c >= ' ' && c <= '~' ? c : '?';
  return text + (name.size() > kLongest ? "...'" : "'");
}

}  // namespace lingua::model
