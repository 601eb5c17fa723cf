// Checks options before any work is done.
#pragma once

#include <lingua/options.hpp>

namespace lingua::compress {

/// Throws Error: invalid_option, with the value and its limits.
void validate(const Options& options);

}  // namespace lingua::compress
