// Finds what compression must not damage: numbers, negations, identifiers and the other classes, and
// what the caller's pattern matches.
// Ranges are ascending and disjoint.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace lingua::text {

/// Digits (any script) with separators, sign, currency and a unit glued to or right after them ("-3.5 km", "$1,000",
/// "50%", "2024-05-01", "10x"); Chinese numerals where they count ("三百").
std::vector<ByteRange> find_numbers(std::string_view text);

/// Words that reverse the meaning: "not", "no", "never", "none", "without", "cannot", "...n't", and their like in the
/// large languages, Chinese ("不", "没有", "未", "无") included.
std::vector<ByteRange> find_negations(std::string_view text);

/// What machines named: URLs, e-mail addresses, paths, "snake_case", "camelCase", "ord_8f3a", "GPT-4", "foo.bar",
/// "f()",
/// "--flag", "$HOME", "@anna", "#123".
std::vector<ByteRange> find_identifiers(std::string_view text);

/// Quoted strings with their marks, inside one paragraph: "x", 'x', “x”, ‘x’, „x“, «x», ‹x›, 「x」, 『x』, 《x》.
std::vector<ByteRange> find_quotations(std::string_view text);

/// Code in Markdown: fenced blocks, fences included, and spans between backticks.
std::vector<ByteRange> find_code(std::string_view text);

/// Names by rule: capitalised words that the beginning of a sentence does not explain ("Bank of England", "NATO");
/// Chinese surnames with a title ("王先生"), and the characters beside the dot of foreign names ("卡尔·马克思").
std::vector<ByteRange> find_names(std::string_view text);

/// A caller's regular expression (ICU syntax).
class Pattern {
 public:
  /// Throws Error: invalid_pattern, with the pattern, the place and the reason.
  explicit Pattern(std::string_view expression);
  ~Pattern();
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;

  /// All non-empty matches. Throws Error: invalid_pattern when matching exceeds ICU's limits (catastrophic patterns).
  std::vector<ByteRange> find_all(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lingua::text
