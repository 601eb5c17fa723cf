// Recognises requests for a summary of everything: they ask for nothing in particular, so nothing in a text answers
// them better than what its author put first.
#pragma once

#include <string_view>

namespace lingua::text {

/// Whether `request` asks for a summary and names nothing that it is to be about: "Summarize the report in three
/// sentences.", "请总结以上内容。", but not "Summarize the discussion about costs." English and Chinese.
bool asks_for_summary(std::string_view request);

}  // namespace lingua::text
