// The table of errors: the one place where a code gets its name, meaning and exit code.
#include <lingua/error.hpp>

#include <array>

namespace lingua {
namespace {

constexpr std::array kTable{
    ErrorInfo{ErrorCode::invalid_option, "invalid_option", "an option is out of range or contradicts another", 2},
    ErrorInfo{ErrorCode::invalid_pattern, "invalid_pattern", "a regular expression does not compile", 2},
    ErrorInfo{ErrorCode::input_unreadable, "input_unreadable", "an input file cannot be read", 3},
    ErrorInfo{ErrorCode::input_malformed, "input_malformed", "the input is empty, not UTF-8, or of the wrong shape",
              4},
    ErrorInfo{ErrorCode::input_too_large, "input_too_large", "the input exceeds a limit", 5},
    ErrorInfo{ErrorCode::target_unreachable, "target_unreachable", "the target is smaller than what must be kept", 6},
    ErrorInfo{ErrorCode::model_not_found, "model_not_found", "there is no model file", 7},
    ErrorInfo{ErrorCode::model_invalid, "model_invalid", "the model file is damaged or incomplete", 8},
    ErrorInfo{ErrorCode::model_unsupported, "model_unsupported", "a model of a kind that cannot score", 9},
    ErrorInfo{ErrorCode::output_unwritable, "output_unwritable", "a result could not be written", 10},
    ErrorInfo{ErrorCode::cancelled, "cancelled", "stopped on request", 130},
    ErrorInfo{ErrorCode::internal, "internal", "a bug in lingua", 70},
};

}  // namespace

std::span<const ErrorInfo> error_table() noexcept { return kTable; }

const ErrorInfo& error_info(ErrorCode code) noexcept { return kTable[static_cast<std::size_t>(code)]; }

Error::Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}

}  // namespace lingua
