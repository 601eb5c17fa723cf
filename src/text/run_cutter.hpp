// Cuts one run without white space into words: the rules behind `word_ends`.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/breaker.hpp"
#include "text/code_points.hpp"

namespace lingua::text {

/// Walks over a run once and keeps account of what was opened in the word so far. Appends the ends that it finds.
class RunCutter {
 public:
  /// `sentences` are the sentence ends of `text`; the runs to cut come in ascending order.
  RunCutter(std::string_view text, const std::vector<std::uint32_t>& sentences, std::vector<std::uint32_t>& ends)
      : text_(text), sentences_(sentences), ends_(ends) {}

  /// Cuts the run [begin, end).
  void cut(std::size_t begin, std::size_t end);

 private:
  /// What a code point means for cutting a run without white space.
  enum class Kind {
    other,      ///< part of a word
    spaceless,  ///< Han, Kana, Thai, ...: dictionaries cut these
    extend,     ///< belongs to what stands before it: combining marks, joiners
    opener,     ///< "(", "“", "「": belongs to what follows
    closer,     ///< ",", ".", ")", "”", "。"
    dash,       ///< "—": begins a word
    separator,  ///< ends a word without being white space: zero width space, Tibetan tsheg, Ethiopic word space
  };
  static Kind kind_of_ascii(UChar32 c);
  static Kind kind_of(UChar32 c);

  void take(UChar32 c);
  void advance(Kind kind);
  void end_word(std::size_t end);
  void take_opener(UChar32 c);
  /// A dash before a digit may be a minus or a range, and begins nothing then.
  void take_dash();
  void take_spaceless();
  void cut_by_dictionary(std::size_t begin, std::size_t end);
  /// Whether the dictionary's word [begin, cut) is a lone Hiragana before another: rare words and inflections come
  /// out letter by letter, and belong together.
  bool is_torn_kana(std::size_t begin, std::size_t cut) const;
  /// Closing punctuation becomes a word of its own at the end of the run and next to text without spaces. A bracket
  /// or quotation mark that was opened in the same word stays with it: "f(x)".
  void take_closers();
  bool is_closer(UChar32 c, std::size_t begin) const;
  /// Whether `c` closes what was opened in this word; keeps the account.
  bool closes_own(UChar32 c);
  /// Whether the full stop at `stop` is part of an abbreviation or a list number: it ends no sentence.
  bool is_inner_stop(std::size_t stop);

  std::string_view text_, run_;  // run_: text_ up to the end of the run
  const std::vector<std::uint32_t>& sentences_;
  std::vector<std::uint32_t>::const_iterator sentence_ = sentences_.begin();  // the first end behind what was cut
  std::vector<std::uint32_t>& ends_;
  Breaker breaker_{Breaker::Rules::words};
  std::size_t at_ = 0, word_ = 0;  // where we are, and where the word began
  Kind before_ = Kind::opener;     // what stands before; opener at the start of a word
  unsigned brackets_ = 0, quotes_ = 0;
  bool double_quote_ = false, single_quote_ = false;
};

}  // namespace lingua::text
