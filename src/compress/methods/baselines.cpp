// The baselines: each is an order in which units are kept until the budget is spent.
#include "compress/methods/baselines.hpp"

#include <algorithm>
#include <cstdint>
#include <lingua/error.hpp>
#include <utility>
#include <vector>

#include "compress/relevance/ranking.hpp"

namespace lingua::compress {
namespace {

/// Steele, Lea and Flood's SplitMix64: the same sequence on every platform.
class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

void shuffle(std::vector<Place>& places, std::uint64_t seed) {
  SplitMix64 random(seed);
  for (std::size_t i = places.size(); i > 1; --i) std::swap(places[i - 1], places[random.next() % i]);
}

/// Sentences where the method works on them, else units; without separators.
std::vector<Place> places_of(const TokenizedPrompt& prompt, Role role, const Options& options) {
  const bool sentences = options.method == Method::sentence || options.unit == Unit::sentence;
  std::vector<Place> places;
  for (std::size_t p = 0; p < prompt.parts.size(); ++p) {
    const auto& part = prompt.parts[p];
    if (part.role != role) continue;
    if (sentences) {
      for (const auto& range : part.sentences) places.push_back({p, range});
    } else {
      for (const auto& unit : part.units_in({0, part.separator.begin})) places.push_back({p, unit.tokens});
    }
  }
  return places;
}

void order(std::vector<Place>& places, const Surprisals& surprisals, const Options& options) {
  switch (options.method) {
    case Method::head:
      return;
    case Method::tail:
      std::ranges::reverse(places);
      return;
    case Method::random:
      shuffle(places, options.seed);
      return;
    case Method::sentence:
      rank(places, surprisals_of(places, surprisals, UnitScore::mean));
      return;
    case Method::selective_context:
      rank(places, surprisals_of(places, surprisals, options.unit_score));
      return;
    case Method::llmlingua:
    case Method::single_pass:
      break;
  }
  throw Error(ErrorCode::internal, "the method is not a baseline");
}

/// `places` and, before the first one of each part, its separator: what stays of a text does not run into the next.
std::vector<Place> with_separators(const TokenizedPrompt& prompt, std::span<const Place> places) {
  std::vector<Place> all;
  std::vector<bool> seen(prompt.parts.size());
  for (const auto& place : places) {
    if (!seen[place.part]) all.push_back({place.part, prompt.parts[place.part].separator});
    seen[place.part] = true;
    all.push_back(place);
  }
  return all;
}

/// Keeps what fits of a share.
class ShareFiller {
 public:
  explicit ShareFiller(const TokenizedPrompt& prompt) : prompt_(prompt), selection_(prompt) {}

  /// Spends `share`, and what earlier shares left over, on `places` in their order.
  void fill(std::size_t share, std::span<const Place> places) {
    room_ += share;
    for (const auto& place : places)
      for (const auto& unit : units_of(place))
        if (unit.guard == Guard::always) keep(place.part, unit.tokens);
    for (const auto& place : places)
      if (!keep_units(place)) return;
  }

  Selection finish() && { return std::move(selection_); }

 private:
  std::span<const TextUnit> units_of(const Place& place) const {
    return prompt_.parts[place.part].units_in(place.tokens);
  }

  void keep(std::size_t part, TokenRange unit) {
    if (selection_.kept(part, unit)) return;
    room_ -= unit.size();
    selection_.keep(part, unit);
  }

  /// Keeps the units of `place` from its beginning; false when one no longer fits.
  bool keep_units(const Place& place) {
    for (const auto& unit : units_of(place)) {
      if (selection_.kept(place.part, unit.tokens)) continue;
      if (unit.tokens.size() > room_) return false;
      keep(place.part, unit.tokens);
    }
    return true;
  }

  const TokenizedPrompt& prompt_;
  Selection selection_;
  std::size_t room_ = 0;
};

}  // namespace

Selection compress_by_order(const TokenizedPrompt& prompt, const Shares& shares, const Surprisals& surprisals,
                            const Options& options) {
  ShareFiller filler(prompt);
  const auto fill = [&](Role role, std::size_t share) {
    auto places = places_of(prompt, role, options);
    order(places, surprisals, options);
    filler.fill(share, with_separators(prompt, places));
  };
  fill(Role::instruction, shares.instruction);
  fill(Role::context, shares.contexts);
  fill(Role::question, shares.question);
  fill(Role::instruction, 0);
  return std::move(filler).finish();
}

}  // namespace lingua::compress
