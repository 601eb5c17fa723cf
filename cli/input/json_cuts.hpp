// Takes bytes out of a JSON text so that what is left is JSON: pieces of strings, elements of arrays. What is left
// stands as it stood, escapes, numbers and layout included.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "input/pieces.hpp"

namespace lingua::cli {

class JsonCuts {
 public:
  /// `json` is well-formed and outlives the object.
  explicit JsonCuts(std::string_view json) : json_(json) {}

  /// Leaves only the bytes `kept` of the value of the string that stands at `literal`, quotes included. They are
  /// ascending and disjoint, and split no code point.
  void shorten_string(ByteSpan literal, std::span<const ByteSpan> kept);

  /// Takes elements out of an array, with their commas; `elements` are the places of all of them.
  void remove_elements(std::span<const ByteSpan> elements, const std::vector<bool>& removed);

  std::string apply() &&;

  /// The bytes that `apply` leaves, ascending.
  std::vector<ByteSpan> left() &&;

 private:
  void cut(std::size_t begin, std::size_t end);

  std::string_view json_;
  std::vector<ByteSpan> cuts_;
};

}  // namespace lingua::cli
