// Cuts what the plan wants thinned into segments, and deals out the budget to them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "compress/budget/budget.hpp"
#include "compress/prompt/tokenized_prompt.hpp"

namespace lingua::compress {

/// A step of the token stage: units of one part that are scored at once, or that are kept as they are.
struct Segment {
  std::size_t part;
  std::vector<TextUnit> units;  ///< in text order, not necessarily adjacent
  std::size_t tokens;           ///< of all units
  std::size_t budget;           ///< share of the plan's budget
  bool thinned;                 ///< whether units may be dropped
};

/// The steps of `plan` in the order of the text. A thinned segment has at most `size` tokens (one unit at least) and
/// never crosses a part or a range that stays whole.
std::vector<Segment> cut_into_segments(const TokenizedPrompt& prompt, const Plan& plan, std::size_t size);

/// Deals out the budget of the thinned segments in their order: to each its share plus what the earlier ones left
/// over or overdrew, but never so much that the protected units of later ones could not be paid.
class BudgetLedger {
 public:
  /// `honours_protection`: whether the budgets can pay for protected units; if not, only what is kept
  /// at any rate counts, for which there is always enough.
  BudgetLedger(std::span<const Segment> segments, bool honours_protection);

  /// Tokens that `segment`, the next thinned one, may keep.
  std::size_t budget_of(const Segment& segment) const;

  /// Books what `segment` really kept.
  void settle(const Segment& segment, std::size_t kept);

  /// Tokens left over.
  std::size_t remaining() const { return remaining_; }

  bool honours(Guard guard) const {
    return guard == Guard::always || (guard == Guard::in_kept_text && honours_protection_);
  }

 private:
  std::size_t guarded_tokens(const Segment& segment) const;

  bool honours_protection_;
  std::size_t remaining_ = 0;  ///< budget of this and all later thinned segments
  std::size_t scheduled_ = 0;  ///< of which, by plan
  std::size_t reserved_ = 0;   ///< of which, protected units
};

}  // namespace lingua::compress
