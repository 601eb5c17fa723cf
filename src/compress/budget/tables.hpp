// Tables of Markdown, CSV and their like, and of SQL: a row says little without the names of its columns.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <utility>

#include "compress/relevance/ranking.hpp"

namespace lingua::compress {

/// Knows the head of each row of a prompt's tables.
class Tables {
 public:
  explicit Tables(const TokenizedPrompt& prompt);

  /// The head of the table of which `sentence` is a row, delimiters and all; nothing of any other sentence.
  std::optional<Place> head_of(const Place& sentence) const;

  /// Raises the relevance of heads to that of their best row, so that they are chosen before it. `sentences`: in the
  /// order of the text, with the relevance of each.
  void lift_heads(std::span<const Place> sentences, std::span<double> relevance) const;

 private:
  using Key = std::pair<std::size_t, std::uint32_t>;  // part, first token
  std::map<Key, Place> heads_;                        ///< by row
};

}  // namespace lingua::compress
