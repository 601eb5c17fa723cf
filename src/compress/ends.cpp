// Both ends of a text.
#include "compress/ends.hpp"

#include <iterator>

namespace lingua::compress {
namespace {

std::size_t cost(const Part& part, TokenRange range) {
  return range.size() - part.guarded_tokens(range, Guard::always);
}

}  // namespace

std::optional<TokenRange> last_words(const Part& part, TokenRange sentence, std::size_t room) {
  TokenRange words{sentence.end, sentence.end};
  for (auto units = part.units_in(sentence); !units.empty(); units = units.first(units.size() - 1)) {
    const auto begin = units.back().tokens.begin;
    if (cost(part, {begin, sentence.end}) > room) break;
    words.begin = begin;
  }
  const bool loses = part.guarded_tokens({sentence.begin, words.begin}, Guard::in_kept_text) > 0;
  return loses ? std::nullopt : std::optional(words);
}

Ends cut_to_ends(const Part& part, std::size_t room) {
  const TokenRange nothing{part.all().end, part.all().end};
  Ends ends{{0, 0}, part.separator.size() > 0 ? part.separator : nothing, {}};
  if (cost(part, ends.back) >= room) return {{0, 0}, nothing, {}};
  const auto left = [&] { return room - cost(part, ends.front) - cost(part, ends.back); };
  auto first = part.sentences.begin(), last = part.sentences.end();
  for (; first != last && cost(part, *first) <= left() && 3 * cost(part, {0, first->end}) <= 2 * room; ++first)
    ends.front.end = first->end;
  for (; first != last && cost(part, last[-1]) <= left(); --last) ends.back.begin = last[-1].begin;
  if (first == last) return ends;

  if (const auto words = last_words(part, last[-1], left())) {
    ends.back.begin = words->begin;
  } else {
    ends.between.assign(std::make_reverse_iterator(last), std::make_reverse_iterator(first));
  }
  const bool separates = ends.front.size() > 0 || ends.back.begin < part.separator.begin;
  if (!separates) ends.back = nothing;
  return ends;
}

}  // namespace lingua::compress
