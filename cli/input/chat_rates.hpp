// --rate-role and --rate-age: turns of a chat that are compressed at rates of their own.
#pragma once

#include <lingua/prompt.hpp>
#include <lingua/sections.hpp>

#include "arguments.hpp"
#include "input/chat.hpp"

namespace lingua::cli {

/// The share that is kept of `turn`: the lowest that a rule says; nothing where none does.
std::optional<double> rate_of(const Turn& turn, const ChatRates& rules);

/// `prompt`, which `chat` was assembled to, with its contexts as sections; those of equal rates are one group.
SectionedPrompt sections_by_rate(Prompt prompt, const Chat& chat, const ChatRates& rules);

}  // namespace lingua::cli
