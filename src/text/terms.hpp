// The words of a text as a search engine compares them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lingua::text {

/// The letter runs of `text` (segment.hpp), case-folded, in order: "The Pump's" gives "the", "pump", "s". Of scripts
/// without spaces every two neighbouring characters, "新水泵" gives "新水", "水泵", since a single one says little; a
/// lone one stands for itself.
std::vector<std::string> terms(std::string_view text);

}  // namespace lingua::text
