// A first walk checks the document, a second one picks the strings: nothing is held in memory but these.
#include "input/json_document.hpp"

#include <utility>

#include "input/json_places.hpp"
#include "input/strict_json.hpp"

namespace lingua::cli {
namespace {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// The group of `path`: that of the first rule that matches; nothing when none does.
std::optional<std::size_t> group_of(const JsonPath& path, std::span<const PathRule> rules) {
  if (rules.empty()) return 0;
  for (std::size_t i = 0; i < rules.size(); ++i)
    if (matches_path(path, rules[i].pattern)) return rules[i].rate ? i + 1 : 0;
  return std::nullopt;
}

}  // namespace

JsonDocument::JsonDocument(std::string text, std::span<const PathRule> rules, std::size_t min_bytes)
    : text_(std::move(text)) {
  for (const PathRule& rule : rules) prompt_.rates.push_back(rule.rate);
  check_json(text_);
  visit_json(text_, [&](const JsonPath& path, ByteSpan place) {
    const bool is_string = text_[place.begin] == '"', may_be_long = place.end - place.begin >= min_bytes + 2;
    const auto group = is_string && may_be_long ? group_of(path, rules) : std::nullopt;
    if (!group) return;
    std::string value = Json::parse(text_.begin() + static_cast<std::ptrdiff_t>(place.begin),
                                    text_.begin() + static_cast<std::ptrdiff_t>(place.end));
    if (value.size() < min_bytes || is_blank(value)) return;
    prompt_.sections.push_back({std::move(value), *group});
    literals_.push_back(place);
  });
}

std::string JsonDocument::rewrite(const Result& result) const { return cuts(kept_by_part(result)).apply(); }

std::vector<ByteSpan> JsonDocument::left(std::span<const std::vector<ByteSpan>> kept) const {
  return cuts(kept).left();
}

JsonCuts JsonDocument::cuts(std::span<const std::vector<ByteSpan>> kept) const {
  JsonCuts cuts(text_);
  for (std::size_t i = 0; i < literals_.size(); ++i) cuts.shorten_string(literals_[i], kept[i]);
  return cuts;
}

}  // namespace lingua::cli
