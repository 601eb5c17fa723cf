// Conversations.
#include "compress/conversation.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <set>
#include <string_view>
#include <utility>

#include "compress/label.hpp"

namespace lingua::compress {
namespace {

/// Indices into `places`.
std::vector<std::size_t> newest_first(std::span<const Place> places) {
  std::vector<std::size_t> newest(places.size());
  std::iota(newest.begin(), newest.end(), std::size_t{0});
  std::ranges::sort(newest, std::greater{},
                    [&](std::size_t i) { return std::pair(places[i].part, places[i].tokens.begin); });
  return newest;
}

}  // namespace

std::optional<std::string> next_speaker(const TokenizedPrompt& prompt) {
  std::vector<std::string_view> turns;
  for (const auto& part : prompt.parts)
    if (part.role != Role::instruction) turns.push_back(label_of(part.text));
  if (turns.size() < 3 || prompt.parts.back().role != Role::question) return {};

  const std::set<std::string_view> speakers(turns.begin(), turns.end());
  std::size_t changes = 0;
  for (std::size_t i = 1; i < turns.size(); ++i) changes += turns[i] != turns[i - 1] ? 1 : 0;
  const bool take_turns = !speakers.contains("") && speakers.size() >= 2 && speakers.size() <= 4 &&
                          2 * changes >= turns.size() && std::ranges::count(turns, turns.back()) > 1;
  if (!take_turns) return {};
  const auto other = std::find_if(turns.rbegin(), turns.rend(), [&](auto turn) { return turn != turns.back(); });
  return std::string(*other);
}

std::vector<double> RecencyRelevance::of_contexts(std::span<const Place> contexts) { return of_sentences(contexts); }

std::vector<double> RecencyRelevance::of_sentences(std::span<const Place> sentences) {
  std::vector<double> relevance(sentences.size());
  const auto newest = newest_first(sentences);
  for (std::size_t rank = 0; rank < newest.size(); ++rank) relevance[newest[rank]] = -static_cast<double>(rank);
  return relevance;
}

std::vector<double> NewestFirst::of_contexts(std::span<const Place> contexts) {
  return others_.of_contexts(contexts);
}

std::vector<double> NewestFirst::of_sentences(std::span<const Place> sentences) {
  auto relevance = others_.of_sentences(sentences);
  auto room = tokens_;
  for (const auto i : newest_first(sentences)) {
    if (sentences[i].tokens.size() > room) break;
    room -= sentences[i].tokens.size();
    relevance[i] = std::numeric_limits<double>::infinity();
  }
  return relevance;
}

}  // namespace lingua::compress
