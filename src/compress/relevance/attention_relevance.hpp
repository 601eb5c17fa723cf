// Relevance by attention: what the scorer looks at when it has read the question and is about to answer. One pass
// over contexts and question shows it for all sentences at once.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/relevance/relevance.hpp"
#include "compress/scores/attention_reader.hpp"
#include "compress/scores/progress.hpp"

namespace lingua::compress {

/// What is read after the contexts: the question, and for comparison one that asks nothing; both with the beginning
/// of an answer, `cue`.
struct AttentionProbe {
  std::vector<TokenId> question, neutral;
};
AttentionProbe make_attention_probe(std::string_view question, const std::string& cue, const ScoringModel& model);

/// `relevance` of each of `sentences`, which are in their order, and half of that of the two before and the two after
/// it in the same context; of those that there are not, nothing.
std::vector<double> with_neighbours(std::span<const double> relevance, std::span<const Place> sentences);

/// The scorer's attention to a text, from the question's tokens and from the last one, relative to what the neutral
/// question's pay: log(a / a_0) of both, added up. The ratio takes away what draws attention whatever is asked: first
/// and last tokens, punctuation. Sentences are judged with their neighbours, for what answers a question stands
/// together.
class AttentionRelevance final : public Relevance {
 public:
  /// `span` is the scorer's `attention_span()`, enough to be asked at all (`can_tell_attention`). What the arguments
  /// refer to outlives the object. Contexts are read when they, or sentences of them, are first asked about.
  AttentionRelevance(const TokenizedPrompt& prompt, const AttentionProbe& probe, std::size_t span,
                     AttentionReader& reader, ProgressReporter& progress);

  std::vector<double> of_contexts(std::span<const Place> contexts) override { return of(contexts); }
  std::vector<double> of_sentences(std::span<const Place> sentences) override {
    return with_neighbours(of(sentences), sentences);
  }

 private:
  /// Attention that one token gets, summed over heads and layers.
  struct Attention {
    double mean = 0;  ///< of all tokens of the probe
    double last = 0;  ///< of its last one
  };
  using ByToken = std::vector<Attention>;

  std::vector<double> of(std::span<const Place> places);
  void measure(const std::vector<std::size_t>& parts);
  void measure(std::span<const Place> block);

  const TokenizedPrompt& prompt_;
  std::array<std::vector<TokenId>, 2> questions_;  ///< what is asked, and the neutral one
  std::size_t limit_;                              ///< tokens of a block
  AttentionReader& reader_;
  ProgressReporter& progress_;
  std::vector<ByToken> question_, neutral_;  ///< by part; empty where it was not measured
};

/// Whether `scorer` can be asked at all.
bool can_tell_attention(const Scorer& scorer);

}  // namespace lingua::compress
