// --input-format document: any JSON in, the same JSON with shorter strings out.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <lingua/result.hpp>
#include <lingua/sections.hpp>

#include "arguments.hpp"
#include "input/json_cuts.hpp"
#include "input/pieces.hpp"

namespace lingua::cli {

/// The strings of a document that are to be compressed, and what is left of it without them.
class JsonDocument {
 public:
  /// Strings that `rules` match (the first that does decides; without rules all of them) and that have at least
  /// `min_bytes` bytes; there may be none.
  /// Throws Error: input_malformed.
  JsonDocument(std::string text, std::span<const PathRule> rules, std::size_t min_bytes);

  /// A section for each of the strings; a group for each rule with a rate.
  const SectionedPrompt& prompt() const noexcept { return prompt_; }

  /// The document with what `result` has left of the strings: the input with bytes taken out.
  std::string rewrite(const Result& result) const;

  /// The bytes of the document that are left when of section i the bytes `kept[i]` are.
  std::vector<ByteSpan> left(std::span<const std::vector<ByteSpan>> kept) const;

 private:
  JsonCuts cuts(std::span<const std::vector<ByteSpan>> kept) const;

  std::string text_;
  std::vector<ByteSpan> literals_;  ///< of each section
  SectionedPrompt prompt_;
};

}  // namespace lingua::cli
