// Wraps the JSON library: its exceptions become lingua::Error, its recursion gets a limit.
#include "input/strict_json.hpp"

#include <fmt/format.h>

#include <lingua/error.hpp>

namespace lingua::cli {
namespace {

constexpr int kMaxDepth = 100;

bool check_depth(int depth, Json::parse_event_t, Json&) {
  if (depth > kMaxDepth) refuse_json(fmt::format("the JSON is nested deeper than {} levels", kMaxDepth));
  return true;
}

}  // namespace

void refuse_json(const std::string& message) { throw Error(ErrorCode::input_malformed, message); }

Json parse_json(std::string_view text) {
  try {
    return Json::parse(text, check_depth);
  } catch (const Json::exception& error) {
    const std::string_view what = error.what();  // "[json.exception.parse_error.101] parse error at line 1, ..."
    const std::size_t start = what.find("] ");
    refuse_json("malformed JSON: " + std::string(what.substr(start == std::string_view::npos ? 0 : start + 2)));
  }
}

std::string kind_of(const Json& value) {
  std::string name = value.type_name();
  if (name == "null") return name;
  return (name == "array" || name == "object" ? "an " : "a ") + name;
}

const std::string& string_at(const Json& value, const std::string& path) {
  if (!value.is_string()) refuse_json(path + " is " + kind_of(value) + ", not a string");
  return value.get_ref<const std::string&>();
}

}  // namespace lingua::cli
