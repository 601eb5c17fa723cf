// The one call that does the job.
#pragma once

#include <cstddef>
#include <memory>

#include <lingua/options.hpp>
#include <lingua/prompt.hpp>
#include <lingua/result.hpp>
#include <lingua/scorer.hpp>
#include <lingua/sections.hpp>

namespace lingua {

/// Compresses prompts with one model. Safe to call from several threads at once: they share the model and a
/// cache of the scores of contexts seen before.
class LINGUA_API Compressor {
 public:
  /// `score_cache_bytes` limits the memory of the score cache; the least recently used go first.
  explicit Compressor(std::shared_ptr<const ScoringModel> model, std::size_t score_cache_bytes = 64u << 20);
  ~Compressor();
  Compressor(Compressor&&) noexcept;
  Compressor& operator=(Compressor&&) noexcept;

  /// Compresses `prompt` to the target in `options`.
  /// With token units the result has exactly the budget, with word units at most the budget and less than one
  /// word below it (docs/method.md: *Exact budgets*). A target above the length returns the input unchanged.
  /// Throws Error: invalid_option, invalid_pattern, input_malformed (empty, not UTF-8, a span outside its text),
  /// input_too_large, target_unreachable, cancelled.
  Result compress(const Prompt& prompt, const Options& options = {}) const;

  /// The same for sections with rates of their own, which come on top of the target.
  /// Throws Error as above, and invalid_option for a rate that is none, or a section of a group that does not exist.
  Result compress_sections(const SectionedPrompt& prompt, const Options& options = {}) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lingua
