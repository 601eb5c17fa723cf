// Key functions of the seam's interfaces, so that their vtables live in the library, and what works with any scorer.
#include <lingua/error.hpp>
#include <lingua/scorer.hpp>

namespace lingua {

Scorer::~Scorer() = default;

std::size_t Scorer::attention_span() const noexcept { return 0; }

std::size_t Scorer::memory_bytes() const noexcept { return 0; }

void Scorer::attend(std::span<const TokenId>, std::span<float>) {
  throw Error(ErrorCode::internal, "this scorer does not tell its attention");
}

std::size_t Scorer::representation_size() const noexcept { return 0; }

void Scorer::represent(std::span<const TextToRepresent>) {
  throw Error(ErrorCode::internal, "this scorer does not represent tokens");
}

void Scorer::score_each(std::span<const TextToScore> texts) {
  for (const TextToScore& text : texts) {
    score(text.ids, text.surprisal);
    truncate(0);
  }
}

ScoringModel::~ScoringModel() = default;

}  // namespace lingua
