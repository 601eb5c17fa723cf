// Cuts what the plan wants thinned into segments, and deals out the budget to them.
#include "compress/methods/segments.hpp"

#include <algorithm>

#include "compress/budget/proportion.hpp"

namespace lingua::compress {
namespace {

/// Joins the thinned ranges of a part, then cuts them into segments.
class SegmentCutter {
 public:
  SegmentCutter(const TokenizedPrompt& prompt, std::size_t size) : prompt_(prompt), size_(size) {}

  void add(const Chosen& range) {
    const auto units = prompt_.parts[range.part].units_in(range.tokens);
    if (!range.thinned) {
      cut_run();
      segments_.push_back({range.part, {units.begin(), units.end()}, range.tokens.size(), range.budget, false});
      return;
    }
    if (!run_.units.empty() && run_.part != range.part) cut_run();
    run_.part = range.part;
    run_.units.insert(run_.units.end(), units.begin(), units.end());
    run_.tokens += range.tokens.size();
    run_.budget += range.budget;
  }

  std::vector<Segment> finish() && {
    cut_run();
    return std::move(segments_);
  }

 private:
  /// Cuts the thinned ranges collected so far; segment budgets are in proportion to length and add up exactly.
  void cut_run() {
    ProportionalShares budgets(run_.budget, run_.tokens);
    for (auto unit = run_.units.begin(); unit != run_.units.end();) {
      Segment segment{run_.part, {}, 0, 0, true};
      do {
        segment.tokens += unit->tokens.size();
        segment.units.push_back(*unit++);
      } while (unit != run_.units.end() && segment.tokens + unit->tokens.size() <= size_);
      segment.budget = budgets.next(segment.tokens);
      segments_.push_back(std::move(segment));
    }
    run_ = {};
  }

  const TokenizedPrompt& prompt_;
  std::size_t size_;
  Segment run_{};
  std::vector<Segment> segments_;
};

}  // namespace

std::vector<Segment> cut_into_segments(const TokenizedPrompt& prompt, const Plan& plan, std::size_t size) {
  SegmentCutter cutter(prompt, size);
  for (const auto& range : plan.chosen) cutter.add(range);
  return std::move(cutter).finish();
}

BudgetLedger::BudgetLedger(std::span<const Segment> segments, bool honours_protection)
    : honours_protection_(honours_protection) {
  for (const auto& segment : segments) {
    if (!segment.thinned) continue;
    remaining_ += segment.budget;
    reserved_ += guarded_tokens(segment);
  }
  scheduled_ = remaining_;
}

std::size_t BudgetLedger::guarded_tokens(const Segment& segment) const {
  std::size_t count = 0;
  for (const auto& unit : segment.units)
    if (honours(unit.guard)) count += unit.tokens.size();
  return count;
}

std::size_t BudgetLedger::budget_of(const Segment& segment) const {
  const auto own = guarded_tokens(segment);
  const auto left_for_later = scheduled_ - segment.budget;
  const auto due = remaining_ - std::min(remaining_, left_for_later);
  return std::clamp(due, own, remaining_ - (reserved_ - own));
}

void BudgetLedger::settle(const Segment& segment, std::size_t kept) {
  remaining_ -= kept;
  scheduled_ -= segment.budget;
  reserved_ -= guarded_tokens(segment);
}

}  // namespace lingua::compress
