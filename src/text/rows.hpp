// Tables as programs write them: values with commas, semicolons, tabs or bars between them, or aligned in columns.
#pragma once

#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace lingua::text {

/// Whether `text` is a table and hardly anything else: three lines or more, four fifths of which have as many
/// separators as the first one, or two gaps of several spaces each.
bool is_table(std::string_view text);

/// The rows: lines that are not blank, joined where a quoted cell spans several.
std::vector<ByteRange> find_rows(std::string_view text);

}  // namespace lingua::text
