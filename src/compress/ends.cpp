// Both ends of a text.
#include "compress/ends.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace lingua::compress {
namespace {

std::size_t cost(const Part& part, TokenRange range) {
  return range.size() - part.guarded_tokens(range, Guard::always);
}

/// The units that stay, neighbours joined.
std::vector<TokenRange> runs_of(std::span<const TextUnit> units, const std::vector<bool>& stays) {
  std::vector<TokenRange> runs;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!stays[i]) continue;
    if (runs.empty() || runs.back().end != units[i].tokens.begin) runs.push_back({units[i].tokens.begin, 0});
    runs.back().end = units[i].tokens.end;
  }
  return runs;
}

/// Of `units` those that are protected in kept text and as many others as fit into `room`, in one piece from the
/// beginning or from the end.
std::optional<std::vector<TokenRange>> stretch_of(std::span<const TextUnit> units, bool from_end, std::size_t room) {
  std::vector<bool> stays(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i].guard != Guard::in_kept_text) continue;
    if (units[i].tokens.size() > room) return std::nullopt;
    room -= units[i].tokens.size();
    stays[i] = true;
  }
  for (std::size_t step = 0; step < units.size(); ++step) {
    const auto i = from_end ? units.size() - 1 - step : step;
    const auto cost = units[i].guard == Guard::none ? units[i].tokens.size() : 0;
    if (cost > room) break;
    room -= cost;
    stays[i] = true;
  }
  return runs_of(units, stays);
}

}  // namespace

std::optional<std::vector<TokenRange>> last_stretch(const Part& part, TokenRange sentence, std::size_t room) {
  return stretch_of(part.units_in(sentence), true, room);
}

std::optional<std::vector<TokenRange>> first_stretch(const Part& part, TokenRange sentence, std::size_t room) {
  return stretch_of(part.units_in(sentence), false, room);
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
