// Takes "id" and "target" out of the object; what is left is a prompt.
#include "input/batch_line.hpp"

#include "input/prompt_json.hpp"

namespace lingua::cli {
namespace {

Target parse_target(const Json& value) {
  if (value.is_object() && value.size() == 1) {
    const std::string& key = value.begin().key();
    const Json& number = value.begin().value();
    if (key == "ratio" && number.is_number()) return Ratio{number.get<double>()};
    if (key == "rate" && number.is_number()) return Rate{number.get<double>()};
    if (key == "tokens" && number.is_number_unsigned()) return Tokens{number.get<std::uint64_t>()};
  }
  refuse_json("target is " + value.dump() + R"(, not one of {"ratio": X}, {"rate": X}, {"tokens": N})");
}

}  // namespace

Json id_of(const Json& document) { return document.is_object() && document.contains("id") ? document["id"] : Json(); }

BatchLine parse_batch_line(Json document) {
  BatchLine line;
  if (document.is_object()) {
    if (document.contains("target")) line.target = parse_target(document["target"]);
    document.erase("id");
    document.erase("target");
  }
  line.pieces = prompt_pieces(document);
  return line;
}

}  // namespace lingua::cli
