// Both ends of a text.
#include "compress/budget/ends.hpp"

#include <algorithm>
#include <span>

namespace lingua::compress {
namespace {

/// How often a text is cut beside the labels of what stayed of it, until these are the labels of what stays.
constexpr std::size_t kTries = 3;

/// The gap between the `begin`-th sentence and the `end`-th of a text whose solution begins at that token. The first
/// and the last sentence of all may not be cut for it, but for the first one of a problem.
Gap gap_between(const Part& part, std::size_t begin, std::size_t end, std::uint32_t solution, std::size_t room) {
  const std::span<const TokenRange> all = part.sentences;
  const auto front = all.first(begin), back = all.subspan(end);
  const auto problem = std::ranges::lower_bound(front, solution, {}, &TokenRange::begin) - front.begin();
  return {.sentences = all.subspan(begin, end - begin),
          .room = room,
          .problem = front.first(static_cast<std::size_t>(problem)),
          .before = front.empty() ? front : front.subspan(1),
          .after = back.empty() ? back : back.first(back.size() - 1)};
}

/// The same without regard to labels.
Ends cut(const Part& part, std::uint32_t solution, std::size_t room) {
  const TokenRange nothing{part.all().end, part.all().end};
  Ends ends{
      .front = {0, 0}, .between = {}, .back = part.separator.size() > 0 ? part.separator : nothing, .labels = {}};
  if (part.cost(ends.back) >= room) return {.front = {0, 0}, .between = {}, .back = nothing, .labels = {}};
  const auto left = [&] { return room - part.cost(ends.front) - part.cost(ends.back); };
  const auto& sentences = part.sentences;
  std::size_t first = 0, last = sentences.size();
  const auto fits_in_front = [&](TokenRange sentence) {
    return part.cost(sentence) <= left() && 3 * part.cost({0, sentence.end}) <= 2 * room;
  };
  while (first != last && fits_in_front(sentences[first])) ends.front.end = sentences[first++].end;
  while (first != last && part.cost(sentences[last - 1]) <= left()) ends.back.begin = sentences[--last].begin;
  if (first != last) fill(part, gap_between(part, first, last, solution, left()), ends);
  const bool separates = ends.front.size() > 0 || !ends.between.empty() || ends.back.begin < part.separator.begin;
  if (!separates) ends.back = nothing;
  return ends;
}

std::size_t cost_of(const Part& part, const Ends& ends) {
  return part.cost(ends.front) + part.cost(ends.between) + part.cost(ends.back) + part.cost(ends.labels);
}

/// What is without a label of `labels` while something of the text between it and the next one stays: the labels, or
/// what is missing of them.
std::vector<TokenRange> labels_lost_by(const Ends& ends, const Part& part, std::span<const TokenRange> labels) {
  auto pieces = ends.between;
  pieces.push_back(ends.front);
  pieces.push_back({ends.back.begin, std::max(ends.back.begin, part.separator.begin)});
  std::vector<TokenRange> lost;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    auto missing = labels[i];
    const TokenRange said{missing.end, i + 1 < labels.size() ? labels[i + 1].begin : part.all().end};
    bool stays = false;
    for (const auto piece : pieces) {
      stays = stays || std::max(piece.begin, said.begin) < std::min(piece.end, said.end);
      if (piece.begin <= missing.begin) missing.begin = std::clamp(piece.end, missing.begin, missing.end);
      if (piece.end >= missing.end) missing.end = std::clamp(piece.begin, missing.begin, missing.end);
    }
    if (stays && missing.size() > 0) lost.push_back(missing);
  }
  return lost;
}

}  // namespace

Ends cut_to_ends(const Part& part, const Outline& outline, std::size_t room) {
  auto ends = cut(part, outline.solution, room);
  auto lost = labels_lost_by(ends, part, outline.labels);
  for (std::size_t tries = kTries; tries > 0 && !lost.empty(); --tries) {
    auto beside_labels = cut(part, outline.solution, room - std::min(room, part.cost(lost)));
    beside_labels.labels = labels_lost_by(beside_labels, part, outline.labels);
    if (beside_labels.labels == lost)
      return cost_of(part, beside_labels) < cost_of(part, ends) ? ends : beside_labels;
    lost = beside_labels.labels;
  }
  return ends;
}

}  // namespace lingua::compress
