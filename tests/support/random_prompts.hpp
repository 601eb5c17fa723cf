// Random prompts of many kinds: English-like, Chinese, emoji, any Unicode; parts of very different sizes, empty ones,
// one huge sentence, no spaces at all.
#pragma once

#include <lingua/prompt.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "support/random_numbers.hpp"

namespace lingua::test {

class RandomPrompts {
 public:
  explicit RandomPrompts(std::uint32_t seed) : random_(seed) {}

  /// Never empty as a whole.
  Prompt next() {
    Prompt prompt;
    if (random_.below(3) > 0) prompt.instruction = text(random_.below(20));
    for (auto contexts = random_.below(6); contexts > 0; --contexts) prompt.contexts.push_back(text(size()));
    if (random_.below(3) > 0) prompt.question = text(random_.below(20));
    prompt.contexts.push_back(text(2 + size()));
    return prompt;
  }

  /// About `words` words of one kind.
  std::string text(std::uint32_t words) {
    const auto kind = random_.below(6);
    std::string result;
    while (words-- > 0) {
      switch (kind) {
        case 0:
          result.append(pick(kChinese));
          break;
        case 1:
          result.append(pick(kEmoji));
          break;
        case 2:
          append_code_point(result);
          break;
        case 3:
          result.append(pick(kEnglish));  // one huge sentence
          break;
        case 4:
          result.append(pick(kEnglish).substr(1));  // no spaces
          break;
        default:
          result.append(pick(kEnglish)).append(random_.below(6) == 0 ? pick(kEnds) : "");
      }
    }
    return result;
  }

  RandomNumbers& numbers() { return random_; }

 private:
  using Words = std::vector<std::string_view>;

  std::uint32_t size() { return random_.below(4) == 0 ? random_.below(200) : random_.below(30); }
  std::string_view pick(const Words& words) { return words[random_.below(static_cast<std::uint32_t>(words.size()))]; }

  void append_code_point(std::string& text) {
    static constexpr std::uint32_t kLimits[] = {0x80, 0x800, 0x10000, 0x110000};
    auto c = 1 + random_.below(kLimits[random_.below(4)] - 1);
    if (c >= 0xD800 && c <= 0xDFFF) c = ' ';
    if (c < 0x80) {
      text += static_cast<char>(c);
      return;
    }
    const int tail = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    text += static_cast<char>((0xFF00u >> (tail + 1) & 0xFFu) | c >> 6 * tail);
    for (int i = tail - 1; i >= 0; --i) text += static_cast<char>(0x80u | (c >> 6 * i & 0x3Fu));
  }

  static inline const Words kEnglish{" the",   " a",   " cat",   " dog",  " saw",      " not", " never", " 7",
                                     " 3.5",   " no",  " state", " well", " known",    " is",  " was",   " of",
                                     " can't", " $40", " x-ray", " 12%",  " foo(bar)", " to",  " and",   " Anna"};
  static inline const Words kEnds{".", "?", "!\n", ".\n\n", ",", ";", "...", ".\""};
  static inline const Words kChinese{"我们", "不", "三百", "苹果", "吃", "了",
                                     "。",   "，", "昨天", "没有", "在", "北京"};
  static inline const Words kEmoji{"😀", "👍🏽", "👨‍👩‍👧", " ", "🇩🇪", "❤️", "!", "x", "é"};

  RandomNumbers random_;
};

}  // namespace lingua::test
