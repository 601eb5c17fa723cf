// Tags of HTML and XML, wherever they stand: half a tag is worse than none.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace lingua::text {

/// Finds what stands in angle brackets, as CommonMark 0.30 has it (sections 6.5 and 6.6): tags, comments,
/// declarations, instructions, addresses; scripts and styles with all that is in them. Reads a text from its
/// beginning to its end.
class MarkupScanner {
 public:
  explicit MarkupScanner(std::string_view text) : text_(text) {}

  /// Behind what begins with the "<" at `begin`; `begin` where nothing does. Ascending from call to call.
  std::size_t end_at(std::size_t begin);

 private:
  std::size_t tag_end(std::size_t begin) const;
  std::size_t address_end(std::size_t begin) const;
  /// Behind the next `mark` at or after `from`; 0 where there is none, of which `gone` takes note.
  std::size_t behind(std::string_view mark, std::size_t from, bool& gone) const;
  /// Behind "</script>" where `name` is "script".
  std::size_t raw_end(std::string_view name, std::size_t from);

  std::string_view text_;
  bool no_comment_ = false, no_instruction_ = false, no_data_ = false, no_script_ = false, no_style_ = false;
};

/// All of them in `text`, ascending and disjoint.
std::vector<ByteRange> find_markup(std::string_view text);

}  // namespace lingua::text
