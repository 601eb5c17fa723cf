// Represents the tokens of many texts by the hidden states of the first layers, in forward passes that are full.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <lingua/scorer.hpp>

#include "engine/transformer.hpp"

namespace lingua::scoring {

class Representations {
 public:
  /// Texts are cut into pieces of at most `longest` tokens, and of a pass. What the arguments refer to outlives the
  /// object.
  Representations(const engine::Transformer& transformer, TokenId separator, std::size_t longest,
                  engine::KvPages& pages, engine::Workspace& workspace);

  /// Fills in the representations; returns the number of tokens read, separators included.
  std::size_t run(std::span<const TextToRepresent> texts);

 private:
  void pass();  // reads the pieces that wait

  const engine::Transformer& transformer_;
  TokenId separator_;
  std::size_t longest_;
  engine::KvPages& pages_;
  engine::Workspace& workspace_;
  std::vector<TextToRepresent> pieces_;  // of the next pass
  std::size_t rows_ = 0;                 // that they need, a separator before each included
};

}  // namespace lingua::scoring
