// Says of every unit why it was kept or dropped. The stages keep no diary: their decisions can be told from the plan,
// the selection and the surprisals, which costs nothing while they run.
#include "compress/result/explain.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "compress/methods/segments.hpp"

namespace lingua {

std::string_view to_string(Reason reason) noexcept {
  switch (reason) {
    case Reason::chosen:
      return "chosen";
    case Reason::not_chosen:
      return "not chosen";
    case Reason::surprising:
      return "surprising";
    case Reason::predictable:
      return "predictable";
    case Reason::no_room:
      return "no room";
    case Reason::guarded:
      return "protected";
    case Reason::pinned:
      break;
  }
  return "always kept";
}

namespace compress {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

class Explainer {
 public:
  Explainer(const TokenizedPrompt& prompt, const Selection& selection, const Surprisals& surprisals,
            const Options& options, Result& result)
      : prompt_(prompt), selection_(selection), surprisals_(surprisals), options_(options), result_(result) {}

  /// As if nothing had been thinned.
  void explain_choice() {
    for (std::size_t p = 0; p < prompt_.parts.size(); ++p) {
      const auto& part = prompt_.parts[p];
      auto& units = result_.parts[p].units;
      units.reserve(part.units.size());
      for (const auto& unit : part.units) {
        const bool kept = selection_.kept(p, unit.tokens);
        const auto reason = !kept                         ? Reason::not_chosen
                            : unit.guard == Guard::always ? Reason::pinned
                                                          : Reason::chosen;
        units.push_back({part.tokens[unit.tokens.begin].begin, part.tokens[unit.tokens.end - 1].end, kept, reason,
                         score(p, unit), kNone});
      }
    }
  }

  void explain_thinning(const Plan& plan) {
    for (const auto& segment : cut_into_segments(prompt_, plan, options_.segment)) {
      if (!segment.thinned) continue;
      const double threshold = threshold_of(segment, plan);
      for (const auto& unit : segment.units) {
        auto& explained = result_.parts[segment.part].units[index_of(segment.part, unit)];
        explained.threshold = threshold;
        explained.reason = reason_of(unit, explained, plan);
      }
    }
  }

 private:
  double score(std::size_t part, const TextUnit& unit) const {
    return unit_score(std::span(surprisals_[part]).subspan(unit.tokens.begin, unit.tokens.size()),
                      options_.unit_score);
  }

  static bool honours(const TextUnit& unit, const Plan& plan) {
    return unit.guard == Guard::always || (unit.guard == Guard::in_kept_text && plan.affords_protection);
  }

  /// The surprisal of the last unit that was kept for its surprisal (the paper's gamma); NaN when there is none.
  double threshold_of(const Segment& segment, const Plan& plan) const {
    double threshold = kNone;
    for (const auto& unit : segment.units)
      if (selection_.kept(segment.part, unit.tokens) && !honours(unit, plan))
        threshold = std::fmin(threshold, score(segment.part, unit));
    return threshold;
  }

  std::size_t index_of(std::size_t part, const TextUnit& unit) const {
    const auto& units = prompt_.parts[part].units;
    const auto found = std::ranges::lower_bound(units, unit.tokens.begin, {},
                                                [](const TextUnit& other) { return other.tokens.begin; });
    return static_cast<std::size_t>(found - units.begin());
  }

  static Reason reason_of(const TextUnit& unit, const UnitResult& explained, const Plan& plan) {
    if (!explained.kept) return explained.surprisal < explained.threshold ? Reason::predictable : Reason::no_room;
    if (!honours(unit, plan)) return Reason::surprising;
    return unit.guard == Guard::always ? Reason::pinned : Reason::guarded;
  }

  const TokenizedPrompt& prompt_;
  const Selection& selection_;
  const Surprisals& surprisals_;
  const Options& options_;
  Result& result_;
};

}  // namespace

void explain(const TokenizedPrompt& prompt, const Plan* plan, const Selection& selection,
             const Surprisals& surprisals, const Options& options, Result& result) {
  Explainer explainer(prompt, selection, surprisals, options, result);
  explainer.explain_choice();
  if (plan != nullptr) explainer.explain_thinning(*plan);
}

}  // namespace compress
}  // namespace lingua
