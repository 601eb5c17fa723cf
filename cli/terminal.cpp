// One line that rewrites itself ten times a second.
#include "terminal.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <cstdio>
#include <cstdlib>

#include "interrupt.hpp"
#include "text_format.hpp"

namespace lingua::cli {

ProgressLine::ProgressLine(bool quiet) : enabled_(!quiet && stderr_is_terminal()) {}
ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(std::string_view step, std::size_t done, std::size_t total) {
  const auto now = std::chrono::steady_clock::now();
  if (!enabled_ || (visible_ && total != 0 && now - last_ < std::chrono::milliseconds(100))) return;
  last_ = now;
  visible_ = true;
  const std::string line = total == 0 ? fmt::format("{} ...", step)
                                      : fmt::format("{}: {} of {} tokens, {} %", step, thousands(done),
                                                    thousands(total), 100 * done / total);
  fmt::print(stderr, "\r\x1b[K{}", line);
  std::fflush(stderr);
}

void ProgressLine::clear() {
  if (visible_) std::fputs("\r\x1b[K", stderr);
  visible_ = false;
}

std::function<bool(const Progress&)> shown_on(ProgressLine& line) {
  return [&line](const Progress& progress) {
    line.show(progress.step, progress.done, progress.total);
    return !interrupted();
  };
}

bool colours_wanted_on_stdout() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool refused =
      (no_color != nullptr && *no_color != '\0') || (terminal != nullptr && std::string_view(terminal) == "dumb");
  return stdout_is_terminal() && !refused;
}

bool stdin_is_terminal() { return ::isatty(STDIN_FILENO) == 1; }
bool stdout_is_terminal() { return ::isatty(STDOUT_FILENO) == 1; }
bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

}  // namespace lingua::cli
