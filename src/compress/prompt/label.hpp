// The name that a text begins with: "User:" of a turn, "Question:" of a worked example.
#pragma once

#include <string_view>

namespace lingua::compress {

/// The first up to 32 bytes of `text`, if they are a letter, then letters, digits, spaces, full stops, hyphens and
/// underscores, and in the end a colon, which is included; else empty. A colon before a slash belongs to an
/// address, and one before another colon to a heading or a name in code.
std::string_view label_of(std::string_view text);

}  // namespace lingua::compress
