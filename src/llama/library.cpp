#include "llama/library.hpp"

#include <mutex>
#include <utility>

#include <fmt/format.h>

namespace lingua::llama {
namespace {

thread_local std::string first_error;  // the most specific of a row

void keep_error(ggml_log_level level, const char* text, void*) {
  if (level == GGML_LOG_LEVEL_ERROR && first_error.empty()) first_error = text;
}

}  // namespace

void initialise() {
  static std::once_flag once;
  std::call_once(once, [] {
    llama_log_set(keep_error, nullptr);
    ggml_backend_load_all();  // some builds keep CPU and GPU code in libraries of their own
    llama_backend_init();
  });
}

Error failure(ErrorCode code, std::string_view message) {
  std::string reason = std::exchange(first_error, {});
  while (reason.ends_with('\n')) reason.pop_back();
  return Error(code, reason.empty() ? std::string(message) : fmt::format("{}: {}", message, reason));
}

}  // namespace lingua::llama
