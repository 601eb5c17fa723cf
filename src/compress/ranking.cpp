// Orders ranges of the prompt by what the scorer finds surprising.
#include "compress/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include "compress/selection.hpp"

namespace lingua::compress {

std::vector<Place> contexts_of(const TokenizedPrompt& prompt) {
  std::vector<Place> contexts;
  for (std::size_t p = 0; p < prompt.parts.size(); ++p)
    if (prompt.parts[p].role == Role::context) contexts.push_back({p, prompt.parts[p].all()});
  return contexts;
}

void rank_by_surprisal(std::vector<Place>& places, const Surprisals& surprisals, UnitScore how) {
  std::vector<std::pair<double, Place>> scored;
  scored.reserve(places.size());
  for (const auto& place : places) {
    const auto tokens = std::span(surprisals[place.part]).subspan(place.tokens.begin, place.tokens.size());
    const double score = unit_score(tokens, how);
    scored.emplace_back(std::isnan(score) ? -std::numeric_limits<double>::infinity() : score, place);
  }
  std::ranges::stable_sort(scored, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::ranges::transform(scored, places.begin(), [](const auto& entry) { return entry.second; });
}

}  // namespace lingua::compress
