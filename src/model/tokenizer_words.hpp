// What all tokenizers share: literals are cut out, each distinct word is tokenised once, and ranges tile the text.
#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/tokenizer.hpp"
#include "model/tokenizer_literals.hpp"
#include "model/tokenizer_merge.hpp"
#include "model/tokenizer_vocabulary.hpp"

namespace lingua::model {

/// One text while it is tokenised: the tokens so far, and what is worth keeping from word to word.
class Tokenization {
 public:
  explicit Tokenization(std::string_view input) : text(input) {}

  /// Adds a token that ends at byte `end` and begins where the one before it ends.
  void add(TokenId id, std::size_t end) { tokens_.push_back({id, 0, static_cast<std::uint32_t>(end)}); }

  /// Adds the tokens of the word [begin, end): those of an equal word before, else what `tokenize()` adds.
  /// (Words repeat, and merging is what costs.)
  template <typename Tokenize>
  void add_word(std::size_t begin, std::size_t end, const Tokenize& tokenize) {
    const auto [found, is_new] = words_.try_emplace(text.substr(begin, end - begin), Word{begin, tokens_.size(), 0});
    Word& word = found->second;
    if (is_new) {
      tokenize();
      word.count = tokens_.size() - word.first;
      return;
    }
    for (std::size_t i = word.first; i < word.first + word.count; ++i) {
      add(tokens_[i].id, tokens_[i].end - word.begin + begin);
    }
  }

  /// The tokens, their ranges tiling the text. `unknown` stands for a text that gave none.
  std::vector<Token> finish(TokenId unknown);

  const std::string_view text;
  Merger merger;
  std::vector<Symbol> symbols;

 private:
  struct Word {
    std::size_t begin, first, count;  // where it was seen, and its tokens
  };

  std::vector<Token> tokens_;
  std::unordered_map<std::string_view, Word> words_;
};

/// A tokenizer whose literals, separator and tiling are settled; what plain text becomes is left to derived classes.
class WordTokenizer : public Tokenizer {
 public:
  explicit WordTokenizer(const Vocabulary& vocabulary);

  std::vector<Token> tokenize(std::string_view text) const final;
  std::size_t vocabulary_size() const noexcept final { return size_; }
  TokenId separator() const noexcept final { return separator_; }

 protected:
  /// Adds the tokens of the bytes [begin, end) of the text, which hold no literal.
  virtual void tokenize_plain(Tokenization& tokenization, std::size_t begin, std::size_t end) const = 0;

 private:
  Literals literals_;
  TokenId separator_;
  TokenId unknown_;  // the separator where the vocabulary has none
  std::size_t size_;
};

}  // namespace lingua::model
