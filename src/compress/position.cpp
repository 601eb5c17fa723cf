// Relevance by position.
#include "compress/position.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

namespace lingua::compress {
namespace {

/// The indices below `count`, that of the highest value first; of equal ones the lower.
template <typename Value>
std::vector<std::size_t> highest_first(std::size_t count, Value value) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{}, value);
  return order;
}

}  // namespace

std::vector<double> RecencyRelevance::of_contexts(std::span<const Place> contexts) { return of_sentences(contexts); }

std::vector<double> RecencyRelevance::of_sentences(std::span<const Place> sentences) {
  const auto newest = highest_first(
      sentences.size(), [&](std::size_t i) { return std::pair(sentences[i].part, sentences[i].tokens.begin); });
  std::vector<double> relevance(sentences.size());
  for (std::size_t rank = 0; rank < newest.size(); ++rank) relevance[newest[rank]] = -static_cast<double>(rank);
  return relevance;
}

std::vector<double> LeadRelevance::of_contexts(std::span<const Place> contexts) { return of_sentences(contexts); }

std::vector<double> LeadRelevance::of_sentences(std::span<const Place> sentences) {
  std::vector<double> relevance;
  for (const auto& sentence : sentences) relevance.push_back(-static_cast<double>(sentence.tokens.begin));
  return relevance;
}

std::vector<double> FavouritesFirst::of_contexts(std::span<const Place> contexts) {
  return others_.of_contexts(contexts);
}

std::vector<double> FavouritesFirst::of_sentences(std::span<const Place> sentences) {
  const auto favour = favourite_.of_sentences(sentences);
  auto relevance = others_.of_sentences(sentences);
  auto room = tokens_;
  for (const auto i : highest_first(sentences.size(), [&](std::size_t i) { return favour[i]; })) {
    if (sentences[i].tokens.size() > room) break;
    room -= sentences[i].tokens.size();
    relevance[i] = std::numeric_limits<double>::infinity();
  }
  return relevance;
}

}  // namespace lingua::compress
