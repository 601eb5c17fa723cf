// The llama backend of a build without one.
#include <lingua/error.hpp>

#include "llama/backend.hpp"

namespace lingua::llama {

std::string version() { return {}; }

bool knows(const std::filesystem::path&) { return false; }

std::shared_ptr<const Model> load(const std::filesystem::path&, const ModelOptions&) {
  throw Error(ErrorCode::invalid_option,
              "backend llama: this build of lingua has none; build it with the CMake option LINGUA_LLAMA=ON");
}

}  // namespace lingua::llama
