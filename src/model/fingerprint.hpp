// Tells models apart without reading all of their weights.
#pragma once

#include <string>

#include "model/gguf_format.hpp"

namespace lingua::model {

/// 64 hexadecimal bits over the header, and the begin, middle and end of each tensor. Made to tell apart models that
/// differ by accident or by purpose, not to resist an adversary.
std::string fingerprint_of(const GgufContents& contents);

}  // namespace lingua::model
