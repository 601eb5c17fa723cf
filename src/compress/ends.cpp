// Both ends of a text.
#include "compress/ends.hpp"

#include <algorithm>
#include <iterator>

namespace lingua::compress {
namespace {

std::size_t cost(const Part& part, TokenRange range) {
  return range.size() - part.guarded_tokens(range, Guard::always);
}

/// The units from `begin` on, which is the first token of one, that fit into `room`, if they hold all of the sentence
/// that is protected.
std::optional<TokenRange> stretch_from(std::uint32_t begin, const Part& part, TokenRange sentence, std::size_t room) {
  TokenRange stretch{begin, begin};
  for (const auto& unit : part.units_in({begin, sentence.end})) {
    if (cost(part, {begin, unit.tokens.end}) > room) break;
    stretch.end = unit.tokens.end;
  }
  const bool loses = part.guarded_tokens({stretch.end, sentence.end}, Guard::in_kept_text) > 0;
  return loses ? std::nullopt : std::optional(stretch);
}

}  // namespace

std::optional<TokenRange> last_stretch(const Part& part, TokenRange sentence, std::size_t room) {
  auto units = part.units_in(sentence);
  TokenRange stretch{sentence.end, sentence.end};
  for (auto left = units; !left.empty(); left = left.first(left.size() - 1)) {
    const auto begin = left.back().tokens.begin;
    if (cost(part, {begin, sentence.end}) > room) break;
    stretch.begin = begin;
  }
  const auto first = std::ranges::find(units, Guard::in_kept_text, &TextUnit::guard);
  if (first == units.end() || first->tokens.begin >= stretch.begin) return stretch;
  return stretch_from(first->tokens.begin, part, sentence, room);
}

std::optional<TokenRange> first_stretch(const Part& part, TokenRange sentence, std::size_t room) {
  return stretch_from(sentence.begin, part, sentence, room);
}

Ends cut_to_ends(const Part& part, std::size_t room) {
  const TokenRange nothing{part.all().end, part.all().end};
  Ends ends{{0, 0}, nothing, part.separator.size() > 0 ? part.separator : nothing, {}};
  if (cost(part, ends.back) >= room) return {{0, 0}, nothing, nothing, {}};
  const auto left = [&] { return room - cost(part, ends.front) - cost(part, ends.back); };
  auto first = part.sentences.begin(), last = part.sentences.end();
  for (; first != last && cost(part, *first) <= left() && 3 * cost(part, {0, first->end}) <= 2 * room; ++first)
    ends.front.end = first->end;
  for (; first != last && cost(part, last[-1]) <= left(); --last) ends.back.begin = last[-1].begin;
  if (first == last) return ends;

  if (const auto stretch = last_stretch(part, last[-1], left())) {
    ends.stretch = *stretch;
  } else {
    ends.between.assign(std::make_reverse_iterator(last), std::make_reverse_iterator(first));
  }
  const bool separates = ends.front.size() > 0 || ends.stretch.size() > 0 || ends.back.begin < part.separator.begin;
  if (!separates) ends.back = nothing;
  return ends;
}

}  // namespace lingua::compress
