// Checks options before any work is done, and fits them to the prompt.
#pragma once

#include <lingua/options.hpp>

namespace lingua::compress {

/// Throws Error: invalid_option, with the value and its limits.
void validate(const Options& options);

/// Whether `options` choose contexts or sentences by relevance, of whatever source.
bool can_rank(const Options& options);

/// Whether what `options` rank by takes the surprisals of the coarse pass.
bool ranks_by_scores(const Options& options);

/// Whether `options` make use of the question in the ways of LongLLMLingua.
bool is_question_aware(const Options& options);

/// `options` for a prompt that has no question: ranked by surprisal, nothing contrasted, spread or reordered.
Options without_question(Options options);

}  // namespace lingua::compress
