// Conversations: how they are recognised. What was said last matters most there, whatever is asked.
#pragma once

#include <optional>
#include <string>

#include "compress/prompt/tokenized_prompt.hpp"

namespace lingua::compress {

/// How the turn after the question begins ("Assistant:"), where contexts and question are turns that name their
/// speakers; nothing elsewhere. Two to four speakers, such as "User:" and "Assistant:", have to take turns: each
/// context begins with one, mostly not the one before, and the question's is among them.
std::optional<std::string> next_speaker(const TokenizedPrompt& prompt);

}  // namespace lingua::compress
