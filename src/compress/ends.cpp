// Both ends of a text.
#include "compress/ends.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <span>
#include <utility>

namespace lingua::compress {
namespace {

std::size_t cost(const Part& part, TokenRange range) {
  return range.size() - part.guarded_tokens(range, Guard::always);
}

/// Of `units` those that are protected in kept text and as many others, in one piece from the first of `order` on, as
/// fit into `room`; `order` is a permutation of `units`, from front to back or the other way round.
template <typename Order>
std::optional<std::vector<TokenRange>> stretch_of(std::span<const TextUnit> units, Order order, std::size_t room) {
  std::vector<bool> stays(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i].guard != Guard::in_kept_text) continue;
    if (units[i].tokens.size() > room) return std::nullopt;
    room -= units[i].tokens.size();
    stays[i] = true;
  }
  for (const auto& unit : order) {
    const auto cost = unit.guard == Guard::none ? unit.tokens.size() : 0;
    if (cost > room) break;
    room -= cost;
    stays[static_cast<std::size_t>(&unit - units.data())] = true;
  }
  std::vector<TokenRange> ranges;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!stays[i]) continue;
    if (ranges.empty() || ranges.back().end != units[i].tokens.begin) ranges.push_back({units[i].tokens.begin, 0});
    ranges.back().end = units[i].tokens.end;
  }
  return ranges;
}

}  // namespace

std::optional<std::vector<TokenRange>> last_stretch(const Part& part, TokenRange sentence, std::size_t room) {
  const auto units = part.units_in(sentence);
  return stretch_of(units, std::views::reverse(units), room);
}

std::optional<std::vector<TokenRange>> first_stretch(const Part& part, TokenRange sentence, std::size_t room) {
  const auto units = part.units_in(sentence);
  return stretch_of(units, units, room);
}

Ends cut_to_ends(const Part& part, std::size_t room) {
  const TokenRange nothing{part.all().end, part.all().end};
  Ends ends{{0, 0}, {}, part.separator.size() > 0 ? part.separator : nothing, {}};
  if (cost(part, ends.back) >= room) return {{0, 0}, {}, nothing, {}};
  const auto left = [&] { return room - cost(part, ends.front) - cost(part, ends.back); };
  auto first = part.sentences.begin(), last = part.sentences.end();
  for (; first != last && cost(part, *first) <= left() && 3 * cost(part, {0, first->end}) <= 2 * room; ++first)
    ends.front.end = first->end;
  for (; first != last && cost(part, last[-1]) <= left(); --last) ends.back.begin = last[-1].begin;
  if (first == last) return ends;

  if (auto stretch = last_stretch(part, last[-1], left())) {
    ends.stretch = std::move(*stretch);
  } else {
    ends.between.assign(std::make_reverse_iterator(last), std::make_reverse_iterator(first));
  }
  const bool separates = ends.front.size() > 0 || !ends.stretch.empty() || ends.back.begin < part.separator.begin;
  if (!separates) ends.back = nothing;
  return ends;
}

}  // namespace lingua::compress
