// Orders ranges of the prompt by scores.
#include "compress/relevance/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "compress/prompt/selection.hpp"

namespace lingua::compress {

std::vector<Place> contexts_of(const TokenizedPrompt& prompt) {
  std::vector<Place> contexts;
  for (std::size_t p = 0; p < prompt.parts.size(); ++p)
    if (prompt.parts[p].role == Role::context) contexts.push_back({p, prompt.parts[p].all()});
  return contexts;
}

std::vector<double> surprisals_of(std::span<const Place> places, const Surprisals& surprisals, UnitScore how) {
  std::vector<double> scores;
  scores.reserve(places.size());
  for (const auto& place : places)
    scores.push_back(
        unit_score(std::span(surprisals[place.part]).subspan(place.tokens.begin, place.tokens.size()), how));
  return scores;
}

std::vector<double> standardised(std::vector<double> values) {
  const auto count = static_cast<double>(values.size());
  double mean = 0, variance = 0;
  for (const double value : values) mean += value / count;
  for (const double value : values) variance += (value - mean) * (value - mean) / count;
  const double scale = variance > 0 ? 1 / std::sqrt(variance) : 0;
  for (double& value : values) value = (value - mean) * scale;
  return values;
}

void rank(std::vector<Place>& places, std::span<const double> scores) {
  std::vector<std::pair<double, Place>> scored;
  scored.reserve(places.size());
  for (std::size_t i = 0; i < places.size(); ++i)
    scored.emplace_back(std::isnan(scores[i]) ? -std::numeric_limits<double>::infinity() : scores[i], places[i]);
  std::ranges::stable_sort(scored, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::ranges::transform(scored, places.begin(), [](const auto& entry) { return entry.second; });
}

}  // namespace lingua::compress
