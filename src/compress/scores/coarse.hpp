// The coarse pass: every context scored once, on its own. Its surprisals rank contexts and sentences, and are the
// scores of the single-pass methods.
#pragma once

#include <vector>

#include <lingua/options.hpp>
#include <lingua/scorer.hpp>

#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/scores/probe.hpp"
#include "compress/scores/progress.hpp"
#include "compress/scores/score_cache.hpp"

namespace lingua::compress {

/// Nats per token, by part and token; NaN where nothing was scored.
using Surprisals = std::vector<std::vector<float>>;

struct CoarseScores {
  Surprisals surprisals;
  std::vector<double> question;  ///< by part: mean surprisal of the probe after it; NaN where it was not asked
};

/// Whether `options` make any use of the scores of `part`.
bool needs_coarse_scores(const Part& part, const Options& options);

/// Scores the parts of `prompt` that need it, those in `cache` excepted. Where contexts compete and there is a
/// `probe` (else null), each is followed by it in the same pass. Afterwards `scorer` is empty again.
CoarseScores coarse_pass(const TokenizedPrompt& prompt, const Options& options, const Probe* probe, Scorer& scorer,
                         ScoreCache& cache, ProgressReporter& progress);

}  // namespace lingua::compress
