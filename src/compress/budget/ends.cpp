// Both ends of a text.
#include "compress/budget/ends.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "compress/budget/stretch.hpp"

namespace lingua::compress {
namespace {

/// Sentences of either end that may be cut for one between them: each is tried with each.
constexpr std::size_t kNear = 32;

/// How often a text is cut beside the labels of what stayed of it, until these are the labels of what stays.
constexpr std::size_t kTries = 3;

/// What is between the ends while both hold whole sentences.
struct Gap {
  std::span<const TokenRange> before;     ///< sentences of the front that may be cut
  std::span<const TokenRange> sentences;  ///< at least one
  std::span<const TokenRange> after;      ///< sentences of the back that may be cut
  std::size_t room;                       ///< tokens that are to be filled
};

/// Takes the last stretch that fills the gap, of the last sentence that has one of that shape. Returns whether any
/// has.
bool take_stretch(const Part& part, const Gap& gap, Shape shape, Ends& ends) {
  for (std::size_t i = gap.sentences.size(); i-- > 0;) {
    if (part.cost(gap.sentences[i]) < gap.room) continue;
    auto stretch = stretch_of(part, gap.sentences[i], Side::back, gap.room, shape);
    if (!stretch) continue;
    ends.between = std::move(*stretch);
    return true;
  }
  return false;
}

bool take_stretch(const Part& part, const Gap& gap, Ends& ends) {
  return take_stretch(part, gap, Shape::mostly_one_piece, ends) || take_stretch(part, gap, Shape::any, ends);
}

/// Takes `whole`, which is between the ends, and of `cut`, which is in that of `side`, no more than `stretch`.
void exchange(TokenRange whole, TokenRange cut, std::span<const TokenRange> stretch, Side side, Ends& ends) {
  const auto insert_stretch = [&](auto where) { ends.between.insert(where, stretch.begin(), stretch.end()); };
  if (side == Side::back) {
    ends.between = {whole, {ends.back.begin, cut.begin}};
    insert_stretch(ends.between.end());
    ends.back.begin = cut.end;
  } else {
    ends.between = {{cut.end, ends.front.end}, whole};
    insert_stretch(ends.between.begin());
    ends.front.end = cut.begin;
  }
}

/// Looks for a sentence of the gap that can stay whole because one in the end of `side` is cut to a stretch: the last
/// one, and the one nearest to the gap. Returns whether there are such.
bool exchange_any(const Part& part, const Gap& gap, Side side, Shape shape, Ends& ends) {
  const auto kept = side == Side::back ? gap.after : gap.before;
  for (std::size_t i = gap.sentences.size(); i-- > 0;) {
    const auto whole = gap.sentences[i];
    if (part.cost(whole) <= gap.room) continue;
    const auto missing = part.cost(whole) - gap.room;
    for (std::size_t k = 0; k < kept.size(); ++k) {
      const auto cut = side == Side::back ? kept[k] : kept[kept.size() - 1 - k];
      if (part.cost(cut) <= missing) continue;
      const auto stretch = stretch_of(part, cut, side, part.cost(cut) - missing, shape);
      if (!stretch) continue;
      exchange(whole, cut, *stretch, side, ends);
      return true;
    }
  }
  return false;
}

bool exchange_any(const Part& part, const Gap& gap, Ends& ends) {
  for (const auto shape : {Shape::mostly_one_piece, Shape::any})
    for (const auto side : {Side::back, Side::front})
      if (exchange_any(part, gap, side, shape, ends)) return true;
  return false;
}

void take_piece(const Part& part, const Gap& gap, Ends& ends) {
  const auto piece = piece_of(part, gap.sentences.back(), Side::back, gap.room);
  if (piece.size() == 0) return;
  ends.between = {piece};
  ends.loses_protected = true;
}

/// The gap between the `begin`-th sentence and the `end`-th. All but the first and the last sentence may be cut for
/// it, if they are near.
Gap gap_between(const Part& part, std::size_t begin, std::size_t end, std::size_t room) {
  const std::span<const TokenRange> all = part.sentences;
  const auto before = all.first(begin).subspan(std::min<std::size_t>(begin, 1));
  const auto after = all.subspan(end).first(all.size() - std::min(end + 1, all.size()));
  return {.before = before.last(std::min(before.size(), kNear)),
          .sentences = all.subspan(begin, end - begin),
          .after = after.first(std::min(after.size(), kNear)),
          .room = room};
}

/// The same without regard to labels.
Ends cut(const Part& part, std::size_t room) {
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
  if (first != last) {
    const auto gap = gap_between(part, first, last, left());
    if (!take_stretch(part, gap, ends) && !exchange_any(part, gap, ends)) take_piece(part, gap, ends);
  }
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

Ends cut_to_ends(const Part& part, std::span<const TokenRange> labels, std::size_t room) {
  auto ends = cut(part, room);
  auto lost = labels_lost_by(ends, part, labels);
  for (std::size_t tries = kTries; tries > 0 && !lost.empty(); --tries) {
    auto beside_labels = cut(part, room - std::min(room, part.cost(lost)));
    beside_labels.labels = labels_lost_by(beside_labels, part, labels);
    if (beside_labels.labels == lost)
      return cost_of(part, beside_labels) < cost_of(part, ends) ? ends : beside_labels;
    lost = beside_labels.labels;
  }
  return ends;
}

}  // namespace lingua::compress
