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

/// Bytes that a Compressor may hold from one prompt to the next; the least recently used go. 0: nothing is held.
struct MemoryLimits {
  /// For what the model said of texts: 4 to 8 bytes a token.
  std::size_t scores = 64u << 20;

  /// For the keys and values of contexts that were ranked by attention, so that the next question about them need not
  /// read them again. A token takes 2 x layers x key-value heads x head size numbers: with SmolLM2-135M 23 KB in bf16
  /// and, where that is fast, in q8_0, else 46 KB. Pays for those who ask several questions about the same contexts.
  std::size_t readings = 512u << 20;
};

/// Compresses prompts with one model. Safe to call from several threads at once: they share the model and a
/// memory of contexts seen before. What is remembered changes no byte of any result.
class LINGUA_API Compressor {
 public:
  explicit Compressor(std::shared_ptr<const ScoringModel> model, MemoryLimits limits = {});
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
