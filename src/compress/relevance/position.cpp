// Relevance by position.
#include "compress/relevance/position.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "compress/relevance/standing.hpp"

namespace lingua::compress {
namespace {

/// The indices of `values`, sorted by them.
template <typename Values, typename Before>
std::vector<std::size_t> sorted(const Values& values, Before before) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, before, [&](std::size_t i) { return values[i]; });
  return order;
}

using Position = std::pair<std::size_t, std::size_t>;

Position in_prompt(const Place& place) { return {place.part, place.tokens.begin}; }
Position in_own_context(const Place& place) { return {place.tokens.begin, place.part}; }

/// The indices of `places`, sorted by `position_of`.
template <typename Before>
std::vector<std::size_t> order_by(std::span<const Place> places, Position (*position_of)(const Place&),
                                  Before before) {
  std::vector<Position> positions;
  for (const auto& place : places) positions.push_back(position_of(place));
  return sorted(positions, before);
}

/// Of each index in `order` minus its rank.
std::vector<double> by_rank(std::span<const std::size_t> order) {
  std::vector<double> relevance(order.size());
  double rank = 0;
  for (const auto i : order) relevance[i] = -rank++;
  return relevance;
}

/// `order`, of the sentences `places`, with those at the end that digress, and then those that repeat others.
std::vector<std::size_t> by_standing(const TokenizedPrompt& prompt, std::span<const Place> places,
                                     std::span<const std::size_t> order) {
  std::vector<Sentence> sentences;
  for (const auto i : order)
    sentences.push_back({places[i].part, prompt.parts[places[i].part].text_of(places[i].tokens)});
  std::vector<std::size_t> sorted_order;
  for (const auto rank : sorted(standings(sentences), std::ranges::less{})) sorted_order.push_back(order[rank]);
  return sorted_order;
}

}  // namespace

std::vector<double> RecencyRelevance::of_contexts(std::span<const Place> contexts) { return of_sentences(contexts); }

std::vector<double> RecencyRelevance::of_sentences(std::span<const Place> sentences) {
  return by_rank(order_by(sentences, in_prompt, std::ranges::greater{}));
}

std::vector<double> LeadRelevance::of_contexts(std::span<const Place> contexts) {
  return by_rank(order_by(contexts, in_prompt, std::ranges::less{}));
}

std::vector<double> LeadRelevance::of_sentences(std::span<const Place> sentences) {
  if (one_text_) return of_contexts(sentences);
  return by_rank(by_standing(prompt_, sentences, order_by(sentences, in_own_context, std::ranges::less{})));
}

std::vector<double> NewestFirst::of_contexts(std::span<const Place> contexts) {
  return others_.of_contexts(contexts);
}

std::vector<double> NewestFirst::of_sentences(std::span<const Place> sentences) {
  auto relevance = others_.of_sentences(sentences);
  auto room = tokens_;
  for (const auto i : sorted(RecencyRelevance().of_sentences(sentences), std::ranges::greater{})) {
    if (sentences[i].tokens.size() > room) break;
    room -= sentences[i].tokens.size();
    relevance[i] = std::numeric_limits<double>::infinity();
  }
  return relevance;
}

}  // namespace lingua::compress
