// Takings: which ranges, and their company.
#include "compress/budget/coarse_takings.hpp"

#include <algorithm>
#include <utility>

namespace lingua::compress {
namespace {

Place nothing_at(const Place& place) { return {place.part, {place.tokens.begin, place.tokens.begin}}; }

}  // namespace

CoarseTakings::CoarseTakings(const TokenizedPrompt& prompt, Company company)
    : prompt_(prompt), has_company_(company != Company::none), taken_(prompt) {
  if (company == Company::separator_and_speaker) speakers_.emplace(prompt);
  for (const auto& context : contexts_of(prompt))
    length_ += prompt.parts[context.part].guarded_tokens(context.tokens, Guard::always);
  least_ = length_;
}

/// Tokens of units of `place` that are not taken and are guarded as `counts` says.
template <typename Predicate>
std::size_t CoarseTakings::untaken(const Place& place, Predicate counts) const {
  std::size_t tokens = 0;
  for (const auto& unit : prompt_.parts[place.part].units_in(place.tokens))
    if (counts(unit.guard) && !taken_.kept(place.part, unit.tokens)) tokens += unit.tokens.size();
  return tokens;
}

std::size_t CoarseTakings::own_cost(const Place& place) const {
  return untaken(place, [](Guard guard) { return guard != Guard::always; });
}

std::size_t CoarseTakings::least_cost(const Place& place) const {
  return untaken(place, [](Guard guard) { return guard == Guard::in_kept_text; }) + company_cost(place);
}

std::size_t CoarseTakings::company_cost(const Place& place) const {
  std::size_t tokens = 0;
  for (const auto& companion : company_of(place)) tokens += own_cost(companion);
  return tokens;
}

/// Empty where it does not count, or there is none.
Place CoarseTakings::label_of(const Place& place) const {
  return speakers_ ? speakers_->label_of(place) : nothing_at(place);
}

/// What has to stay where `place` does; may be empty ranges.
std::array<Place, 2> CoarseTakings::company_of(const Place& place) const {
  const Place none = nothing_at(place), separator{place.part, prompt_.parts[place.part].separator};
  if (!has_company_) return {none, none};
  const auto label = label_of(place);
  const bool brings_separator = place.tokens.end > separator.tokens.begin;
  const bool brings_label = place.tokens.begin == label.tokens.begin;
  return {brings_separator ? none : separator, brings_label ? none : label};
}

Place CoarseTakings::said_in(const Place& sentence) const {
  const auto begin = std::max(label_of(sentence).tokens.end, sentence.tokens.begin);
  return {sentence.part, {begin, sentence.tokens.end}};
}

void CoarseTakings::take(const Place& place, bool thinned) {
  least_ += least_cost(place);
  length_ += cost(place);
  for (const auto& companion : company_of(place)) keep(companion, false);
  keep(place, thinned);
}

void CoarseTakings::take_company_of(const Place& place, std::size_t room) {
  const auto end = length_ + room;
  for (const auto& companion : company_of(place)) {
    for (const auto& unit : prompt_.parts[place.part].units_in(companion.tokens)) {
      const Place next{place.part, unit.tokens};
      const auto cost = own_cost(next);
      if (length_ + cost > end) return;
      length_ += cost;
      least_ += cost;
      keep(next, false);
    }
  }
}

void CoarseTakings::keep(Place place, bool thinned) {
  auto& [begin, end] = place.tokens;
  while (begin < end && taken_.kept(place.part, begin)) ++begin;  // the label of a turn may have been company
  if (begin == end) return;
  ranges_.push_back({place, thinned});
  taken_.keep(place.part, place.tokens);
}

void CoarseTakings::thin_all() {
  for (auto& range : ranges_) range.thinned = true;
}

std::vector<CoarseRange> CoarseTakings::ranges() && {
  for (const auto& context : contexts_of(prompt_))
    for (const auto& unit : prompt_.parts[context.part].units)
      if (unit.guard == Guard::always && !taken_.kept(context.part, unit.tokens))
        ranges_.push_back({{context.part, unit.tokens}, false});
  std::ranges::sort(ranges_, {},
                    [](const CoarseRange& range) { return std::pair(range.place.part, range.place.tokens.begin); });
  return std::move(ranges_);
}

}  // namespace lingua::compress
