// What is between the ends of a text.
#include "compress/budget/gap.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "compress/budget/stretch.hpp"

namespace lingua::compress {
namespace {

/// Sentences next to each other, of the gap and of an end, that are tried with each other for an exchange.
constexpr std::size_t kNear = 32;

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

/// A sentence of the gap that stays whole because one in an end is cut to a stretch.
struct Exchange {
  TokenRange whole, cut;
  std::vector<TokenRange> stretch;
  std::size_t unspent, lost;  ///< tokens: of the room, and of `cut`

  bool is_better_than(const Exchange& other) const {
    return std::pair(unspent, lost) < std::pair(other.unspent, other.lost);
  }
};

/// Sentences of an end that may be cut.
struct Cuttable {
  std::span<const TokenRange> sentences;
  Side side;        ///< of the text, on which they are
  bool half_stays;  ///< whether at least half of one has to
};

std::span<const TokenRange> near(std::span<const TokenRange> sentences, Side side) {
  const auto count = std::min(sentences.size(), kNear);
  return side == Side::front ? sentences.first(count) : sentences.last(count);
}

/// Keeps `whole`, which is `missing` tokens too long for the gap, and of `cut` what is left `from` there.
std::optional<Exchange> exchange_of(const Part& part, TokenRange whole, TokenRange cut, std::size_t missing,
                                    Side from, Shape shape) {
  const bool loses_beginning = from == Side::back && cut.begin == 0;
  if (loses_beginning) return std::nullopt;
  auto stretch = stretch_of(part, cut, from, part.cost(cut) - missing, shape);
  if (!stretch) return std::nullopt;
  const auto lost = part.cost(cut) - part.cost(*stretch);
  return Exchange{whole, cut, std::move(*stretch), lost - missing, lost};
}

/// The best one; of equal ones that of the last sentence of the gap, and of the first one that may be cut. The
/// beginning of a text is never cut away.
std::optional<Exchange> best_exchange(const Part& part, const Gap& gap, const Cuttable& cuttable, Shape shape) {
  const auto other = cuttable.side == Side::front ? Side::back : Side::front;
  std::optional<Exchange> best;
  const auto sentences = near(gap.sentences, Side::back);
  for (std::size_t i = sentences.size(); i-- > 0;) {
    const auto whole = sentences[i];
    if (part.cost(whole) <= gap.room) continue;
    const auto missing = part.cost(whole) - gap.room;
    for (const auto cut : near(cuttable.sentences, other)) {
      const auto cost = part.cost(cut);
      if (cost <= missing || (cuttable.half_stays && cost < 2 * missing)) continue;
      for (const auto from : {cuttable.side, other}) {
        auto found = exchange_of(part, whole, cut, missing, from, shape);
        if (found && (!best || found->is_better_than(*best))) best = std::move(found);
      }
    }
  }
  return best;
}

/// Does the best exchange. Returns whether there is any.
bool exchange(const Part& part, const Gap& gap, const Cuttable& cuttable, Shape shape, Ends& ends) {
  const auto best = best_exchange(part, gap, cuttable, shape);
  if (!best) return false;
  const auto& [whole, cut, stretch, unspent, lost] = *best;
  if (cuttable.side == Side::back) {
    ends.between = {whole, {ends.back.begin, cut.begin}};
    ends.between.insert(ends.between.end(), stretch.begin(), stretch.end());
    ends.back.begin = cut.end;
  } else {
    ends.between = stretch;
    ends.between.insert(ends.between.end(), {{cut.end, ends.front.end}, whole});
    ends.front.end = cut.begin;
  }
  return true;
}

bool exchange_with_problem(const Part& part, const Gap& gap, Ends& ends) {
  const Cuttable problem{gap.problem, Side::front, true};
  return exchange(part, gap, problem, Shape::one_piece, ends) ||
         exchange(part, gap, problem, Shape::mostly_one_piece, ends);
}

bool take_stretch(const Part& part, const Gap& gap, Ends& ends) {
  return take_stretch(part, gap, Shape::mostly_one_piece, ends) || take_stretch(part, gap, Shape::any, ends);
}

bool exchange_with_ends(const Part& part, const Gap& gap, Ends& ends) {
  const Cuttable back{gap.after, Side::back, false}, front{gap.before, Side::front, false};
  return std::ranges::any_of(std::to_array({Shape::mostly_one_piece, Shape::any}), [&](Shape shape) {
    return exchange(part, gap, back, shape, ends) || exchange(part, gap, front, shape, ends);
  });
}

void take_piece(const Part& part, const Gap& gap, Ends& ends) {
  const auto piece = piece_of(part, gap.sentences.back(), Side::back, gap.room);
  if (piece.size() == 0) return;
  ends.between = {piece};
  ends.loses_protected = true;
}

}  // namespace

void fill(const Part& part, const Gap& gap, Ends& ends) {
  if (gap.room == 0) return;
  if (exchange_with_problem(part, gap, ends) || take_stretch(part, gap, ends) || exchange_with_ends(part, gap, ends))
    return;
  take_piece(part, gap, ends);
}

}  // namespace lingua::compress
