// Iterative token-level compression.
#include "compress/methods/itpc.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <utility>

#include "compress/methods/segments.hpp"

namespace lingua::compress {
namespace {

/// Reads compressed text into the scorer only when a later segment has to be scored after it.
class CompressedContext {
 public:
  /// `begin`: what stands before everything.
  explicit CompressedContext(Scorer& scorer, std::vector<TokenId> begin = {})
      : scorer_(scorer), pending_(std::move(begin)) {}

  /// Scores `ids` after everything kept so far; the scorer then holds them too, until `keep_of_scored`.
  void score(std::span<const TokenId> ids, std::span<float> surprisals) {
    scorer_.append(std::exchange(pending_, {}));
    scored_from_ = scorer_.size();
    scorer_.score(ids, surprisals);
  }

  /// Rolls back to what was kept of the tokens scored last. What they begin with needs no second reading.
  void keep_of_scored(std::span<const TokenId> scored, std::span<const TokenId> kept) {
    const auto unchanged = std::ranges::mismatch(scored, kept).in2 - kept.begin();
    scorer_.truncate(scored_from_ + static_cast<std::size_t>(unchanged));
    keep(kept.subspan(static_cast<std::size_t>(unchanged)));
  }

  void keep(std::span<const TokenId> ids) { pending_.insert(pending_.end(), ids.begin(), ids.end()); }

 private:
  Scorer& scorer_;
  std::vector<TokenId> pending_;
  std::size_t scored_from_ = 0;
};

/// Scores segments after the compressed text before them; those of contexts by contrast, if that is wanted.
class SegmentScorer {
 public:
  SegmentScorer(Scorer& scorer, Contrast* contrast) : plain_(scorer) {
    if (contrast != nullptr) informed_ = std::make_unique<CompressedContext>(*contrast->scorer, contrast->question);
  }

  bool contrasts(Role role) const { return informed_ != nullptr && role == Role::context; }

  std::vector<float> score(std::span<const TokenId> ids, Role role) {
    std::vector<float> scores(ids.size());
    plain_.score(ids, scores);
    if (!contrasts(role)) return scores;
    std::vector<float> informed(ids.size());
    informed_->score(ids, informed);
    std::ranges::transform(scores, informed, scores.begin(), std::minus<>());
    return scores;
  }

  /// What was kept of the segment that was scored last.
  void keep_of_scored(std::span<const TokenId> scored, std::span<const TokenId> kept, Role role) {
    plain_.keep_of_scored(scored, kept);
    if (contrasts(role)) {
      informed_->keep_of_scored(scored, kept);
    } else if (informed_) {
      informed_->keep(kept);
    }
  }

  void keep(std::span<const TokenId> ids) {
    plain_.keep(ids);
    if (informed_) informed_->keep(ids);
  }

 private:
  CompressedContext plain_;
  std::unique_ptr<CompressedContext> informed_;  ///< null: no contrast
};

/// What both token stages share: segments, their budgets, and the choice of units.
class TokenStage {
 public:
  TokenStage(const TokenizedPrompt& prompt, const Plan& plan, const Options& options)
      : prompt_(prompt),
        options_(options),
        segments_(cut_into_segments(prompt, plan, options.segment)),
        ledger_(segments_, plan.affords_protection),
        selection_(prompt) {}

  std::span<const Segment> segments() const { return segments_; }

  std::size_t tokens_to_thin() const {
    std::size_t count = 0;
    for (const auto& segment : segments_)
      if (segment.thinned) count += segment.tokens;
    return count;
  }

  std::vector<TokenId> ids_of(const Segment& segment) const {
    std::vector<TokenId> ids;
    for_each_token(segment, [&](std::size_t token) { ids.push_back(prompt_.parts[segment.part].tokens[token].id); });
    return ids;
  }

  std::vector<TokenId> kept_ids_of(const Segment& segment) const {
    std::vector<TokenId> ids;
    for_each_token(segment, [&](std::size_t token) {
      if (selection_.kept(segment.part, token)) ids.push_back(prompt_.parts[segment.part].tokens[token].id);
    });
    return ids;
  }

  template <typename Visit>
  static void for_each_token(const Segment& segment, Visit visit) {
    for (const auto& unit : segment.units)
      for (auto token = unit.tokens.begin; token < unit.tokens.end; ++token) visit(token);
  }

  /// Whether the scores of the coarse pass hold for `segment` still: it follows all that stands before it in its
  /// part, and nothing else.
  bool stands_as_scored(const Segment& segment, const Surprisals& surprisals) const {
    const auto begin = segment.units.front().tokens.begin, end = segment.units.back().tokens.end;
    const bool follows_all = selection_.tokens() == begin && selection_.tokens(segment.part) == begin;
    return follows_all && end - begin == segment.tokens && !std::isnan(surprisals[segment.part][begin]);
  }

  void keep_whole(const Segment& segment) {
    for (const auto& unit : segment.units) selection_.keep(segment.part, unit.tokens);
  }

  /// Eq. 6 and 7, on the scores of `segment`'s part.
  void thin(const Segment& segment, const Surprisals& surprisals) {
    const auto candidates = candidates_of(segment, surprisals);
    const auto before = selection_.tokens();
    for (const auto index : most_surprising(candidates, ledger_.budget_of(segment)))
      selection_.keep(segment.part, candidates[index].unit.tokens);
    ledger_.settle(segment, selection_.tokens() - before);
  }

  /// What units too long for the last segments left over goes to the best ones that still fit anywhere.
  Selection finish(const Surprisals& surprisals) && {
    struct Dropped {
      std::size_t part;
      Candidate candidate;
    };
    std::vector<Dropped> dropped;
    if (ledger_.remaining() > 0)
      for (const auto& segment : segments_)
        for (const auto& candidate : candidates_of(segment, surprisals))
          if (!selection_.kept(segment.part, candidate.unit.tokens)) dropped.push_back({segment.part, candidate});
    std::vector<Candidate> candidates(dropped.size());
    std::ranges::transform(dropped, candidates.begin(), &Dropped::candidate);
    for (const auto index : most_surprising(candidates, ledger_.remaining()))
      selection_.keep(dropped[index].part, candidates[index].unit.tokens);
    return std::move(selection_);
  }

 private:
  std::vector<Candidate> candidates_of(const Segment& segment, const Surprisals& surprisals) const {
    const std::span scores(surprisals[segment.part]);
    std::vector<Candidate> candidates;
    for (auto unit : segment.units) {
      if (!ledger_.honours(unit.guard)) unit.guard = Guard::none;
      const auto of_unit = scores.subspan(unit.tokens.begin, unit.tokens.size());
      candidates.push_back({unit, unit_score(of_unit, options_.unit_score)});
    }
    return candidates;
  }

  const TokenizedPrompt& prompt_;
  const Options& options_;
  std::vector<Segment> segments_;
  BudgetLedger ledger_;
  Selection selection_;
};

}  // namespace

Selection compress_iteratively(const TokenizedPrompt& prompt, const Plan& plan, const Options& options,
                               Scorer& scorer, Contrast* contrast, Surprisals& surprisals,
                               ProgressReporter& progress) {
  TokenStage stage(prompt, plan, options);
  progress.begin("compress", stage.tokens_to_thin());
  SegmentScorer scores(scorer, contrast);
  for (const auto& segment : stage.segments()) {
    const auto ids = stage.ids_of(segment);
    const auto role = prompt.parts[segment.part].role;
    if (!segment.thinned) {
      stage.keep_whole(segment);
      scores.keep(ids);
      continue;
    }
    if (!scores.contrasts(role) && stage.stands_as_scored(segment, surprisals)) {
      stage.thin(segment, surprisals);
      scores.keep(stage.kept_ids_of(segment));
    } else {
      const auto values = scores.score(ids, role);
      auto value = values.begin();
      TokenStage::for_each_token(segment, [&](std::size_t token) { surprisals[segment.part][token] = *value++; });
      stage.thin(segment, surprisals);
      scores.keep_of_scored(ids, stage.kept_ids_of(segment), role);
    }
    progress.advance(segment.tokens);
  }
  return std::move(stage).finish(surprisals);
}

Selection compress_in_single_pass(const TokenizedPrompt& prompt, const Plan& plan, const Options& options,
                                  const Surprisals& surprisals) {
  TokenStage stage(prompt, plan, options);
  for (const auto& segment : stage.segments()) {
    if (segment.thinned) {
      stage.thin(segment, surprisals);
    } else {
      stage.keep_whole(segment);
    }
  }
  return std::move(stage).finish(surprisals);
}

}  // namespace lingua::compress
