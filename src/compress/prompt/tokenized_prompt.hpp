// The prompt as the method sees it: parts of tokens, cut into units and sentences, with what must not be dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <lingua/options.hpp>
#include <lingua/prompt.hpp>
#include <lingua/scorer.hpp>

namespace lingua::compress {

/// Tokens [begin, end) of one part.
struct TokenRange {
  std::uint32_t begin, end;
  constexpr std::size_t size() const { return end - begin; }
  friend bool operator==(const TokenRange&, const TokenRange&) = default;
};

/// The smallest thing that is kept or dropped: a token or a word, as the options say, or what the kind of the text
/// keeps whole. Never splits a code point.
struct TextUnit {
  TokenRange tokens;
  Guard guard = Guard::none;
};

std::vector<TokenId> ids_of(std::span<const Token> tokens);

struct Part {
  Role role;
  TextKind kind;  ///< not automatic
  std::string_view text;
  std::vector<Token> tokens;
  std::vector<TextUnit> units;        ///< tile `tokens`
  std::vector<TokenRange> sentences;  ///< tile the tokens before `separator`; each is a run of whole units
  TokenRange separator;               ///< the white space that ends the part, if it is units of its own; may be empty

  TokenRange all() const { return {0, static_cast<std::uint32_t>(tokens.size())}; }

  std::string_view text_of(TokenRange range) const;

  /// The units inside `range`, which must begin and end at unit boundaries.
  std::span<const TextUnit> units_in(TokenRange range) const;

  /// Whether `sentence`, one of `sentences`, is kept or dropped in one piece: a row of a table, a statement.
  bool stays_whole(TokenRange sentence) const { return kind != TextKind::prose && units_in(sentence).size() == 1; }

  /// Tokens of the units in `range` that are guarded exactly as `guard` says.
  std::size_t guarded_tokens(TokenRange range, Guard guard) const;

  /// Tokens that `range` takes of a budget: all but those of units that are kept at any rate.
  std::size_t cost(TokenRange range) const { return range.size() - guarded_tokens(range, Guard::always); }
  std::size_t cost(std::span<const TokenRange> ranges) const;
};

/// The non-empty parts in the order of the prompt: instruction, contexts, question.
struct TokenizedPrompt {
  std::vector<Part> parts;

  std::size_t tokens() const;
  std::size_t tokens(Role role) const;
};

/// Tokenises `prompt`, which must outlive the result.
/// Throws Error: input_malformed (empty, not UTF-8, a span outside its text), input_too_large, invalid_pattern.
TokenizedPrompt tokenize(const Prompt& prompt, const ScoringModel& model, const Options& options);

}  // namespace lingua::compress
