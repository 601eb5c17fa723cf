// The tokens that a vocabulary defines as fixed strings ("user-defined": runs of line breaks, tags, "<tool_call>").
// They are cut out of a text before anything else looks at it, the longest first.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <lingua/scorer.hpp>

#include "model/tokenizer_vocabulary.hpp"

namespace lingua::model {

class Literals {
 public:
  explicit Literals(const Vocabulary& vocabulary);

  /// All literals of `text` in order, none overlapping another. Where literals overlap the longest wins, then the
  /// leftmost.
  std::vector<Token> find(std::string_view text) const;

 private:
  /// A node of the prefix tree: children are a list linked by `sibling`; index 0 is the root, and no one's child.
  struct Node {
    char byte;
    TokenId id;
    std::uint32_t child, sibling;
  };
  struct Match {
    std::uint32_t size;
    TokenId id;
  };

  void insert(std::string_view text, TokenId id);
  std::uint32_t child(std::uint32_t node, char byte) const;
  Match longest_prefix(std::string_view text) const;

  std::vector<Node> nodes_;
};

}  // namespace lingua::model
