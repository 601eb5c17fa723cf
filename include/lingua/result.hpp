// What comes out: the compressed text, and where each of its bytes came from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <lingua/prompt.hpp>

namespace lingua {

/// Bytes [begin, end) of part `part` that were kept. In the order of the result: that of the input, but for contexts
/// that were reordered; ascending within a part, disjoint; adjacent ranges are joined.
struct KeptRange {
  std::size_t part, begin, end;
  friend bool operator==(const KeptRange&, const KeptRange&) = default;
};

/// What became of one token of the original.
struct TokenResult {
  std::uint32_t begin, end;  ///< bytes of the part
  float surprisal;  ///< nats, what the decision was made on (a difference, by contrast); NaN where not needed
  bool kept;
};

/// Why a unit was kept or dropped.
enum class Reason {
  chosen,       ///< kept with its part, context or sentence, which stayed whole; or by the order of a baseline
  not_chosen,   ///< dropped with its context or sentence, for which the budget had no room; or by that order
  surprising,   ///< kept where its sentence was thinned: its surprisal reaches the threshold
  predictable,  ///< dropped there: its surprisal is below the threshold
  no_room,      ///< dropped there although surprising enough: too long for what was left of the budget
  guarded,      ///< kept there: protected in kept text
  pinned,       ///< kept at any rate
};

/// "chosen", "not chosen", "surprising", "predictable", "no room", "protected", "always kept".
LINGUA_API std::string_view to_string(Reason reason) noexcept;

/// What became of one unit of the original, and why.
struct UnitResult {
  std::uint32_t begin, end;  ///< bytes of the part
  bool kept;
  Reason reason;
  double surprisal;  ///< nats, from its tokens' as Options::unit_score says; NaN where none was needed
  double threshold;  ///< the lowest surprisal that was enough in its segment (gamma of Eq. 7); NaN where nothing was
                     ///< thinned
};

struct PartResult {
  Role role;
  std::string original;  ///< as given
  std::string text;      ///< as compressed: the kept ranges of `original`, joined
  std::size_t tokens_before = 0, tokens_after = 0;
  std::size_t budget = 0;           ///< tokens that the plan allowed; methods without a plan per part: tokens_after
  std::vector<TokenResult> tokens;  ///< tile `original`
  std::vector<UnitResult> units;    ///< the same in units
};

/// Wall-clock seconds by step.
struct Seconds {
  double tokenize = 0;  ///< tokens, words, sentences, protected spans
  double score = 0;     ///< coarse pass: each context once
  double plan = 0;      ///< budget controller, and what it ranks sentences by
  double compress = 0;  ///< token stage
  double assemble = 0;  ///< source map and text
  double total() const noexcept { return tokenize + score + plan + compress + assemble; }
};

struct Result {
  std::string text;                                 ///< the parts' texts, joined in their order, or as reordered
  std::vector<KeptRange> kept;                      ///< the source map: joined, these ranges are `text`
  std::vector<PartResult> parts;                    ///< instruction, contexts, question; empty ones are left out
  std::size_t tokens_before = 0, tokens_after = 0;  ///< tokens of the original, and those of them that were kept
  std::size_t budget = 0;                           ///< the target in tokens
  std::size_t forwarded_tokens = 0;                 ///< tokens that went through the model
  Seconds seconds;
  std::vector<std::string> notes;  ///< remarks for people, e.g. that the target exceeded the length

  /// tokens_before / tokens_after; 1 for nothing kept of nothing.
  double ratio() const noexcept {
    return tokens_after == 0 ? 1.0 : static_cast<double>(tokens_before) / static_cast<double>(tokens_after);
  }
};

}  // namespace lingua
