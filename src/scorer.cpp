// Key functions of the seam's interfaces, so that their vtables live in the library.
#include <lingua/scorer.hpp>

namespace lingua {

Scorer::~Scorer() = default;
ScoringModel::~ScoringModel() = default;

}  // namespace lingua
