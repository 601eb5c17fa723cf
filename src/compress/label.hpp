// The name that a text begins with: "User:" of a turn, "Question:" of a worked example.
#pragma once

#include <string_view>

namespace lingua::compress {

/// The first up to 32 bytes of `text`, if they are letters, spaces, hyphens and underscores that a colon ends, which
/// is included; else empty.
std::string_view label_of(std::string_view text);

}  // namespace lingua::compress
