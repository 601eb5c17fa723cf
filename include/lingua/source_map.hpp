// The way back from a compressed prompt: to the original, and from a reader's answer to the original's words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <lingua/export.hpp>
#include <lingua/result.hpp>

namespace lingua {

/// Bytes [begin, end) of an answer, and the bytes of the original that stand in their place.
struct Recovery {
  std::size_t begin, end;
  KeptRange source;
};

struct RecoveredAnswer {
  std::string text;
  std::vector<Recovery> recoveries;  ///< ascending; without those that change nothing
};

/// The texts of a prompt's parts and the bytes of them that were kept.
class LINGUA_API SourceMap {
 public:
  explicit SourceMap(const Result& result);

  /// The same from a stored result. `kept`: in the order of the compressed text, ascending and disjoint within a
  /// part. Throws Error: input_malformed when a range is none, is out of order or outside its part.
  SourceMap(std::vector<std::string> originals, std::vector<KeptRange> kept);

  /// The parts, joined.
  std::string original() const;

  /// The kept ranges, joined.
  std::string compressed() const;

  /// The answer of a reader who saw the compressed prompt, in the original's words (LongLLMLingua, arXiv 2310.06839,
  /// section 4.4): the longest runs of whole words that the compressed text has too are replaced by what stands there
  /// in the original. What was dropped between two kept words comes back unless it is longer than `max_gap` bytes or
  /// has a line break; a word of which a piece was kept comes back whole. White space counts for nothing in the
  /// comparison. A run that is found in several places stays as it is where one of them reads so, or where they
  /// disagree.
  RecoveredAnswer recover(std::string_view answer, std::size_t max_gap = 40) const;

 private:
  std::vector<std::string> originals_;
  std::vector<KeptRange> kept_;
};

}  // namespace lingua
