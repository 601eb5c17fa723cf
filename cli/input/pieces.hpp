// From the pieces that a user gives to the library's Prompt, and back: which bytes of which part of the result
// belong to a piece. Several pieces may make one part (two system messages are one instruction).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <lingua/prompt.hpp>
#include <lingua/result.hpp>

namespace lingua::cli {

/// Bytes [begin, end).
struct ByteSpan {
  std::size_t begin, end;
};

struct Piece {
  Role role;
  std::string text;
  bool continues = false;           ///< the next piece follows without a separator: both were cut from one text
  std::vector<ByteSpan> keep = {};  ///< bytes of `text` that are never dropped
};

/// Where a piece is: bytes [begin, end) of part `part` of the result; without the separator that was added to it.
struct PieceLocation {
  std::size_t part, begin, end;
};

struct AssembledPrompt {
  Prompt prompt;
  std::vector<std::optional<PieceLocation>> locations;  ///< per piece; none for empty pieces
};

/// Takes the text of those that are nothing but white space, of which nothing is to be kept: they would cost budget
/// and get separators.
void empty_blank(std::vector<Piece>& pieces);

/// Puts the pieces into their roles, in the given order. Each that another one follows is made to end with
/// `separator`: what is missing of it is appended ("end\n" gets one more "\n" to end with "\n\n").
AssembledPrompt assemble(const std::vector<Piece>& pieces, std::string_view separator);

/// The bytes that are left of each part of `result`, ascending; without the white space before the first one, which
/// would separate it from what is gone (of lines, the indentation stays).
std::vector<std::vector<ByteSpan>> kept_by_part(const Result& result);

/// The same by piece, counted from its beginning.
std::vector<std::vector<ByteSpan>> kept_by_piece(const Result& result,
                                                 const std::vector<std::optional<PieceLocation>>& locations);

}  // namespace lingua::cli
