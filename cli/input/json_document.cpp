// Strings are replaced where they stand, so that numbers, keys, order and layout stay as they were.
#include "input/json_document.hpp"

#include <fmt/format.h>

#include <utility>

#include "input/strict_json.hpp"

namespace lingua::cli {
namespace {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// The group of `path`: that of the first rule that matches; nothing when none does.
std::optional<std::size_t> group_of(const std::vector<std::string>& path, std::span<const PathRule> rules) {
  if (rules.empty()) return 0;
  for (std::size_t i = 0; i < rules.size(); ++i)
    if (matches_path(path, rules[i].pattern)) return rules[i].rate ? i + 1 : 0;
  return std::nullopt;
}

}  // namespace

JsonDocument::JsonDocument(std::string text, std::span<const PathRule> rules, std::size_t min_bytes)
    : text_(std::move(text)) {
  for (const PathRule& rule : rules) prompt_.rates.push_back(rule.rate);
  for (JsonString& string : json_strings(text_)) {
    if (string.value.size() < min_bytes || is_blank(string.value)) continue;
    const auto group = group_of(string.path, rules);
    if (!group) continue;
    prompt_.sections.push_back({string.value, *group});
    strings_.push_back(std::move(string));
  }
  if (strings_.empty())
    refuse_json(fmt::format("the document has no string of {} bytes or more{}; see --path and --min-string",
                            min_bytes, rules.empty() ? "" : " where --path looks"));
}

std::string JsonDocument::rewrite(const Result& result) const {
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < strings_.size(); ++i) {
    const JsonString& string = strings_[i];
    out.append(text_, copied, string.begin - copied);
    if (result.parts[i].text == string.value) {
      out.append(text_, string.begin, string.end - string.begin);
    } else {
      out += Json(result.parts[i].text).dump();
    }
    copied = string.end;
  }
  return out.append(text_, copied);
}

}  // namespace lingua::cli
