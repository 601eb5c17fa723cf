// The coarse pass: every context scored once, on its own.
#include "compress/scores/coarse.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <span>
#include <utility>

#include "compress/prompt/options.hpp"
#include "compress/prompt/selection.hpp"
#include "compress/scores/text_scorer.hpp"

namespace lingua::compress {
namespace {

/// Whether anything depends on the order of the contexts.
bool ranks_contexts(const TokenizedPrompt& prompt, const Options& options) {
  const bool uses_ranks = options.reorder || options.rate_spread > 0 ||
                          (options.coarsest == Level::context && !std::isinf(options.granularity));
  return uses_ranks && std::ranges::count(prompt.parts, Role::context, &Part::role) > 1;
}

/// A part that has to be scored, and what after it.
struct Job {
  const Part* part;
  const Probe* probe;  ///< null: nothing
  std::vector<TokenId> ids;
  std::vector<float>* surprisals;
  double* question;

  void take(std::span<const float> own, std::span<const float> asked) const {
    surprisals->assign(own.begin(), own.end());
    if (probe != nullptr) *question = unit_score(asked, UnitScore::mean);
  }
};

/// Scores are taken from the cache only when all of a job's are there: one pass gives them all.
bool take_from_cache(const Job& job, ScoreCache& cache) {
  const auto own = cache.find(job.part->text);
  const auto asked = job.probe != nullptr ? job.probe->find(cache, job.ids) : own;
  if (!own || !asked) return false;
  job.take(*own, *asked);
  return true;
}

void take_and_remember(const Job& job, std::span<const float> scores, ScoreCache& cache) {
  const auto own = scores.first(job.part->tokens.size());
  const auto asked = scores.last(job.probe != nullptr ? job.probe->ids.size() : 0);
  job.take(own, asked);
  cache.insert(job.part->text, std::make_shared<const std::vector<float>>(own.begin(), own.end()));
  if (job.probe != nullptr) job.probe->remember(cache, job.ids, asked);
}

std::vector<Job> jobs_of(const TokenizedPrompt& prompt, const Options& options, const Probe* probe,
                         CoarseScores& scores) {
  if (!ranks_contexts(prompt, options)) probe = nullptr;
  std::vector<Job> jobs;
  for (std::size_t p = 0; p < prompt.parts.size(); ++p) {
    const auto& part = prompt.parts[p];
    if (!needs_coarse_scores(part, options)) continue;
    const auto* asked = part.role == Role::context ? probe : nullptr;
    auto ids = asked != nullptr ? asked->after(part.text, part.tokens) : ids_of(part.tokens);
    jobs.push_back({&part, asked, std::move(ids), &scores.surprisals[p], &scores.question[p]});
  }
  return jobs;
}

}  // namespace

bool needs_coarse_scores(const Part& part, const Options& options) {
  switch (options.method) {
    case Method::llmlingua:
      return part.role == Role::context && ranks_by_scores(options) &&
             (options.decision == Decision::reference || options.reorder || options.rate_spread > 0 ||
              !std::isinf(options.granularity));
    case Method::sentence:
      return part.role == Role::context;
    case Method::single_pass:
    case Method::selective_context:
      return true;
    case Method::head:
    case Method::tail:
    case Method::random:
      return false;
  }
  return false;
}

CoarseScores coarse_pass(const TokenizedPrompt& prompt, const Options& options, const Probe* probe, Scorer& scorer,
                         ScoreCache& cache, ProgressReporter& progress) {
  CoarseScores scores;
  for (const auto& part : prompt.parts) {
    scores.surprisals.emplace_back(part.tokens.size(), std::numeric_limits<float>::quiet_NaN());
    scores.question.push_back(std::numeric_limits<double>::quiet_NaN());
  }
  auto jobs = jobs_of(prompt, options, probe, scores);
  std::size_t total = 0;
  for (const auto& job : jobs) total += job.ids.size();
  progress.begin("score", total);

  TextScorer texts(scorer, progress);
  for (const auto& job : jobs) {
    if (take_from_cache(job, cache)) {
      progress.advance(job.ids.size());
    } else {
      texts.add(job.ids, [&](std::span<const float> values) { take_and_remember(job, values, cache); });
    }
  }
  texts.finish();
  return scores;
}

}  // namespace lingua::compress
