// Key functions of the seam's interfaces, so that their vtables live in the library, and what works with any scorer.
#include <lingua/scorer.hpp>

namespace lingua {

Scorer::~Scorer() = default;

void Scorer::score_each(std::span<const TextToScore> texts) {
  for (const TextToScore& text : texts) {
    score(text.ids, text.surprisal);
    truncate(0);
  }
}

ScoringModel::~ScoringModel() = default;

}  // namespace lingua
