// Loads a model as the command line of a program says: MODEL COMPUTE_TYPE THREADS.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include <lingua/lingua.hpp>

namespace lingua::bench {

/// The compute type called `name`, whichever there are.
inline ComputeType compute_type(const std::string& name) {
  for (int value = 0; value < 16; ++value) {
    if (to_string(static_cast<ComputeType>(value)) == name) return static_cast<ComputeType>(value);
  }
  throw std::invalid_argument("no compute type " + name);
}

inline std::shared_ptr<const Model> load(char** arguments) {
  return Model::load(arguments[1], {.compute = compute_type(arguments[2]),
                                    .threads = static_cast<unsigned>(std::stoul(arguments[3]))});
}

}  // namespace lingua::bench
