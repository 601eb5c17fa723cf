// All edits are cuts, so they may lie inside each other: a string that is shortened in an element that goes.
#include "input/json_cuts.hpp"

#include <algorithm>
#include <charconv>

namespace lingua::cli {
namespace {

/// What one character, or byte of one, takes in the text and in the value.
struct Spelling {
  std::size_t text, value;
};

/// The code unit of "\uXXXX" at the front of `text`; 0 where none stands.
unsigned code_unit(std::string_view text) {
  unsigned unit = 0;
  if (text.starts_with("\\u")) std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  return unit;
}

/// Of what stands at the front of `text`, inside a string.
Spelling spelling_of(std::string_view text) {
  if (text[0] != '\\') return {1, 1};
  if (text[1] != 'u') return {2, 1};
  const unsigned unit = code_unit(text);
  if (unit >= 0xD800 && unit < 0xDC00) return {12, 4};  // with the other half of the surrogate pair
  return {6, unit < 0x80 ? 1u : unit < 0x800 ? 2u : 3u};
}

}  // namespace

void JsonCuts::shorten_string(ByteSpan literal, std::span<const ByteSpan> kept) {
  std::size_t value = 0;
  for (std::size_t at = literal.begin + 1; at < literal.end - 1;) {
    const Spelling spelling = spelling_of(json_.substr(at));
    while (!kept.empty() && kept.front().end <= value) kept = kept.subspan(1);
    if (kept.empty() || value < kept.front().begin) cut(at, at + spelling.text);
    at += spelling.text;
    value += spelling.value;
  }
}

void JsonCuts::remove_elements(std::span<const ByteSpan> elements, const std::vector<bool>& removed) {
  const auto first_left =
      static_cast<std::size_t>(std::find(removed.begin(), removed.end(), false) - removed.begin());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (!removed[i]) continue;
    const bool with_next = i < first_left && i + 1 < elements.size();
    cut(i > first_left ? elements[i - 1].end : elements[i].begin,
        with_next ? elements[i + 1].begin : elements[i].end);
  }
}

void JsonCuts::cut(std::size_t begin, std::size_t end) {
  if (!cuts_.empty() && cuts_.back().end == begin) {
    cuts_.back().end = end;
  } else {
    cuts_.push_back({begin, end});
  }
}

std::string JsonCuts::apply() && {
  std::string out;
  for (const auto& [begin, end] : std::move(*this).left()) out.append(json_, begin, end - begin);
  return out;
}

std::vector<ByteSpan> JsonCuts::left() && {
  std::ranges::sort(cuts_, {}, &ByteSpan::begin);
  std::vector<ByteSpan> left;
  std::size_t at = 0;
  for (const auto& [begin, end] : cuts_) {
    if (at < begin) left.push_back({at, begin});
    at = std::max(at, end);
  }
  if (at < json_.size()) left.push_back({at, json_.size()});
  return left;
}

}  // namespace lingua::cli
