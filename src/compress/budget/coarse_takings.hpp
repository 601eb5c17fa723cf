// What the coarse stage has taken so far, and what more would cost.
//
// Units that are kept at any rate are paid for before anything is taken. What stays whole has company: the white
// space that separates its context from the next, and the name of who says it.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "compress/budget/speakers.hpp"
#include "compress/prompt/selection.hpp"
#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/relevance/ranking.hpp"

namespace lingua::compress {

/// A range that stays in play.
struct CoarseRange {
  Place place;
  bool thinned;  ///< whether the token stage may drop units of it
};

/// Costs and lengths are in tokens.
class CoarseTakings {
 public:
  enum class Company { none, separator, separator_and_speaker };

  CoarseTakings(const TokenizedPrompt& prompt, Company company);

  /// Of what is taken, units that are kept at any rate included.
  std::size_t length() const { return length_; }
  /// What the token stage has to keep of that, if no protected unit is to be lost.
  std::size_t least() const { return least_; }
  bool has(const Place& place) const { return taken_.kept(place.part, place.tokens); }

  /// What `place` adds to `length`, and to `least` however much it is thinned; company included.
  std::size_t cost(const Place& place) const { return own_cost(place) + company_cost(place); }
  std::size_t least_cost(const Place& place) const;
  std::size_t company_cost(const Place& place) const;

  /// `sentence` without the name of who says it, which is company then.
  Place said_in(const Place& sentence) const;

  /// Takes what of `place` is not taken yet, with its company.
  void take(const Place& place, bool thinned = false);

  /// Takes what fits into `room` tokens from the beginning of the company of `place`.
  void take_company_of(const Place& place, std::size_t room);

  /// Of what was taken nothing is to be lost any more.
  void settle() { least_ = length_; }

  void thin_all();

  /// In the order of the text, disjoint; units that are kept at any rate are among them.
  std::vector<CoarseRange> ranges() &&;

 private:
  template <typename Predicate>
  std::size_t untaken(const Place& place, Predicate counts) const;
  std::size_t own_cost(const Place& place) const;
  Place label_of(const Place& place) const;
  std::array<Place, 2> company_of(const Place& place) const;
  void keep(Place place, bool thinned);

  const TokenizedPrompt& prompt_;
  bool has_company_;
  std::optional<Speakers> speakers_;  ///< where they count
  Selection taken_;
  std::vector<CoarseRange> ranges_;
  std::size_t length_ = 0, least_ = 0;
};

}  // namespace lingua::compress
