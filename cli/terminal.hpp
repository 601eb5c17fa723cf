// What appears on standard error while work goes on: on a terminal only, and gone afterwards.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string_view>

#include <lingua/options.hpp>

namespace lingua::cli {

class ProgressLine {
 public:
  /// Shows nothing when `quiet`, or when standard error is not a terminal.
  explicit ProgressLine(bool quiet);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// "loading the model ..."; `total` of 0: no figures.
  void show(std::string_view step, std::size_t done = 0, std::size_t total = 0);
  void clear();

 private:
  bool enabled_, visible_ = false;
  std::chrono::steady_clock::time_point last_ = {};
};

/// Shows the library's progress on `line`, which must outlive it, and cancels once the user interrupts.
std::function<bool(const Progress&)> shown_on(ProgressLine& line);

/// Whether --diff writes colours: `always`, or a terminal that is not "dumb" and no NO_COLOR (https://no-color.org).
bool colours_wanted_on_stdout();

bool stdin_is_terminal();
bool stdout_is_terminal();
bool stderr_is_terminal();

}  // namespace lingua::cli
