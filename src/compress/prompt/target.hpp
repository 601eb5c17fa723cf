// From what the user asked for to a number of tokens.
#pragma once

#include <cstddef>

#include <lingua/options.hpp>

namespace lingua::compress {

/// Tokens that `target` allows of a prompt of `length` tokens: rounded down, so never more than asked for, and at
/// most `length`.
/// Throws Error: invalid_option (zero, negative, not a number), target_unreachable (less than one token).
std::size_t budget_of(const Target& target, std::size_t length);

}  // namespace lingua::compress
