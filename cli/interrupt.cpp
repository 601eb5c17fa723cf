// Signal handlers may do next to nothing; this one sets a flag that blocking calls and callbacks look at.
#include "interrupt.hpp"

#include <csignal>

#include <lingua/error.hpp>

namespace lingua::cli {
namespace {

volatile std::sig_atomic_t flag = 0;

extern "C" void set_flag(int) { flag = 1; }

}  // namespace

void watch_interrupts() {
  struct sigaction action = {};
  action.sa_handler = set_flag;
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // no SA_RESTART: a blocked read() returns
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // write() reports it: a closed pipe means that the reader has enough
}

bool interrupted() noexcept { return flag != 0; }

void throw_if_interrupted() {
  if (interrupted()) throw Error(ErrorCode::cancelled, "cancelled");
}

}  // namespace lingua::cli
