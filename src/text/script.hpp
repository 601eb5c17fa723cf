// Which writing system a text is in: what stands in for its language where a sentence has to be put next to it.
#pragma once

#include <string_view>

namespace lingua::text {

enum class Script { latin, han, kana, hangul, cyrillic, arabic, other };

/// The script of most letters of `text`; kana where there are any, since Japanese mixes them with Han; latin for a
/// text without letters.
Script script_of(std::string_view text);

}  // namespace lingua::text
