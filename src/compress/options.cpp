// Presets, and the checks on options.
#include "compress/options.hpp"

#include <fmt/format.h>

#include <cmath>
#include <lingua/error.hpp>

namespace lingua {

Options options_for(Preset preset) {
  Options options;
  if (preset == Preset::standard) return options;
  options.unit = Unit::token;
  options.granularity = 2;
  options.protect = {.numbers = Guard::none, .negations = Guard::none};
  if (preset == Preset::paper) {
    options.instruction_rate = 0.85;
    options.question_rate = 0.9;
    return options;
  }
  options.decision = Decision::reference;
  options.segment = 200;
  options.dynamic_rates = false;
  return options;
}

namespace compress {
namespace {

[[noreturn]] void reject(const std::string& message) { throw Error(ErrorCode::invalid_option, message); }

void require_fraction(const char* name, double value) {
  if (!(value >= 0 && value <= 1)) reject(fmt::format("{} must be from 0 to 1, got {}", name, value));
}

}  // namespace

void validate(const Options& options) {
  require_fraction("instruction_rate", options.instruction_rate);
  require_fraction("question_rate", options.question_rate);
  if (!(options.granularity >= 1)) reject(fmt::format("granularity must be at least 1, got {}", options.granularity));
  if (options.segment < 1) reject("segment must be at least 1 token, got 0");
  if (options.unit == Unit::sentence && options.method != Method::selective_context &&
      options.method != Method::random)
    reject("unit sentence goes with the methods selective_context and random only");
  if (options.decision == Decision::reference && (options.method != Method::llmlingua || options.unit != Unit::token))
    reject("the reference decision goes with method llmlingua and unit token only");
  if (options.decision == Decision::reference && (options.instruction_rate != 1 || options.question_rate != 1))
    reject("the reference decision never compresses instruction and question: their rates must be 1");
}

}  // namespace compress
}  // namespace lingua
