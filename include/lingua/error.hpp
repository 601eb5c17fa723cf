// Every failure the library reports is a lingua::Error: a code for programs, a sentence for people.
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include <lingua/export.hpp>

namespace lingua {

/// What went wrong. Each code has a row in `error_table()`: name, meaning and process exit code.
enum class ErrorCode {
  invalid_option,      ///< an option has a value outside its range, or two options contradict each other
  invalid_pattern,     ///< a regular expression does not compile
  input_unreadable,    ///< a file is missing, a folder, or may not be read
  input_malformed,     ///< text that is not UTF-8, JSON of the wrong shape, an unknown role, an empty prompt
  input_too_large,     ///< more bytes, tokens or parts than the limit allows
  target_unreachable,  ///< the target is smaller than what must be kept
  model_not_found,     ///< there is no file where the model should be
  model_invalid,       ///< the GGUF is damaged or incomplete
  model_unsupported,   ///< a sound GGUF of a kind that cannot score: architecture, tokenizer or type
  output_unwritable,   ///< a result could not be written
  cancelled,           ///< the progress callback asked to stop
  internal,            ///< a bug in lingua
};

/// One row of the error table.
struct ErrorInfo {
  ErrorCode code;
  std::string_view name;     ///< stable identifier, as printed in JSON
  std::string_view meaning;  ///< one line for people
  int exit_code;             ///< process exit code of the command line
};

/// All error codes, in the order of `ErrorCode`. The one place that maps a code to text and exit code.
LINGUA_API std::span<const ErrorInfo> error_table() noexcept;

/// The row of `code`.
LINGUA_API const ErrorInfo& error_info(ErrorCode code) noexcept;

/// Thrown by every public call that fails. `what()` names the bad value, the limit, and what to do.
class LINGUA_API Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message);
  ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace lingua
