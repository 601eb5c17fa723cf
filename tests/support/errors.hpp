// What a call throws, as a value to compare.
#pragma once

#include <gtest/gtest.h>

#include <lingua/error.hpp>
#include <string>

namespace lingua::test {

struct ThrownError {
  ErrorCode code;
  std::string message;
};

/// The error that `call` throws; a failure of the test when it throws none.
template <typename Call>
ThrownError error_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return {error.code(), error.what()};
  }
  ADD_FAILURE() << "nothing was thrown";
  return {ErrorCode::internal, "nothing was thrown"};
}

}  // namespace lingua::test
