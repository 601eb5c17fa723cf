// Quoted strings: what somebody said or typed, word by word. Paired marks of the large languages, and the straight
// marks of ASCII where their surroundings tell opening from closing ("it's", 5'10" open nothing).
#include <algorithm>

#include "text/code_points.hpp"
#include "text/protect.hpp"

namespace lingua::text {
namespace {

/// What closes the quotation that `c` opens; empty when it opens none. German „x“, English “x”, French «x», ...
std::u32string_view closers_of(UChar32 c) {
  switch (c) {
    case '"':
      return U"\"";
    case '\'':
      return U"'";
    case 0x201C:  // “
      return U"”";
    case 0x201E:  // „
      return U"“”";
    case 0x2018:  // ‘
      return U"’";
    case 0x201A:  // ‚
      return U"‘’";
    case 0x00AB:  // «
      return U"»";
    case 0x2039:  // ‹
      return U"›";
    case U'「':
      return U"」";
    case U'『':
      return U"』";
    case U'《':
      return U"》";
    case U'＂':
      return U"＂";
    default:
      return {};
  }
}

bool is_alphanumeric(UChar32 c) { return u_isalnum(c) != 0 && !is_spaceless(c); }

/// Apostrophes and inches look like marks: one inside a word, or behind a digit, is none.
bool is_ambiguous(UChar32 c) { return c == '"' || c == '\'' || c == 0x2018 || c == 0x2019; }

bool opens(std::string_view text, std::size_t begin, std::size_t end, UChar32 c) {
  if (!is_ambiguous(c)) return true;
  return !is_alphanumeric(code_point_before(text, begin)) && !is_white_space(code_point_at(text, end));
}

bool closes(std::string_view text, std::size_t begin, std::size_t end, UChar32 c) {
  if (!is_ambiguous(c)) return true;
  return !is_alphanumeric(code_point_at(text, end)) && !is_white_space(code_point_before(text, begin));
}

bool begins_blank_line(std::string_view text, std::size_t offset) {
  const std::size_t next = text.find_first_not_of(" \t\r", offset + 1);
  return text[offset] == '\n' && next != std::string_view::npos && text[next] == '\n';
}

class QuotationScanner {
 public:
  explicit QuotationScanner(std::string_view text) : text_(text) {}

  std::vector<ByteRange> scan() {
    for (std::size_t i = 0; i < text_.size();) {
      const std::size_t begin = i;
      const UChar32 c = next_code_point(text_, i);
      const std::u32string_view closers = closers_of(c);
      if (closers.empty() || !opens(text_, begin, i, c) || is_unclosed(c, begin)) continue;
      const std::size_t end = end_of_quotation(i, c, closers);
      if (end == 0) continue;
      found_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
      i = end;
    }
    return std::move(found_);
  }

 private:
  /// Behind the mark that closes what `opener` opened before `offset`; 0 when the paragraph ends first.
  std::size_t end_of_quotation(std::size_t offset, UChar32 opener, std::u32string_view closers) {
    std::size_t next = offset;
    while (next < text_.size() && !begins_blank_line(text_, next)) {
      const std::size_t begin = next;
      const UChar32 c = next_code_point(text_, next);
      const bool closer = closers.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
      if (closer && begin > offset && closes(text_, begin, next, c)) return next;
    }
    unclosed_.push_back({opener, next});
    return 0;
  }

  /// Whether `opener` is known to find nothing that closes it: no stretch of text is searched twice for the same.
  bool is_unclosed(UChar32 opener, std::size_t offset) {
    std::erase_if(unclosed_, [&](const Unclosed& open) { return open.until <= offset; });
    return std::any_of(unclosed_.begin(), unclosed_.end(), [&](const Unclosed& open) { return open.mark == opener; });
  }

  struct Unclosed {
    UChar32 mark;
    std::size_t until;  // the end of the paragraph
  };

  std::string_view text_;
  std::vector<Unclosed> unclosed_;
  std::vector<ByteRange> found_;
};

}  // namespace

std::vector<ByteRange> find_quotations(std::string_view text) {
  check_size(text);
  return QuotationScanner(text).scan();
}

}  // namespace lingua::text
