// Which units stay: the most surprising ones that a budget allows (arXiv 2310.05736, Eq. 6 and 7).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <lingua/options.hpp>

#include "compress/prompt/tokenized_prompt.hpp"

namespace lingua::compress {

/// A flag per part and token: whether it is kept.
class Selection {
 public:
  explicit Selection(const TokenizedPrompt& prompt);

  bool kept(std::size_t part, std::size_t token) const { return kept_[part][token] != 0; }
  bool kept(std::size_t part, TokenRange unit) const { return kept(part, unit.begin); }
  void keep(std::size_t part, TokenRange range);
  std::size_t tokens() const { return tokens_; }
  std::size_t tokens(std::size_t part) const;

 private:
  std::vector<std::vector<char>> kept_;
  std::size_t tokens_ = 0;
};

/// The score of a unit: mean, sum or maximum of the surprisals of its tokens.
double unit_score(std::span<const float> surprisals, UnitScore how);

/// Something that may be kept, and what speaks for it.
struct Candidate {
  TextUnit unit;
  double score;  ///< nats
};

/// Picks the candidates to keep within `budget` tokens: guarded ones first, then by score, highest first, the earlier
/// one on a tie. One that no longer fits is passed over, so less than the smallest dropped candidate is left over.
/// Returns indices into `candidates`, ascending.
std::vector<std::size_t> most_surprising(std::span<const Candidate> candidates, std::size_t budget);

}  // namespace lingua::compress
