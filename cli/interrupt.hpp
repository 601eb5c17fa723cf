// Ctrl-C as a flag, so that work ends through the library's own cancellation and leaves nothing half done.
#pragma once

namespace lingua::cli {

/// From now on the first SIGINT or SIGTERM sets the flag; a second one ends the process at once.
void watch_interrupts();

bool interrupted() noexcept;

/// Throws Error: cancelled, when the flag is set.
void throw_if_interrupted();

}  // namespace lingua::cli
