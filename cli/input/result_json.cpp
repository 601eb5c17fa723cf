// A result may come from a newer lingua: unknown keys are fine, another version is not.
#include "input/result_json.hpp"

#include <fmt/format.h>

#include <lingua/log_fold.hpp>

#include "input/strict_json.hpp"

namespace lingua::cli {
namespace {

const Json& member(const Json& object, const char* key, const std::string& path) {
  if (!object.is_object() || !object.contains(key))
    refuse_json(fmt::format("{}{} is missing; expected what `lingua compress --json` writes", path, key));
  return object[key];
}

const Json& array_member(const Json& object, const char* key) {
  const Json& value = member(object, key, "");
  if (!value.is_array()) refuse_json(fmt::format("{} is {}, not an array", key, kind_of(value)));
  return value;
}

std::size_t number_member(const Json& object, const char* key, const std::string& path) {
  const Json& value = member(object, key, path);
  if (!value.is_number_unsigned())
    refuse_json(fmt::format("{}{} is {}, not a whole number", path, key, value.dump()));
  return value.get<std::size_t>();
}

Json parse_result(std::string_view text) {
  Json document = parse_json(text);
  const auto version = number_member(document, "version", "");
  if (version != 1) refuse_json(fmt::format("the result has version {}, this lingua reads version 1", version));
  return document;
}

std::vector<std::string> originals_of(const Json& document) {
  std::vector<std::string> originals;
  const Json& parts = array_member(document, "parts");
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string path = fmt::format("parts[{}].", i);
    originals.push_back(string_at(member(parts[i], "original", path), path + "original"));
  }
  return originals;
}

/// Checks ranges against texts.
SourceMap source_map_of(const Json& document) {
  std::vector<KeptRange> kept;
  const Json& ranges = array_member(document, "kept");
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const std::string path = fmt::format("kept[{}].", i);
    kept.push_back({number_member(ranges[i], "part", path), number_member(ranges[i], "begin", path),
                    number_member(ranges[i], "end", path)});
  }
  return {originals_of(document), std::move(kept)};
}

bool is_folded(const Json& part) { return part.contains("folded") && part["folded"] == true; }

}  // namespace

std::string original_of_result(std::string_view text) {
  const Json document = parse_result(text);
  source_map_of(document);
  const auto originals = originals_of(document);
  std::string joined;
  for (std::size_t i = 0; i < originals.size(); ++i)
    joined += is_folded(document["parts"][i]) ? unfold_log(originals[i]) : originals[i];
  return joined;
}

SourceMap parse_result_json(std::string_view text) { return source_map_of(parse_result(text)); }

}  // namespace lingua::cli
