// The architectures that lingua scores with, and the tensors of their files.
#pragma once

#include <string_view>

#include "model/architecture_keys.hpp"
#include "model/description.hpp"

namespace lingua::model {

struct Architecture {
  std::string_view name;
  Traits traits;
  /// Reads what is particular to the architecture, after everything else.
  void (*read_particulars)(const ArchitectureKeys& keys, Description& description);
};

/// The row of the table for the architecture that the file names. Throws Error model_unsupported.
const Architecture& find_architecture(const ArchitectureKeys& keys);

/// Whether models of this architecture read both sides of a word, so that no backend can score with them.
bool is_encoder(std::string_view architecture);

/// Whether a transformer with `traits` uses the tensor `name`.
bool uses_tensor(const Traits& traits, std::string_view name);

}  // namespace lingua::model
