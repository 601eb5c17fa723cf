// The seam between the compressor and the language model: text in, surprisals out.
// The compressor knows nothing else of a model, so any causal language model can be put behind it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <lingua/export.hpp>

namespace lingua {

using TokenId = std::int32_t;

/// A token and the bytes [begin, end) of the tokenised text that it stands for.
/// The ranges of one tokenisation tile the text: no gap, no overlap, whatever the bytes.
struct Token {
  TokenId id;
  std::uint32_t begin;
  std::uint32_t end;

  friend bool operator==(const Token&, const Token&) = default;
};

/// A text of its own, and where its surprisals go: one for each token.
struct TextToScore {
  std::span<const TokenId> ids;
  std::span<float> surprisal;
};

/// A text of its own, and where the representations of its tokens go, one after the other.
struct TextToRepresent {
  std::span<const TokenId> ids;
  std::span<float> representations;
};

/// One decoding state of a causal language model: the tokens read so far, and their key-value cache.
/// For use by one thread at a time. A new scorer stands right after the document separator (or BOS), which
/// `size` does not count; `truncate(0)` returns there.
///
/// Promise: surprisals after any sequence of calls equal those of a fresh pass over the same tokens, up to
/// rounding, and do not depend on the number of threads.
class LINGUA_API Scorer {
 public:
  Scorer() = default;
  Scorer(const Scorer&) = delete;
  Scorer& operator=(const Scorer&) = delete;
  virtual ~Scorer();

  /// Tokens read so far. May exceed the model's window: older tokens then no longer count as context.
  virtual std::size_t size() const noexcept = 0;

  /// Forgets every token from position `size` on. `size` must not exceed `this->size()`.
  virtual void truncate(std::size_t size) = 0;

  /// Reads `ids` without the cost of scoring them.
  virtual void append(std::span<const TokenId> ids) = 0;

  /// Reads `ids` and fills `surprisal[i]` = -ln p(ids[i] | everything read before it), in nats.
  /// `surprisal.size()` must equal `ids.size()`. The first token is scored like any other.
  virtual void score(std::span<const TokenId> ids, std::span<float> surprisal) = 0;

  /// Scores each text as `score` would if nothing else had been read, whatever the other texts are. A model that can
  /// read several texts at once is faster this way when they are short. This scorer must be empty, and is so again
  /// afterwards. Without an own implementation the texts are scored one after the other.
  virtual void score_each(std::span<const TextToScore> texts);

  /// Tokens that may have been read in all after a call of `attend`; 0: this scorer does not tell its attention.
  virtual std::size_t attention_span() const noexcept;

  /// Reads `ids` and fills weights[row][i] with the attention that ids[row] pays to token i of those read before:
  /// softmax weights, summed over all heads and layers. Room is needed for ids.size() x size() numbers, `size` being
  /// that before the call. Throws Error: internal beyond `attention_span()`.
  virtual void attend(std::span<const TokenId> ids, std::span<float> weights);

  /// Numbers that represent a token (see `represent`); 0: this scorer does not represent tokens.
  virtual std::size_t representation_size() const noexcept;

  /// Represents the tokens of each text as they are understood after the text before them, whatever the other texts
  /// are: tokens that mean the same have representations in much the same direction. For each token
  /// `representation_size()` numbers. Of a long text pieces may be read by themselves. What this scorer has read
  /// stays as it is.
  virtual void represent(std::span<const TextToRepresent> texts);

  /// Tokens forwarded through the model since construction: the cost of all calls so far. Those that went through a
  /// part of its layers count as that part.
  virtual std::size_t forwarded_tokens() const noexcept = 0;

  /// Bytes of memory that this state holds, most of them keys and values; 0: not known. Only scorers that tell it are
  /// kept from one prompt to the next.
  virtual std::size_t memory_bytes() const noexcept;
};

/// An immutable language model that any number of threads may share.
class LINGUA_API ScoringModel {
 public:
  ScoringModel() = default;
  ScoringModel(const ScoringModel&) = delete;
  ScoringModel& operator=(const ScoringModel&) = delete;
  virtual ~ScoringModel();

  /// Tokens of `text`, special-token text such as "<|im_end|>" read as plain text.
  /// Accepts any bytes; the ranges tile `text`, which may hold at most 2^32 - 1 bytes.
  virtual std::vector<Token> tokenize(std::string_view text) const = 0;

  /// A fresh decoding state. The model outlives its scorers.
  virtual std::unique_ptr<Scorer> new_scorer() const = 0;

  /// Identifies weights and compute type: equal ids give equal surprisals. Key of the score cache.
  virtual const std::string& id() const noexcept = 0;
};

}  // namespace lingua
