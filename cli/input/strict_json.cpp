// Wraps the JSON library: its exceptions become lingua::Error, its recursion gets a limit.
#include "input/strict_json.hpp"

#include <fmt/format.h>

#include <lingua/error.hpp>

namespace lingua::cli {
namespace {

constexpr int kMaxDepth = 100;

bool check_depth(int depth) {
  if (depth > kMaxDepth) refuse_json(fmt::format("the JSON is nested deeper than {} levels", kMaxDepth));
  return true;
}

[[noreturn]] void refuse_malformed(const Json::exception& error) {
  const std::string_view what = error.what();  // "[json.exception.parse_error.101] parse error at line 1, ..."
  const std::size_t start = what.find("] ");
  refuse_json("malformed JSON: " + std::string(what.substr(start == std::string_view::npos ? 0 : start + 2)));
}

/// Looks at every value and keeps none.
class Checker final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return value(); }
  bool boolean(bool) override { return value(); }
  bool number_integer(number_integer_t) override { return value(); }
  bool number_unsigned(number_unsigned_t) override { return value(); }
  bool number_float(number_float_t, const string_t&) override { return value(); }
  bool string(string_t&) override { return value(); }
  bool binary(binary_t&) override { return value(); }
  bool key(string_t&) override { return true; }
  bool start_object(std::size_t) override { return open(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t, const std::string&, const Json::exception& error) override {
    refuse_malformed(error);
  }

 private:
  bool value() const { return check_depth(depth_); }
  bool open() { return check_depth(depth_++); }
  bool close() {
    --depth_;
    return true;
  }

  int depth_ = 0;
};

}  // namespace

void refuse_json(const std::string& message) { throw Error(ErrorCode::input_malformed, message); }

Json parse_json(std::string_view text) {
  try {
    return Json::parse(text, [](int depth, Json::parse_event_t, Json&) { return check_depth(depth); });
  } catch (const Json::exception& error) {
    refuse_malformed(error);
  }
}

void check_json(std::string_view text) {
  Checker checker;
  Json::sax_parse(text, &checker);
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
