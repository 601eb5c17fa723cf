// The scanners: one function for each rule, in the order of the alternatives of its regular expression.
#include "model/pretokenizer.hpp"

#include <algorithm>
#include <cstdint>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace lingua::model {
namespace {

enum class Class : std::uint8_t { letter, number, space, other, end };

/// Classes by Unicode 15.1, whatever the version of ICU, so that tokens do not depend on it.
Class classify(UChar32 c) {
  constexpr UChar32 kExtensionI = 0x2EBF0, kExtensionIEnd = 0x2EE5D;  // the letters that are new in 15.1
  if (c >= kExtensionI && c <= kExtensionIEnd) return Class::letter;
  if (u_isUWhiteSpace(c)) return Class::space;
  const std::uint32_t category = U_GET_GC_MASK(c);
  if ((category & (U_GC_L_MASK | U_GC_N_MASK)) == 0) return Class::other;
  UVersionInfo age;
  u_charAge(c, age);
  if (age[0] > 15) return Class::other;
  return (category & U_GC_L_MASK) != 0 ? Class::letter : Class::number;
}

constexpr Class classify_ascii(unsigned char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return Class::letter;
  if (c >= '0' && c <= '9') return Class::number;
  return c == ' ' || (c >= '\t' && c <= '\r') ? Class::space : Class::other;
}

/// A place in a text. It sees the code point there, or the end.
class Cursor {
 public:
  /// `numbers_end`: the text ends where a number starts.
  Cursor(std::string_view text, std::size_t at, bool numbers_end = false) : text_(text), numbers_end_(numbers_end) {
    move_to(at);
  }

  std::size_t at() const { return at_; }
  Class what() const { return what_; }
  bool is(char ascii) const { return what_ != Class::end && text_[at_] == ascii; }
  bool is_newline() const { return is('\n') || is('\r'); }
  void advance() { move_to(at_ + size_); }

  Cursor next() const {
    Cursor cursor = *this;
    cursor.advance();
    return cursor;
  }

  void skip(Class what) {
    while (what_ == what) advance();
  }

 private:
  void move_to(std::size_t at) {
    at_ = at;
    size_ = 1;
    if (at == text_.size()) {
      what_ = Class::end;
      return;
    }
    const auto lead = static_cast<unsigned char>(text_[at]);
    what_ = lead < 0x80 ? classify_ascii(lead) : read_code_point();
    if (numbers_end_ && what_ == Class::number) what_ = Class::end;
  }

  Class read_code_point() {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text_.data() + at_);
    const auto available = static_cast<std::int32_t>(std::min<std::size_t>(text_.size() - at_, U8_MAX_LENGTH));
    std::int32_t size = 0;
    UChar32 c;
    U8_NEXT(bytes, size, available, c);
    if (c < 0) return Class::other;
    size_ = static_cast<std::size_t>(size);
    return classify(c);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t size_ = 0;  // of the code point
  Class what_ = Class::end;
  bool numbers_end_;
};

/// Bytes of the contraction ('s 't 'm 'd 're 've 'll) that `rest` starts with, or 0.
std::size_t contraction(std::string_view rest, bool ignore_case) {
  if (rest.size() < 2 || rest[0] != '\'') return 0;
  const auto letter = [&](std::size_t i) {
    if (i >= rest.size()) return '\0';
    return ignore_case && rest[i] >= 'A' && rest[i] <= 'Z' ? static_cast<char>(rest[i] - 'A' + 'a') : rest[i];
  };
  const char first = letter(1), second = letter(2);
  if (first == 's' || first == 't' || first == 'm' || first == 'd') return 2;
  return ((first == 'r' || first == 'v') && second == 'e') || (first == 'l' && second == 'l') ? 3 : 0;
}

/// \s+(?!\S)|\s+ : white space, but the last one before a word is left to the word.
std::size_t space_end(Cursor cursor) {
  const std::size_t begin = cursor.at();
  std::size_t last = begin;
  for (; cursor.what() == Class::space; cursor.advance()) last = cursor.at();
  return cursor.what() == Class::end || last == begin ? cursor.at() : last;
}

std::size_t gpt2_end(std::string_view text, std::size_t begin, bool numbers_end = false) {
  if (const std::size_t bytes = contraction(text.substr(begin), false)) return begin + bytes;
  const Cursor start(text, begin, numbers_end);
  Cursor cursor = start.is(' ') ? start.next() : start;
  if (cursor.what() == Class::space || cursor.what() == Class::end) return space_end(start);
  cursor.skip(cursor.what());
  return cursor.at();
}

std::size_t smollm_end(std::string_view text, std::size_t begin) {
  const Cursor start(text, begin);
  return start.what() == Class::number ? start.next().at() : gpt2_end(text, begin, true);
}

/// \s*[\r\n]+ : white space up to its last line break. `begin` when there is none.
std::size_t line_breaks_end(Cursor cursor) {
  std::size_t end = cursor.at();
  while (cursor.what() == Class::space) {
    const bool newline = cursor.is_newline();
    cursor.advance();
    if (newline) end = cursor.at();
  }
  return end;
}

std::size_t qwen2_end(std::string_view text, std::size_t begin, int digits) {
  if (const std::size_t bytes = contraction(text.substr(begin), true)) return begin + bytes;
  const Cursor start(text, begin);
  Cursor cursor = start.next();
  if (start.what() == Class::letter ||
      (cursor.what() == Class::letter && start.what() != Class::number && !start.is_newline())) {
    cursor.skip(Class::letter);
    return cursor.at();
  }
  if (start.what() == Class::number) {
    for (; digits > 1 && cursor.what() == Class::number; --digits) cursor.advance();
    return cursor.at();
  }
  if (!start.is(' ')) cursor = start;
  if (cursor.what() == Class::other) {
    cursor.skip(Class::other);
    while (cursor.is_newline()) cursor.advance();
    return cursor.at();
  }
  const std::size_t line_end = line_breaks_end(start);
  return line_end > begin ? line_end : space_end(start);
}

}  // namespace

std::span<const PreTokenizerName> pre_tokenizer_names() {
  static constexpr PreTokenizerName kNames[] = {
      {"gpt-2", PreTokenizer::gpt2},       {"phi-2", PreTokenizer::gpt2},
      {"smollm", PreTokenizer::smollm},    {"starcoder", PreTokenizer::smollm},
      {"refact", PreTokenizer::smollm},    {"qwen2", PreTokenizer::qwen2},
      {"megrez", PreTokenizer::qwen2},     {"deepseek-r1-qwen", PreTokenizer::qwen2},
      {"llama-bpe", PreTokenizer::llama3}, {"llama3", PreTokenizer::llama3},
      {"llama-v3", PreTokenizer::llama3},  {"falcon3", PreTokenizer::llama3},
  };
  return kNames;
}

std::size_t word_end(PreTokenizer rule, std::string_view text, std::size_t begin) {
  switch (rule) {
    case PreTokenizer::gpt2:
      return gpt2_end(text, begin);
    case PreTokenizer::smollm:
      return smollm_end(text, begin);
    case PreTokenizer::qwen2:
      return qwen2_end(text, begin, 1);
    case PreTokenizer::llama3:
      break;
  }
  return qwen2_end(text, begin, 3);
}

}  // namespace lingua::model
