// Scores many texts, each on its own, in forward passes that are full: short texts share a pass, and a text that the
// end of a pass cuts goes on in the next.
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <vector>

#include <lingua/scorer.hpp>

#include "engine/transformer.hpp"

namespace lingua::scoring {

class Batch {
 public:
  /// Each text fits into the model's window, behind a separator. What the arguments refer to outlives the batch.
  Batch(const engine::Transformer& transformer, TokenId separator, std::span<const TextToScore> texts,
        engine::KvPages& pages, engine::Workspace& workspace);

  /// Fills in the surprisals; returns the number of tokens forwarded.
  std::size_t run();

 private:
  // A text that was begun. Position p, the separator's being 0, predicts token p; the last token is not read.
  struct Reading {
    TextToScore text;
    engine::KvCache cache;
    std::size_t unread() const { return text.ids.size() - cache.size(); }
  };

  std::size_t pass(std::size_t rows);
  void begin_texts(std::size_t rows);
  std::vector<engine::Chunk> fill(std::size_t rows);
  void score(std::span<const engine::Chunk> chunks);

  const engine::Transformer& transformer_;
  TokenId separator_;
  std::span<const TextToScore> waiting_;
  engine::KvPages& pages_;
  engine::Workspace& workspace_;
  std::deque<Reading> readings_;
  std::vector<TokenId> ids_, targets_;  // of the rows of a pass: what is read, what is predicted
  std::vector<std::byte> hidden_;
  std::vector<float> surprisals_;
};

}  // namespace lingua::scoring
