// Lays out JSON between the two extremes of one endless line and one line per number.
#include "report/report.hpp"

namespace lingua::cli {
namespace {

std::string value_lines(const Json& value) {
  if (!value.is_array() || value.empty() || !value.front().is_object()) return value.dump();
  std::string out = "[\n";
  for (std::size_t i = 0; i < value.size(); ++i) {
    out += "    " + value[i].dump() + (i + 1 < value.size() ? ",\n" : "\n  ]");
  }
  return out;
}

}  // namespace

std::string json_lines(const Json& document) {
  std::string out = "{";
  for (const auto& [key, value] : document.items()) {
    out += (out.size() == 1 ? "\n  " : ",\n  ") + Json(key).dump() + ": " + value_lines(value);
  }
  return out + "\n}\n";
}

}  // namespace lingua::cli
