// The listing of --explain: a line for every unit that was judged by itself, and one for every run that was not.
#include <fmt/format.h>

#include <cmath>

#include "report/report.hpp"
#include "text_format.hpp"

namespace lingua::cli {
namespace {

/// Units that share a line.
struct Run {
  UnitResult
      units;  ///< from the first unit's begin to the last one's end; surprisal: the sum, of those that have one
  std::size_t scored = 0;

  double mean() const { return scored == 0 ? NAN : units.surprisal / static_cast<double>(scored); }
};

bool stands_alone(const UnitResult& unit) { return !std::isnan(unit.threshold); }

std::vector<Run> runs_of(const PartResult& part) {
  std::vector<Run> runs;
  for (const UnitResult& unit : part.units) {
    const bool joins = !runs.empty() && !stands_alone(unit) && !stands_alone(runs.back().units) &&
                       runs.back().units.reason == unit.reason;
    if (!joins) {
      runs.push_back({unit});
      runs.back().units.surprisal = 0;
    }
    Run& run = runs.back();
    run.units.end = unit.end;
    if (std::isnan(unit.surprisal)) continue;
    run.units.surprisal += unit.surprisal;
    ++run.scored;
  }
  return runs;
}

/// The beginning of `text`, quoted, on one line.
std::string shown(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::size_t size = std::min(text.size(), kLongest);
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return "\"" + escaped(text.substr(0, size)) + (size < text.size() ? "\"..." : "\"");
}

std::string two_digits(double value) { return std::isnan(value) ? "" : fmt::format("{:.2f}", value); }

}  // namespace

std::string explain_report(const Result& result) {
  std::string out;
  for (const PartResult& part : result.parts) {
    out += fmt::format("{}: {} -> {} tokens, budget {}\n", to_string(part.role), thousands(part.tokens_before),
                       thousands(part.tokens_after), thousands(part.budget));
    for (const Run& run : runs_of(part)) {
      const UnitResult& units = run.units;
      const std::string threshold = two_digits(units.threshold);
      out += fmt::format("  {:<8}{:<12}{:>6} {:<8} {}\n", units.kept ? "kept" : "dropped", to_string(units.reason),
                         two_digits(run.mean()), threshold.empty() ? "" : "vs " + threshold,
                         shown(std::string_view(part.original).substr(units.begin, units.end - units.begin)));
    }
  }
  return out;
}

}  // namespace lingua::cli
