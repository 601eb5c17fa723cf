// ICU's break rules over UTF-8 bytes. Opening rules is expensive, so each kind is opened once and cloned.
#pragma once

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace lingua::text {

/// Finds the boundaries of one text after the other. For one thread; costs nothing before the first `reset`.
class Breaker {
 public:
  enum class Rules {
    characters,  ///< grapheme clusters of UAX #29
    words,       ///< UAX #29 words, with dictionaries for the scripts that put no spaces between words
    sentences,   ///< UAX #29 sentences
  };
  explicit Breaker(Rules rules) : rules_(rules) {}
  ~Breaker() { utext_close(&text_); }
  Breaker(const Breaker&) = delete;
  Breaker& operator=(const Breaker&) = delete;

  /// Starts at the beginning of `text`, whose bytes must outlive the calls of `next`.
  void reset(std::string_view text);

  /// The next boundary; the last one is the size of the text. Nothing afterwards.
  std::optional<std::uint32_t> next();

 private:
  Rules rules_;
  std::unique_ptr<icu::BreakIterator> iterator_;
  UText text_ = UTEXT_INITIALIZER;
};

}  // namespace lingua::text
